//! `binhyen import boundaries`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use tokio::runtime::{Builder, Runtime};

use super::registers;
use super::writing_args::{EncodingOption, crs_text};
use crate::cli::data_folder::{DataFolder, DataOption};
use crate::cli::exit::{CommandResult, UNUSABLE};
use crate::cli::output;
use crate::cli::output::OutputFormat;
use crate::domain::area::edition::EditionId;
use crate::domain::area::{Area, AreaKey, Level};
use crate::domain::holdings::Dataset;
use crate::domain::import_record::{ImportContents, ImportRecord, ImportedRows};
use crate::domain::text::Names;
use crate::ingest::boundaries::{
    Attributes, Boundaries, BoundaryContext, BoundaryOptions, BoundaryReport, CleanWidth, ImportMessage, NestingRow,
    OnFault, boundaries,
};
use crate::ingest::{Encoding, GivenCrs, PartOfMore, RowSource};
use crate::store::{ReplaceOutcome, Replacement, Store, StoreError};
use crate::texts::text;

const HELP: &str = "\
Each area needs a code, a name and an outline, Polygon or MultiPolygon, in degrees, longitude first, or in the reference
system that the file declares or --crs names (VN-2000, UTM, Web Mercator); a table without outlines makes districts and
provinces known. What a file is, is told by its content and not by its name.
Without --code, --name and --parent these attributes are tried, by level:
  commune: code as code, ward_code, commune_code, ma_xa; name as name, ward_name, commune_name, ten_xa; its district,
    where the file has one, as parent, district_code, ma_huyen
  district: code as code, district_code, ma_huyen; name as name, district_name, ten_huyen
  province: code as code, province_code, ma_tinh; name as name, province_name, ten_tinh
A feature's own id can be named @id, as in --code @id. Residents are taken with --population alone.
With --dissolve-by, features of one value become one area: several codes among them stop the import; of names and districts
the first is taken, with a remark; residents that differ are added up, those that are all the same are taken once.
Exit code 0 when the boundaries were stored, 2 when nothing was.

Examples:
  binhyen import boundaries huyen.geojson --edition 2020-02 --level district
  binhyen import boundaries xa.geojson --edition 2020-02 --code ward_code --name ward_name \\
    --parent district_code --parent-name district_name --population population_2019
  binhyen import boundaries xa.geojson --edition 2025-01 --clean 5
  binhyen import boundaries da-nang.geojson --edition 2025-07 --where \"origin=Quảng Nam\"
  binhyen import boundaries xa.shp --edition 2020-02 --encoding tcvn3        (its .dbf, .prj and .cpg beside it)
  binhyen import boundaries xa.shp --edition 2020-02 --crs EPSG:5899         (VN-2000 without a .prj)
  binhyen import boundaries ranh-gioi.zip --edition 2020-02 --layer xa       (Shapefiles in a ZIP file)
  binhyen import boundaries ranh-gioi.gpkg --edition 2020-02 --level district --layer huyen
  binhyen import boundaries thon.gpkg --edition 2025-07 --dissolve-by ma_xa --code ma_xa --name ten_xa
  binhyen import boundaries xa.fgb --edition 2025-07                         (FlatGeobuf)
  binhyen import boundaries xa.parquet --edition 2025-07                     (GeoParquet)
  binhyen import boundaries xa.kmz --edition 2025-07 --code ma_xa            (Google Earth; --layer names a folder)
  binhyen import boundaries tinh.topojson --edition 2025-07 --layer xa
  binhyen import boundaries xa.geojsonl.gz --edition 2025-07                 (a feature a line; gzip of any format)
  binhyen import boundaries xa.csv --edition 2025-07                         (outlines as WKT in a column wkt or geom)";

/// Remarks of one kind that are printed.
const LISTED_PER_KIND: usize = 3;

