//! CountGrid of incidents as GeoJSON polygons, for those who may not see points.

use serde_json::{Value as Json, json};

use crate::assessment::cells::{CountCell, CountGrid, cells};
use crate::service::answers::geometry::rounded;
use crate::service::answers::heading;
use crate::service::filter::RequestedFilter;
use crate::snapshot::Snapshot;

/// The cells with enough incidents under a filter.
pub(crate) fn feature_collection(snapshot: &Snapshot, requested: &RequestedFilter) -> Json {
    let rule = &snapshot.rules.disclosure;
    let (side_m, least) = (rule.planner_cell_m, rule.k);
    let CountGrid { cells, incidents, in_small_cells } = cells(snapshot, &requested.filter, side_m, least);
    let mut document = heading(snapshot, requested);
    document.insert("type".into(), json!("FeatureCollection"));
    document.insert(
        "cells".into(),
        json!({ "side_m": side_m, "least": least, "incidents": incidents, "in_small_cells": in_small_cells }),
    );
    document.insert("features".into(), cells.iter().map(|cell| feature(snapshot, cell)).collect());
    Json::Object(document)
}

fn feature(snapshot: &Snapshot, cell: &CountCell) -> Json {
    let [west, south, east, north] = cell.bounds.map(rounded);
    let category = snapshot.taxonomy.category_entry(cell.main_category);
    json!({
        "type": "Feature",
        "id": format!("{}-{}", cell.id.0, cell.id.1),
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
        },
        "properties": { "count": cell.count, "main_category": category.map(|category| &category.id) },
    })
}
