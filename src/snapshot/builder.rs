//! From the holdings of the store to a snapshot.
//!
//! In: holdings, the rule files, the snapshot before and what may be used of the surroundings. Out: a [`Snapshot`]
//! with placed records, counts and shapes; shapes that have not changed are taken over. Where only few incidents have
//! changed, what is known of all others is taken over too ([`build_changed`]): the snapshot is the same either way.
//! Nothing is read from a store or written to one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Snapshot;
use super::build_surroundings::BuildSurroundings;
use super::correspondence::{self, Shapes};
use super::counted_incidents::CountedIncidents;
use super::cube;
use super::district_coverage::OriginDistricts;
use super::edition::{Correspondence, EditionData, EditionShape, ResidentialArea};
use super::exposures::ExposureFigures;
use super::incident_points::{IncidentPoints, OrderedIncidents};
use super::overlay::changed::{DrawnWords, LaidChange, incident_days, is_much};
use super::overlay::layered_incidents::LayeredIncidents;
use super::overlay::serial::next_serial;
use super::placement::Placement;
use super::residents::{ResidentFigures, YearFigure};
use super::shape;
use super::unit_records::UnitRecords;
use crate::domain::area::edition::EditionId;
use crate::domain::area::{Area, AreaKey, CommuneIndex, Level};
use crate::domain::holdings::{Holdings, IncidentColumns};
use crate::domain::incident::coverage::DataCoverage;
use crate::domain::incident::incident_change::IncidentChange;
use crate::domain::index::IndexVec;
use crate::domain::model::{CommunityModel, ModelIndex};
use crate::domain::rules::rule_set::RuleSet;
use crate::domain::time::period::Day;

/// Why no snapshot could be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// More communes than the incident columns can number.
    #[error("edition {edition} has {count} communes, more than the {most} a snapshot can hold")]
    TooManyCommunes {
        /// The edition with too many communes.
        edition: EditionId,
        /// How many it has.
        count: usize,
        /// How many are possible.
        most: usize,
    },
    /// A change names incidents as they never were.
    #[error("a change of incidents does not begin with those of the snapshot before it")]
    OtherIncidents,
}

/// Builds the snapshot of some holdings. Shapes of editions whose areas have not
/// changed are taken over from the previous snapshot.
pub fn build(holdings: Holdings, rule_set: &RuleSet, previous: Option<&Snapshot>) -> Result<Snapshot, BuildError> {
    build_with(holdings, rule_set, previous, &BuildSurroundings::NONE)
}

/// As [`build`], with a cache in which built shapes are stored and looked up, and a clock for the log.
pub fn build_with(
    mut holdings: Holdings,
    rule_set: &RuleSet,
    previous: Option<&Snapshot>,
    surroundings: &BuildSurroundings<'_>,
) -> Result<Snapshot, BuildError> {
    let shapes = shapes(&holdings.areas, rule_set, previous, surroundings)?;
    let incidents = std::mem::take(&mut holdings.incidents);
    let sources = BuildSources { previous, rule_set, surroundings };
    Ok(with_all_incidents(holdings, incidents, &shapes, &sources))
}

/// As [`build_with`], of holdings whose incidents are those of the previous snapshot with a change, and therefore left
/// out. The counts of the others are taken over, unless something that they rest on changed as well, or too much has
/// changed since they were counted.
pub fn build_changed(
    holdings: Holdings,
    change: &IncidentChange,
    rule_set: &RuleSet,
    previous: &Snapshot,
    surroundings: &BuildSurroundings<'_>,
) -> Result<Snapshot, BuildError> {
    let shapes = shapes(&holdings.areas, rule_set, Some(previous), surroundings)?;
    let wider_areas = wider_areas(&holdings.areas, &shapes);
    let phase = surroundings.phase();
    let words = DrawnWords { taxonomy: &rule_set.taxonomy, rules: &rule_set.rules };
    let laid = LaidChange::of(previous, change, words).ok_or(BuildError::OtherIncidents)?;
    let changed_rows = previous.changed_rows + change.len();
    let sources = BuildSources { previous: Some(previous), rule_set, surroundings };
    if is_much(changed_rows, laid.incidents.len()) || !is_placed_alike(previous, rule_set, &shapes, &wider_areas) {
        let merge = laid.points.merge(&laid.incidents, |incidents, row| words.may_draw(incidents, row));
        let incidents = laid.incidents.base().spliced(&merge.gained.incidents, &merge.splice);
        return Ok(with_all_incidents(holdings, incidents, &shapes, &sources));
    }
    tracing::info!(
        incidents.changed = change.len(),
        incidents.changed_since_count = changed_rows,
        took_ms = phase.took_ms(),
        "changed incidents were put beside the others",
    );
    let LaidChange { lost, gained, incidents, points } = laid;
    let change = Some(MovedIncidents { lost, gained });
    let placed = PlacedIncidents { incidents, points, wider_areas, changed_rows, change };
    Ok(assembled(holdings, placed, &shapes, &sources))
}

