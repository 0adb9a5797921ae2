//! What is said about an import of boundaries.

use std::fmt;

use serde::Serialize;

use super::features::{Feature, Features};
use super::options::{BoundaryOptions, OnFault};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, Level};
use crate::geometry::projection::LonLat;
use crate::ingest::coordinates::CrsUse;

/// How much a remark weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Nothing is imported.
    Error,
    /// The import goes on.
    Warning,
    /// What a repair did.
    Repair,
}

/// One thing to know about the boundaries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportMessage {
    /// How much it weighs.
    pub weight: Weight,
    /// A word for scripts.
    pub kind: &'static str,
    /// What is to be said.
    pub text: String,
    /// The areas concerned: code and name.
    pub areas: Vec<String>,
    /// How often.
    pub count: usize,
    /// The ground concerned, in square kilometres.
    pub area_km2: Option<f64>,
    /// How wide the ground is in metres, where that is known: the largest circle that fits into it.
    pub width_m: Option<f64>,
    /// How long it is.
    pub length_m: Option<f64>,
    /// Where to look.
    pub place: Option<LonLat>,
}

impl ImportMessage {
    /// A remark about no area in particular.
    pub(super) fn new(weight: Weight, kind: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        let (areas, area_km2, place) = (Vec::new(), None, None);
        Self { weight, kind, text, areas, count: 1, area_km2, width_m: None, length_m: None, place }
    }

    /// A remark about one feature.
    pub(super) fn of_feature(weight: Weight, kind: &'static str, feature: &Feature, text: &str) -> Self {
        Self { areas: vec![label(feature)], ..Self::new(weight, kind, format!("{}: {text}", feature.position)) }
    }
}

/// Code and name.
pub(super) fn label(feature: &Feature) -> String {
    format!("{} {}", feature.code, feature.name)
}

/// Areas that a sentence names; the list has all.
const LISTED_AREAS: usize = 8;

impl fmt::Display for ImportMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = match self.weight {
            Weight::Error => "error",
            Weight::Warning => "warning",
            Weight::Repair => "repair",
        };
        write!(f, "{weight}: {}", self.text)?;
        if self.count > 1 {
            write!(f, " ({} times)", self.count)?;
        }
        if let Some(km2) = self.area_km2 {
            write!(f, ", {km2:.6} km²")?;
        }
        if let Some((width_m, length_m)) = self.width_m.zip(self.length_m) {
            write!(f, ", {width_m:.1} m wide and {length_m:.0} m long")?;
        }
        if !self.areas.is_empty() {
            let listed = self.areas.len().min(LISTED_AREAS);
            write!(f, ": {}", self.areas[..listed].join("; "))?;
            if self.areas.len() > listed {
                write!(f, "; and {} more", self.areas.len() - listed)?;
            }
        }
        match self.place {
            Some(LonLat { lon, lat }) => write!(f, " (at {lon:.6}, {lat:.6})"),
            None => Ok(()),
        }
    }
}

/// Where the vertices of the file went: read + closed + repaired = stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Vertices {
    /// In the outlines read from the file, closing vertices included.
    pub read: usize,
    /// Added to close rings that were open.
    pub closed: usize,
    /// In the outlines that are stored.
    pub stored: usize,
    /// Added (or, negative, removed) by repairs.
    pub repaired: isize,
    /// Left out of the map's shared borders, because they repeat another one within a centimetre or so.
    pub left_out_of_coverage: usize,
    /// Whether the shared borders account for every vertex stored.
    pub accounted_for: bool,
}

/// What became of overlaps and gaps.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct CleanAccount {
    /// The widest pieces that were given away, in metres.
    pub width_m: f64,
    /// Overlaps given to one area.
    pub overlaps_resolved: PieceSum,
    /// Gaps given to one area.
    pub gaps_resolved: PieceSum,
    /// Overlaps that are wider and stay.
    pub overlaps_left: PieceSum,
    /// Gaps that are wider and stay.
    pub gaps_left: PieceSum,
}

/// Pieces of ground, summed.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct PieceSum {
    /// How many.
    pub count: usize,
    /// Square kilometres.
    pub km2: f64,
}

/// A district and its communes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NestingRow {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// How many of its communes have an outline.
    pub communes: usize,
    /// The district, in square kilometres.
    pub km2: f64,
    /// Ground of its communes outside of it.
    pub outside_km2: f64,
    /// Ground of it that none of its communes covers.
    pub uncovered_km2: f64,
}

/// The report of an import of boundaries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoundaryReport {
    /// The name of the boundary file.
    pub file: String,
    /// The edition that the file was read as.
    pub edition: EditionId,
    /// The administrative level that the file was read as.
    pub level: Level,
    /// Features in the file.
    pub features_read: usize,
    /// Features that the filters left out.
    pub features_filtered: usize,
    /// Areas ready to be stored.
    pub areas: usize,
    /// Their sum in square kilometres.
    pub total_km2: f64,
    /// The reference system of the coordinates; null where nothing says one, so that they are degrees of WGS 84.
    pub crs: Option<CrsUse>,
    /// How many vertices were read, shared and left out.
    pub vertices: Vertices,
    /// The year of the populations, when there are any.
    pub population_year: Option<i16>,
    /// Attributes that seem to hold residents, and were not asked for.
    pub population_ignored: Vec<String>,
    /// Whether repairs were requested.
    pub repaired: bool,
    /// What cleaning did and left, where it was asked for.
    pub cleaned: Option<CleanAccount>,
    /// How well the outlines of districts and communes fit, where both are known.
    pub nesting: Vec<NestingRow>,
    /// Everything there is to know, errors first.
    pub remarks: Vec<ImportMessage>,
}

impl BoundaryReport {
    pub(super) fn new(file: &str, options: &BoundaryOptions, read: &Features) -> Self {
        Self {
            file: file.to_owned(),
            edition: options.edition,
            level: options.level,
            features_read: read.read,
            features_filtered: read.read - read.accepted.len(),
            areas: 0,
            total_km2: 0.0,
            crs: read.crs.clone(),
            vertices: Vertices { read: read.vertices, accounted_for: true, ..Vertices::default() },
            population_year: None,
            population_ignored: read.population_ignored.clone(),
            repaired: options.on_fault == OnFault::Repair,
            cleaned: None,
            nesting: Vec::new(),
            remarks: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, remark: ImportMessage) {
        let place = self.remarks.partition_point(|other| other.weight <= remark.weight);
        self.remarks.insert(place, remark);
    }

    /// How many remarks forbid the import.
    pub fn errors(&self) -> usize {
        self.remarks.iter().filter(|remark| remark.weight == Weight::Error).count()
    }

    /// Whether something forbids the import.
    pub fn stops(&self) -> bool {
        self.errors() > 0
    }
}
