//! Incidents as GeoJSON features, page by page: those that are points, or those without a place.
//!
//! What may never be a point (sensitive and unmapped categories, unfounded
//! reports, incidents without a position) is not in the snapshot's index of
//! points and so in no page of points. Of the rest, what is counted and not
//! sensitive stands in the pages of what has no place, without a geometry.

use rayon::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::Position;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::row_filter::RowFilter;
use crate::service::answers::geometry::{CollectionType, FeatureType, GeoJsonGeometry, point};
use crate::service::answers::heading::Heading;
use crate::service::answers::incidents::properties::IncidentProperties;
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::service::viewer::Viewer;
use crate::snapshot::{LayeredIncidents, RowPiece, Snapshot};
use crate::texts::text;
use crate::tile::LonLat;
pub(crate) use crate::tile::LonLatBounds;
use crate::tile::incident_record::IncidentRecord;

/// How many pages of rows are held before the least are chosen.
const SPARE: usize = 4;

/// Which page of which incidents.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageRequest {
    pub(crate) requested: RequestedFilter,
    /// Whether they are points or have no place.
    pub(crate) located: Located,
    /// The box that holds them, edges included.
    pub(crate) bounds: Option<LonLatBounds>,
    /// The id of the last incident of the former page.
    pub(crate) after: Option<String>,
    pub(crate) limit: usize,
}

/// Whether incidents can be shown at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Located {
    /// At a point.
    AtPoint,
    /// By an area alone, or nowhere.
    Nowhere,
}

/// A page of incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// The rows on the page.
    pub(crate) rows: Vec<IncidentRow>,
    /// How many incidents the filter and the bounds hold.
    pub(crate) matched: usize,
    /// The id with which the next page begins after; none on the last page.
    pub(crate) next: Option<String>,
}

impl Page {
    /// How many incidents stand on the page.
    pub(crate) fn returned(&self) -> usize {
        self.rows.len()
    }
}

/// Finds a page: the incidents with the least ids after the cursor, in the order of their ids, which they keep when
/// others are added.
pub(crate) fn page(snapshot: &Snapshot, requested: &PageRequest) -> Result<Page, ServiceError> {
    if let Some(id) = &requested.after {
        check_cursor(snapshot, requested.located, id)?;
    }
    let id = |row: &IncidentRow| snapshot.incidents.id(*row);
    let filter = RowFilter::new(&requested.requested.filter);
    let pieces = pieces(snapshot, requested);
    let found = pieces.par_iter().map(|piece| found(snapshot, requested, &filter, piece));
    let (matched, mut rows) = found.reduce(
        || (0, Vec::new()),
        |(matched, mut rows), (more_matched, more)| {
            rows.extend(more);
            (matched + more_matched, least(rows, requested.limit + 1, id))
        },
    );
    rows.sort_unstable_by(|one, other| id(one).cmp(id(other)));
    let is_last = rows.len() <= requested.limit;
    rows.truncate(requested.limit);
    let last = rows.last().filter(|_| !is_last);
    Ok(Page { matched, next: last.map(|row| id(row).to_owned()), rows })
}

/// The incidents requested in a piece of the rows: how many, and of those after the cursor the ones with the least ids.
fn found(
    snapshot: &Snapshot,
    requested: &PageRequest,
    filter: &RowFilter,
    piece: &RowPiece,
) -> (usize, Vec<IncidentRow>) {
    let incidents = &snapshot.incidents;
    let after = requested.after.as_deref();
    let mut matched = 0;
    let mut rows: Vec<IncidentRow> = Vec::new();
    let id = |row: &IncidentRow| incidents.id(*row);
    let is_requested = |row: &IncidentRow| {
        filter.holds(incidents, *row)
            && is_within(incidents, requested.bounds, *row)
            && (requested.located == Located::AtPoint || is_listed_without_place(snapshot, *row))
    };
    for row in incidents.rows_of(piece).filter(is_requested) {
        matched += 1;
        if after.is_none_or(|after| incidents.id(row) > after) {
            rows.push(row);
        }
        if rows.len() > SPARE * (requested.limit + 1) {
            rows = least(rows, requested.limit + 1, id);
        }
    }
    (matched, least(rows, requested.limit + 1, id))
}

/// The rows with the least ids, in no order.
fn least<'a>(mut rows: Vec<IncidentRow>, count: usize, id: impl Fn(&IncidentRow) -> &'a str) -> Vec<IncidentRow> {
    if rows.len() > count {
        rows.select_nth_unstable_by(count, |one, other| id(one).cmp(id(other)));
        rows.truncate(count);
    }
    rows
}

