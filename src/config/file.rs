//! The shape of the configuration file. Unknown keys are errors.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::error::ConfigError;

/// One token of the configuration; the token itself is known to its holder only.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenEntry {
    /// The role it opens: planner, commander or operator.
    pub role: String,
    /// The SHA-256 of the token, 64 hexadecimal digits.
    pub sha256: String,
    /// Who holds it, for the access log.
    pub label: String,
}

impl TokenEntry {
    pub(super) fn checked(self) -> Result<Self, ConfigError> {
        let wrong = |key, value: &str, expected| ConfigError::Value { key, value: value.to_owned(), expected };
        if self.sha256.len() != 64 || !self.sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            // The value may be the token itself, which must not reach a log.
            return Err(wrong("tokens.sha256", "…", "64 hexadecimal digits, as `binhyen token` prints them"));
        }
        if self.label.trim().is_empty() || self.label.chars().any(char::is_control) {
            return Err(wrong("tokens.label", &self.label, "a short text that says who holds the token"));
        }
        if !["planner", "commander", "operator"].contains(&self.role.as_str()) {
            return Err(wrong("tokens.role", &self.role, "planner, commander or operator"));
        }
        Ok(Self { sha256: self.sha256.to_ascii_lowercase(), ..self })
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfigFile {
    pub(super) data: Option<PathBuf>,
    pub(super) listen: Option<String>,
    pub(super) public_url: Option<String>,
    pub(super) base_path: Option<String>,
    pub(super) cors_origins: Option<Vec<String>>,
    pub(super) frame_ancestors: Option<Vec<String>>,
    #[serde(default)]
    pub(super) tokens: Vec<TokenEntry>,
}

pub(super) fn parsed(path: &Path, text: &str) -> Result<ConfigFile, ConfigError> {
    toml::from_str(text).map_err(|source| ConfigError::Shape { path: path.to_owned(), source: Box::new(source) })
}