/// What a file of boundaries is and how it is read.
#[derive(Debug, Args)]
pub(in crate::cli) struct FileArgs {
    /// The file: GeoJSON, Shapefile, GeoPackage, FlatGeobuf, KML, TopoJSON, Parquet, CSV with WKT, also packed (.gz, .zip).
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// The edition, named by the month from which it is in force.
    #[arg(long, value_name = "YYYY-MM")]
    pub(in crate::cli) edition: EditionId,
    /// The level of the areas.
    #[arg(long, value_name = "commune|district|province", default_value_t = Level::Commune)]
    pub(in crate::cli) level: Level,
    /// The attribute of the official code.
    #[arg(long, value_name = "ATTRIBUTE")]
    code: Option<String>,
    /// The attribute of the name.
    #[arg(long, value_name = "ATTRIBUTE")]
    name: Option<String>,
    /// The attribute of the district's code.
    #[arg(long, value_name = "ATTRIBUTE")]
    parent: Option<String>,
    /// The attribute of the district's name; districts that are not there yet are made.
    #[arg(long, value_name = "ATTRIBUTE")]
    parent_name: Option<String>,
    /// The attribute of the number of residents.
    #[arg(long, value_name = "ATTRIBUTE")]
    population: Option<String>,
    /// The year of the residents; without it the year in the attribute's name, or that of the edition.
    #[arg(long, value_name = "YEAR", requires = "population", value_parser = clap::value_parser!(i16).range(1900..=2100))]
    population_year: Option<i16>,
    /// The layer of a file with several; the list of them is printed when it is needed and not given.
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// Take only features with this value; may be given several times.
    #[arg(long = "where", value_name = "ATTRIBUTE=VALUE", value_parser = filter)]
    filters: Vec<(String, String)>,
    /// Unite the features that have the same value here; where their names differ, that of the first one is taken.
    #[arg(long, value_name = "ATTRIBUTE")]
    dissolve_by: Option<String>,
    /// Mend what can be mended instead of stopping.
    #[arg(long)]
    repair: bool,
    /// Give overlaps and gaps up to this width in metres to one neighbour each: the one with the longer border along it,
    /// of equal ones that with the lower code.
    #[arg(long, value_name = "WIDTH_M")]
    clean: Option<CleanWidth>,
    /// How the bytes of the file are to be read: utf-8, windows-1258, tcvn3, vni, utf-16le, utf-16be, utf-8-twice;
    /// without it, as the file says, or utf-8.
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<EncodingOption>,
    /// Take a file although it says that it is a part of something longer.
    #[arg(long)]
    partial: bool,
    /// The reference system of the coordinates, such as EPSG:5899; without it, what the file declares, or degrees of WGS 84.
    #[arg(long, value_name = "SYSTEM")]
    crs: Option<GivenCrs>,
}

/// How many areas that are missing from a file are named.
const NAMED_MISSING: usize = 5;

/// The arguments of `import boundaries`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(in crate::cli) struct BoundariesArgs {
    #[command(flatten)]
    file: FileArgs,
    #[command(flatten)]
    data: DataOption,
    /// Take a file that lacks areas of the loaded edition, which then go.
    #[arg(long)]
    remove_missing: bool,
    /// Check everything, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

fn filter(text: &str) -> Result<(String, String), String> {
    let (attribute, value) = text.split_once('=').ok_or("write ATTRIBUTE=VALUE")?;
    Ok((attribute.to_owned(), value.to_owned()))
}

impl FileArgs {
    /// The arguments of a check.
    pub(in crate::cli) fn for_check(file: &Path, edition: EditionId, level: Level, crs: Option<GivenCrs>) -> Self {
        Self {
            file: file.to_owned(),
            edition,
            level,
            code: None,
            name: None,
            parent: None,
            parent_name: None,
            population: None,
            population_year: None,
            layer: None,
            filters: Vec::new(),
            dissolve_by: None,
            repair: false,
            clean: None,
            encoding: None,
            partial: false,
            crs,
        }
    }

    fn options(&self) -> BoundaryOptions {
        BoundaryOptions {
            edition: self.edition,
            level: self.level,
            attributes: Attributes {
                code: self.code.clone(),
                name: self.name.clone(),
                parent: self.parent.clone(),
                parent_name: self.parent_name.clone(),
                population: self.population.clone(),
            },
            population_year: self.population_year,
            filters: self.filters.clone(),
            dissolve_by: self.dissolve_by.clone(),
            on_fault: if self.repair { OnFault::Repair } else { OnFault::Stop },
            clean: self.clean,
        }
    }

    /// Reads and checks the file against what is loaded.
    pub(in crate::cli) fn read(
        &self,
        folder: &DataFolder,
        loaded: &[Area],
    ) -> Result<Boundaries, Box<dyn std::error::Error>> {
        let of_edition = |areas: &[Area]| -> Vec<Area> {
            areas.iter().filter(|area| area.key.edition == self.edition).cloned().collect()
        };
        let entry = folder.loaded_rules.editions.entry(self.edition);
        let registers = registers::registers()?;
        let register = registers::of_entry(&registers, &entry);
        let loaded = of_edition(loaded);
        let context =
            BoundaryContext { entry: &entry, loaded: &loaded, register: register.as_ref(), registers: &registers };
        let on_part = if self.partial { PartOfMore::Taken } else { PartOfMore::Refused };
        let source = RowSource::file(&self.file).with_encoding(self.encoding.map(Encoding::from)).with_part(on_part);
        let source = source.with_crs(self.crs).with_layer(self.layer.clone());
        Ok(boundaries(&source, &self.options(), &context)?)
    }
}

