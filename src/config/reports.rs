//! How word from people is received: the tables `[reports]` and `[[hooks]]` of the configuration.
//!
//! In: numbers, and files or variables that hold secrets. Out: [`ReportSettings`], every number within its bounds. A secret
//! is read once and never printed.

use std::fmt;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::error::ConfigError;

/// Bytes that only this server and its counterpart know. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// By whose rules the messages of a channel are signed and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HookKind {
    /// Our own: HMAC-SHA256 over the time and the body.
    Signed,
    /// Those of a Zalo Official Account.
    Zalo,
    /// Those of Facebook Messenger.
    Facebook,
}

/// A channel by which another server sends word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookSettings {
    /// Its name in the address, a channel of the taxonomy.
    pub channel: String,
    /// By whose rules it is read.
    pub kind: HookKind,
    /// What its messages are signed with.
    pub secret: Secret,
    /// The application of Zalo that the messages come from.
    pub app_id: String,
    /// What Facebook has to say before it sends anything.
    pub verify_token: Option<Secret>,
}

/// How word from people is received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportSettings {
    /// Whether the form takes reports.
    pub is_open: bool,
    /// Days for which the text of a report is kept.
    pub text_days: u32,
    /// The most characters of a text.
    pub text_chars: u32,
    /// Bits of zeros that the proof of work asks for.
    pub proof_bits: u8,
    /// Reports that one address may send in an hour; 0 for no limit.
    pub per_address_per_hour: u32,
    /// Reports that all together may send in an hour; 0 for no limit.
    pub per_hour: u32,
    /// What keyed hashes and challenges are made with; none where the data folder has its own.
    pub secret: Option<Secret>,
    /// The channels by which other servers send word.
    pub hooks: Vec<HookSettings>,
}

impl Default for ReportSettings {
    fn default() -> Self {
        Self {
            is_open: true,
            text_days: 90,
            text_chars: 500,
            proof_bits: 17,
            per_address_per_hour: 20,
            per_hour: 2000,
            secret: None,
            hooks: Vec::new(),
        }
    }
}

/// The table as it stands in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportsTable {
    open: Option<bool>,
    text_days: Option<u64>,
    text_chars: Option<u64>,
    proof_bits: Option<u64>,
    per_address_per_hour: Option<u64>,
    per_hour: Option<u64>,
    secret_file: Option<PathBuf>,
    secret_variable: Option<String>,
}

/// A hook as it stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HookEntry {
    channel: String,
    kind: HookKind,
    app_id: Option<String>,
    secret_file: Option<PathBuf>,
    secret_variable: Option<String>,
    verify_token_file: Option<PathBuf>,
    verify_token_variable: Option<String>,
}

/// A reader of variables of the environment.
type ReadVariable<'a> = &'a dyn Fn(&str) -> Result<Option<String>, ConfigError>;

/// Where secrets are read from.
#[derive(Clone, Copy)]
pub(super) struct SecretSources<'a> {
    /// The folder of the configuration file, from which paths begin.
    pub(super) folder: &'a Path,
    pub(super) environment: ReadVariable<'a>,
}

/// A secret as an entry names it.
struct SecretPlace {
    key: &'static str,
    file: Option<PathBuf>,
    variable: Option<String>,
}

/// Fewer bytes are guessed.
const LEAST_SECRET_BYTES: usize = 8;

