//! The one rule of ids, for every kind of row and every reader.
//!
//! In: the text of a cell. Out: the id, cleaned where that can mean one thing only, else why it is none. An id decides
//! whether a row is new: a damaged one makes two records of one, or one of two.
//!
//! The rule: a text is an id as it is written, `00017` and `20240301081500123451` too; `20335.0` is 20335. A number
//! with an exponent is none, whoever wrote it (`2.02403E+13`, `1e5`). A number of a sheet or of JSON, which is no text,
//! has at most fifteen digits before its point, written out or with an exponent.

use std::borrow::Cow;

/// Digits of a whole number that every program keeps: a spreadsheet holds no more, and what computes in floating point
/// gives back other ones behind them.
pub(in crate::ingest) const MAX_NUMBER_DIGITS: i64 = 15;

/// Why a number of a sheet or of JSON, which is no text, cannot be trusted to its last digit.
pub(in crate::ingest) fn inexact_number(written: &str) -> Option<String> {
    (whole_digits(written) > MAX_NUMBER_DIGITS).then(|| {
        format!(
            "a number of more than {MAX_NUMBER_DIGITS} digits: programs keep no more of a number, so write it as text, \
             in JSON in quotation marks"
        )
    })
}

/// How many digits the whole part of a number has when it is written without an exponent.
fn whole_digits(written: &str) -> i64 {
    let (mantissa, exponent) = written.split_once(['e', 'E']).unwrap_or((written, "0"));
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole = whole.trim_start_matches(['-', '+']).trim_start_matches('0');
    let zeros = decimals.bytes().take_while(|byte| *byte == b'0').count();
    let digits = match (whole.len(), decimals.len()) {
        (0, all) if all == zeros => return 0,
        (0, _) => -(zeros as i64),
        (digits, _) => digits as i64,
    };
    // An exponent beyond all numbers counts as one that is too large or too small.
    let exponent = exponent.parse().unwrap_or(if exponent.starts_with('-') { -400 } else { 400 });
    digits.saturating_add(exponent)
}

/// Ids are kept as they are; none that is longer is one.
pub(in crate::ingest) const MAX_ID_BYTES: usize = 200;

/// What programs write into a cell for which they have no value, in lower case. Rows without an id would become one.
const NO_VALUES: [&str; 18] = [
    "null",
    "(null)",
    "<null>",
    "none",
    "nil",
    "nan",
    "n/a",
    "#n/a",
    "na",
    "#ref!",
    "#value!",
    "#name?",
    "#null!",
    "#div/0!",
    "#num!",
    "undefined",
    "-",
    "?",
];

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::ingest) enum IdFault {
    #[error("the id is longer than {MAX_ID_BYTES} bytes")]
    TooLong,
    #[error("the id is a number in scientific notation: a spreadsheet cut its digits, so export the ids again as text")]
    Exponent,
    #[error("a formula stands in place of the id: write its value")]
    Formula,
    #[error("{0:?} is what programs write where there is no id")]
    NoValue(String),
    #[error("the id has the invisible character U+{0:04X}: take it out")]
    Invisible(u32),
    #[error("the id has a letter that was lost before (U+FFFD): export it again as UTF-8")]
    Lost,
    #[error(
        "the id reads like a path: ids of models stand in addresses, so write none of / \\ ? # % and no . or .. alone"
    )]
    Path,
}

/// The id that a text gives.
pub(in crate::ingest) fn checked_id(text: &str) -> Result<Cow<'_, str>, IdFault> {
    if is_plain(text) {
        return Ok(Cow::Borrowed(text));
    }
    let id = canonical(text);
    if id.len() > MAX_ID_BYTES {
        return Err(IdFault::TooLong);
    }
    if id.starts_with('=') {
        return Err(IdFault::Formula);
    }
    if is_scientific(&id) {
        return Err(IdFault::Exponent);
    }
    if NO_VALUES.iter().any(|word| id.eq_ignore_ascii_case(word)) {
        return Err(IdFault::NoValue(id.into_owned()));
    }
    match id.chars().find(|letter| letter.is_control() || is_directing(*letter) || *letter == '\u{FFFD}') {
        None => Ok(id),
        Some('\u{FFFD}') => Err(IdFault::Lost),
        Some(letter) => Err(IdFault::Invisible(u32::from(letter))),
    }
}

/// Whether a text is an id as nearly all are, which no fault below can have: digits, with letters and signs but no E.
fn is_plain(text: &str) -> bool {
    let mut has_digit = false;
    let bytes = text.bytes().all(|byte| match byte {
        b'0'..=b'9' => {
            has_digit = true;
            true
        }
        b'E' | b'e' => false,
        b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' => true,
        _ => false,
    });
    bytes && has_digit && text.len() <= MAX_ID_BYTES
}

