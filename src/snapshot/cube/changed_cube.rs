//! A cube of events, and what changed since they were counted.
//!
//! In: events as for a [`Cube`], later others that came or went. Out: the counts of all that is there now: the base,
//! which snapshots share, and the events that came less those that went. The last few hundred of them are a list that
//! every count goes through; when it is full, they join a small cube of the last few thousand, and these in turn one of
//! all those before, so that a change costs little however many came before it. When they grow, whoever builds snapshots
//! has everything counted anew.

use std::ops::Range;
use std::sync::Arc;

use super::event::{CubeRow, Event};
use super::listed_events::ListedEvents;
use super::{CountTable, Cube, CubeSummary};
use crate::domain::filter::Filter;
use crate::domain::index::ListIndex;

/// Events that every count may go through: a microsecond or two.
const MOST_LISTED: usize = 512;
/// Events that may be counted anew each time the list is full: a few milliseconds.
const MOST_RECENT: usize = 8_192;

/// The counted incidents of one edition.
#[derive(Debug, Clone)]
pub(in crate::snapshot) struct ChangedCube {
    base: Arc<Cube>,
    /// What changed long ago.
    settled: Option<Arc<CubeChanges>>,
    /// What changed since.
    recent: Option<Arc<CubeChanges>>,
    /// What changed last.
    listed: Arc<ListedChanges>,
}

/// The last events that came and went.
#[derive(Debug, Clone, Default)]
struct ListedChanges {
    gained: ListedEvents,
    lost: ListedEvents,
}

/// Events that came and went, and their counts.
#[derive(Debug)]
struct CubeChanges {
    gained: CountedEvents,
    lost: CountedEvents,
}

#[derive(Debug)]
struct CountedEvents {
    events: Vec<Event>,
    cube: Cube,
}

impl CountedEvents {
    fn new(base: &Cube, events: Vec<Event>) -> Self {
        // Without room for prefix sums: few events, of any days.
        let cube = Cube::new(base.cells.rows(), base.cells.categories(), &events, 0);
        Self { events, cube }
    }

    fn bytes(&self) -> usize {
        size_of::<Event>() * self.events.capacity() + self.cube.bytes()
    }
}

impl CubeChanges {
    fn len(&self) -> usize {
        self.gained.events.len() + self.lost.events.len()
    }

    fn bytes(&self) -> usize {
        self.gained.bytes() + self.lost.bytes()
    }

    /// Some changes and more, counted together.
    fn with(earlier: Option<&Self>, base: &Cube, gained: &[Event], lost: &[Event]) -> Self {
        let (was_gained, was_lost) =
            earlier.map_or((&[][..], &[][..]), |both| (&both.gained.events[..], &both.lost.events[..]));
        Self {
            gained: CountedEvents::new(base, [was_gained, gained].concat()),
            lost: CountedEvents::new(base, [was_lost, lost].concat()),
        }
    }
}

impl From<Cube> for ChangedCube {
    fn from(base: Cube) -> Self {
        Self { base: Arc::new(base), settled: None, recent: None, listed: Arc::default() }
    }
}

impl ChangedCube {
    /// The cube after some events came and others, which were counted, went.
    #[must_use]
    pub(in crate::snapshot) fn changed(&self, gained: &[Event], lost: &[Event]) -> Self {
        if gained.is_empty() && lost.is_empty() {
            return self.clone();
        }
        let mut listed = ListedChanges::clone(&self.listed);
        listed.gained.extend(gained);
        listed.lost.extend(lost);
        if listed.gained.len() + listed.lost.len() <= MOST_LISTED {
            return Self { listed: Arc::new(listed), ..self.clone() };
        }
        let (gained, lost) = (listed.gained.events(), listed.lost.events());
        let recent = CubeChanges::with(self.recent.as_deref(), &self.base, gained, lost);
        let before = Self { listed: Arc::default(), ..self.clone() };
        if recent.len() <= MOST_RECENT {
            return Self { recent: Some(Arc::new(recent)), ..before };
        }
        let (gained, lost) = (&recent.gained.events, &recent.lost.events);
        let settled = CubeChanges::with(self.settled.as_deref(), &self.base, gained, lost);
        Self { settled: Some(Arc::new(settled)), recent: None, ..before }
    }