impl ReportsTable {
    pub(super) fn checked(self, sources: SecretSources<'_>) -> Result<ReportSettings, ConfigError> {
        let usual = ReportSettings::default();
        let within = |key, given: Option<u64>, usual: u32, bounds: RangeInclusive<u64>, expected| {
            let number = given.unwrap_or(usual.into());
            let refused = || ConfigError::Value { key, value: number.to_string(), expected };
            if bounds.contains(&number) { Ok(number as u32) } else { Err(refused()) }
        };
        let place = SecretPlace { key: "reports.secret_file", file: self.secret_file, variable: self.secret_variable };
        let days = "a whole number of days from 1 to 3650";
        let chars = "a whole number of characters from 50 to 2000";
        let bits = "a whole number of bits from 0 to 24";
        let rate = "a whole number up to 1000000, 0 for no limit";
        Ok(ReportSettings {
            is_open: self.open.unwrap_or(usual.is_open),
            text_days: within("reports.text_days", self.text_days, usual.text_days, 1..=3650, days)?,
            text_chars: within("reports.text_chars", self.text_chars, usual.text_chars, 50..=2000, chars)?,
            proof_bits: within("reports.proof_bits", self.proof_bits, usual.proof_bits.into(), 0..=24, bits)? as u8,
            per_address_per_hour: within(
                "reports.per_address_per_hour",
                self.per_address_per_hour,
                usual.per_address_per_hour,
                0..=1_000_000,
                rate,
            )?,
            per_hour: within("reports.per_hour", self.per_hour, usual.per_hour, 0..=1_000_000, rate)?,
            secret: place.read(sources)?,
            hooks: Vec::new(),
        })
    }
}

impl HookEntry {
    pub(super) fn checked(self, sources: SecretSources<'_>) -> Result<HookSettings, ConfigError> {
        let wrong = |key, value: &str, expected| ConfigError::Value { key, value: value.to_owned(), expected };
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
        if self.channel.is_empty() || self.channel.len() > 32 || !self.channel.bytes().all(is_plain) {
            let expected = "the id of a channel of the taxonomy, of small letters, digits, '-' and '_'";
            return Err(wrong("hooks.channel", &self.channel, expected));
        }
        let secret = SecretPlace { key: "hooks.secret_file", file: self.secret_file, variable: self.secret_variable };
        let secret = secret.read(sources)?.ok_or_else(|| {
            wrong("hooks.secret_file", "", "a file that holds the secret, or secret_variable with a variable's name")
        })?;
        if self.kind == HookKind::Zalo && self.app_id.as_deref().is_none_or(str::is_empty) {
            return Err(wrong("hooks.app_id", "", "the id of the application of Zalo"));
        }
        let verify_token = SecretPlace {
            key: "hooks.verify_token_file",
            file: self.verify_token_file,
            variable: self.verify_token_variable,
        };
        let verify_token = verify_token.read(sources)?;
        if self.kind == HookKind::Facebook && verify_token.is_none() {
            let expected = "a file that holds the verify token, or verify_token_variable with a variable's name";
            return Err(wrong("hooks.verify_token_file", "", expected));
        }
        let app_id = self.app_id.unwrap_or_default();
        Ok(HookSettings { channel: self.channel, kind: self.kind, secret, app_id, verify_token })
    }
}

