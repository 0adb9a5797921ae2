//! What must hold of a file of boundaries, whatever it holds.

use binhyen::domain::area::edition::EditionEntry;
use binhyen::domain::area::{Area, Level};
use binhyen::domain::holdings::Holdings;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::ingest::RowSource;
use binhyen::ingest::boundaries::{Attributes, Boundaries, BoundaryContext, BoundaryOptions, OnFault, boundaries};
use binhyen::snapshot::build;
use geo::CoordsIter as _;
use geojson::{Feature, FeatureCollection, Geometry, JsonObject};
use std::sync::LazyLock;

use crate::input_file::written;
use crate::rule_set;
use crate::world::{WORLD, edition};

/// Vertices up to which what was accepted is built as it would be served.
const MAX_BUILT_VERTICES: usize = 400;
/// The edition that all files are of.
const EDITION: &str = "2020-02";

static RULES: LazyLock<RuleSet> = LazyLock::new(|| rule_set(&WORLD.words));

/// Reads a file; what is accepted can be read again as it is, and served.
pub fn read_and_built(source: &RowSource, level: Level, on_fault: OnFault, attributes: Attributes) {
    let Some(read) = read(source, level, on_fault, attributes) else { return };
    assert_eq!(read.report.areas, read.areas.len());
    serde_json::to_string(&read.report).expect("a report can be written");
    for remark in &read.report.remarks {
        assert!(!remark.to_string().is_empty());
    }
    let vertices: usize =
        read.areas.iter().filter_map(|area| area.boundary.as_ref()).map(|shape| shape.coords_count()).sum();
    if read.report.stops() || vertices > MAX_BUILT_VERTICES {
        return;
    }
    assert_accepted_again(&read, level);
    let areas = read.areas.into_iter().chain(read.districts).collect();
    let holdings = Holdings { areas, populations: read.populations, ..Holdings::default() };
    build(holdings, &RULES, None).expect("accepted boundaries can be served");
}

fn read(source: &RowSource, level: Level, on_fault: OnFault, attributes: Attributes) -> Option<Boundaries> {
    let options = BoundaryOptions {
        edition: edition(EDITION),
        level,
        attributes,
        population_year: None,
        filters: Vec::new(),
        dissolve_by: None,
        on_fault,
        clean: None,
    };
    let entry: EditionEntry = WORLD.words.editions.entry(options.edition);
    let context = BoundaryContext { entry: &entry, loaded: &[], register: None, registers: &[] };
    boundaries(source, &options, &context).inspect_err(|fault| assert!(!fault.to_string().is_empty())).ok()
}

/// What was accepted, or mended, is accepted as it is now, and stays as it is.
fn assert_accepted_again(first: &Boundaries, level: Level) {
    if first.areas.is_empty() || first.areas.iter().any(|area| area.boundary.is_none()) {
        return;
    }
    let features: Vec<Feature> = first.areas.iter().map(feature).collect();
    let text = FeatureCollection::new(features).to_string();
    let source = RowSource::file(&written("again.geojson", text.as_bytes()));
    let again = read(&source, level, OnFault::Stop, Attributes::default()).expect("what was accepted can be read");
    let errors: Vec<String> = again.report.remarks.iter().map(ToString::to_string).collect();
    assert!(!again.report.stops(), "what was accepted is refused: {errors:?}\n{text}");
    let same = again.areas.iter().zip(&first.areas).all(|(again, first)| again.boundary == first.boundary);
    assert!(same && again.areas.len() == first.areas.len(), "what was accepted has changed:\n{text}");
}

fn feature(area: &Area) -> Feature {
    let mut properties = JsonObject::new();
    properties.insert("code".to_owned(), area.key.code.as_str().into());
    properties.insert("name".to_owned(), area.name.clone().into());
    if let Some(parent) = &area.parent {
        properties.insert("district_code".to_owned(), parent.as_str().into());
    }
    Feature {
        geometry: area.boundary.as_ref().map(|boundary| Geometry::new(boundary.into())),
        properties: Some(properties),
        ..Feature::default()
    }
}
