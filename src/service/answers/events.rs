//! What a listener is told of a new state of the data, and of an alert.
//!
//! In: a note of a state or an alert, and for whom. Out: what that role may hear. The public is told of its own epoch
//! alone, which a change of incidents never moves, and of no alert.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::role::Role;
use crate::service::answers::alerts::event::AlertEvent;
use crate::service::live::ServedSnapshot;
use crate::service::live::epochs::{ChangeNote, EpochNote, LiveNote};

/// What is told to one who listens.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum LiveEvent {
    /// A new state of the data.
    State(EpochEvent),
    /// An alert.
    Alert(Box<AlertEvent>),
}

/// A new state of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct EpochEvent {
    /// Its number: that of addresses of tiles.
    pub(crate) epoch: u64,
    /// What changed of incidents; absent where it is not known or not told: then everything may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) changed: Option<ChangedIncidentsAnswer>,
}

/// What changed of incidents since the state before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ChangedIncidentsAnswer {
    /// Incidents that are new.
    added: usize,
    /// Incidents that are other than they were.
    amended: usize,
    /// Incidents that are there no more.
    withdrawn: usize,
    /// The codes of the areas where any of them counts, by edition and level.
    areas: BTreeMap<EditionId, BTreeMap<Level, Vec<String>>>,
}

impl LiveEvent {
    /// What a role is told of a note after the last epoch that it was told; none where the role notices nothing.
    pub(crate) fn of(note: &LiveNote, last: u64, role: Role) -> Option<Self> {
        match note {
            LiveNote::State(note) => EpochEvent::of(note, last, role).map(Self::State),
            LiveNote::Alert(alert) => (role >= Role::Planner).then(|| Self::Alert(alert.clone())),
        }
    }
}

impl EpochEvent {
    /// What a role is told of a note; none where the role notices nothing.
    pub(crate) fn of(note: &EpochNote, last: u64, role: Role) -> Option<Self> {
        if role == Role::Public {
            let epoch = note.public.epoch;
            return (epoch != last).then_some(Self { epoch, changed: None });
        }
        Some(Self { epoch: note.epoch, changed: note.change.as_ref().map(ChangedIncidentsAnswer::of) })
    }

    /// The state that is served to a role, nothing being said of what changed.
    pub(crate) fn now(served: &ServedSnapshot, role: Role) -> Self {
        Self { epoch: served.state(role).epoch, changed: None }
    }
}

impl ChangedIncidentsAnswer {
    fn of(note: &ChangeNote) -> Self {
        let ChangeNote { added, amended, withdrawn, areas } = note;
        let mut by_edition: BTreeMap<EditionId, BTreeMap<Level, Vec<String>>> = BTreeMap::new();
        for area in areas {
            let of_level = by_edition.entry(area.edition).or_default().entry(area.level).or_default();
            of_level.push(area.code.to_string());
        }
        Self { added: *added, amended: *amended, withdrawn: *withdrawn, areas: by_edition }
    }
}
