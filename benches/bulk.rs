//! Millions of incidents: read, located, counted by area, category and month, and built into a snapshot.
//!
//! Given a data folder with incidents (`BINHYEN_BULK_DATA`, or the first argument that is a folder), it prints one
//! line per stage, as `bulk.locate order=stored points=10000000 seconds=0.41`. Each stage is the median of five runs,
//! reading and building are done once. Without a folder it says so and ends.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and fails by panicking")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use binhyen::cli::{DataFolder, LoadedRules};
use binhyen::domain::area::Position;
use binhyen::domain::holdings::{Holdings, IncidentColumns};
use binhyen::domain::incident::IncidentRow;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::time::period::Day;
use binhyen::geometry::locate::Locator;
use binhyen::snapshot::build;
use binhyen::store::Store;
use rayon::prelude::*;

const RUNS: usize = 5;
/// Rows of one piece of work.
const CHUNK: usize = 65_536;

fn main() {
    let given = std::env::var_os("BINHYEN_BULK_DATA").map(PathBuf::from);
    let given = given.or_else(|| std::env::args_os().skip(1).map(PathBuf::from).find(|path| path.is_dir()));
    let Some(path) = given else {
        println!("bulk: no data folder given (BINHYEN_BULK_DATA or an argument), nothing measured");
        return;
    };
    let data = DataFolder::new(&path).unwrap();
    let (holdings, read_s) = read(&data);
    let rules = rule_set(data.loaded_rules);
    let snapshot = {
        let areas_only = Holdings { areas: holdings.areas.clone(), ..Holdings::default() };
        let (snapshot, seconds) = timed(|| build(areas_only, &rules, None).unwrap());
        println!("bulk.shapes editions={} seconds={seconds:.3}", snapshot.editions.len());
        snapshot
    };
    let Some(edition_data) = snapshot.default_edition() else {
        println!("bulk: the data folder has no boundaries, nothing located");
        return;
    };
    let (locator, areas) = (&edition_data.shape.locator, edition_data.shape.communes().len());
    let counts_s = locations(&holdings.incidents, locator, areas);
    println!("bulk.file_to_counts incidents={} seconds={:.3}", holdings.incidents.len(), read_s + counts_s);
    let incidents = holdings.incidents.len();
    println!("bulk.columns incidents={incidents} bytes={}", holdings.incidents.bytes());
    let (_, seconds) = timed(|| build(holdings, &rules, Some(&snapshot)).unwrap());
    println!("bulk.build_known_shapes incidents={incidents} seconds={seconds:.3}");
    println!("bulk.memory vmhwm_kb={}", peak_memory_kb());
}

fn read(data: &DataFolder) -> (Holdings, f64) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let begun = Instant::now();
    let (holdings, source) = runtime.block_on(async {
        let store = Store::open_existing(&data.path, &data.loaded_rules.taxonomy).await.unwrap();
        store.load_from().await.unwrap()
    });
    let seconds = begun.elapsed().as_secs_f64();
    let from_copy = source.is_copy();
    println!("bulk.read incidents={} from_copy={from_copy} seconds={seconds:.3}", holdings.incidents.len());
    (holdings, seconds)
}

fn rule_set(words: LoadedRules) -> RuleSet {
    RuleSet {
        taxonomy: Arc::new(words.taxonomy),
        rules: Arc::new(words.rules),
        schemes: Arc::new(words.schemes),
        peers: Arc::new(words.peers),
        circulars: Arc::new(words.circulars),
        catalogue: Arc::new(words.editions),
    }
}

/// Locates all points in two orders and counts them; gives the seconds of counting with location.
fn locations(incidents: &IncidentColumns, locator: &Locator, areas: usize) -> f64 {
    let mut points: Vec<[i32; 2]> =
        incidents.rows().filter_map(|row| incidents.position(row)).map(|at| at.e7().into()).collect();
    tell_locate("stored", &points, locator);
    shuffle(&mut points);
    tell_locate("random", &points, locator);
    let (counts, seconds) = median(|| counted(incidents, locator, areas));
    let (cells, sum) =
        (counts.iter().filter(|count| **count > 0).count(), counts.iter().map(|n| u64::from(*n)).sum::<u64>());
    println!("bulk.count points={} counted={sum} cells={cells} seconds={seconds:.3}", incidents.len());
    seconds
}

fn tell_locate(order: &str, points: &[[i32; 2]], locator: &Locator) {
    let (inside, seconds) = median(|| {
        let pieces = points.par_chunks(CHUNK);
        let found = |[lon_e7, lat_e7]: &&[i32; 2]| locator.locate_e7(*lon_e7, *lat_e7).is_some();
        pieces.map(|piece| piece.iter().filter(found).count()).sum::<usize>()
    });
    let per_second = points.len() as f64 / seconds;
    println!(
        "bulk.locate order={order} points={} inside={inside} seconds={seconds:.3} per_second={per_second:.0}",
        points.len()
    );
}

/// The number of incidents by area, category and month.
fn counted(incidents: &IncidentColumns, locator: &Locator, areas: usize) -> Vec<u32> {
    let days = || incidents.par_rows().map(|row| Day::of_unix_seconds(incidents.unix_seconds(row)).number());
    let Some((first, last)) = days().min().zip(days().max()) else { return Vec::new() };
    let month_number = |day: i32| {
        let date = Day::from_number(day).date();
        i32::from(date.year()) * 12 + i32::from(date.month())
    };
    let months: Vec<usize> = (first..=last).map(|day| (month_number(day) - month_number(first)) as usize).collect();
    let (month_count, categories) = (months.last().map_or(0, |last| last + 1), 256);
    let cells = areas * categories * month_count;
    let pieces: Vec<std::ops::Range<usize>> =
        (0..incidents.len()).step_by(CHUNK).map(|from| from..incidents.len().min(from + CHUNK)).collect();
    let count = |mut counts: Vec<u32>, rows: &std::ops::Range<usize>| {
        for row in rows.clone().map(IncidentRow::new) {
            let at = incidents.position(row).map(Position::e7);
            let Some(area) = at.and_then(|(lon_e7, lat_e7)| locator.locate_e7(lon_e7, lat_e7)) else { continue };
            let day = Day::of_unix_seconds(incidents.unix_seconds(row)).number() - first;
            counts[(area * categories + incidents.category(row).index()) * month_count + months[day as usize]] += 1;
        }
        counts
    };
    let sum = |mut a: Vec<u32>, b: Vec<u32>| {
        a.iter_mut().zip(&b).for_each(|(a, b)| *a += b);
        a
    };
    let halves = pieces.par_chunks(pieces.len().div_ceil(rayon::current_num_threads()).max(1));
    halves.map(|pieces| pieces.iter().fold(vec![0; cells], count)).reduce(|| vec![0; cells], sum)
}

/// Brings points into an order without any locality (Fisher and Yates, with a fixed congruential generator).
fn shuffle(points: &mut [[i32; 2]]) {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for place in (1..points.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        points.swap(place, ((state >> 33) as usize) % (place + 1));
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let begun = Instant::now();
    let result = work();
    (result, begun.elapsed().as_secs_f64())
}

fn median<T>(work: impl Fn() -> T) -> (T, f64) {
    let mut runs: Vec<(T, f64)> = (0..RUNS).map(|_| timed(&work)).collect();
    runs.sort_by(|a, b| a.1.total_cmp(&b.1));
    runs.swap_remove(RUNS / 2)
}

/// The most memory the program has held so far.
fn peak_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
