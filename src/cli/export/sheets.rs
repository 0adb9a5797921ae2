//! `binhyen export sheets`: a page for each area of a level, in one PDF.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use tokio::runtime::{Builder, Runtime};

use super::filter_args::FilterArgs;
use super::output_file::OutputFile;
use crate::cli::data_folder::{DataFolder, DataOption};
use crate::cli::exit::CommandResult;
use crate::cli::language::LanguageOption;
use crate::cli::output::{self, Progress};
use crate::cli::sample;
use crate::config::{Config, Flags};
use crate::domain::holdings::Holdings;
use crate::domain::text::Language;
use crate::export::sheets::{area_sheets, sheet_pages};
use crate::service::area_sheets::{SheetBook, SheetError, SheetRequest};
use crate::service::error::ServiceError;
use crate::service::live::today;
use crate::store::Store;

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
    data: DataOption,
    /// Fill a data folder that has no data yet with the sample, whose incidents are invented.
    #[arg(long)]
    sample: bool,
    #[command(flatten)]
    filter: FilterArgs,
    /// The file to write; one of that name is replaced when the new one is complete.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Runs `export sheets`.
pub(super) fn run(args: &SheetsArgs, lang: Option<LanguageOption>) -> CommandResult {
    let language = match lang {
        Some(LanguageOption::En) => Language::English,
        Some(LanguageOption::Vi) | None => Language::Vietnamese,
    };
    let config = Config::load(Flags::default())?;
    let folder = DataFolder::new(&args.data.folder)?;
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let holdings = holdings(&runtime, &folder, args.sample)?;
    let file = OutputFile::begun(&args.output)?;
    let parameters = args.filter.parameters();
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
    output::line(&format!("{}: {pages} pages, {kilobytes} kB", args.output.display()));
    Ok(ExitCode::SUCCESS)
}

/// What the store holds; an empty one is filled with the sample where that is asked for.
fn holdings(runtime: &Runtime, folder: &DataFolder, with_sample: bool) -> Result<Holdings, Box<dyn Error>> {
    let taxonomy = &folder.loaded_rules.taxonomy;
    runtime.block_on(async {
        let store = if with_sample {
            Store::open(&folder.path, taxonomy).await?
        } else {
            Store::open_existing(&folder.path, taxonomy).await?
        };
        if with_sample && store.needs_sample().await? {
            sample::fill(&store, &folder.loaded_rules).await?;
        }
        let holdings = store.load().await?;
        store.close().await;
        Ok(holdings)
    })
}

/// The refusal of a request with what may be asked for instead.
fn refusal(error: SheetError) -> Box<dyn Error> {
    match error {
        SheetError::Refused(ServiceError::NotReleased { released }) => {
            let listed = released.join(", ");
            format!("{}: {listed}", ServiceError::NotReleased { released }).into()
        }
        SheetError::Refused(ServiceError::NoRelease) => {
            format!("{} `binhyen release make` makes one.", ServiceError::NoRelease).into()
        }
        other => other.into(),
    }
}
