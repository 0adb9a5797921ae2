//! Cells of a grid with their incidents as GeoJSON polygons, for those who may not see points.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::cells::{CellRule, CountCell, CountGrid, cells};
use crate::service::answers::geometry::{CollectionType, FeatureType, GeoJsonGeometry, rounded};
use crate::service::answers::heading::Heading;
use crate::service::filter::RequestedFilter;
use crate::snapshot::Snapshot;
use crate::tile::LonLatBounds;

/// The cells with enough incidents, as a GeoJSON feature collection.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct IncidentCellsAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    collection_type: CollectionType,
    /// What the cells are, and what they leave out.
    cells: CellSummary,
    /// The cells, from south to north and west to east.
    features: Vec<CellFeature>,
}

/// What the cells of an answer are, and what they leave out.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct CellSummary {
    /// The side of a cell in metres.
    side_m: f64,
    /// Cells with fewer incidents are not shown.
    least: u32,
    /// Incidents in all cells together, shown or not.
    incidents: u32,
    /// Incidents in cells that are not shown.
    in_small_cells: u32,
}

/// One cell as a GeoJSON feature.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CellFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    feature_type: FeatureType,
    /// Column and row in the grid, with a dash between.
    id: String,
    /// The square.
    geometry: GeoJsonGeometry,
    /// What was counted in it.
    properties: CellProperties,
}

/// What was counted in a cell.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CellProperties {
    /// Incidents in it.
    count: u32,
    /// The id of the most frequent category.
    #[schema(required)]
    main_category: Option<String>,
}

impl IncidentCellsAnswer {
    /// The cells with enough incidents under a filter.
    pub(crate) fn of(snapshot: &Snapshot, requested: &RequestedFilter) -> Self {
        let rule = &snapshot.rules.disclosure;
        let rule = CellRule { side_m: rule.planner_cell_m, least: rule.k };
        let CountGrid { cells, incidents, in_small_cells } = cells(snapshot, &requested.filter, rule);
        let CellRule { side_m, least } = rule;
        Self {
            heading: Heading::of(snapshot, requested),
            collection_type: CollectionType::FeatureCollection,
            cells: CellSummary { side_m, least, incidents, in_small_cells },
            features: cells.iter().map(|cell| CellFeature::of(snapshot, cell)).collect(),
        }
    }
}

impl CellFeature {
    fn of(snapshot: &Snapshot, cell: &CountCell) -> Self {
        let CountCell { id, bounds, count, main_category } = cell;
        let LonLatBounds { west, south, east, north } = bounds.map(rounded);
        let shell = vec![[west, south], [east, south], [east, north], [west, north], [west, south]];
        let category = snapshot.taxonomy.category_entry(*main_category);
        Self {
            feature_type: FeatureType::Feature,
            id: format!("{}-{}", id.0, id.1),
            geometry: GeoJsonGeometry::Polygon(vec![shell]),
            properties: CellProperties { count: *count, main_category: category.map(|category| category.id.clone()) },
        }
    }
}
