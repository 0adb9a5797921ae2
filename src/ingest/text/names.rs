//! Names and labels: whether a text can be shown as it is.
//!
//! In: the text of a cell. Out: the name, with the letter Đ in place of those that only look like it; else what is wrong
//! with it, and where the letters are those of a lost encoding, how the name would read and which option reads it so.

use std::borrow::Cow;

use super::encoding::Encoding;
use super::ids::is_directing;
use super::legacy::{Scheme, read_as, unmangled};
use super::syllables::is_syllable;
use super::viqr::viqr_reading;

/// No name of a place and no label is longer.
pub(in crate::ingest) const MAX_NAME_CHARS: usize = 200;

/// What is wrong with a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// The letters are those of another encoding.
    #[error("the text is {what}: it would read {reading:?}; give --encoding {}", option.as_str())]
    Encoding {
        /// What happened to it.
        what: &'static str,
        /// The text that was meant.
        reading: String,
        /// The encoding that reads it.
        option: Encoding,
    },
    /// The marks stand behind the letters, in ASCII.
    #[error(
        "the text is VIQR: it would read {reading:?}; convert it to Unicode, for example with UniKey, and import it again"
    )]
    Viqr {
        /// The text that was meant.
        reading: String,
    },
    /// The letters are those of another encoding, nobody knows which.
    #[error(
        "the text has the sign {sign:?} inside a word: it is in an encoding that is not known; export it again as UTF-8"
    )]
    UnknownEncoding {
        /// A sign that no word has.
        sign: char,
    },
    /// The letters are those of another encoding, and some are lost.
    #[error(
        "the text is UTF-8 that was read as another encoding, and letters of it are lost: export it again as UTF-8"
    )]
    Mangled,
    /// A letter was lost before.
    #[error("the text has letters that were lost before ({0}): export it again as UTF-8")]
    Lost(&'static str),
    /// A character that shows nothing.
    #[error("the text has the invisible character U+{0:04X}: take it out")]
    Invisible(u32),
    /// Too long to be shown.
    #[error("the text is longer than {MAX_NAME_CHARS} characters")]
    TooLong,
}

/// The name that a text gives.
///
/// # Errors
/// When it cannot be shown as it is.
pub(in crate::ingest) fn checked_name(text: &str) -> Result<Cow<'_, str>, NameFault> {
    if let Some(fault) = encoding_fault(text) {
        return Err(fault);
    }
    if text.contains('\u{FFFD}') {
        return Err(NameFault::Lost("U+FFFD"));
    }
    if has_question_mark_in_word(text) {
        return Err(NameFault::Lost("question marks in words"));
    }
    if let Some(letter) = text.chars().find(|letter| letter.is_control() || is_directing(*letter)) {
        return Err(NameFault::Invisible(u32::from(letter)));
    }
    if text.chars().count() > MAX_NAME_CHARS {
        return Err(NameFault::TooLong);
    }
    Ok(if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(with_vietnamese_d(text).replace('\u{AD}', "")) })
}

/// Whether the letters of a text are those of another encoding.
pub(in crate::ingest) fn encoding_fault(text: &str) -> Option<NameFault> {
    if text.is_ascii() {
        return viqr_reading(text).map(|reading| NameFault::Viqr { reading });
    }
    if let Some(reading) = unmangled(text) {
        let what = "UTF-8 that was read as another encoding";
        return Some(NameFault::Encoding { what, reading, option: Encoding::Utf8Twice });
    }
    // Two characters that a letter of Vietnamese becomes when its bytes are read one by one; no word has them.
    let twin = |pair: [char; 2]| matches!(pair, ['á', 'º' | '»'] | ['Ã' | 'Ä' | 'Æ', '\u{80}'..='\u{BF}']);
    let letters: Vec<char> = text.chars().collect();
    if letters.windows(2).any(|pair| twin([pair[0], pair[1]])) {
        return Some(NameFault::Mangled);
    }
    let Some((option, reading)) = better_reading(text) else {
        return sign_in_word(text).map(|sign| NameFault::UnknownEncoding { sign });
    };
    let what = match option {
        Encoding::Tcvn3 => "TCVN3 (ABC)",
        Encoding::Vni => "VNI",
        _ => "of the code page 1258",
    };
    Some(NameFault::Encoding { what, reading, option })
}

/// A sign of the western code pages that stands before or behind a letter, in a word that is no syllable.
fn sign_in_word(text: &str) -> Option<char> {
    let is_sign = |letter: char| {
        matches!(letter, '\u{80}'..='\u{9F}' | '¡'..='©' | '¬' | '®'..='±' | '´'..='¶' | '¸' | '¼'..='¿' | '×' | '÷' | 'Þ' | 'þ')
            || matches!(letter, '†' | '‡' | '‰' | 'ƒ' | 'ˆ' | '˜' | '€' | '‹' | '›' | '•')
    };
    let letters: Vec<char> = text.chars().collect();
    letters.windows(2).find_map(|pair| match pair {
        [sign, letter] | [letter, sign] if is_sign(*sign) && letter.is_alphabetic() && !is_sign(*letter) => Some(*sign),
        _ => None,
    })
}

