//! `binhyen check disclosure`: an attack on our own release.
//!
//! Reads every answer that the public can have, from the same service that gives it, and finds how far what is
//! hidden can be computed from what is published.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;
use tokio::runtime::{Builder, Runtime};

use crate::assessment::audit::{Audit, DisclosureFinding, PublishedCount, PublishedNumbers, audited};
use crate::assessment::release::{AreaRef, ReleasedWindow, ReleasedWindowIndex};
use crate::cli::data_folder::{DataFolder, DataOption};
use crate::cli::exit::{CommandResult, REJECTED};
use crate::cli::output;
use crate::cli::output::{OutputFormat, Progress};
use crate::cli::{sample, serve};
use crate::config::{Config, Flags};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;
use crate::service::live::today;
use crate::service::public_tables::PublicTables;
use crate::snapshot::{Snapshot, build};
use crate::store::Store;

/// Findings named in the report; the rest is counted.
const NAMED: usize = 20;

/// The arguments of `check disclosure`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  binhyen check disclosure --data /var/lib/binhyen\n\n\
                        Exit code 0 when no hidden small count can be narrowed down, 1 when one can.")]
pub(in crate::cli) struct DisclosureArgs {
    #[command(flatten)]
    data: DataOption,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

/// Runs `check disclosure`.
pub(in crate::cli) fn run(args: &DisclosureArgs) -> CommandResult {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let snapshot = Arc::new(snapshot(&runtime, args)?);
    let config = Config::load(Flags::default())?;
    let published = PublicTables::new(Arc::clone(&snapshot), today(), config.cache_bytes());
    let mut progress = Progress::new("answers read", published.answers() as u64);
    let reading = published.read(&mut || progress.add(1))?;
    progress.finish();
    let release = published.served().release();
    let audit = audited(release, &reading, &snapshot.rules.disclosure)?;
    let report = DisclosureReport {
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
        OutputFormat::Json => output::json(&report)?,
        OutputFormat::Text => print_text(&report),
    }
    Ok(if audit.is_passed() { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

/// What the store holds; an empty store is filled with the sample, as `serve` does.
fn snapshot(runtime: &Runtime, args: &DisclosureArgs) -> Result<Snapshot, Box<dyn std::error::Error>> {
    let folder = DataFolder::new(&args.data.folder)?;
    let holdings = runtime.block_on(async {
        let store = Store::open(&folder.path, &folder.loaded_rules.taxonomy).await?;
        if store.needs_sample().await? {
            sample::fill(&store, &folder.loaded_rules).await?;
        }
        let holdings = store.load().await?;
        store.close().await;
        Ok::<_, Box<dyn std::error::Error>>(holdings)
    })?;
    Ok(build(holdings, &serve::rule_set(&folder.loaded_rules), None)?)
}

/// The report of an audit.
#[derive(Serialize)]
struct DisclosureReport<'a> {
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

fn tables(
    reading: &PublishedNumbers,
    snapshot: &Snapshot,
    windows: &IndexVec<ReleasedWindowIndex, ReleasedWindow>,
) -> Vec<Table> {
    let mut tables = Vec::new();
    let levels = snapshot
        .editions
        .iter()
        .flat_map(|edition_data| edition_data.shape.levels.iter().map(move |areas| (edition_data, areas)));
    for (edition_data, areas) in levels {
        for (window, released) in windows.indexed() {
            let in_table = |cell: &&PublishedCount| {
                cell.window == window && cell.area.edition == edition_data.entry.id && cell.area.level == areas.level
            };
            let published = |component: Option<ComponentIndex>| {
                let cells = reading.counts.iter().filter(in_table);
                cells.filter(|cell| cell.component == component && cell.count.is_some()).count()
            };
            tables.push(Table {
                edition: edition_data.entry.id,
                level: areas.level,
                window: released.id.clone(),
                areas: areas.areas.len(),
                published: published(None),
                with_components: published(Some(ComponentIndex::new(0))),
            });
        }
    }
    tables
}

fn sentence(
    finding: &DisclosureFinding,
    snapshot: &Snapshot,
    windows: &IndexVec<ReleasedWindowIndex, ReleasedWindow>,
) -> String {
    let AreaRef { edition, level, area_index } = finding.cell.area;
    let areas = snapshot.edition(edition).and_then(|edition_data| edition_data.shape.level(level));
    let area = areas.and_then(|areas| areas.areas.at(area_index));
    let (code, name) = area.map_or(("?", "?"), |area| (area.code.as_str(), area.name.as_str()));
    let window = windows.at(finding.cell.window).map_or("?", |window| &window.id);
    let scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
    let component = finding.cell.component.and_then(|component| scheme.components.at(component));
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

fn print_text(report: &DisclosureReport<'_>) {
    for table in &report.tables {
        let Table { edition, level, window, areas, published, with_components } = table;
        let components =
            if *with_components > 0 { format!(", {with_components} with components") } else { String::new() };
        output::line(&format!("{edition} {level} {window}: {published} of {areas} counts published{components}"));
    }
    let Audit { published, hidden, hidden_small, published_small, wrong, narrowest_width, required_width, .. } =
        report.audit;
    output::line(&format!(
        "{published} counts and components published, {hidden} hidden, {hidden_small} of these small"
    ));
    let narrowest = narrowest_width.map_or("unbounded".to_owned(), |width| width.to_string());
    output::line(&format!(
        "narrowest interval of a hidden small count: {narrowest}; at least {required_width} is required"
    ));
    for (count, what) in [(published_small, "published counts are small"), (wrong, "published counts are wrong")] {
        if *count > 0 {
            output::line(&format!("{count} {what}"));
        }
    }
    for finding in &report.too_narrow {
        output::line(&format!("  {finding}"));
    }
    let not_listed = report.audit.too_narrow.len() - report.too_narrow.len();
    if not_listed > 0 {
        output::line(&format!("  and {not_listed} more"));
    }
    output::line(if report.passed {
        "no hidden count can be derived"
    } else {
        "hidden counts can be derived from the published tables"
    });
}
