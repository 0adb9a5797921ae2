//! A cube of events, and what changed since they were counted.
//!
//! In: events as for a [`Cube`], later others that came or went. Out: the counts of all that is there now: the base,
//! which snapshots share, and the events that came less those that went. These two are small cubes of their own, so a
//! question to them costs little; when they grow, whoever builds snapshots has everything counted anew.

use std::ops::Range;
use std::sync::Arc;

use super::event::{CubeRow, Event};
use super::{CountTable, Cube, CubeSummary};
use crate::domain::filter::Filter;
use crate::domain::index::ListIndex;

/// The counted incidents of one edition.
#[derive(Debug, Clone)]
pub(in crate::snapshot) struct ChangedCube {
    base: Arc<Cube>,
    changes: Option<Arc<CubeChanges>>,
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

impl From<Cube> for ChangedCube {
    fn from(base: Cube) -> Self {
        Self { base: Arc::new(base), changes: None }
    }
}

impl ChangedCube {
    /// The cube after some events came and others, which were counted, went.
    #[must_use]
    pub(in crate::snapshot) fn changed(&self, gained: &[Event], lost: &[Event]) -> Self {
        if gained.is_empty() && lost.is_empty() {
            return self.clone();
        }
        let before = self.changes.as_deref();
        let (was_gained, was_lost) =
            before.map_or((&[][..], &[][..]), |both| (&both.gained.events[..], &both.lost.events[..]));
        let changes = CubeChanges {
            gained: CountedEvents::new(&self.base, [was_gained, gained].concat()),
            lost: CountedEvents::new(&self.base, [was_lost, lost].concat()),
        };
        Self { base: Arc::clone(&self.base), changes: Some(Arc::new(changes)) }
    }

    /// Counts by row, category and severity in the period of a filter, of the rows that are requested.
    pub(in crate::snapshot) fn counts<I: ListIndex>(&self, filter: &Filter, rows: Range<usize>) -> CountTable<I> {
        let mut table = self.base.counts(filter, rows.clone());
        if let Some(CubeChanges { gained, lost }) = self.changes.as_deref() {
            // What came is added first: what came and went again is in the base nowhere.
            table.add(&gained.cube.counts(filter, rows.clone()));
            table.subtract(&lost.cube.counts(filter, rows));
        }
        table
    }

    /// How many incidents a filter counts in each of the rows that are requested.
    pub(in crate::snapshot) fn totals(&self, filter: &Filter, rows: impl Iterator<Item = CubeRow> + Clone) -> Vec<u32> {
        let mut totals = self.base.totals(filter, rows.clone());
        if let Some(CubeChanges { gained, lost }) = self.changes.as_deref() {
            let (gained, lost) = (gained.cube.totals(filter, rows.clone()), lost.cube.totals(filter, rows));
            change_each(&mut totals, &gained, &lost);
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
        if let Some(CubeChanges { gained, lost }) = self.changes.as_deref() {
            let of = |events: &CountedEvents| events.cube.stepped(filter, group_of, groups, bounds);
            for (steps, (gained, lost)) in steps.iter_mut().zip(of(gained).iter().zip(&of(lost))) {
                change_each(steps, gained, lost);
            }
        }
        steps
    }

    /// How the incidents are held; the cells and days are those of the base.
    pub(in crate::snapshot) fn summary(&self) -> CubeSummary {
        let changes = self.changes.as_deref().map_or(0, |CubeChanges { gained, lost }| gained.bytes() + lost.bytes());
        let base = self.base.summary();
        CubeSummary { bytes: base.bytes + changes, ..base }
    }
}

fn change_each(counts: &mut [u32], gained: &[u32], lost: &[u32]) {
    for (count, (gained, lost)) in counts.iter_mut().zip(gained.iter().zip(lost)) {
        *count = *count + gained - lost;
    }
}
