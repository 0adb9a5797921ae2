//! The audit of the release: an attack on our own published tables.
//!
//! Five attacks, each on what was read alone. Counts: linear programs over all of them together, below. Sums that no area
//! publishes: the same over the account of incidents, in [`sums`]. Everything
//! computed from counts: [`recomputation`] works it out anew from the counts that were read; what differs rests on
//! something hidden. Certification shares: [`shares`] lists the counts that agree with them. Two releases of which the
//! later one counts steps anew: linear programs over both tables together, in [`revision`].
//!
//! In: the counts as the public read them, answer by answer, and the snapshot they were made from. Out: for every
//! count that is hidden the interval into which everything published together forces it, and whether one of a small
//! count is narrower than the rule allows. The attacker knows the boundaries, the windows, and that counts are not
//! negative; he solves linear programs. How the release chose what to hide is not used: only the building blocks and
//! the true counts, to know which hidden ones are small.

mod count_system;
mod parts;
mod published;
pub mod recomputation;
pub mod revision;
pub mod shares;
pub mod sums;
mod system;

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use crate::assessment::release::{BlockIndex, CountKind, Release, ReleasedWindowIndex, TrueCounts};
use crate::domain::area::Level;
use crate::domain::rules::DisclosureRule;

use count_system::{CellSet, Measure, VariableGroup, blocks_of, published_parts, variables};
use parts::PartsByWindow;
pub use published::{PublishedCount, PublishedNumbers, PublishedSum, SumKind};
use sums::{SumsAudit, audited_sums};
pub use system::{Interval, SystemError};
use system::{Reduced, System};

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
    /// What was found in the sums that no area publishes.
    #[serde(flatten)]
    pub sums: SumsAudit,
}

impl Audit {
    /// Whether nothing is given away.
    pub fn is_passed(&self) -> bool {
        self.too_narrow.is_empty() && self.published_small == 0 && self.wrong == 0 && self.sums.is_passed()
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
    let true_counts = TrueCounts::of(release);
    let truth = |cell: &PublishedCount| true_counts.count(cell.area, cell.window, cell.kind).unwrap_or(0);
    let hidden: Vec<&PublishedCount> = read.iter().filter(|cell| cell.count.is_none()).collect();
    let secrets: Vec<&PublishedCount> = hidden.iter().copied().filter(|cell| is_small(truth(cell))).collect();
    let shown: Vec<(u32, u32)> = read.iter().filter_map(|cell| Some((cell.count?, truth(cell)))).collect();
    let intervals: Vec<Interval> = secrets.par_iter().map(|cell| attacker.bounds(cell)).collect::<Result<_, _>>()?;
    let mut findings: Vec<DisclosureFinding> = secrets
        .iter()
        .zip(intervals)
        .map(|(cell, interval)| DisclosureFinding { cell: (*cell).clone(), hidden: truth(cell), interval })
        .collect();
    findings.extend(left_out_findings(&true_counts, reading, rule, &attacker)?);
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
        sums: audited_sums(release, reading, rule)?,
    })
}

/// What can be said of the categories left out below the province, where they are few: the province counts them, and its
/// count less those of its districts is theirs.
fn left_out_findings(
    truth: &TrueCounts<'_>,
    reading: &PublishedNumbers,
    rule: &DisclosureRule,
    attacker: &IntervalAttack<'_>,
) -> Result<Vec<DisclosureFinding>, SystemError> {
    let release = attacker.release;
    let is_of_province = |cell: &&PublishedCount| cell.area.level == Level::Province;
    let provinces = reading.counts.iter().filter(|cell| cell.kind == CountKind::Reported).filter(is_of_province);
    let mut findings = Vec::new();
    for cell in provinces.filter(|_| release.province_shows_all()) {
        let hidden = truth.left_out(cell.window).unwrap_or(0);
        if (1..rule.k).contains(&hidden) {
            let blocks = BTreeSet::from([BlockIndex::new(release.block_count())]);
            let interval = attacker.whole(Measure::Reported, &blocks, cell.window)?;
            findings.push(DisclosureFinding { cell: PublishedCount { count: None, ..cell.clone() }, hidden, interval });
        }
    }
    Ok(findings)
}

/// What the attacker makes of what he read: variables for every block and step, and known components.
struct IntervalAttack<'a> {
    release: &'a Release,
    reported: Reduced,
    detected: Reduced,
    parts: PartsByWindow,
}

impl<'a> IntervalAttack<'a> {
    fn new(release: &'a Release, reading: &PublishedNumbers) -> Result<Self, SystemError> {
        let system = |measure: Measure| {
            let mut system = System::default();
            system.add_variables(variables(release));
            for cell in reading.counts.iter().filter(|cell| measure.kind() == cell.kind) {
                if let Some((count, blocks)) = cell.count.zip(blocks_of(release, cell.area, measure)) {
                    let span = release.windows()[cell.window].span.clone();
                    let set = CellSet { blocks: &blocks, span };
                    system.add_equation(&set.variables(release, VariableGroup::FIRST), count);
                }
            }
            system.reduced()
        };
        Ok(Self {
            release,
            reported: system(Measure::Reported)?,
            detected: system(Measure::Detected)?,
            parts: published_parts(release, reading),
        })
    }

    /// The bounds of the whole count of some blocks in a window.
    fn whole(
        &self,
        measure: Measure,
        blocks: &BTreeSet<BlockIndex>,
        window: ReleasedWindowIndex,
    ) -> Result<Interval, SystemError> {
        let set = CellSet { blocks, span: self.release.windows()[window].span.clone() };
        let system = match measure {
            Measure::Reported => &self.reported,
            Measure::Detected => &self.detected,
        };
        system.bounds(&set.variables(self.release, VariableGroup::FIRST))
    }

    fn bounds(&self, cell: &PublishedCount) -> Result<Interval, SystemError> {
        let measure = Measure::of(cell.kind);
        // An area outside all blocks takes part in no equation, so nothing published bounds it.
        let Some(blocks) = blocks_of(self.release, cell.area, measure) else { return Ok(Interval::UNBOUNDED) };
        let whole = |blocks: &BTreeSet<BlockIndex>| self.whole(measure, blocks, cell.window);
        match cell.kind {
            CountKind::Reported | CountKind::Detected => whole(&blocks),
            CountKind::Component(component) => self.parts.of(cell.window).bounds(&blocks, component, whole),
        }
    }
}
