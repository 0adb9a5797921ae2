//! Two releases read together, of which the later one counts steps anew.
//!
//! In: what the public read of both. Out: small counts that either of them hides, and small changes between the two, that
//! the pair narrows down. A hidden four that a late report makes a published five is one: without the earlier table
//! nothing is known of it, with both it is four or five. The attacker takes it that reports are added and none withdrawn.
//! Where published counts fell that cannot be; there he allows for withdrawn ones, and anywhere if that is not enough.
//! One release by itself is attacked elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::count_system::{CellSet, Measure, VariableGroup, blocks_of, published_parts, variables};
use super::parts::PartsByWindow;
use super::published::{PublishedCount, PublishedNumbers};
use super::system::{Interval, Reduced, System, SystemError};
use crate::assessment::release::{AreaRef, BlockIndex, CountKind, Release, ReleasedWindowIndex, TrueCounts};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::rules::DisclosureRule;
use crate::domain::rules::scheme::ComponentIndex;

/// A release as the public read it.
#[derive(Debug, Clone, Copy)]
pub struct ReadRelease<'a> {
    /// Its number.
    pub number: u32,
    /// The release; of its counts only which hidden ones are small is used.
    pub release: &'a Release,
    /// What was read.
    pub numbers: &'a PublishedNumbers,
}

/// What the pair gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairSecret {
    /// A count that the earlier release hides.
    Earlier,
    /// One that the later release hides.
    Later,
    /// By how many a count differs between them.
    Change,
}

/// A count or a change that two releases narrow down.
#[derive(Debug, Clone, PartialEq)]
pub struct PairFinding {
    /// What it is.
    pub secret: PairSecret,
    /// Where it is, by the windows of the later release.
    pub cell: PublishedCount,
    /// What is hidden.
    pub hidden: u32,
    /// What both releases force it into.
    pub interval: Interval,
}

/// What came of an attack on two releases.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PairAudit {
    /// The number of the earlier release.
    pub earlier: u32,
    /// The number of the later one.
    pub later: u32,
    /// Hidden counts and changes that are small.
    pub small: usize,
    /// Those that are narrowed down too far, the narrowest first.
    pub findings: Vec<PairFinding>,
}

/// Attacks two releases over the same boundaries together.
///
/// # Errors
/// When the published numbers contradict each other, or the solver gives up.
pub fn audited_pair(
    earlier: ReadRelease<'_>,
    later: ReadRelease<'_>,
    rule: &DisclosureRule,
) -> Result<PairAudit, SystemError> {
    let pair = Pair::new(earlier, later, rule);
    let mut audit = PairAudit { earlier: earlier.number, later: later.number, ..PairAudit::default() };
    for measure in [Measure::Reported, Measure::Detected] {
        let of_measure = pair.attacked(measure)?;
        audit.small += of_measure.small;
        audit.findings.extend(of_measure.findings);
    }
    audit.findings.sort_by_key(|finding| finding.interval.width());
    Ok(audit)
}

/// Of the two releases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Earlier,
    Later,
}

impl Side {
    const BOTH: [Self; 2] = [Self::Earlier, Self::Later];

    fn other(self) -> Self {
        match self {
            Self::Earlier => Self::Later,
            Self::Later => Self::Earlier,
        }
    }

    fn secret(self) -> PairSecret {
        match self {
            Self::Earlier => PairSecret::Earlier,
            Self::Later => PairSecret::Later,
        }
    }
}

/// Reports that both releases count.
const KEPT: VariableGroup = VariableGroup(0);
/// Those that the later one alone counts.
const LATE: VariableGroup = VariableGroup(1);
/// Those that the earlier one alone counts.
const WITHDRAWN: VariableGroup = VariableGroup(2);

type CellKey = (EditionId, Level, AreaIndex, ReleasedWindowIndex, CountKind);

/// One count in both releases.
#[derive(Debug)]
struct PairedCount {
    cell: PublishedCount,
    blocks: BTreeSet<BlockIndex>,
    /// What stood there, by side.
    read: [Option<u32>; 2],
    /// What was counted; none in a release without the window.
    truth: [Option<u32>; 2],
}

impl PairedCount {
    /// The count that both published.
    fn both(&self) -> Option<[u32; 2]> {
        Some([self.read[0]?, self.read[1]?])
    }

    /// How many reports came late in truth; none where fewer are counted than before.
    fn late(&self) -> Option<u32> {
        self.truth[1]?.checked_sub(self.truth[0]?)
    }
}

