//! Spliced tiles decode to what the encoder alone makes, in every coding, for any filter, tile and role.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::{Arc, LazyLock};

use binhyen::assessment::assess;
use binhyen::assessment::cells::SquareTable;
use binhyen::attributes::Selection;
use binhyen::cli::{DataFolder, sample};
use binhyen::domain::area::Level;
use binhyen::domain::area::edition::EditionIndex;
use binhyen::domain::filter::{CategorySet, Filter};
use binhyen::domain::incident::taxonomy::{CategoryIndex, Severity};
use binhyen::domain::role::Role;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::time::period::{Day, Period};
use binhyen::geometry::projection::{LonLat, TileAddress};
use binhyen::snapshot::{Snapshot, build};
use binhyen::store::Store;
use binhyen::tile::encoding::compact::compacted;
use binhyen::tile::encoding::encode::{AskedSquares, Evaluated, Evaluation, TileSource};
use binhyen::tile::encoding::skeleton::Skeletons;
use binhyen::tile::encoding::splice::SplicedTile;
use binhyen::tile::tileset::Tileset;
use mvt_reader::Reader;
use mvt_reader::feature::Value;
use rayon::prelude::*;

/// Filters and tiles of each: together the ten thousand that the comparison stands for.
const FILTERS: u64 = 500;
const TILES_A_FILTER: u64 = 20;

static SAMPLE: LazyLock<Snapshot> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let words = DataFolder::new(folder.path()).unwrap().loaded_rules;
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let holdings = runtime.block_on(async {
        let store = Store::open(folder.path(), &words.taxonomy).await.unwrap();
        sample::fill(&store, &words).await.unwrap();
        store.load().await.unwrap()
    });
    let rules = RuleSet {
        taxonomy: Arc::new(words.taxonomy),
        rules: Arc::new(words.rules),
        schemes: Arc::new(words.schemes),
        peers: Arc::new(words.peers),
        circulars: Arc::new(words.circulars),
        catalogue: Arc::new(words.editions),
    };
    build(holdings, &rules, None).unwrap()
});

static SQUARES: LazyLock<SquareTable> =
    LazyLock::new(|| SquareTable::of(&SAMPLE, Day::of_date(jiff::civil::date(2026, 6, 1))));

/// Numbers without a pattern, the same in every run (Steele, Lea, Flood: `SplitMix64`, 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn filter(&mut self) -> Filter {
        let editions = &SAMPLE.editions;
        let from = Day::of_date(jiff::civil::date(2020, 10, 1)).number() + self.below(1700) as i32;
        let to = from + 1 + self.below(1500) as i32;
        let categories = (0..SAMPLE.taxonomy.categories.len()).filter(|_| self.below(4) > 0);
        Filter {
            categories: categories.fold(CategorySet::EMPTY, |set, place| set.with(CategoryIndex::new(place as u8))),
            edition: editions[EditionIndex::new(self.below(editions.len() as u64) as usize)].entry.id,
            period: Period::new(Day::from_number(from), Day::from_number(to)).unwrap(),
            min_severity: Severity::new(1 + self.below(3) as u8).unwrap(),
            scheme: SAMPLE.schemes.default_index(),
        }
    }

    fn address(&mut self) -> TileAddress {
        let z = self.below(17) as u8;
        let place = LonLat::new(107.1 + self.below(1700) as f64 / 1000.0, 14.9 + self.below(1200) as f64 / 1000.0);
        let (world, side) = (place.to_world(), f64::from(1_u32 << z));
        TileAddress::new(z, (world.x * side) as u32, (world.y * side) as u32).unwrap()
    }

    fn selection(&mut self) -> Selection {
        let lists = ["incidents,rate", "code,grade", "population", "name,level,parent,area_km2", "rate_low,models"];
        match self.below(lists.len() as u64 + 3) as usize {
            place if place < lists.len() => Selection::listed(lists[place], Selection::ALL).unwrap(),
            _ => Selection::ALL,
        }
    }
}

/// A decoded tile: layers by name, with the features in their order.
type Decoded = BTreeMap<String, Vec<(Option<u64>, String, BTreeMap<String, String>)>>;

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("text {text}"),
        Value::Double(number) => format!("number {number}"),
        Value::UInt(number) => format!("number {number}"),
        other => panic!("unexpected type: {other:?}"),
    }
}

