//! What a text says of a system in parameters, and which row of the table that is.
//!
//! WKT, PROJJSON and PROJ strings are read into one [`Description`]; the search among the systems is the same for all.
//! A code that the text gives beside its parameters must name the same system: a file that contradicts itself is refused.

use super::names::plain;
use super::systems::{Datum, FALSE_EASTING_M, Method, SystemIndex, TM3_SCALE, VN2000_TO_WGS84};
use super::{codes, names};

/// How a text projects.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum SaidMethod {
    /// Not said.
    #[default]
    None,
    Degrees,
    WebMercator,
    TransverseMercator,
    Other(String),
}

/// What a text measures the earth from.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum SaidDatum {
    /// Not said, or said to be unknown.
    #[default]
    Unknown,
    Known(Datum),
    Other(String),
}

/// What a text says of a system.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Description {
    pub(super) name: String,
    /// A code of EPSG or ESRI.
    pub(super) code: Option<u32>,
    pub(super) method: SaidMethod,
    pub(super) datum: SaidDatum,
    pub(super) central_meridian: Option<f64>,
    pub(super) scale: Option<f64>,
    pub(super) false_easting_m: Option<f64>,
    /// The first parameter that must be 0 and is not, as it is named.
    pub(super) not_zero: Option<String>,
    /// A unit that is neither metres nor degrees.
    pub(super) foreign_unit: Option<String>,
}

/// How far a central meridian may be from that of the table, in degrees: 40 cm on the ground, more than any rounding.
const MERIDIAN_TOLERANCE: f64 = 4e-6;
/// How far a scale may be from that of the table.
const SCALE_TOLERANCE: f64 = 1e-9;
/// How far a false easting may be, in metres.
const EASTING_TOLERANCE_M: f64 = 1e-3;
/// How far the three translations may be from those of the table, in metres, to be taken for the datum's.
const TRANSLATION_TOLERANCE_M: f64 = 1.5;

impl Description {
    /// The system of the table.
    pub(super) fn system(&self) -> Result<SystemIndex, String> {
        let by_code = self.code.and_then(codes::of_code);
        match (self.by_parameters(), by_code) {
            (Ok(found), Some(code)) if found != code => Err(format!(
                "contradicts itself: its parameters are those of {found}, its code is EPSG:{}",
                code.code()
            )),
            (Ok(found), _) => Ok(found),
            // A text may give nothing but a code, or a name for what its parameters leave open.
            (Err(_), Some(code)) if self.leaves_open() => Ok(code),
            (Err(why), _) => match names::system(&self.name) {
                Some(named) if self.leaves_open() => Ok(named),
                _ => Err(why),
            },
        }
    }

    /// Whether the parameters do not decide: no method, or no datum.
    fn leaves_open(&self) -> bool {
        let is_usual = self.foreign_unit.is_none() && self.not_zero.is_none();
        is_usual
            && match self.method {
                SaidMethod::None => true,
                SaidMethod::Other(_) => false,
                _ => self.datum == SaidDatum::Unknown,
            }
    }

    fn by_parameters(&self) -> Result<SystemIndex, String> {
        if let Some(unit) = &self.foreign_unit {
            return Err(format!("has the unit {unit:?}; metres and degrees are read"));
        }
        if let Some(parameter) = &self.not_zero {
            return Err(format!("has a {parameter} that is not 0, as no supported system has"));
        }
        match &self.method {
            SaidMethod::None => Err("does not say how it projects".to_owned()),
            SaidMethod::Other(method) => Err(format!("has the projection {method:?}, which no supported system has")),
            // The sphere of web maps is drawn on degrees of WGS 84, whatever the text calls the sphere.
            SaidMethod::WebMercator if self.central_meridian.is_some_and(|meridian| meridian != 0.0) => {
                Err("is a Web Mercator about another meridian than Greenwich".to_owned())
            }
            SaidMethod::WebMercator => found(|method, _| method == Method::WebMercator, String::new),
            SaidMethod::Degrees => {
                let datum = self.known_datum()?;
                found(|method, its| method == Method::Degrees && its == datum, String::new)
            }
            SaidMethod::TransverseMercator => self.transverse_mercator(),
        }
    }

    fn transverse_mercator(&self) -> Result<SystemIndex, String> {
        let meridian = self.central_meridian.ok_or("has a Transverse Mercator without a central meridian")?;
        let scale = self.scale.unwrap_or(1.0);
        let easting_m = self.false_easting_m.unwrap_or(0.0);
        // No other system of the table has the scale of the VN-2000 zones of three degrees, and nobody else uses it.
        let is_tm3 = (scale - TM3_SCALE).abs() < SCALE_TOLERANCE;
        let datum = if is_tm3 && self.datum == SaidDatum::Unknown { Datum::Vn2000 } else { self.known_datum()? };
        let fits = |method: Method, its: Datum| {
            let Method::TransverseMercator { central_meridian, scale: k } = method else { return false };
            its == datum
                && (central_meridian - meridian).abs() < MERIDIAN_TOLERANCE
                && (k - scale).abs() < SCALE_TOLERANCE
                && (easting_m - FALSE_EASTING_M).abs() < EASTING_TOLERANCE_M
        };
        found(fits, || {
            let datum = if datum == Datum::Vn2000 { "VN-2000" } else { "WGS 84" };
            let doubt = match (is_tm3, datum) {
                (true, "WGS 84") => " (a zone of three degrees on WGS 84 is often VN-2000 under a wrong name)",
                _ => "",
            };
            format!(
                "is a Transverse Mercator on {datum} with the central meridian {meridian}, the scale {scale} and \
                 {easting_m} m added to x, which no supported system has{doubt}"
            )
        })
    }

