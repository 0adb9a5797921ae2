//! Cases worked by hand, properties and a scan by the definition, for the spatial scan.

use proptest::prelude::*;

use super::*;
use crate::statistics::spatial::kernel_density::PlanePoint;

const DESIGN: ScanDesign = ScanDesign { replicas: 199, seed: 20, max_p: 0.05 };

#[expect(clippy::unnecessary_wraps, reason = "the scan takes areas of which some have no exposure")]
fn area(x_m: f64, y_m: f64, exposure: f64) -> Option<ScanArea> {
    Some(ScanArea { point: PlanePoint { x_m, y_m }, exposure })
}

/// Areas on a grid of so many columns, alike in exposure.
fn grid(columns: usize, rows: usize) -> Vec<Option<ScanArea>> {
    (0..columns * rows).map(|index| area((index % columns) as f64, (index / columns) as f64, 100.0)).collect()
}

fn ellipses() -> ZoneShapes {
    ZoneShapes { ellipses: vec![Ellipse { ratio: 2.0, angles: 2 }, Ellipse { ratio: 4.0, angles: 4 }], penalty: 0.5 }
}

fn numbers(cluster: &ScanCluster) -> Vec<usize> {
    let mut members: Vec<usize> = cluster.members.iter().map(|member| member.index()).collect();
    members.sort_unstable();
    members
}

#[test]
fn corner_of_a_grid_worked_by_hand() {
    // 4 × 4 areas with 2 events each, 12 in each of the three at the corner: C = 2·13 + 36 = 62, e = 3·62/16 = 11.625.
    let mut counts = vec![2; 16];
    for corner in [0, 1, 4] {
        counts[corner] = 12;
    }
    let zones = ScanZones::new(&grid(4, 4), &ZoneShapes::circles(), 0.5);
    let scan = spatial_scan(&zones, &counts, DESIGN).unwrap();
    let cluster = &scan.clusters[0];
    assert_eq!((numbers(cluster), cluster.centre.index(), cluster.observed), (vec![0, 1, 4], 0, 36));
    assert!((cluster.expected - 11.625).abs() < 1e-12);
    let by_hand = 36.0 * (36.0_f64 / 11.625).ln() + 26.0 * (26.0_f64 / 50.375).ln();
    assert!((cluster.log_likelihood_ratio - by_hand).abs() < 1e-12 * by_hand);
    assert!((cluster.statistic - by_hand).abs() < 1e-9);
    assert!((cluster.relative_risk.unwrap() - (36.0 / 11.625) / (26.0 / 50.375)).abs() < 1e-12);
    assert_eq!((cluster.p, scan.clusters.len(), scan.maxima.len()), (1.0 / 200.0, 1, 199));
    assert!(cluster.gumbel_p.unwrap() < 1e-4);
}

#[test]
fn areas_at_one_distance_enter_together() {
    // From the middle of 3 × 3 the four beside it come at once, so the zones are 1, then 5, which is above one half.
    let zones = ScanZones::new(&grid(3, 3), &ZoneShapes::circles(), 0.5);
    let middle = zones.runs().iter().find(|run| run.centre == 4).unwrap();
    assert_eq!(middle.steps.len(), 1);
    let corner = zones.runs().iter().find(|run| run.centre == 0).unwrap();
    let ends: Vec<bool> = zones.all_steps()[corner.steps.clone()].iter().map(|step| step.is_zone).collect();
    assert_eq!(ends, [true, false, true, true], "itself, the two beside it, the middle");
}

