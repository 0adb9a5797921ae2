//! Cells of a grid with their incidents as GeoJSON polygons: those with enough of them for planners, all of them for
//! those who see points.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::cells::{CountCell, CountGrid, SquareChoices};
use crate::assessment::square_counts::{SQUARE_SIDE_M, square_counts};
use crate::service::answers::geometry::{CollectionType, FeatureType, GeoJsonGeometry, rounded};
use crate::service::answers::heading::Heading;
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::snapshot::Snapshot;
use crate::texts::text;
use crate::tile::LonLatBounds;

/// The cells with enough incidents, as a GeoJSON feature collection.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct IncidentCellsAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    collection_type: CollectionType,
    /// The name of the layer, by which GDAL and programs on top of it call it.
    name: &'static str,
    /// What the cells are, and what they leave out.
    cells: CellSummary,
    /// The cells, from south to north and west to east.
    features: Vec<CellFeature>,
}

/// What the cells of an answer are, and what they leave out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CellSummary {
    /// The side of a cell in metres.
    side_m: f64,
    /// A cell is shown where it holds at least so many, and so does every part of it that other answers tell apart.
    least: u32,
    /// The id of the component of the default scheme that is counted; null for all reported categories, and where any
    /// filter is answered.
    #[schema(required)]
    component: Option<String>,
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
    /// The id of the component with the most of them; null where the cell is not shown for single components.
    #[schema(required)]
    main_component: Option<String>,
}

impl IncidentCellsAnswer {
    /// The cells that answer a filter.
    ///
    /// # Errors
    /// When the filter is not one of the questions that cells answer.
    pub(crate) fn of(served: &ServedSnapshot, requested: &RequestedFilter) -> Result<Self, ServiceError> {
        let (snapshot, table) = (&served.snapshot, served.squares());
        let choices = &table.choices;
        let question = choices.asked(&requested.filter).ok_or_else(|| not_offered(choices))?;
        let CountGrid { cells, incidents, in_small_cells } = table.grid(question);
        let rule = &snapshot.rules.disclosure;
        let component = choices.component(question).map(str::to_owned);
        let (side_m, least) = (rule.planner_cell_m, rule.k);
        Ok(Self {
            heading: Heading::of(snapshot, requested),
            collection_type: CollectionType::FeatureCollection,
            name: "squares",
            cells: CellSummary { side_m, least, component, incidents, in_small_cells },
            features: cells.iter().map(CellFeature::of).collect(),
        })
    }

    /// All squares of a kilometre with incidents of any filter, for those who see points.
    pub(crate) fn of_points(snapshot: &Snapshot, requested: &RequestedFilter) -> Self {
        let CountGrid { cells, incidents, in_small_cells } = square_counts(snapshot, &requested.filter);
        Self {
            heading: Heading::of(snapshot, requested),
            collection_type: CollectionType::FeatureCollection,
            name: "squares",
            cells: CellSummary { side_m: SQUARE_SIDE_M, least: 1, component: None, incidents, in_small_cells },
            features: cells.iter().map(CellFeature::of).collect(),
        }
    }
}

/// The refusal of a filter that cells do not answer, with those that they do.
fn not_offered(choices: &SquareChoices) -> ServiceError {
    let windows = choices.window_ids().collect::<Vec<_>>().join(", ");
    let components = choices.component_ids().into_iter().filter(|id| !id.is_empty()).collect::<Vec<_>>().join(", ");
    let what = text!("refusal-squares", windows = windows, components = components);
    ServiceError::ConflictingParameters { what }
}

/// A box as GeoJSON.
pub(crate) fn square(bounds: LonLatBounds) -> GeoJsonGeometry {
    let LonLatBounds { west, south, east, north } = bounds.map(rounded);
    let shell = vec![[west, south], [east, south], [east, north], [west, north], [west, south]];
    GeoJsonGeometry::Polygon(vec![shell])
}

/// The squares of a filter as roles below that of single incidents see them.
///
/// # Errors
/// When the filter is not one of the questions that squares answer.
pub(crate) fn asked_cells(served: &ServedSnapshot, requested: &RequestedFilter) -> Result<CountGrid, ServiceError> {
    let table = served.squares();
    let question = table.choices.asked(&requested.filter).ok_or_else(|| not_offered(&table.choices))?;
    Ok(table.grid(question))
}

impl CellFeature {
    fn of(cell: &CountCell) -> Self {
        let CountCell { id, bounds, count, main_component } = cell;
        Self {
            feature_type: FeatureType::Feature,
            id: format!("{}-{}", id.0, id.1),
            geometry: square(*bounds),
            properties: CellProperties { count: *count, main_component: main_component.clone() },
        }
    }
}
