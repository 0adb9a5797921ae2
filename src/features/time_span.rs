//! Spans of time as questions name them: a moment, a day, or an interval that may be open at either end.
//!
//! In: text by RFC 3339 (section 5.6: `full-date`, `date-time`). Out: the first and the last second, both included. A day
//! is a local one, as everywhere in the product.

use jiff::civil::{Date, Time};

use crate::domain::time::period::Day;

/// The seconds of a day.
const DAY_S: i64 = 86_400;
/// The longest text of a moment that is read.
const MAX_CHARS: usize = 64;

/// Some time: its first and its last second since 1970 UTC, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeSpan {
    /// The first second; the least number where it is open.
    pub first_s: i64,
    /// The last second; the greatest number where it is open.
    pub last_s: i64,
}

impl TimeSpan {
    /// All time.
    pub const ALWAYS: Self = Self { first_s: i64::MIN, last_s: i64::MAX };

    /// A moment.
    pub fn moment(unix_seconds: i64) -> Self {
        Self { first_s: unix_seconds, last_s: unix_seconds }
    }

    /// A local day.
    pub fn day(date: Date) -> Self {
        let day = Day::of_date(date);
        let next = Day::from_number(day.number().saturating_add(1));
        Self { first_s: day.first_second(), last_s: next.first_second() - 1 }
    }

    /// From the first second of one span to the last of another; none where they are the other way about.
    pub fn between(from: Self, to: Self) -> Option<Self> {
        let span = Self { first_s: from.first_s, last_s: to.last_s };
        (span.first_s <= span.last_s).then_some(span)
    }

    /// A moment or a day.
    pub fn parsed(text: &str) -> Option<Self> {
        if text.len() > MAX_CHARS {
            return None;
        }
        let (date, rest) = (full_date(text.get(..10)?)?, text.get(10..)?);
        if rest.is_empty() {
            return Some(Self::day(date));
        }
        let rest = rest.strip_prefix(['T', 't'])?;
        // Only what names its offset is a moment; a local time of no place is none.
        let (time_s, offset_s) = (second_of_day(rest.get(..8)?)?, offset_s(without_fraction(rest.get(8..)?)?)?);
        Some(Self::moment(i64::from(Day::of_date(date).number()) * DAY_S + time_s - offset_s))
    }

    /// A moment, a day, or an interval of them: `from/to`, either of which may be `..` or empty.
    pub fn of_parameter(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once('/') else { return Self::parsed(text) };
        let end = |text: &str| match text {
            "" | ".." => Some(Self::ALWAYS),
            text => Self::parsed(text),
        };
        Self::between(end(from)?, end(to)?)
    }

    /// Whether two spans share a second.
    pub fn meets(self, other: Self) -> bool {
        self.first_s <= other.last_s && other.first_s <= self.last_s
    }

    /// Whether another span lies in this one.
    pub fn holds(self, other: Self) -> bool {
        self.first_s <= other.first_s && other.last_s <= self.last_s
    }
}

/// A number of so many digits and nothing else.
fn digits(text: &str) -> Option<i16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A number of two digits.
fn two_digits(text: &str) -> Option<i8> {
    digits(text).filter(|_| text.len() == 2).and_then(|number| i8::try_from(number).ok())
}

/// `2024-03-01`.
fn full_date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let year = digits(year).filter(|_| year.len() == 4)?;
    Date::new(year, two_digits(month)?, two_digits(day)?).ok()
}

/// `10:30:00`; a leap second is the one before it.
fn second_of_day(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, ':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, two_digits(parts.next()?)?);
    let second = if second == 60 { 59 } else { second };
    let time = Time::new(two_digits(hour)?, two_digits(minute)?, second, 0).ok()?;
    Some(i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second()))
}

/// What follows the fraction of a second, where there is one.
fn without_fraction(text: &str) -> Option<&str> {
    let Some(fraction) = text.strip_prefix('.') else { return Some(text) };
    let rest = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (rest.len() < fraction.len()).then_some(rest)
}

/// `Z` or `+07:00` in seconds.
fn offset_s(text: &str) -> Option<i64> {
    if ["Z", "z"].contains(&text) {
        return Some(0);
    }
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes) = text.split_once(':')?;
    let offset = Time::new(two_digits(hours)?, two_digits(minutes)?, 0, 0).ok()?;
    Some(sign * (i64::from(offset.hour()) * 3600 + i64::from(offset.minute()) * 60))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn span(text: &str) -> TimeSpan {
        TimeSpan::of_parameter(text).unwrap()
    }

    #[test]
    fn day_is_a_local_one() {
        // Midnight in Vietnam is 17:00 UTC of the day before.
        let day = span("2024-03-01");
        assert_eq!(day.first_s, "2024-02-29T17:00:00Z".parse::<Timestamp>().unwrap().as_second());
        assert_eq!(day.last_s - day.first_s, 86_399);
        assert!(day.holds(span("2024-03-01T23:59:59+07:00")));
        assert!(!day.meets(span("2024-03-01T17:00:00Z")), "the first second of the next local day");
    }

    #[test]
    fn moment_is_that_of_its_offset() {
        for text in ["2024-03-01T10:00:00+07:00", "0001-01-01T00:00:00Z", "2016-12-31t23:59:59.25z"] {
            assert_eq!(span(text), TimeSpan::moment(text.parse::<Timestamp>().unwrap().as_second()), "{text}");
        }
        // The last that the standard can write lies beyond what the library of times holds.
        let last = span("9999-12-31T23:59:59Z");
        assert_eq!(last.first_s, 253_402_300_799);
        assert!(span("../9999-12-31").meets(span("9999-12-31T00:00:00+07:00")));
        assert_eq!(span("2016-12-31T23:59:60Z"), span("2016-12-31T23:59:59Z"), "a leap second");
    }

    #[test]
    fn intervals_may_be_open() {
        assert_eq!(span("../.."), TimeSpan::ALWAYS);
        assert_eq!(span("/2024-03-01").last_s, span("2024-03-01").last_s);
        assert_eq!(span("2024-03-01/..").first_s, span("2024-03-01").first_s);
        assert!(span("2024-01-01/2024-12-31").holds(span("2024-12-31")));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for wrong in [
            "",
            "2024",
            "2024-02-30",
            "2024-03-01T10:00:00",
            "2024-12-31/2024-01-01",
            "a/b",
            "2024-01-01/2024-01-02/2024-01-03",
            "2025-01-01T00:00:00+25:00",
            "2025-01-01T00:00:00+0700",
            "2025-01-01T00:00:00+07",
            "2025-01-01T00:00Z",
            "2025-01-01T00:00:00,5Z",
            "2025-01-01T00:00:00.Z",
            "2025-01-01 00:00:00Z",
            "2025-01-01T24:00:00Z",
            "2025-01-01T00:00:61Z",
            "20250101T000000Z",
            "+2025-01-1",
            "2025-1-001",
            "2025-W01-1",
            "ngày mười",
        ] {
            assert_eq!(TimeSpan::of_parameter(wrong), None, "{wrong}");
        }
        assert_eq!(TimeSpan::of_parameter(&"9".repeat(10_000)), None);
    }
}