#[test]
fn a_row_is_found_by_an_ellipse_and_pays_for_its_shape() {
    // A row of five in a 5 × 5 grid: the narrowest ellipses along it hold it alone.
    let counts: Vec<u64> = (0..25).map(|index| if index / 5 == 2 { 9 } else { 2 }).collect();
    let shapes = ellipses();
    let zones = ScanZones::new(&grid(5, 5), &shapes, 0.5);
    let cluster = spatial_scan(&zones, &counts, DESIGN).unwrap().clusters.remove(0);
    assert_eq!(numbers(&cluster), [10, 11, 12, 13, 14]);
    assert_eq!((cluster.outline.degrees, cluster.observed), (0.0, 45));
    let weight = (4.0 * cluster.outline.ratio / (cluster.outline.ratio + 1.0).powi(2)).sqrt();
    assert!((cluster.statistic - weight * cluster.log_likelihood_ratio).abs() < 1e-9);
    let round = ScanZones::new(&grid(5, 5), &ZoneShapes::circles(), 0.5);
    let of_circles = spatial_scan(&round, &counts, DESIGN).unwrap();
    assert!(of_circles.clusters.is_empty() || numbers(&of_circles.clusters[0]) != [10, 11, 12, 13, 14]);
}

#[test]
fn clusters_beside_the_first_share_no_area_and_are_judged_by_the_same_maxima() {
    let mut counts = vec![3; 100];
    for index in [0, 1, 10, 98, 99, 89] {
        counts[index] = if index < 50 { 30 } else { 22 };
    }
    let zones = ScanZones::new(&grid(10, 10), &ZoneShapes::circles(), 0.5);
    let scan = spatial_scan(&zones, &counts, DESIGN).unwrap();
    let found: Vec<Vec<usize>> = scan.clusters.iter().map(numbers).collect();
    assert_eq!(found, [vec![0, 1, 10], vec![89, 98, 99]]);
    assert!(scan.clusters[0].statistic >= scan.clusters[1].statistic);
    assert_eq!(scan.clusters[1].p, 1.0 / 200.0);
}

#[test]
fn two_events_are_scanned_as_they_are() {
    // Two events three areas apart: some zone holds both, as it does in most maps of chance.
    let mut counts = vec![0; 240];
    counts[125] = 1;
    counts[128] = 1;
    let zones = ScanZones::new(&grid(20, 12), &ZoneShapes::circles(), 0.5);
    let apart = spatial_scan(&zones, &counts, DESIGN).unwrap();
    assert_eq!(apart.clusters[0].observed, 2);
    assert!(apart.clusters[0].relative_risk.is_none(), "nothing is left outside");
    assert!(apart.clusters[0].p > 0.05, "{}", apart.clusters[0].p);
}

