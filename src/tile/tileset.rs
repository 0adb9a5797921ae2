//! The tilesets and who may have them.
//!
//! In: a name, a role. Out: which layers a tileset has for the role, and which levels have to be assessed for it.

use std::str::FromStr;

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::Level;
use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::texts::text;

/// A named set of tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tileset {
    /// Commune-level areas.
    Communes,
    /// District polygons with their assessment.
    Districts,
    /// The provincial outline with its assessment.
    Province,
    /// One point per area of every level.
    Labels,
    /// Community models: their places, or their number per commune for the public.
    Models,
    /// Incidents as points or cells, for planners as squares with enough of them.
    Incidents,
    /// All of the former that the role may see.
    Map,
}

/// Why a text is not a tileset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no tileset is called {0:?}")]
pub struct TilesetError(String);

impl Tileset {
    /// Every tileset.
    pub const ALL: [Self; 7] =
        [Self::Communes, Self::Districts, Self::Province, Self::Labels, Self::Models, Self::Incidents, Self::Map];

    /// The name in addresses; for all but `map` also the name of the one layer.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Communes => "communes",
            Self::Districts => "districts",
            Self::Province => "province",
            Self::Labels => "labels",
            Self::Models => "models",
            Self::Incidents => "incidents",
            Self::Map => "map",
        }
    }

    /// The name for people.
    pub fn title(self) -> Names {
        match self {
            Self::Communes => text!("tileset-communes"),
            Self::Districts => text!("tileset-districts"),
            Self::Province => text!("tileset-province"),
            Self::Labels => text!("tileset-labels"),
            Self::Models => text!("tileset-models"),
            Self::Incidents => text!("tileset-incidents"),
            Self::Map => text!("tileset-map"),
        }
    }

    /// Whether a role may have the tileset at all.
    pub fn is_allowed_to(self, role: Role) -> bool {
        self != Self::Incidents || role.sees_small_counts()
    }

    /// The tilesets whose layers it holds for a role.
    pub fn parts(self, role: Role) -> Vec<Self> {
        let all = Self::ALL.into_iter().filter(|part| *part != Self::Map && part.is_allowed_to(role));
        if self == Self::Map { all.collect() } else { vec![self] }
    }

    /// The level that the areas of the layer belong to.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Communes => Some(Level::Commune),
            Self::Districts => Some(Level::District),
            Self::Province => Some(Level::Province),
            Self::Labels | Self::Models | Self::Incidents | Self::Map => None,
        }
    }

    /// The levels whose assessment its tiles need.
    pub fn levels(self) -> Vec<Level> {
        match self {
            Self::Labels | Self::Map => Level::ALL.to_vec(),
            Self::Models => vec![Level::Commune],
            Self::Incidents => Vec::new(),
            Self::Communes | Self::Districts | Self::Province => self.level().into_iter().collect(),
        }
    }
}

impl FromStr for Tileset {
    type Err = TilesetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|tileset| tileset.as_str() == text);
        found.ok_or_else(|| TilesetError(text.to_owned()))
    }
}