/// Runs `import boundaries`.
pub(in crate::cli) fn run(args: &BoundariesArgs) -> CommandResult {
    let folder = DataFolder::new(&args.data.folder)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let store = if args.dry_run { existing(&runtime, &folder)? } else { Some(opened(&runtime, &folder)?) };
    let loaded = store.as_ref().map_or(Ok(Vec::new()), |store| runtime.block_on(store.areas()))?;
    let boundaries = args.file.read(&folder, &loaded)?;
    if let Some(store) = store.as_ref().filter(|_| !args.remove_missing && !boundaries.report.stops()) {
        runtime.block_on(nothing_missing(store, &boundaries, &loaded))?;
    }
    let store = store.filter(|_| !args.dry_run && !boundaries.report.stops());
    let record = || record(&args.file.file, &boundaries.report);
    let replaced = store.as_ref().map(|store| runtime.block_on(replaced(store, &boundaries, record()))).transpose()?;
    print_report(&boundaries, replaced.as_ref(), args.format)?;
    if let Some(store) = store {
        runtime.block_on(store.close());
    }
    Ok(if boundaries.report.stops() { ExitCode::from(UNUSABLE) } else { ExitCode::SUCCESS })
}

/// Why a file does not replace what is loaded.
#[derive(Debug, thiserror::Error)]
#[error(
    "{missing} of the {loaded} loaded areas of edition {edition} are not in the file ({names}); \
     give --remove-missing to take the edition without them"
)]
struct MissingAreas {
    edition: EditionId,
    loaded: usize,
    missing: usize,
    names: String,
}

/// A part of an edition never silently replaces the whole; only the sample is replaced.
async fn nothing_missing(store: &Store, new: &Boundaries, loaded: &[Area]) -> Result<(), Box<dyn std::error::Error>> {
    let edition = new.report.edition;
    if store.sample_datasets().await?.contains(&Dataset::Boundaries(edition)) {
        return Ok(());
    }
    let same_level = |area: &&Area| area.key.edition == edition && area.level == new.report.level;
    let codes: BTreeSet<&AreaKey> = new.areas.iter().map(|area| &area.key).collect();
    let missing: Vec<&Area> = loaded.iter().filter(same_level).filter(|area| !codes.contains(&area.key)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let named = missing.iter().take(NAMED_MISSING).map(|area| format!("{} {}", area.key.code, area.name));
    let mut names = named.collect::<Vec<_>>().join("; ");
    if missing.len() > NAMED_MISSING {
        names.push_str("; …");
    }
    let loaded = loaded.iter().filter(same_level).count();
    Err(Box::new(MissingAreas { edition, loaded, missing: missing.len(), names }))
}

fn opened(runtime: &Runtime, folder: &DataFolder) -> Result<Store, StoreError> {
    runtime.block_on(Store::open(&folder.path, &folder.loaded_rules.taxonomy))
}

/// The store of a folder, or none when it has none.
pub(in crate::cli) fn existing(runtime: &Runtime, folder: &DataFolder) -> Result<Option<Store>, StoreError> {
    match runtime.block_on(Store::open_existing(&folder.path, &folder.loaded_rules.taxonomy)) {
        Err(StoreError::Missing { .. }) => Ok(None),
        store => store.map(Some),
    }
}

/// What is kept of the import for the operator; the store adds what became of the areas.
fn record(file: &Path, report: &BoundaryReport) -> ImportRecord {
    let contents = ImportContents {
        edition: Some(report.edition),
        level: Some(report.level),
        rows: ImportedRows { read: report.areas as u64, ..ImportedRows::default() },
        remarks: report.remarks.iter().map(ToString::to_string).collect(),
        ..ImportContents::default()
    };
    ImportRecord::new(Timestamp::now().as_second(), "boundaries", &file.display().to_string(), contents)
}

async fn replaced(store: &Store, new: &Boundaries, record: ImportRecord) -> Result<ReplaceOutcome, StoreError> {
    let replacement = Replacement {
        edition: new.report.edition,
        level: new.report.level,
        areas: &new.areas,
        districts: &new.districts,
        populations: &new.populations,
    };
    store.replace_areas_recorded(&replacement, record).await
}

#[derive(Serialize)]
struct BoundariesReport<'a> {
    #[serde(flatten)]
    report: &'a BoundaryReport,
    districts: usize,
    populations: usize,
    stored: bool,
    inserted: u64,
    updated: u64,
    unchanged: u64,
    removed: u64,
    sample_removed: u64,
    epoch: Option<u64>,
}

