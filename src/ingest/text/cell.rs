//! The text of a cell: Normalization Form C, without the marks by which programs guard it.
//!
//! `="20240301001"` and a leading apostrophe keep a spreadsheet from reading digits as a number; `20335.0` is how some
//! programs write the whole number 20335. None of this is part of the value.

use std::borrow::Cow;

use crate::domain::text::nfc;

/// Characters that show nothing and part nothing: spaces of no width, joiners, marks of direction and byte order.
fn shows_nothing(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// What a cell says.
pub(in crate::ingest) fn cell_text(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(unguarded(trimmed(text)));
    }
    let normal = nfc(text);
    let visible: String = if normal.contains(shows_nothing) {
        normal.chars().filter(|letter| !shows_nothing(*letter)).collect()
    } else {
        normal
    };
    Cow::Owned(unguarded(visible.trim()).to_owned())
}

/// The text without space around it; few cells have any.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=u8::MAX, .., b'!'..=u8::MAX] | [b'!'..=u8::MAX] => text,
        _ => text.trim(),
    }
}

fn unguarded(text: &str) -> &str {
    match text.as_bytes() {
        [b'\'', _, ..] => text[1..].trim_start(),
        [b'=', b'"', .., b'"'] if !text[2..text.len() - 1].contains('"') => text[2..text.len() - 1].trim(),
        [.., b'.', b'0'] | [.., b'.', b'0', b'0'] => whole_number(text).unwrap_or(text),
        _ => text,
    }
}

/// The digits of a whole number that is written with a decimal point. Three digits behind it may be thousands.
fn whole_number(text: &str) -> Option<&str> {
    let (whole, decimals) = text.split_once('.')?;
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_whole && matches!(decimals, "0" | "00")).then_some(whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn guards_of_spreadsheets_are_no_part_of_the_value() {
        assert_eq!(cell_text("=\"20240301001\""), "20240301001");
        assert_eq!(cell_text("'20240301002"), "20240301002");
        assert_eq!(cell_text(" '=A1 "), "=A1");
        assert_eq!(cell_text("'"), "'");
        assert_eq!(cell_text("=\"a\"&\"b\""), "=\"a\"&\"b\"", "a formula stays one");
    }

    #[test]
    fn whole_numbers_lose_their_decimals_and_thousands_do_not() {
        assert_eq!(cell_text("20335.0"), "20335");
        assert_eq!(cell_text("0.00"), "0");
        assert_eq!(cell_text("12.000"), "12.000");
        assert_eq!(cell_text("1.10"), "1.10");
        assert_eq!(cell_text(".0"), ".0");
        assert_eq!(cell_text("v1.0"), "v1.0");
    }

    #[test]
    fn what_shows_nothing_goes() {
        assert_eq!(cell_text("\u{FEFF}A\u{200B}1\u{200F}"), "A1");
        assert_eq!(cell_text("\u{a0}Tra\u{300}\u{200B} "), "Trà");
    }

    proptest! {
        #[test]
        fn plain_words_stay_as_they_are(text in "[a-zA-Z][a-zA-Z0-9 /-]{0,12}[a-z1-9]") {
            prop_assert_eq!(cell_text(&text), text.as_str());
        }
    }
}
