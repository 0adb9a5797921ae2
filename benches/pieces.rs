//! The pieces on the way of a tile, on the embedded sample and a made-up province: building a snapshot,
//! counting and assessing a filter, drawing a tile, locating points.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]
#![expect(clippy::print_stdout, reason = "how counts are held belongs beside the times")]

mod support;

use std::hint::black_box;
use std::sync::Arc;

use binhyen::assessment::shared_figures::SharedFigures;
use binhyen::assessment::{Assessor, assess, counted_areas};
use binhyen::attributes::Selection;
use binhyen::cli::{DataFolder, sample};
use binhyen::domain::area::{AreaIndex, Level};
use binhyen::domain::filter::{CategorySet, Filter};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::incident::taxonomy::Severity;
use binhyen::domain::role::Role;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::time::period::{Day, Period};
use binhyen::geometry::projection::{LonLat, TileAddress};
use binhyen::snapshot::{Snapshot, build};
use binhyen::store::Store;
use binhyen::tile::encoding::compress::gzip;
use binhyen::tile::encoding::encode::{Evaluated, Evaluation, TileSource};
use binhyen::tile::encoding::skeleton::Skeletons;
use binhyen::tile::tileset::Tileset;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use support::large_province;

/// The sample as the store keeps it, and the rules it is read with.
fn sample_holdings() -> (Holdings, RuleSet) {
    let folder = tempfile::tempdir().unwrap();
    let data = DataFolder::new(folder.path()).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let holdings = runtime.block_on(async {
        let store = Store::open(folder.path(), &data.loaded_rules.taxonomy).await.unwrap();
        sample::fill(&store, &data.loaded_rules).await.unwrap();
        store.load().await.unwrap()
    });
    let rules = RuleSet {
        taxonomy: Arc::new(data.loaded_rules.taxonomy),
        rules: Arc::new(data.loaded_rules.rules),
        schemes: Arc::new(data.loaded_rules.schemes),
        peers: Arc::new(data.loaded_rules.peers),
        circulars: Arc::new(data.loaded_rules.circulars),
        catalogue: Arc::new(data.loaded_rules.editions),
    };
    (holdings, rules)
}

fn default_filter(snapshot: &Snapshot) -> Filter {
    Filter {
        edition: snapshot.default_edition().unwrap().entry.id,
        period: snapshot.rules.window(&snapshot.rules.default_window).unwrap().period,
        categories: CategorySet::reported(&snapshot.taxonomy),
        min_severity: Severity::LEAST,
        scheme: snapshot.schemes.default_index(),
    }
}

fn tile_at(z: u8, lon: f64, lat: f64) -> TileAddress {
    let world = LonLat::new(lon, lat).to_world();
    let side = f64::from(1_u32 << z);
    TileAddress::new(z, (world.x * side) as u32, (world.y * side) as u32).unwrap()
}

fn pieces(criterion: &mut Criterion) {
    let (holdings, rules) = sample_holdings();
    let snapshot = build(holdings.clone(), &rules, None).unwrap();
    let filter = default_filter(&snapshot);
    let mut first = criterion.benchmark_group("snapshot");
    first.sample_size(10);
    first.bench_function("first", |bench| bench.iter(|| build(holdings.clone(), &rules, None).unwrap()));
    first.bench_function("next, same boundaries", |bench| {
        bench.iter(|| build(holdings.clone(), &rules, Some(&snapshot)).unwrap());
    });
    first.finish();
    counts(criterion, "sample", &snapshot, &filter);
    let large = large_province(&rules, 1_000_000);
    counts(criterion, "241 communes, 1 M incidents", &large, &default_filter(&large));
    tiles(criterion, &snapshot, &filter);
    locate(criterion, &snapshot);
}

