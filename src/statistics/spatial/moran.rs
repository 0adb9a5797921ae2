//! Moran's I: whether near areas are more alike than far ones, over all and around each.
//!
//! In: a value per area (none where there is none) and [`Neighbours`]. Out: the statistic with its
//! moments under randomisation, z and two-sided p. Areas without a value are left out together with
//! their links. No permutations: the same input gives the same bits.
//!
//! Reference: A. D. Cliff and J. K. Ord, "Spatial Processes" (1981), chapter 2; L. Anselin, "Local
//! indicators of spatial association", Geographical Analysis 27 (1995), equation 12; R. R. Sokal,
//! N. L. Oden and B. A. Thomson, "Local spatial autocorrelation in biological variables" (1998),
//! equations A7 and A8.

use serde::Serialize;
use utoipa::ToSchema;

use super::neighbours::{Neighbours, Present, WeightStyle};
use crate::statistics::distribution::normal::two_sided_p;
use crate::statistics::position::AreaPosition;
use crate::statistics::rating::leave_one_out::Others;

/// Moran's I over all areas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MoransI {
    /// I = n/S₀ · Σᵢⱼ wᵢⱼ zᵢ zⱼ / Σᵢ zᵢ².
    pub statistic: f64,
    /// −1/(n − 1).
    pub expectation: f64,
    /// Standard deviate under randomisation; `None` below four areas.
    pub z: Option<f64>,
    /// Its two-sided probability.
    pub p: Option<f64>,
}

/// Where an area and its neighbours stand against the mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub enum Quadrant {
    /// High among high: part of a cluster.
    #[serde(rename = "HH")]
    HighHigh,
    /// Low among high.
    #[serde(rename = "LH")]
    LowHigh,
    /// Low among low.
    #[serde(rename = "LL")]
    LowLow,
    /// High among low.
    #[serde(rename = "HL")]
    HighLow,
}

impl Quadrant {
    /// The two letters in files and answers: the area first, its neighbours second.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HighHigh => "HH",
            Self::LowHigh => "LH",
            Self::LowLow => "LL",
            Self::HighLow => "HL",
        }
    }
}

/// Moran's I around one area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalMoran {
    /// Iᵢ = (n − 1) zᵢ Σⱼ wᵢⱼ zⱼ / Σ z², row-standardised.
    pub statistic: f64,
    /// Standard deviate under randomisation of all values but the area's own; `None` where that has no variance.
    pub z: Option<f64>,
    /// Its two-sided probability.
    pub p: Option<f64>,
    /// Where the area and its neighbours stand.
    pub quadrant: Quadrant,
}

/// Moran's I of the values; `None` below two areas, without links, or where all values are equal.
///
/// # Example
/// Four areas in a row with values 1, 2, 3, 4: Σ zᵢzⱼ over the six links = 2·(0.75 − 0.25 + 0.75) = 2.5,
/// Σ z² = 5, I = 4/6 · 2.5/5 = 1/3.
/// ```
/// use binhyen::statistics::{Neighbours, WeightStyle, morans_i};
/// let row = Neighbours::new(vec![vec![1], vec![0, 2], vec![1, 3], vec![2]])?;
/// let values = [1.0, 2.0, 3.0, 4.0].map(Some);
/// let moran = morans_i(&values, &row, WeightStyle::Binary).unwrap();
/// assert!((moran.statistic - 1.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), binhyen::statistics::NeighboursError>(())
/// ```
pub fn morans_i(values: &[Option<f64>], neighbours: &Neighbours, style: WeightStyle) -> Option<MoransI> {
    let present = Present::of(values, neighbours);
    let z = present.deviations();
    let (areas, squares) = (z.len() as f64, sum_of_squares(&z)?);
    let row = |area: AreaPosition| present.neighbours.weight(area, style) * present.neighbours.of(area).len() as f64;
    let total: f64 = present.areas().map(row).sum();
    if total <= 0.0 {
        return None;
    }
    let products: f64 = present
        .areas()
        .map(|area| present.neighbours.weight(area, style) * z[area.index()] * present.neighbour_sum(area, &z))
        .sum();
    let (statistic, expectation) = (areas / total * products / squares, -1.0 / (areas - 1.0));
    let variance = variance_under_randomisation(&present.neighbours, style, &z, total);
    let deviate =
        variance.filter(|variance| *variance > 0.0).map(|variance| (statistic - expectation) / variance.sqrt());
    Some(MoransI { statistic, expectation, z: deviate, p: deviate.map(two_sided_p) })
}

