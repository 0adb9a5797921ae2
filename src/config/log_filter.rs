//! The filter of the log, checked: a misspelt level would leave a server without a log, and nobody would be told.
//!
//! In: the text of a filter. Out: the same text, or what is wrong with it. What it lets through is not decided here.

use super::error::ConfigError;
use super::variables::distance;

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];
/// The name of the program in its log.
const OWN: &str = "binhyen";

/// A filter as a setting gives it: levels, and `target=level`, with commas between.
///
/// # Errors
/// When a part is neither.
pub(super) fn checked(setting: &'static str, text: String) -> Result<String, ConfigError> {
    match text.split(',').map(str::trim).find(|part| !part.is_empty() && !is_directive(part)) {
        Some(part) => Err(ConfigError::LogFilter { setting, text: part.to_owned(), levels: LEVELS.join(", ") }),
        None => Ok(text),
    }
}

fn is_directive(part: &str) -> bool {
    let is_level = |level: &str| {
        LEVELS.contains(&level.to_ascii_lowercase().as_str()) || matches!(level.as_bytes(), [b'0'..=b'5'])
    };
    match part.rsplit_once('=') {
        None => is_level(part),
        Some((target, level)) => is_level(level) && is_target(target),
    }
}

/// Whether something may be called so in a log: a path of names, in which our own name is not misspelt, with a span
/// behind it or not.
fn is_target(target: &str) -> bool {
    let path = target.split('[').next().unwrap_or_default();
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let first = path.split("::").next().unwrap_or_default();
    let is_own = first == OWN || distance(first, OWN) > 2;
    (path.is_empty() && target.starts_with('[')) || (is_own && path.split("::").all(is_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_targets_are_filters() {
        for text in
            ["info", "WARN", "binhyen=debug", "warn,binhyen::http=trace,tower_http=off", "info,", "3", "[span]=info"]
        {
            assert_eq!(checked("BINHYEN_LOG", text.to_owned()).unwrap(), text);
        }
    }

    #[test]
    fn what_would_silence_the_log_is_refused() {
        for text in ["inof", "verbose", "binhyen=wran", "binhyn=debug", "info;debug", "=info", "6"] {
            let refusal = checked("BINHYEN_LOG", text.to_owned()).unwrap_err().to_string();
            assert!(refusal.contains("BINHYEN_LOG") && refusal.contains("off, error, warn"), "{text}: {refusal}");
        }
    }
}
