//! Areas: commune-level units, districts, the province, and the positions in them.

pub mod edition;
pub mod exposure;
pub mod peers;
pub mod population;
pub mod register;

use std::fmt;
use std::str::FromStr;

use geo::MultiPolygon;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::index::list_index;
use edition::EditionId;

/// The level of an area in the administrative hierarchy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The whole province.
    Province,
    /// A district (huyện, thị xã, thành phố), until June 2025.
    District,
    /// A commune-level unit (xã, phường, thị trấn, đặc khu).
    Commune,
}

impl Level {
    /// Every level, the widest first.
    pub const ALL: [Self; 3] = [Self::Province, Self::District, Self::Commune];

    /// The word for the level in addresses and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a text is not a level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("level {0:?} is none of commune, district, province")]
pub struct LevelError(String);

impl FromStr for Level {
    type Err = LevelError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|level| level.as_str() == text);
        found.ok_or_else(|| LevelError(text.to_owned()))
    }
}

/// The official code of an area: two to nine digits, meaningful only with an edition.
///
/// ```
/// use binhyen::domain::area::AreaCode;
/// assert_eq!("20335".parse::<AreaCode>()?.number(), 20_335);
/// assert!("Tam Kỳ".parse::<AreaCode>().is_err());
/// # Ok::<(), binhyen::domain::area::AreaCodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
pub struct AreaCode(String);

/// Why a text is not the code of an area.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("area code {0:?} is not two to nine digits")]
pub struct AreaCodeError(String);

impl AreaCode {
    /// The code of the old province of Quảng Nam, for an edition that names no province.
    pub fn quang_nam() -> Self {
        Self("49".to_owned())
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code as a number, the feature id in tiles.
    pub fn number(&self) -> u64 {
        self.0.bytes().fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
    }
}

impl FromStr for AreaCode {
    type Err = AreaCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if (2..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(AreaCodeError(text.to_owned()))
        }
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for AreaCode {
    type Error = AreaCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AreaCode> for String {
    fn from(code: AreaCode) -> Self {
        code.0
    }
}

/// An area named for good: its code together with the edition that gives it meaning.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AreaKey {
    /// The edition that gives the code its meaning.
    pub edition: EditionId,
    /// The code within the edition.
    pub code: AreaCode,
}

list_index!(
    /// An area, by its index in a level of an edition.
    pub AreaIndex
);
list_index!(
    /// A commune, by its index among the communes of an edition.
    pub CommuneIndex
);

impl From<AreaIndex> for CommuneIndex {
    /// An area of the level of communes is a commune.
    fn from(area: AreaIndex) -> Self {
        Self::new(area.index())
    }
}

impl From<CommuneIndex> for AreaIndex {
    /// On the level of communes every commune is an area of its own.
    fn from(commune: CommuneIndex) -> Self {
        Self::new(commune.index())
    }
}

impl fmt::Display for AreaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.edition, self.code)
    }
}

/// A position in WGS 84 degrees, kept to seven decimals (about a centimetre).
///
/// ```
/// use binhyen::domain::area::Position;
/// let tam_ky = Position::new(108.474, 15.5736)?;
/// assert_eq!((tam_ky.lon(), tam_ky.lat()), (108.474, 15.5736));
/// assert!(Position::new(f64::NAN, 15.0).is_err());
/// # Ok::<(), binhyen::domain::area::PositionError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    lon_e7: i32,
    lat_e7: i32,
}

/// Why two numbers are not a position.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// A coordinate is NaN or infinite.
    #[error("coordinate {0} is not a finite number")]
    NotFinite(f64),
    /// A coordinate lies outside the range of degrees.
    #[error("coordinates {lon}, {lat} are not degrees (longitude −180…180, latitude −90…90): is the file in metres?")]
    NotDegrees {
        /// The longitude given.
        lon: f64,
        /// The latitude given.
        lat: f64,
    },
}

impl Position {
    /// A position from longitude and latitude in degrees.
    pub fn new(lon: f64, lat: f64) -> Result<Self, PositionError> {
        if let Some(wrong) = [lon, lat].into_iter().find(|value| !value.is_finite()) {
            return Err(PositionError::NotFinite(wrong));
        }
        if lon.abs() > 180.0 || lat.abs() > 90.0 {
            return Err(PositionError::NotDegrees { lon, lat });
        }
        Ok(Self { lon_e7: (lon * 1e7).round() as i32, lat_e7: (lat * 1e7).round() as i32 })
    }

    /// A position from the integers that the store holds (ten-millionths of a degree).
    pub fn from_e7(lon_e7: i32, lat_e7: i32) -> Option<Self> {
        let fits = lon_e7.unsigned_abs() <= 1_800_000_000 && lat_e7.unsigned_abs() <= 900_000_000;
        fits.then_some(Self { lon_e7, lat_e7 })
    }

    /// Longitude in degrees.
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e7) / 1e7
    }

    /// Latitude in degrees.
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e7) / 1e7
    }

    /// Longitude and latitude in ten-millionths of a degree.
    pub fn e7(self) -> (i32, i32) {
        (self.lon_e7, self.lat_e7)
    }
}

/// One area as it is imported and stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Edition and code.
    pub key: AreaKey,
    /// The administrative level.
    pub level: Level,
    /// The official Vietnamese name, NFC, with its kind ("Phường Tam Kỳ").
    pub name: String,
    /// The code of the area of the next wider level; none where the edition has none.
    pub parent: Option<AreaCode>,
    /// The boundary in WGS 84 degrees; none for a district or province known only by code and name.
    pub boundary: Option<MultiPolygon<f64>>,
}
