//! A snapshot after a change of incidents alone, made of the one before.
//!
//! In: a snapshot, and what a commit changed. Out: the next snapshot, which shares the base of the one before and costs
//! what came since that was laid down. When the overlay has grown, [`Snapshot::merged`] lays a new base down, beside the
//! requests: the snapshot says the same before and after. Nothing here reads a store.

use rayon::prelude::*;

use super::layered_incidents::LayeredIncidents;
use super::serial::next_serial;
use crate::domain::content::ContentDigest;
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::coverage::{DataCoverage, IncidentDays};
use crate::domain::incident::incident_change::{CommittedChange, IncidentChange};
use crate::domain::incident::taxonomy::Taxonomy;
use crate::domain::incident::{Incident, IncidentRow};
use crate::domain::rules::Rules;
use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;
use crate::snapshot::counted_incidents::CountedIncidents;
use crate::snapshot::cube;
use crate::snapshot::edition::EditionData;
use crate::snapshot::incident_points::{IncidentPoints, OrderedChange, OrderedIncidents, PointChange};
use crate::snapshot::placement::Placement;

/// So many changed incidents always find a place beside the counts of the others.
const LEAST_BESIDE: usize = 1_000;
/// So many never do.
const MOST_BESIDE: usize = 100_000;
/// The share of the incidents that does, between the two.
const SHARE_BESIDE: usize = 100;
/// Rows of an overlay that are kept beside a base: a change copies them.
const MOST_OVERLAY_ROWS: usize = 20_000;

/// Whether so many changed incidents, of all, have everything counted anew.
pub(in crate::snapshot) fn is_much(changed_rows: usize, incidents: usize) -> bool {
    changed_rows > (incidents / SHARE_BESIDE).clamp(LEAST_BESIDE, MOST_BESIDE)
}

/// The words by which it is decided what may be drawn.
#[derive(Debug, Clone, Copy)]
pub(in crate::snapshot) struct DrawnWords<'a> {
    pub(in crate::snapshot) taxonomy: &'a Taxonomy,
    pub(in crate::snapshot) rules: &'a Rules,
}

impl DrawnWords<'_> {
    /// Whether an incident may ever be drawn as a point, where it has one: it is counted, and not sensitive.
    pub(in crate::snapshot) fn may_draw(&self, incidents: &IncidentColumns, row: IncidentRow) -> bool {
        let is_hidden = || {
            self.taxonomy.category_entry(incidents.category(row)).is_none_or(|category| {
                category.sensitive
                    || category.unmapped
                    || self.rules.disclosure.never_below_district.contains(&category.id)
            })
        };
        self.taxonomy.is_counted(incidents.status(row)) && !is_hidden()
    }

    fn ordered(&self, incidents: &[Incident]) -> OrderedIncidents {
        let mut columns = IncidentColumns::default();
        for incident in incidents {
            columns.push(incident);
        }
        OrderedIncidents::new(columns, |incidents, row| self.may_draw(incidents, row))
    }
}

/// A change laid beside the incidents of a snapshot.
#[derive(Debug)]
pub(in crate::snapshot) struct LaidChange {
    pub(in crate::snapshot) lost: OrderedIncidents,
    pub(in crate::snapshot) gained: OrderedIncidents,
    /// All incidents after it.
    pub(in crate::snapshot) incidents: LayeredIncidents,
    /// Their points.
    pub(in crate::snapshot) points: IncidentPoints,
}

impl LaidChange {
    /// A change laid beside a snapshot; none where it names incidents that the snapshot does not hold so.
    pub(in crate::snapshot) fn of(previous: &Snapshot, change: &IncidentChange, words: DrawnWords<'_>) -> Option<Self> {
        let (lost, gained) = (words.ordered(&change.before), words.ordered(&change.current));
        let row = |incident: &Incident| {
            let row = previous.points.row_of(&previous.incidents, incident)?;
            (previous.incidents.at(row).as_ref() == Some(incident)).then_some(row)
        };
        let mut outdated: Vec<IncidentRow> = change.before.iter().map(row).collect::<Option<_>>()?;
        outdated.sort_unstable();
        let point_change = PointChange { outdated: &outdated, lost: &lost, gained: &gained };
        let points = previous.points.changed(&previous.incidents, &point_change);
        let incidents = previous.incidents.changed(&outdated, &gained.incidents);
        Some(Self { lost, gained, incidents, points })
    }
}

impl Snapshot {
    /// The snapshot after a commit of incidents alone; none where the commit does not follow on this snapshot.
    pub fn changed(&self, commit: &CommittedChange) -> Option<Self> {
        let words = DrawnWords { taxonomy: &self.taxonomy, rules: &self.rules };
        let LaidChange { lost, gained, incidents, points } = LaidChange::of(self, &commit.change, words)?;
        let changed = |edition_data: &EditionData| {
            let placement = self.placement(edition_data);
            let counted =
                CountedIncidents::changed(&placement, edition_data, &lost.incidents, &gained.incidents, &self.taxonomy);
            with_counted(edition_data, counted)
        };
        let days = days_after(self.days, &incidents, &lost.incidents, &gained.incidents);
        Some(Self {
            epoch: commit.epoch,
            commit_id: commit.commit_id,
            content: ContentDigest { incidents: commit.incidents, ..self.content },
            editions: self.editions.iter().map(changed).collect(),
            coverage: DataCoverage::new(&self.declared_coverage, days, self.rules.trend.slack_days),
            days,
            incidents,
            points,
            changed_rows: self.changed_rows + commit.change.len(),
            serial: next_serial(),
            ..self.clone()
        })
    }

