//! Incidents as GeoJSON points, page by page.
//!
//! What may never be a point (sensitive and unmapped categories, unfounded
//! reports, incidents without a position) is not in the snapshot's index of
//! points and so in no page.

use serde_json::{Value as Json, json};

use super::geometry::point;
use super::heading;
use crate::domain::filter::Filter;
use crate::domain::period::{Day, local_time};
use crate::http::error::{ApiError, names};
use crate::http::filter::AskedFilter;
use crate::http::state::Served;
use crate::snapshot::Snapshot;
use crate::tile::TileAddress;

/// Which page of which incidents.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::http) struct PageAsked {
    pub(in crate::http) asked: AskedFilter,
    /// West, south, east, north in degrees, edges included.
    pub(in crate::http) bounds: Option<[f64; 4]>,
    /// The id of the last incident of the former page.
    pub(in crate::http) after: Option<String>,
    pub(in crate::http) limit: usize,
}

/// A page of incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::http) struct Page {
    /// The rows on the page.
    rows: Vec<u32>,
    /// How many incidents the filter and the bounds hold.
    pub(in crate::http) matched: usize,
    /// The id with which the next page begins after; none on the last page.
    pub(in crate::http) next: Option<String>,
}

impl Page {
    /// How many incidents stand on the page.
    pub(in crate::http) fn returned(&self) -> usize {
        self.rows.len()
    }
}

/// Finds a page. The rows of a snapshot keep their order when others are added.
pub(in crate::http) fn page(snapshot: &Snapshot, asked: &PageAsked) -> Result<Page, ApiError> {
    let first = match &asked.after {
        None => 0,
        Some(id) => row_of(snapshot, id)? + 1,
    };
    let mut matched = 0;
    let mut rows: Vec<u32> = Vec::new();
    for row in drawn(snapshot).iter().copied().filter(|row| is_asked(snapshot, asked, *row as usize)) {
        matched += 1;
        if row >= first {
            rows.push(row);
        }
    }
    rows.sort_unstable();
    let is_last = rows.len() <= asked.limit;
    rows.truncate(asked.limit);
    let last = rows.last().filter(|_| !is_last);
    Ok(Page { matched, next: last.map(|row| snapshot.incidents.id(*row as usize).to_owned()), rows })
}

/// The rows that may be drawn as points.
fn drawn(snapshot: &Snapshot) -> &[u32] {
    TileAddress::new(0, 0, 0).map_or(&[], |world| snapshot.points.rows_in(world))
}

fn row_of(snapshot: &Snapshot, id: &str) -> Result<u32, ApiError> {
    let found = drawn(snapshot).iter().copied().find(|row| snapshot.incidents.id(*row as usize) == id);
    found.ok_or_else(|| {
        ApiError::invalid("cursor", id, names("giá trị lấy từ liên kết “next”", "a value from a \"next\" link"))
    })
}

fn is_asked(snapshot: &Snapshot, asked: &PageAsked, row: usize) -> bool {
    let (incidents, filter): (_, &Filter) = (&snapshot.incidents, &asked.asked.filter);
    filter.period.contains(Day::of_unix_seconds(incidents.unix_seconds(row)))
        && filter.categories.contains(incidents.category(row))
        && incidents.severity(row) >= filter.min_severity
        && asked.bounds.is_none_or(|[west, south, east, north]| {
            incidents
                .position(row)
                .is_some_and(|at| (west..=east).contains(&at.lon()) && (south..=north).contains(&at.lat()))
        })
}

/// The page as a feature collection with its links.
pub(in crate::http) fn feature_collection(served: &Served, asked: &AskedFilter, page: &Page, links: &Json) -> Json {
    let snapshot = &served.snapshot;
    let features: Vec<Json> = page.rows.iter().map(|row| feature(snapshot, asked, *row as usize)).collect();
    let mut document = heading(snapshot, asked);
    document.insert("type".into(), json!("FeatureCollection"));
    document.insert("numberMatched".into(), json!(page.matched));
    document.insert("numberReturned".into(), json!(features.len()));
    document.insert("links".into(), links.clone());
    document.insert("features".into(), json!(features));
    Json::Object(document)
}

fn feature(snapshot: &Snapshot, asked: &AskedFilter, row: usize) -> Json {
    let (incidents, taxonomy) = (&snapshot.incidents, &snapshot.taxonomy);
    let picture = snapshot.edition(asked.filter.edition);
    let commune = picture.and_then(|picture| picture.shape.communes().get(picture.commune_of_incident(row)?));
    let channel = incidents.at(row).and_then(|incident| taxonomy.channels.get(incident.channel.place()));
    json!({
        "type": "Feature",
        "id": incidents.id(row),
        "geometry": incidents.position(row).map(|at| point(at.lon(), at.lat())),
        "properties": {
            "id": incidents.id(row),
            "category": taxonomy.category_entry(incidents.category(row)).map(|category| &category.id),
            "severity": incidents.severity(row).number(),
            "time": local_time(incidents.unix_seconds(row)),
            "status": taxonomy.statuses.get(incidents.status(row).place()).map(|status| &status.id),
            "channel": channel.map(|channel| &channel.id),
            "precision": taxonomy.precisions.get(incidents.precision(row).place()).map(|precision| &precision.id),
            "code": commune.map(|area| area.code.as_str()),
        },
    })
}
