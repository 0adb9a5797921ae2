//! What may be published: values of the rule file, with floors that no file can go below.
//!
//! In: the values of `[disclosure]`. Out: the first one below its floor, and in what one rule is weaker than another. How
//! a release follows from them is not decided here.

use std::collections::BTreeSet;

use serde::Deserialize;

/// Below this a hidden count would be one or two.
const LEAST_K: u32 = 3;
const MOST_K: u32 = 1000;
/// Side of the least square in which planners see incidents: a few houses are a person.
const LEAST_CELL_M: f64 = 250.0;
const MOST_CELL_M: f64 = 100_000.0;
/// A hundred years.
const MOST_DELAY_DAYS: u32 = 36_500;

/// What may be published.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisclosureRule {
    /// Counts from 1 to k − 1 are hidden.
    pub k: u32,
    /// All that is published must leave a hidden small count at least this much room, greatest less least.
    pub interval_width: u32,
    /// Side of the cells in which planners see incidents, in metres; cells of fewer than k are not shown.
    pub planner_cell_m: f64,
    /// Relative risks and letters need at least this many incidents.
    pub min_events_weighted: u32,
    /// On levels where fewer areas publish their count the public gets no relative risk and no letter.
    pub min_areas_rated: u32,
    /// Days after the end of a window before it is released.
    pub delay_days: u32,
    /// Categories never shown below district.
    pub never_below_district: BTreeSet<String>,
    /// How certification shares are given to the public.
    pub shares: PublicShareRule,
}

impl DisclosureRule {
    /// The first value below its floor, with the floor.
    pub(in crate::domain) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let checks = [
            ("disclosure.k", "from 3 to 1000", (LEAST_K..=MOST_K).contains(&self.k)),
            // From the least to the greatest: a width of k − 1 leaves a hidden count k possible values.
            (
                "disclosure.interval_width",
                "k − 1 or more, so that a hidden count may be k numbers or more",
                self.interval_width.saturating_add(1) >= self.k,
            ),
            (
                "disclosure.planner_cell_m",
                "from 250 to 100000",
                (LEAST_CELL_M..=MOST_CELL_M).contains(&self.planner_cell_m),
            ),
            ("disclosure.min_events_weighted", "k or more", self.min_events_weighted >= self.k),
            ("disclosure.min_areas_rated", "1 or more", self.min_areas_rated >= 1),
            ("disclosure.delay_days", "from 0 to 36500", self.delay_days <= MOST_DELAY_DAYS),
        ];
        let below = checks.into_iter().find(|(_, _, holds)| !holds).map(|(what, expected, _)| (what, expected));
        below.or_else(|| self.shares.fault())
    }

    /// In what this rule lets the public learn more than another one does, in words.
    pub fn weaker_than(&self, other: &Self) -> Vec<String> {
        let least = |key: &str, own: f64, others: f64| {
            (own < others).then(|| format!("disclosure.{key} is {own}, below {others}"))
        };
        let numbers = [
            least("k", self.k.into(), other.k.into()),
            least("interval_width", self.interval_width.into(), other.interval_width.into()),
            least("planner_cell_m", self.planner_cell_m, other.planner_cell_m),
            least("min_events_weighted", self.min_events_weighted.into(), other.min_events_weighted.into()),
            least("min_areas_rated", self.min_areas_rated.into(), other.min_areas_rated.into()),
            least("delay_days", self.delay_days.into(), other.delay_days.into()),
            least("shares.min_units", self.shares.min_units.into(), other.shares.min_units.into()),
        ];
        let steps = (self.shares.steps > other.shares.steps)
            .then(|| format!("disclosure.shares.steps is {}, above {}", self.shares.steps, other.shares.steps));
        let open = other.never_below_district.difference(&self.never_below_district);
        let open = open.map(|category| format!("disclosure.never_below_district lacks {category:?}"));
        numbers.into_iter().flatten().chain(steps).chain(open).collect()
    }
}

/// How certification shares are given to the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicShareRule {
    /// A share is given as a multiple of one over so many.
    pub steps: u32,
    /// Of fewer units no share is given.
    pub min_units: u32,
    /// As many units as anybody would believe an area to have; the audit looks no further.
    pub max_units: u32,
}

impl PublicShareRule {
    /// What is wrong with the values, and what is expected of them.
    fn fault(&self) -> Option<(&'static str, &'static str)> {
        let Self { steps, min_units, max_units } = *self;
        let is_sound = steps >= 1 && min_units >= steps && max_units > min_units;
        (!is_sound).then_some(("disclosure.shares", "steps of 1 or more, min_units of no fewer, and max_units above"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> DisclosureRule {
        DisclosureRule {
            k: 5,
            interval_width: 4,
            planner_cell_m: 500.0,
            min_events_weighted: 10,
            min_areas_rated: 3,
            delay_days: 30,
            never_below_district: BTreeSet::from(["a".to_owned(), "b".to_owned()]),
            shares: PublicShareRule { steps: 10, min_units: 10, max_units: 100 },
        }
    }

    #[test]
    fn rule_is_not_weaker_than_itself_or_than_a_weaker_one() {
        let weaker = DisclosureRule { k: 3, interval_width: 2, delay_days: 0, ..rule() };
        assert_eq!((rule().weaker_than(&rule()), rule().weaker_than(&weaker)), (Vec::new(), Vec::new()));
        assert_eq!(
            weaker.weaker_than(&rule()),
            [
                "disclosure.k is 3, below 5",
                "disclosure.interval_width is 2, below 4",
                "disclosure.delay_days is 0, below 30"
            ]
        );
    }

    #[test]
    fn opened_categories_and_finer_shares_are_named() {
        let shares = PublicShareRule { steps: 20, min_units: 20, max_units: 100 };
        let open = DisclosureRule { never_below_district: BTreeSet::from(["a".to_owned()]), shares, ..rule() };
        assert_eq!(
            open.weaker_than(&rule()),
            ["disclosure.shares.steps is 20, above 10", "disclosure.never_below_district lacks \"b\""]
        );
    }

    #[test]
    fn floors_hold_at_their_ends() {
        assert_eq!(rule().fault(), None);
        let least = DisclosureRule { k: 3, interval_width: 2, planner_cell_m: 250.0, min_events_weighted: 3, ..rule() };
        assert_eq!(least.fault(), None);
        let named = |rule: DisclosureRule| rule.fault().map(|(what, _)| what);
        assert_eq!(named(DisclosureRule { k: 2, ..rule() }), Some("disclosure.k"));
        assert_eq!(named(DisclosureRule { interval_width: 1, ..least }), Some("disclosure.interval_width"));
        assert_eq!(named(DisclosureRule { min_areas_rated: 0, ..rule() }), Some("disclosure.min_areas_rated"));
        assert_eq!(named(DisclosureRule { planner_cell_m: f64::NAN, ..rule() }), Some("disclosure.planner_cell_m"));
    }
}