fn decoded(bytes: Vec<u8>) -> Decoded {
    let reader = Reader::new(bytes).unwrap();
    let layers = reader.get_layer_metadata().unwrap();
    let feature = |feature: mvt_reader::feature::Feature| {
        let properties = feature.properties.unwrap_or_default();
        let properties = properties.iter().map(|(name, value)| (name.clone(), shown(value))).collect();
        (feature.id, format!("{:?}", feature.geometry), properties)
    };
    let layer = |(place, layer): (usize, &mvt_reader::layer::Layer)| {
        (layer.name.clone(), reader.get_features(place).unwrap().into_iter().map(feature).collect())
    };
    layers.iter().enumerate().map(layer).collect()
}

fn unzipped(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    // A single-member decoder: what stands after the first member would stay unread.
    let mut decoder = flate2::bufread::GzDecoder::new(bytes);
    decoder.read_to_end(&mut plain).unwrap();
    assert!(decoder.into_inner().is_empty(), "one gzip member and nothing after it");
    plain
}

fn unbrotlied(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain).unwrap();
    plain
}

fn hold_to(spliced: Option<&SplicedTile>, encoded: Option<&[u8]>, what: &str) -> usize {
    let (Some(spliced), Some(encoded)) = (spliced, encoded) else {
        assert_eq!(spliced.is_none(), encoded.is_none(), "{what}");
        return 0;
    };
    let raw = spliced.raw();
    assert_eq!(raw.len(), spliced.len(), "{what}");
    assert_eq!(unzipped(&spliced.gzip()), raw, "{what}");
    assert_eq!(unbrotlied(&spliced.brotli()), raw, "{what}");
    let compact = compacted(&raw).unwrap();
    let decoded_raw = decoded(raw);
    assert_eq!(decoded(compact), decoded_raw, "{what}");
    assert_eq!(decoded_raw, decoded(encoded.to_vec()), "{what}");
    decoded_raw.values().map(Vec::len).sum()
}

fn evaluations(filter: &Filter) -> Vec<Arc<Evaluation>> {
    let levels = Level::ALL.into_iter().filter_map(|level| assess(&SAMPLE, level, filter).ok());
    levels.map(|assessment| Arc::new(Evaluation::new(Arc::new(assessment)))).collect()
}

/// The features compared under one filter.
fn compared(seed: u64, kept: &Skeletons) -> usize {
    let mut chance = Chance(seed);
    let filter = chance.filter();
    let evaluations = evaluations(&filter);
    let mut features = 0;
    for _ in 0..TILES_A_FILTER {
        let tilesets = [Tileset::Communes, Tileset::Districts, Tileset::Province, Tileset::Labels, Tileset::Models];
        let all = [&tilesets[..], &[Tileset::Incidents, Tileset::Map]].concat();
        let role = Role::ALL[chance.below(Role::ALL.len() as u64) as usize];
        let tileset = all[chance.below(all.len() as u64) as usize];
        let (selection, address) = (chance.selection(), chance.address());
        let source = TileSource {
            snapshot: &SAMPLE,
            edition_data: SAMPLE.edition(filter.edition).unwrap(),
            tileset,
            role,
            filter: &filter,
            selection,
            evaluated: Evaluated::Whole(&evaluations),
            squares: SQUARES.choices.nearest(&filter).map(|question| AskedSquares { table: &SQUARES, question }),
        };
        let what = format!("{filter:?} {tileset:?} {role} {address:?} {:?}", selection.names());
        let encoded = source.encoded(address).unwrap();
        features += hold_to(source.spliced(kept, address).unwrap().as_ref(), encoded.as_deref(), &what);
        if tileset.level().is_some() && selection.rests_on_counts() {
            let counts = TileSource { evaluated: Evaluated::Counts, ..source };
            hold_to(counts.spliced(kept, address).unwrap().as_ref(), encoded.as_deref(), &what);
        }
    }
    features
}

#[test]
fn ten_thousand_spliced_tiles_decode_as_the_encoder_alone_makes_them() {
    let kept = Skeletons::default();
    let features: usize = (0..FILTERS).into_par_iter().map(|seed| compared(seed, &kept)).sum();
    println!("{} tiles, {features} features compared", FILTERS * TILES_A_FILTER);
    assert!(features > 100_000, "{features} features are too few to prove anything");
}