/// What a snapshot is built from beside the holdings.
struct BuildSources<'a> {
    previous: Option<&'a Snapshot>,
    rule_set: &'a RuleSet,
    surroundings: &'a BuildSurroundings<'a>,
}

/// The incidents of a snapshot.
struct PlacedIncidents {
    incidents: LayeredIncidents,
    points: IncidentPoints,
    wider_areas: BTreeSet<AreaKey>,
    /// How many have changed since all were counted.
    changed_rows: usize,
    /// How they differ from those of the previous snapshot, whose counts are taken over; none where all are counted.
    change: Option<MovedIncidents>,
}

/// Incidents that went and that came.
struct MovedIncidents {
    lost: OrderedIncidents,
    gained: OrderedIncidents,
}

/// The snapshot of holdings whose incidents are ordered and counted anew.
fn with_all_incidents(
    holdings: Holdings,
    incidents: IncidentColumns,
    shapes: &Shapes,
    sources: &BuildSources<'_>,
) -> Snapshot {
    let (ordered, points) = points(incidents, sources.rule_set, sources.surroundings);
    let placed = PlacedIncidents {
        incidents: ordered.incidents.into(),
        points,
        wider_areas: wider_areas(&holdings.areas, shapes),
        changed_rows: 0,
        change: None,
    };
    assembled(holdings, placed, shapes, sources)
}

/// Whether records would be placed as they are in the previous snapshot.
fn is_placed_alike(previous: &Snapshot, rule_set: &RuleSet, shapes: &Shapes, wider_areas: &BTreeSet<AreaKey>) -> bool {
    // The correspondences depend on the shapes alone, and what places records on shapes, correspondences, wider areas
    // and the taxonomy.
    let is_known = |(id, shape): (&EditionId, &Arc<EditionShape>)| {
        previous.edition(*id).is_some_and(|edition_data| Arc::ptr_eq(&edition_data.shape, shape))
    };
    previous.rule_set_hash == rule_set.hash()
        && *previous.wider_areas == *wider_areas
        && previous.editions.len() == shapes.len()
        && shapes.iter().all(is_known)
}

fn assembled(mut holdings: Holdings, placed: PlacedIncidents, shapes: &Shapes, sources: &BuildSources<'_>) -> Snapshot {
    let BuildSources { previous, rule_set, surroundings: _ } = *sources;
    let units = units(&mut holdings);
    let days = incident_days(&placed.incidents);
    let coverage = DataCoverage::new(&holdings.coverage, days, rule_set.rules.trend.slack_days);
    let edition_sources = EditionSources { holdings: &holdings, units: &units, placed: &placed, previous, rule_set };
    let edition_data = |(id, shape): (&EditionId, &Arc<EditionShape>)| {
        let known = previous.and_then(|snapshot| snapshot.edition(*id));
        let correspondences = correspondence::built(*id, shape, shapes, known);
        let mut edition_data = edition_data(*id, shape, correspondences, &edition_sources);
        if let Some(basis) = unchanged_reach_basis(&edition_data, &holdings, rule_set, previous) {
            edition_data.reach_basis = basis;
        }
        edition_data
    };
    let editions = shapes.iter().map(edition_data).collect();
    Snapshot {
        data_id: holdings.data_id,
        commit_id: holdings.commit_id,
        rule_set_hash: rule_set.hash(),
        epoch: holdings.epoch,
        content: holdings.content,
        open_change: holdings.open_change,
        sample_datasets: Arc::new(holdings.sample_datasets),
        taxonomy: Arc::clone(&rule_set.taxonomy),
        rules: Arc::clone(&rule_set.rules),
        schemes: Arc::clone(&rule_set.schemes),
        peers: Arc::clone(&rule_set.peers),
        editions,
        points: placed.points,
        days,
        coverage,
        declared_coverage: holdings.coverage.into(),
        incidents: placed.incidents,
        model_days: model_days(&holdings.models).into(),
        models: Arc::new(holdings.models.into()),
        serial: next_serial(),
        circulars: Arc::clone(&rule_set.circulars),
        units: Arc::new(units),
        model_events: holdings.model_events.into(),
        releases: Arc::new(holdings.releases),
        wider_areas: Arc::new(placed.wider_areas),
        changed_rows: placed.changed_rows,
    }
}

