//! How much a token is used: requests since the start, and the day of the last one.
//!
//! Counted in memory, by one addition a request: nothing of what was asked is kept, and a restart begins anew. The first
//! use, and one after a pause, is a sign-in.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use crate::domain::time::period::Day;

/// Below every day and every moment.
const NEVER: i64 = i64::MIN;
/// After so long without a request the next one is a sign-in of its own.
const PAUSE_S: i64 = 30 * 60;

/// The use of one token.
#[derive(Debug)]
pub(in crate::http) struct TokenActivity {
    requests: AtomicU64,
    last_day: AtomicI64,
    last_s: AtomicI64,
}

impl Default for TokenActivity {
    fn default() -> Self {
        Self { requests: AtomicU64::new(0), last_day: AtomicI64::new(NEVER), last_s: AtomicI64::new(NEVER) }
    }
}

impl TokenActivity {
    /// Counts a request that was answered on a day, at a moment. Gives whether it is the first, or the first after a pause.
    pub(in crate::http) fn note(&self, day: Day, now_s: i64) -> bool {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.last_day.fetch_max(day.number().into(), Ordering::Relaxed);
        self.last_s.fetch_max(now_s, Ordering::Relaxed).saturating_add(PAUSE_S) < now_s
    }

    /// The requests so far.
    pub(in crate::http) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// The day of the last one; none before the first.
    pub(in crate::http) fn last_day(&self) -> Option<Day> {
        let day = self.last_day.load(Ordering::Relaxed);
        i32::try_from(day).ok().map(Day::from_number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_add_up_and_the_latest_day_stays() {
        let activity = TokenActivity::default();
        assert_eq!((activity.requests(), activity.last_day()), (0, None));
        for day in [20_000, 20_002, 20_001] {
            activity.note(Day::from_number(day), 0);
        }
        assert_eq!((activity.requests(), activity.last_day()), (3, Some(Day::from_number(20_002))));
    }

    #[test]
    fn first_use_and_one_after_a_pause_are_sign_ins() {
        let (activity, day) = (TokenActivity::default(), Day::from_number(20_000));
        let used = [0, 1, PAUSE_S + 1, 2 * PAUSE_S + 2, 2 * PAUSE_S + 2].map(|now_s| activity.note(day, now_s));
        assert_eq!(used, [true, false, false, true, false]);
    }
}
