//! The map itself: the layers of the style, drawn as SVG in their order.
//!
//! In: a [`Scene`], a [`MapViewport`], the boxes that stand over the map. Out: SVG elements in the pixels of the
//! image. The outline of an area of the level is written once and used by every layer.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::geojson::GeoJsonShape;
use super::path::{Ends, outline};
use super::svg::{PagePoint, Rect, escaped, number};
use crate::domain::area::{AreaIndex, Level};
use crate::export::map_image::error::MapImageError;
use crate::export::map_image::layout::labels::Labels;
use crate::export::map_image::layout::viewport::MapViewport;
use crate::export::map_image::scene::{Scene, area_properties, source_layer};
use crate::export::map_image::style::expression::{ExpressionContext, Geometry, Properties};
use crate::export::map_image::style::paint::Fill;
use crate::export::map_image::style::pattern;
use crate::export::map_image::style::{Layer, LayerKind};
use crate::service::answers::outlines::LevelOutlines;

/// How far beyond the map outlines are drawn, so that no cut edge shows.
const MARGIN_PX: f64 = 16.0;
/// The width of the line in its own colour that closes the hair between two areas.
const SEAM: &str = " stroke-width=\"0.7\" stroke-linejoin=\"round\"";
/// The source of the styles that holds the areas.
const AREAS: &str = "areas";

/// A map in its place.
#[derive(Debug)]
pub(in crate::export::map_image) struct Map<'s, 'a> {
    scene: &'s Scene<'a>,
    viewport: MapViewport,
    /// The zoom whose grid the outlines are taken from.
    z: u8,
    /// What stands over the map, where no name may stand.
    covered: &'s [Rect],
    /// The outlines of the areas of the level.
    outlines: Vec<String>,
    /// What stands before the names of its parts, where there is another map in the same drawing.
    prefix: &'static str,
}

impl<'s, 'a> Map<'s, 'a> {
    /// The map of a scene, on a paper with so many dots to a pixel.
    pub(in crate::export::map_image) fn new(
        scene: &'s Scene<'a>,
        viewport: MapViewport,
        covered: &'s [Rect],
        dots_per_pixel: f64,
    ) -> Self {
        let z = (viewport.zoom() + dots_per_pixel.log2()).ceil().clamp(0.0, 16.0) as u8;
        let mut map = Self { scene, viewport, z, covered, outlines: Vec::new(), prefix: "" };
        if let Some(level) = scene.level(scene.basis.level) {
            map.outlines = level.areas().map(|(area_index, _)| map.outline(level, area_index)).collect();
        }
        map
    }

    /// The same map beside another one, whose patterns it takes.
    pub(in crate::export::map_image) fn beside_another(self, prefix: &'static str) -> Self {
        Self { prefix, ..self }
    }

    /// All layers, cut to the box of the map.
    pub(in crate::export::map_image) fn drawn(&self) -> Result<String, MapImageError> {
        let (box_of_map, prefix) = (self.viewport.map.filled(""), self.prefix);
        let mut svg = format!("<defs><clipPath id=\"{prefix}map\">{box_of_map}</clipPath>");
        for (id, drawn) in self.scene.style.patterns.iter().filter(|_| prefix.is_empty()) {
            svg += &pattern::definition(id, drawn);
        }
        for (area_index, outline) in self.outlines.iter().enumerate().filter(|(_, outline)| !outline.is_empty()) {
            let _ = write!(svg, "<path id=\"{prefix}a{area_index}\" d=\"{outline}\"/>");
        }
        let _ = write!(svg, "</defs><g clip-path=\"url(#{prefix}map)\">");
        let names = Labels::placed(self.scene, &self.viewport, self.covered)?;
        for (number, layer) in self.scene.layers.iter().enumerate() {
            svg += &self.layer(layer)?;
            svg += names.of_layer(number);
        }
        Ok(svg + "</g>")
    }

