//! Alerts as they are told: where, when, why in one sentence, and what stands beside them.
//!
//! In: alerts of the store, what is served, and who asks. Out: the answer of `/alerts`. Numbers of wide areas are for
//! planners and above; what people wrote, and who, for commanders and above.

pub(crate) mod event;
pub(crate) mod feed;
mod reason;

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::alerts::{KindBeside, SeriesNumbers, followed_series, models_beside};
use crate::domain::alert::{AlertKind, AlertMethod, AlertNote, AlertNoteKind, AlertPlace, AlertScope, StoredAlert};
use crate::domain::area::AreaCode;
use crate::domain::area::edition::EditionId;
use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::domain::time::period::{PeriodDates, local_time};
use crate::service::error::ServiceError;
use crate::service::live::ServedSnapshot;
use crate::service::viewer::Viewer;
use crate::snapshot::Snapshot;
use crate::texts::{decimal, text};

/// The alerts that are kept, and by what rule they come about.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AlertsAnswer {
    /// Whether the served data is the invented sample.
    sample: bool,
    /// How many false alarms all series and scans together may give in a quarter, on average.
    false_alarms_a_quarter: f64,
    /// How many series are followed.
    series: usize,
    /// How many of the alerts stand: they are not lifted, nor has anybody taken note of them.
    open: usize,
    /// What there is, in a sentence.
    pub(crate) sentence: Names,
    /// How alerts come about, in sentences.
    method: Names,
    /// The alerts, the newest first.
    pub(crate) alerts: Vec<AlertAnswer>,
}

/// One alert.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AlertAnswer {
    /// Its number, by which addresses name it.
    pub(crate) number: u64,
    /// When it was raised, in local time.
    pub(crate) raised_at: String,
    /// When the data ceased to raise it, because they were corrected; null while they do.
    #[schema(required)]
    lifted_at: Option<String>,
    /// What was looked at.
    kind: AlertKind,
    /// By which method.
    method: AlertMethod,
    /// Where.
    place: AlertPlaceAnswer,
    /// The id of the component whose incidents were counted; null for all reported ones.
    #[schema(required)]
    component: Option<String>,
    /// The days.
    period: PeriodDates,
    /// What was counted.
    observed: u64,
    /// What was to be expected.
    expected: f64,
    /// The greatest count that would not have raised it; null where the method has none.
    #[schema(required)]
    limit: Option<u64>,
    /// The probability of so many or more where nothing is out of the ordinary.
    p: f64,
    /// The probability up to which such a step raises an alert.
    chance: f64,
    /// Whether reports of its days may still come in.
    incomplete: bool,
    /// What it is of, in a few words.
    pub(crate) title: Names,
    /// Why it was raised, in a sentence.
    pub(crate) reason: Names,
    /// The fragment of the page's address that shows the place at that time.
    pub(crate) view: String,
    /// Kinds of community model meant for such incidents, and how many run there; no effect is claimed. Null where the
    /// place is not among the boundaries any more.
    #[schema(required)]
    models: Option<Vec<KindBesideAnswer>>,
    /// When somebody took note of it; null while nobody has.
    #[schema(required)]
    acknowledged_at: Option<String>,
    /// What was noted, the oldest first; null for planners.
    #[schema(required)]
    notes: Option<Vec<AlertNoteAnswer>>,
}

/// Where an alert is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AlertPlaceAnswer {
    /// What kind of place.
    scope: AlertScope,
    /// The edition of the codes.
    edition: EditionId,
    /// The area, or the communes of a cluster from its centre outwards; empty for a group.
    codes: Vec<AreaCode>,
    /// The id of the peer group; null for areas.
    #[schema(required)]
    group: Option<String>,
    /// Its name.
    pub(crate) name: Names,
}

/// A kind of community model where an alert is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct KindBesideAnswer {
    /// The id of the kind.
    kind: String,
    /// Its name.
    name: Names,
    /// Its models that run there; 0 where there is none.
    active: u32,
}

