//! From one rate of false alarms to the chance of each judged step.
//!
//! In: the rule and how many series there are of each kind. Out: the probability up to which a step of a series raises an
//! alert. By Bonferroni: the chances of all steps of a quarter add up to the rate, whatever hangs together among them.

use crate::domain::alert::{AlertKind, AlertScope};
use crate::domain::rules::alert_rule::AlertRule;

const WEEKS_OF_A_QUARTER: f64 = 13.0;
const MONTHS_OF_A_QUARTER: f64 = 3.0;

/// How many series there are of each kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SeriesNumbers {
    /// Of the province.
    pub province: usize,
    /// Of districts.
    pub districts: usize,
    /// Of groups of communes.
    pub groups: usize,
}

/// The chance of each judged step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chances {
    week_of_province: f64,
    week_of_district: f64,
    week_of_group: f64,
    month: f64,
    scan: f64,
}

impl Chances {
    /// The chances that a rule leaves so many series.
    pub fn of(rule: &AlertRule, numbers: &SeriesNumbers) -> Self {
        let (rate, shares) = (rule.false_alarms_a_quarter, rule.shares);
        let each = |share: f64, series: usize, steps: f64| rate * share / (series.max(1) as f64 * steps);
        let all = numbers.province + numbers.districts + numbers.groups;
        Self {
            week_of_province: each(shares.weeks_of_province, numbers.province, WEEKS_OF_A_QUARTER),
            week_of_district: each(shares.weeks_of_districts, numbers.districts, WEEKS_OF_A_QUARTER),
            week_of_group: each(shares.weeks_of_groups, numbers.groups, WEEKS_OF_A_QUARTER),
            month: each(shares.months, all, MONTHS_OF_A_QUARTER),
            scan: each(shares.scans, 1, WEEKS_OF_A_QUARTER),
        }
    }

    /// The chance of one step of one series, or of one scan.
    pub fn at(&self, kind: AlertKind, scope: AlertScope) -> f64 {
        match (kind, scope) {
            (AlertKind::Month, _) => self.month,
            (AlertKind::Cluster, _) | (AlertKind::Week, AlertScope::Communes) => self.scan,
            (AlertKind::Week, AlertScope::Province) => self.week_of_province,
            (AlertKind::Week, AlertScope::District) => self.week_of_district,
            (AlertKind::Week, AlertScope::Group) => self.week_of_group,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incident::taxonomy::Taxonomy;
    use crate::domain::rules::Rules;

    fn rule() -> AlertRule {
        let taxonomy = Taxonomy::from_toml(include_str!("../../../geodata/taxonomy.toml")).unwrap();
        Rules::from_toml(include_str!("../../../geodata/rules.toml"), &taxonomy).unwrap().alerts
    }

    #[test]
    fn chances_of_a_quarter_add_up_to_what_is_dealt_out_of_the_rate() {
        let (rule, numbers) = (rule(), SeriesNumbers { province: 4, districts: 68, groups: 16 });
        let chances = Chances::of(&rule, &numbers);
        let of = |kind, scope, series: f64, steps: f64| chances.at(kind, scope) * series * steps;
        let weeks = of(AlertKind::Week, AlertScope::Province, 4.0, 13.0)
            + of(AlertKind::Week, AlertScope::District, 68.0, 13.0)
            + of(AlertKind::Week, AlertScope::Group, 16.0, 13.0);
        let months = of(AlertKind::Month, AlertScope::District, 88.0, 3.0);
        let scans = of(AlertKind::Cluster, AlertScope::Communes, 1.0, 13.0);
        let shares = rule.shares;
        let dealt_out = shares.weeks_of_province
            + shares.weeks_of_districts
            + shares.weeks_of_groups
            + shares.months
            + shares.scans;
        assert!((weeks + months + scans - rule.false_alarms_a_quarter * dealt_out).abs() < 1e-9, "{chances:?}");
        assert!(dealt_out <= 1.0);
    }

    #[test]
    fn no_series_leaves_no_division_by_nothing() {
        let chances = Chances::of(&rule(), &SeriesNumbers::default());
        assert!(chances.at(AlertKind::Week, AlertScope::Group).is_finite());
    }
}
