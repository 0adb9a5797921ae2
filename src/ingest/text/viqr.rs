//! Vietnamese in plain ASCII, its marks written behind the letters (VIQR, RFC 1456): "Ta^n Thi.nh" is Tân Thịnh.
//!
//! In: a text. Out: how it reads, where its signs cannot be anything else. It is named and not decoded: a full stop or a
//! question mark behind a vowel may be a tone or a stop, and only people can tell.

use unicode_normalization::UnicodeNormalization as _;

use super::syllables::is_syllable;

/// How a text reads that is written with marks behind its letters; none where it may be ASCII as it is.
pub(super) fn viqr_reading(text: &str) -> Option<String> {
    if !text.is_ascii() || !text.contains(['^', '(', '+', '*']) && !text.to_lowercase().contains("dd") {
        return None;
    }
    let mut is_certain = false;
    let mut words = Vec::new();
    for word in text.split(' ') {
        let read = read_word(word);
        if read.text != word {
            let plain = read.text.trim_matches(|letter: char| !letter.is_alphabetic());
            if !is_syllable(plain) || word.contains(|letter: char| letter.is_ascii_digit()) {
                return None;
            }
            is_certain |= read.has_hat;
        }
        words.push(read.text);
    }
    is_certain.then(|| words.join(" "))
}

struct Word {
    text: String,
    /// Whether a mark stands in it that changes a letter, which no mark of punctuation looks like.
    has_hat: bool,
}

fn read_word(word: &str) -> Word {
    let (mut out, mut has_hat) = (String::new(), false);
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        if matches!(letter, 'd' | 'D') && letters.next_if(|next| matches!(next, 'd' | 'D')).is_some() {
            out.push(if letter == 'd' { 'đ' } else { 'Đ' });
            has_hat = true;
            continue;
        }
        out.push(letter);
        if !matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y') {
            continue;
        }
        if let Some(hat) = letters.peek().and_then(|mark| hat(letter, *mark)) {
            out.push(hat);
            has_hat = true;
            letters.next();
        }
        if let Some(tone) = letters.peek().and_then(|mark| tone(*mark)) {
            out.push(tone);
            letters.next();
        }
    }
    Word { text: out.nfc().collect(), has_hat }
}

/// The mark that makes another letter of one, as it combines.
fn hat(letter: char, mark: char) -> Option<char> {
    match (letter.to_ascii_lowercase(), mark) {
        ('a' | 'e' | 'o', '^') => Some('\u{302}'),
        ('a', '(') => Some('\u{306}'),
        ('o' | 'u', '+' | '*') => Some('\u{31B}'),
        _ => None,
    }
}

fn tone(mark: char) -> Option<char> {
    match mark {
        '`' => Some('\u{300}'),
        '\'' => Some('\u{301}'),
        '~' => Some('\u{303}'),
        '?' => Some('\u{309}'),
        '.' => Some('\u{323}'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_behind_letters_are_read() {
        for (text, reading) in [
            ("Phu+o+`ng Ta^n Thi.nh", "Phường Tân Thịnh"),
            ("Xa~ DDa.i Lo^.c", "Xã Đại Lộc"),
            ("PHU*O*`NG DDA('K", "PHƯỜNG ĐẮK"),
        ] {
            assert_eq!(viqr_reading(text).as_deref(), Some(reading));
        }
    }

    #[test]
    fn ascii_that_may_be_meant_is_left_alone() {
        for text in ["Khu A(1)", "C++", "Co.op Mart", "Phuong 1.", "Addis", "Nha may Z+", "Lo (A)", "2+2", "An?", ""] {
            assert_eq!(viqr_reading(text), None, "{text}");
        }
    }
}
