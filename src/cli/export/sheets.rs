//! `binhyen export sheets`: a page for each area of a level, in one PDF.

use std::error::Error;
use std::process::ExitCode;

use clap::Args;

use super::filter_args::{FilterArgs, LevelArg};
use super::open_data::{DataArgs, advised, holdings, of_files};
use super::output_file::{OutputArg, OutputFile};
use crate::cli::data_folder::DataFolder;
use crate::cli::exit::CommandResult;
use crate::cli::language::LanguageOption;
use crate::cli::output::{self, Progress};
use crate::config::{Config, Flags};
use crate::export::sheets::{area_sheets, sheet_pages};
use crate::service::area_sheets::{SheetBook, SheetError, SheetRequest};
use crate::service::live::today;

/// The arguments of `export sheets`.
#[derive(Debug, Args)]
#[command(
    after_help = "The first page shows all areas on a map and lists the sheets; then each area has a page with its letter and how\n\
                  it came about, maps, counts, the course over the years, models and the standard. The text can be selected and\n\
                  searched, bookmarks and the list lead to the pages. The same data give the same bytes.\n\n\
                  Examples:\n  \
                  binhyen export sheets --data /var/lib/binhyen -o phieu.pdf\n  \
                  binhyen export sheets --data /var/lib/binhyen --level district --edition 2025-01 -o huyen.pdf\n  \
                  binhyen export sheets --data /var/lib/binhyen --areas 20335,20341 --window TK-2025 --lang en -o two.pdf\n  \
                  binhyen export sheets --data /var/lib/binhyen --role planner --from 2025-01-01 --to 2025-07-01 -o nua-nam.pdf\n  \
                  binhyen export sheets --data try-out --sample -o sample.pdf"
)]
pub(super) struct SheetsArgs {
    #[command(flatten)]
    source: DataArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    level: LevelArg,
    /// The areas by their codes; without it, all of the level.
    #[arg(long, value_name = "CODE,…")]
    areas: Option<String>,
    #[command(flatten)]
    output: OutputArg,
}

/// Runs `export sheets`.
pub(super) fn run(args: &SheetsArgs, lang: Option<LanguageOption>) -> CommandResult {
    let language = of_files(lang);
    let config = Config::load(Flags::default())?;
    let folder = DataFolder::new(&args.source.data.folder)?;
    let holdings = holdings(&folder, args.source.sample)?;
    let file = OutputFile::begun(&args.output.path)?;
    let mut parameters = args.filter.parameters();
    parameters.extend(args.level.parameter());
    parameters.extend(args.areas.as_deref().map(|areas| ("areas", areas)));
    let request = SheetRequest {
        role: args.filter.role(),
        today: today(),
        parameters: &parameters,
        cache_bytes: config.cache_bytes(),
    };
    let book = SheetBook::of_holdings(holdings, &folder.loaded_rules.rule_set(), &request).map_err(refusal)?;
    let mut progress = Progress::new("pages drawn", sheet_pages(&book) as u64);
    let bytes = area_sheets(&book, language, &mut || progress.add(1))?;
    progress.finish();
    file.complete(&bytes)?;
    let (pages, kilobytes) = (sheet_pages(&book), bytes.len().div_ceil(1000));
    output::line(&format!("{}: {pages} pages, {kilobytes} kB", args.output.path.display()));
    Ok(ExitCode::SUCCESS)
}

/// The refusal of a request with what may be asked for instead.
fn refusal(error: SheetError) -> Box<dyn Error> {
    match error {
        SheetError::Refused(refused) => advised(refused),
        SheetError::Build(fault) => fault.into(),
    }
}