/// The same of an id that stands in addresses.
pub(in crate::ingest) fn checked_id_in_addresses(text: &str) -> Result<Cow<'_, str>, IdFault> {
    let id = checked_id(text)?;
    if id.contains(['/', '\\', '?', '#', '%']) || matches!(&*id, "." | "..") {
        return Err(IdFault::Path);
    }
    Ok(id)
}

/// A text by which rows are told apart: what shows nothing in it is left out.
pub(in crate::ingest) fn canonical(text: &str) -> Cow<'_, str> {
    // What a cell says is clean of the others already; a soft hyphen is a letter of a lost encoding there.
    if !text.is_ascii() && text.contains(['\u{AD}', '\u{A0}']) {
        return Cow::Owned(text.replace('\u{AD}', "").replace('\u{A0}', " "));
    }
    Cow::Borrowed(text)
}

/// Marks that turn the direction of reading: what is seen is not what is there.
pub(super) fn is_directing(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E007F}')
}

/// Whether a text is a number with an exponent, such as 2.02403E+13.
pub(in crate::ingest) fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let mantissa = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    is_digits(whole) && is_digits(decimals) && is_digits(exponent)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn damaged_ids_are_refused_with_the_cause() {
        for text in ["2.02403E+13", "2,02403E+13", "1e5", "-4.892E+092", "5E-3"] {
            assert_eq!(checked_id(text), Err(IdFault::Exponent), "{text}");
        }
        for text in ["E5", "1E", "CA-1e5", "2024E03A", "1.2.3E4", "e+5"] {
            assert_eq!(checked_id(text).as_deref(), Ok(text));
        }
        assert_eq!(checked_id("=A1+1"), Err(IdFault::Formula));
        assert_eq!(checked_id("a\u{FFFD}"), Err(IdFault::Lost));
        assert_eq!(checked_id("a\nb"), Err(IdFault::Invisible(0x0A)));
        assert_eq!(checked_id("a\u{202E}b"), Err(IdFault::Invisible(0x202E)));
        assert_eq!(checked_id(&"x".repeat(201)), Err(IdFault::TooLong));
    }

    #[test]
    fn numbers_that_are_no_texts_have_fifteen_digits_at_most() {
        for exact in
            ["0", "1.0", "-7", "999999999999999", "108.42000000000002", "1e5", "9.99e14", "0.00012345678901234567"]
        {
            assert_eq!(inexact_number(exact), None, "{exact}");
        }
        for inexact in [
            "1000000000000000",
            "9007199254740991",
            "9007199254740993",
            "20240301081500123451",
            "-20240301081500123451",
            "20240301081500123451.0",
            "1e15",
            "1E+20",
            "0.001e20",
            "2.0240301081500123e+19",
            "1e999999999999999999999",
        ] {
            assert!(inexact_number(inexact).is_some(), "{inexact}");
        }
        assert_eq!(inexact_number("1e-999999999999999999999"), None);
        assert_eq!(inexact_number("0e99"), None);
    }

    #[test]
    fn what_stands_for_no_value_is_no_id() {
        for text in ["NULL", "#N/A", "NaN", "none", "-", "#REF!"] {
            assert_eq!(checked_id(text), Err(IdFault::NoValue(text.to_owned())));
        }
        assert_eq!(checked_id("NA-1").as_deref(), Ok("NA-1"));
    }

    #[test]
    fn what_shows_nothing_is_left_out() {
        assert_eq!(checked_id("A\u{AD}1").as_deref(), Ok("A1"));
        assert_eq!(checked_id("A\u{A0}1").as_deref(), Ok("A 1"));
        assert_eq!(checked_id("").as_deref(), Ok(""));
    }

    #[test]
    fn ids_in_addresses_are_no_paths() {
        for text in ["../etc", "a/b", "..", ".", "a\\b", "a?b", "a#b", "%2e%2e"] {
            assert_eq!(checked_id_in_addresses(text), Err(IdFault::Path), "{text}");
        }
        assert_eq!(checked_id_in_addresses("MH-12.3").as_deref(), Ok("MH-12.3"));
    }

    proptest! {
        #[test]
        fn plain_ids_have_no_fault(text in "[A-Za-z0-9_.-]{1,12}") {
            if is_plain(&text) {
                let id = canonical(&text);
                prop_assert!(!is_scientific(&id) && !NO_VALUES.iter().any(|word| id.eq_ignore_ascii_case(word)));
                prop_assert!(!id.starts_with('=') && id == text.as_str());
            }
        }

        #[test]
        fn a_clean_id_is_clean_again(text in "\\PC{0,20}") {
            if let Ok(id) = checked_id(&text).map(Cow::into_owned) {
                prop_assert_eq!(checked_id(&id).map(Cow::into_owned), Ok(id.clone()));
            }
        }
    }
}
