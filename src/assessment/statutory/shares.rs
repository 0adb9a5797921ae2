//! Article 5(4): have all units under a commune registered, and are enough of them recognised?
//!
//! In: the rolls of the kinds that count. Out: a verdict kind by kind or pooled, in whole
//! numbers, and the units that are missing. Of a commune of which the register knows nothing
//! it cannot be said that all have registered.

use serde::Serialize;
use utoipa::ToSchema;

use super::register::RegisterEntry;
use super::verdict::{StatutoryVerdict, combined};
use crate::domain::standard::certification::{Declared, UnitKind};
use crate::domain::standard::criterion::{Pool, ShareRule};
use crate::domain::standard::fraction::Fraction;

/// Whether the register says how many units there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RegisterCoverage {
    /// It does: the register is complete.
    Complete,
    /// It does not: there may be more units than those on the register.
    Unknown,
}

/// Units of a kind under a commune, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindCounts {
    /// Whether the register is complete.
    pub coverage: RegisterCoverage,
    /// Units on the register.
    pub units: u32,
    /// Those that registered.
    pub registered: u32,
    /// Those that did not.
    pub unregistered: u32,
    /// Those that are recognised.
    pub recognised: u32,
    /// Those that are not.
    pub unrecognised: u32,
}

impl KindCounts {
    /// No unit on a complete register.
    pub const NONE: Self = Self {
        coverage: RegisterCoverage::Complete,
        units: 0,
        registered: 0,
        unregistered: 0,
        recognised: 0,
        unrecognised: 0,
    };

    /// The counts of a register.
    pub fn of(entries: &[&RegisterEntry<'_>], coverage: RegisterCoverage) -> Self {
        let count =
            |holds: &dyn Fn(&RegisterEntry<'_>) -> bool| entries.iter().filter(|entry| holds(entry)).count() as u32;
        Self {
            coverage,
            units: entries.len() as u32,
            registered: count(&|entry| entry.registered == Some(Declared::Yes)),
            unregistered: count(&|entry| entry.registered == Some(Declared::No)),
            recognised: count(&|entry| entry.recognised == Some(Declared::Yes)),
            unrecognised: count(&|entry| entry.recognised == Some(Declared::No)),
        }
    }

    /// The counts of two rolls together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let both_complete = self.coverage == RegisterCoverage::Complete && other.coverage == RegisterCoverage::Complete;
        Self {
            coverage: if both_complete { RegisterCoverage::Complete } else { RegisterCoverage::Unknown },
            units: self.units + other.units,
            registered: self.registered + other.registered,
            unregistered: self.unregistered + other.unregistered,
            recognised: self.recognised + other.recognised,
            unrecognised: self.unrecognised + other.unrecognised,
        }
    }

    /// Whether the counts reach the shares of a rule.
    ///
    /// What is missing may still turn out either way: met needs enough units that did, not met needs so many
    /// that did not that the rest cannot make up for them.
    ///
    /// # Example
    /// 25 units, all registered, 18 recognised: 10 · 18 ≥ 7 · 25.
    /// ```
    /// use binhyen::assessment::statutory::{RegisterCoverage, KindCounts, StatutoryVerdict};
    /// use binhyen::domain::standard::criterion::{Pool, ShareRule};
    /// use binhyen::domain::standard::fraction::Fraction;
    /// let rule = ShareRule {
    ///     registered_min: Fraction::new(1, 1)?,
    ///     recognised_min: Fraction::new(7, 10)?,
    ///     pool: Pool::Each,
    ///     of: vec![],
    /// };
    /// let counts = KindCounts { units: 25, registered: 25, recognised: 18, unrecognised: 7, ..KindCounts::NONE };
    /// assert_eq!(counts.verdict(&rule), StatutoryVerdict::Met);
    /// let one_less = KindCounts { recognised: 17, unrecognised: 8, ..counts };
    /// assert_eq!(one_less.verdict(&rule), StatutoryVerdict::NotMet);
    /// # Ok::<(), binhyen::domain::standard::fraction::FractionError>(())
    /// ```
    pub fn verdict(&self, rule: &ShareRule) -> StatutoryVerdict {
        let registered = self.reaches(rule.registered_min, self.registered, self.unregistered);
        let recognised = self.reaches(rule.recognised_min, self.recognised, self.unrecognised);
        combined([registered, recognised])
    }

    fn reaches(&self, share: Fraction, yes: u32, no: u32) -> StatutoryVerdict {
        match self.coverage {
            RegisterCoverage::Complete if self.units == 0 => StatutoryVerdict::NotApplicable,
            RegisterCoverage::Complete if share.is_reached_by(yes, self.units) => StatutoryVerdict::Met,
            RegisterCoverage::Complete if !share.is_reached_by(self.units - no, self.units) => StatutoryVerdict::NotMet,
            // Units that nobody knows of cannot undo one that is short of the whole.
            RegisterCoverage::Unknown if share.is_whole() && no > 0 => StatutoryVerdict::NotMet,
            _ => StatutoryVerdict::NoData,
        }
    }
}

/// A unit that is named because it is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnitName {
    /// Its id in the register.
    pub unit_id: String,
    /// What people call it; null where the register has no name.
    #[schema(required)]
    pub label: Option<String>,
}

