//! Incident tiles over many incidents: bringing them into order, memory, and the busiest tile of each zoom under
//! random filters. Prints one line per figure.
//!
//! `BINHYEN_POINTS` names a CSV (id, lon, lat, category, severity, time); without it a million incidents are made up.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use binhyen::assessment::cells::SquareTable;
use binhyen::attributes::Selection;
use binhyen::cli::DataFolder;
use binhyen::domain::area::{Area, AreaKey, Level, Position};
use binhyen::domain::filter::{CategorySet, Filter};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::incident::coverage::IncidentDays;
use binhyen::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::domain::role::Role;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::time::period::{Day, Period};
use binhyen::geometry::projection::{self, TileAddress};
use binhyen::snapshot::{Snapshot, build};
use binhyen::tile::encoding::encode::{AskedSquares, Evaluated, TileSource};
use binhyen::tile::encoding::skeleton::Skeletons;
use binhyen::tile::tileset::Tileset;
use geo::{MultiPolygon, polygon};

const CATEGORIES: u32 = 12;
const FILTERS: u32 = 20;

fn rule_set() -> RuleSet {
    let folder = tempfile::tempdir().unwrap();
    let words = DataFolder::new(folder.path()).unwrap().loaded_rules;
    RuleSet {
        taxonomy: words.taxonomy.into(),
        rules: words.rules.into(),
        schemes: words.schemes.into(),
        peers: words.peers.into(),
        circulars: words.circulars.into(),
        catalogue: words.editions.into(),
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(bound)) as u32
    }
}

/// Categories that may be drawn take the place of the numbers of the file, one after another.
fn drawn_categories(rule_set: &RuleSet) -> Vec<CategoryIndex> {
    let hidden = &rule_set.rules.disclosure.never_below_district;
    let all = rule_set.taxonomy.categories.iter().enumerate();
    let drawn = all.filter(|(_, category)| !category.sensitive && !category.unmapped && !hidden.contains(&category.id));
    drawn.map(|(place, _)| CategoryIndex::new(place as u8)).collect()
}

fn incident(id: &str, at: (f64, f64), kind: (CategoryIndex, u8), unix_seconds: i64) -> Incident {
    Incident {
        id: id.to_owned(),
        unix_seconds,
        location: IncidentLocation::Point(Position::new(at.0, at.1).unwrap()),
        category: kind.0,
        severity: Severity::new(kind.1).unwrap(),
        status: StatusIndex::new(0),
        channel: ChannelIndex::new(0),
        precision: PrecisionIndex::new(0),
    }
}

fn read(path: &std::ffi::OsStr, categories: &[CategoryIndex], holdings: &mut Holdings) {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).unwrap() {
        let time: jiff::civil::DateTime = row[5].parse().unwrap();
        let unix_seconds = Day::of_date(time.date()).first_second() + i64::from(time.hour()) * 3_600;
        let category = categories[row[3].parse::<usize>().unwrap() % categories.len()];
        let at = (row[1].parse().unwrap(), row[2].parse().unwrap());
        let kind = (category, row[4].parse().unwrap());
        // As the store gives them: in the order of ids.
        holdings.incidents.push(&incident(&format!("{:0>8}", &row[0]), at, kind, unix_seconds));
    }
}

fn made_up(categories: &[CategoryIndex], holdings: &mut Holdings) {
    let mut dice = Dice(7);
    for number in 0..1_000_000 {
        let category = categories[dice.below(CATEGORIES) as usize % categories.len()];
        let at = (107.3 + f64::from(dice.below(1_300_000)) * 1e-6, 15.0 + f64::from(dice.below(1_000_000)) * 1e-6);
        let kind = (category, 1 + dice.below(5) as u8);
        let moment = 1_577_836_800 + i64::from(dice.below(157_000_000));
        holdings.incidents.push(&incident(&format!("{number:07}"), at, kind, moment));
    }
}

fn one_commune() -> Area {
    let shape = polygon![(x: 107.0, y: 14.5), (x: 109.0, y: 14.5), (x: 109.0, y: 16.5), (x: 107.0, y: 16.5)];
    Area {
        key: AreaKey { edition: "2025-07".parse().unwrap(), code: "20335".parse().unwrap() },
        level: Level::Commune,
        name: "Phường Tam Kỳ".to_owned(),
        parent: None,
        boundary: Some(MultiPolygon::new(vec![shape])),
    }
}

