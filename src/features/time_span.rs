//! Spans of time as questions name them: a moment, a day, or an interval that may be open at either end.
//!
//! In: text by RFC 3339 and ISO 8601. Out: the first and the last second, both included. A day is a local one, as
//! everywhere in the product.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::time::period::Day;

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
        if text.len() == 10 {
            return text.parse::<Date>().ok().map(Self::day);
        }
        // Only what names its offset is a moment; a local time of no place is none.
        text.parse::<Timestamp>().ok().map(|at| Self::moment(at.as_second()))
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

#[cfg(test)]
mod tests {
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
        ] {
            assert_eq!(TimeSpan::of_parameter(wrong), None, "{wrong}");
        }
        assert_eq!(TimeSpan::of_parameter(&"9".repeat(10_000)), None);
    }
}