/// Two releases on the way to an attack.
struct Pair<'a> {
    release: &'a Release,
    rule: &'a DisclosureRule,
    counts: Vec<PairedCount>,
    parts: [PartsByWindow; 2],
    /// Whether the later release publishes all that the earlier one does.
    keeps_all: bool,
}

/// In which steps of which blocks reports may have been withdrawn.
type Withdrawn = BTreeSet<(BlockIndex, usize)>;

/// The equations of both releases.
struct Solved {
    system: Reduced,
    withdrawn: Withdrawn,
}

impl<'a> Pair<'a> {
    fn new(earlier: ReadRelease<'a>, later: ReadRelease<'a>, rule: &'a DisclosureRule) -> Self {
        let numbers = renamed(earlier, later.release);
        let mut cells: BTreeMap<CellKey, PairedCount> = BTreeMap::new();
        for (side, cell, truth) in of_side(Side::Earlier, earlier, numbers.iter().map(|(own, cell)| (*own, cell)))
            .chain(of_side(Side::Later, later, later.numbers.counts.iter().map(|cell| (cell.window, cell))))
        {
            let Some(blocks) = blocks_of(later.release, cell.area, Measure::of(cell.kind)) else { continue };
            let AreaRef { edition, level, area_index } = cell.area;
            let paired =
                cells.entry((edition, level, area_index, cell.window, cell.kind)).or_insert_with(|| PairedCount {
                    cell: PublishedCount { count: None, ..cell.clone() },
                    blocks,
                    read: [None; 2],
                    truth: [None; 2],
                });
            paired.read[side as usize] = cell.count;
            paired.truth[side as usize] = truth;
        }
        let of_earlier =
            PublishedNumbers { counts: numbers.into_iter().map(|(_, cell)| cell).collect(), sums: Vec::new() };
        let mut counts: Vec<PairedCount> = cells.into_values().collect();
        let keeps_all = counts.iter().all(|paired| paired.read[0].is_none() || paired.read[1].is_some());
        counts.extend(left_out(earlier, later, &counts));
        let parts = [published_parts(earlier.release, &of_earlier), published_parts(later.release, later.numbers)];
        Self { release: later.release, rule, counts, parts, keeps_all }
    }

    /// Attacks one measure, allowing for as few withdrawn reports as what was read allows.
    fn attacked(&self, measure: Measure) -> Result<Secrets, SystemError> {
        for withdrawn in [Withdrawn::new(), self.fallen(measure)] {
            match self.attacked_with(measure, withdrawn) {
                Err(SystemError::Contradiction) => {}
                outcome => return outcome,
            }
        }
        self.attacked_with(measure, self.anywhere())
    }

    fn attacked_with(&self, measure: Measure, withdrawn: Withdrawn) -> Result<Secrets, SystemError> {
        let solved = Solved { system: self.system(measure, &withdrawn)?, withdrawn };
        let counts: Vec<&PairedCount> =
            self.counts.iter().filter(|paired| Measure::of(paired.cell.kind) == measure).collect();
        let found: Vec<Secrets> =
            counts.par_iter().map(|paired| self.secrets(&solved, paired)).collect::<Result<_, _>>()?;
        Ok(Secrets {
            small: found.iter().map(|secrets| secrets.small).sum(),
            findings: found.into_iter().flat_map(|secrets| secrets.findings).collect(),
        })
    }

    /// What was read of one measure.
    fn whole(&self, measure: Measure) -> impl Iterator<Item = &PairedCount> {
        self.counts.iter().filter(move |paired| paired.cell.kind == measure.kind())
    }

    fn system(&self, measure: Measure, withdrawn: &Withdrawn) -> Result<Reduced, SystemError> {
        let mut system = System::default();
        system.add_variables(3 * variables(self.release));
        for paired in self.whole(measure) {
            for side in Side::BOTH {
                if let Some(count) = paired.read[side as usize] {
                    system.add_equation(&self.of_side(paired, side, withdrawn), count);
                }
            }
            // Follows from the two, and fixes what came late at nothing wherever a count stayed.
            let late = paired.both().and_then(|[before, now]| now.checked_sub(before));
            if let Some(late) = late.filter(|_| !self.may_be_withdrawn(paired, withdrawn)) {
                system.add_equation(&self.set(paired).variables(self.release, LATE), late);
            }
        }
        system.reduced()
    }