    fn known_datum(&self) -> Result<Datum, String> {
        match &self.datum {
            SaidDatum::Known(datum) => Ok(*datum),
            SaidDatum::Unknown => Err("does not say whether it is on WGS 84 or VN-2000".to_owned()),
            SaidDatum::Other(name) => Err(format!("is on {name}; systems on WGS 84 and VN-2000 are read")),
        }
    }

    /// Notes a parameter of a projection by any of its names; its value is in metres, degrees or a ratio.
    pub(super) fn note_parameter(&mut self, name: &str, value: f64) {
        match plain(name).as_str() {
            "centralmeridian" | "longitudeofnaturalorigin" | "longitudeoforigin" | "longitudeofcenter" => {
                self.central_meridian = Some(value);
            }
            "scalefactor" | "scalefactoratnaturalorigin" => self.scale = Some(value),
            "falseeasting" => self.false_easting_m = Some(value),
            _ if value != 0.0 && self.not_zero.is_none() => match plain(name).as_str() {
                "falsenorthing"
                | "latitudeoforigin"
                | "latitudeofnaturalorigin"
                | "standardparallel1"
                | "latitudeof1ststandardparallel"
                | "auxiliaryspheretype" => self.not_zero = Some(name.to_owned()),
                _ => {}
            },
            _ => {}
        }
    }

    /// Notes the name of a method.
    pub(super) fn note_method(&mut self, name: &str) {
        self.method = match plain(name).as_str() {
            "transversemercator" | "gausskruger" | "transversemercatorcomplex" => SaidMethod::TransverseMercator,
            "popularvisualisationpseudomercator" | "mercatorauxiliarysphere" => SaidMethod::WebMercator,
            // Before the registry knew web maps, their Mercator was told by its name alone.
            _ if is_web_mercator(&self.name) => SaidMethod::WebMercator,
            _ => SaidMethod::Other(name.to_owned()),
        };
    }

    /// Notes what a text measures the earth from, by any of its names.
    pub(super) fn note_datum(&mut self, name: &str) {
        let said = match plain(name).as_str() {
            "" => return,
            "wgs1984"
            | "dwgs1984"
            | "wgs84"
            | "worldgeodeticsystem1984"
            | "worldgeodeticsystem1984ensemble"
            | "gcswgs1984" => SaidDatum::Known(Datum::Wgs84),
            "vietnam2000" | "dvietnam2000" | "vn2000" | "dvn2000" | "gcsvn2000" | "vn2k" => {
                SaidDatum::Known(Datum::Vn2000)
            }
            other
                if other.contains("unknown")
                    || other.starts_with("unspecified")
                    || other.starts_with("notspecified") =>
            {
                SaidDatum::Unknown
            }
            _ => SaidDatum::Other(format!("the datum {name:?}")),
        };
        self.datum = said;
    }

    /// Notes the ellipsoid, which tells of an unknown datum what it cannot be.
    pub(super) fn note_ellipsoid(&mut self, name: &str, semi_major_m: f64) {
        if self.datum == SaidDatum::Unknown && (semi_major_m - 6_378_137.0).abs() > 0.5 {
            self.datum = SaidDatum::Other(format!("the ellipsoid {name:?}"));
        }
    }

    /// Notes the way to WGS 84: it tells what an unknown datum is. A datum that is named keeps its name, except that
    /// the parameters of VN-2000 on something called WGS 84 show that it is VN-2000.
    pub(super) fn note_shift(&mut self, parameters: &[f64]) {
        let is_null = parameters.iter().all(|parameter| *parameter == 0.0);
        let near = |(given, known): (&f64, &f64)| (given - known).abs() < TRANSLATION_TOLERANCE_M;
        let is_vn2000 = parameters.len() >= 3 && parameters.iter().zip(&VN2000_TO_WGS84).take(3).all(near);
        match (&self.datum, is_vn2000, is_null) {
            (SaidDatum::Unknown | SaidDatum::Known(Datum::Wgs84), true, _) => {
                self.datum = SaidDatum::Known(Datum::Vn2000);
            }
            (SaidDatum::Unknown, false, true) => self.datum = SaidDatum::Known(Datum::Wgs84),
            (SaidDatum::Unknown, false, false) => {
                let shown: Vec<String> = parameters.iter().take(7).map(f64::to_string).collect();
                self.datum = SaidDatum::Other(format!("an unknown datum with the shift {}", shown.join(",")));
            }
            _ => {}
        }
    }

    /// Notes a unit of length by its metres.
    pub(super) fn note_length_unit(&mut self, name: &str, metres: f64) {
        if (metres - 1.0).abs() > 1e-12 {
            self.foreign_unit = Some(name.to_owned());
        }
    }

    /// Notes a unit of angles by its radians.
    pub(super) fn note_angle_unit(&mut self, name: &str, radians: f64) {
        // Programs write the degree with nine digits or more.
        if (radians - 1.0_f64.to_radians()).abs() > 1e-9 {
            self.foreign_unit = Some(name.to_owned());
        }
    }
}

/// The row of the table that fits.
fn found(fits: impl Fn(Method, Datum) -> bool, otherwise: impl Fn() -> String) -> Result<SystemIndex, String> {
    SystemIndex::find(|system| fits(system.method, system.datum)).ok_or_else(otherwise)
}

fn is_web_mercator(name: &str) -> bool {
    let name = plain(name);
    name.contains("webmercator") || name.contains("pseudomercator") || name.contains("googlemaps")
}
