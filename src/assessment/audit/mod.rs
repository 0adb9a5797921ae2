//! The audit of the release: an attack on our own published tables.
//!
//! Three attacks, each on what was read alone. Counts: linear programs over all of them together, below. Everything
//! computed from counts: [`recomputation`] works it out anew from the counts that were read; what differs rests on
//! something hidden. Certification shares: [`shares`] lists the counts that agree with them.
//!
//! In: the counts as the public read them, answer by answer, and the snapshot they were made from. Out: for every
//! count that is hidden the interval into which everything published together forces it, and whether one of a small
//! count is narrower than the rule allows. The attacker knows the boundaries, the windows, and that counts are not
//! negative; he solves linear programs. How the release chose what to hide is not used: only the building blocks and
//! the true counts, to know which hidden ones are small.

mod parts;
pub mod recomputation;
pub mod shares;
mod system;
mod united;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use crate::assessment::release::{AreaRef, BlockIndex, Release, ReleasedWindowIndex};
use crate::domain::area::Level;
use crate::domain::index::IndexVec;
use crate::domain::rules::DisclosureRule;
use crate::domain::rules::scheme::ComponentIndex;

use parts::PublishedParts;
pub use system::{Interval, SystemError};
use system::{Reduced, System};
pub use united::{ChangedCount, UnitedReleases, united};

/// One count as the public read it: null where it is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCount {
    /// Edition, level and row of the area.
    pub area: AreaRef,
    /// The window.
    pub window: ReleasedWindowIndex,
    /// The component of the default scheme; none for the whole count.
    pub component: Option<ComponentIndex>,
    /// What stood there.
    pub count: Option<u32>,
}

/// Everything that the public read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublishedNumbers {
    /// Every count that an answer showed or hid.
    pub counts: Vec<PublishedCount>,
}

/// A hidden count and what can be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DisclosureFinding {
    /// Where it is; for the categories left out below the province, where the province is.
    pub cell: PublishedCount,
    /// What is hidden.
    pub hidden: u32,
    /// What everything published forces it into.
    pub interval: Interval,
}

/// What the attack found.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Audit {
    /// Counts published.
    pub published: usize,
    /// Counts hidden.
    pub hidden: usize,
    /// Hidden counts that are small.
    pub hidden_small: usize,
    /// Published counts that are small.
    pub published_small: usize,
    /// Published counts that are not what was counted.
    pub wrong: usize,
    /// The least width of the interval of a small hidden count; none where no small count is bounded.
    pub narrowest_width: Option<u32>,
    /// The width that the rule requires.
    pub required_width: u32,
    /// The small hidden counts whose interval is narrower, the narrowest first.
    #[serde(skip)]
    pub too_narrow: Vec<DisclosureFinding>,
}

impl Audit {
    /// Whether nothing is given away.
    pub fn is_passed(&self) -> bool {
        self.too_narrow.is_empty() && self.published_small == 0 && self.wrong == 0
    }
}

/// Attacks the counts that the public read.
///
/// # Errors
/// When the published numbers contradict each other, or the solver gives up.
pub fn audited(release: &Release, reading: &PublishedNumbers, rule: &DisclosureRule) -> Result<Audit, SystemError> {
    let attacker = IntervalAttack::new(release, reading)?;
    let read = &reading.counts;
    let is_small = |count: u32| (1..rule.k).contains(&count);
    let truth = |cell: &PublishedCount| release.truth(cell.area, cell.window, cell.component).unwrap_or(0);
    let hidden: Vec<&PublishedCount> = read.iter().filter(|cell| cell.count.is_none()).collect();
    let secrets: Vec<&PublishedCount> = hidden.iter().copied().filter(|cell| is_small(truth(cell))).collect();
    let shown: Vec<(u32, u32)> = read.iter().filter_map(|cell| Some((cell.count?, truth(cell)))).collect();
    let intervals: Vec<Interval> = secrets.par_iter().map(|cell| attacker.bounds(cell)).collect::<Result<_, _>>()?;
    let mut findings: Vec<DisclosureFinding> = secrets
        .iter()
        .zip(intervals)
        .map(|(cell, interval)| DisclosureFinding { cell: (*cell).clone(), hidden: truth(cell), interval })
        .collect();
    findings.extend(left_out_findings(release, reading, rule, &attacker)?);
    // An interval without an end is wider than any other, so it stands last and never counts as the narrowest.
    findings.sort_by_key(|finding| finding.interval.width().unwrap_or(u32::MAX));
    let narrowest_width = findings.first().and_then(|finding| finding.interval.width());
    let width = rule.interval_width;
    findings.retain(|finding| finding.interval.width().is_some_and(|found| found < width));
    Ok(Audit {
        published: shown.len(),
        hidden: hidden.len(),
        hidden_small: secrets.len(),
        published_small: shown.iter().filter(|(count, _)| is_small(*count)).count(),
        wrong: shown.iter().filter(|(count, truth)| count != truth).count(),
        narrowest_width,
        required_width: width,
        too_narrow: findings,
    })
}

