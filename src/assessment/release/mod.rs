//! The release: which counts the public may see, chosen once for all of them together.
//!
//! In: a snapshot and a day. Out: a [`Release`] that says for every area, on every edition and level, in which
//! released windows its count is published, and counts for the public. All editions are counted from the same
//! building blocks, time is cut into the steps that no released window divides, and hidden counts are chosen so
//! that neither sums over areas, editions and windows nor their differences give a small one away. Categories never
//! shown below district are left out below the province. What is computed from a count is hidden with it; that is
//! the business of [`super::disclosure`]. `binhyen check disclosure` attacks the outcome from the outside.

mod blocks;
mod bounds;
mod family;
mod parts;
mod suppression;
mod timetable;
mod truth;

use crate::assessment::area::Totals;
use crate::assessment::counting::{Counted, general_categories};
use crate::assessment::rating::basis::{PublishedCells, PublishedCounts};
use crate::assessment::rating::component_members;
use crate::domain::area::edition::{EditionId, EditionIndex};
use crate::domain::area::{AreaIndex, CommuneIndex, Level};
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::incident::taxonomy::Severity;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;
use crate::domain::time::period::{Day, Period};
use crate::snapshot::{CountTable, EditionData, LevelData, Snapshot};

pub(in crate::assessment) use blocks::BlockIndex;
use blocks::Blocks;
use family::{BlockSet, Family, FamilyIndex, NodeIndex};
use parts::{PartVisibility, PartsProblem, published_parts};
use suppression::{Problem, tiers};
use timetable::{Tier, Timetable};

pub use timetable::{ReleasedWindow, ReleasedWindowIndex};

/// One area of one edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaRef {
    /// The edition that the row belongs to.
    pub edition: EditionId,
    /// The administrative level that the row belongs to.
    pub level: Level,
    /// The index in the level.
    pub area_index: AreaIndex,
}

/// What the public may see of a snapshot on a day.
#[derive(Debug)]
pub struct Release {
    timetable: Timetable,
    blocks: Blocks,
    family: Family,
    editions: IndexVec<EditionIndex, EditionId>,
    /// Counts by block, step by step.
    steps: Vec<CountTable<BlockIndex>>,
    /// The categories that every level shows.
    general: CategorySet,
    /// The categories that the province shows.
    provincial: CategorySet,
    /// The categories of each component of the default scheme.
    components: IndexVec<ComponentIndex, CategorySet>,
    tiers: IndexVec<NodeIndex, Tier>,
    parts: IndexVec<NodeIndex, PartVisibility>,
    apart: Apart,
}

/// Sums over an edition, each as far as it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedTotals {
    /// In the province, with a point or without.
    pub in_areas: Option<u32>,
    /// Those of them that are known by their commune alone.
    pub by_commune: Option<u32>,
    /// Known by a district or a province alone.
    pub by_wider_area: Option<u32>,
    /// Outside every area.
    pub outside: Option<u32>,
    /// Without any place.
    pub unplaced: Option<u32>,
}

impl PublishedTotals {
    /// All of them; none where a part is hidden, because the rest would give it away.
    pub fn incidents(&self) -> Option<u32> {
        Some(self.in_areas? + self.by_wider_area? + self.outside? + self.unplaced?)
    }

    /// Those at a point inside an area; none where either of the numbers behind it is hidden.
    pub fn with_point(&self) -> Option<u32> {
        self.in_areas?.checked_sub(self.by_commune?)
    }
}

/// Incidents that no single area publishes, step by step, and the tier in which each sum is published.
#[derive(Debug, Default)]
struct Apart {
    by_commune: TieredSteps,
    by_wider_area: TieredSteps,
    outside: TieredSteps,
    unplaced: TieredSteps,
}

/// A count step by step, and the tier in which it is published.
#[derive(Debug, Default)]
struct TieredSteps {
    steps: Vec<u64>,
    tier: Tier,
}

/// The incidents of a step that lie in no block, and those that lie in one without a point.
#[derive(Debug, Clone, Copy, Default)]
struct ApartCounts {
    by_wider_area: u64,
    outside: u64,
    unplaced: u64,
    /// Of the categories that the province shows, in blocks: all, and those without a point.
    in_blocks: u64,
    by_commune: u64,
}

