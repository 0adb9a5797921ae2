//! Whether a word can be a syllable of Vietnamese: an initial, a nucleus with at most one tone, a final.
//!
//! Lost encodings are told by it. Place names of other languages fail it, so it says which of two readings is better,
//! never that a name is wrong.

use unicode_normalization::UnicodeNormalization as _;

const INITIALS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];
const NUCLEI: [&str; 58] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia",
    "iê", "iêu", "iu", "oa", "oă", "oai", "oao", "oay", "oe", "oeo", "oi", "ôi", "ơi", "oo", "ua", "uâ", "uây", "uê",
    "ui", "uô", "uôi", "uơ", "uy", "uya", "uyê", "uyu", "ưa", "ươ", "ươi", "ươu", "ưi", "ưu", "yê", "yêu", "uyn",
    "uai", "uao",
];
const FINALS: [&str; 10] = ["", "c", "ch", "k", "m", "n", "ng", "nh", "p", "t"];

/// Whether a word can be a syllable.
pub(super) fn is_syllable(word: &str) -> bool {
    let is_tone = |mark: &char| matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let lower = word.to_lowercase();
    let tones = lower.nfd().filter(is_tone).count();
    let toneless: String = lower.nfd().filter(|mark| !is_tone(mark)).nfc().collect();
    tones <= 1 && INITIALS.iter().any(|initial| toneless.strip_prefix(initial).is_some_and(is_rhyme))
}

fn is_rhyme(rest: &str) -> bool {
    FINALS.iter().any(|last| rest.strip_suffix(last).is_some_and(|nucleus| NUCLEI.contains(&nucleus)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_names_are_syllables() {
        for word in
            "Phường Tân Thịnh Quảng Nam Điện Bàn Núi Thành Hội An Quế Sơn Giao Thủy Nghĩa Khuyến Trường Đắk Uyên"
                .split(' ')
        {
            assert!(is_syllable(word), "{word}");
        }
    }

    #[test]
    fn other_words_are_not() {
        for word in ["Phöôøng", "Th¹nh", "T©n", "Café", "Müller", "PhÆ°á»ng", "Phửụứng", "", "zoo"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
