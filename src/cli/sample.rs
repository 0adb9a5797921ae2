//! The embedded sample: the official register it carries, and filling a new store with it.

use super::data_folder::LoadedRules;
use crate::config::SAMPLE;
use crate::domain::area::edition::EditionId;
use crate::domain::area::{Area, AreaKey, Level};
use crate::domain::incident::coverage::{CoverageScope, DeclaredCoverage, DeclaredDaysError};
use crate::domain::time::period::Day;
use crate::ingest::boundaries::{
    Attributes, Boundaries, BoundaryContext, BoundaryOptions, OnFault, Weight, boundaries,
};
use crate::ingest::{
    Certifications, ColumnIndex, Decisions, Declarations, Incidents, IngestError, Institutions, KnownAreas, Lineage,
    Mapping, ModelEvents, Models, MovementGrades, NaiveZone, Populations, ReadError, Record, RecordBatches,
    RegisteredUnits, Reject, ResidentialAreas, RowKind, RowSource, UnitRows,
};
use crate::store::{EarlierDeclarations, Replacement, SourceKind, Store, StoreError, WriteOutcome};

/// The file that says which days the incidents cover.
const COVERS: &str = "covers.txt";

/// The codes and names of the communes of every edition that the sample draws.
///
/// # Errors
/// When an embedded file cannot be read, which a test rules out.
pub fn register() -> Result<Vec<Area>, ReadError> {
    let mut register = Vec::new();
    for edition in editions() {
        let Some(source) = source(&format!("{edition}/communes.geojson")) else { continue };
        let mut reader = source.records()?;
        let mut record = Record::default();
        while reader.read(&mut record)? {
            let column = |name: &str| reader.columns().iter().position(|column| column == name).map(ColumnIndex::new);
            let text = |name: &str| record.text(column(name)?);
            let Some((code, name)) = text("code").and_then(|code| code.parse().ok()).zip(text("name")) else {
                continue;
            };
            register.push(Area {
                key: AreaKey { edition, code },
                level: Level::Commune,
                name: name.to_owned(),
                parent: text("parent").and_then(|parent| parent.parse().ok()),
                boundary: None,
            });
        }
    }
    Ok(register)
}

/// The editions that the sample draws.
fn editions() -> Vec<EditionId> {
    let mut editions: Vec<EditionId> =
        SAMPLE.dirs().filter_map(|folder| folder.path().to_str()?.parse().ok()).collect();
    editions.sort_unstable();
    editions
}

/// A file of the sample.
fn source(path: &str) -> Option<RowSource> {
    let file = SAMPLE.get_file(path)?;
    Some(RowSource::memory(&format!("geodata/sample/{path}"), file.contents()))
}

/// What filling a store with the sample gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SampleCounts {
    /// Areas of every edition and level.
    pub areas: u64,
    /// Incidents.
    pub incidents: u64,
    /// Community models.
    pub models: u64,
    /// Certifications.
    pub certifications: u64,
    /// Residential areas and institutions on the register.
    pub units: u64,
    /// Official decisions.
    pub decisions: u64,
    /// Declarations about criteria.
    pub declarations: u64,
    /// The movement's grades.
    pub movement_grades: u64,
    /// Populations.
    pub populations: u64,
}

/// Why the sample could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file cannot be used.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// A row or an area is refused.
    #[error("{file}: {what}")]
    Refused {
        /// The file.
        file: String,
        /// What is refused.
        what: String,
    },
}

/// Fills a store with the sample, by the same way as every import, and marks the parts as sample.
///
/// # Errors
/// When the store cannot be written; or when the sample is refused, which a test rules out.
pub async fn fill(store: &Store, loaded_rules: &LoadedRules) -> Result<SampleCounts, SampleError> {
    store.begin_sample().await?;
    let mut filled = SampleCounts::default();
    for edition in editions() {
        filled.areas += fill_edition(store, loaded_rules, edition).await?;
    }
    let loaded = store.areas_without_boundaries().await?;
    let areas = &KnownAreas::new(&loaded, &[]).with_provinces(&loaded_rules.editions);
    let (rules, edition, now_s) = (&loaded_rules.rules, None, jiff::Timestamp::now().as_second());
    let (register, today) = (&RegisteredUnits::default(), Day::of_unix_seconds(now_s).date());
    let rows = UnitRows { rules, areas, edition, register, today };
    let populations = records("population.csv", &Populations { areas, edition })?;
    filled.populations = imported(store.import(&populations, SourceKind::Sample).await?);
    let zone = NaiveZone::Local;
    let incidents = Incidents { taxonomy: &loaded_rules.taxonomy, areas, zone, edition, now_s, severity_from: None };
    let incidents = records("incidents.csv", &incidents)?;
    filled.incidents = imported(store.import(&incidents, SourceKind::Sample).await?);
    store.declare_coverage(&coverage()?, EarlierDeclarations::Replaced, SourceKind::Sample).await?;
    filled.models = fill_models(store, rows).await?;
    let certifications = records("certifications.csv", &Certifications(rows))?;
    filled.certifications = imported(store.import(&certifications, SourceKind::Sample).await?);
    fill_units(store, loaded_rules, rows, &mut filled).await?;
    store.finish_sample().await?;
    Ok(filled)
}

