//! The names and letters on the map, each where it hides no other.
//!
//! In: a [`Scene`], a [`MapViewport`], the boxes that stand over the map. Out: SVG elements by layer. As in MapLibre,
//! layers further up choose first, within a layer the smallest sort key; what would touch another name is left out.

use super::lettering::{FontWeight, TextStyle};
use super::viewport::MapViewport;
use crate::export::map_image::drawing::svg::{PagePoint, Rect, attribute, escaped, moved, number};
use crate::export::map_image::error::MapImageError;
use crate::export::map_image::scene::{Scene, area_properties};
use crate::export::map_image::style::expression::{ExpressionContext, ExpressionValue, Geometry, Section};
use crate::export::map_image::style::{Layer, LayerKind};

/// The source of the name of the sea, which is as right anywhere off the coast.
const SEA_NAME: &str = "sea-name";
/// How far the name of the sea may go from its place off the middle of the coast, from column to column: the further
/// west, the further north the coast lies. Right, then from and to, downwards.
const SEA_COLUMNS_PX: [(f64, i32, i32); 4] =
    [(0.0, -420, 0), (-80.0, -420, -240), (-160.0, -420, -320), (0.0, 20, 120)];
const SEA_STEP_PX: usize = 20;

/// The names of a map, by layer.
#[derive(Debug, Default)]
pub(in crate::export::map_image) struct Labels {
    by_layer: Vec<String>,
}

impl Labels {
    /// The names of a scene in their places.
    pub(in crate::export::map_image) fn placed(
        scene: &Scene<'_>,
        viewport: &MapViewport,
        covered: &[Rect],
    ) -> Result<Self, MapImageError> {
        let mut occupied = covered.to_vec();
        let mut by_layer = vec![String::new(); scene.layers.len()];
        // The topmost layer chooses first, as in MapLibre. `occupied` holds the boxes of all names placed so far,
        // and it only grows.
        for (place, layer) in scene.layers.iter().enumerate().rev() {
            if layer.kind == LayerKind::Symbol && layer.zooms.contains(&viewport.zoom()) {
                by_layer[place] = names_of(scene, layer, viewport, &mut occupied)?;
            }
        }
        Ok(Self { by_layer })
    }

    /// The names of the layer at an index of the scene.
    pub(in crate::export::map_image) fn of_layer(&self, place: usize) -> &str {
        self.by_layer.get(place).map_or("", String::as_str)
    }
}

/// The names of one layer, those that look alike together.
fn names_of(
    scene: &Scene<'_>,
    layer: &Layer,
    viewport: &MapViewport,
    occupied: &mut Vec<Rect>,
) -> Result<String, MapImageError> {
    let mut names = candidates(scene, layer, viewport)?;
    names.sort_by(|a, b| a.sort_key.total_cmp(&b.sort_key));
    let overlaps_at_will = layer.written("text-allow-overlap").and_then(serde_json::Value::as_bool) == Some(true);
    let mut groups: Vec<(String, String)> = Vec::new();
    // By sort key, so a name is left out only for one that comes before it: the same map always keeps the same
    // names.
    for name in names {
        let is_free =
            |bounds: &Rect| viewport.map.contains(bounds) && !occupied.iter().any(|other| other.overlaps(bounds));
        let may_move = layer.source == SEA_NAME && viewport.map.contains(&name.bounds);
        let elsewhere = sea_shifts().filter(|_| may_move);
        let mut shifts = std::iter::once(PagePoint::ORIGIN).chain(elsewhere);
        let found = shifts.find(|shift| is_free(&name.bounds.moved(*shift)));
        let Some(shift) = found.or(overlaps_at_will.then_some(PagePoint::ORIGIN)) else { continue };
        occupied.push(name.bounds.moved(shift));
        let content = if shift == PagePoint::ORIGIN { name.content } else { moved(&name.content, shift) };
        match groups.last_mut() {
            Some((options, former)) if *options == name.options => former.push_str(&content),
            _ => groups.push((name.options, content)),
        }
    }
    Ok(groups
        .into_iter()
        .fold(String::new(), |svg, (options, content)| svg + "<g" + &options + ">" + &content + "</g>"))
}

