//! Numbers and coordinates as files write them, in the way of their file.
//!
//! In: a text and the decimal sign of the file. Out: the number, or what is wrong with the text. Thousands may be
//! parted by the other sign or by spaces. A coordinate may stand in degrees, minutes and seconds, with the letter of
//! its direction in English or Vietnamese.

use crate::ingest::text::ids::is_scientific;
use crate::ingest::writing::Decimal;

/// A direction on the globe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Axis {
    /// East and west.
    Longitude,
    /// North and south.
    Latitude,
}

/// The number of a text.
///
/// # Errors
/// What is wrong with it.
pub fn number(text: &str, decimal: Option<Decimal>) -> Result<f64, String> {
    if decimal.is_none() && could_be_either(text) {
        return Err(format!(
            "this may be {} or {}: say which with --decimal comma or --decimal point",
            text.replace(['.', ','], ""),
            text.replace(',', ".")
        ));
    }
    finite(plain(text, decimal.unwrap_or(Decimal::Point))?)
}

/// The text of a number as programs write it, with a point and without thousands.
///
/// # Errors
/// What is wrong with it.
pub(in crate::ingest) fn plain_number(text: &str, decimal: Option<Decimal>) -> Result<String, String> {
    number(text, decimal)?;
    Ok(plain_text(text, decimal.unwrap_or(Decimal::Point)).unwrap_or_else(|| text.to_owned()))
}

/// The degrees of a coordinate.
///
/// # Units
/// Degrees, east and north positive.
///
/// # Errors
/// What is wrong with it.
pub(in crate::ingest) fn coordinate(text: &str, decimal: Option<Decimal>, axis: Axis) -> Result<f64, String> {
    let decimal = decimal.unwrap_or(Decimal::Point);
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'+'));
    if is_scientific(text) {
        // The E of 1.0842E+02 is no direction.
        let text = if decimal == Decimal::Comma { text.replace(',', ".") } else { text.to_owned() };
        return finite(text.parse().map_err(|_| "this is not a number with a decimal point".to_owned())?);
    }
    if !is_plain && let Some(degrees) = degrees(text, decimal, axis) {
        return degrees;
    }
    finite(plain(text, decimal)?)
}

fn finite(value: f64) -> Result<f64, String> {
    if value.is_finite() { Ok(value) } else { Err("this is not a finite number".to_owned()) }
}

fn plain(text: &str, decimal: Decimal) -> Result<f64, String> {
    let is_direct = decimal == Decimal::Point || !text.contains(['.', ',']);
    if let (true, Ok(value)) = (is_direct, text.parse()) {
        return Ok(value);
    }
    let value = plain_text(text, decimal).and_then(|text| text.parse().ok());
    value.ok_or_else(|| match (decimal, text.contains(['.', ','])) {
        (Decimal::Comma, true) => "this is not a number with a decimal comma, as the file writes them".to_owned(),
        (Decimal::Point, true) if text.contains(',') => {
            "this is not a number with a decimal point; --decimal comma reads decimal commas".to_owned()
        }
        _ => "this is not a number".to_owned(),
    })
}

/// The digits with a point, where thousands are parted as they should be.
fn plain_text(text: &str, decimal: Decimal) -> Option<String> {
    let (point, thousands) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (if text.starts_with('-') { "-" } else { "" }, digits),
        None => ("", text),
    };
    let (whole, decimals) = digits.split_once(point).map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let is_gap = |letter: char| letter == thousands || matches!(letter, ' ' | '\u{A0}' | '\u{202F}');
    let groups: Vec<&str> = whole.split(is_gap).collect();
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let are_even =
        groups.len() == 1 || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3));
    let whole = groups.concat();
    if whole.is_empty() || !are_even || !is_digits(&whole) || !decimals.is_none_or(is_digits) {
        return None;
    }
    Some(match decimals {
        Some(decimals) if !decimals.is_empty() => format!("{sign}{whole}.{decimals}"),
        _ => format!("{sign}{whole}"),
    })
}

/// Whether one sign with three digits behind it parts decimals or thousands: 12.500.
fn could_be_either(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let Some((whole, rest)) = digits.split_once(['.', ',']) else { return false };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&whole.len()) && !whole.starts_with('0') && rest.len() == 3 && is_digits(whole) && is_digits(rest)
}

/// Letters and words of directions: the axis, and whether they lie on its negative side. A lone N is north, as in
/// English: the Vietnamese word for south is written out.
const DIRECTIONS: [(&str, Axis, bool); 13] = [
    ("E", Axis::Longitude, false),
    ("Đ", Axis::Longitude, false),
    ("ĐÔNG", Axis::Longitude, false),
    ("EAST", Axis::Longitude, false),
    ("W", Axis::Longitude, true),
    ("T", Axis::Longitude, true),
    ("TÂY", Axis::Longitude, true),
    ("N", Axis::Latitude, false),
    ("B", Axis::Latitude, false),
    ("BẮC", Axis::Latitude, false),
    ("NORTH", Axis::Latitude, false),
    ("S", Axis::Latitude, true),
    ("NAM", Axis::Latitude, true),
];

