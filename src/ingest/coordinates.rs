//! What the coordinates of a file are: the reference system that the operator or the file names, and the place of numbers.
//!
//! What the operator says with `--crs` goes before what the file declares; a file that declares nothing is read as degrees
//! of WGS 84. Geometries are taken to degrees in `in_degrees`, numbers of columns by [`placed`]. Numbers in metres of which
//! nothing says what they are get a guess ([`likely_system`]) and never a place.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::geometry::crs::{Crs, CrsError};
use crate::geometry::projection::LonLat;

/// A reference system that the operator names with `--crs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenCrs(pub(in crate::ingest) Crs);

impl FromStr for GivenCrs {
    type Err = CrsError;

    fn from_str(text: &str) -> Result<Self, CrsError> {
        Crs::from_text(text).map(Self)
    }
}

/// In which reference system the coordinates of a file were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrsUse {
    /// Code and name.
    pub system: String,
    /// What the file declares, in its own words; null where it declares nothing.
    pub declared: Option<String>,
    /// Whether `--crs` said so.
    pub by_option: bool,
    /// Whether that is another system than the file declares.
    pub overrides: bool,
}

/// Letters of a declaration that a report quotes.
const QUOTED_CHARS: usize = 100;

impl CrsUse {
    /// What holds where the operator says something or the file does; none where neither does.
    ///
    /// # Errors
    /// When the file declares what is not known, and the operator says nothing.
    pub(in crate::ingest) fn of(
        given: Option<GivenCrs>,
        declared: Option<String>,
    ) -> Result<Option<(Crs, Self)>, CrsError> {
        let by_file = declared.as_deref().map(Crs::from_text);
        let (crs, overrides) = match (given, &by_file) {
            (Some(GivenCrs(crs)), by_file) => (crs, by_file.as_ref().is_some_and(|by_file| *by_file != Ok(crs))),
            (None, Some(Ok(crs))) => (*crs, false),
            (None, Some(Err(fault))) => return Err(fault.clone()),
            (None, None) => return Ok(None),
        };
        let declared = declared.map(|text| text.chars().take(QUOTED_CHARS).collect());
        Ok(Some((crs, Self { system: crs.to_string(), declared, by_option: given.is_some(), overrides })))
    }

    /// Whether it is worth a line: everything but degrees of WGS 84 that nobody doubts.
    pub fn is_worth_saying(&self) -> bool {
        self.overrides || self.system != Crs::WGS84.to_string()
    }
}

/// Why two numbers are no place in a reference system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ingest) struct PlaceFault {
    crs: Crs,
    x: f64,
    y: f64,
}

impl fmt::Display for PlaceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { crs, x, y } = self;
        if !crs.is_degrees() && x.abs() <= 180.0 && y.abs() <= 180.0 {
            return write!(
                f,
                "{x}, {y} are degrees, and the coordinates are read as metres of {crs}: say --crs EPSG:4326"
            );
        }
        if crs.is_degrees() {
            return write!(f, "{x}, {y} are no degrees, as {crs} has them: say with --crs what they are");
        }
        if crs.to_lon_lat(*y, *x).is_some_and(|at| in_viet_nam(at.lon, at.lat)) {
            return write!(
                f,
                "{x}, {y} lies in Viet Nam as {crs} only with the two exchanged: Vietnamese survey sheets call the \
                 northing X and the easting Y, and here lon (x) is the easting, lat (y) the northing"
            );
        }
        write!(f, "{x}, {y} lies outside Viet Nam as {crs}: say with --crs what it is")
    }
}

/// The place of two numbers.
///
/// # Errors
/// When they are no degrees in a system of degrees, degrees in one of metres, or lie outside Viet Nam in one that is made
/// for it. Whether other degrees lie in Viet Nam is for others to say.
pub(in crate::ingest) fn placed(crs: Crs, x: f64, y: f64) -> Result<LonLat, PlaceFault> {
    let fault = PlaceFault { crs, x, y };
    let at = crs.to_lon_lat(x, y).ok_or(fault)?;
    let are_degrees = x.abs() <= 180.0 && y.abs() <= 90.0;
    let is_usual = crs.is_degrees() || if crs.is_national() { in_viet_nam(at.lon, at.lat) } else { !are_degrees };
    if is_usual { Ok(at) } else { Err(fault) }
}

/// Longitudes and latitudes of Viet Nam with its islands, generously.
const VIET_NAM: ([f64; 2], [f64; 2]) = ([102.0, 118.0], [6.0, 24.0]);

pub(in crate::ingest) fn in_viet_nam(lon: f64, lat: f64) -> bool {
    let ([west, east], [south, north]) = VIET_NAM;
    (west..=east).contains(&lon) && (south..=north).contains(&lat)
}

/// Systems of metres in which the province's data are kept, the likeliest first; the others follow in the order of the
/// table. Those of one easting are told apart by nothing in the numbers.
const LIKELY: [&str; 4] = ["5899", "3405", "3406", "3857"];
/// Where the province lies, with its neighbour Da Nang: west and east, south and north.
const PROVINCE: ([f64; 2], [f64; 2]) = ([107.2, 108.8], [14.9, 16.3]);

/// What numbers in metres could be: a system that puts them into the province, first of all one that is usual there.
pub(in crate::ingest) fn likely_system(x: f64, y: f64) -> Option<Crs> {
    let ([west, east], [south, north]) = PROVINCE;
    let likely = LIKELY.iter().filter_map(|code| Crs::from_text(code).ok());
    likely.chain(Crs::all()).filter(|crs| !crs.is_degrees()).find(|crs| {
        let at = crs.to_lon_lat(x, y);
        at.is_some_and(|at| (west..=east).contains(&at.lon) && (south..=north).contains(&at.lat))
    })
}
