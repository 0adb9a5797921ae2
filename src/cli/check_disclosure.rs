//! `binhyen check disclosure`: an attack on our own release.
//!
//! Reads every answer that the public can have, through the same router that serves it, and asks how far what is
//! hidden can be worked out from what is published.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;
use tokio::runtime::{Builder, Runtime};

use super::ending::{Ending, REJECTED};
use super::folder::{DataFolder, DataOption};
use super::output::{self, Format, Progress};
use super::{sample, serve};
use crate::assessment::audit::{Audit, Finding, ReadCount, Reading, attacked};
use crate::assessment::release::{AreaRef, ReleasedWindow};
use crate::config::{Config, Flags};
use crate::domain::area::Level;
use crate::domain::edition::EditionId;
use crate::http::public_tables::PublicTables;
use crate::http::reading::PublicReader;
use crate::snapshot::{Snapshot, build};
use crate::store::Store;

/// Findings named in the report; the rest is counted.
const NAMED: usize = 20;

/// The arguments of `check disclosure`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  binhyen check disclosure --data /var/lib/binhyen\n\n\
                        Exit code 0 when no hidden small count can be narrowed down, 1 when one can.")]
pub(super) struct DisclosureArgs {
    #[command(flatten)]
    data: DataOption,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Runs `check disclosure`.
pub(super) fn run(args: &DisclosureArgs) -> Ending {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let snapshot = Arc::new(snapshot(&runtime, args)?);
    let config = Config::load(Flags::default())?;
    let reader = PublicReader::new(Arc::clone(&snapshot), &config).ok_or("nothing is served")?;
    let mut progress = Progress::new("answers read", PublicTables::answers(&reader) as u64);
    let reading = runtime.block_on(PublicTables::new(&reader).read(&mut || progress.add(1)))?;
    progress.finish();
    let release = reader.served().release();
    let audit = attacked(release, &reading, &snapshot.rules.disclosure)?;
    let told = Told {
        passed: audit.is_passed(),
        tables: tables(&reading, &snapshot, release.windows()),
        too_narrow: audit
            .too_narrow
            .iter()
            .take(NAMED)
            .map(|found| sentence(found, &snapshot, release.windows()))
            .collect(),
        audit: &audit,
    };
    match args.format {
        Format::Json => output::json(&told)?,
        Format::Text => in_words(&told),
    }
    Ok(if audit.is_passed() { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

/// What the store holds; an empty store is filled with the sample, as `serve` does.
fn snapshot(runtime: &Runtime, args: &DisclosureArgs) -> Result<Snapshot, Box<dyn std::error::Error>> {
    let folder = DataFolder::new(&args.data.folder)?;
    let holdings = runtime.block_on(async {
        let store = Store::open(&folder.path, &folder.words.taxonomy).await?;
        if store.wants_sample().await? {
            sample::fill(&store, &folder.words).await?;
        }
        let holdings = store.load().await?;
        store.close().await;
        Ok::<_, Box<dyn std::error::Error>>(holdings)
    })?;
    Ok(build(holdings, &serve::rule_set(&folder.words), None)?)
}

/// The report of an audit.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    audit: &'a Audit,
    passed: bool,
    tables: Vec<Table>,
    too_narrow: Vec<String>,
}

/// How much of one released table is published.
#[derive(Serialize)]
struct Table {
    edition: EditionId,
    level: Level,
    window: String,
    areas: usize,
    published: usize,
    with_components: usize,
}

fn tables(reading: &Reading, snapshot: &Snapshot, windows: &[ReleasedWindow]) -> Vec<Table> {
    let mut tables = Vec::new();
    let levels =
        snapshot.editions.iter().flat_map(|picture| picture.shape.levels.iter().map(move |areas| (picture, areas)));
    for (picture, areas) in levels {
        for (window, released) in windows.iter().enumerate() {
            let in_table = |cell: &&ReadCount| {
                cell.window == window && cell.area.edition == picture.entry.id && cell.area.level == areas.level
            };
            let published = |component: Option<usize>| {
                let cells = reading.counts.iter().filter(in_table);
                cells.filter(|cell| cell.component == component && cell.count.is_some()).count()
            };
            tables.push(Table {
                edition: picture.entry.id,
                level: areas.level,
                window: released.id.clone(),
                areas: areas.areas.len(),
                published: published(None),
                with_components: published(Some(0)),
            });
        }
    }
    tables
}

fn sentence(finding: &Finding, snapshot: &Snapshot, windows: &[ReleasedWindow]) -> String {
    let AreaRef { edition, level, place } = finding.cell.area;
    let areas = snapshot.edition(edition).and_then(|picture| picture.shape.level(level));
    let area = areas.and_then(|areas| areas.areas.get(place));
    let (code, name) = area.map_or(("?", "?"), |area| (area.code.as_str(), area.name.as_str()));
    let window = windows.get(finding.cell.window).map_or("?", |window| &window.id);
    let scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
    let component = finding.cell.component.and_then(|component| scheme.components.get(component));
    let component = component.map_or(String::new(), |component| format!(", {}", component.id));
    let interval = match finding.interval.most {
        Some(most) => format!("{} to {most}", finding.interval.least),
        None => format!("{} or more", finding.interval.least),
    };
    format!(
        "{edition}/{code} {name}, {window}{component}: {} is hidden, published numbers say {interval}",
        finding.hidden
    )
}

fn in_words(told: &Told<'_>) {
    for table in &told.tables {
        let Table { edition, level, window, areas, published, with_components } = table;
        let components =
            if *with_components > 0 { format!(", {with_components} with components") } else { String::new() };
        output::line(&format!("{edition} {level} {window}: {published} of {areas} counts published{components}"));
    }
    let Audit { published, hidden, hidden_small, published_small, wrong, narrowest_width, required_width, .. } =
        told.audit;
    output::line(&format!(
        "{published} counts and components published, {hidden} hidden, {hidden_small} of these small"
    ));
    let narrowest = narrowest_width.map_or("unbounded".to_owned(), |width| width.to_string());
    output::line(&format!(
        "narrowest interval of a hidden small count: {narrowest}; at least {required_width} is asked for"
    ));
    for (count, what) in [(published_small, "published counts are small"), (wrong, "published counts are wrong")] {
        if *count > 0 {
            output::line(&format!("{count} {what}"));
        }
    }
    for finding in &told.too_narrow {
        output::line(&format!("  {finding}"));
    }
    let untold = told.audit.too_narrow.len() - told.too_narrow.len();
    if untold > 0 {
        output::line(&format!("  and {untold} more"));
    }
    output::line(if told.passed { "nothing is given away" } else { "the release gives hidden counts away" });
}
