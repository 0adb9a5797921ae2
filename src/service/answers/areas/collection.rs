//! Areas as a GeoJSON feature collection.

use serde::Serialize;
use utoipa::ToSchema;

use super::properties::AreaProperties;
use super::ratings::TotalsAnswer;
use crate::domain::area::{AreaCode, AreaIndex, Level};
use crate::service::answers::AssessedLevel;
use crate::service::answers::geometry::{CollectionType, FeatureType, GeoJsonGeometry, GeometryDetail};
use crate::service::answers::heading::Heading;

/// Every area of a level as a feature.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AreaCollection {
    #[serde(flatten)]
    heading: Heading,
    #[serde(rename = "type")]
    kind: CollectionType,
    /// The name of the layer, by which GDAL and programs on top of it call it.
    name: &'static str,
    /// The level of the areas.
    level: Level,
    /// Sums over the edition.
    totals: TotalsAnswer,
    /// The areas in the order of their codes.
    features: Vec<AreaFeature>,
}

/// An area as a GeoJSON feature.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AreaFeature {
    #[serde(rename = "type")]
    kind: FeatureType,
    /// The code of the area within its edition.
    id: AreaCode,
    /// As much of its shape as was requested.
    #[schema(required)]
    geometry: Option<GeoJsonGeometry>,
    /// What is said of it.
    properties: AreaProperties,
}

impl AreaCollection {
    /// The areas of the level, with as much shape as was requested.
    pub(crate) fn of(assessed: &AssessedLevel, shape: GeometryDetail) -> Self {
        let features = assessed.rows().enumerate().map(|(number, row)| AreaFeature {
            kind: FeatureType::Feature,
            id: row.area.code.clone(),
            geometry: assessed.areas().and_then(|areas| GeoJsonGeometry::of_area(areas, AreaIndex::new(number), shape)),
            properties: AreaProperties::of(&row),
        });
        Self {
            heading: Heading::of(assessed.snapshot(), &assessed.requested),
            kind: CollectionType::FeatureCollection,
            name: "areas",
            level: assessed.assessment.level,
            totals: TotalsAnswer::of(assessed),
            features: features.collect(),
        }
    }
}