fn random_filter(snapshot: &Snapshot, dice: &mut Dice) -> Filter {
    let IncidentDays { first, last } = snapshot.days.unwrap();
    let span = (last.number() - first.number()) as u32;
    let (one, other) = (dice.below(span), dice.below(span));
    let day = |offset: u32| Day::from_number(first.number() + offset as i32);
    let all = CategorySet::all(&snapshot.taxonomy).iter();
    let categories = all.filter(|_| dice.below(2) == 0).fold(CategorySet::EMPTY, CategorySet::with);
    Filter {
        edition: snapshot.default_edition().unwrap().entry.id,
        period: Period::new(day(one.min(other)), day(one.max(other) + 1)).unwrap(),
        categories,
        min_severity: Severity::new(1 + dice.below(3) as u8).unwrap(),
        scheme: snapshot.schemes.default_index(),
    }
}

/// The tile of a zoom with the most points.
fn busiest(snapshot: &Snapshot, z: u8) -> TileAddress {
    let side = f64::from(1_u32 << z);
    let mut counts: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let pieces = snapshot.points.rows();
    let rows = pieces.iter().flat_map(|piece| snapshot.incidents.rows_of(piece));
    for at in rows.step_by(97).filter_map(|row| snapshot.incidents.position(row)) {
        let world = projection::LonLat::new(at.lon(), at.lat()).to_world();
        *counts.entry(((world.x * side) as u32, (world.y * side) as u32)).or_default() += 1;
    }
    let (x, y) = counts.into_iter().max_by_key(|(_, count)| *count).unwrap().0;
    TileAddress::new(z, x, y).unwrap()
}

fn tiles(snapshot: &Snapshot, role: Role, zooms: std::ops::RangeInclusive<u8>) {
    let kept = Skeletons::default();
    let squares = SquareTable::of(snapshot, Day::of_date(jiff::civil::date(2026, 11, 1)));
    for z in zooms {
        let address = busiest(snapshot, z);
        let mut dice = Dice(u64::from(z));
        let (mut times_ms, mut most_bytes, mut aggregated) = (Vec::new(), 0, 0);
        for _ in 0..FILTERS {
            let filter = random_filter(snapshot, &mut dice);
            let edition_data = snapshot.default_edition().unwrap();
            let source = TileSource {
                snapshot,
                edition_data,
                tileset: Tileset::Incidents,
                role,
                filter: &filter,
                selection: Selection::ALL,
                evaluated: Evaluated::Whole(&[]),
                squares: squares.choices.nearest(&filter).map(|question| AskedSquares { table: &squares, question }),
            };
            let begun = Instant::now();
            let tile = black_box(source.spliced(&kept, black_box(address)).unwrap());
            times_ms.push(begun.elapsed().as_secs_f64() * 1e3);
            if let Some(tile) = tile {
                most_bytes = most_bytes.max(tile.len());
                aggregated += u32::from(tile.aggregated().is_some());
            }
        }
        times_ms.sort_by(f64::total_cmp);
        println!(
            "points.tile role={role} z={z} rows={} median_ms={:.2} max_ms={:.2} most_bytes={most_bytes} aggregated={aggregated}/{FILTERS}",
            snapshot.points.count_in(address),
            times_ms[times_ms.len() / 2],
            times_ms[times_ms.len() - 1],
        );
    }
}

fn main() {
    let rule_set = rule_set();
    let categories = drawn_categories(&rule_set);
    let mut holdings = Holdings { areas: vec![one_commune()], ..Holdings::default() };
    match std::env::var_os("BINHYEN_POINTS") {
        Some(path) => read(&path, &categories, &mut holdings),
        None => made_up(&categories, &mut holdings),
    }
    let begun = Instant::now();
    let snapshot = build(holdings, &rule_set, None).unwrap();
    let (rows, drawn) = (snapshot.incidents.len(), snapshot.points.len());
    println!("points.snapshot rows={rows} drawn={drawn} seconds={:.2}", begun.elapsed().as_secs_f64());
    let (columns, points) = (snapshot.incidents.bytes(), snapshot.points.bytes());
    let each = |bytes: usize| bytes as f64 / rows as f64;
    println!(
        "points.memory columns_bytes={columns} points_bytes={points} bytes_per_incident={:.2}+{:.2}",
        each(columns),
        each(points)
    );
    tiles(&snapshot, Role::Commander, 5..=16);
    tiles(&snapshot, Role::Planner, 10..=16);
}
