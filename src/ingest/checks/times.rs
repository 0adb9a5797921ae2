//! Times of files as moments: RFC 3339 first, then what people write that can mean one thing only.
//!
//! In: a text, and the way of its file: the zone of times without an offset, the order of day and month, counts since
//! 1970. Out: seconds since 1970 UTC, or what is wrong. Day and month that can be taken for each other are never guessed.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::domain::time::period::local_time_zone;
use crate::ingest::writing::{DateOrder, TimeFormat};

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

/// How the times of a file are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimeReading {
    /// The zone of times that do not say one.
    pub zone: NaiveZone,
    /// The order of days, where it is known.
    pub dates: Option<DateOrder>,
    /// What times are made of.
    pub format: TimeFormat,
}

/// Seconds since 1970 UTC of a time as files write it, its day in the order of the standard.
///
/// A bare date is the local midnight at which it begins.
///
/// # Errors
/// Says what form is expected, or that the moment lies after `now_s` or before 1900.
pub fn moment(text: &str, zone: NaiveZone, now_s: i64) -> Result<i64, String> {
    moment_as(text, TimeReading { zone, ..TimeReading::default() }, now_s)
}

/// Seconds since 1970 UTC of a time as its file writes times.
///
/// # Errors
/// As [`moment`].
pub fn moment_as(text: &str, reading: TimeReading, now_s: i64) -> Result<i64, String> {
    let seconds = seconds_of(text, reading)?;
    if seconds > now_s + CLOCK_TOLERANCE_S {
        let now = Timestamp::from_second(now_s).map(|now| now.to_string()).unwrap_or_default();
        return Err(format!("the time lies in the future (now it is {now})"));
    }
    if seconds < EARLIEST_S {
        return Err("the time lies before 1900".to_owned());
    }
    Ok(seconds)
}

/// The day of a text.
///
/// # Errors
/// Says what form is expected.
pub(in crate::ingest) fn day(text: &str, order: Option<DateOrder>) -> Result<Date, String> {
    if let Ok(day) = text.parse::<Date>() {
        return Ok(day);
    }
    match Written::of(text, order) {
        Some(Ok(Written { day, clock: None, .. })) => Ok(day),
        Some(Ok(Written { day, clock: Some(clock), .. })) if clock == Clock::default() => Ok(day),
        Some(Err(Unordered)) => Err(format!("this is not a day {UNORDERED}, or write 2024-12-31")),
        _ => Err("this is not a day; write 2024-12-31".to_owned()),
    }
}

const UNORDERED: &str =
    "as long as day and month can be taken for each other: give --date-order dmy or --date-order mdy";

fn seconds_of(text: &str, reading: TimeReading) -> Result<i64, String> {
    match reading.format {
        TimeFormat::Written => written_seconds(text, reading),
        TimeFormat::Epoch => epoch(text, 1.0),
        TimeFormat::EpochMs => epoch(text, 1000.0),
        TimeFormat::Excel => {
            let serial: Option<f64> = text.parse().ok().filter(|serial: &f64| serial.is_finite());
            let serial = serial.ok_or_else(|| "this is not a number of days of a spreadsheet".to_owned())?;
            let local = ((serial - EPOCH_SERIAL) * 86_400.0).round() as i64;
            // What is too large for a count of seconds became the largest one, and stays in the past or the future.
            Ok(local.saturating_sub(VIET_NAM_OFFSET_S))
        }
    }
}

/// What a spreadsheet counts at the beginning of 1970.
const EPOCH_SERIAL: f64 = 25_569.0;
const VIET_NAM_OFFSET_S: i64 = 7 * 3600;

/// The seconds since 1970 at which 1980 begins. A count of fewer is one of another unit, or stands for no time.
const LEAST_COUNT_S: i64 = 315_532_800;

fn epoch(text: &str, per_second: f64) -> Result<i64, String> {
    let number: Option<f64> = text.parse().ok().filter(|number: &f64| number.is_finite());
    let seconds = number.map(|number| (number / per_second).floor() as i64);
    let seconds = seconds.ok_or_else(|| "this is not a count since 1970".to_owned())?;
    if seconds < LEAST_COUNT_S {
        return Err(
            "the count lies before 1980: is it one of seconds (epoch) or of milliseconds (epoch-ms)?".to_owned()
        );
    }
    Ok(seconds)
}

