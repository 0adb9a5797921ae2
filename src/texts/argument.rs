//! What a text takes as an argument: a number, a text, or a text that each language has its own of.
//!
//! In: numbers, texts and pairs of texts of the caller. Out: arguments as each language takes them. How a number is
//! written is decided by the language, not by the caller.

use crate::domain::text::{Language, Names};
use fluent_bundle::FluentValue;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use std::borrow::Cow;

/// An argument of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum TextValue<'a> {
    /// A text that is the same in both languages, such as the name of a place.
    Same(Cow<'a, str>),
    /// A text of which each language has its own.
    Each(Cow<'a, Names>),
    /// A number, written with so many decimals as each language writes it; it also decides between singular and plural.
    Number {
        /// The number.
        value: f64,
        /// Decimals written.
        digits: usize,
    },
}

/// A number with so many decimals.
pub const fn decimal(value: f64, digits: usize) -> TextValue<'static> {
    TextValue::Number { value, digits }
}

impl<'a> TextValue<'a> {
    pub(super) fn in_language(&'a self, language: Language) -> FluentValue<'a> {
        match self {
            Self::Same(text) => FluentValue::String(Cow::Borrowed(text)),
            Self::Each(names) => FluentValue::String(Cow::Borrowed(names.in_language(language))),
            Self::Number { value, digits } => {
                let options = FluentNumberOptions {
                    minimum_fraction_digits: Some(*digits),
                    maximum_fraction_digits: Some(*digits),
                    ..FluentNumberOptions::default()
                };
                FluentValue::Number(FluentNumber::new(*value, options))
            }
        }
    }
}

impl<'a> From<&'a str> for TextValue<'a> {
    fn from(text: &'a str) -> Self {
        Self::Same(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for TextValue<'a> {
    fn from(text: &'a String) -> Self {
        Self::Same(Cow::Borrowed(text))
    }
}

impl From<String> for TextValue<'_> {
    fn from(text: String) -> Self {
        Self::Same(Cow::Owned(text))
    }
}

impl<'a> From<&'a Names> for TextValue<'a> {
    fn from(names: &'a Names) -> Self {
        Self::Each(Cow::Borrowed(names))
    }
}

impl From<Names> for TextValue<'_> {
    fn from(names: Names) -> Self {
        Self::Each(Cow::Owned(names))
    }
}

impl From<u32> for TextValue<'_> {
    fn from(count: u32) -> Self {
        decimal(f64::from(count), 0)
    }
}

impl From<u64> for TextValue<'_> {
    fn from(count: u64) -> Self {
        decimal(count as f64, 0)
    }
}

impl From<usize> for TextValue<'_> {
    fn from(count: usize) -> Self {
        decimal(count as f64, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ReceivedValue::{Number, Text};

    #[derive(Debug, PartialEq)]
    enum ReceivedValue {
        Text(String),
        Number(f64, Option<usize>),
    }

    /// How a value arrives in a text of each language.
    fn received(value: &TextValue<'_>) -> [ReceivedValue; 2] {
        [Language::Vietnamese, Language::English].map(|language| match value.in_language(language) {
            FluentValue::String(text) => ReceivedValue::Text(text.into_owned()),
            FluentValue::Number(number) => ReceivedValue::Number(number.value, number.options.minimum_fraction_digits),
            other => panic!("{other:?} is neither"),
        })
    }

    #[test]
    fn text_that_looks_like_a_number_stays_a_text() {
        let code = || Text("20335".to_owned());
        assert_eq!(received(&TextValue::from("20335")), [code(), code()]);
        assert_eq!(received(&TextValue::from(20_335.to_string())), [code(), code()]);
    }

    #[test]
    fn each_language_gets_its_own_text() {
        let names = Names { vi: "Tỉnh".to_owned(), en: "Province".to_owned() };
        let expected = [Text("Tỉnh".to_owned()), Text("Province".to_owned())];
        assert_eq!(received(&TextValue::from(&names)), expected);
        assert_eq!(received(&TextValue::from(names)), expected);
    }

    #[test]
    fn counts_have_no_decimals_and_measures_as_many_as_are_given() {
        for count in [TextValue::from(7_u32), TextValue::from(7_u64), TextValue::from(7_usize)] {
            assert_eq!(received(&count), [Number(7.0, Some(0)), Number(7.0, Some(0))]);
        }
        assert_eq!(received(&decimal(0.25, 2)), [Number(0.25, Some(2)), Number(0.25, Some(2))]);
    }
}
