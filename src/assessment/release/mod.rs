//! The release: which counts the public may see, chosen once for all of them together.
//!
//! In: a snapshot and a day, or what a stored release froze. Out: a [`Release`] that says for every area, on every
//! edition and level, in which released windows its count is published, and counts for the public. A release adds to
//! those before it and changes nothing in them ([`frozen`]). All editions are counted from the same building blocks,
//! time is cut into the steps that no released window divides, and hidden counts are chosen so that neither sums over
//! areas, editions and windows nor their differences give a small one away. Categories never shown below district are
//! left out below the province. What is computed from a count is hidden with it; that is the business of
//! [`super::disclosure`]. `binhyen check disclosure` attacks the outcome from the outside.

mod apart;
mod apart_choice;
mod blocks;
mod bounds;
mod detected;
mod family;
mod frozen;
mod frozen_days;
mod late_changes;
mod parts;
mod suppression;
mod timetable;
mod truth;

use crate::assessment::area::Totals;
use crate::assessment::counting::{Counted, general_categories, general_detected};
use crate::assessment::rating::basis::{PublishedCells, PublishedCounts};
use crate::assessment::rating::component_members;
use crate::domain::area::edition::{EditionId, EditionIndex};
use crate::domain::area::{AreaIndex, CommuneIndex, Level};
use crate::domain::filter::CategorySet;
use crate::domain::incident::coverage::DataCoverage;
use crate::domain::index::IndexVec;
use crate::domain::release::ReleaseContents;
use crate::domain::rules::scheme::ComponentIndex;
use crate::domain::time::period::{Day, Period};
use crate::snapshot::{CountTable, EditionData, LevelData, Snapshot};

use apart::{Apart, ApartCounts};
pub(in crate::assessment) use blocks::BlockIndex;
use blocks::Blocks;
use family::{BlockSet, Family, FamilyIndex, NodeIndex};
use parts::{PartVisibility, PartsProblem, published_parts};
use suppression::{Problem, shown_windows};
use timetable::{Timetable, WindowSet};

pub use frozen::ReleaseFault;
pub use late_changes::{LateChange, LateCount, late_changes};
pub use timetable::{ReleasedWindow, ReleasedWindowIndex};
pub use truth::CountKind;
pub(in crate::assessment) use truth::TrueCounts;

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
    /// What is known of the days on which incidents are, to whoever sees its windows.
    coverage: DataCoverage,
    blocks: Blocks,
    family: Family,
    editions: IndexVec<EditionIndex, EditionId>,
    /// Counts by block, step by step.
    steps: Vec<CountTable<BlockIndex>>,
    /// The categories that every level shows.
    general: CategorySet,
    /// The categories that the province shows.
    provincial: CategorySet,
    /// The categories found by police work that every level shows, beside the count.
    detected: CategorySet,
    /// The categories of each component of the default scheme.
    components: IndexVec<ComponentIndex, CategorySet>,
    /// The windows in which the count of each node is published.
    shown: IndexVec<NodeIndex, WindowSet>,
    /// The windows in which the components of its count are.
    parts: IndexVec<NodeIndex, WindowSet>,
    /// The windows in which it is published what police work found in it.
    detected_shown: IndexVec<NodeIndex, WindowSet>,
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

impl Release {
    /// The release that would be made of a snapshot on a day: all that the newest one before published, as it was, and
    /// what can be added to it.
    ///
    /// # Errors
    /// When boundaries or categories that the release before counts are gone.
    pub fn new(snapshot: &Snapshot, today: Day) -> Result<Self, ReleaseFault> {
        let before = snapshot.releases.last().map(|release| &release.contents);
        let mut release = Self::counted_now(snapshot, today, before);
        if let Some(contents) = before {
            release.restore_steps(snapshot, contents)?;
            release.restore_shown(snapshot, contents)?;
        }
        release.choose_provincial(snapshot);
        release.count_apart(snapshot);
        if let Some(contents) = before {
            release.restore_apart(contents);
        }
        release.choose(snapshot);
        release.know_days(snapshot);
        Ok(release)
    }

