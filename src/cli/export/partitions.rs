//! `binhyen export geoparquet`: the areas of a level in one file, or the counts of all years in a folder of files.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::areas::{self, AreasArgs};
use super::open_data::{OpenData, advised, query};
use super::output_folder::OutputFolder;
use crate::cli::exit::CommandResult;
use crate::cli::language::LanguageOption;
use crate::cli::output::{self, Progress};
use crate::export::area_files::AreaFormat;
use crate::export::partitions::{PartitionKey, partitions};
use crate::service::questions::years::YearsQuestion;

/// The arguments of `export geoparquet`.
#[derive(Debug, Args)]
pub(super) struct GeoParquetArgs {
    #[command(flatten)]
    areas: AreasArgs,
    /// Part the counts of all years into folders by these keys, from the outermost inwards.
    #[arg(
        long,
        value_enum,
        ignore_case = true,
        value_delimiter = ',',
        value_name = "KEY,…",
        conflicts_with_all = ["window", "from", "to", "level"]
    )]
    partition_by: Vec<KeyOption>,
}

/// The keys as the option names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KeyOption {
    /// The year of statistics.
    Year,
    /// The level of the areas.
    Level,
}

/// Why keys cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("--partition-by names a key twice; use year, level or both, such as year,level")]
struct RepeatedKey;

/// Writes the file, or the folder.
pub(super) fn run(args: &GeoParquetArgs, lang: Option<LanguageOption>) -> CommandResult {
    if args.partition_by.is_empty() { areas::run(&args.areas, AreaFormat::GeoParquet, lang) } else { in_parts(args) }
}

fn in_parts(args: &GeoParquetArgs) -> CommandResult {
    let keys = keys(&args.partition_by)?;
    let AreasArgs { source, filter, output: named, .. } = &args.areas;
    let data = OpenData::of(source, filter)?;
    let question = YearsQuestion::of(&query(&filter.parameters()), &data.served, data.viewer).map_err(advised)?;
    let folder = OutputFolder::begun(&named.path)?;
    let mut progress = Progress::new("levels counted", question.parts().len() as u64);
    let files = partitions(&question, &keys, &data.service, &mut || progress.add(1))?;
    progress.finish();
    for file in &files {
        folder.write(&file.path, &file.bytes)?;
    }
    folder.complete()?;
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    output::line(&format!("{}: {} files, {} kB", named.path.display(), files.len(), bytes.div_ceil(1000)));
    Ok(ExitCode::SUCCESS)
}

fn keys(named: &[KeyOption]) -> Result<Vec<PartitionKey>, RepeatedKey> {
    let mut keys = Vec::new();
    for key in named {
        let key = match key {
            KeyOption::Year => PartitionKey::Year,
            KeyOption::Level => PartitionKey::Level,
        };
        if keys.contains(&key) {
            return Err(RepeatedKey);
        }
        keys.push(key);
    }
    Ok(keys)
}