/// Whether an incident that is no point is shown by itself. Of sensitive categories not even the commune is told.
fn is_listed_without_place(snapshot: &Snapshot, row: IncidentRow) -> bool {
    let (incidents, taxonomy) = (&snapshot.incidents, &snapshot.taxonomy);
    let hidden = &snapshot.rules.disclosure.never_below_district;
    let category = taxonomy.category_entry(incidents.category(row));
    taxonomy.is_counted(incidents.status(row))
        && category.is_some_and(|category| !category.sensitive && !hidden.contains(&category.id))
}

/// All rows that are points, or all that are none, in pieces, none too long for one thread.
fn all_rows(snapshot: &Snapshot, located: Located) -> Vec<RowPiece> {
    let pieces = match located {
        Located::AtPoint => snapshot.points.rows(),
        Located::Nowhere => snapshot.points.other_rows(&snapshot.incidents),
    };
    pieces.into_iter().flat_map(RowPiece::split).collect()
}

/// Pieces of the rows, none too long for one thread, that hold every incident within the bounds.
fn pieces(snapshot: &Snapshot, requested: &PageRequest) -> Vec<RowPiece> {
    let within = |bounds| snapshot.points.rows_near(bounds).into_iter().flat_map(RowPiece::split).collect();
    requested.bounds.map_or_else(|| all_rows(snapshot, requested.located), within)
}

fn check_cursor(snapshot: &Snapshot, located: Located, id: &str) -> Result<(), ServiceError> {
    let pieces = all_rows(snapshot, located);
    let holds = |piece: &RowPiece| snapshot.incidents.rows_of(piece).any(|row| snapshot.incidents.id(row) == id);
    let is_known = pieces.par_iter().any(holds);
    if is_known { Ok(()) } else { Err(ServiceError::invalid("cursor", id, text!("expected-cursor"))) }
}

fn is_within(incidents: &LayeredIncidents, bounds: Option<LonLatBounds>, row: IncidentRow) -> bool {
    bounds.is_none_or(|bounds| {
        let at = incidents.position(row);
        at.is_some_and(|at| bounds.contains(LonLat::new(at.lon(), at.lat())))
    })
}

/// One page of incidents as a GeoJSON feature collection, for roles that see points.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct IncidentPointsAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    collection_type: CollectionType,
    /// The name of the layer, by which GDAL and programs on top of it call it.
    name: &'static str,
    /// How many incidents the filter and the bounds hold.
    #[serde(rename = "numberMatched")]
    number_matched: usize,
    /// How many of them stand on this page.
    #[serde(rename = "numberReturned")]
    number_returned: usize,
    /// This page, and the next one where there is one.
    links: Vec<PageLink>,
    /// The incidents, in the order of their ids.
    features: Vec<IncidentFeature>,
}

/// A link to a page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PageLink {
    /// Which page.
    pub(crate) rel: LinkRelation,
    /// The media type of the page.
    #[serde(rename = "type")]
    pub(crate) media: &'static str,
    /// The address of the page.
    pub(crate) href: String,
}

/// Which page a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LinkRelation {
    /// The page itself.
    #[serde(rename = "self")]
    This,
    /// The one after it.
    Next,
}

/// One incident as a GeoJSON feature.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct IncidentFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    feature_type: FeatureType,
    /// The stable id.
    id: String,
    /// Where it happened; null where it has no place.
    #[schema(required)]
    geometry: Option<GeoJsonGeometry>,
    /// What is known of it.
    properties: IncidentProperties,
}

impl IncidentPointsAnswer {
    /// The incidents of a page with its links, for a viewer.
    pub(crate) fn of(
        snapshot: &Snapshot,
        requested: &RequestedFilter,
        viewer: Viewer,
        page: &Page,
        links: Vec<PageLink>,
    ) -> Self {
        let (edition_data, role) = (snapshot.edition(requested.filter.edition), viewer.role());
        let record = |row: &IncidentRow| IncidentRecord { snapshot, edition_data, row: *row, role };
        let features: Vec<IncidentFeature> = page.rows.iter().map(record).map(IncidentFeature::of).collect();
        Self {
            heading: Heading::of(snapshot, requested),
            collection_type: CollectionType::FeatureCollection,
            name: "incidents",
            number_matched: page.matched,
            number_returned: features.len(),
            links,
            features,
        }
    }
}

/// Where an incident is shown; none where it may be no point, whatever was stored of it.
pub(crate) fn shown_position(snapshot: &Snapshot, row: IncidentRow) -> Option<Position> {
    snapshot.incidents.position(row).filter(|_| snapshot.points.is_point(&snapshot.incidents, row))
}

impl IncidentFeature {
    fn of(record: IncidentRecord<'_>) -> Self {
        let IncidentRecord { snapshot, edition_data: _, row, role: _ } = record;
        Self {
            feature_type: FeatureType::Feature,
            id: snapshot.incidents.id(row).to_owned(),
            geometry: shown_position(snapshot, row).map(|at| point(at.lon(), at.lat())),
            properties: IncidentProperties::of(&record),
        }
    }
}
