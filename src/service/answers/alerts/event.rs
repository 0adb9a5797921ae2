//! An alert as those hear of it who listen when it is raised.
//!
//! In: an alert of the store. Out: what it is of and where, the same to every role that may see alerts; its numbers and
//! its reason stand in `/alerts`.

use serde::Serialize;
use utoipa::ToSchema;

use super::{AlertPlaceAnswer, reason};
use crate::domain::alert::{AlertKind, StoredAlert};
use crate::domain::text::Names;
use crate::domain::time::period::{PeriodDates, local_time};
use crate::snapshot::Snapshot;

/// An alert that was raised.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AlertEvent {
    /// Its number, by which addresses name it and a repeated event is known.
    pub(crate) number: u64,
    /// When it was raised, in local time.
    raised_at: String,
    /// What was looked at.
    kind: AlertKind,
    /// Where.
    place: AlertPlaceAnswer,
    /// The id of the component whose incidents were counted; null for all reported ones.
    #[schema(required)]
    component: Option<String>,
    /// The days.
    period: PeriodDates,
    /// What it is of, in a few words.
    title: Names,
    /// The fragment of the page's address that shows the place at that time.
    view: String,
}

impl AlertEvent {
    /// What is told of an alert when it is raised.
    pub(crate) fn of(snapshot: &Snapshot, stored: &StoredAlert) -> Self {
        let StoredAlert { number, raised_s, lifted_s: _, alert, notes: _ } = stored;
        let place = AlertPlaceAnswer::of(snapshot, &alert.place);
        Self {
            number: *number,
            raised_at: local_time(*raised_s),
            kind: alert.kind,
            component: alert.component.clone(),
            period: alert.period,
            title: reason::title(snapshot, alert, &place.name),
            view: reason::view(alert),
            place,
        }
    }
}
