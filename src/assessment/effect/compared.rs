//! One model beside its comparison places: the windows, the counts, and what may stand in the way of them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::CommuneIndex;
use crate::domain::time::period::{Day, Period, PeriodError};
use crate::statistics::{DisplacementDesign, EffectTable};

/// Two windows of equal length, one that ends where a model starts and one that begins there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// Before the start.
    pub before: Period,
    /// From the start on.
    pub after: Period,
}

impl Windows {
    /// The windows of some days around the first day of a model.
    pub fn around(started: Day, days: u32) -> Self {
        // The rule file has at least one day.
        let days = days.max(1) as i32;
        let of = |from: i32| Period::new(Day::from_number(from), Day::from_number(from + days));
        let (before, after): (Result<_, PeriodError>, _) = (of(started.number() - days), of(started.number()));
        Self {
            before: before.expect("a window of one day or more is not empty"),
            after: after.expect("a window of one day or more is not empty"),
        }
    }

    /// Whether a span of days meets either window.
    pub(super) fn meet(self, started: Day, ended: Option<Day>) -> bool {
        started < self.after.to() && ended.is_none_or(|end| self.before.from() < end)
    }
}

/// Why nothing can be said of a model or a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// Where it stands is not known.
    #[serde(rename = "no_place")]
    NoLocation,
    /// The incidents known do not cover both windows.
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
        assert_eq!(windows.before.from().date(), date(2022, 3, 1));
        assert_eq!(windows.before.to(), windows.after.from());
        assert_eq!(windows.after.to().date(), date(2024, 2, 29));
        let day = |year, month| Day::of_date(date(year, month, 1));
        assert!(windows.meet(day(2019, 1), None) && windows.meet(day(2019, 1), Some(day(2022, 4))));
        assert!(!windows.meet(day(2019, 1), Some(day(2022, 3))) && !windows.meet(day(2024, 3), None));
    }
}