    fn layer(&self, layer: &Layer) -> Result<String, MapImageError> {
        let zoom = self.viewport.zoom();
        if !layer.zooms.contains(&zoom) {
            return Ok(String::new());
        }
        match layer.kind {
            LayerKind::Background => self.background(layer),
            LayerKind::Fill | LayerKind::Line => match self.scene.style.shapes(&layer.source) {
                Some(shapes) => self.shapes(layer, shapes),
                None => self.areas(layer),
            },
            LayerKind::Circle => match self.scene.style.shapes(&layer.source) {
                Some(shapes) => self.dots(layer, shapes),
                None => self.circles(layer),
            },
            LayerKind::Symbol => Ok(String::new()),
        }
    }

    fn scope<'p>(&self, geometry: Geometry, properties: &'p Properties) -> ExpressionContext<'p> {
        ExpressionContext::plain(self.viewport.zoom(), geometry, properties)
    }

    fn background(&self, layer: &Layer) -> Result<String, MapImageError> {
        let colour = layer.text("background-color", &self.scope(Geometry::Polygon, &Properties::new()), "#ffffff")?;
        Ok(self.viewport.map.filled(&format!(" fill=\"{}\"", escaped(&colour))))
    }

    /// The shapes that the style itself holds.
    fn shapes(&self, layer: &Layer, shapes: &[GeoJsonShape]) -> Result<String, MapImageError> {
        let mut svg = String::new();
        for shape in shapes {
            let scope = self.scope(shape.geometry, &shape.properties);
            let paint = match layer.kind {
                LayerKind::Fill => layer.fill(&scope)?.map(|fill| fill.attributes()),
                _ => layer.stroke(&scope)?.map(|stroke| stroke.attributes()),
            };
            let Some(paint) = paint else { continue };
            let ends = if shape.geometry == Geometry::Polygon { Ends::Joined } else { Ends::Free };
            let lines = shape.lines.iter().map(|line| {
                let points: Vec<PagePoint> = line.iter().map(|at| self.viewport.place(*at)).collect();
                outline(&points, &self.seen(), ends)
            });
            let lines: String = lines.collect();
            if !lines.is_empty() {
                let _ = write!(svg, "<path{paint} fill-rule=\"evenodd\" d=\"{lines}\"/>");
            }
        }
        Ok(svg)
    }

    /// Circles on the points that the style itself holds.
    fn dots(&self, layer: &Layer, shapes: &[GeoJsonShape]) -> Result<String, MapImageError> {
        let mut svg = String::new();
        for shape in shapes {
            let scope = self.scope(shape.geometry, &shape.properties);
            for at in shape.lines.iter().flatten().map(|at| self.viewport.place(*at)) {
                svg += &circle(layer, &scope, at)?;
            }
        }
        Ok(svg)
    }

    fn seen(&self) -> Rect {
        self.viewport.map.widened(MARGIN_PX)
    }

    /// The outline of an area on the grid of the zoom.
    fn outline(&self, level: LevelOutlines<'_>, area_index: AreaIndex) -> String {
        let ring =
            |ring: &[_]| -> Vec<PagePoint> { ring.iter().map(|point| self.viewport.on_grid(self.z, *point)).collect() };
        level.rings(area_index, self.z).map(|points| outline(&ring(points), &self.seen(), Ends::Joined)).collect()
    }

    fn areas(&self, layer: &Layer) -> Result<String, MapImageError> {
        let level = Level::ALL.into_iter().find(|level| layer.in_tiles == source_layer(*level));
        let level = level.filter(|_| layer.source == AREAS).ok_or_else(|| self.foreign(layer))?;
        if level == self.scene.basis.level { self.areas_of_level(layer) } else { self.borders(layer, level) }
    }

    fn foreign(&self, layer: &Layer) -> MapImageError {
        let fault =
            format!("layer {} draws {}/{}, which map images do not have", layer.id, layer.source, layer.in_tiles);
        MapImageError::Style { style: self.scene.options.style.clone(), fault }
    }

    /// The areas that the image shows, those that look alike together.
    fn areas_of_level(&self, layer: &Layer) -> Result<String, MapImageError> {
        let mut alike: BTreeMap<String, String> = BTreeMap::new();
        for (area_index, area) in self.scene.areas.iter().enumerate() {
            let is_seen = self.outlines.get(area_index).is_some_and(|outline| !outline.is_empty());
            let scope =
                ExpressionContext { is_selected: area.is_selected, ..self.scope(Geometry::Polygon, &area.properties) };
            let paint = match layer.kind {
                LayerKind::Fill => layer.fill(&scope)?.map(|fill| seamless(&fill)),
                _ => layer.stroke(&scope)?.map(|stroke| stroke.attributes()),
            };
            if let Some(paint) = paint.filter(|_| is_seen) {
                let _ = write!(alike.entry(paint).or_default(), "<use href=\"#{}a{area_index}\"/>", self.prefix);
            }
        }
        Ok(alike.iter().fold(String::new(), |svg, (paint, uses)| svg + "<g" + paint + ">" + uses + "</g>"))
    }

    /// The borders of another level, of which only codes and names are known.
    fn borders(&self, layer: &Layer, level: Level) -> Result<String, MapImageError> {
        let Some(areas) = self.scene.level(level) else { return Ok(String::new()) };
        let mut alike: BTreeMap<String, String> = BTreeMap::new();
        for (area_index, area) in areas.areas() {
            let properties = area_properties(&area, level);
            let scope = self.scope(Geometry::Polygon, &properties);
            let paint = match layer.kind {
                LayerKind::Fill => layer.fill(&scope)?.map(|fill| fill.attributes()),
                _ => layer.stroke(&scope)?.map(|stroke| stroke.attributes()),
            };
            if let Some(paint) = paint {
                alike.entry(paint).or_default().push_str(&self.outline(areas, area_index));
            }
        }
        let drawn = alike.iter().filter(|(_, path)| !path.is_empty());
        Ok(drawn.fold(String::new(), |svg, (paint, path)| svg + "<path" + paint + " d=\"" + path + "\"/>"))
    }

    /// Circles on the places of names, the largest first.
    fn circles(&self, layer: &Layer) -> Result<String, MapImageError> {
        let mut circles: Vec<(f64, String)> = Vec::new();
        for area in &self.scene.areas {
            let scope =
                ExpressionContext { is_selected: area.is_selected, ..self.scope(Geometry::Point, &area.properties) };
            if !layer.passes(&scope)? {
                continue;
            }
            let at = self.viewport.place(area.entry.label);
            let key = layer.number("circle-sort-key", &scope, 0.0)?;
            circles.push((key, circle(layer, &scope, at)?));
        }
        circles.sort_by(|a, b| a.0.total_cmp(&b.0));
        Ok(circles.into_iter().map(|(_, circle)| circle).collect())
    }
}

/// The attributes of an area that closes the hair between itself and its neighbours.
fn seamless(fill: &Fill) -> String {
    match fill {
        Fill::Colour { colour, opacity } if opacity == "1" => {
            format!("{} stroke=\"{}\"{SEAM}", fill.attributes(), escaped(colour))
        }
        _ => fill.attributes(),
    }
}

/// One circle as its layer draws it.
pub(in crate::export::map_image) fn circle(
    layer: &Layer,
    scope: &ExpressionContext<'_>,
    centre: PagePoint,
) -> Result<String, MapImageError> {
    let radius = layer.number("circle-radius", scope, 5.0)?;
    let colour = escaped(&layer.text("circle-color", scope, "#000000")?);
    let opacity = layer.number("circle-opacity", scope, 1.0)?;
    let line = escaped(&layer.text("circle-stroke-color", scope, "#000000")?);
    let width = layer.number("circle-stroke-width", scope, 0.0)?;
    let [x, y, radius, opacity, width] = [centre.x, centre.y, radius, opacity, width].map(number);
    Ok(format!(
        "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{colour}\" fill-opacity=\"{opacity}\" stroke=\"{line}\" stroke-width=\"{width}\"/>"
    ))
}