fn shapes(
    areas: &[Area],
    rule_set: &RuleSet,
    previous: Option<&Snapshot>,
    surroundings: &BuildSurroundings<'_>,
) -> Result<Shapes, BuildError> {
    let mut by_edition: BTreeMap<EditionId, Vec<Area>> = BTreeMap::new();
    for area in areas {
        by_edition.entry(area.key.edition).or_default().push(area.clone());
    }
    let mut shapes = Shapes::new();
    for (id, mut source) in by_edition {
        source.sort_by(|a, b| (a.level, &a.key.code).cmp(&(b.level, &b.key.code)));
        let count = source.iter().filter(|area| area.level == Level::Commune && area.boundary.is_some()).count();
        let most = usize::from(u16::MAX);
        if count >= most {
            return Err(BuildError::TooManyCommunes { edition: id, count, most });
        }
        if count == 0 {
            tracing::info!(edition = %id, "edition has no commune boundaries and is not served");
            continue;
        }
        let known = previous.and_then(|snapshot| snapshot.edition(id)).filter(|old| old.shape.source == source);
        let shape = known.map_or_else(
            || Arc::new(shape::built(source, &rule_set.catalogue.entry(id), surroundings)),
            |old| Arc::clone(&old.shape),
        );
        shapes.insert(id, shape);
    }
    Ok(shapes)
}

/// What every edition is built from beside its shape.
struct EditionSources<'a> {
    holdings: &'a Holdings,
    units: &'a UnitRecords,
    placed: &'a PlacedIncidents,
    previous: Option<&'a Snapshot>,
    rule_set: &'a RuleSet,
}

fn edition_data(
    id: EditionId,
    shape: &Arc<EditionShape>,
    correspondences: Vec<Correspondence>,
    sources: &EditionSources<'_>,
) -> EditionData {
    let EditionSources { holdings, units, placed, previous: _, rule_set } = *sources;
    let communes = shape.communes().len();
    let commune_of_key = correspondence::commune_of_key(id, shape, &correspondences);
    let placement = Placement {
        locator: &shape.locator,
        communes,
        commune_of_key: &commune_of_key,
        correspondences: &correspondences,
        wider_areas: &placed.wider_areas,
    };
    let CountedIncidents { commune_of_incident, cube } = counted_incidents(id, &placement, sources);
    EditionData {
        entry: rule_set.catalogue.entry(id),
        shape: Arc::clone(shape),
        residents: Arc::new(residents(communes, &commune_of_key, id, sources)),
        exposures: Arc::new(ExposureFigures::new(communes, &commune_of_key, id, &holdings.exposures)),
        commune_of_model: Arc::new(commune_of_model(&placement, holdings)),
        residential_areas: Arc::new(residential_areas(&commune_of_key, units)),
        reach_basis: next_serial(),
        origin_districts: Arc::new(OriginDistricts::new(&holdings.areas, &commune_of_key)),
        commune_of_incident,
        correspondences: Arc::new(correspondences),
        commune_of_key: Arc::new(commune_of_key),
        cube,
    }
}

/// The incidents of an edition: those of the previous snapshot with what changed, or all of them anew.
fn counted_incidents(id: EditionId, placement: &Placement<'_>, sources: &EditionSources<'_>) -> CountedIncidents {
    let EditionSources { holdings: _, units: _, placed, previous, rule_set } = *sources;
    let earlier = previous.and_then(|snapshot| snapshot.edition(id));
    if let (Some(change), Some(earlier)) = (&placed.change, earlier) {
        let MovedIncidents { lost, gained } = change;
        return CountedIncidents::changed(placement, earlier, &lost.incidents, &gained.incidents, &rule_set.taxonomy);
    }
    // A way leads here from each of the other editions.
    let budget_bytes = cube::PREFIX_SUM_BUDGET_BYTES / (placement.correspondences.len() + 1);
    CountedIncidents::of_all(placement, placed.incidents.base(), &rule_set.taxonomy, budget_bytes)
}

