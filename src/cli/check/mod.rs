//! `binhyen check`: a file before it is imported, or the store of a data folder.

pub(super) mod disclosure;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use geojson::GeometryValue;
use jiff::Timestamp;
use serde::Serialize;
use tokio::runtime::Builder;

use super::data_folder::{DataFolder, DataOption};
use super::exit::{CommandResult, REJECTED};
use super::import::boundaries::{FileArgs, existing, print_nesting, print_report};
use super::import::covers::CoversArgs;
use super::import::rows;
use super::import::rows_args::RowsArgs;
use super::output::{self, OutputFormat};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{Area, Level};
use crate::domain::time::period::Day;
use crate::ingest::boundaries::{NestingRow, nesting_rows};
use crate::ingest::{GivenCrs, NaiveZone, ReadError, Record, RowSource};
use crate::store::{CopyCheck, Integrity, Store};
use crate::texts::text;
use disclosure::DisclosureArgs;

/// The arguments of `check`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  binhyen check /var/lib/binhyen\n  binhyen check /var/lib/binhyen --accept-rows\n  \
                        binhyen check xa.geojson --edition 2020-02\n  binhyen check vu-viec.csv\n  \
                        binhyen check disclosure --data /var/lib/binhyen"
)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct CheckArgs {
    #[command(subcommand)]
    what: Option<Check>,
    /// A data folder (its store is checked), a file of boundaries, or a file of incidents.
    #[arg(value_name = "FILE|DIR", required = true)]
    path: Option<PathBuf>,
    #[command(flatten)]
    data: DataOption,
    /// What the file holds; guessed from its first feature when not given.
    #[arg(long = "as", value_enum, value_name = "KIND")]
    kind: Option<Kind>,
    /// The edition of the boundaries; that of today when not given.
    #[arg(long, value_name = "YYYY-MM")]
    edition: Option<EditionId>,
    /// The level of the boundaries.
    #[arg(long, value_name = "commune|district|province", default_value_t = Level::Commune)]
    level: Level,
    /// The reference system of the coordinates, such as EPSG:5899; without it, what the file declares, or degrees of WGS 84.
    #[arg(long, value_name = "SYSTEM")]
    crs: Option<GivenCrs>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
    /// Take the rows of a store as they are, though another program altered them: the digests by which that was found
    /// are made anew.
    #[arg(long)]
    accept_rows: bool,
}

#[derive(Debug, Subcommand)]
enum Check {
    /// Try to work out hidden counts from everything that is published.
    Disclosure(DisclosureArgs),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Boundaries,
    Incidents,
}

/// Runs `check`: exit code 0 when nothing is wrong, 1 when something is.
pub(super) fn run(args: &CheckArgs) -> CommandResult {
    let path = match (&args.what, &args.path) {
        (Some(Check::Disclosure(args)), _) => return disclosure::run(args),
        (None, Some(path)) => path,
        (None, None) => return Err("name a file, a folder, or `disclosure`".into()),
    };
    if path.is_dir() {
        return check_store(path, args);
    }
    let kind = match args.kind {
        Some(kind) => kind,
        None => kind_of(path, args.crs)?,
    };
    match kind {
        Kind::Boundaries => check_boundaries(args, path),
        Kind::Incidents => {
            let rows = RowsArgs::for_check(path, &args.data, args.edition, args.crs, args.format);
            rows::incidents(&rows, NaiveZone::Local, None, &CoversArgs::default())
        }
    }
}

/// Boundaries when the first row has the outline of an area.
fn kind_of(path: &Path, crs: Option<GivenCrs>) -> Result<Kind, ReadError> {
    let mut record = Record::default();
    let has_outline = RowSource::file(path).with_crs(crs).records()?.read(&mut record)?
        && record.geometry.is_some_and(|geometry| {
            matches!(
                geometry.value,
                GeometryValue::Polygon { .. }
                    | GeometryValue::MultiPolygon { .. }
                    | GeometryValue::GeometryCollection { .. }
            )
        });
    Ok(if has_outline { Kind::Boundaries } else { Kind::Incidents })
}

