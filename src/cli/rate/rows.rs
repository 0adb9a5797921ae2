//! The areas of a document of `binhyen rate` as a flat table.

use std::error::Error;

use serde_json::{Map, Value as Json};

use crate::export::guarded;

/// The areas of a document as CSV: the id first, then every number by name.
pub(in crate::cli) fn rows(document: &Json) -> Result<String, Box<dyn Error>> {
    let areas: Vec<Map<String, Json>> =
        document["areas"].as_array().into_iter().flatten().filter_map(Json::as_object).map(flat).collect();
    let names: std::collections::BTreeSet<&String> =
        areas.iter().flat_map(Map::keys).filter(|name| *name != "id").collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(std::iter::once("id").chain(names.iter().map(|name| name.as_str())))?;
    for area in &areas {
        let cell = |name: &str| match area.get(name) {
            None | Some(Json::Null) => String::new(),
            Some(Json::String(text)) => guarded(text),
            Some(number) => number.to_string(),
        };
        writer.write_record(std::iter::once(cell("id")).chain(names.iter().map(|name| cell(name))))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// The members of an area, those of the funnel with its name before theirs.
fn flat(area: &Map<String, Json>) -> Map<String, Json> {
    let mut flat = Map::new();
    for (name, value) in area {
        match value {
            Json::Object(inner) => {
                let parts = inner.iter().map(|(part, value)| (format!("{name}_{part}"), value.clone()));
                flat.extend(parts);
            }
            value => {
                flat.insert(name.clone(), value.clone());
            }
        }
    }
    flat
}