fn written_seconds(text: &str, reading: TimeReading) -> Result<i64, String> {
    if let Some(seconds) = standard_seconds(text, reading.zone) {
        return Ok(seconds);
    }
    let unread = "write 2024-12-31T08:15:00+07:00, or 2024-12-31 08:15:00 in the zone of --time-zone";
    match Written::of(text, reading.dates) {
        Some(Ok(written)) => written.seconds(reading.zone).ok_or_else(|| format!("this is not a time; {unread}")),
        Some(Err(Unordered)) => Err(format!("this is not a time {UNORDERED}; or {unread}")),
        None if text.parse::<f64>().is_ok_and(f64::is_finite) => {
            Err(format!("this is not a time; {unread}; a count is read with --time-format epoch, epoch-ms or excel"))
        }
        None => Err(format!("this is not a time; {unread}")),
    }
}

/// A time as RFC 3339 has it, or the same without an offset.
fn standard_seconds(text: &str, zone: NaiveZone) -> Option<i64> {
    let has_time = text.len() > 10;
    // The offset of RFC 3339 stands behind the time: a sign before it belongs to the date.
    let says_zone = has_time && text.get(10..).is_some_and(|time| time.contains(['Z', 'z', '+', '-']));
    if says_zone {
        let moment = text.parse::<Timestamp>().ok()?;
        return has_plausible_offset(text).then(|| moment.as_second());
    }
    let local = text.parse::<DateTime>().ok()?;
    in_zone(local, zone, has_time)
}

/// Whether the offset of a time that is read by the standard is one of a clock on Earth.
fn has_plausible_offset(text: &str) -> bool {
    let Some((sign, offset)) = text.get(10..).and_then(|time| {
        let place = time.find(['+', '-'])?;
        Some((time.as_bytes()[place], &time[place + 1..]))
    }) else {
        return true;
    };
    let hours = offset.get(..2).and_then(|hours| hours.parse::<u8>().ok());
    hours.is_none_or(|hours| hours <= if sign == b'+' { 14 } else { 12 })
}

fn in_zone(local: DateTime, zone: NaiveZone, has_time: bool) -> Option<i64> {
    let zone = if zone == NaiveZone::Utc && has_time { TimeZone::UTC } else { local_time_zone() };
    zone.to_timestamp(local).ok().map(Timestamp::as_second)
}

/// Offsets that clocks on Earth keep.
const OFFSETS_S: std::ops::RangeInclusive<i64> = -12 * 3600..=14 * 3600;

/// Day and month can be taken for each other.
struct Unordered;

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Clock {
    hour: i64,
    minute: i64,
    second: i64,
}

/// A time in its parts, as people write it.
struct Written {
    day: Date,
    clock: Option<Clock>,
    offset_s: Option<i64>,
}

impl Written {
    /// The parts of a text; none where they are not those of a time.
    fn of(text: &str, order: Option<DateOrder>) -> Option<Result<Self, Unordered>> {
        let spaced = text.replace(',', " ").to_lowercase();
        // A T between day and time of day parts them like a space.
        let bytes = spaced.as_bytes();
        let is_t = |place: usize| {
            let is_digit = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
            bytes[place] == b't' && place > 0 && is_digit(place - 1) && is_digit(place + 1)
        };
        let spaced = match (0..bytes.len()).find(|place| is_t(*place)) {
            Some(place) => format!("{} {}", &spaced[..place], &spaced[place + 1..]),
            None => spaced,
        };
        let (mut day, mut clock, mut half, mut offset_s) = (None, None, None, None);
        for word in spaced.split_whitespace() {
            let slot_taken = if matches!(word, "ngày" | "lúc") {
                false
            } else if let Some(found) = half_of_day(word) {
                half.replace(found).is_some()
            } else if let Some(found) = offset_seconds(word) {
                offset_s.replace(found).is_some()
            } else if word.contains([':', 'h', 'g']) {
                let (time, offset) = split_offset(word);
                if let Some(offset) = offset {
                    offset_s = Some(offset_seconds(offset)?);
                }
                clock.replace(clock_of(time)?).is_some()
            } else {
                day.replace(day_of(word, order)?).is_some()
            };
            if slot_taken {
                return None;
            }
        }
        let day = match day? {
            Ok(day) => day,
            Err(unordered) => return Some(Err(unordered)),
        };
        let clock = match half {
            Some(half) => Some(in_half(clock?, half)?),
            None => clock,
        };
        let is_plausible = offset_s.is_none_or(|offset_s| clock.is_some() && OFFSETS_S.contains(&offset_s));
        is_plausible.then_some(Ok(Self { day, clock, offset_s }))
    }

    fn seconds(&self, zone: NaiveZone) -> Option<i64> {
        let Clock { hour, minute, second } = self.clock.unwrap_or_default();
        let since_midnight = hour * 3600 + minute * 60 + second;
        let midnight = self.day.to_datetime(Time::midnight());
        match self.offset_s {
            Some(offset_s) => {
                let utc = TimeZone::UTC.to_timestamp(midnight).ok()?.as_second();
                Some(utc + since_midnight - offset_s)
            }
            None => Some(in_zone(midnight, zone, self.clock.is_some())? + since_midnight),
        }
    }
}

