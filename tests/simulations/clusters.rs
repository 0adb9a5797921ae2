//! How often clusters and hot spots are told where nothing gathers: `make simulate`.
//!
//! Maps are made by chance on the areas of the sample, so many incidents in proportion to residents, and both methods
//! are asked. What they tell is false by construction. The scan is asked as the product asks it: a rank among 999 maps
//! of chance, at p ≤ 0.05; every block of 999 judges all maps outside it, which stands for as many seeds. Gi* is asked
//! as the map asked it until the scan came (all areas, q < 0.10), and as planners get it now (areas with at least 5
//! expected). The same every time: seeds are fixed.

#![expect(clippy::print_stdout, reason = "its answer is what it prints")]

use std::error::Error;
use std::fs::File;

use binhyen::geometry::coverage::contiguity::{Contiguity, contiguous};
use binhyen::geometry::label::label_point;
use binhyen::geometry::local_metres::LocalFrame;
use binhyen::geometry::projection::LonLat;
use binhyen::statistics::{
    Ellipse, ExposedCount, Focus, Neighbours, PlanePoint, ScanArea, ScanDesign, ScanZones, ZoneShapes,
    benjamini_hochberg, hot_spots, spatial_scan, standardised_rates,
};
use geo::MultiPolygon;

const REPLICAS: usize = 999;
const BLOCKS: usize = 21;
const MAX_P: f64 = 0.05;
const MAPS_FOR_GI_STAR: u64 = 1000;
const MAX_Q: f64 = 0.10;
/// The seed of the first map; that of the rule file is judged among the others.
const SEED: u64 = 20_250_701;
/// What happens in three years, one year and one quarter of the sample, and rare categories.
const TOTALS: [(&str, u64); 6] =
    [("3 years", 4800), ("1 year", 1600), ("1 quarter", 400), ("rare", 20), ("rare", 5), ("rare", 2)];

/// The areas of one edition.
struct Map {
    edition: &'static str,
    areas: Vec<ScanArea>,
    neighbours: Neighbours,
}

impl Map {
    fn of_sample(edition: &'static str) -> Result<Self, Box<dyn Error>> {
        let text = std::fs::read_to_string(format!("geodata/sample/{edition}/communes.geojson"))?;
        let collection = geojson::FeatureCollection::try_from(text.parse::<geojson::GeoJson>()?)?;
        let mut outlines = Vec::new();
        let mut residents = Vec::new();
        for feature in collection.features {
            let code = feature.property("code").and_then(|code| code.as_str()).ok_or("an area without a code")?;
            residents.push(residents_of(edition, code)?);
            let geometry = geo::Geometry::<f64>::try_from(feature.geometry.ok_or("an area without a boundary")?)?;
            outlines.push(match geometry {
                geo::Geometry::Polygon(polygon) => MultiPolygon::new(vec![polygon]),
                geo::Geometry::MultiPolygon(polygons) => polygons,
                _ => return Err("a boundary that is no area".into()),
            });
        }
        let frame = LocalFrame::around(LonLat::new(108.0, 15.5));
        let place = |outline: &MultiPolygon<f64>| {
            let at = frame.to_local(label_point(outline).unwrap_or(LonLat::new(108.0, 15.5)));
            PlanePoint { x_m: at.x_m, y_m: at.y_m }
        };
        let areas = outlines.iter().zip(residents);
        let areas = areas.map(|(outline, exposure)| ScanArea { point: place(outline), exposure }).collect();
        Ok(Self { edition, areas, neighbours: Neighbours::new(contiguous(&outlines, Contiguity::Queen))? })
    }

    fn zones(&self, shapes: &ZoneShapes) -> ScanZones {
        ScanZones::new(&self.areas.iter().copied().map(Some).collect::<Vec<_>>(), shapes, 0.5)
    }

    /// So many incidents, each in an area by its residents.
    fn by_chance(&self, total: u64, seed: u64) -> Vec<u64> {
        let mut ends: Vec<f64> = Vec::with_capacity(self.areas.len());
        let all = self.areas.iter().fold(0.0, |sum, area| {
            ends.push(sum + area.exposure);
            sum + area.exposure
        });
        let mut chance = Chance(seed);
        let mut counts = vec![0; self.areas.len()];
        for _ in 0..total {
            let at = chance.uniform() * all;
            counts[ends.partition_point(|end| *end <= at).min(self.areas.len() - 1)] += 1;
        }
        counts
    }
}

/// The newest figure of an area.
fn residents_of(edition: &str, code: &str) -> Result<f64, Box<dyn Error>> {
    let mut newest = None;
    for row in csv::Reader::from_reader(File::open("geodata/sample/population.csv")?).records() {
        let row = row?;
        if &row[0] == code && &row[1] == edition {
            newest = newest.max(Some((row[2].parse::<u16>()?, row[3].parse::<u32>()?)));
        }
    }
    let (_, residents) = newest.ok_or("an area without residents")?;
    Ok(f64::from(residents))
}