/// Which days the incidents of the sample cover.
fn coverage() -> Result<Vec<DeclaredCoverage>, SampleError> {
    let Some(file) = SAMPLE.get_file(COVERS) else { return Ok(Vec::new()) };
    let text = file.contents_utf8().unwrap_or_default().lines().find(|line| !line.starts_with('#')).unwrap_or_default();
    let days = text.trim().parse().map_err(|error: DeclaredDaysError| SampleError::Refused {
        file: format!("geodata/sample/{COVERS}"),
        what: error.to_string(),
    })?;
    Ok(vec![DeclaredCoverage { scope: CoverageScope::Everything, days }])
}

/// The register, decisions, declarations and grades.
async fn fill_units(
    store: &Store,
    loaded_rules: &LoadedRules,
    rows: UnitRows<'_>,
    filled: &mut SampleCounts,
) -> Result<(), SampleError> {
    let mut units = records("residential_areas.csv", &ResidentialAreas(rows))?;
    units.extend(records("institutions.csv", &Institutions(rows))?);
    filled.units = imported(store.import(&units, SourceKind::Sample).await?);
    let decisions = records("decisions.csv", &Decisions(rows))?;
    filled.decisions = imported(store.import(&decisions, SourceKind::Sample).await?);
    let declarations = records("declarations.csv", &Declarations { rows, circulars: &loaded_rules.circulars })?;
    filled.declarations = imported(store.import(&declarations, SourceKind::Sample).await?);
    let grades = records("movement_grades.csv", &MovementGrades(rows))?;
    filled.movement_grades = imported(store.import(&grades, SourceKind::Sample).await?);
    Ok(())
}

/// The models and what happened to them; gives how many models there are.
async fn fill_models(store: &Store, rows: UnitRows<'_>) -> Result<u64, SampleError> {
    let UnitRows { rules, areas, edition, today, register: _ } = rows;
    let unchecked = Models { rules, areas, edition, lineage: &Lineage::default(), today };
    let lineage = Lineage::new(&[], &records("models.csv", &unchecked)?);
    let mut models = records("models.csv", &Models { lineage: &lineage, ..unchecked })?;
    let count = imported(store.import(&models, SourceKind::Sample).await?);
    models.sort_by(|a, b| a.id.cmp(&b.id));
    let events = records("model-events.csv", &ModelEvents { models: &models, today })?;
    store.import(&events, SourceKind::Sample).await?;
    Ok(count)
}

fn imported(outcome: WriteOutcome) -> u64 {
    outcome.inserted + outcome.updated + outcome.unchanged
}

async fn fill_edition(store: &Store, loaded_rules: &LoadedRules, edition: EditionId) -> Result<u64, SampleError> {
    let mut areas = 0;
    for (level, file) in [(Level::District, "districts.csv"), (Level::Commune, "communes.geojson")] {
        let Some(source) = source(&format!("{edition}/{file}")) else { continue };
        let loaded: Vec<Area> = store.areas_without_boundaries().await?;
        let loaded: Vec<Area> = loaded.into_iter().filter(|area| area.key.edition == edition).collect();
        let options = BoundaryOptions {
            edition,
            level,
            attributes: Attributes::default(),
            population_year: None,
            filters: Vec::new(),
            dissolve_by: None,
            on_fault: OnFault::Stop,
            clean: None,
        };
        let context = BoundaryContext {
            entry: &loaded_rules.editions.entry(edition),
            loaded: &loaded,
            register: None,
            registers: &[],
        };
        let boundaries = boundaries(&source, &options, &context)?;
        if let Some(remark) = boundaries.report.remarks.iter().find(|remark| remark.weight == Weight::Error) {
            return Err(SampleError::Refused { file: source.name().to_owned(), what: remark.to_string() });
        }
        let Boundaries { areas: new, .. } = &boundaries;
        let new = Replacement { edition, level, areas: new, districts: &[], populations: &[] };
        areas += imported(store.replace_areas(&new, SourceKind::Sample).await?.areas);
    }
    Ok(areas)
}

/// Every row of a file of the sample; a row that is refused is a fault of the sample.
fn records<K: RowKind>(path: &str, kind: &K) -> Result<Vec<K::Output>, SampleError> {
    let Some(source) = source(path) else { return Ok(Vec::new()) };
    let mapping = Mapping::default();
    let mut intake = RecordBatches::open(&source, &mapping, kind)?;
    let rows = intake.rows() as usize;
    let Some(batch) = intake.next_batch(rows)? else { return Ok(Vec::new()) };
    match batch.rejects.first() {
        None => Ok(batch.records),
        Some(Reject { line, field, reason, .. }) => Err(SampleError::Refused {
            file: source.name().to_owned(),
            what: format!("line {line}, {field}: {reason}"),
        }),
    }
}
