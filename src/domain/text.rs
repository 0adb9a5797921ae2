//! Text as the product stores it: NFC, trimmed, in two languages.
//!
//! Vietnamese letters arrive precomposed or decomposed; every string is brought
//! to Normalization Form C before it is compared, stored or shown.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};
use utoipa::ToSchema;

/// What is at fault in a file, to be looked for in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Culprit<'a> {
    /// A key with its tables before it, as `disclosure.k`.
    Key(&'a str),
    /// A name that stands in quotation marks.
    Name(&'a str),
}

/// The text in Normalization Form C without outer white space.
///
/// ```
/// use binhyen::domain::text::nfc;
/// assert_eq!(nfc(" Ta\u{302}y Giang "), "Tây Giang");
/// ```
pub fn nfc(text: &str) -> String {
    let trimmed = text.trim();
    if is_nfc_quick(trimmed.chars()) == unicode_normalization::IsNormalized::Yes {
        trimmed.to_owned()
    } else {
        trimmed.nfc().collect()
    }
}

/// The first sixteen hexadecimal digits of the SHA-256 of a text.
///
/// ```
/// assert_eq!(binhyen::domain::text::short_hash("abc"), "ba7816bf8f01cfea");
/// ```
/// # Reference
/// NIST FIPS 180-4; the value begins its published example for the message "abc".
pub fn short_hash(text: &str) -> String {
    hex::encode(&Sha256::digest(text.as_bytes())[..8])
}

/// The languages the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Vietnamese, the first language of every text.
    #[default]
    Vietnamese,
    /// English, where a request prefers it.
    English,
}

/// One name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Names {
    /// The Vietnamese name.
    pub vi: String,
    /// The English name.
    pub en: String,
}

impl Names {
    /// A name that is the same in both languages.
    pub fn same(name: &str) -> Self {
        Self { vi: name.to_owned(), en: name.to_owned() }
    }

    /// The text followed by others, one space between two; an empty one adds nothing.
    #[must_use]
    pub fn joined(mut self, others: impl IntoIterator<Item = Self>) -> Self {
        for other in others {
            for (text, addition) in [(&mut self.vi, other.vi), (&mut self.en, other.en)] {
                if !text.is_empty() && !addition.is_empty() {
                    text.push(' ');
                }
                text.push_str(&addition);
            }
        }
        self
    }

    /// The name in one language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.vi,
            Language::English => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_space_stands_between_two_sentences_and_none_beside_nothing() {
        let (one, two) = (Names::same("One."), Names { vi: "Hai.".to_owned(), en: "Two.".to_owned() });
        let nothing = Names::same("");
        let both = one.clone().joined([nothing.clone(), two.clone()]);
        assert_eq!((both.vi.as_str(), both.en.as_str()), ("One. Hai.", "One. Two."));
        assert_eq!(nothing.joined([two.clone()]), two);
        assert_eq!(one.clone().joined([]), one);
    }
}
