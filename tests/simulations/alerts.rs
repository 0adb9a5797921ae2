//! How often alerts are raised where nothing is out of the ordinary, and how often a doubled week is seen: `make simulate`.
//!
//! Provinces are made by chance: districts by their residents of 2019, three groups of communes, three components, a
//! season, and in some a trend or more scatter than Poisson that all districts share. Six years are drawn and the last
//! quarter is judged by the code and the rule file of the product, each series at its chance: its weeks and months by the
//! years behind them, and weeks of a history that is too short for that. A week whose reports have not all come in is one
//! of fewer incidents. The scan looks at maps of 241 communes over 84 days, once for each week. The same every time: seeds
//! are fixed; only how long it took differs.

#![expect(clippy::print_stdout, reason = "its answer is what it prints")]

use std::error::Error;
use std::time::Instant;

use binhyen::assessment::alerts::{Chances, SeriesNumbers, month_verdict, week_verdict};
use binhyen::domain::alert::{AlertKind, AlertScope};
use binhyen::domain::incident::taxonomy::Taxonomy;
use binhyen::domain::rules::Rules;
use binhyen::domain::rules::alert_rule::AlertRule;
use binhyen::statistics::{
    PlanePoint, ScanArea, ScanZones, SpaceTimeCounts, SpaceTimeDesign, SpaceTimeModel, ZoneShapes, prospective_scan,
};
use rayon::prelude::*;

/// Residents of the eighteen districts at the census of 2019, in thousands.
const DISTRICTS: [f64; 18] =
    [122.4, 98.6, 20.0, 25.1, 141.9, 226.6, 126.7, 80.8, 26.1, 26.3, 37.1, 173.7, 66.2, 41.3, 31.3, 147.7, 77.2, 26.7];
/// Which group the communes of each district belong to: mountain, plain, urban.
const GROUP_OF: [usize; 18] = [2, 2, 0, 0, 1, 2, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0];
const GROUPS: usize = 3;
/// Parts of order, traffic and fire.
const COMPONENTS: [f64; 3] = [0.58, 0.36, 0.06];
const WEEKS_OF_A_YEAR: f64 = 52.0;
/// Quarters that are judged in each province.
const QUARTERS: u64 = 200;
const DOUBLED: u64 = 600;
const SCANS: u64 = 200;
const COMMUNES: usize = 241;
const SEED: u64 = 20_250_701;

/// A way in which a province may be.
struct World {
    name: &'static str,
    /// Incidents in a week of the province.
    a_week: f64,
    /// Change in a year.
    trend: f64,
    /// Variance over mean of a week of the province.
    dispersion: f64,
}

const WORLDS: [World; 4] = [
    World { name: "as the sample", a_week: 31.0, trend: 0.0, dispersion: 1.0 },
    World { name: "falling 5 % a year", a_week: 31.0, trend: -0.05, dispersion: 1.0 },
    World { name: "scattered, φ = 1.5", a_week: 31.0, trend: 0.0, dispersion: 1.5 },
    World { name: "a third of it", a_week: 10.0, trend: 0.0, dispersion: 1.0 },
];

/// Steps that follow one another, of which the last quarter is judged.
#[derive(Clone, Copy)]
struct Steps {
    kind: AlertKind,
    a_year: usize,
    count: usize,
    judged: usize,
}

const WEEKS: Steps = Steps { kind: AlertKind::Week, a_year: 52, count: 6 * 52 + 13, judged: 13 };
const MONTHS: Steps = Steps { kind: AlertKind::Month, a_year: 12, count: 6 * 12 + 3, judged: 3 };
/// A year is behind the last of them, which is too little for a season.
const SHORT: Steps = Steps { count: 52, ..WEEKS };

/// `SplitMix64`.
struct Chance(u64);

