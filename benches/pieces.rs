//! The pieces on the way of a tile, on the embedded sample: building a snapshot,
//! assessing a filter, drawing a tile, locating points.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::hint::black_box;
use std::sync::Arc;

use binhyen::assessment::assess;
use binhyen::cli::{DataFolder, sample};
use binhyen::domain::area::Level;
use binhyen::domain::filter::{CategorySet, Filter};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::role::Role;
use binhyen::domain::taxonomy::Severity;
use binhyen::geometry::projection::{LonLat, TileAddress};
use binhyen::snapshot::{RuleSet, Snapshot, build};
use binhyen::store::Store;
use binhyen::tile::compress::gzip;
use binhyen::tile::encode::{Evaluated, Evaluation, TileSource};
use binhyen::tile::selection::Selection;
use binhyen::tile::skeleton::Skeletons;
use binhyen::tile::tileset::Tileset;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// The sample as the store keeps it, and the rules it is read with.
fn sample_holdings() -> (Holdings, RuleSet) {
    let folder = tempfile::tempdir().unwrap();
    let data = DataFolder::new(folder.path()).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let holdings = runtime.block_on(async {
        let store = Store::open(folder.path(), &data.words.taxonomy).await.unwrap();
        sample::fill(&store, &data.words).await.unwrap();
        store.load().await.unwrap()
    });
    let rules = RuleSet {
        taxonomy: Arc::new(data.words.taxonomy),
        rules: Arc::new(data.words.rules),
        schemes: Arc::new(data.words.schemes),
        peers: Arc::new(data.words.peers),
        circulars: Arc::new(data.words.circulars),
        catalogue: Arc::new(data.words.editions),
    };
    (holdings, rules)
}

fn default_filter(snapshot: &Snapshot) -> Filter {
    Filter {
        edition: snapshot.default_edition().unwrap().entry.id,
        period: snapshot.rules.window(&snapshot.rules.default_window).unwrap().period,
        categories: CategorySet::all(&snapshot.taxonomy),
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
    criterion.bench_function("assess communes", |bench| {
        bench.iter(|| assess(&snapshot, Level::Commune, black_box(&filter)).unwrap());
    });
    tiles(criterion, &snapshot, &filter);
    locate(criterion, &snapshot);
}

fn tiles(criterion: &mut Criterion, snapshot: &Snapshot, filter: &Filter) {
    let levels = Level::ALL.into_iter().filter_map(|level| assess(snapshot, level, filter).ok());
    let evaluations: Vec<Arc<Evaluation>> =
        levels.map(|assessment| Arc::new(Evaluation::new(Arc::new(assessment)))).collect();
    let picture = snapshot.default_edition().unwrap();
    let source = TileSource {
        snapshot,
        picture,
        tileset: Tileset::Communes,
        role: Role::Planner,
        filter,
        selection: Selection::ALL,
        evaluated: Evaluated::Whole(&evaluations),
    };
    let few = Selection::listed("incidents,rate").unwrap();
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
    let points: Vec<(f64, f64)> = (0..100_000_u32)
        .map(|number| (107.2 + f64::from(number % 317) / 211.0, 14.9 + f64::from(number / 317) / 272.0))
        .collect();
    let mut group = criterion.benchmark_group("locate");
    group.throughput(Throughput::Elements(points.len() as u64));
    group.bench_function("100,000 points", |bench| bench.iter(|| locator.locate_all(black_box(&points))));
    group.finish();
}

criterion_group!(benches, pieces);
criterion_main!(benches);
