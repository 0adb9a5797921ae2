//! Headings as they are compared: without marks, capitals and the signs between words.
//!
//! `Kinh độ`, `kinh_do` and `KINH-ĐỘ` name one field; what a heading is called in messages stays as it is written.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A heading in plain letters, its words with a low line between them.
pub(in crate::ingest) fn folded(heading: &str) -> String {
    let letters: String = letters_of(heading).collect();
    let words = letters.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

/// The letters of a text without their marks, small.
pub(in crate::ingest) fn letters_of(text: &str) -> impl Iterator<Item = char> {
    let plain = |letter: char| match letter {
        'đ' | 'ð' | 'ɖ' => 'd',
        other => other,
    };
    let small: Vec<char> = text.to_lowercase().nfd().filter(|letter| !is_combining_mark(*letter)).map(plain).collect();
    small.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_compared_in_plain_letters() {
        for heading in ["Kinh độ", "kinh_do", "KINH-ĐỘ", " Kinh  Ðộ (°)", "kinh\u{a0}độ", "Kinh đo\u{323}\u{302}"]
        {
            assert_eq!(folded(heading), "kinh_do", "{heading}");
        }
        assert_eq!(folded("ID"), "id");
        assert_eq!(folded("@id"), "id");
        assert_eq!(folded("—"), "");
    }
}