impl Chance {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let once = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((twice ^ (twice >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A Poisson number: as many arrivals as fit into one unit of time.
    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut count, mut time) = (0, 0.0);
        loop {
            time -= self.uniform().max(f64::MIN_POSITIVE).ln();
            if time > mean {
                return count;
            }
            count += 1;
        }
    }

    /// A gamma number with mean 1 and this variance, as a sum of exponentials over a whole shape.
    fn factor(&mut self, variance: f64) -> f64 {
        let shape = (1.0 / variance).round().max(1.0) as usize;
        let sum: f64 = (0..shape).map(|_| -self.uniform().max(f64::MIN_POSITIVE).ln()).sum();
        sum / shape as f64
    }
}

/// Counts by district, component and step; in the last step the province has `times` as many.
fn drawn(world: &World, steps: Steps, seed: u64, times: f64) -> Vec<Vec<Vec<u64>>> {
    let mut chance = Chance(SEED ^ seed.wrapping_mul(0xd134_2543_de82_ef95));
    let all: f64 = DISTRICTS.iter().sum();
    let a_step = world.a_week * WEEKS_OF_A_YEAR / steps.a_year as f64;
    let mut counts = vec![vec![Vec::with_capacity(steps.count); COMPONENTS.len()]; DISTRICTS.len()];
    for step in 0..steps.count {
        let year = step as f64 / steps.a_year as f64;
        let season = 1.0 + 0.15 * (year * std::f64::consts::TAU).sin();
        let level = a_step * season * (1.0 + world.trend).powf(year);
        // Scatter that the whole province shares: a festival, a week of rain.
        let variance = (world.dispersion - 1.0) / level;
        let shared = if variance > 0.0 { chance.factor(variance) } else { 1.0 };
        let times = if step + 1 == steps.count { times } else { 1.0 };
        for (of_district, residents) in counts.iter_mut().zip(DISTRICTS) {
            for (of_component, part) in of_district.iter_mut().zip(COMPONENTS) {
                of_component.push(chance.poisson(level * shared * times * residents / all * part));
            }
        }
    }
    counts
}

/// Every series of a province with its scope: of each place all incidents, then each component.
fn series(counts: &[Vec<Vec<u64>>]) -> Vec<(AlertScope, Vec<Option<u64>>)> {
    let places: Vec<(AlertScope, Vec<usize>)> = std::iter::once((AlertScope::Province, (0..DISTRICTS.len()).collect()))
        .chain((0..DISTRICTS.len()).map(|district| (AlertScope::District, vec![district])))
        .chain((0..GROUPS).map(|group| {
            let own = (0..DISTRICTS.len()).filter(|district| GROUP_OF[*district] == group);
            (AlertScope::Group, own.collect())
        }))
        .collect();
    let parts: Vec<Vec<usize>> =
        std::iter::once((0..COMPONENTS.len()).collect()).chain((0..COMPONENTS.len()).map(|part| vec![part])).collect();
    let of_place = |(scope, districts): &(AlertScope, Vec<usize>), components: &Vec<usize>| {
        let step = |step: usize| {
            let of_districts =
                districts.iter().flat_map(|district| components.iter().map(move |part| (*district, *part)));
            Some(of_districts.map(|(district, part)| counts[district][part][step]).sum())
        };
        (*scope, (0..counts[0][0].len()).map(step).collect())
    };
    places.iter().flat_map(|place| parts.iter().map(|part| of_place(place, part))).collect()
}

/// The rule, and the chance that it leaves each series.
#[derive(Clone, Copy)]
struct Judging<'a> {
    rule: &'a AlertRule,
    chances: &'a Chances,
}

