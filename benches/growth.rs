//! What a choropleth tile costs while the incidents grow from one million to a hundred: the same 241 communes, days
//! and categories, the incidents made up straight into the columns of the snapshot.
//!
//! Prints a line per size, as `growth.tile incidents=1000000 counts_us=3.1 whole_us=812`. The first is a tile of
//! counts and rates under a filter not seen before, spliced and gzipped; the second one with every attribute, whose
//! filter is assessed for it. `BINHYEN_GROWTH` names other sizes, with commas between them.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and fails by panicking")]

#[path = "support/mod.rs"]
mod support;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use binhyen::assessment::Assessor;
use binhyen::assessment::shared_figures::SharedFigures;
use binhyen::attributes::Selection;
use binhyen::cli::DataFolder;
use binhyen::domain::area::Level;
use binhyen::domain::filter::{CategorySet, Filter};
use binhyen::domain::incident::taxonomy::Severity;
use binhyen::domain::role::Role;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::time::period::{Day, Period};
use binhyen::geometry::projection::{LonLat, TileAddress};
use binhyen::snapshot::Snapshot;
use binhyen::tile::encoding::encode::{Evaluated, Evaluation, TileSource};
use binhyen::tile::encoding::skeleton::Skeletons;
use binhyen::tile::tileset::Tileset;

const SIZES: &str = "1000000,10000000,100000000";
/// Filters of a run; the median of the runs is printed.
const FILTERS: i32 = 400;
const RUNS: usize = 5;
/// The province of the support lies around here.
const MIDDLE: (f64, f64) = (107.8, 15.5);
const ZOOMS: std::ops::RangeInclusive<u8> = 8..=14;
/// 2020-01-01.
const FIRST_DAY: i32 = 18_262;

fn main() {
    let rules = rule_set();
    let sizes = std::env::var("BINHYEN_GROWTH").unwrap_or_else(|_| SIZES.to_owned());
    for size in sizes.split(',') {
        let incidents: u32 = size.parse().unwrap();
        let begun = Instant::now();
        let snapshot = support::large_province(&rules, incidents);
        let built_s = begun.elapsed().as_secs_f64();
        let cube = snapshot.default_edition().unwrap().cube_summary();
        println!("growth.snapshot incidents={incidents} seconds={built_s:.1} cube_bytes={}", cube.bytes);
        let costs = Costs::new(&snapshot);
        costs.counts_us();
        let median = |mut times: Vec<f64>| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        };
        let counts = median((0..RUNS).map(|_| costs.counts_us()).collect());
        let whole = median((0..RUNS).map(|_| costs.whole_us()).collect());
        println!("growth.tile incidents={incidents} counts_us={counts:.2} whole_us={whole:.1}");
    }
}

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

struct Costs<'a> {
    snapshot: &'a Snapshot,
    figures: SharedFigures,
    kept: Skeletons,
    tiles: Vec<TileAddress>,
}

impl<'a> Costs<'a> {
    fn new(snapshot: &'a Snapshot) -> Self {
        let world = LonLat::new(MIDDLE.0, MIDDLE.1).to_world();
        let tile = |z: u8| {
            let side = f64::from(1_u32 << z);
            TileAddress::new(z, (world.x * side) as u32, (world.y * side) as u32).unwrap()
        };
        Self {
            snapshot,
            figures: SharedFigures::default(),
            kept: Skeletons::default(),
            tiles: ZOOMS.map(tile).collect(),
        }
    }

    fn filter(&self, number: i32) -> Filter {
        let from = FIRST_DAY + number * 37 % 900;
        Filter {
            edition: self.snapshot.default_edition().unwrap().entry.id,
            period: Period::new(Day::from_number(from), Day::from_number(from + 30 + number * 53 % 800)).unwrap(),
            categories: CategorySet::reported(&self.snapshot.taxonomy),
            min_severity: Severity::new(1 + (number % 3) as u8).unwrap(),
            scheme: self.snapshot.schemes.default_index(),
        }
    }

    fn source<'f>(&'f self, filter: &'f Filter, selection: Selection, evaluated: Evaluated<'f>) -> TileSource<'f> {
        TileSource {
            snapshot: self.snapshot,
            edition_data: self.snapshot.default_edition().unwrap(),
            tileset: Tileset::Communes,
            role: Role::Planner,
            filter,
            selection,
            evaluated,
            squares: None,
        }
    }

    /// Microseconds of a tile of counts and rates.
    fn counts_us(&self) -> f64 {
        let few = Selection::listed("incidents,rate", Selection::ALL).unwrap();
        self.us_a_tile(|filter| {
            let source = self.source(filter, few, Evaluated::Counts);
            self.tiles
                .iter()
                .map(|tile| source.spliced(&self.kept, *tile).unwrap().map_or(0, |tile| tile.gzip().len()))
                .sum()
        })
    }

    /// Microseconds of a tile with every attribute, the assessment shared by the tiles of a filter.
    fn whole_us(&self) -> f64 {
        self.us_a_tile(|filter| {
            let assessor = Assessor { snapshot: self.snapshot, figures: &self.figures };
            let assessment = assessor.assess(Level::Commune, filter).unwrap();
            let evaluations = [Arc::new(Evaluation::new(Arc::new(assessment)))];
            let source = self.source(filter, Selection::ALL, Evaluated::Whole(&evaluations));
            self.tiles
                .iter()
                .map(|tile| source.spliced(&self.kept, *tile).unwrap().map_or(0, |tile| tile.gzip().len()))
                .sum()
        })
    }

    fn us_a_tile(&self, bytes: impl Fn(&Filter) -> usize) -> f64 {
        let filters: Vec<Filter> = (0..FILTERS).map(|number| self.filter(number)).collect();
        let begun = Instant::now();
        black_box(filters.iter().map(bytes).sum::<usize>());
        begun.elapsed().as_secs_f64() * 1e6 / (filters.len() * self.tiles.len()) as f64
    }
}