    fn set<'b>(&self, paired: &'b PairedCount) -> CellSet<'b> {
        CellSet { blocks: &paired.blocks, span: self.release.windows()[paired.cell.window].span.clone() }
    }

    /// The variables of a count in one of the releases.
    fn of_side(&self, paired: &PairedCount, side: Side, withdrawn: &Withdrawn) -> Vec<usize> {
        self.variables(&self.set(paired), side, withdrawn)
    }

    fn variables(&self, set: &CellSet<'_>, side: Side, withdrawn: &Withdrawn) -> Vec<usize> {
        let mut all = set.variables(self.release, KEPT);
        match side {
            Side::Later => all.extend(set.variables(self.release, LATE)),
            Side::Earlier => {
                let steps = block_steps(set).zip(set.variables(self.release, WITHDRAWN));
                all.extend(steps.filter(|(step, _)| withdrawn.contains(step)).map(|(_, variable)| variable));
            }
        }
        all
    }

    fn may_be_withdrawn(&self, paired: &PairedCount, withdrawn: &Withdrawn) -> bool {
        !withdrawn.is_empty() && block_steps(&self.set(paired)).any(|step| withdrawn.contains(&step))
    }

    /// Where published counts fell: the narrowest such areas and windows.
    fn fallen(&self, measure: Measure) -> Withdrawn {
        let fell = |paired: &&PairedCount| paired.both().is_some_and(|[before, now]| now < before);
        let mut sets: Vec<Withdrawn> =
            self.whole(measure).filter(fell).map(|paired| block_steps(&self.set(paired)).collect()).collect();
        sets.sort_by_key(BTreeSet::len);
        let mut narrowest: Vec<Withdrawn> = Vec::new();
        for set in sets {
            if !narrowest.iter().any(|inner| inner.is_subset(&set)) {
                narrowest.push(set);
            }
        }
        narrowest.into_iter().flatten().collect()
    }

    fn anywhere(&self) -> Withdrawn {
        let steps = self.release.step_count();
        (0..=self.release.block_count())
            .flat_map(|block| (0..steps).map(move |step| (BlockIndex::new(block), step)))
            .collect()
    }

    fn secrets(&self, solved: &Solved, paired: &PairedCount) -> Result<Secrets, SystemError> {
        let is_small = |count: &u32| (1..self.rule.k).contains(count);
        let mut secrets = Secrets::default();
        for side in Side::BOTH {
            let hidden = paired.truth[side as usize].filter(|_| paired.read[side as usize].is_none());
            if let Some(hidden) = hidden.filter(is_small) {
                secrets.small += 1;
                let interval = self.bounds(solved, paired, side)?;
                secrets.add(self.rule, paired, side.secret(), (hidden, interval));
            }
        }
        if let Some(late) = paired.late().filter(is_small) {
            secrets.small += 1;
            let interval = self.bounds_of_late(solved, paired)?;
            secrets.add(self.rule, paired, PairSecret::Change, (late, interval));
        }
        Ok(secrets)
    }

    /// The bounds of a count in one of the releases.
    fn bounds(&self, solved: &Solved, paired: &PairedCount, side: Side) -> Result<Interval, SystemError> {
        let CountKind::Component(component) = paired.cell.kind else {
            let sum = self.of_side(paired, side, &solved.withdrawn);
            // What no late report touches is known from the later release alone, which is attacked by itself.
            let is_new = !self.keeps_all || solved.system.joins(&sum, variables(self.release));
            return if is_new { solved.system.bounds(&sum) } else { Ok(Interval::UNBOUNDED) };
        };
        let own = self.bounds_of_component(solved, (paired, component), side)?;
        if self.may_be_withdrawn(paired, &solved.withdrawn) {
            return Ok(own);
        }
        let other = self.bounds_of_component(solved, (paired, component), side.other())?;
        let late = solved.system.bounds(&self.set(paired).variables(self.release, LATE))?;
        let from_other = match side {
            Side::Earlier => {
                Interval { least: late.most.map_or(0, |late| other.least.saturating_sub(late)), most: other.most }
            }
            Side::Later => {
                Interval { least: other.least, most: other.most.zip(late.most).map(|(most, late)| most + late) }
            }
        };
        Ok(own.common(from_other).unwrap_or(own))
    }

    /// The bounds of a component by what its own release publishes of components.
    fn bounds_of_component(
        &self,
        solved: &Solved,
        of: (&PairedCount, ComponentIndex),
        side: Side,
    ) -> Result<Interval, SystemError> {
        let (paired, component) = of;
        let span = self.set(paired).span;
        let whole = |blocks: &BTreeSet<BlockIndex>| {
            let set = CellSet { blocks, span: span.clone() };
            solved.system.bounds(&self.variables(&set, side, &solved.withdrawn))
        };
        self.parts[side as usize].of(paired.cell.window).bounds(&paired.blocks, component, whole)
    }

    /// The bounds of what came late.
    fn bounds_of_late(&self, solved: &Solved, paired: &PairedCount) -> Result<Interval, SystemError> {
        if let Some(late) = paired.both().and_then(|[before, now]| now.checked_sub(before)) {
            return Ok(Interval { least: late, most: Some(late) });
        }
        let is_part = matches!(paired.cell.kind, CountKind::Component(_));
        if is_part || self.may_be_withdrawn(paired, &solved.withdrawn) {
            return Ok(Interval::UNBOUNDED);
        }
        solved.system.bounds(&self.set(paired).variables(self.release, LATE))
    }
}