/// What can be said of the categories left out below the province, where they are few: the province counts them, and its
/// count less those of its districts is theirs.
fn left_out_findings(
    release: &Release,
    reading: &PublishedNumbers,
    rule: &DisclosureRule,
    attacker: &IntervalAttack<'_>,
) -> Result<Vec<DisclosureFinding>, SystemError> {
    let provinces = reading.counts.iter().filter(|cell| cell.area.level == Level::Province && cell.component.is_none());
    let mut findings = Vec::new();
    for cell in provinces.filter(|_| release.province_shows_all()) {
        let hidden = release.left_out_truth(cell.window).unwrap_or(0);
        if (1..rule.k).contains(&hidden) {
            let block = BTreeSet::from([BlockIndex::new(release.block_count())]);
            let interval = attacker.system.bounds(&attacker.variables(&block, cell.window))?;
            findings.push(DisclosureFinding { cell: PublishedCount { count: None, ..cell.clone() }, hidden, interval });
        }
    }
    Ok(findings)
}

/// What the attacker makes of what he read: variables for every block and step, and known components.
struct IntervalAttack<'a> {
    release: &'a Release,
    system: Reduced,
    parts: BTreeMap<ReleasedWindowIndex, PublishedParts>,
}

impl<'a> IntervalAttack<'a> {
    fn new(release: &'a Release, reading: &PublishedNumbers) -> Result<Self, SystemError> {
        let mut system = System::default();
        // One block more: the categories left out below the province.
        system.add_variables((release.block_count() + 1) * release.step_count());
        let parts = published_parts_of_blocks(release, reading);
        let attacker = Self { release, system: System::default().reduced()?, parts };
        for cell in reading.counts.iter().filter(|cell| cell.component.is_none()) {
            if let Some((count, blocks)) = cell.count.zip(blocks_of(release, cell.area)) {
                system.add_equation(&attacker.variables(&blocks, cell.window), count);
            }
        }
        Ok(Self { system: system.reduced()?, ..attacker })
    }

    /// The variables of some blocks in a window.
    fn variables(&self, blocks: &BTreeSet<BlockIndex>, window: ReleasedWindowIndex) -> Vec<usize> {
        let span = &self.release.windows()[window].span;
        let steps = self.release.step_count();
        blocks.iter().flat_map(|block| span.clone().map(move |step| block.index() * steps + step)).collect()
    }

    fn bounds(&self, cell: &PublishedCount) -> Result<Interval, SystemError> {
        // An area outside all blocks takes part in no equation, so nothing published bounds it.
        let Some(blocks) = blocks_of(self.release, cell.area) else { return Ok(Interval { least: 0, most: None }) };
        let whole = |blocks: &BTreeSet<BlockIndex>| self.system.bounds(&self.variables(blocks, cell.window));
        match cell.component {
            None => whole(&blocks),
            Some(component) => {
                let nothing = PublishedParts::default();
                self.parts.get(&cell.window).unwrap_or(&nothing).bounds(&blocks, component, whole)
            }
        }
    }
}

/// The blocks that an area counts.
fn blocks_of(release: &Release, area: AreaRef) -> Option<BTreeSet<BlockIndex>> {
    let mut blocks: BTreeSet<BlockIndex> = release.blocks_of(area)?.into_iter().collect();
    if area.level == Level::Province && release.province_shows_all() {
        blocks.insert(BlockIndex::new(release.block_count()));
    }
    Some(blocks)
}

/// The components read, window by window. An area publishes all its components or none.
fn published_parts_of_blocks(
    release: &Release,
    reading: &PublishedNumbers,
) -> BTreeMap<ReleasedWindowIndex, PublishedParts> {
    let mut read: BTreeMap<(ReleasedWindowIndex, BTreeSet<BlockIndex>), IndexVec<ComponentIndex, Option<u32>>> =
        BTreeMap::new();
    for cell in &reading.counts {
        if let Some((component, blocks)) = cell.component.zip(blocks_of(release, cell.area)) {
            let counts = read.entry((cell.window, blocks)).or_insert_with(|| release.parts_known_beforehand());
            counts[component] = counts[component].or(cell.count);
        }
    }
    let mut windows: BTreeMap<ReleasedWindowIndex, Vec<_>> = BTreeMap::new();
    for ((window, blocks), counts) in read {
        // A row with a hidden component fixes no sum of its own here; leaving it out only makes the attacker
        // weaker where the release never publishes such a row.
        if let Some(counts) = counts.into_iter().collect::<Option<IndexVec<ComponentIndex, u32>>>() {
            windows.entry(window).or_default().push((blocks, counts));
        }
    }
    windows.into_iter().map(|(window, read)| (window, PublishedParts::new(read))).collect()
}
