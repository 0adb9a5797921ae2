//! `--severity-from category`, `--severity-from default 2`: one word or two.

use crate::domain::incident::taxonomy::Severity;
use crate::ingest::SeverityFrom;

/// A word of the option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SeverityWord {
    Category,
    Default,
    /// A severity, by its number.
    Number(Severity),
    /// Both in one: default=2.
    DefaultNumber(Severity),
}

/// Reads one word of the option.
pub(super) fn severity_word(text: &str) -> Result<SeverityWord, String> {
    let number = |text: &str| {
        let number = text.parse().ok().and_then(|number: u8| Severity::new(number).ok());
        number.ok_or_else(|| format!("{text:?} is no severity; write a number from 1 to 5"))
    };
    match text.to_lowercase().as_str() {
        "category" => Ok(SeverityWord::Category),
        "default" => Ok(SeverityWord::Default),
        other => match other.strip_prefix("default=") {
            Some(severity) => number(severity).map(SeverityWord::DefaultNumber),
            None if other.bytes().all(|byte| byte.is_ascii_digit()) => number(other).map(SeverityWord::Number),
            None => {
                Err("write category, or default and a number from 1 to 5; a file stands before the option".to_owned())
            }
        },
    }
}

/// What the words of the option say together; none where it was not given.
pub(super) fn severity_from(words: &[SeverityWord]) -> Result<Option<SeverityFrom>, String> {
    match words {
        [] => Ok(None),
        [SeverityWord::Category] => Ok(Some(SeverityFrom::Category)),
        [SeverityWord::DefaultNumber(severity)] | [SeverityWord::Default, SeverityWord::Number(severity)] => {
            Ok(Some(SeverityFrom::Default(*severity)))
        }
        _ => Err("--severity-from: write category, or default and a number from 1 to 5".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Option<SeverityFrom>, String> {
        let words: Result<Vec<SeverityWord>, String> = words.iter().map(|word| severity_word(word)).collect();
        severity_from(&words?)
    }

    #[test]
    fn one_word_or_two_say_where_a_severity_comes_from() {
        let two = SeverityFrom::Default(Severity::new(2).unwrap());
        assert_eq!(read(&[]), Ok(None));
        assert_eq!(read(&["category"]), Ok(Some(SeverityFrom::Category)));
        assert_eq!(read(&["default", "2"]), Ok(Some(two)));
        assert_eq!(read(&["default=2"]), Ok(Some(two)));
        for words in [&["default"][..], &["default", "6"], &["2"], &["category", "2"], &["a.csv"], &["default=x"]] {
            assert!(read(words).is_err(), "{words:?}");
        }
    }
}
