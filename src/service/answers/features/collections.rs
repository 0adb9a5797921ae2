//! The collections, what each holds and where.

use serde::Serialize;
use utoipa::ToSchema;

use super::landing::TILESETS;
use super::links::{ApiLink, GEOJSON, HTML, JSON, LinkContext, SCHEMA};
use crate::domain::role::Role;
use crate::domain::time::period::{Day, local_time};
use crate::features::crs::CoordinateSystem;
use crate::service::features::collection::CollectionName;
use crate::service::live::ServedSnapshot;
use crate::snapshot::{EditionData, Snapshot};
use crate::texts::text;
use crate::tile::LonLatBounds;

/// The relation of a collection to what can be asked of it.
const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
/// The relation of a collection to the schema of its features.
const SCHEMA_RELATION: &str = "http://www.opengis.net/def/rel/ogc/1.0/schema";
/// The calendar of intervals.
const GREGORIAN: &str = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";

/// The collections of a role.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CollectionsAnswer {
    /// This document in its forms.
    pub(crate) links: Vec<ApiLink>,
    /// The reference systems that every collection can be asked for in.
    pub(crate) crs: Vec<&'static str>,
    /// The collections.
    pub(crate) collections: Vec<CollectionAnswer>,
}

/// One collection.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CollectionAnswer {
    /// The id in addresses.
    pub(crate) id: String,
    /// The name for people.
    pub(crate) title: String,
    /// What stands in it.
    pub(crate) description: String,
    /// Where its features are, and what can be asked of them.
    pub(crate) links: Vec<ApiLink>,
    /// Where and when its features are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) extent: Option<ExtentAnswer>,
    /// Always `feature`.
    #[serde(rename = "itemType")]
    pub(crate) item_type: &'static str,
    /// The reference systems that its features can be asked for in.
    pub(crate) crs: Vec<&'static str>,
    /// The reference system in which they are stored.
    #[serde(rename = "storageCrs")]
    pub(crate) storage_crs: &'static str,
}

/// Where and when features are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ExtentAnswer {
    /// Where.
    pub(crate) spatial: SpatialExtentAnswer,
    /// When; absent where features belong to no time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) temporal: Option<TemporalExtentAnswer>,
}

/// The boxes around features.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SpatialExtentAnswer {
    /// West, south, east, north.
    pub(crate) bbox: Vec<Vec<f64>>,
    /// The reference system of the box.
    pub(crate) crs: &'static str,
}

/// The intervals in which features are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TemporalExtentAnswer {
    /// The first and the last moment; null where it is open.
    pub(crate) interval: Vec<Vec<Option<String>>>,
    /// The calendar.
    pub(crate) trs: &'static str,
}

impl CollectionsAnswer {
    /// The collections of a role.
    pub(crate) fn of(served: &ServedSnapshot, role: Role, context: &LinkContext<'_>) -> Self {
        let snapshot = &served.snapshot;
        let all = CollectionName::all(snapshot, role);
        Self {
            links: context.links_here("/collections", JSON),
            crs: CoordinateSystem::uris(),
            collections: all.into_iter().map(|name| CollectionAnswer::of(snapshot, name, context)).collect(),
        }
    }
}

impl CollectionAnswer {
    /// One collection with its links.
    pub(crate) fn of(snapshot: &Snapshot, name: CollectionName, context: &LinkContext<'_>) -> Self {
        let (id, title) = (name.id(), name.title());
        let route = format!("/collections/{id}");
        let mut links = context.links_here(&route, JSON);
        links.extend([
            context.link("items", GEOJSON, &format!("{route}/items?f=json"), &title),
            context.link("items", HTML, &format!("{route}/items?f=html"), &title),
            context.link(QUERYABLES, SCHEMA, &format!("{route}/queryables"), &text!("features-queryables")),
            context.link(SCHEMA_RELATION, SCHEMA, &format!("{route}/schema"), &text!("features-schema")),
        ]);
        if name.has_tiles() {
            links.push(context.link(TILESETS, JSON, &format!("{route}/tiles"), &text!("features-tilesets")));
        }
        Self {
            title: title.in_language(context.language).to_owned(),
            description: name.description().in_language(context.language).to_owned(),
            links,
            extent: ExtentAnswer::of(snapshot, name),
            item_type: "feature",
            crs: CoordinateSystem::uris(),
            storage_crs: CoordinateSystem::CRS84.uri(),
            id,
        }
    }
}

impl ExtentAnswer {
    fn of(snapshot: &Snapshot, name: CollectionName) -> Option<Self> {
        let editions: Vec<&EditionData> = match name {
            CollectionName::Areas(edition, _) => snapshot.edition(edition).into_iter().collect(),
            _ => snapshot.editions.iter().collect(),
        };
        let areas = editions.into_iter().flat_map(|edition_data| edition_data.shape.communes());
        let bounds = areas.map(|area| area.bounds).reduce(LonLatBounds::union)?;
        let LonLatBounds { west, south, east, north } = bounds;
        let spatial =
            SpatialExtentAnswer { bbox: vec![vec![west, south, east, north]], crs: CoordinateSystem::CRS84.uri() };
        Some(Self { spatial, temporal: TemporalExtentAnswer::of(snapshot, name) })
    }
}

impl TemporalExtentAnswer {
    fn of(snapshot: &Snapshot, name: CollectionName) -> Option<Self> {
        let (first, last) = match name {
            CollectionName::Incidents => {
                let days = snapshot.days?;
                (days.first.first_second(), Some(days.last.first_second() + 86_399))
            }
            CollectionName::Models => {
                let started = snapshot.models.iter().map(|model| model.started_on).min()?;
                (Day::of_date(started).first_second(), None)
            }
            _ => return None,
        };
        Some(Self { interval: vec![vec![Some(local_time(first)), last.map(local_time)]], trs: GREGORIAN })
    }
}
