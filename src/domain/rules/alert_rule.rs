//! What is out of the ordinary, and how often a false alarm may be: values of the rule file, checked.

use serde::Deserialize;

/// The values of `[situation]`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SituationRule {
    /// Former years that say what is usual.
    pub years: u8,
    /// Weeks on either side of the same days of a former year that count with them.
    pub band_weeks: u8,
    /// The probability with which all ranges of a level hold together.
    pub range: f64,
    /// How many of the last days reports may still come in for.
    pub incomplete_days: u16,
}

/// The values of `[alerts]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertRule {
    /// How many false alarms all series and scans together may give in a quarter, on average.
    pub false_alarms_a_quarter: f64,
    /// Which part of them each kind may give.
    pub shares: AlertShares,
    /// How many of the last whole weeks are judged again when reports come in late.
    pub weeks_back: u8,
    /// How a week is held against former years.
    pub weeks: SeriesRule,
    /// How a month is.
    pub months: SeriesRule,
    /// How a week is judged without years behind it.
    pub short: ShortSeriesRule,
    /// How the last weeks are scanned.
    pub scan: AlertScanRule,
}

/// Parts of the false alarms; together at most 1.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertShares {
    /// Weeks of the province.
    pub weeks_of_province: f64,
    /// Weeks of districts.
    pub weeks_of_districts: f64,
    /// Weeks of groups of communes.
    pub weeks_of_groups: f64,
    /// Months of all of them.
    pub months: f64,
    /// The scan over communes.
    pub scans: f64,
}

/// How a step is held against former years.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesRule {
    /// Years before, where there are so many.
    pub years: u8,
    /// Years that there must be.
    pub min_years: u8,
    /// Steps on either side of the same step of a former year.
    pub half_window: u8,
    /// Seasons of a year.
    pub seasons: u8,
    /// Steps just before that are no references.
    pub left_out: u8,
    /// From this Anscombe residual on a reference counts less.
    pub reweighted_above: f64,
    /// Fewer cases than this in the last steps are no alarm.
    pub min_cases: u16,
    /// How many steps that is.
    pub min_cases_steps: u8,
}

/// How a step is judged without years behind it.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortSeriesRule {
    /// Weeks of the baseline.
    pub baseline: u8,
}

/// How the last weeks are scanned.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertScanRule {
    /// Days that are looked at.
    pub days: u16,
    /// The most days of a cylinder.
    pub max_days: u16,
    /// The greatest share of the person-years in its zone.
    pub max_share: f64,
    /// Maps of chance.
    pub replicas: u32,
    /// What their random numbers begin with.
    pub seed: u64,
}

fn is_share(share: f64) -> bool {
    share > 0.0 && share < 1.0
}

impl SituationRule {
    /// The first value outside its range, with the range.
    pub(in crate::domain) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let checks = [
            ("situation.years", "from 1 to 10", (1..=10).contains(&self.years)),
            ("situation.band_weeks", "from 0 to 12", self.band_weeks <= 12),
            ("situation.range", "between 0 and 1", is_share(self.range)),
            ("situation.incomplete_days", "from 0 to 90", self.incomplete_days <= 90),
        ];
        first_fault(&checks)
    }
}