    /// What changed, the oldest first.
    fn changes(&self) -> impl Iterator<Item = &CubeChanges> {
        self.settled.iter().chain(&self.recent).map(|changes| &**changes)
    }

    /// Counts by row, category and severity in the period of a filter, of the rows that are requested.
    pub(in crate::snapshot) fn counts<I: ListIndex>(&self, filter: &Filter, rows: Range<usize>) -> CountTable<I> {
        let mut table = self.base.counts(filter, rows.clone());
        let categories = self.base.cells.categories();
        // What came is added first: what came and went again is in the base nowhere, and what went lately may have come
        // long ago.
        for CubeChanges { gained, .. } in self.changes() {
            gained.cube.add_counts(filter, rows.clone(), &mut table);
        }
        for event in self.listed.gained.counted(filter, categories).filter(|event| rows.contains(&event.row.index())) {
            table.count_one(I::from(event.row.index() - rows.start), event.category, event.severity);
        }
        for CubeChanges { lost, .. } in self.changes().filter(|changes| !changes.lost.events.is_empty()) {
            table.subtract(&lost.cube.counts(filter, rows.clone()));
        }
        for event in self.listed.lost.counted(filter, categories).filter(|event| rows.contains(&event.row.index())) {
            table.uncount_one(I::from(event.row.index() - rows.start), event.category, event.severity);
        }
        table
    }

    /// How many incidents a filter counts in each of the rows that are requested.
    pub(in crate::snapshot) fn totals(&self, filter: &Filter, rows: impl Iterator<Item = CubeRow> + Clone) -> Vec<u32> {
        let changes = self.changes().map(|CubeChanges { gained, lost }| {
            (gained.cube.totals(filter, rows.clone()), lost.cube.totals(filter, rows.clone()))
        });
        let changes: Vec<(Vec<u32>, Vec<u32>)> = changes.collect();
        let categories = self.base.cells.categories();
        let listed = |events: &ListedEvents| events.totals(filter, categories, rows.clone());
        let listed = (listed(&self.listed.gained), listed(&self.listed.lost));
        let mut totals = self.base.totals(filter, rows);
        // What is listed goes last: what went lately may have come long ago.
        for (gained, lost) in changes.iter().chain([&listed]) {
            change_each(&mut totals, gained, lost);
        }
        totals
    }

    /// Counts by group and step of time, as [`Cube::stepped`] gives them.
    pub(in crate::snapshot) fn stepped(
        &self,
        filter: &Filter,
        group_of: &[Option<usize>],
        groups: usize,
        bounds: &[i32],
    ) -> Vec<Vec<u32>> {
        let group_of = &group_of[..group_of.len().min(self.base.cells.rows())];
        let mut steps = self.base.stepped(filter, group_of, groups, bounds);
        for CubeChanges { gained, lost } in self.changes() {
            let of = |events: &CountedEvents| events.cube.stepped(filter, group_of, groups, bounds);
            for (steps, (gained, lost)) in steps.iter_mut().zip(of(gained).iter().zip(&of(lost))) {
                change_each(steps, gained, lost);
            }
        }
        let categories = self.base.cells.categories();
        let ListedChanges { gained, lost } = &*self.listed;
        for (group, step) in gained.steps(filter, categories, group_of, bounds) {
            steps[group][step] += 1;
        }
        for (group, step) in lost.steps(filter, categories, group_of, bounds) {
            steps[group][step] -= 1;
        }
        steps
    }

    /// How the incidents are held; the cells and days are those of the base.
    pub(in crate::snapshot) fn summary(&self) -> CubeSummary {
        let changes: usize = self.changes().map(CubeChanges::bytes).sum();
        let base = self.base.summary();
        let listed = self.listed.gained.bytes() + self.listed.lost.bytes();
        CubeSummary { bytes: base.bytes + changes + listed, ..base }
    }
}

fn change_each(counts: &mut [u32], gained: &[u32], lost: &[u32]) {
    for (count, (gained, lost)) in counts.iter_mut().zip(gained.iter().zip(lost)) {
        *count = *count + gained - lost;
    }
}