impl SecretPlace {
    /// The secret without the line end of its file; none where neither file nor variable is named.
    fn read(self, sources: SecretSources<'_>) -> Result<Option<Secret>, ConfigError> {
        let Self { key, file, variable } = self;
        let (value, text) = match (file, variable) {
            (Some(file), None) => {
                let path = sources.folder.join(file);
                let read = std::fs::read_to_string(&path);
                let text = read.map_err(|source| ConfigError::Unreadable { path: path.clone(), source })?;
                (path.display().to_string(), text)
            }
            (None, Some(variable)) => {
                let text = (sources.environment)(&variable)?;
                let expected = "the name of a variable that is set";
                let missing = || ConfigError::Value { key, value: variable.clone(), expected };
                let text = text.ok_or_else(missing)?;
                (variable, text)
            }
            (None, None) => return Ok(None),
            (Some(file), Some(_)) => {
                let expected = "a file or a variable, not both";
                return Err(ConfigError::Value { key, value: file.display().to_string(), expected });
            }
        };
        let secret = text.trim_end_matches(['\r', '\n']);
        if secret.len() < LEAST_SECRET_BYTES {
            return Err(ConfigError::Value { key, value, expected: "a place that holds a secret of 8 bytes or more" });
        }
        Ok(Some(Secret::from(secret)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(folder: &Path) -> SecretSources<'_> {
        let environment = &|name: &str| Ok((name == "ZALO_SECRET").then(|| "secret-of-zalo".to_owned()));
        SecretSources { folder, environment }
    }

    fn read(text: &str) -> Result<ReportSettings, ConfigError> {
        toml::from_str::<ReportsTable>(text).unwrap().checked(sources(Path::new("")))
    }

    fn hook(folder: &Path, text: &str) -> Result<HookSettings, ConfigError> {
        toml::from_str::<HookEntry>(text).unwrap().checked(sources(folder))
    }

    #[test]
    fn an_empty_table_is_the_usual_settings() {
        assert_eq!(read("").unwrap(), ReportSettings::default());
        let given = read("open = false\ntext_days = 7\nproof_bits = 0\nper_hour = 0").unwrap();
        assert_eq!((given.is_open, given.text_days, given.proof_bits, given.per_hour), (false, 7, 0, 0));
    }

    #[test]
    fn a_number_out_of_bounds_is_named() {
        for line in ["text_days = 0", "text_chars = 10", "proof_bits = 25", "per_hour = 1000001"] {
            let message = read(line).unwrap_err().to_string();
            assert!(message.contains(line.split(' ').next().unwrap()) && message.contains("expected"), "{message}");
        }
        assert!(toml::from_str::<ReportsTable>("text_day = 1").is_err());
    }

    #[test]
    fn secrets_come_from_a_file_or_a_variable_and_are_never_printed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("zalo.secret"), "of-the-account\n").unwrap();
        let of_file = "channel = \"zalo\"\nkind = \"zalo\"\napp_id = \"42\"\nsecret_file = \"zalo.secret\"";
        let of_file = hook(folder.path(), of_file).unwrap();
        assert_eq!(of_file.secret.bytes(), b"of-the-account");
        let of_variable = "channel = \"zalo\"\nkind = \"zalo\"\napp_id = \"42\"\nsecret_variable = \"ZALO_SECRET\"";
        let of_variable = hook(folder.path(), of_variable).unwrap();
        assert_eq!(of_variable.secret.bytes(), b"secret-of-zalo");
        let printed = format!("{of_file:?} {of_variable:?}");
        assert!(!printed.contains("of-the-account") && !printed.contains("secret-of-zalo"), "{printed}");
    }

    #[test]
    fn a_hook_without_what_it_needs_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("s"), "long enough").unwrap();
        std::fs::write(folder.path().join("short"), "1234567").unwrap();
        for (text, named) in [
            ("channel = \"zalo\"\nkind = \"signed\"", "hooks.secret_file"),
            ("channel = \"zalo\"\nkind = \"zalo\"\nsecret_file = \"s\"", "hooks.app_id"),
            ("channel = \"facebook\"\nkind = \"facebook\"\nsecret_file = \"s\"", "hooks.verify_token_file"),
            ("channel = \"Zalo!\"\nkind = \"signed\"\nsecret_file = \"s\"", "hooks.channel"),
            ("channel = \"zalo\"\nkind = \"signed\"\nsecret_file = \"short\"", "hooks.secret_file"),
            ("channel = \"zalo\"\nkind = \"signed\"\nsecret_variable = \"NOWHERE\"", "hooks.secret_file"),
            ("channel = \"z\"\nkind = \"signed\"\nsecret_file = \"s\"\nsecret_variable = \"X\"", "hooks.secret_file"),
        ] {
            let message = hook(folder.path(), text).unwrap_err().to_string();
            assert!(message.contains(named), "{text}: {message}");
        }
        assert!(hook(folder.path(), "channel = \"a\"\nkind = \"signed\"\nsecret_file = \"missing\"").is_err());
    }
}
