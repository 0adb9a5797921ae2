//! Texts as questions compare them: with patterns (`LIKE`), without regard to case or accents.
//!
//! A pattern is matched in time that grows with text × pattern at worst, never more.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What of a text does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folding {
    /// Upper or lower case.
    Case,
    /// Accents and other marks.
    Accents,
}

impl Folding {
    /// The text without what does not count.
    pub fn folded(self, text: &str) -> String {
        match self {
            Self::Case => text.to_lowercase(),
            Self::Accents => text.nfd().filter(|letter| !is_combining_mark(*letter)).map(without_bar).nfc().collect(),
        }
    }
}

/// D with a bar is a letter of its own and falls apart in no normal form.
fn without_bar(letter: char) -> char {
    match letter {
        '\u{111}' => 'd',
        '\u{110}' => 'D',
        other => other,
    }
}

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PatternPart {
    Letter(char),
    One,
    Any,
}

/// A pattern of `LIKE`: `%` for any letters, `_` for one, `\` before a letter that is meant as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikePattern(Vec<PatternPart>);

impl LikePattern {
    /// The pattern that a text writes.
    pub fn new(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            parts.push(match letter {
                '%' => PatternPart::Any,
                '_' => PatternPart::One,
                '\\' => PatternPart::Letter(letters.next().unwrap_or('\\')),
                letter => PatternPart::Letter(letter),
            });
        }
        Self(parts)
    }

    /// Whether a whole text is of the pattern.
    pub fn matches(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        let (mut at, mut part) = (0, 0);
        // Where the last `%` stands, and how far the text was when it took nothing.
        let mut any: Option<(usize, usize)> = None;
        while at < letters.len() {
            match self.0.get(part) {
                Some(PatternPart::Any) => {
                    any = Some((part, at));
                    part += 1;
                }
                Some(PatternPart::One) => (at, part) = (at + 1, part + 1),
                Some(PatternPart::Letter(letter)) if *letter == letters[at] => (at, part) = (at + 1, part + 1),
                _ => {
                    // The last `%` takes one letter more; an earlier one never has to.
                    let Some((star, taken)) = any else { return false };
                    any = Some((star, taken + 1));
                    (at, part) = (taken + 1, star + 1);
                }
            }
        }
        self.0[part..].iter().all(|part| *part == PatternPart::Any)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        LikePattern::new(pattern).matches(text)
    }

    #[test]
    fn signs_stand_for_letters() {
        assert!(matches("Tam%", "Tam Kỳ") && matches("%Kỳ", "Tam Kỳ") && matches("T%m%", "Tam Kỳ"));
        assert!(matches("T_m Kỳ", "Tam Kỳ") && !matches("T_m", "Tam Kỳ") && !matches("Tam", "Tam Kỳ"));
        assert!(matches("%", "") && matches("", "") && !matches("_", ""));
        assert!(matches(r"100\%", "100%") && !matches(r"100\%", "1000") && matches(r"a\", r"a\"));
    }

    #[test]
    fn much_to_try_takes_no_time() {
        let pattern = "%a".repeat(200);
        assert!(!matches(&format!("{pattern}b"), &"a".repeat(2_000)));
    }

    #[test]
    fn case_and_accents_fall_away() {
        assert_eq!(Folding::Accents.folded("Đông Giang, Hoà Vang"), "Dong Giang, Hoa Vang");
        assert_eq!(Folding::Case.folded("ĐÔNG"), "đông");
    }

    /// The same by trying everything.
    fn slow(parts: &[PatternPart], letters: &[char]) -> bool {
        match parts.split_first() {
            None => letters.is_empty(),
            Some((PatternPart::Any, rest)) => (0..=letters.len()).any(|taken| slow(rest, &letters[taken..])),
            Some((part, rest)) => letters.split_first().is_some_and(|(letter, others)| {
                (*part == PatternPart::One || *part == PatternPart::Letter(*letter)) && slow(rest, others)
            }),
        }
    }

    proptest! {
        #[test]
        fn quick_way_finds_what_trying_everything_finds(pattern in "[ab%_]{0,8}", text in "[ab]{0,8}") {
            let pattern = LikePattern::new(&pattern);
            let letters: Vec<char> = text.chars().collect();
            prop_assert_eq!(pattern.matches(&text), slow(&pattern.0, &letters));
        }
    }
}