/// Σ z²; `None` below two values, or where all are equal.
fn sum_of_squares(z: &[f64]) -> Option<f64> {
    let squares: f64 = z.iter().map(|z| z * z).sum();
    (z.len() > 1 && squares > 0.0 && squares.is_finite()).then_some(squares)
}

fn variance_under_randomisation(neighbours: &Neighbours, style: WeightStyle, z: &[f64], s0: f64) -> Option<f64> {
    let n = z.len() as f64;
    if z.len() < 4 {
        return None;
    }
    let s1 = s1(neighbours, style);
    let s2: f64 = margins(neighbours, style).iter().map(|margin| margin * margin).sum();
    // Cliff and Ord 1981, chapter 2: E(I²) under randomisation from S₀, S₁, S₂ and the kurtosis.
    let m2 = z.iter().map(|z| z * z).sum::<f64>() / n;
    let kurtosis = z.iter().map(|z| z.powi(4)).sum::<f64>() / n / (m2 * m2);
    let first = n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0);
    let second = kurtosis * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0);
    let expectation = -1.0 / (n - 1.0);
    Some((first - second) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0) - expectation * expectation)
}

/// S₁ = ½ Σᵢⱼ (wᵢⱼ + wⱼᵢ)².
fn s1(neighbours: &Neighbours, style: WeightStyle) -> f64 {
    let link = |area: AreaPosition, neighbour: AreaPosition| {
        let own = neighbours.weight(area, style);
        if neighbours.has(neighbour, area) {
            // A mutual pair is visited from both ends, and each visit adds half of 2·½(wᵢⱼ + wⱼᵢ)². A one-sided
            // link is visited once and adds both orders of the pair, ½w² + ½w².
            0.5 * (own + neighbours.weight(neighbour, style)).powi(2)
        } else {
            own * own
        }
    };
    neighbours.areas().flat_map(|area| neighbours.of(area).iter().map(move |other| link(area, *other))).sum()
}

/// Σⱼ wᵢⱼ + Σⱼ wⱼᵢ for every area.
fn margins(neighbours: &Neighbours, style: WeightStyle) -> Vec<f64> {
    let mut margins = vec![0.0; neighbours.len()];
    // Each link adds its weight to the row of the area and to the column of the neighbour: at the end every entry
    // holds row sum plus column sum, without a transposed list.
    for area in neighbours.areas() {
        let weight = neighbours.weight(area, style);
        for neighbour in neighbours.of(area) {
            margins[area.index()] += weight;
            margins[neighbour.index()] += weight;
        }
    }
    margins
}

/// Local Moran of every area; `None` for an area without a value, an island, and everywhere where all values are equal.
///
/// # Shape
/// One answer per value, in their order.
pub fn local_morans(values: &[Option<f64>], neighbours: &Neighbours) -> Vec<Option<LocalMoran>> {
    let present = Present::of(values, neighbours);
    let z = present.deviations();
    let Some(squares) = sum_of_squares(&z) else { return vec![None; values.len()] };
    let n = z.len() as f64;
    let local = |area: AreaPosition| {
        let own = z[area.index()];
        let count = present.neighbours.of(area).len();
        (count > 0).then(|| {
            let lag = present.neighbour_sum(area, &z) / count as f64;
            // Anselin 1995, equation 12, scaled by n − 1 as esda does; the deviate does not depend on the scale.
            let statistic = (n - 1.0) * own * lag / squares;
            let deviate =
                Others::of(&z, squares, area).and_then(|others| conditional_deviate(own, lag, others, count as f64));
            LocalMoran { statistic, z: deviate, p: deviate.map(two_sided_p), quadrant: quadrant(own, lag) }
        })
    };
    present.spread(present.areas().map(local).collect())
}

