//! `binhyen rate`: the statistics of rates, neighbours and classes on an area file of the analyst's own.
//!
//! In: a file of areas and the names of its fields. Out: a document as JSON, or its areas as CSV. What is computed is
//! asked of `service::area_tables`.

mod input;
mod rows;
mod weights;

use std::error::Error;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Command, FromArgMatches as _, ValueEnum};
use serde_json::Value as Json;

use super::exit::CommandResult;
use super::import::source_args::SourceArgs;
use super::import::writing_args::DecimalOption;
use super::output;
use crate::ingest::Decimal;
use crate::service::area_tables::{Contiguity, TableOptions, rate_table, value_table};
use input::AreaTable;
use rows::rows;

/// The arguments of `rate`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    binhyen rate --areas counties.geojson --id FIPS --events SID74 --exposure BIR74\n  \
    binhyen rate --areas xa.geojson --id code --events trom,danh_bac --exposure dan --weights rook --format csv\n  \
    binhyen rate --areas xa.csv --id code --value thu_nhap --weights lang_gieng.json\n\n\
    Limits are 95 % and, like the posterior, on the ratio to the common rate; smoothed rates are per unit of exposure. \
    p is two-sided, q by Benjamini and Hochberg. What does not exist (an island's neighbourhood, a rate without \
    exposure) is null.")]
pub(super) struct RateArgs {
    /// The areas: any format of import boundaries, or CSV or XLSX with --weights FILE.
    #[arg(long, value_name = "FILE")]
    areas: PathBuf,
    /// The field that names an area.
    #[arg(long, value_name = "FIELD")]
    id: String,
    /// The fields of counts, summed.
    #[arg(
        long,
        value_name = "FIELD,…",
        value_delimiter = ',',
        required_unless_present = "value",
        requires = "exposure"
    )]
    events: Vec<String>,
    /// The field of exposure: residents, births, person-years.
    #[arg(long, value_name = "FIELD", requires = "events")]
    exposure: Option<String>,
    /// One measured field in place of events and exposure: its spatial statistics and classes.
    #[arg(long, value_name = "FIELD", conflicts_with_all = ["events", "exposure"])]
    value: Option<String>,
    /// Who is a neighbour: queen (borders touch), rook (along a length), or a file: GAL, GWT, or JSON {"id": ["id", …]}.
    #[arg(long, value_name = "queen|rook|FILE", default_value = "queen")]
    weights: String,
    /// How far borders of neighbours may stand apart, in metres.
    #[arg(long, value_name = "METRES", default_value_t = TOLERANCE_M, value_parser = tolerance)]
    tolerance: f64,
    #[command(flatten)]
    source: SourceArgs,
    /// The decimal sign of numbers; without it, the one that the whole file shows.
    #[arg(long, value_enum, ignore_case = true)]
    decimal: Option<DecimalOption>,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t = TableFormat::Json)]
    format: TableFormat,
}

/// What rounding to six decimals of a degree may part.
const TOLERANCE_M: f64 = 0.11;
/// Islands that a remark names.
const NAMED: usize = 8;

fn tolerance(text: &str) -> Result<f64, String> {
    let metres = text.parse().ok().filter(|metres: &f64| (0.0..=1000.0).contains(metres));
    metres.ok_or_else(|| "write metres from 0 to 1000".to_owned())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    Json,
    Csv,
}

/// Runs `rate`.
pub(super) fn run(args: &RateArgs) -> CommandResult {
    let document = document(args)?;
    remark_on(&document["method"]);
    match args.format {
        TableFormat::Json => output::json(&document)?,
        TableFormat::Csv => output::line(rows(&document)?.trim_end()),
    }
    Ok(ExitCode::SUCCESS)
}

/// The text that `rate` prints for its arguments, the first of which is the program's name. Public for the fuzz
/// targets, which have no program to start.
///
/// # Errors
/// As the verb ends.
#[doc(hidden)]
pub fn rated_text(arguments: &[OsString]) -> Result<String, Box<dyn Error>> {
    let matches = RateArgs::augment_args(Command::new("rate")).try_get_matches_from(arguments)?;
    let args = RateArgs::from_arg_matches(&matches)?;
    let document = document(&args)?;
    match args.format {
        TableFormat::Json => Ok(serde_json::to_string(&document)?),
        TableFormat::Csv => rows(&document),
    }
}

/// The answer as a document.
fn document(args: &RateArgs) -> Result<Json, Box<dyn Error>> {
    let fields: Vec<&str> = args.events.iter().chain(&args.exposure).chain(&args.value).map(String::as_str).collect();
    let source = args.source.source(&args.areas);
    let table = AreaTable::read(&source, &args.id, &fields)?.written(args.decimal.map(Decimal::from))?;
    let neighbours = match args.weights.as_str() {
        "queen" => table.contiguous(Contiguity::Queen, args.tolerance)?,
        "rook" => table.contiguous(Contiguity::Rook, args.tolerance)?,
        file => table.neighbours_of_file(file.as_ref())?,
    };
    let options = TableOptions {
        id: &args.id,
        events: &args.events,
        exposure: args.exposure.as_deref(),
        value: args.value.as_deref(),
        weights: &args.weights,
    };
    // A value, not the text of the struct: members of an object stand in the order of their names.
    if let Some(field) = &args.value {
        let values = table.numbers(field)?;
        return Ok(serde_json::to_value(value_table(&table.ids, values, &neighbours, &options))?);
    }
    let exposures = table.exposures(args.exposure.as_deref().unwrap_or_default())?;
    let counts = table.counts(&args.events)?;
    Ok(serde_json::to_value(rate_table(&table.ids, counts, exposures, &neighbours, &options)?)?)
}

/// Says beside the answer what it left out, and what its map may have parted.
fn remark_on(method: &Json) {
    let left_out = &method["left_out"];
    if left_out["areas"] != 0 {
        let (areas, events, why) = (&left_out["areas"], &left_out["events"], left_out["why"].as_str());
        output::remark(&format!(
            "areas left out, with {}: {areas}, with {events} events in no rate: {}",
            why.unwrap_or_default(),
            some_of(&left_out["ids"])
        ));
    }
    let weights = &method["weights"];
    if weights["islands"] != 0 {
        let (islands, ids) = (&weights["islands"], some_of(&weights["island_ids"]));
        output::remark(&format!("areas without a neighbour: {islands}: {ids}"));
    }
    let slivers = weights["slivers"].as_array().map_or(&[][..], Vec::as_slice);
    for kind in ["gap", "overlap"] {
        let pairs: Vec<String> = slivers.iter().filter(|sliver| sliver["kind"] == kind).map(words_of).collect();
        if !pairs.is_empty() {
            let listed = pairs.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
            let more = if pairs.len() > NAMED { "; …" } else { "" };
            let meant = if kind == "gap" { "no neighbours for want of a few metres" } else { "borders that cross" };
            output::remark(&format!("{meant}: {}: {listed}{more}", pairs.len()));
        }
    }
}

fn words_of(sliver: &Json) -> String {
    let width = sliver["width_m"].as_f64().map_or_else(String::new, |width_m| format!(" ({width_m:.2} m)"));
    format!("{}{width}", some_of(&sliver["areas"]))
}

fn some_of(ids: &Json) -> String {
    let ids: Vec<&str> = ids.as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    let more = if ids.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", ids.iter().take(NAMED).copied().collect::<Vec<_>>().join(", "))
}
