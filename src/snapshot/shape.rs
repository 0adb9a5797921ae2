//! The shapes of an edition: coverage, levels dissolved from it, simplified
//! geometry for every zoom, labels. Depends on the boundaries alone.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use geo::{BoundingRect as _, MultiPolygon};
use rayon::prelude::*;

use super::build_surroundings::BuildSurroundings;
use super::edition::{AreaEntry, EditionShape, LevelData};
use super::shape_archive::{self, LevelShapes};
use crate::domain::area::edition::EditionEntry;
use crate::domain::area::{Area, AreaCode, AreaIndex, Level};
use crate::geometry::coverage::Coverage;
use crate::geometry::coverage::contiguity::{Contiguity, contiguous};
use crate::geometry::label::label_point;
use crate::geometry::locate::Locator;
use crate::geometry::projection::{LonLat, LonLatBounds, MAX_ZOOM, area_km2};
use crate::geometry::simplify::Simplification;
use crate::geometry::simplify::zoom_geometry::{ZoomGeometry, pyramid};

/// The number of the next shape.
static SERIALS: AtomicU64 = AtomicU64::new(0);

/// An area whose label lies farther than this from the median label, in degrees,
/// does not widen the view: Hoàng Sa belongs to the map, not to its first view.
const OUTLIER_DEGREES: f64 = 1.5;

/// A code with its name and the code of its parent.
struct Named {
    code: AreaCode,
    name: String,
    parent: Option<AreaCode>,
}

/// Builds the shapes of an edition from its areas, sorted by level and code, or takes them from the cache.
pub(super) fn built(source: Vec<Area>, entry: &EditionEntry, surroundings: &BuildSurroundings<'_>) -> EditionShape {
    let communes: Vec<&Area> =
        source.iter().filter(|area| area.level == Level::Commune && area.boundary.is_some()).collect();
    let boundaries: Vec<MultiPolygon<f64>> = communes.iter().filter_map(|area| area.boundary.clone()).collect();
    let plans = plans(&source, &communes, entry);
    let name = shape_archive::name(&source, entry);
    let (shapes, locator) = rayon::join(
        || cached_or_built(&name, entry, LevelSources { plans: &plans, boundaries: &boundaries }, surroundings),
        || Locator::new(&boundaries),
    );
    let levels: Vec<LevelData> =
        plans.into_iter().zip(shapes).map(|(plan, shapes)| level_data(plan, shapes, &boundaries)).collect();
    EditionShape {
        serial: SERIALS.fetch_add(1, Ordering::Relaxed),
        locator,
        bounds: bounds_without_outliers(levels.first().map_or(&[], |communes| &communes.areas)),
        levels,
        source,
        archive: name,
    }
}

/// One level before its shapes are known.
struct Plan {
    level: Level,
    names: Vec<Named>,
    /// The area of the level that each commune belongs to.
    members: Vec<Option<usize>>,
}

fn plans(source: &[Area], communes: &[&Area], entry: &EditionEntry) -> Vec<Plan> {
    let districts = districts(source, communes);
    let province = province(source, entry);
    let names = communes.iter().map(|area| Named {
        code: area.key.code.clone(),
        name: area.name.clone(),
        parent: Some(area.parent.clone().unwrap_or_else(|| province.code.clone())),
    });
    let own = (0..communes.len()).map(Some).collect();
    let mut plans = vec![Plan { level: Level::Commune, names: names.collect(), members: own }];
    if !districts.is_empty() {
        let index = |code: &AreaCode| districts.iter().position(|district| district.code == *code);
        let members = communes.iter().map(|area| area.parent.as_ref().and_then(index)).collect();
        plans.push(Plan { level: Level::District, names: districts, members });
    }
    plans.push(Plan { level: Level::Province, names: vec![province], members: vec![Some(0); communes.len()] });
    plans
}

/// What the shapes of all levels are built from.
#[derive(Clone, Copy)]
struct LevelSources<'a> {
    plans: &'a [Plan],
    /// The boundaries of the communes.
    boundaries: &'a [MultiPolygon<f64>],
}

fn cached_or_built(
    name: &str,
    entry: &EditionEntry,
    sources: LevelSources<'_>,
    surroundings: &BuildSurroundings<'_>,
) -> Vec<LevelShapes> {
    let (cache, phase) = (surroundings.cache, surroundings.phase());
    match cache.get(name).map(|bytes| shape_archive::decoded(&bytes)) {
        Some(Ok(shapes)) if fits(&shapes, sources.plans) => {
            tracing::info!(edition = %entry.id, took_ms = phase.took_ms(), "the shapes of an edition were read from the cache");
            return shapes;
        }
        Some(Ok(_)) => {
            tracing::warn!(edition = %entry.id, "the cached shapes belong to other areas and are rebuilt");
        }
        Some(Err(fault)) => {
            tracing::warn!(edition = %entry.id, cause = %fault, "the cached shapes are damaged and are rebuilt");
        }
        None => {}
    }
    let shapes = build_shapes(sources);
    tracing::info!(edition = %entry.id, took_ms = phase.took_ms(), "the shapes of an edition were built");
    match shape_archive::encoded(&shapes) {
        Ok(bytes) => cache.put(name, &bytes),
        Err(fault) => tracing::warn!(edition = %entry.id, cause = %fault, "the shapes cannot be cached"),
    }
    shapes
}

/// Whether shapes are as many as a plan needs.
fn fits(shapes: &[LevelShapes], plans: &[Plan]) -> bool {
    let fits = |(shapes, plan): (&LevelShapes, &Plan)| {
        let count = plan.names.len();
        let dissolved = if plan.level == Level::Commune { 0 } else { count };
        shapes.labels.len() == count
            && shapes.areas_km2.len() == count
            && shapes.contiguity.len() == count
            && shapes.contiguity.iter().flatten().all(|area| *area < count)
            && shapes.dissolved.len() == dissolved
            && shapes.zooms.iter().all(|zoom| zoom.areas.len() == count)
    };
    shapes.len() == plans.len() && shapes.iter().zip(plans).all(fits)
}

