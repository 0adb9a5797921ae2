//! Certification shares as the public gets them: so coarse that no count follows.
//!
//! In: a share with its counts. Out: the nearest of few steps, and nothing where there are few units. Decisions on
//! communes are published one by one, so their shares stay as they are. A share is rounded to a multiple of `1 / steps`
//! and left out below `steps` units or more: every number of units from there on has a count for each step, so no
//! number of shares, of whatever windows, says how many units there are; and without that number a step is a wide range
//! of counts. [`consistent`] lists that range, which the audit measures.

use crate::assessment::area::{CertificationShare, UnitCounts};
use crate::domain::rules::PublicShareRule;
use crate::domain::standard::certification::UnitKind;

/// A number of recognised units and the number of units they are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecognisedUnits {
    /// Units that were recognised.
    pub recognised: u32,
    /// Units counted.
    pub units: u32,
}

/// A share without the counts behind it.
pub(super) fn public_share(share: &CertificationShare, rule: &PublicShareRule) -> CertificationShare {
    let CertificationShare { kind, window, share: exact, counts } = share;
    let rounded = || counts.and_then(|counts| rounded(counts, rule));
    CertificationShare {
        kind: *kind,
        window: window.clone(),
        share: if is_published_one_by_one(*kind) { *exact } else { rounded() },
        counts: None,
    }
}

/// Whether the public reads the decision on each unit of a kind.
pub fn is_published_one_by_one(kind: UnitKind) -> bool {
    kind == UnitKind::Commune
}

fn rounded(counts: UnitCounts, rule: &PublicShareRule) -> Option<f64> {
    let UnitCounts { units, recognised, registered: _, silent: _ } = counts;
    let step = step_of(RecognisedUnits { recognised, units }, rule)?;
    Some(f64::from(step) / f64::from(rule.steps))
}

/// The step nearest to a share, the upper of two as near; none below the least number of units.
fn step_of(of: RecognisedUnits, rule: &PublicShareRule) -> Option<u32> {
    let RecognisedUnits { recognised, units } = of;
    let (twice, units) = (2 * u64::from(rule.steps) * u64::from(recognised), u64::from(units));
    (units >= u64::from(rule.min_units.max(1))).then(|| ((twice + units) / (2 * units)) as u32)
}

/// Every pair of counts that gives a published share, of up to so many units.
pub(in crate::assessment) fn consistent(share: f64, rule: &PublicShareRule, most: u32) -> Vec<RecognisedUnits> {
    let is_given = |of: &RecognisedUnits| {
        let step = step_of(*of, rule).map(|step| f64::from(step) / f64::from(rule.steps));
        step.is_some_and(|step| (step - share).abs() < 1e-9)
    };
    let pairs = (rule.min_units.max(1)..=most)
        .flat_map(|units| (0..=units).map(move |recognised| RecognisedUnits { recognised, units }));
    pairs.filter(is_given).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::incident::taxonomy::Taxonomy;
    use crate::domain::rules::Rules;

    fn rules() -> Rules {
        let taxonomy = Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap();
        Rules::from_toml(include_str!("../../../geodata/rules.toml"), &taxonomy).unwrap()
    }

    fn share(kind: UnitKind, recognised: u32, units: u32) -> CertificationShare {
        let counts = UnitCounts { units, registered: units, recognised, silent: 0 };
        CertificationShare::of(kind, "ANTT-2024-kdc", counts)
    }

    fn seen(recognised: u32, units: u32) -> Option<f64> {
        let share = public_share(&share(UnitKind::ResidentialArea, recognised, units), &rules().disclosure.shares);
        assert_eq!(share.counts, None);
        share.share
    }

    #[test]
    fn share_is_the_nearest_tenth() {
        // 17/19 = 0.8947, which stands for itself among all fractions of up to 30.
        assert_eq!([seen(17, 19), seen(19, 20), seen(14, 20), seen(0, 12)], [0.9, 1.0, 0.7, 0.0].map(Some));
        assert_eq!(seen(13, 20), Some(0.7), "half a step goes up");
    }

    #[test]
    fn few_units_have_no_share_and_communes_keep_theirs() {
        assert_eq!([seen(9, 9), seen(0, 0), seen(1, 2)], [None; 3]);
        let commune = public_share(&share(UnitKind::Commune, 2, 3), &rules().disclosure.shares);
        assert_eq!((commune.share, commune.counts), (Some(2.0 / 3.0), None));
    }

    proptest! {
        #[test]
        fn no_step_tells_the_number_of_units_and_every_step_leaves_counts_wide(units in 10_u32..100, part in 0.0..1.0_f64) {
            let rules = rules();
            let (rule, width) = (&rules.disclosure.shares, rules.disclosure.interval_width);
            let recognised = (part * f64::from(units + 1)) as u32;
            let published = seen(recognised, units).unwrap();
            let pairs = consistent(published, rule, rule.max_units);
            let truth = RecognisedUnits { recognised, units };
            prop_assert!(pairs.contains(&truth));
            for others in rule.min_units..=rule.max_units {
                prop_assert!(pairs.iter().any(|pair| pair.units == others), "{others} units cannot be {published}");
            }
            for count in [|pair: &RecognisedUnits| pair.recognised, |pair: &RecognisedUnits| pair.units - pair.recognised] {
                let (least, most) = (pairs.iter().map(count).min(), pairs.iter().map(count).max());
                prop_assert!(most.unwrap() - least.unwrap() >= width, "{published}: {least:?} to {most:?}");
            }
        }
    }
}
