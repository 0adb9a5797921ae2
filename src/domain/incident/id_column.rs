//! Ids of incidents as one text with the length of each, about a byte beside the text for an id.
//!
//! In: ids in the order of their rows. Out: the id of a row. The index of an id is the start of its block plus the
//! lengths before it in the block. An id too long for one byte of length stands apart, so that any id is taken.

use std::collections::{BTreeMap, HashSet};
use std::hash::BuildHasher;
use std::ops::Range;

use rayon::prelude::*;

use super::IncidentRow;
use super::row_splice::{RowSplice, SpliceRun};

/// Rows whose ids share one remembered start.
const BLOCK_ROWS: usize = 32;
/// Rows that one thread gathers at a time; whole blocks.
const CHUNK_ROWS: usize = 65_536;

/// A column of ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::domain) struct IdColumn {
    text: String,
    lengths: Vec<u8>,
    block_starts: Vec<u64>,
    long: BTreeMap<u32, String>,
}

impl IdColumn {
    /// The column of ids that stand one after another in a text, those of length 0 apart by their rows; none where the
    /// lengths do not cut the text into ids.
    pub(in crate::domain) fn from_parts(text: String, lengths: Vec<u8>, long: BTreeMap<u32, String>) -> Option<Self> {
        let mut start = 0_usize;
        let mut block_starts = Vec::with_capacity(lengths.len().div_ceil(BLOCK_ROWS));
        for (row, length) in lengths.iter().enumerate() {
            if row % BLOCK_ROWS == 0 {
                block_starts.push(start as u64);
            }
            start += usize::from(*length);
            if !text.is_char_boundary(start) {
                return None;
            }
        }
        let apart = |row: &u32| lengths.get(*row as usize) == Some(&0);
        let fits = start == text.len() && long.keys().all(apart);
        fits.then_some(Self { text, lengths, block_starts, long })
    }

    pub(in crate::domain) fn push(&mut self, id: &str) {
        let row = self.lengths.len();
        if row.is_multiple_of(BLOCK_ROWS) {
            self.block_starts.push(self.text.len() as u64);
        }
        if let Ok(length) = u8::try_from(id.len()) {
            self.text.push_str(id);
            self.lengths.push(length);
        } else {
            self.long.insert(row as u32, id.to_owned());
            self.lengths.push(0);
        }
    }

    /// The id at a row.
    pub(in crate::domain) fn at(&self, row: IncidentRow) -> &str {
        let row = row.index();
        let length = usize::from(self.lengths[row]);
        if length == 0 {
            return self.long.get(&(row as u32)).map_or("", String::as_str);
        }
        let start = self.start_of(row);
        &self.text[start..start + length]
    }

    /// The ids of some rows, in that order.
    pub(in crate::domain) fn permuted(&self, order: &[IncidentRow]) -> Self {
        let chunk = |rows: &[IncidentRow]| {
            let mut text = String::with_capacity(rows.len() * self.text.len().div_ceil(self.lengths.len().max(1)));
            let mut lengths = Vec::with_capacity(rows.len());
            for row in rows {
                let length = self.lengths[row.index()];
                lengths.push(length);
                if length > 0 {
                    text.push_str(self.at(*row));
                }
            }
            (text, lengths)
        };
        let chunks: Vec<(String, Vec<u8>)> = order.par_chunks(CHUNK_ROWS).map(chunk).collect();
        let mut text = String::with_capacity(chunks.iter().map(|(text, _)| text.len()).sum());
        let mut lengths = Vec::with_capacity(order.len());
        for (more, more_lengths) in chunks {
            text.push_str(&more);
            lengths.extend(more_lengths);
        }
        let long = if self.long.is_empty() { BTreeMap::new() } else { self.long_of(order) };
        Self::from_parts(text, lengths, long).expect("whole ids were put together")
    }

    /// The ids with those of some rows taken out and others put in.
    pub(in crate::domain) fn spliced(&self, new: &Self, splice: &RowSplice) -> Self {
        let mut text = String::with_capacity(self.text.len() + new.text.len());
        let (mut long, mut first) = (BTreeMap::new(), 0_u32);
        for run in splice.runs() {
            let (column, rows) = match run {
                SpliceRun::Kept(rows) => (self, rows),
                SpliceRun::New(rows) => (new, rows),
            };
            text.push_str(column.text_of(rows));
            let apart = column.long.range(rows.start as u32..rows.end as u32);
            long.extend(apart.map(|(row, id)| (first + row - rows.start as u32, id.clone())));
            first += rows.len() as u32;
        }
        let lengths = splice.spliced(&self.lengths, &new.lengths);
        Self { block_starts: block_starts(&lengths), text, lengths, long }
    }

    /// The ids of a run of rows one after another, without those that stand apart.
    fn text_of(&self, rows: &Range<usize>) -> &str {
        &self.text[self.start_of(rows.start)..self.start_of(rows.end)]
    }

