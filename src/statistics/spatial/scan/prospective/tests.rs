use proptest::prelude::*;

use super::*;
use crate::statistics::spatial::kernel_density::PlanePoint;
use crate::statistics::spatial::scan::zones::{ScanArea, ZoneShapes};

const DESIGN: SpaceTimeDesign = SpaceTimeDesign { max_steps: 3, replicas: 99, seed: 7, max_p: 0.05 };

fn row_of_areas(count: usize) -> ScanZones {
    let areas: Vec<Option<ScanArea>> = (0..count)
        .map(|area| Some(ScanArea { point: PlanePoint { x_m: (area * area) as f64, y_m: 0.0 }, exposure: 1.0 }))
        .collect();
    ScanZones::new(&areas, &ZoneShapes::circles(), 0.5)
}

fn scanned(rows: &[Vec<u32>], model: SpaceTimeModel<'_>) -> Result<SpaceTimeScan, ScanError> {
    prospective_scan(&row_of_areas(rows.len()), &SpaceTimeCounts::new(rows).unwrap(), model, DESIGN)
}

#[test]
fn expectation_is_given_or_taken_from_the_margins() {
    let rows = [vec![2, 0, 1, 5], vec![1, 1, 1, 1], vec![0, 2, 1, 1], vec![1, 1, 2, 0]];
    let even = vec![1.0; 16];
    let poisson = scanned(&rows, SpaceTimeModel::Poisson(&even)).unwrap();
    // Twenty events over sixteen cells.
    assert_eq!((poisson.clusters[0].observed, poisson.clusters[0].steps), (5, 1));
    assert!((poisson.clusters[0].expected - 1.25).abs() < 1e-12);
    let shuffled = scanned(&rows, SpaceTimeModel::Permutation).unwrap();
    assert!((shuffled.clusters[0].expected - 8.0 * 7.0 / 20.0).abs() < 1e-12, "{:?}", shuffled.clusters);
}

#[test]
fn an_area_that_always_has_many_is_no_cluster_of_the_permutation() {
    let rows = [vec![40; 6], vec![2; 6], vec![2; 6], vec![2; 6]];
    let even = vec![1.0; 24];
    assert!(scanned(&rows, SpaceTimeModel::Poisson(&even)).unwrap().clusters[0].p <= 0.01);
    assert!(scanned(&rows, SpaceTimeModel::Permutation).unwrap().clusters.is_empty());
}

#[test]
fn what_is_over_is_no_cluster() {
    let rows = [vec![0, 30, 0, 0, 0, 0], vec![1, 0, 1, 0, 1, 0], vec![0, 1, 0, 1, 0, 1], vec![1, 0, 1, 0, 1, 0]];
    let found = scanned(&rows, SpaceTimeModel::Permutation).unwrap();
    // What others have of the last steps may stand out beside it, the area itself does not.
    let areas = found.clusters.iter().flat_map(|cluster| &cluster.members);
    assert!(areas.into_iter().all(|area| area.index() != 0), "{:?}", found.clusters);
}

#[test]
fn nothing_to_scan_is_said() {
    let nothing = scanned(&[vec![0, 0], vec![0, 1], vec![0, 0]], SpaceTimeModel::Permutation);
    assert_eq!(nothing, Err(ScanError::TooFewEvents { events: 1 }));
    assert_eq!(scanned(&[vec![3, 4]], SpaceTimeModel::Permutation), Err(ScanError::NoZone));
    assert_eq!(
        scanned(&[vec![3], vec![4], vec![1]], SpaceTimeModel::Poisson(&[1.0])),
        Err(ScanError::OtherAreas { counts: 1, areas: 3 })
    );
    assert_eq!(SpaceTimeCounts::new(&[vec![1], vec![1, 2]]), None);
    let empty = SpaceTimeCounts::new(&[]).unwrap();
    let zones = row_of_areas(0);
    let found = prospective_scan(&zones, &empty, SpaceTimeModel::Permutation, DESIGN);
    assert_eq!(found, Err(ScanError::TooFewEvents { events: 0 }));
}

#[test]
fn the_same_seed_gives_the_same_maps() {
    let rows: Vec<Vec<u32>> = (0..9).map(|area| (0..8).map(|step| (area * 7 + step * 5) % 4).collect()).collect();
    let one = scanned(&rows, SpaceTimeModel::Permutation).unwrap();
    assert_eq!(one, scanned(&rows, SpaceTimeModel::Permutation).unwrap());
    assert_eq!(one.maxima.len(), 99);
}

proptest! {
    #[test]
    fn clusters_share_no_area_and_hold_more_than_expected(
        counts in proptest::collection::vec(0_u32..4, 8 * 5), is_permutation in proptest::bool::ANY,
    ) {
        let rows: Vec<Vec<u32>> = counts.chunks(5).map(<[u32]>::to_vec).collect();
        let even = vec![1.0; 40];
        let model = if is_permutation { SpaceTimeModel::Permutation } else { SpaceTimeModel::Poisson(&even) };
        let Ok(found) = prospective_scan(
            &row_of_areas(8), &SpaceTimeCounts::new(&rows).unwrap(), model, SpaceTimeDesign { max_p: 1.0, replicas: 19, ..DESIGN },
        ) else { return Ok(()) };
        let mut seen = std::collections::BTreeSet::new();
        for cluster in &found.clusters {
            prop_assert!(cluster.observed as f64 > cluster.expected && (1..=3).contains(&cluster.steps));
            let direct: u32 = cluster.members.iter().map(|member| rows[member.index()][5 - cluster.steps..].iter().sum::<u32>()).sum();
            prop_assert_eq!(u64::from(direct), cluster.observed);
            for member in &cluster.members {
                prop_assert!(seen.insert(member.index()));
            }
        }
    }
}
