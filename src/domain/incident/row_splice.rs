//! Which rows leave a list and where others come: every list of the same rows is spliced alike.
//!
//! In: the rows that go, and for each that comes the row before which it stands. Out: any column of these rows as it is
//! then. What stays is copied in runs: ten million rows cost a copy of their memory and no look at each of them.

use std::ops::Range;

use super::IncidentRow;

/// A splice of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSplice {
    runs: Vec<SpliceRun>,
    len: usize,
}

/// Rows that stand one after another, before the splice and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::domain) enum SpliceRun {
    /// Of the rows that were there.
    Kept(Range<usize>),
    /// Of those that come.
    New(Range<usize>),
}

impl RowSplice {
    /// The splice of so many rows. Those that go ascend; so do the gaps, each the row before which the next new row
    /// stands, or the number of the rows for their end.
    pub fn new(rows: usize, gone: &[IncidentRow], gaps: &[IncidentRow]) -> Self {
        let mut splice = Self { runs: Vec::with_capacity(gone.len() + 2 * gaps.len() + 1), len: 0 };
        let mut gone = gone.iter().map(|row| row.index()).peekable();
        let mut from = 0;
        // Before each turn all rows before `from` are laid down or gone, and `gone` holds no row before it.
        for (new, gap) in gaps.iter().map(|gap| Some(gap.index())).chain([None]).enumerate() {
            let to = gap.unwrap_or(rows);
            while let Some(row) = gone.next_if(|row| *row < to) {
                splice.push(SpliceRun::Kept(from..row));
                from = row + 1;
            }
            splice.push(SpliceRun::Kept(from..to));
            from = to;
            if gap.is_some() {
                splice.push(SpliceRun::New(new..new + 1));
            }
        }
        splice
    }

    fn push(&mut self, run: SpliceRun) {
        self.len += run.rows().len();
        match (self.runs.last_mut(), run) {
            (_, run) if run.rows().is_empty() => {}
            (Some(SpliceRun::New(last)), SpliceRun::New(rows)) => last.end = rows.end,
            (_, run) => self.runs.push(run),
        }
    }

    /// How many rows there are after it.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether no row is left.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The runs, in the order of the rows after the splice.
    pub(in crate::domain) fn runs(&self) -> &[SpliceRun] {
        &self.runs
    }

    /// A column after it: of the rows that were there, and of those that come.
    pub fn spliced<T: Copy>(&self, before: &[T], new: &[T]) -> Vec<T> {
        let mut column = Vec::with_capacity(self.len);
        for run in &self.runs {
            column.extend_from_slice(match run {
                SpliceRun::Kept(rows) => &before[rows.clone()],
                SpliceRun::New(rows) => &new[rows.clone()],
            });
        }
        column
    }
}

impl SpliceRun {
    /// The rows, in the list that they come from.
    pub(in crate::domain) fn rows(&self) -> &Range<usize> {
        match self {
            Self::Kept(rows) | Self::New(rows) => rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(numbers: &[usize]) -> Vec<IncidentRow> {
        numbers.iter().copied().map(IncidentRow::new).collect()
    }

    #[test]
    fn rows_go_and_come_where_they_are_said_to() {
        let splice = RowSplice::new(5, &rows(&[1, 4]), &rows(&[0, 1, 1, 5]));
        assert_eq!(
            splice.spliced(&['a', 'b', 'c', 'd', 'e'], &['1', '2', '3', '4']),
            ['1', 'a', '2', '3', 'c', 'd', '4']
        );
        assert_eq!((splice.len(), splice.is_empty()), (7, false));
    }

    #[test]
    fn nothing_spliced_into_nothing_is_nothing() {
        let splice = RowSplice::new(0, &[], &[]);
        assert!(splice.is_empty() && splice.runs().is_empty());
        assert!(splice.spliced::<u8>(&[], &[]).is_empty());
        assert!(RowSplice::new(2, &rows(&[0, 1]), &[]).is_empty(), "all rows go");
    }

    proptest! {
        #[test]
        fn a_splice_gives_what_taking_out_and_putting_in_one_by_one_does(
            before in prop::collection::vec(0_u32..1_000, 0..40),
            gone in prop::collection::btree_set(0_usize..40, 0..20),
            gaps in prop::collection::vec(0_usize..=40, 0..20),
        ) {
            let gone: Vec<usize> = gone.into_iter().filter(|row| *row < before.len()).collect();
            let mut gaps: Vec<usize> = gaps.into_iter().map(|gap| gap.min(before.len())).collect();
            gaps.sort_unstable();
            let new: Vec<u32> = (1_000..).take(gaps.len()).collect();
            let mut expected = Vec::new();
            for row in 0..=before.len() {
                expected.extend(gaps.iter().zip(&new).filter(|(gap, _)| **gap == row).map(|(_, value)| *value));
                expected.extend(before.get(row).filter(|_| !gone.contains(&row)));
            }
            let splice = RowSplice::new(before.len(), &rows(&gone), &rows(&gaps));
            prop_assert_eq!(splice.len(), expected.len());
            prop_assert_eq!(splice.spliced(&before, &new), expected);
        }
    }
}