/// Prints the report.
pub(in crate::cli) fn print_report(
    new: &Boundaries,
    replaced: Option<&ReplaceOutcome>,
    format: OutputFormat,
) -> Result<(), serde_json::Error> {
    let done = replaced.copied().unwrap_or_default();
    if format == OutputFormat::Json {
        return output::json(&BoundariesReport {
            report: &new.report,
            districts: new.districts.len(),
            populations: new.populations.len(),
            stored: replaced.is_some(),
            inserted: done.areas.inserted,
            updated: done.areas.updated,
            unchanged: done.areas.unchanged,
            removed: done.gone,
            sample_removed: done.areas.sample_removed + done.populations.sample_removed,
            epoch: replaced.map(|done| done.epoch),
        });
    }
    print_findings(&new.report);
    if let Some(year) = new.report.population_year {
        let sum: u64 = new.populations.iter().map(|population| u64::from(population.residents)).sum();
        output::say(&text!(
            "import-residents",
            areas = new.populations.len().to_string(),
            residents = sum.to_string(),
            year = year.to_string(),
        ));
    }
    for attribute in &new.report.population_ignored {
        output::say(&text!("import-residents-ignored", quoted = format!("{attribute:?}"), attribute = attribute));
    }
    if !new.districts.is_empty() {
        output::say(&text!("import-districts-named", count = new.districts.len().to_string()));
    }
    match replaced {
        Some(done) => print_stored(done),
        None => output::say(&why_unstored(&new.report)),
    }
    Ok(())
}

fn why_unstored(report: &BoundaryReport) -> Names {
    if !report.stops() {
        return text!("import-nothing-written");
    }
    let errors = report.errors().to_string();
    if report.repaired {
        text!("import-boundary-errors", errors = errors)
    } else {
        text!("import-boundary-errors-repair", errors = errors)
    }
}

fn print_findings(report: &BoundaryReport) {
    let BoundaryReport { edition, level, areas, total_km2, features_read, features_filtered, vertices, .. } = report;
    output::say(&text!(
        "import-boundaries",
        edition = edition.to_string(),
        level = level_name(*level),
        areas = areas.to_string(),
        km2 = format!("{total_km2:.3}"),
    ));
    if let Some(said) = report.crs.as_ref().and_then(crs_text) {
        output::say(&said);
    }
    output::say(&text!("import-features", read = features_read.to_string(), filtered = features_filtered.to_string(),));
    output::say(&text!(
        "import-vertices",
        read = vertices.read.to_string(),
        closed = vertices.closed.to_string(),
        repaired = format!("{:+}", vertices.repaired),
        stored = vertices.stored.to_string(),
        repeated = vertices.left_out_of_coverage.to_string(),
        accounted = if vertices.accounted_for {
            text!("import-vertices-accounted")
        } else {
            text!("import-vertices-unaccounted")
        },
    ));
    print_remarks(&report.remarks);
    print_nesting(&report.nesting);
}

/// The table of districts against their communes.
pub(in crate::cli) fn print_nesting(rows: &[NestingRow]) {
    if rows.is_empty() {
        return;
    }
    output::say(&text!("import-nesting"));
    for NestingRow { code, name, communes, km2, outside_km2, uncovered_km2 } in rows {
        output::say_below(&text!(
            "import-nesting-row",
            code = code.to_string(),
            name = name,
            communes = communes.to_string(),
            km2 = format!("{km2:.3}"),
            outside = format!("{outside_km2:.3}"),
            uncovered = format!("{uncovered_km2:.3}"),
        ));
    }
}

fn level_name(level: Level) -> Names {
    match level {
        Level::Commune => text!("import-level-commune"),
        Level::District => text!("import-level-district"),
        Level::Province => text!("import-level-province"),
    }
}

/// The first remarks of each kind; JSON has them all.
fn print_remarks(remarks: &[ImportMessage]) {
    for alike in remarks.chunk_by(|a, b| (a.weight, a.kind) == (b.weight, b.kind)) {
        for remark in alike.iter().take(LISTED_PER_KIND) {
            output::line(&remark.to_string());
        }
        let rest = alike.get(LISTED_PER_KIND..).unwrap_or_default();
        if rest.is_empty() {
            continue;
        }
        let count: usize = rest.iter().map(|remark| remark.count).sum();
        let km2: Vec<f64> = rest.iter().filter_map(|remark| remark.area_km2).collect();
        let ground = if km2.is_empty() { String::new() } else { format!(", {:.6} km²", km2.iter().sum::<f64>()) };
        output::say_below(&text!(
            "import-more-remarks",
            more = rest.len().to_string(),
            count = count.to_string(),
            ground = ground,
        ));
    }
}

fn print_stored(done: &ReplaceOutcome) {
    let ReplaceOutcome { areas, gone, .. } = done;
    output::say(&text!(
        "import-stored",
        new = areas.inserted.to_string(),
        changed = areas.updated.to_string(),
        unchanged = areas.unchanged.to_string(),
        removed = gone.to_string(),
        epoch = done.epoch.to_string(),
    ));
    let sample = areas.sample_removed + done.populations.sample_removed;
    if sample > 0 {
        output::say(&text!("import-sample-replaced", rows = sample.to_string()));
    }
}