/// `SplitMix64`: other random numbers than those of the scan.
struct Chance(u64);

impl Chance {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let once = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((twice ^ (twice >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// In how many maps of a hundred the scan tells a cluster: on average over the blocks, and for the worst of them.
fn false_clusters(map: &Map, zones: &ScanZones, total: u64) -> Result<(f64, f64), Box<dyn Error>> {
    let design = ScanDesign { replicas: (BLOCKS * REPLICAS) as u32, seed: SEED, max_p: MAX_P };
    let maxima = spatial_scan(zones, &map.by_chance(total, 0), design)?.maxima;
    let shares: Vec<f64> = (0..BLOCKS)
        .map(|block| {
            let (from, to) = (block * REPLICAS, (block + 1) * REPLICAS);
            let mut judges = maxima[from..to].to_vec();
            judges.sort_by(f64::total_cmp);
            let others = maxima[..from].iter().chain(&maxima[to..]);
            let is_told = |statistic: &&f64| {
                let reached = judges.len() - judges.partition_point(|judge| *judge < **statistic - 1e-9);
                (reached + 1) as f64 / (REPLICAS + 1) as f64 <= MAX_P && **statistic > 0.0
            };
            let told = others.filter(is_told).count();
            100.0 * told as f64 / (maxima.len() - REPLICAS) as f64
        })
        .collect();
    Ok((shares.iter().sum::<f64>() / BLOCKS as f64, shares.iter().copied().fold(0.0, f64::max)))
}

/// What Gi* tells on maps of chance.
struct FalseSpots {
    /// In how many maps of a hundred there is a hot spot.
    maps: f64,
    /// How many areas are hot, at most.
    most: usize,
}

fn false_spots(map: &Map, total: u64, min_expected: f64) -> Result<FalseSpots, Box<dyn Error>> {
    let all: f64 = map.areas.iter().map(|area| area.exposure).sum();
    let (mut maps, mut most) = (0, 0);
    for seed in 0..MAPS_FOR_GI_STAR {
        let counts = map.by_chance(total, seed.wrapping_mul(0x1_0000_01b3));
        let areas: Vec<ExposedCount> = (map.areas.iter().zip(&counts))
            .map(|(area, count)| ExposedCount { count: *count, person_years: area.exposure })
            .collect();
        let is_judged = |area: &ExposedCount| total as f64 * area.person_years / all >= min_expected;
        let values = standardised_rates(&areas);
        let values: Vec<Option<f64>> =
            values.into_iter().zip(&areas).map(|(value, area)| value.filter(|_| is_judged(area))).collect();
        let spots: Vec<_> = hot_spots(&values, &map.neighbours, Focus::Included).into_iter().flatten().collect();
        let p: Vec<f64> = spots.iter().map(|spot| spot.p).collect();
        let q = benjamini_hochberg(&p)?;
        let hot = spots.iter().zip(q).filter(|(spot, q)| spot.z > 0.0 && *q < MAX_Q).count();
        maps += usize::from(hot > 0);
        most = most.max(hot);
    }
    Ok(FalseSpots { maps: 100.0 * maps as f64 / MAPS_FOR_GI_STAR as f64, most })
}

fn ellipses() -> ZoneShapes {
    let ellipses = [(1.5, 4), (2.0, 6), (3.0, 9), (4.0, 12), (5.0, 15)];
    ZoneShapes { ellipses: ellipses.map(|(ratio, angles)| Ellipse { ratio, angles }).into(), penalty: 0.5 }
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("Maps of chance on which something is told, in percent of the maps (nominal 5)");
    println!(
        "{:<8} {:>5} {:<10} {:>6} {:>8} {:>7} {:>9} {:>8} {:>9} {:>12} {:>9}",
        "edition",
        "areas",
        "period",
        "total",
        "circles",
        "worst",
        "ellipses",
        "Gi* all",
        "most hot",
        "Gi* min. 5",
        "most hot"
    );
    for edition in ["2025-01", "2025-07"] {
        let map = Map::of_sample(edition)?;
        let (circles, with_ellipses) = (map.zones(&ZoneShapes::circles()), map.zones(&ellipses()));
        for (period, total) in TOTALS {
            let (scan, worst) = false_clusters(&map, &circles, total)?;
            let (elliptic, _) = false_clusters(&map, &with_ellipses, total)?;
            let (before, now) = (false_spots(&map, total, 0.0)?, false_spots(&map, total, 5.0)?);
            println!(
                "{:<8} {:>5} {period:<10} {total:>6} {scan:>8.2} {worst:>7.2} {elliptic:>9.2} {:>8.1} {:>9} {:>12.1} {:>9}",
                map.edition,
                map.areas.len(),
                before.maps,
                before.most,
                now.maps,
                now.most
            );
        }
    }
    Ok(())
}
