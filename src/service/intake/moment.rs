//! When something is said to have happened.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::json_fields::field_fault;
use crate::domain::text::Names;
use crate::domain::time::period::local_time_zone;
use crate::service::error::ServiceError;
use crate::texts::text;

/// How far ahead the clock of a phone may be.
const CLOCKS_DIFFER_S: i64 = 5 * 60;
/// What is longer ago is not for the form.
const OLDEST_S: i64 = 366 * 24 * 3600;

/// A moment with its offset, or in local time, as seconds since 1970 UTC.
///
/// # Errors
/// When it does not read, lies in the future, or over a year back.
pub(super) fn happened_s(field: &'static str, said: &str, now_s: i64) -> Result<i64, ServiceError> {
    let moment = read(said).ok_or_else(|| field_fault(field, text!("report-no-moment")))?;
    let refused = |what: Names| Err(field_fault(field, what));
    match moment {
        future if future > now_s + CLOCKS_DIFFER_S => refused(text!("report-future")),
        old if old < now_s - OLDEST_S => refused(text!("report-long-ago")),
        // The clock of the server is the one that counts.
        moment => Ok(moment.min(now_s)),
    }
}

fn read(said: &str) -> Option<i64> {
    if let Ok(moment) = said.parse::<Timestamp>() {
        return Some(moment.as_second());
    }
    let local: DateTime = said.parse().ok()?;
    // A day alone says nothing of the hour.
    let has_time = said.contains(['T', 't', ' ']);
    let moment = local_time_zone().to_timestamp(local).ok()?;
    has_time.then(|| moment.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Some full minute at the end of 2026.
    const NOW_S: i64 = 1_796_083_200;

    #[test]
    fn a_moment_has_an_offset_or_is_local() {
        let now = Timestamp::from_second(NOW_S).unwrap();
        let an_hour_ago = NOW_S - 3600;
        assert_eq!(
            happened_s("time", &Timestamp::from_second(an_hour_ago).unwrap().to_string(), NOW_S),
            Ok(an_hour_ago)
        );
        let local = now.to_zoned_datetime(local_time_zone()).datetime();
        assert_eq!(happened_s("time", &local.strftime("%Y-%m-%dT%H:%M").to_string(), NOW_S), Ok(NOW_S));
        assert_eq!(happened_s("time", &local.strftime("%Y-%m-%d %H:%M:%S").to_string(), NOW_S), Ok(NOW_S));
        for wrong in ["", "2026-11-30", "07:00", "yesterday", "30/11/2026 07:00"] {
            assert!(happened_s("time", wrong, NOW_S).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_future_and_what_is_long_ago_are_refused() {
        let at = |s: i64| happened_s("time", &Timestamp::from_second(s).unwrap().to_string(), NOW_S);
        assert_eq!(at(NOW_S + 60), Ok(NOW_S), "the clock of the phone is a little fast");
        assert!(at(NOW_S + 3600).is_err() && at(NOW_S - 400 * 24 * 3600).is_err());
        assert_eq!(at(NOW_S - 300 * 24 * 3600), Ok(NOW_S - 300 * 24 * 3600));
    }
}
