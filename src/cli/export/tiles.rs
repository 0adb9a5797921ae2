//! `binhyen export pmtiles`, `mbtiles`: all tiles of a map in one file.

use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use clap::Args;

use super::filter_args::FilterArgs;
use super::open_data::{DataArgs, OpenData, advised, of_files, query};
use super::output_file::{OutputArg, OutputFile};
use crate::cli::exit::CommandResult;
use crate::cli::language::LanguageOption;
use crate::cli::output::{self, Progress};
use crate::export::archive::{ArchiveFormat, archive};
use crate::service::questions::tile_archive::{ArchiveQuestion, DEEPEST_ZOOM};

/// The arguments of the verbs that write tiles.
#[derive(Debug, Args)]
pub(super) struct TilesArgs {
    #[command(flatten)]
    source: DataArgs,
    #[command(flatten)]
    filter: FilterArgs,
    /// The tileset: map (all layers), communes, districts, province, labels, models; incidents for planners and above.
    #[arg(long, value_name = "NAME", default_value = "map")]
    tileset: String,
    /// The attributes of areas that tiles carry, by their names in TileJSON; without it, all.
    #[arg(long, value_name = "NAME,…")]
    properties: Option<String>,
    /// The last zoom in the file, 0 to 16; maps draw deeper ones from it.
    #[arg(long, value_name = "NUMBER", default_value = "12")]
    max_zoom: String,
    #[command(flatten)]
    output: OutputArg,
}

/// Writes the tiles in a format.
pub(super) fn run(args: &TilesArgs, format: ArchiveFormat, lang: Option<LanguageOption>) -> CommandResult {
    let data = OpenData::of(&args.source, &args.filter)?;
    let mut parameters = args.filter.parameters();
    parameters.extend([("tileset", args.tileset.as_str()), ("max_zoom", args.max_zoom.as_str())]);
    parameters.extend(args.properties.as_deref().map(|names| ("properties", names)));
    let question =
        ArchiveQuestion::of(&query(&parameters), &data.served, data.viewer, DEEPEST_ZOOM).map_err(advised)?;
    let file = OutputFile::begun(&args.output.path)?;
    let progress = Mutex::new(Progress::new("tiles made", question.estimated_tiles()?));
    let told = |count| progress.lock().unwrap_or_else(PoisonError::into_inner).add(count);
    let bytes = archive(format, &question, &data.service, of_files(lang), &told)?;
    progress.lock().unwrap_or_else(PoisonError::into_inner).finish();
    file.complete(&bytes)?;
    output::line(&format!(
        "{}: zooms 0 to {}, {} kB",
        args.output.path.display(),
        question.last_zoom(),
        bytes.len().div_ceil(1000)
    ));
    Ok(ExitCode::SUCCESS)
}
