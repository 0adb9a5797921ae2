//! The zones that may be a cluster: around each area's point, growing by the nearest next area.
//!
//! In: points, exposures, the shapes of zones and the greatest share of the exposure. Out: [`ScanZones`], one run a
//! centre and outline, in which every step adds an area. They depend on nothing that is counted.

use std::f64::consts::PI;

use rayon::prelude::*;

use crate::statistics::spatial::kernel_density::PlanePoint;

/// Distances that differ by less than this part of their square are one distance: beyond it lies only rounding.
const SAME_DISTANCE: f64 = 1e-12;
/// A zone with more than half of the exposure is rather a gap outside it.
const MOST_OF_EXPOSURE: f64 = 0.5;

/// Where an area is and how much of what events arise from it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScanArea {
    /// Its point.
    pub point: PlanePoint,
    /// Person-years, or whatever the expected number is proportional to.
    pub exposure: f64,
}

/// The ellipses of one ratio of axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ellipse {
    /// The long axis over the short one, above 1.
    pub ratio: f64,
    /// How many directions of the long axis, evenly over the half circle from east on.
    pub angles: u32,
}

/// Which outlines a zone may have: circles, and ellipses where there are any.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ZoneShapes {
    /// The ellipses beside the circles.
    pub ellipses: Vec<Ellipse>,
    /// The exponent a of the penalty (4s/(s + 1)²)^a of an ellipse with ratio s; 0 for none.
    pub penalty: f64,
}

impl ZoneShapes {
    /// Circles alone.
    pub fn circles() -> Self {
        Self::default()
    }

    /// Every outline, circles first.
    fn outlines(&self) -> Vec<ZoneOutline> {
        let circle = ZoneOutline { ratio: 1.0, degrees: 0.0, weight: 1.0 };
        let of_ratio = |ellipse: &Ellipse| {
            let Ellipse { ratio, angles } = *ellipse;
            let weight = (4.0 * ratio / (ratio + 1.0).powi(2)).powf(self.penalty);
            (0..angles).map(move |turn| ZoneOutline {
                ratio,
                degrees: 180.0 * f64::from(turn) / f64::from(angles),
                weight,
            })
        };
        std::iter::once(circle).chain(self.ellipses.iter().flat_map(of_ratio)).collect()
    }
}

/// The outline of a zone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZoneOutline {
    /// Long axis over short one; 1 for a circle.
    pub ratio: f64,
    /// Direction of the long axis in degrees, from east towards north.
    pub degrees: f64,
    /// What its likelihood ratio is multiplied by; 1 for a circle.
    pub weight: f64,
}

impl ZoneOutline {
    /// Squared distances from a place in the metric in which the outline is a circle.
    fn squared_from(&self, from: PlanePoint) -> impl Fn(PlanePoint) -> f64 {
        let ratio = self.ratio;
        // A circle is not turned, so that equal distances on a grid stay equal.
        let (sine, cosine) = if ratio == 1.0 { (0.0, 1.0) } else { (PI * self.degrees / 180.0).sin_cos() };
        move |to| {
            let (east, north) = (to.x_m - from.x_m, to.y_m - from.y_m);
            let (along, across) = (east * cosine + north * sine, north * cosine - east * sine);
            along * along + (ratio * across).powi(2)
        }
    }
}

/// The zones around one centre with one outline, from the smallest on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ZoneRun {
    pub(super) centre: usize,
    pub(super) outline: ZoneOutline,
    /// Where its steps stand in those of all runs.
    pub(super) steps: std::ops::Range<usize>,
}

/// One area more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ZoneStep {
    /// The area that enters.
    pub(super) area: u32,
    /// Whether the areas so far are a zone: not where the next one lies as near as this.
    pub(super) is_zone: bool,
    /// The share of the exposure of the areas so far.
    pub(super) share: f64,
}