/// Where the name of the sea may stand when its place is taken: to the north first.
fn sea_shifts() -> impl Iterator<Item = PagePoint> {
    SEA_COLUMNS_PX.into_iter().flat_map(|(right, from, to)| {
        let downwards = (from..=to).rev().step_by(SEA_STEP_PX);
        downwards.map(move |down| PagePoint::new(right, f64::from(down)))
    })
}

/// A name before it is known whether it has room.
struct Name {
    sort_key: f64,
    bounds: Rect,
    options: String,
    content: String,
}

fn candidates(scene: &Scene<'_>, layer: &Layer, viewport: &MapViewport) -> Result<Vec<Name>, MapImageError> {
    let mut names = Vec::new();
    let zoom = viewport.zoom();
    if let Some(shapes) = scene.style.shapes(&layer.source) {
        for shape in shapes.iter().filter(|shape| shape.geometry == Geometry::Point) {
            for at in shape.lines.iter().flatten() {
                names.extend(name(
                    layer,
                    &ExpressionContext::plain(zoom, Geometry::Point, &shape.properties),
                    viewport.place(*at),
                )?);
            }
        }
        return Ok(names);
    }
    for area in &scene.areas {
        let scope = ExpressionContext {
            is_selected: area.is_selected,
            ..ExpressionContext::plain(zoom, Geometry::Point, &area.properties)
        };
        names.extend(name(layer, &scope, viewport.place(area.entry.label))?);
    }
    let others = scene.edition.levels().filter(|areas| areas.level() != scene.basis.level);
    for (entry, level) in others.flat_map(|areas| areas.areas().map(move |(_, entry)| (entry, areas.level()))) {
        let properties = area_properties(&entry, level);
        let scope = ExpressionContext::plain(zoom, Geometry::Point, &properties);
        names.extend(name(layer, &scope, viewport.place(entry.label))?);
    }
    Ok(names)
}

fn name(layer: &Layer, scope: &ExpressionContext<'_>, at: PagePoint) -> Result<Option<Name>, MapImageError> {
    if !layer.passes(scope)? {
        return Ok(None);
    }
    let block = match layer.property("text-field", scope)? {
        Some(ExpressionValue::Text(text)) => {
            TextBlock::of(layer, scope, vec![Section { text, scale: 1.0, weight: None }])?
        }
        Some(ExpressionValue::Sections(sections)) => TextBlock::of(layer, scope, sections)?,
        _ => return Ok(None),
    };
    if block.lines.is_empty() {
        return Ok(None);
    }
    let (top_left, turn) = (block.top_left(layer, at), layer.number("text-rotate", scope, 0.0)?);
    let content = block.drawn(top_left);
    let padding = layer.number("text-padding", scope, 2.0)?;
    let bounds = turned(&block.bounds(top_left), at, turn).widened(padding);
    let content = if turn == 0.0 { content } else { format!("<g{}>{content}</g>", rotation(turn, at)) };
    Ok(Some(Name {
        sort_key: layer.number("symbol-sort-key", scope, 0.0)?,
        bounds,
        options: options(layer, scope, block.spacing)?,
        content,
    }))
}

fn rotation(degrees: f64, about: PagePoint) -> String {
    format!(" transform=\"rotate({} {} {})\"", number(degrees), number(about.x), number(about.y))
}