/// What somebody did with an alert.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AlertNoteAnswer {
    /// When, in local time.
    at: String,
    /// The label of the token.
    by: String,
    /// What was done.
    kind: AlertNoteKind,
    /// What was said; empty where nothing was.
    text: String,
}

impl AlertsAnswer {
    /// The alerts for a viewer.
    ///
    /// # Errors
    /// For the public: alerts rest on counts that are not published.
    pub(crate) fn of(served: &ServedSnapshot, viewer: Viewer, stored: &[StoredAlert]) -> Result<Self, ServiceError> {
        viewer.at_least(Role::Planner)?;
        let snapshot = &served.snapshot;
        let rate = snapshot.rules.alerts.false_alarms_a_quarter;
        let SeriesNumbers { province, districts, groups } =
            followed_series(snapshot, viewer.today()).unwrap_or_default();
        let series = province + districts + groups;
        let is_open = |alert: &&StoredAlert| alert.lifted_s.is_none() && alert.acknowledgement().is_none();
        let open = stored.iter().filter(is_open).count();
        let sentence = if open == 0 { text!("alerts-none") } else { text!("alerts-some", count = open) };
        Ok(Self {
            sample: snapshot.is_sample(),
            false_alarms_a_quarter: rate,
            series,
            open,
            sentence,
            method: text!("alerts-method", series = series, rate = decimal(rate, 1)),
            alerts: stored.iter().map(|alert| AlertAnswer::of(snapshot, viewer.role(), alert)).collect(),
        })
    }
}

impl AlertAnswer {
    /// One alert for a role.
    pub(crate) fn of(snapshot: &Snapshot, role: Role, stored: &StoredAlert) -> Self {
        let StoredAlert { number, raised_s, lifted_s, alert, notes } = stored;
        let place = AlertPlaceAnswer::of(snapshot, &alert.place);
        let is_entrusted = role >= Role::Commander;
        Self {
            number: *number,
            raised_at: local_time(*raised_s),
            lifted_at: lifted_s.map(local_time),
            kind: alert.kind,
            method: alert.method,
            component: alert.component.clone(),
            period: alert.period,
            observed: alert.observed,
            expected: alert.expected,
            limit: alert.limit,
            p: alert.p,
            chance: alert.chance,
            incomplete: alert.is_incomplete,
            title: reason::title(snapshot, alert, &place.name),
            reason: reason::reason(snapshot, alert, &place.name),
            view: reason::view(alert),
            models: models_beside(snapshot, alert).map(|kinds| KindBesideAnswer::all(snapshot, &kinds)),
            place,
            acknowledged_at: stored.acknowledgement().map(|note| local_time(note.noted_s)),
            notes: is_entrusted.then(|| notes.iter().map(AlertNoteAnswer::of).collect()),
        }
    }
}

impl AlertPlaceAnswer {
    /// A place with its name.
    pub(crate) fn of(snapshot: &Snapshot, place: &AlertPlace) -> Self {
        let AlertPlace { scope, edition, codes, group } = place;
        let name = reason::place_name(snapshot, place);
        Self { scope: *scope, edition: *edition, codes: codes.clone(), group: group.clone(), name }
    }
}

impl KindBesideAnswer {
    fn all(snapshot: &Snapshot, kinds: &[KindBeside]) -> Vec<Self> {
        let answer = |beside: &KindBeside| {
            let kind = snapshot.rules.model_kinds.at(beside.kind)?;
            Some(Self { kind: kind.id.clone(), name: kind.names.clone(), active: beside.active })
        };
        kinds.iter().filter_map(answer).collect()
    }
}

impl AlertNoteAnswer {
    fn of(note: &AlertNote) -> Self {
        let AlertNote { noted_s, by, kind, text } = note;
        Self { at: local_time(*noted_s), by: by.clone(), kind: *kind, text: text.clone() }
    }
}