/// All zones over some areas.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanZones {
    shares: Vec<f64>,
    runs: Vec<ZoneRun>,
    steps: Vec<ZoneStep>,
}

impl ScanZones {
    /// The zones of some areas that hold at most `max_share` of the exposure, and never more than half of it. An area
    /// that is `None`, or without a positive exposure, is in none.
    pub fn new(areas: &[Option<ScanArea>], shapes: &ZoneShapes, max_share: f64) -> Self {
        let usable = |area: &Option<ScanArea>| area.filter(|area| area.exposure > 0.0 && area.exposure.is_finite());
        let areas: Vec<Option<ScanArea>> = areas.iter().map(usable).collect();
        let total: f64 = areas.iter().flatten().map(|area| area.exposure).sum();
        let shares: Vec<f64> = areas.iter().map(|area| area.map_or(0.0, |area| area.exposure / total)).collect();
        let points: Vec<(usize, PlanePoint)> =
            areas.iter().enumerate().filter_map(|(index, area)| Some((index, (*area)?.point))).collect();
        let outlines = shapes.outlines();
        let pairs: Vec<(ZoneOutline, (usize, PlanePoint))> =
            outlines.iter().flat_map(|outline| points.iter().map(|point| (*outline, *point))).collect();
        let grown: Vec<Vec<ZoneStep>> = pairs
            .par_iter()
            .map(|(outline, (_, from))| {
                let squared = outline.squared_from(*from);
                let mut nearest: Vec<(f64, usize)> = points.iter().map(|(area, to)| (squared(*to), *area)).collect();
                nearest.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
                grown(&nearest, &shares, max_share.min(MOST_OF_EXPOSURE))
            })
            .collect();
        let (mut runs, mut steps) = (Vec::new(), Vec::new());
        for ((outline, (centre, _)), run) in pairs.into_iter().zip(grown) {
            if run.is_empty() {
                continue;
            }
            let first = steps.len();
            steps.extend(run);
            runs.push(ZoneRun { centre, outline, steps: first..steps.len() });
        }
        Self { shares, runs, steps }
    }

    /// How many areas there are, those in no zone among them.
    pub fn areas(&self) -> usize {
        self.shares.len()
    }

    /// How many zones there are; those that different centres have in common are counted for each.
    pub fn len(&self) -> usize {
        self.steps.iter().filter(|step| step.is_zone).count()
    }

    /// Whether there is no zone.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The share of the exposure of every area.
    pub(super) fn shares(&self) -> &[f64] {
        &self.shares
    }

    pub(super) fn runs(&self) -> &[ZoneRun] {
        &self.runs
    }

    pub(super) fn all_steps(&self) -> &[ZoneStep] {
        &self.steps
    }

    /// The areas of the first so many steps of a run.
    pub(super) fn members<'a>(&'a self, run: &ZoneRun, length: usize) -> impl Iterator<Item = usize> + use<'a> {
        self.steps[run.steps.start..run.steps.start + length].iter().map(|step| step.area as usize)
    }
}

/// The steps of one run, up to its last zone.
fn grown(nearest: &[(f64, usize)], shares: &[f64], max_share: f64) -> Vec<ZoneStep> {
    let (mut steps, mut zones_end, mut share) = (Vec::new(), 0, 0.0);
    for (position, (distance, area)) in nearest.iter().enumerate() {
        share += shares[*area];
        // Rounding of a sum of shares may carry an exact half over the limit.
        if share > max_share * (1.0 + SAME_DISTANCE) {
            break;
        }
        let next = nearest.get(position + 1);
        let is_zone = next.is_none_or(|(further, _)| *further > distance * (1.0 + SAME_DISTANCE));
        steps.push(ZoneStep { area: *area as u32, is_zone, share });
        if is_zone {
            zones_end = steps.len();
        }
    }
    // Areas that tie with one that would break the limit are no zone without it.
    steps.truncate(zones_end);
    steps
}
