//! What can be said of the total of any span of steps, when some totals are known.
//!
//! In: bounds of the count in each step of time, and spans whose totals are known. Out: for every span the
//! least and the greatest total that agree with all of it. Cumulated counts turn every known total into two
//! differences, so the bounds are shortest paths between the ends of steps, exact and whole.
//! Several areas at once are not considered here.

use std::ops::Range;

/// More than any count; leaves room for sums.
const UNBOUNDED: i64 = i64::MAX / 4;

/// What is known of the counts in consecutive steps.
#[derive(Debug, Clone)]
pub(super) struct KnownSums {
    /// Shortest path from each end of a step to each other: the greatest difference of the cumulated counts.
    distance: Vec<Vec<i64>>,
}

/// The least and the greatest total of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    /// The lower end; 0 where nothing else is known.
    pub(super) least: u64,
    /// The greatest; none when nothing bounds it.
    pub(super) most: Option<u64>,
}

impl Bounds {
    /// Greatest less least; none when unbounded.
    pub(super) fn width(self) -> Option<u64> {
        self.most.map(|most| most - self.least)
    }
}

impl KnownSums {
    /// Counts between given least and greatest values (none: unbounded), step by step, and known totals of spans.
    /// The knowledge must agree with some counts, as that taken from true counts does.
    pub(super) fn new(steps: &[Bounds], known: &[(Range<usize>, u64)]) -> Self {
        let ends = steps.len() + 1;
        let mut distance = vec![vec![UNBOUNDED; ends]; ends];
        // With C(i) the count before step i, every statement is a difference C(j) − C(i) ≤ d, an edge from i to j
        // of length d. A system of such differences is bounded tightly by its shortest paths (Cormen, Leiserson,
        // Rivest and Stein, "Introduction to Algorithms", section 24.4).
        for (index, row) in distance.iter_mut().enumerate() {
            row[index] = 0;
        }
        for (step, bounds) in steps.iter().enumerate() {
            distance[step][step + 1] = bounds.most.map_or(UNBOUNDED, |most| most as i64);
            // C(i) − C(i + 1) ≤ −least: the lower bound is the edge backwards.
            distance[step + 1][step] = -(bounds.least as i64);
        }
        // A known total is a bound from both sides. The minimum keeps what was sharper, and with it the order of
        // the statements does not matter.
        for (span, total) in known {
            let total = *total as i64;
            distance[span.start][span.end] = distance[span.start][span.end].min(total);
            distance[span.end][span.start] = distance[span.end][span.start].min(-total);
        }
        shorten(&mut distance);
        Self { distance }
    }

    /// The bounds of the total of a span.
    pub(super) fn of(&self, span: &Range<usize>) -> Bounds {
        let most = self.distance[span.start][span.end];
        Bounds {
            least: (-self.distance[span.end][span.start]).max(0) as u64,
            // A missing edge plus a few negative ones lies a little below the stand-in, so half of it separates the
            // two apart.
            most: (most < UNBOUNDED / 2).then_some(most.max(0) as u64),
        }
    }
}

/// All shortest paths (Floyd 1962, Warshall 1962).
fn shorten(distance: &mut [Vec<i64>]) {
    let ends = distance.len();
    // Before each turn every entry is the shortest path whose inner stops all lie below `via`. True counts satisfy
    // all statements, so no cycle is negative and the paths exist.
    for via in 0..ends {
        for from in 0..ends {
            for to in 0..ends {
                // A path through a missing edge stays missing: the cap keeps sums of the stand-in from wrapping
                // around.
                let path = distance[from][via].saturating_add(distance[via][to]).min(UNBOUNDED);
                distance[from][to] = distance[from][to].min(path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FREE: Bounds = Bounds { least: 0, most: None };

    #[test]
    fn nothing_known_bounds_nothing() {
        assert_eq!(KnownSums::new(&[FREE; 3], &[]).of(&(0..2)), FREE);
    }

    #[test]
    fn empty_years_give_the_remaining_one_away() {
        // Three windows of three years over (2, 5, 0, 0, 0): the last is empty, so the second holds 5 and the first 2.
        let known = [(0..3, 7), (1..4, 5), (2..5, 0)];
        let knowledge = KnownSums::new(&[FREE; 5], &known);
        assert_eq!(knowledge.of(&(0..1)), Bounds { least: 2, most: Some(2) });
        assert_eq!(knowledge.of(&(1..2)), Bounds { least: 5, most: Some(5) });
    }

    #[test]
    fn overlapping_windows_bound_a_year_by_the_smaller() {
        let knowledge = KnownSums::new(&[FREE; 4], &[(0..3, 10), (1..4, 6)]);
        assert_eq!(knowledge.of(&(1..2)), Bounds { least: 0, most: Some(6) });
        assert_eq!(knowledge.of(&(0..1)), Bounds { least: 4, most: Some(10) });
        assert_eq!(knowledge.of(&(3..4)).width(), Some(6));
    }

    proptest! {
        #[test]
        fn bounds_hold_the_truth_and_are_reached(
            counts in prop::collection::vec(0_u64..6, 4),
            first in 0_usize..3, length in 1_usize..3,
        ) {
            let span = first..(first + length).min(4);
            let total = |range: &Range<usize>| counts[range.clone()].iter().sum::<u64>();
            let known = [(0..3, total(&(0..3))), (1..4, total(&(1..4)))];
            let bounds = KnownSums::new(&[FREE; 4], &known).of(&span);
            // Every table of four counts below 19 that agrees with what is known.
            let mut totals = Vec::new();
            for code in 0..19_u64.pow(4) {
                let table = [code % 19, code / 19 % 19, code / 361 % 19, code / 6859];
                let sum = |range: &Range<usize>| table[range.clone()].iter().sum::<u64>();
                if known.iter().all(|(range, total)| sum(range) == *total) {
                    totals.push(sum(&span));
                }
            }
            prop_assert_eq!(Some(bounds.least), totals.iter().min().copied());
            prop_assert_eq!(bounds.most, totals.iter().max().copied());
        }
    }
}
