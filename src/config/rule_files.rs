//! The rule files and the sample built into the program, and the files of a data
//! folder that replace them. Out: texts, as they are; whoever knows the domain
//! parses them.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

/// The embedded sample: boundaries, incidents, models, certifications, populations.
pub static SAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/geodata/sample");

/// The catalogue of official boundary files on the web.
pub const SOURCES: &str = include_str!("../../geodata/sources.toml");

const TAXONOMY: &str = include_str!("../../geodata/taxonomy.toml");
const RULES: &str = include_str!("../../geodata/rules.toml");
const EDITIONS: &str = include_str!("../../geodata/editions.toml");

/// The files that hold every value a committee may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFiles {
    /// Categories, severities, statuses, channels, precisions.
    pub taxonomy: Cow<'static, str>,
    /// Windows, weights, bands, model kinds, disclosure.
    pub rules: Cow<'static, str>,
    /// The dated sets of boundaries.
    pub editions: Cow<'static, str>,
}

/// Why a rule file of a data folder cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct RuleFileError {
    path: PathBuf,
    source: io::Error,
}

impl RuleFiles {
    /// The files built into the program.
    pub fn embedded() -> Self {
        Self { taxonomy: TAXONOMY.into(), rules: RULES.into(), editions: EDITIONS.into() }
    }

    /// The files of a data folder; those built in where it has none of its own.
    pub fn load(folder: &Path) -> Result<Self, RuleFileError> {
        let embedded = Self::embedded();
        Ok(Self {
            taxonomy: own(folder, "taxonomy.toml")?.unwrap_or(embedded.taxonomy),
            rules: own(folder, "rules.toml")?.unwrap_or(embedded.rules),
            editions: own(folder, "editions.toml")?.unwrap_or(embedded.editions),
        })
    }
}

fn own(folder: &Path, name: &str) -> Result<Option<Cow<'static, str>>, RuleFileError> {
    let path = folder.join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.into())),
        Err(source) if matches!(source.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(source) => Err(RuleFileError { path, source }),
    }
}
