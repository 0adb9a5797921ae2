//! The data folder: its store, and the taxonomy and rules that hold in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::config::{RuleFileError, RuleFiles, TomlPlace};
use crate::domain::area::edition::{EditionCatalogue, EditionsError};
use crate::domain::area::peers::{Peers, PeersError};
use crate::domain::incident::taxonomy::{Taxonomy, TaxonomyError};
use crate::domain::rules::rule_set::RuleSet;
use crate::domain::rules::scheme::{SchemeText, Schemes, SchemesError};
use crate::domain::rules::{Rules, RulesError};
use crate::domain::standard::circulars::{Circulars, CircularsError};
use crate::domain::text::Culprit;

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
    #[error("{place}{fault}")]
    Taxonomy {
        /// The file, with the line and what is written there.
        place: String,
        /// What is wrong.
        fault: Box<TaxonomyError>,
    },
    /// The rules are refused.
    #[error("{place}{fault}")]
    Rules {
        /// The file, with the line and what is written there.
        place: String,
        /// What is wrong.
        fault: Box<RulesError>,
    },
    /// A rating scheme is refused.
    #[error("{place}{fault}")]
    Schemes {
        /// The line of the file and what is written there.
        place: String,
        /// What is wrong, with the file.
        fault: Box<SchemesError>,
    },
    /// The peer groups are refused.
    #[error("{place}{fault}")]
    Peers {
        /// The file, with the line and what is written there.
        place: String,
        /// What is wrong.
        fault: Box<PeersError>,
    },
    /// The catalogue of editions is refused.
    #[error("{place}{fault}")]
    Editions {
        /// The file, with the line and what is written there.
        place: String,
        /// What is wrong.
        fault: Box<EditionsError>,
    },
    /// The circulars are refused.
    #[error("{place}{fault}")]
    Circulars {
        /// The line of the file and what is written there.
        place: String,
        /// What is wrong, with the file.
        fault: Box<CircularsError>,
    },
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
        let taxonomy = Taxonomy::from_toml(&files.taxonomy).map_err(|fault| LoadedRulesError::Taxonomy {
            place: place_of("taxonomy.toml", &files.taxonomy, fault.culprit()),
            fault: Box::new(fault),
        })?;
        let peers = Peers::from_toml(&files.peers).map_err(|fault| LoadedRulesError::Peers {
            place: place_of("peers.toml", &files.peers, fault.culprit()),
            fault: Box::new(fault),
        })?;
        let rules = Rules::from_toml(&files.rules, &taxonomy).map_err(|fault| LoadedRulesError::Rules {
            place: place_of("rules.toml", &files.rules, fault.culprit()),
            fault: Box::new(fault),
        })?;
        let editions = EditionCatalogue::from_toml(&files.editions).map_err(|fault| LoadedRulesError::Editions {
            place: place_of("editions.toml", &files.editions, fault.edition().map(Culprit::Name)),
            fault: Box::new(fault),
        })?;
        let schemes =
            files.schemes.iter().map(|file| SchemeText { file: &file.file, file_id: &file.stem, text: &file.text });
        let circulars = files.circulars.iter().map(|file| (file.file.as_str(), file.text.as_ref()));
        Ok(Self {
            circulars: Circulars::from_files(circulars, &taxonomy).map_err(|fault| LoadedRulesError::Circulars {
                place: place_of_circular(files, &fault),
                fault: Box::new(fault),
            })?,
            schemes: Schemes::from_texts(schemes, &rules.default_scheme, &taxonomy).map_err(|fault| {
                LoadedRulesError::Schemes { place: place_of_scheme(files, &fault), fault: Box::new(fault) }
            })?,
            peers,
            rules,
            editions,
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

/// The file, and where in it the culprit stands, to be put before what is wrong.
fn place_of(file: &str, text: &str, culprit: Option<Culprit<'_>>) -> String {
    let place = culprit.and_then(|culprit| match culprit {
        Culprit::Key(key) => TomlPlace::of_key(text, key),
        Culprit::Name(name) => TomlPlace::of_text(text, name),
    });
    place.map_or_else(|| format!("{file}: "), |place| format!("{file}, line {} ({}): ", place.line, place.written))
}

fn place_of_scheme(files: &RuleFiles, fault: &SchemesError) -> String {
    match fault {
        SchemesError::File { file, fault } => {
            let text = files.schemes.iter().find(|known| known.file == *file).map(|known| known.text.as_ref());
            text.map_or_else(String::new, |text| place_of(file, text, fault.culprit()))
        }
        SchemesError::NoDefault { id, .. } | SchemesError::DefaultNotReleased { id } => {
            place_of("rules.toml", &files.rules, Some(Culprit::Name(id)))
        }
        SchemesError::TooMany { .. } => String::new(),
    }
}

fn place_of_circular(files: &RuleFiles, fault: &CircularsError) -> String {
    let holds =
        |text: &str| matches!(fault.culprit(), Some(Culprit::Name(name)) if TomlPlace::of_text(text, name).is_some());
    let file = match fault {
        CircularsError::File { file, .. } => files.circulars.iter().find(|known| known.file == *file),
        _ => files.circulars.iter().rfind(|known| holds(&known.text)),
    };
    file.map_or_else(String::new, |known| place_of(&known.file, &known.text, fault.culprit()))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(change: impl Fn(&mut RuleFiles)) -> String {
        let mut files = RuleFiles::embedded();
        change(&mut files);
        LoadedRules::from_files(&files).unwrap_err().to_string()
    }

    #[test]
    fn fault_of_a_rule_file_names_file_line_key_and_value() {
        let rules = |from: &str, to: &str| refusal(|files| files.rules = files.rules.replacen(from, to, 1).into());
        let told = rules("planner_cell_m = 500", "planner_cell_m = 100");
        assert!(told.starts_with("rules.toml, line ") && told.contains(" (planner_cell_m = 100): rules: "), "{told}");
        assert!(told.ends_with("disclosure.planner_cell_m must be from 250 to 100000"), "{told}");
        let told = rules("default_window = \"3N-2025\"", "default_window = \"3N-2052\"");
        assert!(told.contains("(default_window = \"3N-2052\")"), "{told}");
        let told = refusal(|files| files.editions = files.editions.replacen("2025-07-01\"", "2025-08-01\"", 1).into());
        assert!(told.starts_with("editions.toml, line ") && told.contains("(id = \"2025-07\")"), "{told}");
        let told = refusal(|files| {
            let scheme = files.schemes.iter_mut().find(|file| file.stem == "default").unwrap();
            scheme.text = scheme.text.replacen("interval = 0.8", "interval = 8", 1).into();
        });
        assert!(told.starts_with("schemes/default.toml, line ") && told.contains("(interval = 8): "), "{told}");
    }
}
