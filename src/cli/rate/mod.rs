//! `binhyen rate`: the statistics of rates, neighbours and classes on an area file of the analyst's own.
//!
//! In: a file of areas and the names of its fields. Out: a document as JSON, or its areas as CSV. What is computed is
//! asked of `service::area_tables`.

mod input;
mod rows;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::exit::CommandResult;
use super::output;
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
    /// The areas: GeoJSON, or CSV with --weights FILE.
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
    /// Who is a neighbour: queen (a shared corner), rook (a shared edge), or a JSON file {"id": ["id", …]}.
    #[arg(long, value_name = "queen|rook|FILE", default_value = "queen")]
    weights: String,
    /// The form of the answer.
    #[arg(long, value_enum, default_value_t = TableFormat::Json)]
    format: TableFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    Json,
    Csv,
}

/// Runs `rate`.
pub(super) fn run(args: &RateArgs) -> CommandResult {
    let fields: Vec<&str> = args.events.iter().chain(&args.exposure).chain(&args.value).map(String::as_str).collect();
    let table = AreaTable::read(&args.areas, &args.id, &fields)?;
    let neighbours = match args.weights.as_str() {
        "queen" => table.contiguous(Contiguity::Queen)?,
        "rook" => table.contiguous(Contiguity::Rook)?,
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
    let document = if let Some(field) = &args.value {
        serde_json::to_value(value_table(&table.ids, table.numbers(field)?, &neighbours, &options))?
    } else {
        let exposures = table.exposures(args.exposure.as_deref().unwrap_or_default())?;
        let counts = table.counts(&args.events)?;
        serde_json::to_value(rate_table(&table.ids, counts, exposures, &neighbours, &options)?)?
    };
    match args.format {
        TableFormat::Json => output::json(&document)?,
        TableFormat::Csv => output::line(rows(&document)?.trim_end()),
    }
    Ok(ExitCode::SUCCESS)
}
