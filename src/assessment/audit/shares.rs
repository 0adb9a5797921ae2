//! What published certification shares say of the counts behind them.
//!
//! In: the shares of one area and kind of unit as they were read, window by window, and the true counts. Out: the
//! range of counts, recognised or not, around the true one that agree with all of them together, without a gap: the
//! number of units is taken to be the same in every window. A share that is no multiple of the step of the rule is
//! attacked as the fraction it is: 0.8947 is 17 of 19, or 34 of 38, and nothing between.

use std::collections::BTreeSet;

use crate::assessment::area::UnitCounts;
use crate::assessment::disclosure::public_shares::{RecognisedUnits, consistent};
use crate::assessment::release::AreaRef;
use crate::domain::rules::DisclosureRule;
use crate::domain::standard::certification::UnitKind;

/// A published share with what is hidden behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedShare {
    /// Edition, level and row of the area.
    pub area: AreaRef,
    /// The kind of unit.
    pub kind: UnitKind,
    /// The id of the window that was judged.
    pub window: String,
    /// What was read.
    pub share: f64,
    /// What was counted.
    pub counts: UnitCounts,
}

/// A share from which a count follows too nearly.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareFinding {
    /// The share.
    pub share: PublishedShare,
    /// How many units may have been recognised: least and most of the range without a gap around the true count.
    pub recognised: CountRange,
    /// How many may not have been.
    pub unrecognised: CountRange,
}

/// Counts from a least to a greatest, all of them possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountRange {
    /// The least.
    pub least: u32,
    /// The greatest.
    pub most: u32,
}

impl CountRange {
    /// The range without a gap around a count, among those that are possible.
    fn around(count: u32, possible: &BTreeSet<u32>) -> Self {
        let (mut least, mut most) = (count, count);
        while least > 0 && possible.contains(&(least - 1)) {
            least -= 1;
        }
        while possible.contains(&(most + 1)) {
            most += 1;
        }
        Self { least, most }
    }

    fn width(self) -> u32 {
        self.most - self.least
    }
}

/// The shares of one area and kind that leave a count less room than the rule requires.
pub fn narrow_shares(shares: &[PublishedShare], rule: &DisclosureRule) -> Vec<ShareFinding> {
    // Nobody would believe fewer units than a large area has: there the attacker looks as far as the truth.
    let most = shares.iter().map(|share| share.counts.units).max().unwrap_or(0).max(rule.shares.max_units);
    let pairs: Vec<Vec<RecognisedUnits>> = shares.iter().map(|share| attacked(share.share, rule, most)).collect();
    let is_possible = |units: u32| pairs.iter().all(|of_window| of_window.iter().any(|pair| pair.units == units));
    let finding = |(share, of_window): (&PublishedShare, &Vec<RecognisedUnits>)| {
        let left: Vec<&RecognisedUnits> = of_window.iter().filter(|pair| is_possible(pair.units)).collect();
        let truth = RecognisedUnits { recognised: share.counts.recognised, units: share.counts.units };
        let around = |count: fn(&RecognisedUnits) -> u32| {
            CountRange::around(count(&truth), &left.iter().map(|pair| count(pair)).collect())
        };
        let recognised = around(|pair| pair.recognised);
        let unrecognised = around(|pair| pair.units - pair.recognised);
        let is_narrow = [recognised, unrecognised].iter().any(|range| range.width() < rule.interval_width);
        // A share of fewer units than the rule allows looks like any other, and is one too many.
        let is_allowed = of_window.contains(&truth);
        (is_narrow || !is_allowed).then(|| ShareFinding { share: share.clone(), recognised, unrecognised })
    };
    shares.iter().zip(&pairs).filter_map(finding).collect()
}

/// The counts that may stand behind a share, for who knows the rule.
fn attacked(share: f64, rule: &DisclosureRule, most: u32) -> Vec<RecognisedUnits> {
    let rounded = consistent(share, &rule.shares, most);
    if !rounded.is_empty() {
        return rounded;
    }
    let pairs = (1..=most).flat_map(|units| (0..=units).map(move |recognised| RecognisedUnits { recognised, units }));
    pairs.filter(|pair| (f64::from(pair.recognised) / f64::from(pair.units) - share).abs() < 1e-6).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::area::{AreaIndex, Level};
    use crate::domain::incident::taxonomy::Taxonomy;
    use crate::domain::rules::Rules;

    fn found(shares: &[(f64, u32, u32)]) -> Vec<ShareFinding> {
        let taxonomy = Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap();
        let rules = Rules::from_toml(include_str!("../../../geodata/rules.toml"), &taxonomy).unwrap();
        let area =
            AreaRef { edition: "2025-01".parse().unwrap(), level: Level::Commune, area_index: AreaIndex::new(0) };
        let share = |(number, (share, recognised, units)): (usize, &(f64, u32, u32))| PublishedShare {
            area,
            kind: UnitKind::ResidentialArea,
            window: format!("ANTT-{}-kdc", 2020 + number),
            share: *share,
            counts: UnitCounts { units: *units, registered: *units, recognised: *recognised, silent: 0 },
        };
        narrow_shares(&shares.iter().enumerate().map(share).collect::<Vec<_>>(), &rules.disclosure)
    }

    #[test]
    fn tenths_of_many_years_say_nothing_of_a_count() {
        assert!(found(&[(0.9, 17, 19), (1.0, 19, 19), (0.8, 16, 19), (0.9, 18, 19), (0.0, 0, 19)]).is_empty());
    }

    #[test]
    fn exact_fraction_is_found() {
        let findings = found(&[(17.0 / 19.0, 17, 19), (0.9, 17, 19)]);
        assert_eq!(findings[0].recognised, CountRange { least: 17, most: 17 });
        assert_eq!(findings.len(), 2, "and with it the number of units, so that the rounded one is exact as well");
    }

    #[test]
    fn share_of_few_units_is_found() {
        assert_eq!(found(&[(1.0, 3, 3)]).len(), 1);
    }
}
