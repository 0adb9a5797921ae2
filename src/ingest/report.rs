//! What an import did, in numbers that add up.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rows::row::Reject;

/// How many rejects a report quotes; the file of rejects has all.
const QUOTED: usize = 10;

/// The report of an import of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// Rows read.
    pub read: u64,
    /// Rows imported that were not in the store before; on a dry run, all that would be imported.
    pub accepted: u64,
    /// Rows imported that were there with other content.
    pub updated: u64,
    /// Rows that were there already, the same.
    pub unchanged: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Sample rows replaced.
    pub sample_removed: u64,
    /// Rejected rows by field.
    pub rejected_by_field: BTreeMap<&'static str, u64>,
    /// The first rejected rows.
    pub first_rejects: Vec<Reject>,
}

impl ImportReport {
    /// Adds the rows of a batch that were read, and those that were rejected.
    pub fn add_read(&mut self, read: u64, rejects: &[Reject]) {
        self.read += read;
        self.rejected += rejects.len() as u64;
        for reject in rejects {
            *self.rejected_by_field.entry(reject.field).or_default() += 1;
            if self.first_rejects.len() < QUOTED {
                self.first_rejects.push(reject.clone());
            }
        }
    }

    /// Rows that are in the store now.
    pub fn imported(&self) -> u64 {
        self.accepted + self.updated + self.unchanged
    }

    /// Whether accepted + updated + unchanged + rejected = read.
    pub fn adds_up(&self) -> bool {
        self.imported() + self.rejected == self.read
    }
}
