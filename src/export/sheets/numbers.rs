//! Numbers as the page writes them.
//!
//! In: a number. Out: its text in a language.

use crate::attributes::{Decimals, ValueFormat};
use crate::domain::text::Language;
use crate::export::map_image::{value_text, written};

/// A whole number.
pub(super) fn count(value: f64, language: Language) -> String {
    value_text(ValueFormat::Count, value, language)
}

/// A rate: whole from 10 up, one decimal below.
pub(super) fn rate(value: f64, language: Language) -> String {
    value_text(ValueFormat::Rate, value, language)
}

/// At most one decimal.
pub(super) fn density(value: f64, language: Language) -> String {
    value_text(ValueFormat::Density, value, language)
}

/// A percentage of at most one decimal.
pub(super) fn share(value: f64, language: Language) -> String {
    value_text(ValueFormat::Share, value, language)
}

/// At most two decimals.
pub(super) fn decimal(value: f64, language: Language) -> String {
    value_text(ValueFormat::Decimal, value, language)
}

/// Two decimals, always.
pub(super) fn ratio(value: f64, language: Language) -> String {
    written(value, Decimals { least: 2, most: 2 }, language)
}

/// One decimal, always.
pub(super) fn tenths(value: f64, language: Language) -> String {
    written(value, Decimals { least: 1, most: 1 }, language)
}

/// A percentage without decimals.
pub(super) fn whole_percent(share: f64, language: Language) -> String {
    written(100.0 * share, Decimals { least: 0, most: 0 }, language) + "\u{a0}%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_on_the_page() {
        let vi = Language::Vietnamese;
        assert_eq!([count(1039.0, vi), tenths(44.04, vi), ratio(1.3, vi)], ["1.039", "44,0", "1,30"]);
        assert_eq!([rate(9.96, vi), rate(123.4, vi), density(4.04, vi)], ["10,0", "123", "4"]);
        assert_eq!([whole_percent(0.8, vi), share(0.3333, vi)], ["80\u{a0}%", "33,3\u{a0}%"]);
        assert_eq!([decimal(0.5, vi), decimal(0.5, Language::English)], ["0,5", "0.5"]);
    }
}