/// A day of three numbers with one sign between them.
fn day_of(word: &str, order: Option<DateOrder>) -> Option<Result<Date, Unordered>> {
    let sign = word.chars().find(|letter| !letter.is_ascii_digit())?;
    if !matches!(sign, '/' | '-' | '.') {
        return None;
    }
    let parts: Vec<&str> = word.split(sign).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i16>().ok())?;
    let (year, month, day) = match (first.len(), third.len(), order) {
        (4, 1..=2, _) => (first, second, third),
        (1..=2, 4, Some(DateOrder::DayFirst)) => (third, second, first),
        (1..=2, 4, Some(DateOrder::MonthFirst)) => (third, first, second),
        (1..=2, 4, None) => {
            let is_day = number(first).zip(number(second)).is_some();
            return is_day.then_some(Err(Unordered));
        }
        _ => return None,
    };
    let small = |part: &str| number(part).and_then(|part| i8::try_from(part).ok());
    Date::new(number(year)?, small(month)?, small(day)?).ok().map(Ok)
}

/// 8:15, 08:15:30, 08:15:30.25, 08h15, 8h, 8g15; 24:00 is the end of the day, and a leap second counts as the one
/// before it.
fn clock_of(word: &str) -> Option<Clock> {
    let mut parts = word.split([':', 'h', 'g']);
    let whole = |part: &str, most: i64| -> Option<i64> {
        let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|value| is_number && *value <= most)
    };
    let hour = whole(parts.next()?, 24)?;
    let minute = match parts.next()? {
        "" if word.ends_with(['h', 'g']) => 0,
        minute => whole(minute, 59)?,
    };
    let second = match parts.next() {
        Some(second) => {
            let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
            let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
            whole(second, 60).filter(|_| is_fraction)?.min(59)
        }
        None => 0,
    };
    let clock = Clock { hour, minute, second };
    (parts.next().is_none() && (hour < 24 || (minute, second) == (0, 0))).then_some(clock)
}

/// Twelve hours of a day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// The half of the day that a word names, in Vietnamese and English.
fn half_of_day(word: &str) -> Option<Half> {
    match word {
        "sa" | "am" | "a.m." => Some(Half::Morning),
        "ch" | "pm" | "p.m." => Some(Half::Afternoon),
        _ => None,
    }
}

fn in_half(clock: Clock, half: Half) -> Option<Clock> {
    let hour = match (clock.hour, half) {
        (12, Half::Morning) => 0,
        (hour @ 0..=11, Half::Morning) | (hour @ 12..=23, Half::Afternoon) => hour,
        (hour @ 1..=11, Half::Afternoon) => hour + 12,
        _ => return None,
    };
    Some(Clock { hour, ..clock })
}

/// What stands behind a time of day without a space.
fn split_offset(word: &str) -> (&str, Option<&str>) {
    match word.find(['+', '-', 'z']) {
        Some(place) => (&word[..place], Some(&word[place..])),
        None => (word, None),
    }
}