impl UnitName {
    fn of(entry: &RegisterEntry<'_>) -> Self {
        Self { unit_id: entry.unit_id.to_owned(), label: entry.label.map(str::to_owned) }
    }
}

/// One kind of unit under a commune.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindShare {
    /// The kind of unit that is counted.
    pub kind: UnitKind,
    /// The id of the window in which it was counted.
    pub window: String,
    /// How many units of the kind there are, by where they stand.
    pub counts: KindCounts,
    /// What they say by themselves.
    pub verdict: StatutoryVerdict,
    /// Units on the register without a record of whether they registered.
    pub silent: Vec<UnitName>,
    /// Units that did not register.
    pub unregistered: Vec<UnitName>,
    /// Units that registered and are not recognised.
    pub unrecognised: Vec<UnitName>,
}

/// The facts for a criterion on shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareFacts {
    /// Kind by kind, in the order of the rule.
    pub kinds: Vec<KindShare>,
    /// All kinds together.
    pub together: KindCounts,
    /// The verdict by the rule's way of pooling.
    pub verdict: StatutoryVerdict,
}

/// One kind, counted and judged.
pub(super) fn kind_share(
    kind: UnitKind,
    window: &str,
    entries: &[&RegisterEntry<'_>],
    coverage: RegisterCoverage,
    rule: &ShareRule,
) -> KindShare {
    let counts = KindCounts::of(entries, coverage);
    let named = |holds: &dyn Fn(&RegisterEntry<'_>) -> bool| {
        entries.iter().filter(|entry| holds(entry)).map(|entry| UnitName::of(entry)).collect()
    };
    KindShare {
        kind,
        window: window.to_owned(),
        counts,
        verdict: counts.verdict(rule),
        silent: named(&|entry| entry.registered.is_none()),
        unregistered: named(&|entry| entry.registered == Some(Declared::No)),
        unrecognised: named(&|entry| entry.registered != Some(Declared::No) && entry.recognised == Some(Declared::No)),
    }
}

/// All kinds, judged by the rule's way of pooling.
pub(super) fn share_facts(kinds: Vec<KindShare>, rule: &ShareRule) -> ShareFacts {
    let together = kinds.iter().fold(KindCounts::NONE, |sum, share| sum.and(share.counts));
    let verdict = match rule.pool {
        Pool::Each => combined(kinds.iter().map(|share| share.verdict)),
        Pool::Pooled => together.verdict(rule),
    };
    ShareFacts { kinds, together, verdict }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rule(pool: Pool) -> ShareRule {
        ShareRule {
            registered_min: Fraction::new(1, 1).unwrap(),
            recognised_min: Fraction::new(7, 10).unwrap(),
            pool,
            of: vec![UnitKind::ResidentialArea, UnitKind::School],
        }
    }

    fn all_registered(recognised: u32, units: u32) -> KindCounts {
        KindCounts { units, registered: units, recognised, unrecognised: units - recognised, ..KindCounts::NONE }
    }

    fn share(kind: UnitKind, counts: KindCounts) -> KindShare {
        let verdict = counts.verdict(&rule(Pool::Each));
        let nobody = || Vec::new();
        KindShare {
            kind,
            window: String::new(),
            counts,
            verdict,
            silent: nobody(),
            unregistered: nobody(),
            unrecognised: nobody(),
        }
    }

    #[test]
    fn seven_in_ten_are_needed_in_whole_units() {
        let rule = rule(Pool::Each);
        for (recognised, units, wanted) in [
            (7, 10, StatutoryVerdict::Met),
            (14, 20, StatutoryVerdict::Met),
            (18, 25, StatutoryVerdict::Met),
            (69, 100, StatutoryVerdict::NotMet),
            (16, 25, StatutoryVerdict::NotMet),
            (17, 25, StatutoryVerdict::NotMet),
        ] {
            assert_eq!(all_registered(recognised, units).verdict(&rule), wanted, "{recognised}/{units}");
        }
    }

    #[test]
    fn one_unit_that_did_not_register_fails_the_hundred_percent() {
        let counts = KindCounts { registered: 9, unregistered: 1, ..all_registered(9, 10) };
        assert_eq!(counts.verdict(&rule(Pool::Each)), StatutoryVerdict::NotMet);
    }

    #[test]
    fn a_silent_unit_leaves_it_open_until_it_cannot_matter() {
        let rule = rule(Pool::Each);
        let one_silent = KindCounts { units: 10, registered: 9, recognised: 9, ..KindCounts::NONE };
        assert_eq!(one_silent.verdict(&rule), StatutoryVerdict::NoData);
        let hopeless = KindCounts { recognised: 5, unrecognised: 4, ..one_silent };
        assert_eq!(hopeless.verdict(&rule), StatutoryVerdict::NotMet, "6 of 10 at best");
    }

    #[test]
    fn without_a_register_nobody_knows_of_all_but_one_refusal_is_enough() {
        let rule = rule(Pool::Each);
        let known = KindCounts { coverage: RegisterCoverage::Unknown, ..all_registered(10, 10) };
        assert_eq!(known.verdict(&rule), StatutoryVerdict::NoData);
        let refused = KindCounts { registered: 9, unregistered: 1, ..known };
        assert_eq!(refused.verdict(&rule), StatutoryVerdict::NotMet);
        assert_eq!(
            KindCounts { coverage: RegisterCoverage::Unknown, ..KindCounts::NONE }.verdict(&rule),
            StatutoryVerdict::NoData
        );
    }

    #[test]
    fn a_kind_without_units_does_not_apply() {
        assert_eq!(KindCounts::NONE.verdict(&rule(Pool::Each)), StatutoryVerdict::NotApplicable);
    }

    #[test]
    fn pooled_kinds_make_up_for_each_other_and_each_kind_does_not() {
        let kinds = || {
            vec![
                share(UnitKind::ResidentialArea, all_registered(20, 20)),
                share(UnitKind::School, all_registered(1, 5)),
            ]
        };
        assert_eq!(share_facts(kinds(), &rule(Pool::Each)).verdict, StatutoryVerdict::NotMet);
        let pooled = share_facts(kinds(), &rule(Pool::Pooled));
        assert_eq!(
            (pooled.verdict, pooled.together.recognised, pooled.together.units),
            (StatutoryVerdict::Met, 21, 25)
        );
        assert_eq!(share_facts(Vec::new(), &rule(Pool::Each)).verdict, StatutoryVerdict::NotApplicable);
    }

    proptest! {
        #[test]
        fn learning_more_never_turns_a_verdict_over(
            yes in 0_u32..30, no in 0_u32..30, silent in 1_u32..10, more_yes in 0_u32..10,
        ) {
            let rule = rule(Pool::Each);
            let units = yes + no + silent;
            let before = KindCounts { units, registered: units, recognised: yes, unrecognised: no, ..KindCounts::NONE };
            let learnt = more_yes.min(silent);
            let after = KindCounts { recognised: yes + learnt, unrecognised: no + silent - learnt, ..before };
            if before.verdict(&rule) != StatutoryVerdict::NoData {
                prop_assert_eq!(after.verdict(&rule), before.verdict(&rule));
            }
            prop_assert!(after.verdict(&rule) != StatutoryVerdict::NoData);
        }
    }
}
