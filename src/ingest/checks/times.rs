//! Times of files as moments: RFC 3339, or without an offset in an agreed zone.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::domain::time::period::local_time_zone;

/// The zone of times that do not say one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NaiveZone {
    /// The local time of Viet Nam, UTC+7.
    #[default]
    Local,
    /// Times are of UTC.
    Utc,
}

/// Clocks of sources run a little ahead of ours.
const CLOCK_TOLERANCE_S: i64 = 300;

/// The local midnight at which 1900 begins: what lies before is a slip of the pen.
const EARLIEST_S: i64 = -2_209_014_000;

/// Seconds since 1970 UTC of a time as files write it.
///
/// A bare date is the local midnight at which it begins.
///
/// # Errors
/// Says what form is expected, or that the moment lies after `now_s` or before 1900.
pub fn moment(text: &str, zone: NaiveZone, now_s: i64) -> Result<i64, String> {
    let seconds = seconds_of(text, zone).ok_or_else(|| {
        "this is not a time; write 2024-12-31T08:15:00+07:00, or 2024-12-31 08:15:00 in the zone of --time-zone"
            .to_owned()
    })?;
    if seconds > now_s + CLOCK_TOLERANCE_S {
        let now = Timestamp::from_second(now_s).map(|now| now.to_string()).unwrap_or_default();
        return Err(format!("the time lies in the future (now it is {now})"));
    }
    if seconds < EARLIEST_S {
        return Err("the time lies before 1900".to_owned());
    }
    Ok(seconds)
}

fn seconds_of(text: &str, zone: NaiveZone) -> Option<i64> {
    let has_time = text.len() > 10;
    // The offset of RFC 3339 stands behind the time: a sign before it belongs to the date.
    let says_zone = has_time && text.get(10..).is_some_and(|time| time.contains(['Z', 'z', '+', '-']));
    if says_zone {
        return text.parse::<Timestamp>().ok().map(Timestamp::as_second);
    }
    let local = text.parse::<DateTime>().ok()?;
    let zone = if zone == NaiveZone::Utc && has_time { TimeZone::UTC } else { local_time_zone() };
    zone.to_timestamp(local).ok().map(Timestamp::as_second)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_750_000_000; // 2025-06-15T15:06:40Z

    #[test]
    fn the_same_moment_in_every_form() {
        // 2021-06-13 17:59:02 UTC is 00:59:02 of the next day in Quảng Nam.
        let wanted = Ok(1_623_607_142);
        assert_eq!(moment("2021-06-14T00:59:02+07:00", NaiveZone::Utc, NOW), wanted);
        assert_eq!(moment("2021-06-13T17:59:02Z", NaiveZone::Local, NOW), wanted);
        assert_eq!(moment("2021-06-13 17:59:02.000", NaiveZone::Utc, NOW), wanted);
        assert_eq!(moment("2021-06-14 00:59:02", NaiveZone::Local, NOW), wanted);
        assert_eq!(moment("2021-06-14T00:59:02", NaiveZone::Local, NOW), wanted);
    }

    #[test]
    fn a_bare_date_is_its_local_midnight() {
        assert_eq!(moment("1970-01-02", NaiveZone::Local, NOW), Ok(17 * 3600));
        assert_eq!(moment("1970-01-02", NaiveZone::Utc, NOW), Ok(17 * 3600));
    }

    #[test]
    fn no_time_lies_before_1900() {
        assert_eq!(moment("1900-01-01", NaiveZone::Local, NOW), Ok(EARLIEST_S));
        for text in ["1899-12-31T23:59:59+07:00", "0024-06-01", "0001-01-01"] {
            assert_eq!(moment(text, NaiveZone::Local, NOW), Err("the time lies before 1900".to_owned()), "{text}");
        }
    }

    #[test]
    fn the_future_and_other_forms_are_refused() {
        assert_eq!(
            moment("2031-01-01T00:00:00Z", NaiveZone::Local, NOW),
            Err("the time lies in the future (now it is 2025-06-15T15:06:40Z)".to_owned())
        );
        for text in ["31/12/2024 08:15", "2024-13-01", "NaN", "1700000000", "2024-02-30 10:00"] {
            assert!(moment(text, NaiveZone::Local, NOW).unwrap_err().starts_with("this is not a time"), "{text}");
        }
    }
}
