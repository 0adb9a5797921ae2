//! The data folder: its store, and the taxonomy and rules that hold in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::config::{RuleFileError, RuleFiles};
use crate::domain::area::edition::EditionCatalogue;
use crate::domain::area::peers::{Peers, PeersError};
use crate::domain::incident::taxonomy::{Taxonomy, TaxonomyError};
use crate::domain::rules::rule_set::RuleSet;
use crate::domain::rules::scheme::{SchemeText, Schemes, SchemesError};
use crate::domain::rules::{Rules, RulesError};
use crate::domain::standard::circulars::{Circulars, CircularsError};

/// The option that names the data folder.
#[derive(Debug, Clone, Args)]
pub(super) struct DataOption {
    /// The folder of the database and of rule files that replace those built in.
    #[arg(long = "data", value_name = "DIR", env = "BINHYEN_DATA", default_value = "binhyen-data")]
    pub(super) folder: PathBuf,
}

/// Why the rule files of a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadedRulesError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] RuleFileError),
    /// The taxonomy is refused.
    #[error(transparent)]
    Taxonomy(#[from] TaxonomyError),
    /// The rules are refused.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// A rating scheme is refused.
    #[error(transparent)]
    Schemes(#[from] SchemesError),
    /// The peer groups are refused.
    #[error(transparent)]
    Peers(#[from] PeersError),
    /// The catalogue of editions is refused.
    #[error("editions: {0}")]
    Editions(toml::de::Error),
    /// The circulars are refused.
    #[error(transparent)]
    Circulars(#[from] CircularsError),
}

/// The taxonomy and rules that hold in a data folder.
#[derive(Debug, Clone)]
pub struct LoadedRules {
    /// Categories, severities, statuses, channels, precisions.
    pub taxonomy: Taxonomy,
    /// Windows, kinds of model, disclosure.
    pub rules: Rules,
    /// Components, weights, bands.
    pub schemes: Schemes,
    /// The peer groups of areas.
    pub peers: Peers,
    /// The editions whose dates and sizes are published.
    pub editions: EditionCatalogue,
    /// The circulars of the standard "An toàn về an ninh, trật tự".
    pub circulars: Circulars,
}

impl LoadedRules {
    /// The taxonomy and rules of a set of files.
    pub fn from_files(files: &RuleFiles) -> Result<Self, LoadedRulesError> {
        let taxonomy = Taxonomy::from_toml(&files.taxonomy)?;
        let rules = Rules::from_toml(&files.rules, &taxonomy)?;
        let schemes =
            files.schemes.iter().map(|file| SchemeText { file: &file.file, file_id: &file.stem, text: &file.text });
        let circulars = files.circulars.iter().map(|file| (file.file.as_str(), file.text.as_ref()));
        Ok(Self {
            circulars: Circulars::from_files(circulars, &taxonomy)?,
            schemes: Schemes::from_texts(schemes, &rules.default_scheme, &taxonomy)?,
            peers: Peers::from_toml(&files.peers)?,
            rules,
            editions: EditionCatalogue::from_toml(&files.editions).map_err(LoadedRulesError::Editions)?,
            taxonomy,
        })
    }

    /// The taxonomy and rules as a snapshot takes them.
    pub(super) fn rule_set(&self) -> RuleSet {
        RuleSet {
            taxonomy: Arc::new(self.taxonomy.clone()),
            rules: Arc::new(self.rules.clone()),
            schemes: Arc::new(self.schemes.clone()),
            peers: Arc::new(self.peers.clone()),
            circulars: Arc::new(self.circulars.clone()),
            catalogue: Arc::new(self.editions.clone()),
        }
    }
}

/// A data folder with its taxonomy and rules.
#[derive(Debug, Clone)]
pub struct DataFolder {
    /// The folder.
    pub path: PathBuf,
    /// What holds in it.
    pub loaded_rules: LoadedRules,
}

impl DataFolder {
    /// Reads the rule files of a folder, which need not exist yet.
    pub fn new(path: &Path) -> Result<Self, LoadedRulesError> {
        Ok(Self { path: path.to_owned(), loaded_rules: LoadedRules::from_files(&RuleFiles::load(path)?)? })
    }
}
