//! The prospective scan over communes, once for each whole week.

use super::chances::Chances;
use super::followed::Followed;
use super::judgement::Judgement;
use crate::assessment::clusters::scan::points;
use crate::assessment::counting;
use crate::assessment::situation::{each_commune, everything_in};
use crate::domain::alert::{Alert, AlertKind, AlertMethod, AlertPlace, AlertScope};
use crate::domain::area::Level;
use crate::domain::filter::Filter;
use crate::domain::time::calendar::StepLength;
use crate::domain::time::period::{Day, Period, PeriodDates};
use crate::snapshot::{EditionData, LevelData, Snapshot};
use crate::statistics::{
    ScanArea, ScanZones, SpaceTimeCluster, SpaceTimeCounts, SpaceTimeDesign, SpaceTimeModel, ZoneShapes,
    prospective_scan,
};

/// The days that are scanned, and what a cluster of them needs.
struct ScannedDays<'a> {
    edition_data: &'a EditionData,
    communes: &'a LevelData,
    days: Period,
    chance: f64,
}

/// Scans the days before the end of the last whole week, and takes note of the clusters.
pub(super) fn scan(snapshot: &Snapshot, followed: &Followed<'_>, chances: &Chances, judgement: &mut Judgement) {
    let Some(scanned) = ScannedDays::of(snapshot, followed, chances) else { return };
    judgement.judged.insert(scanned.key(1));
    let rule = &snapshot.rules.alerts.scan;
    let Some(counts) = SpaceTimeCounts::new(&scanned.by_day(snapshot)) else { return };
    let design = SpaceTimeDesign {
        max_steps: usize::from(rule.max_days),
        replicas: rule.replicas,
        seed: rule.seed,
        max_p: scanned.chance,
    };
    // Too few incidents, or no zone: nothing gathers.
    let zones = scanned.zones(snapshot);
    let Ok(found) = prospective_scan(&zones, &counts, SpaceTimeModel::Permutation, design) else { return };
    for (number, cluster) in (1..).zip(&found.clusters) {
        judgement.judged.insert(scanned.key(number));
        judgement.alerts.extend(scanned.alert(number, cluster, followed));
    }
}

impl<'a> ScannedDays<'a> {
    fn of(snapshot: &'a Snapshot, followed: &Followed<'_>, chances: &Chances) -> Option<Self> {
        let edition_data = snapshot.default_edition()?;
        let communes = edition_data.shape.level(Level::Commune)?;
        let end = followed.steps(StepLength::Week).last()?.period.to();
        let from = Day::from_number(end.number() - i32::from(snapshot.rules.alerts.scan.days));
        let days = Period::new(from, end).ok().filter(|days| snapshot.coverage.covers(*days))?;
        Some(Self { edition_data, communes, days, chance: chances.at(AlertKind::Cluster, AlertScope::Communes) })
    }

    fn key(&self, number: usize) -> String {
        format!("cluster:{}:{}:{number}", self.days.to(), self.edition_data.entry.id)
    }

    /// The counts of every commune by day.
    fn by_day(&self, snapshot: &Snapshot) -> Vec<Vec<u32>> {
        let filter = everything_in(snapshot, self.edition_data.entry.id, self.days);
        let categories = counting::shown_categories(snapshot, Level::Commune, filter.categories);
        let bounds: Vec<Day> = (self.days.from().number()..=self.days.to().number()).map(Day::from_number).collect();
        let groups = each_commune(self.edition_data);
        self.edition_data.counts_by_step(&Filter { categories, ..filter }, &groups, groups.len(), &bounds)
    }

    /// Circles around the communes that have residents.
    fn zones(&self, snapshot: &Snapshot) -> ScanZones {
        let exposure = counting::exposures(self.edition_data, self.communes, &snapshot.coverage, self.days);
        let area = |(point, years): (_, &Option<f64>)| {
            years.filter(|years| *years > 0.0).map(|exposure| ScanArea { point, exposure })
        };
        let areas: Vec<Option<ScanArea>> = points(self.communes).zip(exposure.person_years.iter()).map(area).collect();
        ScanZones::new(&areas, &ZoneShapes::circles(), snapshot.rules.alerts.scan.max_share)
    }

    /// The alert of a cluster; none where chance explains it, and none of one commune alone.
    fn alert(&self, number: usize, cluster: &SpaceTimeCluster, followed: &Followed<'_>) -> Option<Alert> {
        if cluster.p > self.chance || cluster.members.len() < 2 {
            return None;
        }
        let end = self.days.to();
        let days = Period::new(Day::from_number(end.number() - cluster.steps as i32), end).ok()?;
        let areas = cluster.members.iter().filter_map(|member| self.communes.areas.get(member.index()));
        Some(Alert {
            key: self.key(number),
            kind: AlertKind::Cluster,
            method: AlertMethod::SpaceTimeScan,
            place: AlertPlace {
                scope: AlertScope::Communes,
                edition: self.edition_data.entry.id,
                codes: areas.map(|area| area.code.clone()).collect(),
                group: None,
            },
            component: None,
            period: PeriodDates::from(days),
            observed: cluster.observed,
            expected: cluster.expected,
            limit: None,
            // By rank p is never below 1/(M + 1); beyond, the fitted tail says how rare it is.
            p: cluster.gumbel_p.map_or(cluster.p, |tail| tail.min(cluster.p)),
            chance: self.chance,
            is_incomplete: followed.is_incomplete(days),
        })
    }
}
