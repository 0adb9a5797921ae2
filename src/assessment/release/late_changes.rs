//! What a release that counts its steps anew changes: counts that are others than in the release before.
//!
//! In: a stored release and one that is made now, over the same snapshot. Out: every count that differs, published or
//! hidden, of areas and of sums in no area. Whether a difference may be seen is not judged here.

use std::collections::BTreeMap;
use std::fmt;

use super::apart::KINDS;
use super::{BlockIndex, CountKind, NodeIndex, Release, ReleasedWindow, ReleasedWindowIndex};
use crate::domain::area::AreaKey;
use crate::snapshot::{CountTable, Snapshot};

/// The name of the incidents that the province alone counts, among those of [`KINDS`].
const LEFT_OUT: &str = "of the province alone";

/// A count that would be another one if it were made today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateChange {
    /// Which count.
    pub count: LateCount,
    /// The id of the window.
    pub window: String,
    /// What was counted when it was released.
    pub before: u64,
    /// What is counted now.
    pub now: u64,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LateCount {
    /// Incidents of areas that are made of the same building blocks.
    OfAreas {
        /// The codes, each with its edition.
        areas: Vec<AreaKey>,
        /// Which of their incidents.
        kind: CountKind,
    },
    /// A sum that no single area publishes, by its name.
    Apart(&'static str),
}

impl fmt::Display for LateCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OfAreas { areas, kind } => {
                let areas: Vec<String> = areas.iter().map(|area| format!("{}/{}", area.edition, area.code)).collect();
                let kind = match kind {
                    CountKind::Reported => "",
                    CountKind::Component(_) => ", one component",
                    CountKind::Detected => ", found by police work",
                };
                write!(f, "{}{kind}", areas.join(" = "))
            }
            Self::Apart(name) => f.write_str(name),
        }
    }
}

impl LateChange {
    /// By how many the count differs.
    pub fn size(&self) -> u64 {
        self.before.abs_diff(self.now)
    }
}

/// A window that both releases hold.
#[derive(Debug, Clone, Copy)]
struct CommonWindow<'a> {
    window: &'a ReleasedWindow,
    before: ReleasedWindowIndex,
    now: ReleasedWindowIndex,
}

impl Release {
    /// Whether a step that it has in common with a release before was counted anew for it.
    pub fn recounts(&self, earlier: &Self) -> bool {
        let is_other = |(number, period)| {
            let own = self.timetable.steps.iter().position(|step| step == period)?;
            let apart = |release: &Self, at: usize| release.apart.counts().map(|counts| counts.steps.get(at).copied());
            let is_same = self.steps[own] == earlier.steps[number] && apart(self, own) == apart(earlier, number);
            Some(!is_same)
        };
        earlier.timetable.steps.iter().enumerate().any(|step| is_other(step).unwrap_or(false))
    }
}

/// The counts of a release, published or hidden, that would be others in another one of the same snapshot: those of
/// areas; components and sums in no area as far as both publish them.
pub fn late_changes(snapshot: &Snapshot, released: &Release, now: &Release) -> Vec<LateChange> {
    let mut windows = Vec::new();
    for (before, window) in released.timetable.windows.indexed() {
        let other = now.timetable.window_of(window.period);
        windows.extend(other.map(|now| CommonWindow { window, before, now }));
    }
    let pair = Revision { released, now, windows };
    let mut changes = pair.of_areas(&pair.areas(snapshot));
    changes.extend(pair.apart());
    changes
}

/// A release and the one that would take its place.
#[derive(Debug)]
struct Revision<'a> {
    released: &'a Release,
    now: &'a Release,
    windows: Vec<CommonWindow<'a>>,
}

impl Revision<'_> {
    /// The areas of every node.
    fn areas(&self, snapshot: &Snapshot) -> BTreeMap<NodeIndex, Vec<AreaKey>> {
        let mut areas: BTreeMap<NodeIndex, Vec<AreaKey>> = BTreeMap::new();
        for ((edition, level, area), node) in self.released.family.areas() {
            let data = snapshot.editions.at(edition);
            let entry = data.and_then(|data| Some((data.entry.id, data.shape.level(level)?.areas.at(area)?)));
            let key = entry.map(|(edition, entry)| AreaKey { edition, code: entry.code.clone() });
            areas.entry(node).or_default().extend(key);
        }
        areas
    }

    fn of_areas(&self, areas: &BTreeMap<NodeIndex, Vec<AreaKey>>) -> Vec<LateChange> {
        let general = self.released.general;
        let whole = [(CountKind::Reported, general), (CountKind::Detected, self.released.detected)];
        let parts = self.released.components.indexed();
        let parts = parts.map(|(component, set)| (CountKind::Component(component), set.intersection(general)));
        let mut changes = Vec::new();
        for (kind, categories) in whole.into_iter().chain(parts) {
            let (before, after) = (self.released.node_counts(categories), self.now.node_counts(categories));
            for (node, areas) in areas {
                for at in self.windows.iter().filter(|at| self.tells(kind, *node, **at)) {
                    let count = || LateCount::OfAreas { areas: areas.clone(), kind };
                    changes.extend(self.change(*at, [&before[*node], &after[*node]], count));
                }
            }
        }
        changes
    }

    /// Whether a change of such a count may be seen: that of a component only where both publish it.
    fn tells(&self, kind: CountKind, node: NodeIndex, at: CommonWindow<'_>) -> bool {
        let is_part = matches!(kind, CountKind::Component(_));
        !is_part || self.released.parts[node].contains(at.before) && self.now.parts[node].contains(at.now)
    }

    /// The sums in no area that both publish, and what the province alone counts.
    fn apart(&self) -> Vec<LateChange> {
        let mut changes = Vec::new();
        let kinds = KINDS.into_iter().zip(self.released.apart.counts()).zip(self.now.apart.counts());
        for ((kind, before), after) in kinds {
            for at in &self.windows {
                if before.shown.contains(at.before) && after.shown.contains(at.now) {
                    changes.extend(self.change(*at, [&before.steps, &after.steps], || LateCount::Apart(kind)));
                }
            }
        }
        if self.released.province_shows_all() && self.now.province_shows_all() {
            let steps = [self.released.left_out_steps(), self.now.left_out_steps()];
            for at in &self.windows {
                changes.extend(self.change(*at, [&steps[0], &steps[1]], || LateCount::Apart(LEFT_OUT)));
            }
        }
        changes
    }

    /// The change of a count that is given step by step, before and now; none where it stays.
    fn change(
        &self,
        at: CommonWindow<'_>,
        steps: [&[u64]; 2],
        count: impl FnOnce() -> LateCount,
    ) -> Option<LateChange> {
        let now_span = self.now.timetable.windows[at.now].span.clone();
        let before: u64 = steps[0][at.window.span.clone()].iter().sum();
        let now: u64 = steps[1][now_span].iter().sum();
        (before != now).then(|| LateChange { count: count(), window: at.window.id.clone(), before, now })
    }
}

impl Release {
    /// The incidents of the categories left out below the province, step by step.
    fn left_out_steps(&self) -> Vec<u64> {
        let left_out = |step: &CountTable<BlockIndex>, block| {
            u64::from(step.row_total(block, self.provincial) - step.row_total(block, self.general))
        };
        self.steps.iter().map(|step| step.indices().map(|block| left_out(step, block)).sum()).collect()
    }
}