    /// All windows counted from what is known now, with nothing shown yet.
    fn counted_now(snapshot: &Snapshot, today: Day, before: Option<&ReleaseContents>) -> Self {
        let timetable = Timetable::new(&snapshot.rules, &snapshot.coverage.to_whole_months(), today, before);
        let mut release = Self::nothing_shown(snapshot, timetable, before.and_then(|contents| contents.base));
        release.steps = counted_steps(snapshot, &release.blocks, &release.timetable);
        release
    }

    /// A release of no window.
    pub fn empty(snapshot: &Snapshot) -> Self {
        Self::nothing_shown(snapshot, Timetable::empty(), None)
    }

    fn nothing_shown(snapshot: &Snapshot, timetable: Timetable, base: Option<EditionId>) -> Self {
        let blocks = Blocks::of(snapshot, base);
        let family = Family::new(&areas(snapshot, &blocks));
        let general = general_categories(snapshot);
        Self {
            coverage: DataCoverage::default(),
            editions: snapshot.editions.iter().map(|edition_data| edition_data.entry.id).collect(),
            provincial: general,
            detected: general_detected(snapshot),
            components: components(snapshot),
            shown: vec![WindowSet::default(); family.nodes.len()].into(),
            parts: vec![WindowSet::default(); family.nodes.len()].into(),
            detected_shown: vec![WindowSet::default(); family.nodes.len()].into(),
            apart: Apart::default(),
            steps: Vec::new(),
            timetable,
            blocks,
            family,
            general,
        }
    }

    /// Chooses what is published beside what is already: `shown`, `parts`, `detected_shown` and the windows of `apart` hold
    /// that.
    fn choose(&mut self, snapshot: &Snapshot) {
        let rule = &snapshot.rules.disclosure;
        let counts = self.node_counts(self.general);
        let floors = self.shown.clone();
        let problem =
            Problem { family: &self.family, counts: &counts, timetable: &self.timetable, floors: &floors, rule };
        let shown = shown_windows(&problem);
        let is_safe = self.keeps_sensitive_wide(snapshot, &problem);
        let apart = self.chosen_apart(&problem);
        self.shown = shown;
        self.apart = apart;
        if self.provincial != self.general && !is_safe {
            // A count of the categories left out below the province is few in a later step, and would follow from the
            // province less its parts.
            let provinces: Vec<NodeIndex> = self.provinces().collect();
            for province in provinces {
                self.shown[province] = floors[province];
            }
        }
        self.choose_parts(snapshot);
        self.choose_detected(rule);
    }

    /// The province counts all reported categories from the first release on where it is one and none of those left out
    /// below it is few.
    fn choose_provincial(&mut self, snapshot: &Snapshot) {
        let rule = &snapshot.rules.disclosure;
        let counts = self.node_counts(self.general);
        let floors = &self.shown;
        let problem = Problem { family: &self.family, counts: &counts, timetable: &self.timetable, floors, rule };
        let is_first = self.shown.iter().all(|windows| windows.is_empty());
        let is_safe = self.keeps_sensitive_wide(snapshot, &problem) && self.left_out_parts_are_safe(rule.k);
        if is_first && is_safe && self.provinces().count() <= 1 {
            self.provincial = CategorySet::reported(&snapshot.taxonomy);
        }
    }

    /// Whether the categories left out below the province may be counted in every window.
    fn keeps_sensitive_wide(&self, snapshot: &Snapshot, problem: &Problem<'_>) -> bool {
        problem.own_tier(&self.sensitive(snapshot), WindowSet::default()) == self.timetable.highest()
    }

    /// The released windows, in the order of the rule file.
    pub fn windows(&self) -> &IndexVec<ReleasedWindowIndex, ReleasedWindow> {
        &self.timetable.windows
    }

    /// On which days incidents are known, as far as the public may know it: those of the windows.
    pub fn coverage(&self) -> &DataCoverage {
        &self.coverage
    }

    /// The days of a window that it counts; none where it does not hold the window.
    pub fn days_of(&self, window: &str) -> Option<Period> {
        self.windows().iter().find(|known| known.id == window).map(|known| known.period)
    }

