//! The shapes of an edition: coverage, levels dissolved from it, simplified
//! geometry for every zoom, labels. Depends on the boundaries alone.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use geo::{BoundingRect as _, MultiPolygon};

use super::edition::{AreaEntry, EditionShape, LevelPicture};
use crate::domain::area::{Area, AreaCode, Level};
use crate::domain::edition::EditionEntry;
use crate::geometry::contiguity::{Contiguity, contiguous};
use crate::geometry::coverage::Coverage;
use crate::geometry::label::label_place;
use crate::geometry::locate::Locator;
use crate::geometry::projection::{MAX_ZOOM, area_km2};
use crate::geometry::simplify::Simplification;
use crate::geometry::zoom_geometry::{ZoomGeometry, pyramid};

/// The number of the next shape.
static SERIALS: AtomicU64 = AtomicU64::new(0);

/// The least zoom that has shapes.
const MIN_ZOOM: u8 = 5;

/// An area whose label lies farther than this from the median label, in degrees,
/// does not widen the view: Hoàng Sa belongs to the map, not to the first look at it.
const OUTLIER_DEGREES: f64 = 1.5;

/// A code with its name and the code of its parent.
struct Named {
    code: AreaCode,
    name: String,
    parent: Option<AreaCode>,
}

/// Builds the shapes of an edition from its areas, sorted by level and code.
pub(super) fn built(source: Vec<Area>, entry: &EditionEntry) -> EditionShape {
    let communes: Vec<&Area> =
        source.iter().filter(|area| area.level == Level::Commune && area.boundary.is_some()).collect();
    let boundaries: Vec<MultiPolygon<f64>> = communes.iter().filter_map(|area| area.boundary.clone()).collect();
    let coverage = Coverage::build(&boundaries);
    let districts = districts(&source, &communes);
    let province = province(&source, entry);
    let names = communes.iter().map(|area| Named {
        code: area.key.code.clone(),
        name: area.name.clone(),
        parent: Some(area.parent.clone().unwrap_or_else(|| province.code.clone())),
    });
    let own: Vec<Option<usize>> = (0..communes.len()).map(Some).collect();
    let mut plans = vec![(Level::Commune, names.collect::<Vec<_>>(), own)];
    if !districts.is_empty() {
        let place = |code: &AreaCode| districts.iter().position(|district| district.code == *code);
        let members = communes.iter().map(|area| area.parent.as_ref().and_then(place)).collect();
        plans.push((Level::District, districts, members));
    }
    plans.push((Level::Province, vec![province], vec![Some(0); communes.len()]));
    let levels = levels(&coverage, plans, &boundaries);
    EditionShape {
        serial: SERIALS.fetch_add(1, Ordering::Relaxed),
        locator: Locator::new(&boundaries),
        bounds: bounds_without_outliers(levels.first().map_or(&[], |communes| &communes.areas)),
        levels,
        source,
    }
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

type Plan = (Level, Vec<Named>, Vec<Option<usize>>);

fn levels(coverage: &Coverage, plans: Vec<Plan>, boundaries: &[MultiPolygon<f64>]) -> Vec<LevelPicture> {
    let coverages: Vec<Coverage> =
        plans.iter().map(|(_, names, members)| coverage.dissolve(members, names.len())).collect();
    let mut zooms = zooms(coverage, &coverages);
    let built = plans.into_iter().zip(&coverages).enumerate().map(|(place, ((level, names, members), dissolved))| {
        let own_boundary = |area: usize| match level {
            Level::Commune => boundaries[area].clone(),
            Level::District | Level::Province => dissolved.multi_polygon(area),
        };
        let dissolved_count = names.len();
        let areas = names.into_iter().enumerate().map(|(area, name)| entry(name, own_boundary(area))).collect();
        let outlines: Vec<MultiPolygon<f64>> = (0..dissolved_count).map(|area| dissolved.multi_polygon(area)).collect();
        LevelPicture {
            level,
            areas,
            area_of_commune: members,
            contiguity: contiguous(&outlines, Contiguity::Queen),
            zooms: std::mem::take(&mut zooms[place]),
        }
    });
    built.collect()
}

/// The simplified shapes of every coverage, for every zoom.
fn zooms(coverage: &Coverage, coverages: &[Coverage]) -> Vec<Vec<ZoomGeometry>> {
    let levels: Vec<&Coverage> = coverages.iter().collect();
    let by_zoom = pyramid(&Simplification::new(coverage), &levels, MIN_ZOOM..=MAX_ZOOM)
        .expect("every level is dissolved from the coverage whose arcs were simplified");
    let mut by_level: Vec<Vec<ZoomGeometry>> = levels.iter().map(|_| Vec::new()).collect();
    for geometry in by_zoom {
        for (level, shapes) in by_level.iter_mut().zip(geometry) {
            level.push(shapes);
        }
    }
    by_level
}

fn entry(named: Named, boundary: MultiPolygon<f64>) -> AreaEntry {
    let bounds =
        boundary.bounding_rect().map_or([0.0; 4], |rect| [rect.min().x, rect.min().y, rect.max().x, rect.max().y]);
    let middle = (f64::midpoint(bounds[0], bounds[2]), f64::midpoint(bounds[1], bounds[3]));
    let label = label_place(&boundary).map_or(middle, |at| (at.lon, at.lat));
    AreaEntry {
        code: named.code,
        name: named.name,
        parent: named.parent,
        area_km2: area_km2(&boundary),
        label,
        bounds,
        boundary,
    }
}

fn bounds_without_outliers(areas: &[AreaEntry]) -> [f64; 4] {
    let median = |coordinate: fn(&AreaEntry) -> f64| {
        let mut values: Vec<f64> = areas.iter().map(coordinate).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    let (lon, lat) = (median(|area| area.label.0), median(|area| area.label.1));
    let near = areas
        .iter()
        .filter(|area| (area.label.0 - lon).abs() <= OUTLIER_DEGREES && (area.label.1 - lat).abs() <= OUTLIER_DEGREES);
    let widened = near.fold(None, |bounds: Option<[f64; 4]>, area| {
        let [west, south, east, north] = bounds.unwrap_or(area.bounds);
        let own = area.bounds;
        Some([west.min(own[0]), south.min(own[1]), east.max(own[2]), north.max(own[3])])
    });
    widened.unwrap_or([0.0; 4])
}
