//! Where values come from, so that what is wrong with one is said with its place.
//!
//! In: a setting as flag, environment and file give it. Out: its checked value, of the first of them that has one; or the
//! fault with the flag, the variable, or the file and line.

use std::path::Path;

use super::access::{TokenEntry, TokenTable};
use super::error::ConfigError;
use super::reports::{HookEntry, HookSettings, ReportSettings, ReportsTable, SecretSources};
use super::toml_place::{TomlPlace, TomlTable};

/// A reader of variables of the environment.
pub type Environment<'a> = &'a dyn Fn(&str) -> Result<Option<String>, ConfigError>;

/// A setting as each source gives it.
pub(super) struct Setting {
    key: &'static str,
    variable: &'static str,
    flag: Option<String>,
    in_file: Option<String>,
}

impl Setting {
    /// A setting that a flag, a variable and the file may give.
    pub(super) fn new(
        key: &'static str,
        variable: &'static str,
        flag: Option<String>,
        in_file: Option<String>,
    ) -> Self {
        Self { key, variable, flag, in_file }
    }
}

/// Where values come from, to be named with what is wrong with them.
pub(super) struct Sources<'a> {
    pub(super) environment: Environment<'a>,
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Sources<'_> {
    /// The value of a setting in its written form: of the flag, else of the environment, else of the file.
    pub(super) fn checked<T>(
        &self,
        setting: Setting,
        check: impl Fn(String) -> Result<T, ConfigError>,
    ) -> Result<Option<T>, ConfigError> {
        let Setting { key, variable, flag, in_file } = setting;
        if let Some(value) = flag {
            let place = format!("--{}", key.replace('_', "-"));
            return check(value).map(Some).map_err(|fault| placed(place, fault));
        }
        if let Some(value) = (self.environment)(variable)? {
            return check(value).map(Some).map_err(|fault| placed(variable.to_owned(), fault));
        }
        in_file.map(check).transpose().map_err(|fault| self.in_file(fault, None))
    }

    /// The same of a list, which has no flag.
    pub(super) fn listed<T>(
        &self,
        variable: &'static str,
        in_file: Option<Vec<String>>,
        check: impl Fn(Option<Vec<String>>) -> Result<T, ConfigError>,
    ) -> Result<T, ConfigError> {
        match listed((self.environment)(variable)?) {
            Some(list) => check(Some(list)).map_err(|fault| placed(variable.to_owned(), fault)),
            None => check(in_file).map_err(|fault| self.in_file(fault, None)),
        }
    }

    pub(super) fn tokens(&self, entries: Vec<TokenTable>) -> Result<Vec<TokenEntry>, ConfigError> {
        let mut tokens: Vec<TokenEntry> = Vec::with_capacity(entries.len());
        for (index, entry) in entries.into_iter().enumerate() {
            let number = Some(index + 1);
            let entry = entry.checked().map_err(|fault| self.in_file(fault, number))?;
            if let Some(first) = tokens.iter().find(|known| known.sha256 == entry.sha256) {
                let fault = ConfigError::SameToken {
                    first: first.label.clone(),
                    first_role: first.role.clone(),
                    second: entry.label,
                    second_role: entry.role,
                };
                return Err(self.in_file(fault, number));
            }
            tokens.push(entry);
        }
        Ok(tokens)
    }

    pub(super) fn reports(
        &self,
        table: ReportsTable,
        entries: Vec<HookEntry>,
        secrets: SecretSources<'_>,
    ) -> Result<ReportSettings, ConfigError> {
        let settings = table.checked(secrets).map_err(|fault| self.in_file(fault, None))?;
        let mut hooks: Vec<HookSettings> = Vec::with_capacity(entries.len());
        for (index, entry) in entries.into_iter().enumerate() {
            let hook = entry.checked(secrets).map_err(|fault| self.in_file(fault, Some(index + 1)))?;
            if hooks.iter().any(|known| known.channel == hook.channel) {
                let expected = "a channel that no other hook has";
                let fault = ConfigError::Value { key: "hooks.channel", value: hook.channel, expected };
                return Err(self.in_file(fault, Some(index + 1)));
            }
            hooks.push(hook);
        }
        Ok(ReportSettings { hooks, ..settings })
    }

    /// A fault with the line of the file in which its value stands; of a list of tables in the one of a number.
    pub(super) fn in_file(&self, fault: ConfigError, number: Option<usize>) -> ConfigError {
        let key = match &fault {
            ConfigError::Value { key, .. } => key,
            ConfigError::SameToken { .. } => "tokens.sha256",
            _ => return fault,
        };
        let place = if number.is_some() {
            let (name, key) = key.split_once('.').unwrap_or(("", key));
            TomlPlace::in_table(self.text, TomlTable { name, number }, key)
        } else {
            TomlPlace::of_key(self.text, key)
        };
        let line = place.map_or_else(String::new, |place| format!(", line {}", place.line));
        placed(format!("{}{line}", self.path.display()), fault)
    }
}

fn placed(place: String, fault: ConfigError) -> ConfigError {
    ConfigError::Placed { place, fault: Box::new(fault) }
}

fn listed(text: Option<String>) -> Option<Vec<String>> {
    text.map(|text| text.split(',').map(|part| part.trim().to_owned()).collect())
}