impl Judging<'_> {
    /// Whether a step raises an alert.
    fn is_raised(self, kind: AlertKind, series: &(AlertScope, Vec<Option<u64>>), at: usize) -> bool {
        let (scope, counts) = series;
        let chance = self.chances.at(kind, *scope);
        let verdict = match kind {
            AlertKind::Month => month_verdict(counts, at, self.rule, chance),
            AlertKind::Week | AlertKind::Cluster => week_verdict(counts, at, self.rule, chance),
        };
        verdict.is_some_and(|verdict| verdict.raises(chance))
    }

    /// False alarms of one quarter: of the province, its districts, its groups.
    fn false_alarms(self, world: &World, steps: Steps, seed: u64) -> [f64; 3] {
        let mut alarms = [0.0; 3];
        for series in series(&drawn(world, steps, seed, 1.0)) {
            let place = match series.0 {
                AlertScope::Province => 0,
                AlertScope::District => 1,
                AlertScope::Group | AlertScope::Communes => 2,
            };
            let judged = steps.count - steps.judged..steps.count;
            alarms[place] += judged.filter(|at| self.is_raised(steps.kind, &series, *at)).count() as f64;
        }
        alarms
    }

    /// The mean of many quarters, and of all of it the standard error.
    fn mean_false_alarms(self, world: &World, steps: Steps) -> ([f64; 3], f64) {
        let quarters: Vec<[f64; 3]> =
            (0..QUARTERS).into_par_iter().map(|seed| self.false_alarms(world, steps, seed)).collect();
        let mean = |place: usize| quarters.iter().map(|alarms| alarms[place]).sum::<f64>() / QUARTERS as f64;
        let means = [mean(0), mean(1), mean(2)];
        let all: f64 = means.iter().sum();
        let squares: f64 = quarters.iter().map(|alarms| (alarms.iter().sum::<f64>() - all).powi(2)).sum();
        (means, (squares / (QUARTERS * (QUARTERS - 1)) as f64).sqrt())
    }

    /// In how many of a hundred a last step with so many times the incidents is seen: in all of the province, and anywhere.
    fn seen(self, world: &World, steps: Steps, times: f64) -> (f64, f64) {
        let one = |seed: u64| {
            let series = series(&drawn(world, steps, seed ^ 0x5555_5555, times));
            let raised = |series| self.is_raised(steps.kind, series, steps.count - 1);
            let in_province = raised(&series[0]);
            (in_province, in_province || series.iter().any(raised))
        };
        let seen: Vec<(bool, bool)> = (0..DOUBLED).into_par_iter().map(one).collect();
        let share = |count: usize| 100.0 * count as f64 / DOUBLED as f64;
        (share(seen.iter().filter(|seen| seen.0).count()), share(seen.iter().filter(|seen| seen.1).count()))
    }
}

/// In how many scans of a hundred a cluster of two communes or more is told where nothing gathers.
fn false_clusters(rules: &Rules, a_week: f64, chance: f64) -> f64 {
    let mut place = Chance(SEED);
    let areas: Vec<Option<ScanArea>> = (0..COMMUNES)
        .map(|_| {
            let point = PlanePoint { x_m: place.uniform() * 120_000.0, y_m: place.uniform() * 90_000.0 };
            Some(ScanArea { point, exposure: 1_000.0 + 14_000.0 * place.uniform().powi(2) })
        })
        .collect();
    let rule = &rules.alerts.scan;
    let zones = ScanZones::new(&areas, &ZoneShapes::circles(), rule.max_share);
    let all: f64 = areas.iter().flatten().map(|area| area.exposure).sum();
    let told = (0..SCANS).filter(|seed| {
        let mut chance_of_map = Chance(SEED ^ seed.wrapping_mul(0x1_0000_01b3));
        let rows: Vec<Vec<u32>> = areas
            .iter()
            .flatten()
            .map(|area| {
                let mean = a_week / 7.0 * area.exposure / all;
                (0..rule.days).map(|_| chance_of_map.poisson(mean) as u32).collect()
            })
            .collect();
        let design = SpaceTimeDesign {
            max_steps: usize::from(rule.max_days),
            replicas: rule.replicas,
            seed: rule.seed ^ seed,
            max_p: chance,
        };
        let counts = SpaceTimeCounts::new(&rows);
        let found = counts.map(|counts| prospective_scan(&zones, &counts, SpaceTimeModel::Permutation, design));
        found.and_then(Result::ok).is_some_and(|found| {
            found.clusters.first().is_some_and(|cluster| cluster.p <= chance && cluster.members.len() > 1)
        })
    });
    100.0 * told.count() as f64 / SCANS as f64
}