    /// Where the text of a row begins, or that of the last one ends.
    fn start_of(&self, row: usize) -> usize {
        if row >= self.lengths.len() {
            return self.text.len();
        }
        let first = row - row % BLOCK_ROWS;
        let before: usize = self.lengths[first..row].iter().map(|length| usize::from(*length)).sum();
        self.block_starts[row / BLOCK_ROWS] as usize + before
    }

    /// The rows of some ids, ascending.
    pub(in crate::domain) fn rows_of<S: BuildHasher + Sync>(&self, ids: &HashSet<&str, S>) -> Vec<IncidentRow> {
        let chunk = |(chunk, lengths): (usize, &[u8])| {
            let first = chunk * CHUNK_ROWS;
            let mut start = self.start_of(first);
            let mut found = Vec::new();
            // `start` is where the text of the row begins, so no row is looked up by its block.
            for (row, length) in (first..).zip(lengths) {
                let end = start + usize::from(*length);
                let id = if *length == 0 { self.at(IncidentRow::new(row)) } else { &self.text[start..end] };
                if ids.contains(id) {
                    found.push(IncidentRow::new(row));
                }
                start = end;
            }
            found
        };
        let chunks: Vec<Vec<IncidentRow>> = self.lengths.par_chunks(CHUNK_ROWS).enumerate().map(chunk).collect();
        chunks.concat()
    }

    fn long_of(&self, order: &[IncidentRow]) -> BTreeMap<u32, String> {
        let rows = order.iter().enumerate();
        rows.filter_map(|(to, from)| Some((to as u32, self.long.get(&(from.index() as u32))?.clone()))).collect()
    }

    /// The ids one after another, without those that stand apart.
    pub(in crate::domain) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of each id in the text; 0 for one that stands apart.
    pub(in crate::domain) fn lengths(&self) -> &[u8] {
        &self.lengths
    }

    /// The ids that stand apart, by row.
    pub(in crate::domain) fn long(&self) -> &BTreeMap<u32, String> {
        &self.long
    }

    /// The memory it takes.
    pub(in crate::domain) fn bytes(&self) -> usize {
        let long: usize = self.long.values().map(|id| id.capacity() + size_of::<(u32, String)>()).sum();
        self.text.capacity() + self.lengths.capacity() + 8 * self.block_starts.capacity() + long
    }
}

/// Where the text of each block begins.
fn block_starts(lengths: &[u8]) -> Vec<u64> {
    let mut start = 0_u64;
    let of_block = |block: &[u8]| {
        let own = start;
        start += block.iter().map(|length| u64::from(*length)).sum::<u64>();
        own
    };
    lengths.chunks(BLOCK_ROWS).map(of_block).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn column(ids: &[String]) -> IdColumn {
        let mut column = IdColumn::default();
        for id in ids {
            column.push(id);
        }
        column
    }

    #[test]
    fn no_ids_are_a_column() {
        assert_eq!(IdColumn::from_parts(String::new(), Vec::new(), BTreeMap::new()), Some(IdColumn::default()));
        assert_eq!(IdColumn::default().permuted(&[]), IdColumn::default());
    }

    #[test]
    fn lengths_that_do_not_cut_the_text_are_refused() {
        let cut = |text: &str, lengths: &[u8]| IdColumn::from_parts(text.to_owned(), lengths.to_vec(), BTreeMap::new());
        assert_eq!(cut("ab", &[1, 1]), Some(column(&["a".to_owned(), "b".to_owned()])));
        assert_eq!(cut("ab", &[1]), None);
        assert_eq!(cut("ab", &[1, 2]), None);
        assert_eq!(cut("đ", &[1, 1]), None);
        assert_eq!(IdColumn::from_parts("a".to_owned(), vec![1], BTreeMap::from([(0, "b".to_owned())])), None);
        assert_eq!(IdColumn::from_parts("a".to_owned(), vec![1], BTreeMap::from([(1, "b".to_owned())])), None);
    }

    proptest! {
        #[test]
        fn every_id_is_given_back_in_any_order(
            mut ids in prop::collection::vec("[a-zđ0-9-]{0,12}", 1..100), long in "[xđ]{130,300}", turn in 0_usize..100,
        ) {
            let index = turn % ids.len();
            ids[index] = long;
            let column = column(&ids);
            prop_assert!(ids.iter().zip(IncidentRow::of_all(ids.len())).all(|(id, row)| column.at(row) == id));
            let order: Vec<IncidentRow> =
                (0..ids.len()).map(|row| IncidentRow::new((row + turn) % ids.len())).rev().collect();
            let turned = column.permuted(&order);
            prop_assert!(order.iter().zip(IncidentRow::of_all(ids.len())).all(|(from, to)| turned.at(to) == ids[from.index()]));
            let parts = (column.text().to_owned(), column.lengths().to_vec(), column.long().clone());
            prop_assert_eq!(IdColumn::from_parts(parts.0, parts.1, parts.2), Some(column));
        }
    }
}
