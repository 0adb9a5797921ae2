//! Which last days are looked at, on which boundaries.
//!
//! In: a query and a viewer. Out: a [`SituationQuestion`]. Counts of single days are computed from all incidents, so the
//! public is refused.

use crate::assessment::situation::{SITUATION_DAYS, SituationRequest};
use crate::domain::role::Role;
use crate::service::error::{ServiceError, quoted};
use crate::service::filter::{default_edition, edition};
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::Viewer;

/// How many days are looked at where nothing is said: a week has no weekday that misleads.
const DEFAULT_DAYS: u16 = 7;

const MINUTE_S: i64 = 60;
const DAY_S: i64 = 86_400;

/// Some last days on some boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SituationQuestion {
    pub(crate) request: SituationRequest,
    pub(crate) viewer: Viewer,
}

impl SituationQuestion {
    /// The days and the edition of a query.
    ///
    /// # Errors
    /// For the public, and when a parameter is wrong.
    pub(crate) fn of(query: &Query, served: &ServedSnapshot, viewer: Viewer) -> Result<Self, ServiceError> {
        viewer.at_least(Role::Planner)?;
        let snapshot = &served.snapshot;
        let edition = query.value("edition").map(|text| edition(snapshot, text)).transpose()?;
        let edition = edition.map_or_else(|| default_edition(snapshot), Ok)?;
        let request = SituationRequest { edition, days: days(query)?, today: viewer.today() };
        Ok(Self { request, viewer })
    }

    /// The moment since when what was written is recent: whole days before this minute, so that it is the same question
    /// for a minute.
    pub(crate) fn since_s(&self, now_s: i64) -> i64 {
        now_s - now_s.rem_euclid(MINUTE_S) - i64::from(self.request.days) * DAY_S
    }

    /// The canonical text of all that is asked.
    pub(crate) fn key(&self) -> String {
        let SituationRequest { edition, days, today } = self.request;
        format!("edition={edition}&days={days}&today={today}")
    }
}

fn days(query: &Query) -> Result<u16, ServiceError> {
    let Some(text) = query.value("days") else { return Ok(DEFAULT_DAYS) };
    let named = text.parse().ok().filter(|days| SITUATION_DAYS.contains(days));
    let known = || SITUATION_DAYS.iter().map(ToString::to_string).collect();
    named.ok_or_else(|| ServiceError::none_of("days", &quoted(text), known()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::questions::tests::{query, served, viewer};

    #[test]
    fn a_week_is_meant_where_nothing_is_said_and_the_public_is_refused() {
        let asked = |text: &str, role| SituationQuestion::of(&query(text), served(), viewer(role));
        assert_eq!(asked("", Role::Planner).unwrap().request.days, 7);
        assert_eq!(asked("days=28", Role::Commander).unwrap().request.days, 28);
        let since = |now_s| asked("days=1", Role::Planner).unwrap().since_s(now_s);
        assert_eq!((since(86_460), since(86_519), since(86_520)), (60, 60, 120));
        let Err(ServiceError::InvalidParameter { name: "days", known, .. }) = asked("days=3", Role::Planner) else {
            panic!("three days are not looked at")
        };
        assert_eq!(known, ["1", "7", "28"]);
        let refused = asked("days=7", Role::Public).unwrap_err();
        assert_eq!(refused, ServiceError::RoleTooLow { needed: Role::Planner, role: Role::Public });
    }
}