/// False alarms by world, and how often a doubled last step is seen.
fn print_steps(judging: Judging<'_>, title: &str, steps: Steps) {
    println!("{title}");
    println!(
        "{:<20} {:>9} {:>10} {:>8} {:>8} {:>7} {:>13} {:>9}",
        "province", "province", "districts", "groups", "all", "± s.e.", "doubled seen", "anywhere"
    );
    for world in &WORLDS {
        let ([province, districts, groups], error) = judging.mean_false_alarms(world, steps);
        let (seen, anywhere) = judging.seen(world, steps, 2.0);
        println!(
            "{:<20} {province:>9.3} {districts:>10.3} {groups:>8.3} {:>8.3} {error:>7.3} {seen:>13.1} {anywhere:>9.1}",
            world.name,
            province + districts + groups
        );
    }
    println!();
}

/// How often a doubled week is seen while a part of its reports has come in. What is counted only grows and the limit stays,
/// so that a week judged again raises no more false alarms than the whole week.
fn print_late_reports(judging: Judging<'_>) {
    println!("Doubled weeks of the province that are seen while a part of their reports has come in, in percent");
    println!("{:<20} {:>9} {:>9} {:>9}", "province", "70 %", "90 %", "all");
    for world in &WORLDS {
        let seen = [0.7, 0.9, 1.0].map(|part| judging.seen(world, WEEKS, 2.0 * part).1);
        println!("{:<20} {:>9.1} {:>9.1} {:>9.1}", world.name, seen[0], seen[1], seen[2]);
    }
    println!();
}

fn main() -> Result<(), Box<dyn Error>> {
    let taxonomy = Taxonomy::from_toml(&std::fs::read_to_string("geodata/taxonomy.toml")?)?;
    let rules = Rules::from_toml(&std::fs::read_to_string("geodata/rules.toml")?, &taxonomy)?;
    let parts = COMPONENTS.len() + 1;
    let numbers = SeriesNumbers { province: parts, districts: parts * DISTRICTS.len(), groups: parts * GROUPS };
    let chances = Chances::of(&rules.alerts, &numbers);
    let judging = Judging { rule: &rules.alerts, chances: &chances };
    let allowed = rules.alerts.shares;
    println!(
        "False alarms in a quarter where nothing is out of the ordinary, and doubled last steps that are seen, in percent;\n\
         allowed: weeks of the province {}, of districts {}, of groups {}; months {}; scans {}; together {}; seed {SEED}\n",
        allowed.weeks_of_province,
        allowed.weeks_of_districts,
        allowed.weeks_of_groups,
        allowed.months,
        allowed.scans,
        rules.alerts.false_alarms_a_quarter
    );
    print_steps(judging, "Weeks with six years behind them", WEEKS);
    print_steps(judging, "Months with six years behind them", MONTHS);
    print_steps(judging, "Weeks with less than a year behind them", SHORT);
    print_late_reports(judging);
    let chance = chances.at(AlertKind::Cluster, AlertScope::Communes);
    println!("Scans that tell a cluster where nothing gathers, in percent (nominal {:.2})", 100.0 * chance);
    println!("{:<20} {:>9} {:>16}", "incidents a week", "scans", "ms for a scan");
    for a_week in [10.0, 31.0] {
        let begun = Instant::now();
        let told = false_clusters(&rules, a_week, chance);
        let each_ms = begun.elapsed().as_millis() as f64 / SCANS as f64;
        println!("{a_week:<20} {told:>9.2} {each_ms:>16.0}");
    }
    Ok(())
}