/// Counting for a tile, counting for a table, assessing; each with another period every time, as a time slider asks.
fn counts(criterion: &mut Criterion, name: &str, snapshot: &Snapshot, filter: &Filter) {
    for edition_data in &snapshot.editions {
        let cube = edition_data.cube_summary();
        println!(
            "{name}, {}: cube {}, {} cells, {} days, {} bytes",
            edition_data.entry.id, cube.form, cube.cells, cube.days, cube.bytes
        );
    }
    let edition_data = snapshot.default_edition().unwrap();
    let areas = edition_data.shape.level(Level::Commune).unwrap();
    let indices: Vec<AreaIndex> = areas.areas.indices().step_by(5).take(20).collect();
    let mut day = 0;
    let mut next = || {
        day = (day + 1) % 300;
        let from = Day::from_number(filter.period.from().number() - day);
        Filter { period: Period::new(from, filter.period.to()).unwrap(), ..*filter }
    };
    let mut group = criterion.benchmark_group(format!("another filter, {name}"));
    group.bench_function(format!("counts of {} areas", indices.len()), |bench| {
        bench.iter(|| counted_areas(snapshot, edition_data, areas, &next(), black_box(&indices)));
    });
    group.bench_function("counts of all communes by category and severity", |bench| {
        bench.iter(|| edition_data.counts(black_box(&next())));
    });
    let assessor = Assessor { snapshot, figures: &SharedFigures::default() };
    for level in [Level::Commune, Level::District, Level::Province] {
        group.bench_function(format!("assess, level {level}"), |bench| {
            bench.iter(|| assessor.assess(level, black_box(&next())).unwrap());
        });
    }
    group.finish();
}

fn tiles(criterion: &mut Criterion, snapshot: &Snapshot, filter: &Filter) {
    let levels = Level::ALL.into_iter().filter_map(|level| assess(snapshot, level, filter).ok());
    let evaluations: Vec<Arc<Evaluation>> =
        levels.map(|assessment| Arc::new(Evaluation::new(Arc::new(assessment)))).collect();
    let edition_data = snapshot.default_edition().unwrap();
    let source = TileSource {
        snapshot,
        edition_data,
        tileset: Tileset::Communes,
        role: Role::Planner,
        filter,
        selection: Selection::ALL,
        evaluated: Evaluated::Whole(&evaluations),
        squares: None,
    };
    let few = Selection::listed("incidents,rate", Selection::ALL).unwrap();
    let counts = TileSource { selection: few, evaluated: Evaluated::Counts, ..source };
    let kept = Skeletons::default();
    for z in [7, 10, 13] {
        let address = tile_at(z, 108.25, 15.75);
        let bytes = source.encoded(address).unwrap().unwrap();
        let mut group = criterion.benchmark_group(format!("communes tile z{z}, {} bytes", bytes.len()));
        group.bench_function("encode", |bench| bench.iter(|| source.encoded(black_box(address)).unwrap()));
        group.bench_function("gzip", |bench| bench.iter(|| gzip(black_box(&bytes))));
        for (name, source) in [("every attribute", &source), ("counts", &counts)] {
            let spliced = || source.spliced(&kept, black_box(address)).unwrap().unwrap();
            group.bench_function(format!("splice {name}"), |bench| bench.iter(&spliced));
            group.bench_function(format!("splice {name}, gzip"), |bench| bench.iter(|| spliced().gzip()));
            group.bench_function(format!("splice {name}, brotli"), |bench| bench.iter(|| spliced().brotli()));
        }
        group.finish();
    }
}

fn locate(criterion: &mut Criterion, snapshot: &Snapshot) {
    let locator = &snapshot.default_edition().unwrap().shape.locator;
    let points: Vec<LonLat> = (0..100_000_u32)
        .map(|number| LonLat::new(107.2 + f64::from(number % 317) / 211.0, 14.9 + f64::from(number / 317) / 272.0))
        .collect();
    let mut group = criterion.benchmark_group("locate");
    group.throughput(Throughput::Elements(points.len() as u64));
    group.bench_function("100,000 points", |bench| bench.iter(|| locator.locate_all(black_box(&points))));
    group.finish();
}

criterion_group!(benches, pieces);
criterion_main!(benches);
