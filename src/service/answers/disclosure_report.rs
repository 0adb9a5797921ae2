//! The report of `binhyen check disclosure`: what the attacks on the release found, table by table.
//!
//! In: the outcome of the attacks and what they read. Out: a typed report. The attacks themselves are made in
//! `assessment::audit` and `service::public_tables`.

use serde::Serialize;

use crate::assessment::audit::revision::{PairAudit, PairFinding, PairSecret};
use crate::assessment::audit::shares::ShareFinding;
use crate::assessment::audit::sums::SumFinding;
use crate::assessment::audit::{Audit, DisclosureFinding, Interval, PublishedCount, PublishedNumbers};
use crate::assessment::release::{AreaRef, CountKind, ReleasedWindow, ReleasedWindowIndex};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;
use crate::service::live::ServedSnapshot;
use crate::service::public_tables::reading::{PublicReading, WithheldAnswer};
use crate::service::public_tables::recomputed::{Recomputed, UnexplainedMember};
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
    /// Sums that no area publishes and that follow too nearly, the first as sentences.
    pub narrow_sums: Vec<String>,
    /// Numbers and words of answers that were worked out anew from published counts.
    pub members_compared: usize,
    /// How many of them came out otherwise, and so rest on something hidden.
    pub members_unexplained: usize,
    /// The first of these as sentences.
    pub unexplained: Vec<String>,
    /// Certification shares published.
    pub shares: usize,
    /// How many of them leave a count too little room.
    pub shares_too_narrow: usize,
    /// The first of these as sentences.
    pub narrow_shares: Vec<String>,
    /// Pairs of releases that were attacked together, because the later one counts steps anew.
    pub release_pairs: usize,
    /// Hidden counts and changes that follow from such a pair.
    pub follow_from_pairs: usize,
    /// The first of these as sentences.
    pub from_pairs: Vec<String>,
    /// Answers on the last days, alerts and changes that anybody was refused, as has to be.
    pub answers_refused: usize,
    /// Those that anybody was given, as sentences.
    pub answers_given: Vec<String>,
}

/// What was found in answers and shares.
#[derive(Debug, Clone)]
pub(in crate::service) struct AnswerFindings {
    /// What came of making answers anew.
    pub(in crate::service) recomputed: Recomputed,
    /// Shares that leave a count too little room.
    pub(in crate::service) shares: Vec<ShareFinding>,
    /// What came of reading releases together.
    pub(in crate::service) revisions: Vec<PairAudit>,
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
    /// The counts of what police work found that are.
    pub with_detected: usize,
}

impl DisclosureReport {
    /// The report of an audit of what was read.
    pub(in crate::service) fn of(
        audit: Audit,
        reading: &PublicReading,
        found: AnswerFindings,
        served: &ServedSnapshot,
    ) -> Self {
        let (snapshot, windows) = (&served.snapshot, served.release().windows());
        let AnswerFindings { recomputed: Recomputed { compared, unexplained }, shares, revisions } = found;
        let named = audit.too_narrow.iter().take(NAMED);
        let of_pair = |pair: &PairAudit| {
            let findings = pair.findings.iter().map(|found| pair_sentence(pair, found, snapshot, windows));
            findings.collect::<Vec<String>>()
        };
        let pair_findings: Vec<String> = revisions.iter().flat_map(of_pair).collect();
        let answers_given: Vec<String> = reading.withheld.iter().filter_map(given_sentence).collect();
        let is_clean = unexplained.is_empty() && shares.is_empty() && pair_findings.is_empty();
        Self {
            passed: audit.is_passed() && is_clean && answers_given.is_empty(),
            tables: tables(&reading.numbers, snapshot, windows),
            too_narrow: named.map(|found| sentence(found, snapshot, windows)).collect(),
            narrow_sums: audit
                .sums
                .sums_too_narrow
                .iter()
                .take(NAMED)
                .map(|found| sum_sentence(found, windows))
                .collect(),
            audit,
            members_compared: compared,
            members_unexplained: unexplained.len(),
            unexplained: unexplained.iter().take(NAMED).map(unexplained_sentence).collect(),
            shares: reading.shares.len(),
            shares_too_narrow: shares.len(),
            narrow_shares: shares.iter().take(NAMED).map(|found| share_sentence(found, snapshot)).collect(),
            release_pairs: revisions.len(),
            follow_from_pairs: pair_findings.len(),
            from_pairs: pair_findings.into_iter().take(NAMED).collect(),
            answers_refused: reading.withheld.len() - answers_given.len(),
            answers_given,
        }
    }