    /// Whether the count of an area is published for a period.
    pub fn shows(&self, area: AreaRef, period: Period) -> bool {
        self.is_among(&self.shown, area, period)
    }

    /// Whether the components of an area's count, those of the default scheme, are published for a period.
    pub fn shows_components(&self, area: AreaRef, period: Period) -> bool {
        self.is_among(&self.parts, area, period)
    }

    /// Whether a period is among the windows in which something of an area is published.
    fn is_among(&self, windows: &IndexVec<NodeIndex, WindowSet>, area: AreaRef, period: Period) -> bool {
        let shown = || Some(windows[self.node(area)?].contains(self.timetable.window_of(period)?));
        shown().unwrap_or(false)
    }

    /// The count of an area in a period, where it is published.
    pub fn count(&self, area: AreaRef, period: Period) -> Option<u32> {
        self.shows(area, period).then(|| self.truth(area, period, CountKind::Reported)).flatten()
    }

    /// The sums over an edition that are published for a period.
    pub fn totals(&self, edition: EditionId, period: Period) -> PublishedTotals {
        let province = AreaRef { edition, level: Level::Province, area_index: AreaIndex::new(0) };
        let span = self.timetable.window_of(period).map(|window| (window, self.timetable.windows[window].span.clone()));
        let apart = |counts: &ApartCounts| {
            let (window, span) = span.clone()?;
            counts.shown.contains(window).then(|| counts.steps[span].iter().sum::<u64>() as u32)
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
        let detected = table.indices().map(|area_index| {
            let is_shown = self.shows_detected(area(area_index), period);
            is_shown.then(|| table.row_total(area_index, self.detected))
        });
        let detected = detected.collect();
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
        Some(PublishedCounts { counted, detected, cells })
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

    /// The counts of some categories in every node, step by step.
    fn node_counts(&self, categories: CategorySet) -> IndexVec<NodeIndex, Vec<u64>> {
        let count = |node: &family::Node, step: &CountTable<BlockIndex>| {
            node.set.iter().map(|block| u64::from(step.row_total(block, categories))).sum()
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

    /// Publishes components in one window, the newest of the longest, unless it shares a step with one in which they were
    /// published before: the differences of the two would have to be guarded part by part.
    fn choose_parts(&mut self, snapshot: &Snapshot) {
        let Some(window) = self.timetable.window_of_parts() else { return };
        let ReleasedWindow { period, span, .. } = &self.timetable.windows[window];
        let meets = |other: ReleasedWindowIndex| {
            let other = &self.timetable.windows[other].span;
            other.start < span.end && span.start < other.end
        };
        let before = self.parts.iter().fold(WindowSet::default(), |all, windows| all.union(*windows));
        let Some(table) = self.table(*period).filter(|_| !before.iter().any(meets)) else { return };
        let part = |node: &family::Node, component: &CategorySet| {
            let categories = component.intersection(self.general);
            node.set.iter().map(|block| u64::from(table.row_total(block, categories))).sum()
        };
        let counts: IndexVec<NodeIndex, Vec<u64>> =
            self.family.nodes.iter().map(|node| self.components.iter().map(|set| part(node, set)).collect()).collect();
        let is_open = |windows: &WindowSet| {
            if windows.contains(window) { PartVisibility::Published } else { PartVisibility::Hidden }
        };
        let mut open: IndexVec<NodeIndex, PartVisibility> = self.shown.iter().map(is_open).collect();
        let rule = &snapshot.rules.disclosure;
        if self.provincial != self.general && !self.left_out_parts_are_safe(rule.k) {
            self.provinces().for_each(|province| open[province] = PartVisibility::Hidden);
        }
        let chosen = published_parts(&PartsProblem { family: &self.family, counts: &counts, open: &open, rule });
        for (windows, visibility) in self.parts.iter_mut().zip(chosen.iter()) {
            if *visibility == PartVisibility::Published {
                *windows = windows.union(WindowSet::of([window]));
            }
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
