//! A few events in the order of their coming, which every count goes through one by one.
//!
//! In: events and a filter. Out: those that the filter counts, by row or by step of time. The events of a row or category
//! outside the cube are never counted, as in a [`super::Cube`].

use super::event::{CubeRow, Event};
use crate::domain::filter::Filter;

/// A list of events.
#[derive(Debug, Clone, Default)]
pub(super) struct ListedEvents(Vec<Event>);

impl ListedEvents {
    /// Adds events at the end.
    pub(super) fn extend(&mut self, events: &[Event]) {
        self.0.extend_from_slice(events);
    }

    /// All of them.
    pub(super) fn events(&self) -> &[Event] {
        &self.0
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The bytes they take.
    pub(super) fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<Event>()
    }

    /// Those that a filter selects, whatever their day, of the first so many categories.
    fn selected(&self, filter: &Filter, categories: usize) -> impl Iterator<Item = &Event> {
        self.0.iter().filter(move |event| {
            event.category.index() < categories
                && filter.categories.contains(event.category)
                && event.severity.index() >= filter.min_severity.index()
        })
    }

    /// Those that a filter counts.
    pub(super) fn counted(&self, filter: &Filter, categories: usize) -> impl Iterator<Item = &Event> {
        let (from, to) = (filter.period.from().number(), filter.period.to().number());
        self.selected(filter, categories).filter(move |event| (from..to).contains(&event.day))
    }

    /// How many of each of some rows a filter counts. A row is asked for once.
    pub(super) fn totals(
        &self,
        filter: &Filter,
        categories: usize,
        rows: impl Iterator<Item = CubeRow> + Clone,
    ) -> Vec<u32> {
        let mut totals = vec![0; rows.clone().count()];
        if self.0.is_empty() {
            return totals;
        }
        let mut counted: Vec<CubeRow> = self.counted(filter, categories).map(|event| event.row).collect();
        counted.sort_unstable();
        for (total, row) in totals.iter_mut().zip(rows) {
            let first = counted.partition_point(|own| *own < row);
            let end = counted.partition_point(|own| *own <= row);
            *total = (end - first) as u32;
        }
        totals
    }

    /// Group and step of each event that a filter selects, whatever its period; none for one in no group or outside the
    /// steps, of which `s` holds the days from `bounds[s]` up to `bounds[s + 1]`.
    pub(super) fn steps<'a>(
        &'a self,
        filter: &'a Filter,
        categories: usize,
        group_of: &'a [Option<usize>],
        bounds: &'a [i32],
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.selected(filter, categories).filter_map(move |event| {
            let group = group_of.get(event.row.index()).copied().flatten()?;
            let past = bounds.partition_point(|bound| *bound <= event.day);
            (past > 0 && past < bounds.len()).then(|| (group, past - 1))
        })
    }
}
