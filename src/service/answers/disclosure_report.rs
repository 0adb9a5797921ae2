//! The report of `binhyen check disclosure`: what the attack on the release found, table by table.
//!
//! In: the outcome of the audit and what it read. Out: a typed report. The attack itself is made in
//! `assessment::audit`.

use serde::Serialize;

use crate::assessment::audit::{Audit, DisclosureFinding, PublishedCount, PublishedNumbers};
use crate::assessment::release::{AreaRef, ReleasedWindow, ReleasedWindowIndex};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;
use crate::service::live::ServedSnapshot;
use crate::snapshot::Snapshot;

/// Findings named in the report; the rest is counted.
const NAMED: usize = 20;

/// The report of an audit.
#[derive(Debug, Serialize)]
pub struct DisclosureReport {
    /// What was published, hidden and found.
    #[serde(flatten)]
    pub audit: Audit,
    /// Whether nothing is given away.
    pub passed: bool,
    /// How much of every released table is published.
    pub tables: Vec<ReleasedTable>,
    /// The first findings as sentences.
    pub too_narrow: Vec<String>,
}

/// How much of one released table is published.
#[derive(Debug, Serialize)]
pub struct ReleasedTable {
    /// The edition of the boundaries.
    pub edition: EditionId,
    /// The level of the areas.
    pub level: Level,
    /// The id of the window.
    pub window: String,
    /// How many areas there are.
    pub areas: usize,
    /// The counts that are published.
    pub published: usize,
    /// The counts of components that are.
    pub with_components: usize,
}

impl DisclosureReport {
    /// The report of an audit of what was read.
    pub(in crate::service) fn of(audit: Audit, reading: &PublishedNumbers, served: &ServedSnapshot) -> Self {
        let (snapshot, windows) = (&served.snapshot, served.release().windows());
        let named = audit.too_narrow.iter().take(NAMED);
        Self {
            passed: audit.is_passed(),
            tables: tables(reading, snapshot, windows),
            too_narrow: named.map(|found| sentence(found, snapshot, windows)).collect(),
            audit,
        }
    }
}

fn tables(
    reading: &PublishedNumbers,
    snapshot: &Snapshot,
    windows: &IndexVec<ReleasedWindowIndex, ReleasedWindow>,
) -> Vec<ReleasedTable> {
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
            tables.push(ReleasedTable {
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
