//! `binhyen export csv`, `xlsx`, `geojson`, `flatgeobuf`, `geoparquet`: the areas of a level with all that is said of them.

use std::process::ExitCode;

use clap::Args;

use super::filter_args::{FilterArgs, LevelArg};
use super::open_data::{DataArgs, OpenData, advised, of_files, query};
use super::output_file::{OutputArg, OutputFile};
use crate::cli::exit::CommandResult;
use crate::cli::language::LanguageOption;
use crate::cli::output;
use crate::export::area_files::{AreaFormat, area_file};
use crate::service::questions::areas::LevelQuestion;

/// The arguments of the verbs that write areas.
#[derive(Debug, Args)]
pub(super) struct AreasArgs {
    #[command(flatten)]
    pub(super) source: DataArgs,
    #[command(flatten)]
    pub(super) filter: FilterArgs,
    #[command(flatten)]
    level: LevelArg,
    #[command(flatten)]
    pub(super) output: OutputArg,
}

/// Writes the areas in a format.
pub(super) fn run(args: &AreasArgs, format: AreaFormat, lang: Option<LanguageOption>) -> CommandResult {
    let data = OpenData::of(&args.source, &args.filter)?;
    let mut parameters = args.filter.parameters();
    parameters.extend(args.level.parameter());
    let question = LevelQuestion::of(&query(&parameters), &data.served, data.viewer).map_err(advised)?;
    let file = OutputFile::begun(&args.output.path)?;
    let assessed = question.assessed(&data.service, &data.served).map_err(advised)?;
    let bytes = area_file(format, &assessed, of_files(lang))?;
    file.complete(&bytes)?;
    let (areas, kilobytes) = (assessed.rows().count(), bytes.len().div_ceil(1000));
    output::line(&format!("{}: {areas} areas, {kilobytes} kB", args.output.path.display()));
    Ok(ExitCode::SUCCESS)
}