impl Release {
    /// The release of a snapshot on a day.
    pub fn new(snapshot: &Snapshot, today: Day) -> Self {
        let timetable = Timetable::new(&snapshot.rules, &snapshot.coverage, today);
        let blocks = Blocks::of(snapshot);
        let family = Family::new(&areas(snapshot, &blocks));
        let steps = counted_steps(snapshot, &blocks, &timetable);
        let general = general_categories(snapshot);
        let mut release = Self {
            editions: snapshot.editions.iter().map(|edition_data| edition_data.entry.id).collect(),
            provincial: general,
            components: components(snapshot),
            tiers: vec![0; family.nodes.len()].into(),
            parts: vec![PartVisibility::Hidden; family.nodes.len()].into(),
            apart: Apart::default(),
            timetable,
            blocks,
            family,
            steps,
            general,
        };
        release.choose(snapshot);
        release
    }

    fn choose(&mut self, snapshot: &Snapshot) {
        let rule = &snapshot.rules.disclosure;
        let counts = self.node_counts();
        let problem = Problem { family: &self.family, counts: &counts, timetable: &self.timetable, rule };
        let chosen = tiers(&problem);
        let sensitive = self.sensitive(snapshot);
        let is_one_province = self.provinces().count() <= 1;
        let is_safe = problem.own_tier(&sensitive) == self.timetable.highest() && self.left_out_parts_are_safe(rule.k);
        let provincial =
            if is_one_province && is_safe { CategorySet::reported(&snapshot.taxonomy) } else { self.general };
        let apart = Apart::of(&self.apart_counts(snapshot, provincial), &problem, is_one_province);
        self.tiers = chosen;
        self.parts = self.chosen_parts(snapshot);
        self.apart = apart;
        self.provincial = provincial;
    }

    /// The released windows, in the order of the rule file.
    pub fn windows(&self) -> &IndexVec<ReleasedWindowIndex, ReleasedWindow> {
        &self.timetable.windows
    }

    /// Whether the count of an area is published for a period.
    pub fn shows(&self, area: AreaRef, period: Period) -> bool {
        let shown = || {
            let window = self.timetable.window_of(period)?;
            Some(self.timetable.tiers[self.tiers[self.node(area)?]].contains(&window))
        };
        shown().unwrap_or(false)
    }

    /// Whether the components of an area's count, those of the default scheme, are published for a period.
    pub fn shows_components(&self, area: AreaRef, period: Period) -> bool {
        let of_parts = self.timetable.window_of_parts();
        of_parts.is_some()
            && of_parts == self.timetable.window_of(period)
            && self.node(area).is_some_and(|node| self.parts[node] == PartVisibility::Published)
    }

    /// The count of an area in a period, where it is published.
    pub fn count(&self, area: AreaRef, period: Period) -> Option<u32> {
        let window = self.timetable.window_of(period)?;
        self.shows(area, period).then(|| self.truth(area, window, None)).flatten()
    }

    /// The sums over an edition that are published for a period.
    pub fn totals(&self, edition: EditionId, period: Period) -> PublishedTotals {
        let province = AreaRef { edition, level: Level::Province, area_index: AreaIndex::new(0) };
        let span = self.timetable.window_of(period).map(|window| (window, self.timetable.windows[window].span.clone()));
        let apart = |TieredSteps { steps, tier }: &TieredSteps| {
            let (window, span) = span.clone()?;
            self.timetable.tiers[*tier].contains(&window).then(|| steps[span].iter().sum::<u64>() as u32)
        };
        let Apart { by_commune, by_wider_area, outside, unplaced } = &self.apart;
        PublishedTotals {
            in_areas: self.count(province, period),
            by_commune: apart(by_commune),
            by_wider_area: apart(by_wider_area),
            outside: apart(outside),
            unplaced: apart(unplaced),
        }
    }

    /// What is published of the areas of a level; `None` for a period that is not released.
    pub(super) fn counted(
        &self,
        edition_data: &EditionData,
        areas: &LevelData,
        period: Period,
    ) -> Option<PublishedCounts> {
        let (table, categories) = (self.table(period)?, self.categories(areas.level));
        let edition = edition_data.entry.id;
        let communes = self.blocks.communes_in(self.edition_index(edition)?)?;
        let group = |commune: &Option<CommuneIndex>| areas.area_of_commune[(*commune)?];
        let groups: Vec<Option<AreaIndex>> = communes.iter().map(group).collect();
        let mut table = table.grouped(&groups, areas.areas.len());
        let area = |area_index: AreaIndex| AreaRef { edition, level: areas.level, area_index };
        let cells = PublishedCells {
            has_count: table.indices().map(|area_index| self.shows(area(area_index), period)).collect(),
            has_components: table.indices().map(|index| self.shows_components(area(index), period)).collect(),
        };
        // From here on what is hidden is not there: no sum over areas can hold it.
        for hidden in table.indices().filter(|area_index| !cells.has_count[*area_index]) {
            table.clear_row(hidden);
        }
        let incidents: IndexVec<AreaIndex, u32> =
            table.indices().map(|area| table.row_total(area, categories)).collect();
        let counted = Counted {
            totals: Totals { incidents: incidents.iter().sum(), ..Totals::default() },
            without_point: vec![0; incidents.len()].into(),
            incidents,
            categories,
            table,
        };
        Some(PublishedCounts { counted, cells })
    }