    /// The first findings of all attacks as sentences.
    pub fn findings(&self) -> impl Iterator<Item = &str> {
        let of_counts = self.too_narrow.iter().chain(&self.narrow_sums).chain(&self.from_pairs);
        of_counts.chain(&self.unexplained).chain(&self.narrow_shares).chain(&self.answers_given).map(String::as_str)
    }
}

/// What two releases say together, as a sentence.
fn pair_sentence(
    pair: &PairAudit,
    found: &PairFinding,
    snapshot: &Snapshot,
    windows: &IndexVec<ReleasedWindowIndex, ReleasedWindow>,
) -> String {
    let PairAudit { earlier, later, small: _, findings: _ } = pair;
    let PairFinding { secret, cell, hidden, interval } = found;
    let what = match secret {
        PairSecret::Earlier => format!("{hidden} is hidden in release {earlier}"),
        PairSecret::Later => format!("{hidden} is hidden in release {later}"),
        PairSecret::Change => format!("{hidden} came in after release {earlier}"),
    };
    let place = cell_name(cell, snapshot, windows);
    format!("{place}: {what}, releases {earlier} and {later} together say {}", interval_words(*interval))
}

/// That an answer was given that rests on unpublished counts; none where it was refused.
fn given_sentence(read: &WithheldAnswer) -> Option<String> {
    let WithheldAnswer { path, document } = read;
    document
        .as_ref()
        .map(|document| format!("{path}: anybody is given {} bytes of unpublished numbers", document.len()))
}

fn unexplained_sentence(found: &UnexplainedMember) -> String {
    let UnexplainedMember { place, member, read, follows } = found;
    format!("{place}: {member} is {read}, published counts give {follows}")
}

fn share_sentence(finding: &ShareFinding, snapshot: &Snapshot) -> String {
    let ShareFinding { share, recognised, unrecognised } = finding;
    format!(
        "{}, {} {}: a share of {} says {} to {} recognised, {} to {} not",
        area_name(share.area, snapshot),
        share.kind,
        share.window,
        share.share,
        recognised.least,
        recognised.most,
        unrecognised.least,
        unrecognised.most
    )
}

/// Edition, code and name of an area.
fn area_name(area: AreaRef, snapshot: &Snapshot) -> String {
    let AreaRef { edition, level, area_index } = area;
    let areas = snapshot.edition(edition).and_then(|edition_data| edition_data.shape.level(level));
    let entry = areas.and_then(|areas| areas.areas.at(area_index));
    let (code, name) = entry.map_or(("?", "?"), |area| (area.code.as_str(), area.name.as_str()));
    format!("{edition}/{code} {name}")
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
            let published = |kind: CountKind| {
                let cells = reading.counts.iter().filter(in_table);
                cells.filter(|cell| cell.kind == kind && cell.count.is_some()).count()
            };
            tables.push(ReleasedTable {
                edition: edition_data.entry.id,
                level: areas.level,
                window: released.id.clone(),
                areas: areas.areas.len(),
                published: published(CountKind::Reported),
                with_components: published(CountKind::Component(ComponentIndex::new(0))),
                with_detected: published(CountKind::Detected),
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
    let DisclosureFinding { cell, hidden, interval } = finding;
    let place = cell_name(cell, snapshot, windows);
    format!("{place}: {hidden} is hidden, published numbers say {}", interval_words(*interval))
}

fn sum_sentence(finding: &SumFinding, windows: &IndexVec<ReleasedWindowIndex, ReleasedWindow>) -> String {
    let SumFinding { sum, hidden, interval } = finding;
    let window = windows.at(sum.window).map_or("?", |window| &window.id);
    let place = format!("{}, {window}, {}", sum.edition, sum.kind.as_str());
    format!("{place}: {hidden} is hidden, published numbers say {}", interval_words(*interval))
}

/// Where a count stands: its area, its window, and which incidents it is of.
fn cell_name(
    cell: &PublishedCount,
    snapshot: &Snapshot,
    windows: &IndexVec<ReleasedWindowIndex, ReleasedWindow>,
) -> String {
    let window = windows.at(cell.window).map_or("?", |window| &window.id);
    let scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
    let kind = match cell.kind {
        CountKind::Reported => String::new(),
        CountKind::Component(component) => {
            scheme.components.at(component).map_or(String::new(), |component| format!(", {}", component.id))
        }
        CountKind::Detected => ", found by police work".to_owned(),
    };
    format!("{}, {window}{kind}", area_name(cell.area, snapshot))
}

fn interval_words(interval: Interval) -> String {
    match interval.most {
        Some(most) => format!("{} to {most}", interval.least),
        None => format!("{} or more", interval.least),
    }
}
