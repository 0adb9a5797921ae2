//! The shape of the configuration file. Unknown keys are errors.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::access::{OidcTable, TokenTable};
use super::alert_webhook::AlertWebhook;
use super::error::ConfigError;
use super::limits::ServerLimitsTable;
use super::logging::LogTable;
use super::reports::{HookEntry, ReportsTable};
use super::values::origin;

/// Raster tiles of another server under our own map.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basemap {
    /// The address of a tile, with `{z}`, `{x}` and `{y}`.
    pub tiles: String,
    /// Whom the map must name.
    pub attribution: String,
}

impl Basemap {
    pub(super) fn checked(self) -> Result<Self, ConfigError> {
        let wrong = |key, value: &str, expected| ConfigError::Value { key, value: value.to_owned(), expected };
        let holds_all = ["{z}", "{x}", "{y}"].iter().all(|part| self.tiles.contains(part));
        let is_plain = self.tiles.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\;,".contains(&byte));
        let has_origin = self.origin().is_some_and(|host| origin("basemap.tiles", host.to_owned()).is_ok());
        if !(holds_all && is_plain && has_origin) {
            let expected = "an address like https://tiles.example.vn/{z}/{x}/{y}.png";
            return Err(wrong("basemap.tiles", &self.tiles, expected));
        }
        if self.attribution.trim().is_empty() || self.attribution.chars().any(char::is_control) {
            return Err(wrong(
                "basemap.attribution",
                &self.attribution,
                "a short text that names the source of the tiles",
            ));
        }
        Ok(self)
    }

    /// The origin of the tiles, as a content security policy names it.
    pub fn origin(&self) -> Option<&str> {
        let host = self.tiles.find("://")? + 3;
        let end = self.tiles.get(host..)?.find('/')? + host;
        self.tiles.get(..end)
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
    pub(super) basemap: Option<Basemap>,
    pub(super) cache_mb: Option<u64>,
    pub(super) security_contact: Option<String>,
    pub(super) audit_days: Option<u64>,
    pub(super) template_hours: Option<u64>,
    #[serde(default)]
    pub(super) log: LogTable,
    #[serde(default)]
    pub(super) limits: ServerLimitsTable,
    #[serde(default)]
    pub(super) tokens: Vec<TokenTable>,
    pub(super) oidc: Option<OidcTable>,
    #[serde(default)]
    pub(super) reports: ReportsTable,
    #[serde(default)]
    pub(super) hooks: Vec<HookEntry>,
    #[serde(default)]
    pub(super) alert_webhooks: Vec<AlertWebhook>,
}

pub(super) fn parsed(path: &Path, text: &str) -> Result<ConfigFile, ConfigError> {
    toml::from_str(text).map_err(|source| ConfigError::Shape { path: path.to_owned(), source: Box::new(source) })
}