    fn categories(&self, level: Level) -> CategorySet {
        if level == Level::Province { self.provincial } else { self.general }
    }

    fn node(&self, area: AreaRef) -> Option<NodeIndex> {
        self.family.node_of((self.edition_index(area.edition)?, area.level, area.area_index))
    }

    fn edition_index(&self, id: EditionId) -> Option<EditionIndex> {
        self.editions.indexed().find(|(_, edition)| **edition == id).map(|(index, _)| index)
    }

    fn provinces(&self) -> impl Iterator<Item = NodeIndex> {
        let mut nodes: Vec<NodeIndex> =
            self.family.areas().filter(|((_, level, _), _)| *level == Level::Province).map(|(_, node)| node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes.into_iter()
    }

    fn table(&self, period: Period) -> Option<CountTable<BlockIndex>> {
        let window = &self.timetable.windows[self.timetable.window_of(period)?];
        let mut steps = self.steps[window.span.clone()].iter();
        let mut sum = steps.next()?.clone();
        steps.for_each(|step| sum.add(step));
        Some(sum)
    }

    /// The counts of every node, step by step.
    fn node_counts(&self) -> IndexVec<NodeIndex, Vec<u64>> {
        let count = |node: &family::Node, step: &CountTable<BlockIndex>| {
            node.set.iter().map(|block| u64::from(step.row_total(block, self.general))).sum()
        };
        self.family.nodes.iter().map(|node| self.steps.iter().map(|step| count(node, step)).collect()).collect()
    }

    /// The incidents of the categories never shown below district, step by step.
    fn sensitive(&self, snapshot: &Snapshot) -> Vec<u64> {
        let all = CategorySet::reported(&snapshot.taxonomy);
        let of_step = |step: &CountTable<BlockIndex>| {
            step.indices().map(|row| u64::from(step.row_total(row, all) - step.row_total(row, self.general))).sum()
        };
        self.steps.iter().map(of_step).collect()
    }

    /// Whether no component counts few incidents of the categories left out below the province: those of the province
    /// less those of its districts would show them.
    fn left_out_parts_are_safe(&self, k: u32) -> bool {
        let window = self.timetable.window_of_parts().map(|window| self.timetable.windows[window].period);
        let Some(table) = window.and_then(|period| self.table(period)) else { return true };
        let left_out = |component: &CategorySet| -> u32 {
            let below = component.intersection(self.general);
            table.indices().map(|row| table.row_total(row, *component) - table.row_total(row, below)).sum()
        };
        !self.components.iter().map(left_out).any(|count| (1..k).contains(&count))
    }

    /// What no single area publishes, step by step.
    fn apart_counts(&self, snapshot: &Snapshot, provincial: CategorySet) -> Vec<ApartCounts> {
        let Some(base) = snapshot.editions.at(self.blocks.base) else {
            return vec![ApartCounts::default(); self.timetable.steps.len()];
        };
        let all = CategorySet::reported(&snapshot.taxonomy);
        let counts = |(period, step): (&Period, &CountTable<BlockIndex>)| {
            let placed = |categories| {
                base.placed_totals(&Filter {
                    edition: base.entry.id,
                    period: *period,
                    categories,
                    min_severity: Severity::LEAST,
                    scheme: snapshot.schemes.default_index(),
                })
            };
            let (of_all, shown) = (placed(all), placed(provincial));
            let further: u64 =
                step.indices().skip(self.blocks.base_count).map(|block| u64::from(step.row_total(block, all))).sum();
            ApartCounts {
                by_wider_area: of_all.by_wider_area.into(),
                outside: u64::from(of_all.outside).saturating_sub(further),
                unplaced: of_all.unplaced.into(),
                in_blocks: shown.in_communes.iter().copied().map(u64::from).sum(),
                by_commune: shown.without_point.iter().copied().map(u64::from).sum(),
            }
        };
        self.timetable.steps.iter().zip(&self.steps).map(counts).collect()
    }

    fn chosen_parts(&self, snapshot: &Snapshot) -> IndexVec<NodeIndex, PartVisibility> {
        let Some(window) = self.timetable.window_of_parts() else {
            return vec![PartVisibility::Hidden; self.family.nodes.len()].into();
        };
        let Some(table) = self.table(self.timetable.windows[window].period) else { return self.parts.clone() };
        let part = |node: &family::Node, component: &CategorySet| {
            let categories = component.intersection(self.general);
            node.set.iter().map(|block| u64::from(table.row_total(block, categories))).sum()
        };
        let counts: IndexVec<NodeIndex, Vec<u64>> =
            self.family.nodes.iter().map(|node| self.components.iter().map(|set| part(node, set)).collect()).collect();
        let is_open = |tier: &Tier| self.timetable.tiers[*tier].contains(&window);
        let open: IndexVec<NodeIndex, PartVisibility> = self
            .tiers
            .iter()
            .map(|tier| if is_open(tier) { PartVisibility::Published } else { PartVisibility::Hidden })
            .collect();
        published_parts(&PartsProblem {
            family: &self.family,
            counts: &counts,
            open: &open,
            rule: &snapshot.rules.disclosure,
        })
    }
}

impl Apart {
    /// Each sum in the highest tier that it bears alone. How many have a point follows from how many have none, so both
    /// must bear the tier; and with several provinces from the difference of two of them, so nothing is said then.
    fn of(counts: &[ApartCounts], problem: &Problem<'_>, is_one_province: bool) -> Self {
        let steps = |count: fn(&ApartCounts) -> u64| counts.iter().map(count).collect::<Vec<u64>>();
        let tiered = |steps: Vec<u64>| TieredSteps { tier: problem.own_tier(&steps), steps };
        let mut by_commune = tiered(steps(|counts| counts.by_commune));
        let with_point = problem.own_tier(&steps(|counts| counts.in_blocks - counts.by_commune));
        by_commune.tier = if is_one_province { by_commune.tier.min(with_point) } else { 0 };
        Self {
            by_commune,
            by_wider_area: tiered(steps(|counts| counts.by_wider_area)),
            outside: tiered(steps(|counts| counts.outside)),
            unplaced: tiered(steps(|counts| counts.unplaced)),
        }
    }
}

/// The categories of each component of the default scheme.
fn components(snapshot: &Snapshot) -> IndexVec<ComponentIndex, CategorySet> {
    let scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
    let members = component_members(&snapshot.taxonomy, scheme, CategorySet::all(&snapshot.taxonomy));
    let set = |members: &Vec<_>| members.iter().fold(CategorySet::EMPTY, |set, category| set.with(*category));
    members.iter().map(set).collect()
}

/// Every area of every edition with its blocks, the newest edition first.
fn areas(snapshot: &Snapshot, blocks: &Blocks) -> Vec<(FamilyIndex, BlockSet)> {
    let mut areas = Vec::new();
    for (edition, edition_data) in snapshot.editions.indexed().rev() {
        let Some(communes) = blocks.communes_in(edition) else { continue };
        for level in &edition_data.shape.levels {
            let area_of = |block: BlockIndex| level.area_of_commune[communes[block]?];
            areas.extend(level.areas.indices().map(|area_index| {
                let members = BlockIndex::of_all(blocks.len()).filter(|block| area_of(*block) == Some(area_index));
                ((edition, level.level, area_index), BlockSet::new(blocks.len(), members))
            }));
        }
    }
    areas
}

/// The incidents by block, category and severity in each step, with a point or without: one walk over all incidents.
fn counted_steps(snapshot: &Snapshot, blocks: &Blocks, timetable: &Timetable) -> Vec<CountTable<BlockIndex>> {
    let empty = CountTable::zero(blocks.len(), snapshot.taxonomy.categories.len());
    let mut steps = vec![empty; timetable.steps.len()];
    let incidents = &snapshot.incidents;
    for row in incidents.rows() {
        let Some(step) = timetable.step_of(Day::of_unix_seconds(incidents.unix_seconds(row))) else { continue };
        if let Some(block) = blocks.block_of_incident(snapshot, row) {
            steps[step].count_one(block, incidents.category(row), incidents.severity(row));
        }
    }
    steps
}