/// The degrees of a text with signs of degrees or a direction; none where it has neither.
fn degrees(text: &str, decimal: Decimal, axis: Axis) -> Option<Result<f64, String>> {
    let wrong = |what: &str| Some(Err(what.to_owned()));
    let text = text.to_uppercase().replace(['Ð', 'Ɖ'], "Đ");
    let letters: String = text.chars().filter(|letter| letter.is_alphabetic() && *letter != 'º').collect();
    let direction = DIRECTIONS.iter().find(|(name, ..)| *name == letters);
    if direction.is_none() && (!letters.is_empty() || !text.contains(['°', 'º', '\'', '’', '′'])) {
        return None;
    }
    if let Some((name, its, _)) = direction
        && *its != axis
    {
        let (this, other) = if axis == Axis::Longitude { ("longitude", "latitude") } else { ("latitude", "longitude") };
        return wrong(&format!("{name} is the direction of a {other}, and this is the {this}"));
    }
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-' | '+');
    let parts: Vec<&str> = text.split(|letter| !is_part(letter)).filter(|part| !part.is_empty()).collect();
    let numbers: Option<Vec<f64>> = parts.iter().map(|part| plain(part, decimal).ok()).collect();
    let sixty = |value: f64| (0.0..60.0).contains(&value);
    let value = match numbers.as_deref() {
        Some([degrees]) => degrees.abs(),
        Some([degrees, minutes]) if sixty(*minutes) => degrees.abs() + minutes / 60.0,
        Some([degrees, minutes, seconds]) if sixty(*minutes) && sixty(*seconds) => {
            degrees.abs() + minutes / 60.0 + seconds / 3600.0
        }
        _ => return wrong("these are not degrees, minutes and seconds; write 108.42 or 108°25'12\"E"),
    };
    let is_negative = parts[0].starts_with('-') != direction.is_some_and(|(_, _, negative)| *negative);
    Some(Ok(if is_negative { -value } else { value }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_in_the_way_of_their_file() {
        let (point, comma) = (Some(Decimal::Point), Some(Decimal::Comma));
        for (text, decimal, wanted) in [
            ("108.42", None, 108.42),
            ("12.500", point, 12.5),
            ("12.500", comma, 12_500.0),
            ("12,500", point, 12_500.0),
            ("1.234,5", comma, 1_234.5),
            ("-1 234,5", comma, -1_234.5),
            ("1e3", point, 1_000.0),
            ("7", comma, 7.0),
        ] {
            assert_eq!(number(text, decimal), Ok(wanted), "{text}");
        }
        for (text, decimal) in
            [("108,42", point), ("108.42", comma), ("1.23.4", comma), ("x", None), ("NaN", None), ("", None)]
        {
            assert!(number(text, decimal).is_err(), "{text}");
        }
        let both = number("12.500", None).unwrap_err();
        assert_eq!(both, "this may be 12500 or 12.500: say which with --decimal comma or --decimal point");
        assert_eq!(plain_number("1.234,5", comma).as_deref(), Ok("1234.5"));
    }

    #[test]
    fn degrees_minutes_and_seconds_are_read_with_their_directions() {
        let read = |text, axis| coordinate(text, None, axis).map(|degrees| (degrees * 1e6).round() / 1e6);
        for text in [
            "108°25'12\"E",
            "108°25'12''Đ",
            "108.42°E",
            "108.42°",
            "108º25’12”Ð",
            "E 108° 25′ 12″",
            "108 25 12 E",
            "108.42 đông",
        ] {
            assert_eq!(read(text, Axis::Longitude), Ok(108.42), "{text}");
        }
        for text in ["15°31'12\"N", "15°31'12''B", "15.52°N", "15°31.2'", "15.52 Bắc"] {
            assert_eq!(read(text, Axis::Latitude), Ok(15.52), "{text}");
        }
        assert_eq!(read("1.0842E+02", Axis::Longitude), Ok(108.42));
        assert_eq!(read("1E2", Axis::Longitude), Ok(100.0));
        assert_eq!(coordinate("1,0842E+02", Some(Decimal::Comma), Axis::Longitude), Ok(108.42));
        assert!(read("1,0842E+02", Axis::Longitude).is_err());
        assert_eq!(read("15°31'12\"S", Axis::Latitude), Ok(-15.52));
        assert_eq!(coordinate("15,5°", Some(Decimal::Comma), Axis::Latitude), Ok(15.5));
        assert!(read("108.42°E", Axis::Latitude).unwrap_err().contains("direction of a longitude"));
        assert!(read("108°61'", Axis::Longitude).is_err());
        assert_eq!(read("abc", Axis::Longitude), Err("this is not a number".to_owned()));
        assert_eq!(read("NaN", Axis::Longitude), Err("this is not a finite number".to_owned()));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(value in -1_000_000_i64..1_000_000, comma in any::<bool>()) {
            let value = value as f64 / 100.0;
            let text = if comma { value.to_string().replace('.', ",") } else { value.to_string() };
            let decimal = if comma { Decimal::Comma } else { Decimal::Point };
            prop_assert_eq!(number(&text, Some(decimal)), Ok(value));
        }
    }
}