/// The box around a box that is turned about a point.
fn turned(bounds: &Rect, about: PagePoint, degrees: f64) -> Rect {
    let PagePoint { x, y } = about;
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let corner = |right: f64, down: f64| {
        (x + (right - x) * cosine - (down - y) * sine, y + (right - x) * sine + (down - y) * cosine)
    };
    let corners = [
        (bounds.x, bounds.y),
        (bounds.right(), bounds.y),
        (bounds.x, bounds.bottom()),
        (bounds.right(), bounds.bottom()),
    ];
    // The box around the turned box: larger than the letters need, never smaller.
    let corners = corners.map(|(right, down)| corner(right, down));
    let least = corners.iter().fold((f64::MAX, f64::MAX), |least, at| (least.0.min(at.0), least.1.min(at.1)));
    let most = corners.iter().fold((f64::MIN, f64::MIN), |most, at| (most.0.max(at.0), most.1.max(at.1)));
    Rect { x: least.0, y: least.1, width: most.0 - least.0, height: most.1 - least.1 }
}

/// The colours of a name, its halo drawn under it.
fn options(layer: &Layer, scope: &ExpressionContext<'_>, spacing: f64) -> Result<String, MapImageError> {
    let mut options =
        format!(" text-anchor=\"middle\" fill=\"{}\"", escaped(&layer.text("text-color", scope, "#000000")?));
    let opacity = layer.number("text-opacity", scope, 1.0)?;
    if opacity < 1.0 {
        options += &attribute("opacity", &number(opacity));
    }
    let halo = layer.number("text-halo-width", scope, 0.0)?;
    if halo > 0.0 {
        options += &attribute("stroke", &layer.text("text-halo-color", scope, "#ffffff")?);
        options += &attribute("stroke-width", &number(halo * 2.0));
        options += " stroke-linejoin=\"round\" paint-order=\"stroke\"";
    }
    if spacing > 0.0 {
        options += &attribute("letter-spacing", &number(spacing));
    }
    Ok(options)
}

/// A piece of a line in one kind of letters.
#[derive(Debug, Clone, PartialEq)]
struct Span {
    text: String,
    letters: TextStyle,
}

/// A text in its lines.
#[derive(Debug, Clone, PartialEq)]
struct TextBlock {
    lines: Vec<Vec<Span>>,
    size: f64,
    /// The distance of two base lines over the size.
    leading: f64,
    /// The room between two letters.
    spacing: f64,
}

impl TextBlock {
    fn of(layer: &Layer, scope: &ExpressionContext<'_>, sections: Vec<Section>) -> Result<Self, MapImageError> {
        let size = layer.number("text-size", scope, 16.0)?;
        let weight = layer.written("text-font").map_or(FontWeight::Regular, FontWeight::of_fonts);
        let most = layer.number("text-max-width", scope, 10.0)? * size;
        let is_upper = layer.written("text-transform").and_then(serde_json::Value::as_str) == Some("uppercase");
        let mut lines: Vec<Vec<Span>> = vec![Vec::new()];
        for mut section in sections {
            if is_upper {
                section.text = section.text.to_uppercase();
            }
            let letters = TextStyle { size: size * section.scale, weight: section.weight.unwrap_or(weight) };
            for (place, part) in section.text.split('\n').enumerate() {
                if place > 0 {
                    lines.push(Vec::new());
                }
                let span = |text: String| Span { text, letters };
                let mut wrapped = letters.wrapped(part, most).into_iter().map(span);
                if let Some(line) = lines.last_mut() {
                    line.extend(wrapped.next());
                }
                lines.extend(wrapped.map(|span| vec![span]));
            }
        }
        lines.retain(|line| !line.is_empty());
        Ok(Self {
            lines,
            size,
            leading: layer.number("text-line-height", scope, 1.2)?,
            spacing: layer.number("text-letter-spacing", scope, 0.0)? * size,
        })
    }

    fn width(&self) -> f64 {
        let span = |span: &Span| span.letters.width(&span.text) + self.spacing * span.text.chars().count() as f64;
        self.lines.iter().map(|line| line.iter().map(span).sum()).fold(0.0, f64::max)
    }

    fn line_height(&self, line: &[Span]) -> f64 {
        line.iter().map(|span| span.letters.size).fold(0.0, f64::max) * self.leading
    }

    fn height(&self) -> f64 {
        self.lines.iter().map(|line| self.line_height(line)).sum()
    }

