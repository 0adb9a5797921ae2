//! The counts behind the ratings of all years as many small files, for engines that run on many machines.
//!
//! In: a [`YearsQuestion`], already cut to the role. Out: `GeoParquet` files with the folders that they lie in, named
//! `key=value` as Hive began it. A row is an area and a class ([`count_table`]); what the folder says does not stand in
//! the file. No file is opened, no clock is read: the same data give the same bytes.

mod count_table;
mod key;

use std::collections::BTreeMap;

use super::spatial_table::geoparquet;
use crate::service::Service;
use crate::service::answers::AssessedLevel;
use crate::service::error::ServiceError;
use crate::service::questions::years::{LevelOfYear, YearsQuestion};
use count_table::{YearCounts, count_table};
pub(crate) use key::PartitionKey;

/// A file and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartitionFile {
    /// Folders and name, with slashes between them.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
}

/// The files of a question, in the order of their paths. Blocks while levels are assessed; `told` hears of each.
///
/// # Errors
/// When the edition is gone, or a file cannot be written.
pub(crate) fn partitions(
    question: &YearsQuestion,
    keys: &[PartitionKey],
    service: &Service,
    told: &mut dyn FnMut(),
) -> Result<Vec<PartitionFile>, ServiceError> {
    let mut parts_of: BTreeMap<String, Vec<&LevelOfYear>> = BTreeMap::new();
    for part in question.parts() {
        let folders: Vec<String> = keys.iter().map(|key| key.folder(part)).collect();
        parts_of.entry(folders.join("/")).or_default().push(part);
    }
    let mut files = Vec::new();
    for (folder, parts) in parts_of {
        let mut levels: Vec<(i16, AssessedLevel)> = Vec::new();
        for part in parts {
            levels.push((part.year, question.assessed(part, service)?));
            told();
        }
        let counted: Vec<YearCounts<'_>> =
            levels.iter().map(|(year, assessed)| YearCounts::of(*year, assessed)).collect::<Result<_, _>>()?;
        let bytes = geoparquet::file(&count_table(&counted, keys)).map_err(|fault| ServiceError::internal(&fault))?;
        files.push(PartitionFile { path: format!("{folder}/part-0.parquet"), bytes });
    }
    Ok(files)
}