/// The districts of an edition: those imported, and those that communes name as parents.
fn districts(source: &[Area], communes: &[&Area]) -> Vec<Named> {
    let imported = source.iter().filter(|area| area.level == Level::District);
    let mut names: BTreeMap<AreaCode, String> =
        imported.map(|area| (area.key.code.clone(), area.name.clone())).collect();
    for code in communes.iter().filter_map(|area| area.parent.as_ref()) {
        names.entry(code.clone()).or_insert_with(|| code.to_string());
    }
    let used = |code: &AreaCode| communes.iter().any(|area| area.parent.as_ref() == Some(code));
    let parent = source.iter().find(|area| area.level == Level::Province).map(|area| area.key.code.clone());
    let named = names.into_iter().filter(|(code, _)| used(code));
    named.map(|(code, name)| Named { code, name, parent: parent.clone() }).collect()
}

fn province(source: &[Area], entry: &EditionEntry) -> Named {
    let imported = source.iter().find(|area| area.level == Level::Province);
    let code = imported.map(|area| area.key.code.clone()).or_else(|| entry.province_code.parse().ok());
    Named {
        code: code.unwrap_or_else(AreaCode::quang_nam),
        name: imported.map_or_else(|| entry.province_vi.clone(), |area| area.name.clone()),
        parent: None,
    }
}

fn build_shapes(sources: LevelSources<'_>) -> Vec<LevelShapes> {
    let LevelSources { plans, boundaries } = sources;
    let coverage = Coverage::build(boundaries);
    let coverages: Vec<Coverage> =
        plans.par_iter().map(|plan| coverage.dissolve(&plan.members, plan.names.len())).collect();
    let (zooms, others) = rayon::join(
        || zooms(&coverage, &coverages),
        || plans.par_iter().zip(&coverages).map(|(plan, level)| unzoomed(plan, level, boundaries)).collect::<Vec<_>>(),
    );
    others.into_iter().zip(zooms).map(|(shapes, zooms)| LevelShapes { zooms, ..shapes }).collect()
}

/// The shapes of a level but for those on the grids of the zooms.
fn unzoomed(plan: &Plan, coverage: &Coverage, boundaries: &[MultiPolygon<f64>]) -> LevelShapes {
    let outlines: Vec<MultiPolygon<f64>> =
        (0..coverage.len()).into_par_iter().map(|area| coverage.multi_polygon(area)).collect();
    let contiguity = contiguous(&outlines, Contiguity::Queen);
    let dissolved = if plan.level == Level::Commune { Vec::new() } else { outlines };
    let own = if dissolved.is_empty() { boundaries } else { &dissolved };
    let measured = own.par_iter().map(|boundary| (label(boundary), area_km2(boundary)));
    let (labels, areas_km2) = measured.unzip();
    LevelShapes { dissolved, labels, areas_km2, contiguity, zooms: Vec::new() }
}

fn level_data(plan: Plan, shapes: LevelShapes, boundaries: &[MultiPolygon<f64>]) -> LevelData {
    let own = if plan.level == Level::Commune { boundaries.to_vec() } else { shapes.dissolved };
    let areas = plan.names.into_iter().zip(own).enumerate().map(|(index, (named, boundary))| AreaEntry {
        code: named.code,
        name: named.name,
        parent: named.parent,
        area_km2: shapes.areas_km2[index],
        label: shapes.labels[index],
        bounds: bounds(&boundary),
        boundary,
    });
    LevelData {
        level: plan.level,
        areas: areas.collect(),
        area_of_commune: plan.members.into_iter().map(|area| area.map(AreaIndex::new)).collect(),
        contiguity: shapes.contiguity,
        zooms: shapes.zooms,
    }
}

/// The simplified shapes of every coverage, for every zoom.
fn zooms(coverage: &Coverage, coverages: &[Coverage]) -> Vec<Vec<ZoomGeometry>> {
    let levels: Vec<&Coverage> = coverages.iter().collect();
    let by_zoom = pyramid(&Simplification::new(coverage), &levels, 0..=MAX_ZOOM)
        .expect("every level is dissolved from the coverage whose arcs were simplified");
    let mut by_level: Vec<Vec<ZoomGeometry>> = levels.iter().map(|_| Vec::new()).collect();
    for geometry in by_zoom {
        for (level, shapes) in by_level.iter_mut().zip(geometry) {
            level.push(shapes);
        }
    }
    by_level
}

fn bounds(boundary: &MultiPolygon<f64>) -> LonLatBounds {
    boundary.bounding_rect().map(LonLatBounds::from).unwrap_or_default()
}

/// A point well inside; of a boundary that encloses nothing, the middle of its box.
fn label(boundary: &MultiPolygon<f64>) -> LonLat {
    label_point(boundary).unwrap_or_else(|| bounds(boundary).middle())
}

fn bounds_without_outliers(areas: &[AreaEntry]) -> LonLatBounds {
    let median = |coordinate: fn(&AreaEntry) -> f64| {
        let mut values: Vec<f64> = areas.iter().map(coordinate).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    let (lon, lat) = (median(|area| area.label.lon), median(|area| area.label.lat));
    let near = areas.iter().filter(|area| {
        (area.label.lon - lon).abs() <= OUTLIER_DEGREES && (area.label.lat - lat).abs() <= OUTLIER_DEGREES
    });
    near.map(|area| area.bounds).reduce(LonLatBounds::union).unwrap_or_default()
}