    /// Where the block begins: about its place, or beside it as the layer says.
    fn top_left(&self, layer: &Layer, at: PagePoint) -> PagePoint {
        let anchor = layer.written("text-anchor").and_then(serde_json::Value::as_str).unwrap_or("center");
        let offset = layer.written("text-offset").and_then(serde_json::Value::as_array);
        let ems = |place: usize| offset.and_then(|offset| offset.get(place)?.as_f64()).unwrap_or_default();
        let (width, height) = (self.width(), self.height());
        let left = match anchor {
            _ if anchor.contains("left") => 0.0,
            _ if anchor.contains("right") => width,
            _ => width / 2.0,
        };
        let above = match anchor {
            _ if anchor.contains("top") => 0.0,
            _ if anchor.contains("bottom") => height,
            _ => height / 2.0,
        };
        PagePoint::new(at.x - left + ems(0) * self.size, at.y - above + ems(1) * self.size)
    }

    fn bounds(&self, top_left: PagePoint) -> Rect {
        Rect { x: top_left.x, y: top_left.y, width: self.width(), height: self.height() }
    }

    fn drawn(&self, top_left: PagePoint) -> String {
        let middle = number(top_left.x + self.width() / 2.0);
        let (mut svg, mut top) = (String::new(), top_left.y);
        for line in &self.lines {
            let height = self.line_height(line);
            let drop = line.iter().map(|span| span.letters.drop_to_base()).fold(0.0, f64::max);
            let base = number(top + height / 2.0 + drop);
            top += height;
            svg += &line_of(line, &middle, &base);
        }
        svg
    }
}

fn line_of(spans: &[Span], x: &str, y: &str) -> String {
    if let [span] = spans {
        let letters = span.letters.attributes();
        return format!("<text x=\"{x}\" y=\"{y}\"{letters}>{}</text>", escaped(&span.text));
    }
    let part = |span: &Span| format!("<tspan{}>{}</tspan>", span.letters.attributes(), escaped(&span.text));
    format!("<text x=\"{x}\" y=\"{y}\">{}</text>", spans.iter().map(part).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::map_image::layout::lettering::{regular, semibold};

    fn block(lines: &[&[(&str, TextStyle)]]) -> TextBlock {
        let span = |(text, letters): &(&str, TextStyle)| Span { text: (*text).to_owned(), letters: *letters };
        let lines = lines.iter().map(|line| line.iter().map(span).collect()).collect();
        TextBlock { lines, size: 10.0, leading: 1.2, spacing: 0.0 }
    }

    #[test]
    fn lines_stand_one_under_the_other_about_the_same_middle() {
        let two = block(&[&[("B", semibold(12.0))], &[("Phường Tam Kỳ", regular(10.0))]]);
        assert!((two.height() - (14.4 + 12.0)).abs() < 1e-9);
        let svg = two.drawn(PagePoint::ORIGIN);
        assert_eq!(svg.matches(&format!("x=\"{}\"", number(two.width() / 2.0))).count(), 2, "{svg}");
        assert!(svg.find(">B<") < svg.find("Tam Kỳ"));
    }

    #[test]
    fn name_of_the_sea_goes_north_along_the_coast_before_anywhere_else() {
        let shifts: Vec<PagePoint> = sea_shifts().collect();
        assert_eq!(shifts[..3], [0.0, -20.0, -40.0].map(|down| PagePoint::new(0.0, down)));
        assert!(shifts.iter().all(|shift| shift.x == 0.0 || shift.y <= -240.0));
    }

    #[test]
    fn turned_box_holds_what_it_held() {
        let wide = Rect { x: -20.0, y: -5.0, width: 40.0, height: 10.0 };
        let upright = turned(&wide, PagePoint::ORIGIN, 90.0);
        assert!((upright.width - 10.0).abs() < 1e-9 && (upright.height - 40.0).abs() < 1e-9);
        assert_eq!(turned(&wide, PagePoint::ORIGIN, 0.0), wide);
    }
}
