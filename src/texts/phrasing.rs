//! Numbers and days as each language writes them, for sentences and sheets.
//!
//! In: numbers, periods. Out: text. Vietnamese writes a decimal comma and a point between thousands,
//! English the other way round. No sentence is made here.

use crate::domain::text::Names;
use crate::domain::time::period::{Day, Period};

/// A text in both languages.
pub fn names(vi: impl Into<String>, en: impl Into<String>) -> Names {
    Names { vi: vi.into(), en: en.into() }
}

/// A number with the decimal comma and a point between thousands.
pub fn vietnamese(number: f64, digits: usize) -> String {
    english(number, digits).chars().map(swapped).collect()
}

/// A number with the decimal point and a comma between thousands.
pub fn english(number: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", number.abs());
    let sign = if number < 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) { "−" } else { "" };
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    fraction.map_or(grouped.clone(), |fraction| format!("{grouped}.{fraction}"))
}

fn swapped(sign: char) -> char {
    match sign {
        ',' => '.',
        '.' => ',',
        digit => digit,
    }
}

/// A count of incidents in English, which knows a singular.
pub fn incidents_en(count: impl Into<u64>) -> String {
    counted_en(count.into(), "incident", "incidents")
}

/// A count of things in English, in the singular or the plural.
pub fn counted_en(count: u64, singular: &str, plural: &str) -> String {
    if count == 1 { format!("1 {singular}") } else { format!("{} {plural}", english(count as f64, 0)) }
}

/// The days of a period from the first to the last, as each language writes them.
pub fn days(period: Period) -> Names {
    Names { vi: days_vi(period), en: days_en(period) }
}

/// The days of a period from the first to the last, as Vietnamese writes dates.
pub fn days_vi(period: Period) -> String {
    let (from, last) = (period.from().date(), Day::from_number(period.to().number() - 1).date());
    format!("từ {} đến {}", from.strftime("%d/%m/%Y"), last.strftime("%d/%m/%Y"))
}

/// The days of a period from the first to the last, as English writes dates that no country misreads.
pub fn days_en(period: Period) -> String {
    let (from, last) = (period.from().date(), Day::from_number(period.to().number() - 1).date());
    format!("from {} to {}", from.strftime("%-d %b %Y"), last.strftime("%-d %b %Y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart_in_both_languages() {
        assert_eq!((vietnamese(4299.0, 0), english(4299.0, 0)), ("4.299".to_owned(), "4,299".to_owned()));
        assert_eq!((vietnamese(1_234_567.25, 1), english(359.62, 1)), ("1.234.567,2".to_owned(), "359.6".to_owned()));
        assert_eq!((vietnamese(0.0, 2), vietnamese(-0.001, 2)), ("0,00".to_owned(), "0,00".to_owned()));
        assert_eq!((vietnamese(-123.0, 0), english(-1234.5, 1)), ("−123".to_owned(), "−1,234.5".to_owned()));
    }

    #[test]
    fn last_day_named_belongs_to_the_period() {
        let day = |text: &str| Day::of_date(text.parse().unwrap());
        let year = Period::new(day("2022-12-15"), day("2025-12-15")).unwrap();
        assert_eq!(days_vi(year), "từ 15/12/2022 đến 14/12/2025");
        assert_eq!(days_en(year), "from 15 Dec 2022 to 14 Dec 2025");
    }
}