impl AlertRule {
    /// The first value outside its range, with the range.
    pub(in crate::domain) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let AlertShares { weeks_of_province, weeks_of_districts, weeks_of_groups, months, scans } = self.shares;
        let shares = [weeks_of_province, weeks_of_districts, weeks_of_groups, months, scans];
        let scan = &self.scan;
        let checks = [
            (
                "alerts.false_alarms_a_quarter",
                "above 0 and at most 100",
                self.false_alarms_a_quarter > 0.0 && self.false_alarms_a_quarter <= 100.0,
            ),
            (
                "alerts.shares",
                "above 0, and at most 1 together",
                shares.iter().all(|share| *share > 0.0) && shares.iter().sum::<f64>() <= 1.0 + 1e-9,
            ),
            ("alerts.weeks_back", "from 1 to 13", (1..=13).contains(&self.weeks_back)),
            ("alerts.weeks", "seasons and windows that fit into 52 steps", self.weeks.fits(52)),
            ("alerts.months", "seasons and windows that fit into 12 steps", self.months.fits(12)),
            ("alerts.short.baseline", "from 3 to 26", (3..=26).contains(&self.short.baseline)),
            ("alerts.scan.days", "from 14 to 366", (14..=366).contains(&scan.days)),
            (
                "alerts.scan.max_days",
                "from 1 to half of scan.days",
                scan.max_days >= 1 && scan.max_days <= scan.days / 2,
            ),
            ("alerts.scan.max_share", "above 0 and at most 0.5", scan.max_share > 0.0 && scan.max_share <= 0.5),
            ("alerts.scan.replicas", "from 99 to 9999", (99..=9999).contains(&scan.replicas)),
        ];
        first_fault(&checks)
    }
}

impl SeriesRule {
    fn fits(&self, steps_a_year: u16) -> bool {
        let window = 2 * u16::from(self.half_window) + 1;
        let between = steps_a_year.checked_sub(window);
        between.is_some_and(|between| between + 1 >= u16::from(self.seasons))
            && self.seasons >= 1
            && u16::from(self.left_out) + u16::from(self.half_window) < steps_a_year
            && (1..=self.years).contains(&self.min_years)
            && self.years <= 10
            && self.reweighted_above > 0.0
            && self.min_cases_steps >= 1
    }
}

fn first_fault(checks: &[(&'static str, &'static str, bool)]) -> Option<(&'static str, &'static str)> {
    checks.iter().find(|(_, _, holds)| !holds).map(|(what, expected, _)| (*what, *expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEKS: SeriesRule = SeriesRule {
        years: 5,
        min_years: 3,
        half_window: 3,
        seasons: 10,
        left_out: 26,
        reweighted_above: 2.58,
        min_cases: 5,
        min_cases_steps: 4,
    };

    fn rule() -> AlertRule {
        AlertRule {
            false_alarms_a_quarter: 1.0,
            shares: AlertShares {
                weeks_of_province: 0.2,
                weeks_of_districts: 0.2,
                weeks_of_groups: 0.2,
                months: 0.2,
                scans: 0.2,
            },
            weeks_back: 4,
            weeks: WEEKS,
            months: SeriesRule { half_window: 1, seasons: 4, left_out: 6, ..WEEKS },
            short: ShortSeriesRule { baseline: 7 },
            scan: AlertScanRule { days: 84, max_days: 28, max_share: 0.5, replicas: 999, seed: 1 },
        }
    }

    #[test]
    fn values_outside_their_range_are_named() {
        assert_eq!(rule().fault(), None);
        let named = |rule: AlertRule| rule.fault().map(|(what, _)| what);
        assert_eq!(named(AlertRule { false_alarms_a_quarter: 0.0, ..rule() }), Some("alerts.false_alarms_a_quarter"));
        let shares = AlertShares { scans: 0.3, ..rule().shares };
        assert_eq!(named(AlertRule { shares, ..rule() }), Some("alerts.shares"));
        assert_eq!(named(AlertRule { weeks_back: 0, ..rule() }), Some("alerts.weeks_back"));
        assert_eq!(named(AlertRule { weeks: SeriesRule { seasons: 60, ..WEEKS }, ..rule() }), Some("alerts.weeks"));
        assert_eq!(named(AlertRule { months: WEEKS, ..rule() }), Some("alerts.months"));
        let scan = AlertScanRule { max_days: 60, ..rule().scan };
        assert_eq!(named(AlertRule { scan, ..rule() }), Some("alerts.scan.max_days"));
        let situation = SituationRule { years: 5, band_weeks: 3, range: 0.95, incomplete_days: 3 };
        assert_eq!(situation.fault(), None);
        assert_eq!(SituationRule { range: 1.0, ..situation }.fault().map(|(what, _)| what), Some("situation.range"));
    }
}
