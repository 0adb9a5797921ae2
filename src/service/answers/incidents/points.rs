//! Incidents as GeoJSON points, page by page.
//!
//! What may never be a point (sensitive and unmapped categories, unfounded
//! reports, incidents without a position) is not in the snapshot's index of
//! points and so in no page.

use std::ops::Range;

use rayon::prelude::*;
use serde_json::{Value as Json, json};

use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::row_filter::RowFilter;
use crate::domain::time::period::local_time;
use crate::service::answers::geometry::point;
use crate::service::answers::heading;
use crate::service::error::{ServiceError, names};
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::snapshot::Snapshot;

/// Rows that one thread scans at a time.
const RUN_ROWS: usize = 100_000;
/// How many pages of rows are held before the least are chosen.
const SPARE: usize = 4;

/// Which page of which incidents.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageRequest {
    pub(crate) requested: RequestedFilter,
    /// West, south, east, north in degrees, edges included.
    pub(crate) bounds: Option<[f64; 4]>,
    /// The id of the last incident of the former page.
    pub(crate) after: Option<String>,
    pub(crate) limit: usize,
}

/// A page of incidents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// The rows on the page.
    rows: Vec<u32>,
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
        check_cursor(snapshot, id)?;
    }
    let id = |row: &u32| snapshot.incidents.id(*row as usize);
    let filter = RowFilter::new(&requested.requested.filter);
    let found = runs(snapshot, requested.bounds).into_par_iter().map(|run| found(snapshot, requested, &filter, run));
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

/// The incidents requested in a run of rows: how many, and of those after the cursor the ones with the least ids.
fn found(snapshot: &Snapshot, requested: &PageRequest, filter: &RowFilter, run: Range<usize>) -> (usize, Vec<u32>) {
    let incidents = &snapshot.incidents;
    let after = requested.after.as_deref();
    let mut matched = 0;
    let mut rows: Vec<u32> = Vec::new();
    let id = |row: &u32| incidents.id(*row as usize);
    for row in run.filter(|row| filter.holds(incidents, *row) && is_within(incidents, requested.bounds, *row)) {
        matched += 1;
        if after.is_none_or(|after| incidents.id(row) > after) {
            rows.push(row as u32);
        }
        if rows.len() > SPARE * (requested.limit + 1) {
            rows = least(rows, requested.limit + 1, id);
        }
    }
    (matched, least(rows, requested.limit + 1, id))
}

/// The rows with the least ids, in no order.
fn least<'a>(mut rows: Vec<u32>, count: usize, id: impl Fn(&u32) -> &'a str) -> Vec<u32> {
    if rows.len() > count {
        rows.select_nth_unstable_by(count, |one, other| id(one).cmp(id(other)));
        rows.truncate(count);
    }
    rows
}

/// Runs of rows, none too long for one thread, that hold every incident within the bounds.
fn runs(snapshot: &Snapshot, bounds: Option<[f64; 4]>) -> Vec<Range<usize>> {
    let points = &snapshot.points;
    let runs = bounds.map_or_else(|| vec![points.rows()], |bounds| points.runs_in(bounds));
    let pieces = |run: Range<usize>| {
        let end = run.end;
        run.step_by(RUN_ROWS).map(move |from| from..end.min(from + RUN_ROWS))
    };
    runs.into_iter().flat_map(pieces).collect()
}

fn check_cursor(snapshot: &Snapshot, id: &str) -> Result<(), ServiceError> {
    let is_known = snapshot.points.rows().into_par_iter().any(|row| snapshot.incidents.id(row) == id);
    let expected = || names("giá trị lấy từ liên kết “next”", "a value from a \"next\" link");
    if is_known { Ok(()) } else { Err(ServiceError::invalid("cursor", id, expected())) }
}

fn is_within(incidents: &IncidentColumns, bounds: Option<[f64; 4]>, row: usize) -> bool {
    bounds.is_none_or(|[west, south, east, north]| {
        let at = incidents.position(row);
        at.is_some_and(|at| (west..=east).contains(&at.lon()) && (south..=north).contains(&at.lat()))
    })
}

/// The page as a feature collection with its links.
pub(crate) fn feature_collection(
    served: &ServedSnapshot,
    requested: &RequestedFilter,
    page: &Page,
    links: &Json,
) -> Json {
    let snapshot = &served.snapshot;
    let features: Vec<Json> = page.rows.iter().map(|row| feature(snapshot, requested, *row as usize)).collect();
    let mut document = heading(snapshot, requested);
    document.insert("type".into(), json!("FeatureCollection"));
    document.insert("numberMatched".into(), json!(page.matched));
    document.insert("numberReturned".into(), json!(features.len()));
    document.insert("links".into(), links.clone());
    document.insert("features".into(), json!(features));
    Json::Object(document)
}

fn feature(snapshot: &Snapshot, requested: &RequestedFilter, row: usize) -> Json {
    let (incidents, taxonomy) = (&snapshot.incidents, &snapshot.taxonomy);
    let edition_data = snapshot.edition(requested.filter.edition);
    let commune =
        edition_data.and_then(|edition_data| edition_data.shape.communes().get(edition_data.commune_of_incident(row)?));
    let channel = incidents.at(row).and_then(|incident| taxonomy.channels.get(incident.channel.index()));
    json!({
        "type": "Feature",
        "id": incidents.id(row),
        "geometry": incidents.position(row).map(|at| point(at.lon(), at.lat())),
        "properties": {
            "id": incidents.id(row),
            "category": taxonomy.category_entry(incidents.category(row)).map(|category| &category.id),
            "severity": incidents.severity(row).number(),
            "time": local_time(incidents.unix_seconds(row)),
            "status": taxonomy.statuses.get(incidents.status(row).index()).map(|status| &status.id),
            "channel": channel.map(|channel| &channel.id),
            "precision": taxonomy.precisions.get(incidents.precision(row).index()).map(|precision| &precision.id),
            "code": commune.map(|area| area.code.as_str()),
        },
    })
}
