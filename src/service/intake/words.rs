//! What somebody says in words: checked where it can be refused, cleaned where it cannot.

use super::json_fields::field_fault;
use crate::domain::text::nfc;
use crate::service::error::ServiceError;
use crate::texts::text;

/// A text of the form: NFC, of at most so many characters, without control characters but line ends. None where nothing
/// is said.
///
/// # Errors
/// When it is too long or holds a control character.
pub(super) fn checked(field: &'static str, said: &str, most_chars: usize) -> Result<Option<String>, ServiceError> {
    let text = nfc(&said.replace("\r\n", "\n"));
    if text.chars().any(is_control) {
        return Err(field_fault(field, text!("report-control-character")));
    }
    let count = text.chars().count();
    if count > most_chars {
        return Err(field_fault(field, text!("report-too-long", count = count, most = most_chars)));
    }
    Ok((!text.is_empty()).then_some(text))
}

/// A text of a network, whose sender gets no answer: what the form would refuse is left out.
pub(super) fn cleaned(said: &str, most_chars: usize) -> Option<String> {
    let text = nfc(&said.replace("\r\n", "\n"));
    let kept: String = text.chars().filter(|letter| !is_control(*letter)).collect();
    let mut kept = kept.trim().to_owned();
    if kept.chars().count() > most_chars {
        kept = kept.chars().take(most_chars.saturating_sub(1)).chain(['…']).collect();
    }
    (!kept.is_empty()).then_some(kept)
}

/// Control characters, and those that turn the direction of the text around them.
fn is_control(letter: char) -> bool {
    let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (letter.is_control() && letter != '\n') || turns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters_after_composition() {
        let decomposed = "Ta\u{302}y Giang";
        assert_eq!(checked("text", decomposed, 9).unwrap().as_deref(), Some("Tây Giang"));
        assert!(
            matches!(checked("text", decomposed, 8), Err(ServiceError::InvalidField { field, .. }) if field == "text")
        );
        assert_eq!(checked("text", " \n ", 8), Ok(None));
        assert_eq!(checked("text", "", 0), Ok(None));
    }

    #[test]
    fn control_characters_are_refused_by_the_form_and_left_out_of_a_message() {
        for wrong in ["a\u{0}b", "a\tb", "a\u{1b}[31m", "a\u{202e}b", "a\u{2066}b", "a\rb"] {
            assert!(checked("text", wrong, 50).is_err(), "{wrong:?}");
        }
        assert_eq!(checked("text", "một\r\nhai", 50).unwrap().as_deref(), Some("một\nhai"));
        assert_eq!(cleaned("a\u{0}b\u{202e}c\r\nd", 50).as_deref(), Some("abc\nd"));
        assert_eq!(cleaned("\u{7}", 50), None);
        assert_eq!(cleaned("rất dài", 5).as_deref(), Some("rất …"));
    }
}