/// What models reach depends on boundaries, models and kinds alone; while these stay, so does the number that stands for
/// them.
fn unchanged_reach_basis(
    edition_data: &EditionData,
    holdings: &Holdings,
    rule_set: &RuleSet,
    previous: Option<&Snapshot>,
) -> Option<u64> {
    let snapshot = previous?;
    let old = snapshot.edition(edition_data.entry.id)?;
    let same = Arc::ptr_eq(&old.shape, &edition_data.shape)
        && old.commune_of_model == edition_data.commune_of_model
        && **snapshot.models == *holdings.models
        && snapshot.rules.model_kinds == rule_set.rules.model_kinds;
    same.then_some(old.reach_basis)
}

/// The residential areas that could be placed.
fn residential_areas(commune_of_key: &BTreeMap<AreaKey, CommuneIndex>, units: &UnitRecords) -> Vec<ResidentialArea> {
    let placed =
        |(id, area): (&str, &AreaKey)| Some(ResidentialArea { id: id.to_owned(), commune: *commune_of_key.get(area)? });
    units.residential_areas().into_iter().filter_map(placed).collect()
}

/// The districts and provinces of all editions: those imported, and those that are drawn from their communes alone.
fn wider_areas(areas: &[Area], shapes: &Shapes) -> BTreeSet<AreaKey> {
    let imported = areas.iter().filter(|area| area.level != Level::Commune).map(|area| area.key.clone());
    let drawn = shapes.iter().flat_map(|(edition, shape)| {
        let levels = shape.levels.iter().filter(|level_data| level_data.level != Level::Commune);
        let codes = levels.flat_map(|level_data| level_data.areas.iter().map(|area| area.code.clone()));
        codes.map(|code| AreaKey { edition: *edition, code })
    });
    imported.chain(drawn).collect()
}

fn residents(
    communes: usize,
    commune_of_key: &BTreeMap<AreaKey, CommuneIndex>,
    id: EditionId,
    sources: &EditionSources<'_>,
) -> ResidentFigures {
    let EditionSources { holdings, units: _, placed: _, previous: _, rule_set } = *sources;
    let own = holdings.populations.iter().filter(|population| population.area.edition == id);
    let placed = own.filter_map(|population| {
        Some((
            *commune_of_key.get(&population.area)?,
            YearFigure { year: population.year, residents: population.residents },
        ))
    });
    ResidentFigures::new(communes, rule_set.rules.population.between_years, placed)
}

fn commune_of_model(placement: &Placement<'_>, holdings: &Holdings) -> IndexVec<ModelIndex, Option<CommuneIndex>> {
    let commune = |model: &CommunityModel| match (&model.position, &model.area) {
        (Some(at), _) => placement.locator.locate(at.lon(), at.lat()).map(CommuneIndex::new),
        (None, Some(key)) => placement.commune_of_key.get(key).copied(),
        (None, None) => None,
    };
    holdings.models.iter().map(commune).collect()
}

/// The days on which a model began or ended, sorted.
fn model_days(models: &[CommunityModel]) -> Vec<Day> {
    let dates = models.iter().flat_map(|model| [Some(model.started_on), model.ended_on]).flatten();
    let mut days: Vec<Day> = dates.map(Day::of_date).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn units(holdings: &mut Holdings) -> UnitRecords {
    UnitRecords::new(
        std::mem::take(&mut holdings.units),
        std::mem::take(&mut holdings.certifications),
        std::mem::take(&mut holdings.decisions),
        std::mem::take(&mut holdings.declarations),
        std::mem::take(&mut holdings.movement_grades),
    )
}

/// Brings the incidents into drawing order: first those that may ever be drawn as points.
fn points(
    incidents: IncidentColumns,
    rule_set: &RuleSet,
    surroundings: &BuildSurroundings<'_>,
) -> (OrderedIncidents, IncidentPoints) {
    let phase = surroundings.phase();
    let words = DrawnWords { taxonomy: &rule_set.taxonomy, rules: &rule_set.rules };
    let ordered = OrderedIncidents::new(incidents, |incidents, row| words.may_draw(incidents, row));
    let points = IncidentPoints::new(&ordered);
    let incidents = &ordered.incidents;
    tracing::info!(
        {
            incidents = incidents.len(),
            incidents.drawn = points.len(),
            columns.bytes = incidents.bytes(),
            points.bytes = points.bytes(),
            took_ms = phase.took_ms(),
        },
        "incidents were brought into drawing order",
    );
    (ordered, points)
}
