//! The one rule of ids, for every kind of row and every reader.
//!
//! In: the text of a cell. Out: the id, cleaned where that can mean one thing only, else why it is none. An id decides
//! whether a row is new: a damaged one makes two records of one, or one of two.

use std::borrow::Cow;

/// Ids are kept as they are; none that is longer is one.
pub(in crate::ingest) const MAX_ID_BYTES: usize = 200;

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::ingest) enum IdFault {
    #[error("the id is longer than {MAX_ID_BYTES} bytes")]
    TooLong,
    #[error("the id is a number in scientific notation: a spreadsheet cut its digits, so export the ids again as text")]
    Exponent,
    #[error("a formula stands in place of the id: write its value")]
    Formula,
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
    match id.chars().find(|letter| letter.is_control() || is_directing(*letter) || *letter == '\u{FFFD}') {
        None => Ok(id),
        Some('\u{FFFD}') => Err(IdFault::Lost),
        Some(letter) => Err(IdFault::Invisible(u32::from(letter))),
    }
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
fn is_scientific(text: &str) -> bool {
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
        fn a_clean_id_is_clean_again(text in "\\PC{0,20}") {
            if let Ok(id) = checked_id(&text).map(Cow::into_owned) {
                prop_assert_eq!(checked_id(&id).map(Cow::into_owned), Ok(id.clone()));
            }
        }
    }
}
