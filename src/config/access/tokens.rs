//! The tokens of the configuration: hashes with a role, a holder, and the moments between which they are good.

use jiff::civil::Date;
use jiff::{Timestamp, tz};
use serde::Deserialize;

use super::roles::{EXPECTED, OPENED};
use crate::config::error::ConfigError;

/// Hours by which local days are before those of UTC, all year round.
const LOCAL_HOURS: i8 = 7;

/// One token of the configuration; the token itself is known to its holder only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenEntry {
    /// The role it opens: planner, commander or operator.
    pub role: String,
    /// The SHA-256 of the token, 64 hexadecimal digits.
    pub sha256: String,
    /// Who holds it, for the logs. Two tokens may have one label, while one takes the place of the other.
    pub label: String,
    /// From when on it is good, in seconds since 1970 UTC; always where none is given.
    pub not_before_s: Option<i64>,
    /// From when on it is no longer; never where none is given.
    pub expires_s: Option<i64>,
}

/// The table as it stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::config) struct TokenTable {
    role: String,
    sha256: String,
    label: String,
    not_before: Option<WrittenMoment>,
    expires: Option<WrittenMoment>,
}

/// A day or a moment, with quotation marks or without.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum WrittenMoment {
    Text(String),
    Toml(toml::value::Datetime),
}

impl WrittenMoment {
    fn text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Toml(moment) => moment.to_string(),
        }
    }
}

/// Which edge of a day is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayEdge {
    Begin,
    End,
}

impl TokenTable {
    pub(in crate::config) fn checked(self) -> Result<TokenEntry, ConfigError> {
        let wrong = |key, value: &str, expected| ConfigError::Value { key, value: value.to_owned(), expected };
        if self.sha256.len() != 64 || !self.sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            // The value may be the token itself, which must not reach a log.
            return Err(wrong("tokens.sha256", "…", "64 hexadecimal digits, as `binhyen token` prints them"));
        }
        if self.label.trim().is_empty() || self.label.chars().any(char::is_control) {
            return Err(wrong("tokens.label", &self.label, "a short text that says who holds the token"));
        }
        if !OPENED.contains(&self.role.as_str()) {
            return Err(wrong("tokens.role", &self.role, EXPECTED));
        }
        let not_before = self.not_before.map(|at| moment_s("tokens.not_before", at.text(), DayEdge::Begin));
        let expires = self.expires.map(|at| moment_s("tokens.expires", at.text(), DayEdge::End));
        let (not_before_s, expires_s) = (not_before.transpose()?, expires.transpose()?);
        if let (Some(begin), Some(end)) = (not_before_s, expires_s)
            && begin >= end
        {
            return Err(wrong("tokens.expires", &self.label, "a moment after not_before"));
        }
        let sha256 = self.sha256.to_ascii_lowercase();
        Ok(TokenEntry { role: self.role, sha256, label: self.label, not_before_s, expires_s })
    }
}

/// The moment of a text: of a day, its beginning or its end where the province is.
fn moment_s(key: &'static str, text: String, edge: DayEdge) -> Result<i64, ConfigError> {
    // Whatever names a moment names a day too.
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment.as_second());
    }
    if text.len() == "2026-12-31".len()
        && let Ok(date) = text.parse::<Date>()
    {
        let date = if edge == DayEdge::End { date.tomorrow() } else { Ok(date) };
        let begin = date.and_then(|date| tz::offset(LOCAL_HOURS).to_timestamp(date.at(0, 0, 0, 0)));
        if let Ok(begin) = begin {
            return Ok(begin.as_second());
        }
    }
    let expected = "a day like \"2026-12-31\", which is meant whole, or a moment like \"2026-12-31T17:00:00+07:00\"";
    Err(ConfigError::Value { key, value: text, expected })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(more: &str) -> Result<TokenEntry, ConfigError> {
        let text = format!("role = \"planner\"\nlabel = \"x\"\nsha256 = \"{}\"\n{more}", "A".repeat(64));
        toml::from_str::<TokenTable>(&text).unwrap().checked()
    }

    #[test]
    fn a_day_is_meant_whole_where_the_province_is_and_a_moment_is_one() {
        // 2026-12-31 ends in the province at 17:00 UTC.
        for end in ["\"2026-12-31\"", "2026-12-31", "\"2027-01-01T00:00:00+07:00\"", "2026-12-31T17:00:00Z"] {
            let entry = read(&format!("expires = {end}")).unwrap();
            assert_eq!((entry.expires_s, entry.not_before_s), (Some(1_798_736_400), None), "{end}");
        }
        let entry = read("not_before = \"2026-12-31\"").unwrap();
        assert_eq!(entry.not_before_s, Some(1_798_736_400 - 86_400));
        assert_eq!((read("").unwrap().expires_s, read("").unwrap().sha256), (None, "a".repeat(64)));
    }

    #[test]
    fn what_is_no_moment_or_never_good_is_refused() {
        for wrong in
            ["expires = \"soon\"", "expires = \"2026-13-01\"", "not_before = \"31/12/2026\"", "expires = 07:00:00"]
        {
            let message = read(wrong).unwrap_err().to_string();
            assert!(message.contains("2026-12-31"), "{message}");
        }
        assert!(read("not_before = 2026-12-31\nexpires = 2026-12-30").unwrap_err().to_string().contains("not_before"));
        assert!(read("not_before = 2026-12-31\nexpires = 2026-12-31").is_ok(), "good for a day");
    }
}