/// How bytes that are not UTF-8 read best.
pub(in crate::ingest) fn best_reading(bytes: &[u8]) -> Option<(Encoding, String)> {
    better_reading(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

/// The reading that makes syllables of words that are none.
fn better_reading(text: &str) -> Option<(Encoding, String)> {
    let plain = score(&with_vietnamese_d(text));
    if plain.others == 0 {
        return None;
    }
    let readings =
        [(Encoding::Tcvn3, Scheme::Tcvn3), (Encoding::Vni, Scheme::Vni), (Encoding::Windows1258, Scheme::Windows1258)];
    let read = readings.into_iter().filter_map(|(option, scheme)| Some((option, read_as(scheme, text)?)));
    let better = read.filter(|(_, reading)| {
        let score = score(reading);
        score.syllables > plain.syllables && score.others < score.syllables
    });
    // Of equal readings the first: what TCVN3 and VNI have in common are words of which neither makes syllables.
    better.min_by_key(|(_, reading)| score(reading).others)
}

/// Words of a text with letters beyond ASCII.
struct Score {
    syllables: usize,
    others: usize,
}

fn score(text: &str) -> Score {
    // A letter of a lost encoding may be a sign here; signs within a word belong to it.
    let is_part = |letter: char| letter.is_alphanumeric() || !letter.is_ascii();
    let words = text
        .split(|letter: char| !is_part(letter))
        .filter(|word| !word.is_ascii() && word.chars().any(char::is_alphabetic));
    let (syllables, others): (Vec<&str>, Vec<&str>) = words.partition(|word| is_syllable(word));
    Score { syllables: syllables.len(), others: others.len() }
}

/// Letters that look like Đ, and are of Icelandic and of African languages.
fn with_vietnamese_d(text: &str) -> String {
    let meant = |letter| match letter {
        '\u{D0}' | '\u{189}' => 'Đ',
        '\u{F0}' | '\u{256}' => 'đ',
        other => other,
    };
    text.chars().map(meant).collect()
}

fn has_question_mark_in_word(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let is_letter =
        |place: Option<usize>| place.and_then(|place| letters.get(place)).is_some_and(|l| l.is_alphabetic());
    let marks = letters.iter().enumerate().filter(|(_, letter)| **letter == '?');
    marks.map(|(place, _)| place).any(|place| is_letter(place.checked_sub(1)) || is_letter(Some(place + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        checked_name(text).map_or_else(|fault| fault.to_string(), |name| format!("taken: {name}"))
    }

    #[test]
    fn sound_names_are_taken_as_they_are() {
        for name in [
            "Phường Tân Thịnh",
            "Hòa Phú",
            "Tam Phó",
            "Đắk Lắk",
            "Krông Nô",
            "Thị trấn Đông Phú",
            "Café Müller",
            "Nestlé",
            "Peña Blanca",
            "Xã A Tiêng",
            "Khu phố 3 – tổ 12",
            "Trường “Lê Lợi”",
            "Huyện đảo Hoàng Sa",
            "",
            "ABC",
            "Zoë’s",
        ] {
            assert_eq!(checked_name(name).as_deref(), Ok(name));
        }
    }

    #[test]
    fn letters_that_look_like_d_become_it() {
        assert_eq!(checked_name("Thị trấn Ðông Phú").as_deref(), Ok("Thị trấn Đông Phú"));
        assert_eq!(checked_name("Xã Ɖại Ðồng").as_deref(), Ok("Xã Đại Đồng"));
        assert_eq!(checked_name("ðường").as_deref(), Ok("đường"));
    }

    #[test]
    fn lost_encodings_are_named_with_how_the_name_reads() {
        let said = "the text is TCVN3 (ABC): it would read \"Phường Tân Thịnh\"; give --encoding tcvn3";
        assert_eq!(refusal("Ph\u{AD}êng T©n ThÞnh"), said);
        assert!(refusal("X· §iÖn B\u{B5}n").contains("\"Xã Điện Bàn\"; give --encoding tcvn3"));
        let said = "the text is VNI: it would read \"Phường Tân Thịnh\"; give --encoding vni";
        assert_eq!(refusal("Phöôøng Taân Thònh"), said);
        assert!(refusal("Xaõ Ñaïi Loäc").contains("\"Xã Đại Lộc\"; give --encoding vni"));
        assert!(refusal("Phýõ\u{CC}ng").contains("\"Phường\"; give --encoding windows-1258"));
        let said = "the text is UTF-8 that was read as another encoding: it would read \"Xã Trà Dơn\"; give --encoding utf-8-twice";
        assert_eq!(refusal("XÃ£ TrÃ\u{A0} DÆ¡n"), said);
        assert!(refusal("PhÆ°á»?ng").starts_with("the text is UTF-8 that was read as another encoding, and letters"));
    }

    #[test]
    fn other_encodings_are_named_without_a_way_to_read_them() {
        assert!(
            refusal("Phu+o+`ng Ta^n Thi.nh")
                .starts_with("the text is VIQR: it would read \"Phường Tân Thịnh\"; convert")
        );
        assert!(refusal("B€c Giang").contains("the sign '€' inside a word"));
        for name in ["Công ty © 2024", "Tổ 5 & 6", "Khu 3×4", "“Hòa Bình”", "Số 1 – khu A", "50 €", "Nhà số ½"]
        {
            assert_eq!(checked_name(name).as_deref(), Ok(name));
        }
    }

    #[test]
    fn lost_letters_and_what_cannot_be_seen_are_refused() {
        assert!(refusal("Ph\u{FFFD}ng").contains("U+FFFD"));
        assert!(refusal("Ph??ng Tân").contains("question marks in words"));
        assert!(refusal("Th? tr?n").contains("question marks in words"));
        assert!(refusal("a\tb").contains("U+0009"));
        assert!(refusal("Xã \u{202E}nơD").contains("U+202E"));
        assert!(refusal(&"x".repeat(201)).contains("longer than 200 characters"));
    }
}
