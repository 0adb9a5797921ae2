//! From the holdings of the store to a snapshot.
//!
//! In: holdings, the rule files, the snapshot before and what may be used of the surroundings. Out: a [`Snapshot`]
//! with placed records, counts and shapes; shapes that have not changed are taken over. Nothing is read from a store
//! or written to one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::Snapshot;
use super::build_surroundings::BuildSurroundings;
use super::correspondence::{self, Shapes};
use super::cube::{self, Cube, CubeRow};
use super::district_coverage::OriginDistricts;
use super::edition::{Correspondence, EditionData, EditionShape, ResidentialArea};
use super::exposures::ExposureFigures;
use super::incident_points::{IncidentPoints, RowOrder};
use super::placement::{Placed, Placement};
use super::residents::{ResidentFigures, YearFigure};
use super::shape;
use super::unit_records::UnitRecords;
use crate::domain::area::edition::EditionId;
use crate::domain::area::{Area, AreaKey, CommuneIndex, Level};
use crate::domain::holdings::{Holdings, IncidentColumns};
use crate::domain::incident::IncidentRow;
use crate::domain::incident::coverage::{DataCoverage, IncidentDays};
use crate::domain::index::IndexVec;
use crate::domain::model::{CommunityModel, ModelIndex};
use crate::domain::rules::rule_set::RuleSet;
use crate::domain::time::period::Day;

/// Numbers for snapshots and for what models reach, none given twice in one process.
static SERIALS: AtomicU64 = AtomicU64::new(0);

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
    let units = units(&mut holdings);
    let points = points(&mut holdings.incidents, rule_set, surroundings);
    let wider_areas = wider_areas(&holdings.areas, &shapes);
    let days = incident_days(&holdings.incidents);
    let coverage = DataCoverage::new(&holdings.coverage, days, rule_set.rules.trend.slack_days);
    let sources = EditionSources { holdings: &holdings, units: &units, wider_areas: &wider_areas, rule_set };
    let edition_data = |(id, shape): (&EditionId, &Arc<EditionShape>)| {
        let known = previous.and_then(|snapshot| snapshot.edition(*id));
        let correspondences = correspondence::built(*id, shape, &shapes, known);
        let mut edition_data = edition_data(*id, shape, correspondences, &sources);
        if let Some(basis) = unchanged_reach_basis(&edition_data, &holdings, rule_set, previous) {
            edition_data.reach_basis = basis;
        }
        edition_data
    };
    let editions = shapes.iter().map(edition_data).collect();
    Ok(Snapshot {
        data_id: holdings.data_id,
        commit_id: holdings.commit_id,
        rule_set_hash: rule_set.hash(),
        epoch: holdings.epoch,
        content: holdings.content,
        open_change: holdings.open_change,
        sample_datasets: holdings.sample_datasets,
        taxonomy: Arc::clone(&rule_set.taxonomy),
        rules: Arc::clone(&rule_set.rules),
        schemes: Arc::clone(&rule_set.schemes),
        peers: Arc::clone(&rule_set.peers),
        editions,
        points,
        days,
        coverage,
        incidents: holdings.incidents,
        model_days: model_days(&holdings.models),
        models: holdings.models.into(),
        serial: next_serial(),
        circulars: Arc::clone(&rule_set.circulars),
        units,
        model_events: holdings.model_events,
        releases: holdings.releases,
    })
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
    wider_areas: &'a BTreeSet<AreaKey>,
    rule_set: &'a RuleSet,
}

fn edition_data(
    id: EditionId,
    shape: &Arc<EditionShape>,
    correspondences: Vec<Correspondence>,
    sources: &EditionSources<'_>,
) -> EditionData {
    let EditionSources { holdings, units, wider_areas, rule_set } = *sources;
    let communes = shape.communes().len();
    let commune_of_key = correspondence::commune_of_key(id, shape, &correspondences);
    let placement = Placement {
        locator: &shape.locator,
        communes,
        commune_of_key: &commune_of_key,
        correspondences: &correspondences,
        wider_areas,
    };
    let places = placement.of_incidents(&holdings.incidents, &rule_set.taxonomy);
    let events = placement.events(&holdings.incidents, &places);
    // A way leads here from each of the other editions.
    let budget_bytes = cube::PREFIX_SUM_BUDGET_BYTES / (correspondences.len() + 1);
    EditionData {
        entry: rule_set.catalogue.entry(id),
        shape: Arc::clone(shape),
        residents: residents(communes, &commune_of_key, id, sources),
        exposures: ExposureFigures::new(communes, &commune_of_key, id, &holdings.exposures),
        commune_of_model: commune_of_model(&placement, holdings),
        residential_areas: residential_areas(&commune_of_key, units),
        reach_basis: next_serial(),
        origin_districts: OriginDistricts::new(&holdings.areas, &commune_of_key),
        commune_of_incident: places.par_iter().copied().map(commune_number).collect::<Vec<u16>>().into(),
        correspondences,
        commune_of_key,
        cube: Cube::new(CubeRow::count(communes), rule_set.taxonomy.categories.len(), &events, budget_bytes),
    }
}

fn next_serial() -> u64 {
    SERIALS.fetch_add(1, Ordering::Relaxed)
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
        && *snapshot.models == *holdings.models
        && snapshot.rules.model_kinds == rule_set.rules.model_kinds;
    same.then_some(old.reach_basis)
}

/// The residential areas that could be placed.
fn residential_areas(commune_of_key: &BTreeMap<AreaKey, CommuneIndex>, units: &UnitRecords) -> Vec<ResidentialArea> {
    let placed =
        |(id, area): (&str, &AreaKey)| Some(ResidentialArea { id: id.to_owned(), commune: *commune_of_key.get(area)? });
    units.residential_areas().into_iter().filter_map(placed).collect()
}

fn commune_number(place: Placed) -> u16 {
    place.commune().map_or(u16::MAX, |commune| commune.index() as u16)
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
    let EditionSources { holdings, units: _, wider_areas: _, rule_set } = *sources;
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

/// Brings the incidents into drawing order: first those that may ever be drawn as points, which are counted, have a
/// location and are not sensitive.
fn points(incidents: &mut IncidentColumns, rule_set: &RuleSet, surroundings: &BuildSurroundings<'_>) -> IncidentPoints {
    let (taxonomy, disclosure) = (&rule_set.taxonomy, &rule_set.rules.disclosure);
    let is_hidden = |row: IncidentRow| {
        taxonomy.category_entry(incidents.category(row)).is_none_or(|category| {
            category.sensitive || category.unmapped || disclosure.never_below_district.contains(&category.id)
        })
    };
    let phase = surroundings.phase();
    let order = RowOrder::new(incidents, |row| taxonomy.is_counted(incidents.status(row)) && !is_hidden(row));
    if !order.is_kept() {
        *incidents = std::mem::take(incidents).permuted(&order.rows);
    }
    let points = IncidentPoints::new(incidents, &order.keys);
    tracing::info!(
        {
            incidents = incidents.len(),
            incidents.drawn = points.rows().len(),
            columns.bytes = incidents.bytes(),
            points.bytes = points.bytes(),
            took_ms = phase.took_ms(),
        },
        "incidents were brought into drawing order",
    );
    points
}

/// The days of the first and the last incident.
fn incident_days(incidents: &IncidentColumns) -> Option<IncidentDays> {
    let moments = || incidents.par_rows().map(|row| incidents.unix_seconds(row));
    let days = |(first, last)| IncidentDays { first: Day::of_unix_seconds(first), last: Day::of_unix_seconds(last) };
    moments().min().zip(moments().max()).map(days)
}