/// Seconds of an offset: z, utc, gmt, +7, +07, +0700, +07:00, utc+7.
fn offset_seconds(word: &str) -> Option<i64> {
    let word = word.to_ascii_lowercase();
    let rest = word.strip_prefix("utc").or_else(|| word.strip_prefix("gmt"));
    let rest = rest.or_else(|| word.strip_prefix('z')).unwrap_or(&word);
    if rest.is_empty() {
        return (!word.is_empty()).then_some(0);
    }
    let sign = match rest.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = &rest[1..];
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let number = |text: &str| {
        let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i64>().ok().filter(|_| is_number)
    };
    Some(sign * (number(hours)? * 3600 + number(minutes).filter(|minutes| *minutes < 60)? * 60))
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
    fn the_same_moment_as_people_write_it() {
        let day_first = TimeReading { dates: Some(DateOrder::DayFirst), ..TimeReading::default() };
        let wanted = moment("2024-03-01T08:15:00+07:00", NaiveZone::Local, NOW);
        for text in [
            "2024-03-01 01:15:00 UTC",
            "2024-03-01 08:15:00 +0700",
            "2024-03-01 08:15:00 +07:00",
            "2024-03-01 8:15",
            "2024/03/01 08:15:00",
            "2024-03-01 08h15",
            "2024-3-1 8:15",
            "2024-03-01 08:15:00+07",
            "2024-03-01T08:15:00+0700",
            "01/03/2024 08:15",
            "1/3/2024 8:15:00 SA",
            "1.3.2024 8h15",
            "08:15 01/03/2024",
            "lúc 8h15 ngày 1/3/2024",
            "2024-3-1T8:15",
            "2024-03-01 08:15:00 GMT+7",
            "01-03-2024, 08:15 AM",
            "2024-03-01 1:15z",
        ] {
            assert_eq!(moment_as(text, day_first, NOW), wanted, "{text}");
        }
        let month_first = TimeReading { dates: Some(DateOrder::MonthFirst), ..TimeReading::default() };
        assert_eq!(moment_as("3/1/2024 08:15", month_first, NOW), wanted);
        let afternoon = moment("2024-03-01T20:15:00+07:00", NaiveZone::Local, NOW);
        assert_eq!(moment_as("1/3/2024 8:15 CH", day_first, NOW), afternoon);
        assert_eq!(moment_as("1/3/2024 20:15 CH", day_first, NOW), afternoon);
    }

    #[test]
    fn the_day_ends_at_24_and_begins_at_its_midnight() {
        let wanted = moment("2024-03-02T00:00:00+07:00", NaiveZone::Local, NOW);
        for text in ["2024-03-01 24:00", "2024-03-01T24:00:00", "2024-3-2", "2024/03/02"] {
            assert_eq!(moment(text, NaiveZone::Local, NOW), wanted, "{text}");
        }
        let noon = moment("2024-03-01T12:30:00+07:00", NaiveZone::Local, NOW);
        assert_eq!(moment("2024-03-01 12:30 PM", NaiveZone::Local, NOW), noon);
        let night = moment("2024-03-01T00:30:00+07:00", NaiveZone::Local, NOW);
        assert_eq!(moment("2024-03-01 12:30 SA", NaiveZone::Local, NOW), night);
    }

    #[test]
    fn counts_are_read_when_told() {
        let as_format = |text, format| moment_as(text, TimeReading { format, ..TimeReading::default() }, NOW);
        assert_eq!(as_format("1709255700", TimeFormat::Epoch), Ok(1_709_255_700));
        assert_eq!(as_format("1709255700123", TimeFormat::EpochMs), Ok(1_709_255_700));
        // 45352 is 1 March 2024; 0.34375 of a day is 08:15.
        assert_eq!(as_format("45352.34375", TimeFormat::Excel), Ok(1_709_255_700));
        assert!(as_format("2024-03-01", TimeFormat::Epoch).is_err());
        for format in [TimeFormat::Epoch, TimeFormat::EpochMs, TimeFormat::Excel] {
            assert!(as_format("NaN", format).unwrap_err().starts_with("this is not a"), "{format:?}");
            let earliest =
                if format == TimeFormat::Excel { "the time lies before 1900" } else { "the count lies before 1980" };
            let refused = as_format("-1e300", format).unwrap_err();
            assert!(refused.starts_with(earliest), "{format:?}: {refused}");
            assert!(as_format("1e300", format).unwrap_err().starts_with("the time lies in the future"), "{format:?}");
        }
    }

    #[test]
    fn what_cannot_be_a_time_is_refused() {
        let day_first = TimeReading { dates: Some(DateOrder::DayFirst), ..TimeReading::default() };
        for text in [
            "31/02/2024",
            "1/13/2024 08:15",
            "2024-03-01 25:00",
            "2024-03-01 24:01",
            "2024-03-01 08:60",
            "2024-03-01 13:15 SA",
            "2024-03-01T08:15:00+25:00",
            "2024-03-01 08:15 +15:00",
            "1/3/24",
            "8:15",
            "",
            "2024-03-01 8:15 9:15",
            "2024-03-01 +07:00",
            "1/3/2024 8h15 x",
            "2024-03-01T08:15:00-13:00",
        ] {
            assert!(moment_as(text, day_first, NOW).is_err(), "{text}");
        }
        let unsaid = moment("01/03/2024 08:15", NaiveZone::Local, NOW).unwrap_err();
        assert!(unsaid.contains("give --date-order dmy or --date-order mdy"), "{unsaid}");
    }

    #[test]
    fn days_are_read_in_the_order_of_their_file() {
        let wanted = Ok(jiff::civil::date(2024, 3, 1));
        assert_eq!(day("2024-03-01", None), wanted);
        assert_eq!(day("2024/3/1", None), wanted);
        assert_eq!(day("1/3/2024", Some(DateOrder::DayFirst)), wanted);
        assert_eq!(day("01/03/2024 00:00:00", Some(DateOrder::DayFirst)), wanted);
        assert!(day("1/3/2024", None).unwrap_err().contains("--date-order"));
        assert_eq!(day("x", None), Err("this is not a day; write 2024-12-31".to_owned()));
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
