//! Answers that rest on counts of the holdings and not of the release: the last days, alerts, and what is told to those who
//! listen.
//!
//! In: what is served, and anybody. Out: each of these answers as anybody gets it: none. They are asked for in the same
//! way as by a request, so that a role that is no longer looked at would be found.

use serde::Serialize;

use super::reading::WithheldAnswer;
use crate::assessment::situation::SITUATION_DAYS;
use crate::domain::alert::{Alert, AlertKind, AlertMethod, AlertPlace, AlertScope, StoredAlert};
use crate::domain::area::edition::EditionId;
use crate::domain::role::Role;
use crate::domain::time::period::{Day, PeriodDates};
use crate::service::alerts::situation;
use crate::service::answers::alerts::AlertsAnswer;
use crate::service::answers::alerts::event::AlertEvent;
use crate::service::answers::events::LiveEvent;
use crate::service::answers::situation::RecentWrites;
use crate::service::error::ServiceError;
use crate::service::live::ServedSnapshot;
use crate::service::live::epochs::{ChangeNote, EpochNote, LiveNote};
use crate::service::query::Query;
use crate::service::questions::situation::SituationQuestion;
use crate::service::viewer::Viewer;

/// What a viewer gets of everything that is no part of a release.
pub(super) fn withheld(served: &ServedSnapshot, viewer: Viewer) -> Result<Vec<WithheldAnswer>, ServiceError> {
    let raised = alert(served, viewer.today());
    let mut read = Vec::new();
    for edition_data in &served.snapshot.editions {
        for days in SITUATION_DAYS {
            read.push(last_days(served, viewer, edition_data.entry.id, days)?);
        }
    }
    read.push(asked("/alerts", AlertsAnswer::of(served, viewer, &raised))?);
    let heard = heard(served, viewer.role(), &raised);
    let document = if heard.is_empty() { None } else { Some(json(&heard)?) };
    read.push(WithheldAnswer { path: "/events".to_owned(), document });
    Ok(read)
}

fn last_days(
    served: &ServedSnapshot,
    viewer: Viewer,
    edition: EditionId,
    days: u16,
) -> Result<WithheldAnswer, ServiceError> {
    let (edition, days) = (edition.to_string(), days.to_string());
    let query = Query::default().with_instead(&[], &[("edition", edition.as_str()), ("days", days.as_str())]);
    let answer = SituationQuestion::of(&query, served, viewer)
        .and_then(|question| situation(served, &question, &RecentWrites::default()));
    asked(&format!("/situation?edition={edition}&days={days}"), answer)
}

/// What was answered; that it was refused to the role is what has to be.
fn asked<T: Serialize>(path: &str, answer: Result<T, ServiceError>) -> Result<WithheldAnswer, ServiceError> {
    let document = match answer {
        Ok(answer) => Some(json(&answer)?),
        Err(ServiceError::RoleTooLow { .. }) => None,
        Err(fault) => return Err(fault),
    };
    Ok(WithheldAnswer { path: path.to_owned(), document })
}

/// An alert of a group of communes, as one that would be kept; none where no boundaries are known.
fn alert(served: &ServedSnapshot, today: Day) -> Vec<StoredAlert> {
    let place = |edition| AlertPlace { scope: AlertScope::Group, edition, codes: Vec::new(), group: None };
    let raised = |edition| StoredAlert {
        number: 1,
        raised_s: 0,
        lifted_s: None,
        alert: Alert {
            key: String::new(),
            kind: AlertKind::Week,
            method: AlertMethod::Farrington,
            place: place(edition),
            component: None,
            period: PeriodDates { from: Day::from_number(today.number() - 7).date(), to: today.date() },
            observed: 21,
            expected: 9.4,
            limit: Some(19),
            p: 0.0004,
            chance: 0.001,
            is_incomplete: false,
        },
        notes: Vec::new(),
    };
    served.snapshot.default_edition().map(|edition_data| raised(edition_data.entry.id)).into_iter().collect()
}

/// What a role hears when incidents change and an alert is raised, the release being as it was.
fn heard(served: &ServedSnapshot, role: Role, raised: &[StoredAlert]) -> Vec<LiveEvent> {
    let change = LiveNote::State(EpochNote::of(served, Some(ChangeNote { added: 1, ..ChangeNote::default() })));
    let alerts = raised.iter().map(|alert| LiveNote::Alert(Box::new(AlertEvent::of(&served.snapshot, alert))));
    let last = served.state(role).epoch;
    std::iter::once(change).chain(alerts).filter_map(|note| LiveEvent::of(&note, last, role)).collect()
}

fn json<T: Serialize>(answer: &T) -> Result<String, ServiceError> {
    serde_json::to_string(answer).map_err(|error| ServiceError::internal(&error))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::service::live::CountedSteps;
    use crate::snapshot::tests::snapshot;

    #[test]
    fn anybody_is_refused_what_a_planner_is_given() {
        let today = Day::of_date(date(2026, 6, 1));
        let served = ServedSnapshot::proposing(Arc::new(snapshot()), today, CountedSteps::New);
        let read = |role| withheld(&served, Viewer::new(role, today)).unwrap();
        let (public, planner) = (read(Role::Public), read(Role::Planner));
        assert!(public.iter().all(|read| read.document.is_none()), "{public:?}");
        assert!(planner.iter().all(|read| read.document.is_some()), "{planner:?}");
        assert_eq!(planner.len(), SITUATION_DAYS.len() * served.snapshot.editions.len() + 2);
    }
}
