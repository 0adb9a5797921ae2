//! What is logged, and how lines are written.
//!
//! In: the table `[log]` of the configuration. Out: [`Logging`]. A filter in the environment stands before that of the file.

use serde::Deserialize;

use super::error::ConfigError;

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A sentence and fields, for people; texts in quotes, so that programs can read it too.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// The log of a server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Logging {
    /// How lines are written.
    pub format: LogFormat,
    /// The filter of the file; none where it gives none.
    pub filter: Option<String>,
    /// One request in so many has a line; 0 for none but those the server could not answer.
    pub one_request_in: u32,
}

/// The table as it stands in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LogTable {
    #[serde(default)]
    format: LogFormat,
    filter: Option<String>,
    one_request_in: Option<u64>,
}

impl LogTable {
    pub(super) fn checked(self) -> Result<Logging, ConfigError> {
        let number = self.one_request_in.unwrap_or_default();
        let expected = "a whole number: 0 for none, 1 for every request, 100 for one in a hundred";
        let refused = |_| ConfigError::Value { key: "log.one_request_in", value: number.to_string(), expected };
        let one_request_in = u32::try_from(number).map_err(refused)?;
        Ok(Logging { format: self.format, filter: self.filter, one_request_in })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_table_is_text_without_requests() {
        let read = |text: &str| toml::from_str::<LogTable>(text).unwrap().checked();
        assert_eq!(read("").unwrap(), Logging::default());
        let given = read("format = \"json\"\nfilter = \"warn\"\none_request_in = 1").unwrap();
        assert_eq!((given.format, given.filter.as_deref(), given.one_request_in), (LogFormat::Json, Some("warn"), 1));
        assert!(read("one_request_in = 5000000000").unwrap_err().to_string().contains("log.one_request_in"));
        assert!(toml::from_str::<LogTable>("format = \"xml\"").is_err());
    }
}
