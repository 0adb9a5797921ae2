//! The lists of what a map can be drawn from: tilesets and styles, each with its address.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::service::live::ServedSnapshot;
use crate::tile::tileset::Tileset;

/// The tilesets that the role may have.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TilesetsAnswer {
    /// Whether the served data is the invented sample.
    sample: bool,
    /// The state of the data; it grows with every change.
    epoch: u64,
    /// The tilesets.
    tilesets: Vec<TilesetEntry>,
}

/// One tileset.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TilesetEntry {
    /// The name in addresses.
    id: Tileset,
    /// The name for people.
    title: Names,
    /// The address of its TileJSON.
    url: String,
}

impl TilesetsAnswer {
    /// The tilesets of a role; `address` completes a route to an address.
    pub(crate) fn of(served: &ServedSnapshot, role: Role, address: impl Fn(&str) -> String) -> Self {
        let allowed = Tileset::ALL.into_iter().filter(|tileset| tileset.is_allowed_to(role));
        let entry = |tileset: Tileset| TilesetEntry {
            id: tileset,
            title: tileset.title(),
            url: address(&format!("/tiles/{}", tileset.as_str())),
        };
        let (sample, epoch) = (served.snapshot.is_sample(), served.state(role).epoch);
        Self { sample, epoch, tilesets: allowed.map(entry).collect() }
    }
}

/// The styles there are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StylesAnswer {
    /// Whether the served data is the invented sample.
    pub(crate) sample: bool,
    /// The styles.
    pub(crate) styles: Vec<StyleEntry>,
}

/// One MapLibre style.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StyleEntry {
    /// The id.
    pub(crate) id: String,
    /// The name that the style gives itself.
    #[schema(required)]
    pub(crate) name: Option<String>,
    /// The address of the style.
    pub(crate) url: String,
}
