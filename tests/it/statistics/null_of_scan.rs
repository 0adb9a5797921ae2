//! Where nothing gathers the scan tells a cluster as seldom as it says: a small form of `make simulate`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::{PlanePoint, ScanArea, ScanDesign, ScanZones, ZoneShapes, spatial_scan};

const REPLICAS: usize = 999;
const BLOCKS: usize = 6;

/// 78 areas on a slanted grid whose residents differ by a factor of ten.
fn zones() -> ScanZones {
    let areas: Vec<Option<ScanArea>> = (0_u32..78)
        .map(|number| {
            let (column, row) = (f64::from(number % 13), f64::from(number / 13));
            let point = PlanePoint { x_m: 5000.0 * column + 700.0 * row, y_m: 4000.0 * row - 300.0 * column };
            Some(ScanArea { point, exposure: f64::from(2000 + (number * 37 % 19) * 1000) })
        })
        .collect();
    ScanZones::new(&areas, &ZoneShapes::circles(), 0.5)
}

/// In which part of maps of chance a cluster is told at p ≤ 0.05: every block of 999 maps judges all those outside it.
fn told(zones: &ScanZones, events: u64) -> f64 {
    let mut counts = vec![0; zones.areas()];
    counts[0] = events;
    let design = ScanDesign { replicas: (BLOCKS * REPLICAS) as u32, seed: 5, max_p: 0.05 };
    let maxima = spatial_scan(zones, &counts, design).unwrap().maxima;
    let of_block = |block: usize| {
        let (from, to) = (block * REPLICAS, (block + 1) * REPLICAS);
        let mut judges = maxima[from..to].to_vec();
        judges.sort_by(f64::total_cmp);
        let is_told = |statistic: &&f64| {
            let reached = REPLICAS - judges.partition_point(|judge| *judge < **statistic - 1e-9);
            (reached + 1) as f64 / (REPLICAS + 1) as f64 <= 0.05
        };
        let others = maxima[..from].iter().chain(&maxima[to..]);
        others.filter(is_told).count() as f64 / (maxima.len() - REPLICAS) as f64
    };
    (0..BLOCKS).map(of_block).sum::<f64>() / BLOCKS as f64
}

#[test]
fn clusters_of_chance_are_told_in_six_of_a_hundred_maps_at_most() {
    let zones = zones();
    for events in [2, 5, 20, 300] {
        let share = told(&zones, events);
        assert!(share <= 0.06, "{events} events: {share}");
    }
}
