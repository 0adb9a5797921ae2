//! Numbers as each language writes them.
//!
//! In: a number and how many decimals it is written with. Out: text. Vietnamese writes a decimal comma and a point
//! between thousands, English the other way round.

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
}