fn check_boundaries(args: &CheckArgs, path: &Path) -> CommandResult {
    let folder = DataFolder::new(&args.data.folder)?;
    let today = Day::of_unix_seconds(Timestamp::now().as_second()).date();
    let edition = args.edition.or(folder.loaded_rules.editions.in_force(today));
    let edition = edition.ok_or("give --edition: the catalogue names none for today")?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let store = existing(&runtime, &folder)?;
    let loaded = store.map_or(Ok(Vec::new()), |store| runtime.block_on(store.areas()))?;
    let found = FileArgs::for_check(path, edition, args.level, args.crs).read(&folder, &loaded)?;
    print_report(&found, None, args.format)?;
    Ok(if found.report.stops() { ExitCode::from(REJECTED) } else { ExitCode::SUCCESS })
}

#[derive(Serialize)]
struct CheckReport<'a> {
    store: &'a Path,
    epoch: u64,
    rows: BTreeMap<&'static str, u64>,
    faults: &'a [String],
    incident_copy: &'a str,
    nesting: &'a BTreeMap<EditionId, Vec<NestingRow>>,
}

/// What the copy of the incidents is worth. A copy that does not fit is no fault: nobody reads it.
fn copy_in_words(copy: &CopyCheck) -> String {
    match copy {
        CopyCheck::Missing => "none".to_owned(),
        CopyCheck::Fits => "the same as the database, row by row".to_owned(),
        CopyCheck::OtherIncidents => "of other incidents; it is not used, and may be deleted".to_owned(),
        CopyCheck::Unusable(why) => format!("{why}; it is not used, and may be deleted"),
    }
}

/// For each edition with outlines of districts and communes how well they fit.
fn nesting_tables(areas: &[Area]) -> BTreeMap<EditionId, Vec<NestingRow>> {
    let editions: BTreeSet<EditionId> = areas.iter().map(|area| area.key.edition).collect();
    let rows = |edition: EditionId| {
        let of_edition: Vec<&Area> = areas.iter().filter(|area| area.key.edition == edition).collect();
        (edition, nesting_rows(&of_edition))
    };
    editions.into_iter().map(rows).filter(|(_, rows)| !rows.is_empty()).collect()
}

fn check_store(path: &Path, args: &CheckArgs) -> CommandResult {
    let folder = DataFolder::new(path)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let store = runtime.block_on(Store::open_existing(&folder.path, &folder.loaded_rules.taxonomy))?;
    if args.accept_rows {
        let epoch = runtime.block_on(store.accept_rows())?;
        output::remark(&format!("the rows are taken as they are, as epoch {epoch}"));
    }
    let Integrity { epoch, rows, faults, copy } = runtime.block_on(store.integrity())?;
    let mut nesting = BTreeMap::new();
    if faults.is_empty() {
        // Reading everything back proves what the pages alone do not: taxonomy terms, codes, outlines.
        nesting = nesting_tables(&runtime.block_on(store.load())?.areas);
    }
    let file = store.path().to_owned();
    runtime.block_on(store.close());
    let copy = copy_in_words(&copy);
    if args.format == OutputFormat::Json {
        let rows = rows.into_iter().collect();
        output::json(&CheckReport {
            store: &file,
            epoch,
            rows,
            faults: &faults,
            incident_copy: &copy,
            nesting: &nesting,
        })?;
    } else {
        let rows: Vec<String> = rows.iter().map(|(table, count)| format!("{count} {table}")).collect();
        output::line(&format!("{}: epoch {epoch}; {}", file.display(), rows.join(", ")));
        output::line(&format!("copy of the incidents: {copy}"));
        for (edition, rows) in &nesting {
            output::say(&text!("check-edition", edition = edition.to_string()));
            print_nesting(rows);
        }
        for fault in &faults {
            output::line(&format!("fault: {fault}"));
        }
        output::line(if faults.is_empty() { "the store is sound" } else { "the store is damaged" });
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}
