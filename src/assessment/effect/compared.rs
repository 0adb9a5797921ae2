//! One model beside its comparison places: the windows, the counts, and what may stand in the way of them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::CommuneIndex;
use crate::domain::time::period::{Day, Period};
use crate::statistics::{BeforeAfter, DisplacementDesign, EffectTable};

/// Three windows of equal length around the start of a model: two before it, one from it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// The window before the last one.
    pub earlier: Period,
    /// The last window before the start: what happened in it may be why the model came.
    pub last: Period,
    /// From the start on.
    pub after: Period,
}

/// What is compared with the window after a start, and by what a place is held to be like that of the model.
///
/// Each design is misled by one way of choosing places for models and not by the others: where they go to what was
/// worst in the last window, or to what always is worst, the first is right; where they go to what was worst over both
/// windows, the second. A verdict needs both (`tests/simulations/effect.rs` shows the errors of each and of both).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// The earlier window is compared, and places are like in the last one.
    LastWindowLeftOut,
    /// Both windows are compared, and places are like over the two together.
    BothWindows,
}

/// One value for each design.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ByDesign<T> {
    /// Of [`Design::LastWindowLeftOut`].
    pub last_window_left_out: T,
    /// Of [`Design::BothWindows`].
    pub both_windows: T,
}

/// What was counted in each of the windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct WindowCounts {
    pub(super) earlier: u64,
    pub(super) last: u64,
    pub(super) after: u64,
}

impl Windows {
    /// The windows of some days around the first day of a model.
    pub fn around(started: Day, days: u32) -> Self {
        // The rule file has at least one day.
        let days = days.max(1) as i32;
        let of = |from: i32| {
            let window = Period::new(Day::from_number(from), Day::from_number(from + days));
            window.expect("a window of one day or more is not empty")
        };
        let start = started.number();
        Self { earlier: of(start - 2 * days), last: of(start - days), after: of(start) }
    }

    /// The days before the start that a design compares.
    pub fn before(self, design: Design) -> Period {
        match design {
            Design::LastWindowLeftOut => self.earlier,
            Design::BothWindows => {
                Period::new(self.earlier.from(), self.last.to()).expect("two windows of one day or more are not empty")
            }
        }
    }

    /// Whether a span of days meets any of the windows.
    pub(super) fn meet(self, started: Day, ended: Option<Day>) -> bool {
        started < self.after.to() && ended.is_none_or(|end| self.earlier.from() < end)
    }
}

impl Design {
    /// The counts that the design compares.
    pub(super) fn compared(self, counts: WindowCounts) -> BeforeAfter {
        let before = match self {
            Self::LastWindowLeftOut => counts.earlier,
            Self::BothWindows => counts.earlier + counts.last,
        };
        BeforeAfter { before, after: counts.after }
    }

    /// The count by which places are like.
    pub(super) fn matched(self, counts: WindowCounts) -> u64 {
        match self {
            Self::LastWindowLeftOut => counts.last,
            Self::BothWindows => counts.earlier + counts.last,
        }
    }
}

impl<T> ByDesign<T> {
    /// What a function gives for each design.
    pub(super) fn each(of: impl Fn(Design) -> T) -> Self {
        Self { last_window_left_out: of(Design::LastWindowLeftOut), both_windows: of(Design::BothWindows) }
    }

    /// The value of a design.
    pub fn of(&self, design: Design) -> &T {
        match design {
            Design::LastWindowLeftOut => &self.last_window_left_out,
            Design::BothWindows => &self.both_windows,
        }
    }

    /// Each value changed by a function.
    pub fn map<U>(self, change: impl Fn(T) -> U) -> ByDesign<U> {
        ByDesign { last_window_left_out: change(self.last_window_left_out), both_windows: change(self.both_windows) }
    }
}

/// Why nothing can be said of a model or a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// Where it stands is not known.
    #[serde(rename = "no_place")]
    NoLocation,
    /// The incidents known do not cover the windows before and after.
    NotCovered,
    /// It ended before the window after its start was over.
    EndedTooSoon,
    /// Another model of the kind was there before it.
    KindWasThere,
    /// No place like it is left without the kind.
    #[serde(rename = "no_comparison_place")]
    NoComparison,
    /// Fewer incidents before than the rule requires, or none at all somewhere.
    #[serde(rename = "too_few_before")]
    TooFew,
    /// It came or went in fewer communes than the rule requires, while the incidents are known.
    TooFewCommunes,
}

/// The counts of a model and of its comparison places.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Inside the reach, and the sum over the comparison places.
    pub inside: EffectTable,
    /// In the ring of one to two reaches; absent where a kind works over its whole area.
    pub ring: Option<EffectTable>,
    /// The same against the best-matched place alone, for a difference in events.
    pub nearest: DisplacementDesign,
    /// The communes of the comparison places, the best-matched first.
    pub communes: Vec<CommuneIndex>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn windows_meet_at_the_start_and_are_equally_long() {
        let windows = Windows::around(Day::of_date(date(2023, 3, 1)), 365);
        assert_eq!(windows.earlier.from().date(), date(2021, 3, 1));
        assert_eq!(windows.last.from().date(), date(2022, 3, 1));
        assert_eq!((windows.earlier.to(), windows.last.to()), (windows.last.from(), windows.after.from()));
        assert_eq!(windows.after.to().date(), date(2024, 2, 29));
        let day = |year, month| Day::of_date(date(year, month, 1));
        assert!(windows.meet(day(2019, 1), None) && windows.meet(day(2019, 1), Some(day(2021, 4))));
        assert!(!windows.meet(day(2019, 1), Some(day(2021, 3))) && !windows.meet(day(2024, 3), None));
    }

    #[test]
    fn designs_compare_one_window_or_both_with_the_one_after() {
        let counts = WindowCounts { earlier: 5, last: 9, after: 4 };
        let of = |design: Design| (design.compared(counts), design.matched(counts));
        assert_eq!(of(Design::LastWindowLeftOut), (BeforeAfter { before: 5, after: 4 }, 9));
        assert_eq!(of(Design::BothWindows), (BeforeAfter { before: 14, after: 4 }, 14));
        let windows = Windows::around(Day::of_date(date(2023, 3, 1)), 365);
        let both = windows.before(Design::BothWindows);
        assert_eq!((both.from(), both.to()), (windows.earlier.from(), windows.after.from()));
    }
}
