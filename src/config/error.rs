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
    /// A variable of the environment is not Unicode.
    #[error("environment: {0} is not valid Unicode")]
    NotUnicode(String),
}
