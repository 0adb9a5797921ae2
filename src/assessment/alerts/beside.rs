//! Which kinds of community model run where an alert is, and which do not: what could help here is for people to judge.
//!
//! In: an alert. Out: for each kind that is meant for such incidents how many of its models run there. No effect is
//! claimed: whether a kind helps is said elsewhere, with its interval.

use std::collections::BTreeSet;

use crate::assessment::rating::peers::membership;
use crate::domain::alert::{Alert, AlertScope};
use crate::domain::area::{AreaIndex, CommuneIndex, Level};
use crate::domain::rules::{ModelKind, ModelKindIndex};
use crate::domain::time::period::Day;
use crate::snapshot::{EditionData, Snapshot};

/// How many models of a kind run where an alert is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindBeside {
    /// The kind.
    pub kind: ModelKindIndex,
    /// Its models that run there on the last day of the alert.
    pub active: u32,
}

/// The kinds of model that are meant for the incidents of an alert, in the order of the rule file; none where its place
/// is gone.
pub fn models_beside(snapshot: &Snapshot, alert: &Alert) -> Option<Vec<KindBeside>> {
    let edition_data = snapshot.edition(alert.place.edition)?;
    let communes = communes_of(snapshot, edition_data, alert)?;
    let last = Day::from_number(Day::of_date(alert.period.to).number() - 1);
    let of_kind = |(kind, entry): (ModelKindIndex, &ModelKind)| {
        let models = snapshot.models.iter().zip(edition_data.commune_of_model.iter());
        let running = models.filter(|(model, commune)| {
            let is_there = commune.is_some_and(|commune| communes.contains(&commune));
            is_there && model.kind == entry.id && model.is_active_on(last)
        });
        KindBeside { kind, active: running.count() as u32 }
    };
    let is_meant = |entry: &ModelKind| alert.component.as_ref().is_none_or(|part| entry.components.contains(part));
    Some(snapshot.rules.model_kinds.indexed().filter(|(_, entry)| is_meant(entry)).map(of_kind).collect())
}

/// The communes of the place of an alert.
fn communes_of(snapshot: &Snapshot, edition_data: &EditionData, alert: &Alert) -> Option<BTreeSet<CommuneIndex>> {
    let of_level = |level: Level| {
        let areas = edition_data.shape.level(level)?;
        let wanted: Vec<AreaIndex> = alert.place.codes.iter().filter_map(|code| areas.index_of(code)).collect();
        Some(wanted.into_iter().flat_map(|area| areas.communes_of(area)).collect())
    };
    match alert.place.scope {
        AlertScope::Province => of_level(Level::Province),
        AlertScope::District => of_level(Level::District),
        AlertScope::Communes => of_level(Level::Commune),
        AlertScope::Group => {
            let areas = edition_data.shape.level(Level::Commune)?;
            let ids = membership(snapshot, edition_data, areas).ids;
            let members = ids.indexed().filter(|(_, id)| id.as_deref() == alert.place.group.as_deref());
            Some(members.map(|(area, _)| CommuneIndex::new(area.index())).collect())
        }
    }
}