/// What is found at some counts.
#[derive(Debug, Default)]
struct Secrets {
    small: usize,
    findings: Vec<PairFinding>,
}

impl Secrets {
    fn add(&mut self, rule: &DisclosureRule, paired: &PairedCount, secret: PairSecret, found: (u32, Interval)) {
        let (hidden, interval) = found;
        // Where the truth lies outside, reports were withdrawn and the attacker is misled.
        let is_narrow = interval.width().is_some_and(|width| width < rule.interval_width);
        if is_narrow && interval.contains(hidden) {
            self.findings.push(PairFinding { secret, cell: paired.cell.clone(), hidden, interval });
        }
    }
}

/// The blocks and steps of a set, in the order of its variables.
fn block_steps(set: &CellSet<'_>) -> impl Iterator<Item = (BlockIndex, usize)> {
    let span = set.span.clone();
    set.blocks.iter().flat_map(move |block| span.clone().map(move |step| (*block, step)))
}

/// The counts of an earlier release with their windows in it, named by those of the later one.
fn renamed(earlier: ReadRelease<'_>, later: &Release) -> Vec<(ReleasedWindowIndex, PublishedCount)> {
    let same = |window: ReleasedWindowIndex| {
        let id = &earlier.release.windows().at(window)?.id;
        later.windows().indexed().find(|(_, other)| other.id == *id).map(|(index, _)| index)
    };
    let named: Vec<Option<ReleasedWindowIndex>> = earlier.release.windows().indices().map(same).collect();
    let counts = earlier.numbers.counts.iter();
    counts
        .filter_map(|cell| {
            let window = named.get(cell.window.index()).copied().flatten()?;
            Some((cell.window, PublishedCount { window, ..cell.clone() }))
        })
        .collect()
}

/// The counts of one release with the true ones; each comes with its window in that release.
fn of_side<'a>(
    side: Side,
    read: ReadRelease<'a>,
    cells: impl Iterator<Item = (ReleasedWindowIndex, &'a PublishedCount)>,
) -> impl Iterator<Item = (Side, &'a PublishedCount, Option<u32>)> {
    let truth = TrueCounts::of(read.release);
    cells.map(move |(own, cell)| (side, cell, truth.count(cell.area, own, cell.kind)))
}

/// What the province alone counts, hidden everywhere, where both releases count it.
fn left_out(earlier: ReadRelease<'_>, later: ReadRelease<'_>, counts: &[PairedCount]) -> Vec<PairedCount> {
    if !(earlier.release.province_shows_all() && later.release.province_shows_all()) {
        return Vec::new();
    }
    let truth = [TrueCounts::of(earlier.release), TrueCounts::of(later.release)];
    let provinces = counts.iter().filter(|paired| paired.cell.area.level == Level::Province);
    let whole = provinces.filter(|paired| paired.cell.kind == CountKind::Reported);
    whole
        .map(|paired| {
            let id = &later.release.windows()[paired.cell.window].id;
            let own = earlier.release.windows().indexed().find(|(_, window)| window.id == *id);
            PairedCount {
                cell: paired.cell.clone(),
                blocks: BTreeSet::from([BlockIndex::new(later.release.block_count())]),
                read: [None; 2],
                truth: [own.and_then(|(own, _)| truth[0].left_out(own)), truth[1].left_out(paired.cell.window)],
            }
        })
        .collect()
}
