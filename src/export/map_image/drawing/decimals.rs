//! Numbers and days as the page writes them, in both languages.
//!
//! In: a number and how many decimals it may have. Out: text. The rules are those of the page, so that a legend of a
//! image and a legend of the page read the same.

use jiff::civil::Date;

use crate::attributes::{Decimals, ValueFormat};
use crate::domain::text::Language;
use crate::domain::time::period::{Day, Period};
use crate::texts::numbers::{english, vietnamese};

/// A value in the form of its attribute.
pub(in crate::export) fn value_text(format: ValueFormat, value: f64, language: Language) -> String {
    let decimals = format.text_decimals(value);
    match format {
        // The space before the sign does not break, as Vietnamese documents write it.
        ValueFormat::Share => written(100.0 * value, decimals, language) + "\u{a0}%",
        _ => written(value, decimals, language),
    }
}

/// A number with a decimal comma or point and thousands apart.
pub(in crate::export) fn written(value: f64, decimals: Decimals, language: Language) -> String {
    let (text, point) = match language {
        Language::Vietnamese => (vietnamese(value, decimals.most), ','),
        Language::English => (english(value, decimals.most), '.'),
    };
    let Some((whole, fraction)) = text.rsplit_once(point).filter(|_| decimals.most > 0) else { return text };
    let needed = fraction.trim_end_matches('0').len().max(decimals.least);
    if needed == 0 { whole.to_owned() } else { format!("{whole}{point}{}", &fraction[..needed]) }
}

/// The first and the last day of a period.
pub(in crate::export) fn days(period: Period, language: Language) -> String {
    let last = Day::from_number(period.to().number() - 1);
    let [from, last] = [period.from(), last].map(|day| day_text(day.date(), language));
    format!("{from} – {last}")
}

fn day_text(date: Date, language: Language) -> String {
    match language {
        Language::Vietnamese => date.strftime("%-d/%-m/%Y").to_string(),
        Language::English => date.strftime("%-d %b %Y").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_on_the_page() {
        let both = |format: ValueFormat, value: f64| {
            [Language::Vietnamese, Language::English].map(|language| value_text(format, value, language))
        };
        assert_eq!(both(ValueFormat::Count, 1039.0), ["1.039", "1,039"]);
        assert_eq!(both(ValueFormat::Rate, 123.4), ["123", "123"]);
        assert_eq!(both(ValueFormat::Rate, 7.26), ["7,3", "7.3"]);
        assert_eq!(both(ValueFormat::Rate, 7.0), ["7,0", "7.0"]);
        assert_eq!(both(ValueFormat::Density, 4.0), ["4", "4"]);
        assert_eq!(both(ValueFormat::Decimal, 0.8), ["0,8", "0.8"]);
        assert_eq!(both(ValueFormat::Decimal, 1.25), ["1,25", "1.25"]);
        assert_eq!(both(ValueFormat::Share, 0.942), ["94,2\u{a0}%", "94.2\u{a0}%"]);
        assert_eq!(both(ValueFormat::Decimal, 0.0), ["0", "0"]);
    }

    #[test]
    fn last_day_named_belongs_to_the_period() {
        let day = |text: &str| Day::of_date(text.parse().unwrap());
        let period = Period::new(day("2022-12-15"), day("2025-12-15")).unwrap();
        assert_eq!(days(period, Language::Vietnamese), "15/12/2022 – 14/12/2025");
        assert_eq!(days(period, Language::English), "15 Dec 2022 – 14 Dec 2025");
    }
}
