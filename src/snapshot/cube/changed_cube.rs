//! A cube of events, and what changed since they were counted.
//!
//! In: events as for a [`Cube`], later others that came or went. Out: the counts of all that is there now: the base,
//! which snapshots share, and the events that came less those that went. These are small cubes of their own: one of the
//! last few thousand events, made anew with each change, and one of those before, so that a change costs little however
//! many came before it. When they grow, whoever builds snapshots has everything counted anew.

use std::ops::Range;
use std::sync::Arc;

use super::event::{CubeRow, Event};
use super::{CountTable, Cube, CubeSummary};
use crate::domain::filter::Filter;
use crate::domain::index::ListIndex;

/// Events that may be counted anew with each change: a millisecond or two.
const MOST_RECENT: usize = 4_096;

/// The counted incidents of one edition.
#[derive(Debug, Clone)]
pub(in crate::snapshot) struct ChangedCube {
    base: Arc<Cube>,
    /// What changed long ago.
    settled: Option<Arc<CubeChanges>>,
    /// What changed since.
    recent: Option<Arc<CubeChanges>>,
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
        Self { base: Arc::new(base), settled: None, recent: None }
    }
}

impl ChangedCube {
    /// The cube after some events came and others, which were counted, went.
    #[must_use]
    pub(in crate::snapshot) fn changed(&self, gained: &[Event], lost: &[Event]) -> Self {
        if gained.is_empty() && lost.is_empty() {
            return self.clone();
        }
        let recent = CubeChanges::with(self.recent.as_deref(), &self.base, gained, lost);
        let base = Arc::clone(&self.base);
        if recent.len() <= MOST_RECENT {
            return Self { base, settled: self.settled.clone(), recent: Some(Arc::new(recent)) };
        }
        let (gained, lost) = (&recent.gained.events, &recent.lost.events);
        let settled = CubeChanges::with(self.settled.as_deref(), &self.base, gained, lost);
        Self { base, settled: Some(Arc::new(settled)), recent: None }
    }

    /// What changed, the oldest first.
    fn changes(&self) -> impl Iterator<Item = &CubeChanges> {
        self.settled.iter().chain(&self.recent).map(|changes| &**changes)
    }

    /// Counts by row, category and severity in the period of a filter, of the rows that are requested.
    pub(in crate::snapshot) fn counts<I: ListIndex>(&self, filter: &Filter, rows: Range<usize>) -> CountTable<I> {
        let mut table = self.base.counts(filter, rows.clone());
        // What came is added first: what came and went again is in the base nowhere, and what went lately may have come
        // long ago.
        for CubeChanges { gained, lost } in self.changes() {
            table.add(&gained.cube.counts(filter, rows.clone()));
            table.subtract(&lost.cube.counts(filter, rows.clone()));
        }
        table
    }

    /// How many incidents a filter counts in each of the rows that are requested.
    pub(in crate::snapshot) fn totals(&self, filter: &Filter, rows: impl Iterator<Item = CubeRow> + Clone) -> Vec<u32> {
        let changes = self.changes().map(|CubeChanges { gained, lost }| {
            (gained.cube.totals(filter, rows.clone()), lost.cube.totals(filter, rows.clone()))
        });
        let changes: Vec<(Vec<u32>, Vec<u32>)> = changes.collect();
        let mut totals = self.base.totals(filter, rows);
        for (gained, lost) in &changes {
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
        let mut steps = self.base.stepped(filter, group_of, groups, bounds);
        for CubeChanges { gained, lost } in self.changes() {
            let of = |events: &CountedEvents| events.cube.stepped(filter, group_of, groups, bounds);
            for (steps, (gained, lost)) in steps.iter_mut().zip(of(gained).iter().zip(&of(lost))) {
                change_each(steps, gained, lost);
            }
        }
        steps
    }

    /// How the incidents are held; the cells and days are those of the base.
    pub(in crate::snapshot) fn summary(&self) -> CubeSummary {
        let changes: usize = self.changes().map(CubeChanges::bytes).sum();
        let base = self.base.summary();
        CubeSummary { bytes: base.bytes + changes, ..base }
    }
}

fn change_each(counts: &mut [u32], gained: &[u32], lost: &[u32]) {
    for (count, (gained, lost)) in counts.iter_mut().zip(gained.iter().zip(lost)) {
        *count = *count + gained - lost;
    }
}