/// The deviate does not depend on whether the statistic is scaled by n or by n − 1: here it is zᵢ·lag/m₂.
fn conditional_deviate(own: f64, lag: f64, others: Others, count: f64) -> Option<f64> {
    if others.count <= 1.0 {
        return None;
    }
    // Of a mean of so many others, drawn without one twice.
    let variance = others.variance * (1.0 / count - 1.0 / others.count) * others.count / (others.count - 1.0);
    let deviate = (lag - others.mean) / variance.sqrt() * own.signum();
    (variance > 0.0 && own != 0.0).then_some(deviate)
}

fn quadrant(own: f64, lag: f64) -> Quadrant {
    match (own > 0.0, lag > 0.0) {
        (true, true) => Quadrant::HighHigh,
        (false, true) => Quadrant::LowHigh,
        (false, false) => Quadrant::LowLow,
        (true, false) => Quadrant::HighLow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ring(areas: usize) -> Neighbours {
        Neighbours::new((0..areas).map(|area| vec![(area + 1) % areas, (area + areas - 1) % areas]).collect()).unwrap()
    }

    #[test]
    fn equal_values_have_no_statistic() {
        let values = [Some(2.0); 5];
        assert_eq!(morans_i(&values, &ring(5), WeightStyle::Binary), None);
        assert_eq!(local_morans(&values, &ring(5)), [None; 5]);
        assert_eq!(morans_i(&[], &Neighbours::default(), WeightStyle::Binary), None);
    }

    #[test]
    fn island_has_no_local_statistic() {
        let neighbours = Neighbours::new(vec![vec![1], vec![0], vec![]]).unwrap();
        let local = local_morans(&[Some(1.0), Some(2.0), Some(9.0)], &neighbours);
        assert!(local[0].is_some() && local[2].is_none());
    }

    #[test]
    fn area_whose_others_are_all_equal_has_no_deviate() {
        let neighbours = Neighbours::new(vec![vec![1], vec![0], vec![]]).unwrap();
        for rate in [11.0 / 49_728.873_593_300_52, 0.1, 7.0] {
            let local = local_morans(&[Some(rate), Some(0.0), Some(0.0)], &neighbours);
            assert_eq!(local[0].unwrap().z, None, "{rate}");
        }
    }

    #[test]
    fn high_beside_low_is_named() {
        let neighbours = Neighbours::new(vec![vec![1], vec![0], vec![3], vec![2]]).unwrap();
        let local = local_morans(&[Some(9.0), Some(0.0), Some(8.0), Some(7.0)], &neighbours);
        let quadrants: Vec<&str> = local.iter().map(|area| area.unwrap().quadrant.as_str()).collect();
        assert_eq!(quadrants, ["HL", "LH", "HH", "HH"]);
    }

    proptest! {
        #[test]
        fn shift_and_scale_change_nothing(
            values in proptest::collection::vec(0.0..100.0_f64, 4..30), shift in -50.0..50.0_f64, scale in 0.1..10.0_f64,
        ) {
            let neighbours = ring(values.len());
            let plain: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
            let moved: Vec<Option<f64>> = values.iter().map(|value| Some(shift + scale * value)).collect();
            for style in [WeightStyle::Binary, WeightStyle::RowStandardised] {
                let (one, other) = (morans_i(&plain, &neighbours, style), morans_i(&moved, &neighbours, style));
                if let (Some(one), Some(other)) = (one, other) {
                    prop_assert!((one.statistic - other.statistic).abs() < 1e-8);
                }
            }
        }

        #[test]
        fn local_statistics_sum_to_the_global_one(values in proptest::collection::vec(0.0..100.0_f64, 4..30)) {
            let neighbours = ring(values.len());
            let values: Vec<Option<f64>> = values.into_iter().map(Some).collect();
            if let Some(global) = morans_i(&values, &neighbours, WeightStyle::RowStandardised) {
                let sum: f64 = local_morans(&values, &neighbours).iter().flatten().map(|local| local.statistic).sum();
                prop_assert!((sum / (values.len() - 1) as f64 - global.statistic).abs() < 1e-9);
            }
        }
    }
}
