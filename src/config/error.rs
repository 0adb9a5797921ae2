//! Why a configuration is refused.

use std::path::PathBuf;

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("configuration {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not TOML of the expected shape, or has an unknown key.
    #[error("configuration {}: {source}", path.display())]
    Shape {
        /// The file.
        path: PathBuf,
        /// Line, key and what was expected.
        source: Box<toml::de::Error>,
    },
    /// A value is wrong.
    #[error("configuration: {key} = {value:?}: expected {expected}")]
    Value {
        /// The setting, as the configuration file names it.
        key: &'static str,
        /// The value given.
        value: String,
        /// What was expected.
        expected: &'static str,
    },
    /// What is wrong, with the file and line, the flag or the variable that it comes from.
    #[error("{place}: {fault}")]
    Placed {
        /// Where the value stands.
        place: String,
        /// What is wrong with it.
        fault: Box<ConfigError>,
    },
    /// Two tokens have one hash: whose they are, and which role they open, would depend on their order.
    #[error(
        "configuration: the tokens of {first:?} ({first_role}) and {second:?} ({second_role}) have the same sha256"
    )]
    SameToken {
        /// The label of the first.
        first: String,
        /// Its role.
        first_role: String,
        /// The label of the other.
        second: String,
        /// Its role.
        second_role: String,
    },
    /// A variable of the environment is nearly called like one that is read.
    #[error("environment: {name} is not read; do you mean {meant}?")]
    Variable {
        /// Its name.
        name: String,
        /// The variable that was probably meant.
        meant: &'static str,
    },
    /// A part of the filter of the log is none.
    #[error("{setting}: {text:?} is neither a level ({levels}) nor target=level, as binhyen=debug")]
    LogFilter {
        /// The variable or the key that gives it.
        setting: &'static str,
        /// The part.
        text: String,
        /// The levels there are.
        levels: String,
    },
    /// A variable of the environment is not Unicode.
    #[error("environment: {0} is not valid Unicode")]
    NotUnicode(String),
}