#[test]
fn what_cannot_be_scanned_says_why() {
    let zones = ScanZones::new(&grid(3, 3), &ZoneShapes::circles(), 0.5);
    let one = [1, 0, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(spatial_scan(&zones, &one, DESIGN), Err(ScanError::TooFewEvents { events: 1 }));
    assert_eq!(spatial_scan(&zones, &[0; 9], DESIGN), Err(ScanError::TooFewEvents { events: 0 }));
    assert_eq!(spatial_scan(&zones, &[5], DESIGN), Err(ScanError::OtherAreas { counts: 1, areas: 9 }));
    let alone = ScanZones::new(&grid(1, 1), &ZoneShapes::circles(), 0.5);
    assert_eq!(spatial_scan(&alone, &[5], DESIGN), Err(ScanError::NoZone));
    let none = ScanZones::new(&[], &ZoneShapes::circles(), 0.5);
    assert_eq!(spatial_scan(&none, &[], DESIGN), Err(ScanError::TooFewEvents { events: 0 }));
}

#[test]
fn area_without_exposure_is_in_no_zone_and_its_events_are_left_out() {
    let mut areas = grid(4, 4);
    areas[5] = None;
    areas[6] = area(2.0, 1.0, 0.0);
    let counts: Vec<u64> = (0..16).map(|index| if index == 5 || index == 6 { 90 } else { 3 }).collect();
    let scan = spatial_scan(&ScanZones::new(&areas, &ellipses(), 0.5), &counts, DESIGN).unwrap();
    assert_eq!(scan.events, 42);
    assert!(scan.clusters.iter().all(|cluster| cluster.members.iter().all(|member| ![5, 6].contains(&member.index()))));
}

#[test]
fn equal_rates_have_no_cluster() {
    let zones = ScanZones::new(&grid(4, 4), &ZoneShapes::circles(), 0.5);
    assert!(spatial_scan(&zones, &[5; 16], DESIGN).unwrap().clusters.is_empty());
}

/// The greatest likelihood ratio by the definition: each circle whose edge goes through an area, all sums anew.
fn greatest_by_definition(areas: &[Option<ScanArea>], counts: &[u64]) -> f64 {
    let areas: Vec<(ScanArea, u64)> = areas.iter().zip(counts).map(|(area, count)| (area.unwrap(), *count)).collect();
    let total: f64 = areas.iter().map(|(area, _)| area.exposure).sum();
    let events: u64 = counts.iter().sum();
    let mut greatest: f64 = 0.0;
    for (centre, _) in &areas {
        let distance = |area: &ScanArea| (area.point.x_m - centre.point.x_m).hypot(area.point.y_m - centre.point.y_m);
        for (edge, _) in &areas {
            let inside = areas.iter().filter(|(area, _)| distance(area) <= distance(edge) + 1e-9);
            let (exposure, observed) =
                inside.fold((0.0, 0), |(exposure, count), (area, more)| (exposure + area.exposure, count + more));
            if exposure <= 0.5 * total + 1e-9 {
                greatest = greatest.max(log_likelihood_ratio(observed, events as f64 * exposure / total, events));
            }
        }
    }
    greatest
}

fn random_map() -> impl Strategy<Value = (Vec<Option<ScanArea>>, Vec<u64>)> {
    proptest::collection::vec((0_u32..12, 0_u32..12, 1_u32..50, 0_u64..9), 3..25).prop_map(|areas| {
        let places = areas.iter().map(|(x, y, exposure, _)| area(f64::from(*x), f64::from(*y), f64::from(*exposure)));
        (places.collect(), areas.iter().map(|(.., count)| *count).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn most_likely_cluster_is_that_of_the_definition((areas, counts) in random_map()) {
        let zones = ScanZones::new(&areas, &ZoneShapes::circles(), 0.5);
        let design = ScanDesign { replicas: 9, ..DESIGN };
        if let Ok(scan) = spatial_scan(&zones, &counts, design) {
            let greatest = greatest_by_definition(&areas, &counts);
            let ours = scan.clusters.first().map_or(0.0, |cluster| cluster.log_likelihood_ratio);
            prop_assert!((ours - greatest).abs() <= 1e-9 * greatest.max(1.0), "{ours} for {greatest}");
        }
    }

    #[test]
    fn clusters_are_disjoint_above_expectation_and_the_same_again((areas, counts) in random_map()) {
        let zones = ScanZones::new(&areas, &ellipses(), 0.5);
        let design = ScanDesign { replicas: 19, max_p: 1.0, ..DESIGN };
        if let Ok(scan) = spatial_scan(&zones, &counts, design) {
            let mut seen = std::collections::BTreeSet::new();
            for cluster in &scan.clusters {
                prop_assert!(cluster.observed as f64 > cluster.expected);
                prop_assert!(cluster.members.iter().all(|member| seen.insert(*member)));
                prop_assert!(cluster.p > 0.0 && cluster.p <= 1.0);
                prop_assert!(cluster.gumbel_p.is_none_or(|p| (0.0..=1.0).contains(&p)));
            }
            prop_assert_eq!(spatial_scan(&zones, &counts, design).unwrap(), scan);
        }
    }

    #[test]
    fn exposure_counts_by_its_share_alone((areas, counts) in random_map()) {
        let doubled: Vec<_> =
            areas.iter().map(|area| area.map(|area| ScanArea { exposure: 4.0 * area.exposure, ..area })).collect();
        let design = ScanDesign { replicas: 19, ..DESIGN };
        let scan = |areas: &[Option<ScanArea>]| {
            spatial_scan(&ScanZones::new(areas, &ZoneShapes::circles(), 0.5), &counts, design)
        };
        prop_assert_eq!(scan(&areas), scan(&doubled));
    }
}