    /// Whether so much came since the base was laid down that changes begin to cost.
    pub fn needs_merging(&self) -> bool {
        self.incidents.overlay_rows() > MOST_OVERLAY_ROWS
    }

    /// The same snapshot on a base of its own, without an overlay. Where much has changed since all incidents were
    /// counted, they are counted anew. Takes a time that grows with all incidents.
    #[must_use]
    pub fn merged(&self) -> Self {
        let words = DrawnWords { taxonomy: &self.taxonomy, rules: &self.rules };
        let merge = self.points.merge(&self.incidents, |incidents, row| words.may_draw(incidents, row));
        let columns = self.incidents.base().spliced(&merge.gained.incidents, &merge.splice);
        if is_much(self.changed_rows, columns.len()) {
            return self.counted_anew(columns, words);
        }
        let merged = |edition_data: &EditionData| self.edition_merged(edition_data, &merge);
        Self {
            editions: self.editions.iter().map(merged).collect(),
            incidents: columns.into(),
            points: self.points.merged(),
            serial: next_serial(),
            ..self.clone()
        }
    }

    fn edition_merged(&self, edition_data: &EditionData, merge: &OrderedChange) -> EditionData {
        let placement = self.placement(edition_data);
        with_counted(edition_data, CountedIncidents::merged(&placement, edition_data, merge, &self.taxonomy))
    }

    fn counted_anew(&self, columns: IncidentColumns, words: DrawnWords<'_>) -> Self {
        let ordered = OrderedIncidents::new(columns, |incidents, row| words.may_draw(incidents, row));
        let budget_bytes = cube::PREFIX_SUM_BUDGET_BYTES / self.editions.len().max(1);
        let counted = |edition_data: &EditionData| {
            let placement = self.placement(edition_data);
            let all = CountedIncidents::of_all(&placement, &ordered.incidents, &self.taxonomy, budget_bytes);
            with_counted(edition_data, all)
        };
        Self {
            editions: self.editions.iter().map(counted).collect(),
            points: IncidentPoints::new(&ordered),
            incidents: ordered.incidents.into(),
            changed_rows: 0,
            serial: next_serial(),
            ..self.clone()
        }
    }

    /// What places records in an edition.
    pub(in crate::snapshot) fn placement<'a>(&'a self, edition_data: &'a EditionData) -> Placement<'a> {
        Placement {
            locator: &edition_data.shape.locator,
            communes: edition_data.shape.communes().len(),
            commune_of_key: &edition_data.commune_of_key,
            correspondences: &edition_data.correspondences,
            wider_areas: &self.wider_areas,
        }
    }
}

fn with_counted(edition_data: &EditionData, counted: CountedIncidents) -> EditionData {
    let CountedIncidents { commune_of_incident, cube } = counted;
    EditionData { commune_of_incident, cube, ..edition_data.clone() }
}

/// The days of the first and the last incident after a change: all moments are read only where one of these two days
/// lost an incident.
fn days_after(
    before: Option<IncidentDays>,
    incidents: &LayeredIncidents,
    lost: &IncidentColumns,
    gained: &IncidentColumns,
) -> Option<IncidentDays> {
    let day = |columns: &IncidentColumns, row| Day::of_unix_seconds(columns.unix_seconds(row));
    let is_edge = |days: IncidentDays, row| [days.first, days.last].contains(&day(lost, row));
    if before.is_some_and(|days| lost.rows().any(|row| is_edge(days, row))) {
        return incident_days(incidents);
    }
    gained.rows().map(|row| day(gained, row)).fold(before, |days, day| {
        let days = days.unwrap_or(IncidentDays { first: day, last: day });
        Some(IncidentDays { first: days.first.min(day), last: days.last.max(day) })
    })
}

/// The days of the first and the last incident.
pub(in crate::snapshot) fn incident_days(incidents: &LayeredIncidents) -> Option<IncidentDays> {
    let edges = incidents.par_moments().map(|moment| (moment, moment));
    let edges = edges.reduce_with(|one, other| (one.0.min(other.0), one.1.max(other.1)))?;
    let (first, last) = edges;
    Some(IncidentDays { first: Day::of_unix_seconds(first), last: Day::of_unix_seconds(last) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::tests::snapshot;

    #[test]
    fn a_change_that_names_what_never_was_leads_nowhere() {
        let before = snapshot();
        let known = before.incidents.at(IncidentRow::new(0)).unwrap();
        let commit = |change| CommittedChange {
            epoch: before.epoch + 1,
            commit_id: 7,
            incidents: before.content.incidents,
            change,
        };
        let never = Incident { unix_seconds: known.unix_seconds + 1, ..known.clone() };
        let wrong = IncidentChange { before: vec![never], current: Vec::new() };
        assert!(before.changed(&commit(wrong)).is_none());
        let right = IncidentChange { before: vec![known.clone()], current: Vec::new() };
        let after = before.changed(&commit(right)).unwrap();
        assert_eq!(after.incidents.len(), before.incidents.len() - 1);
        assert!(after.points.row_of(&after.incidents, &known).is_none(), "it is not there any more");
        assert_eq!((after.epoch, after.commit_id), (before.epoch + 1, 7));
        let again = IncidentChange { before: Vec::new(), current: vec![known.clone()] };
        let back = after.changed(&commit(again)).unwrap();
        assert_eq!(back.days, before.days);
        assert!(back.points.row_of(&back.incidents, &known).is_some());
        assert_eq!(back.merged().incidents.len(), before.incidents.len());
    }
}
