//! A map as an insert in a page that says all around it: no title, no sources, in the very colours of the images.
//!
//! In: a [`MapImage`]. Out: SVG fragments in the units of the page, and the words that images carry. Letters and lines
//! are drawn smaller than in an image, by one scale for all inserts of a page.

use std::fmt::Write as _;

use super::drawing::map::Map;
use super::drawing::path::{Ends, outline};
use super::drawing::svg::{PagePoint, Rect, number};
use super::error::MapImageError;
use super::layout::key::{LegendContext, LegendItem, LegendPriority, properties, stacked, text, total};
use super::layout::viewport::MapViewport;
use super::legend_texts;
use super::options::Framing;
use super::scene::{MapImage, Scene};
use super::style::expression::{ExpressionValue, Properties};
use super::style::page_inks::PageColours;
use super::style::paint::Fill;
use super::style::{pattern, steps};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::rules::grade_bands::GradeBands;
use crate::tile::LonLatBounds;

/// Units of the page to a pixel of an image: 12.5 px become a little less than nine points.
const SCALE: f64 = 0.7;
/// How much of an area's own size is seen around it; more around an island, until another area is seen.
const AROUND: f64 = 0.7;
const WIDER: f64 = 1.5;
const MOST_AROUND: f64 = 40.0;
/// Room for the name of the selected area, where no other name stands.
const OWN_NAME_PX: PagePoint = PagePoint::new(48.0, 26.0);
/// The paper has half a point for a vertex: the grid of a zoom less is fine enough.
const DOTS_PER_PIXEL: f64 = 0.5;
/// The zoom at which legends are drawn.
const LEGEND_ZOOM: f64 = 8.6;
/// An area that is smaller than this on a locator gets a ring around it.
const RINGED_BELOW: f64 = 11.0;
const RING_RADIUS: f64 = 8.0;

/// A map with what it is drawn from.
#[derive(Debug)]
pub(in crate::export) struct MapInsert<'a> {
    scene: Scene<'a>,
    inks: PageColours,
}

/// How an area is filled on the map.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) struct Swatch {
    /// What the fills refer to.
    pub(in crate::export) definitions: String,
    /// The attributes of each fill, the lowest first.
    pub(in crate::export) fills: Vec<String>,
    /// The colour of letters on it.
    pub(in crate::export) ink: String,
}

/// A legend with the height that it takes.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) struct DrawnLegend {
    pub(in crate::export) svg: String,
    pub(in crate::export) height: f64,
}

impl<'a> MapInsert<'a> {
    /// The map of an image.
    pub(in crate::export) fn of(image: &MapImage<'a>) -> Result<Self, MapImageError> {
        let scene = Scene::of(image)?;
        let inks = PageColours::of(&scene.options.style, scene.style)?;
        Ok(Self { scene, inks })
    }

    /// Ink for what is to be read first.
    pub(in crate::export) fn ink(&self) -> &str {
        &self.inks.ink
    }

    /// Ink for what is less important.
    pub(in crate::export) fn soft(&self) -> &str {
        &self.inks.soft
    }

    /// The ground of the page.
    pub(in crate::export) fn paper(&self) -> &str {
        &self.inks.paper
    }

    /// Hair lines.
    pub(in crate::export) fn hair(&self) -> &str {
        &self.inks.line
    }

    /// What is shown, and where.
    pub(in crate::export) fn title(&self) -> String {
        self.scene.title()
    }

    /// Which days, how many areas, what else was selected.
    pub(in crate::export) fn period(&self) -> String {
        self.scene.period()
    }

    /// What must be seen at once.
    pub(in crate::export) fn marks(&self) -> Vec<String> {
        self.scene.marks()
    }

    /// Where the numbers and the lines come from.
    pub(in crate::export) fn sources(&self) -> String {
        self.scene.sources()
    }

    /// The name of the whole edition: that of its province; empty where it has none.
    pub(in crate::export) fn whole(&self) -> &'a str {
        let province = self.scene.level(Level::Province).and_then(|level| level.areas().next());
        province.map_or("", |(_, province)| province.name)
    }

    /// The bands of the letters.
    pub(in crate::export) fn bands(&self) -> GradeBands {
        self.scene.basis.scheme.grade.bands
    }

    /// Reliabilities at which the colours change, the least first.
    pub(in crate::export) fn reliability_steps(&self) -> Vec<f64> {
        let grade = self.scene.style.fill_layer("grade");
        grade.map(|layer| steps::bounds(&layer.paint["fill-color"])).unwrap_or_default()
    }

    /// The map in a box of the page.
    pub(in crate::export) fn map(&self, room: Rect) -> Result<String, MapImageError> {
        let own = Rect { x: 0.0, y: 0.0, width: room.width / SCALE, height: room.height / SCALE };
        let viewport = MapViewport::around(self.bounds(), &own.widened(-6.0), own);
        let covered: Vec<Rect> =
            self.scene.selected().map(|area| around(viewport.place(area.entry.label))).into_iter().collect();
        let map = Map::new(&self.scene, viewport, &covered, DOTS_PER_PIXEL).drawn()?;
        let [x, y, scale] = [room.x, room.y, SCALE].map(number);
        let frame = room.filled(&format!(" fill=\"none\" stroke=\"{}\" stroke-width=\"0.5\"", self.inks.line));
        Ok(format!("<g transform=\"translate({x} {y}) scale({scale})\">{map}</g>{frame}"))
    }

    fn bounds(&self) -> LonLatBounds {
        let area = self.scene.selected().filter(|_| self.scene.options.framing == Framing::Selected);
        let Some(area) = area else { return self.scene.edition.bounds() };
        let bounds = area.entry.bounds;
        let size = (bounds.east - bounds.west).max(bounds.north - bounds.south);
        let mut share = AROUND;
        let mut seen = bounds.widened(share * size, share * size);
        while share < MOST_AROUND && !self.sees_others(seen) {
            share *= WIDER;
            seen = bounds.widened(share * size, share * size);
        }
        seen
    }

    /// Whether an area beside the selected one lies in a box.
    fn sees_others(&self, seen: LonLatBounds) -> bool {
        let mut others = self.scene.areas.iter().filter(|area| !area.is_selected).map(|area| area.entry.label);
        let is_alone = self.scene.areas.len() < 2;
        is_alone
            || others.any(|label| {
                (seen.west..seen.east).contains(&label.lon) && (seen.south..seen.north).contains(&label.lat)
            })
    }

    /// Where the selected area lies in the edition, in a box of the page.
    pub(in crate::export) fn locator(&self, room: Rect) -> String {
        let viewport = MapViewport::around(self.scene.edition.bounds(), &room.widened(-4.0), room);
        let mut svg = String::new();
        let Some(level) = self.scene.level(self.scene.basis.level) else { return svg };
        let z = (viewport.zoom() + 1.0).ceil().clamp(0.0, 16.0) as u8;
        let shape = |area_index: AreaIndex| -> String {
            let rings = level.rings(area_index, z);
            rings.map(|ring| outline(&points(&viewport, z, ring), &room, Ends::Joined)).collect()
        };
        let land: String = level.areas().map(|(area_index, _)| shape(area_index)).collect();
        let (ink, line, paper) = (&self.inks.ink, &self.inks.line, &self.inks.paper);
        let _ = write!(
            svg,
            "<path d=\"{land}\" fill=\"{line}\" fill-opacity=\"0.45\" stroke=\"{paper}\" stroke-width=\"0.5\"/>"
        );
        if let Some(selected) = self.scene.options.selected {
            let _ = write!(svg, "<path d=\"{}\" fill=\"{ink}\"/>", shape(selected));
        }
        svg + &self.ring(&viewport)
    }

    /// The ring around an area too small to be found; nothing where it is not.
    fn ring(&self, viewport: &MapViewport) -> String {
        let Some(area) = self.scene.selected() else { return String::new() };
        let (first, last) =
            (viewport.place(area.entry.bounds.north_west()), viewport.place(area.entry.bounds.south_east()));
        if (last.x - first.x).max(last.y - first.y) >= RINGED_BELOW {
            return String::new();
        }
        let [x, y] = [f64::midpoint(first.x, last.x), f64::midpoint(first.y, last.y)].map(number);
        let (radius, ink) = (number(RING_RADIUS), &self.inks.ink);
        format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"1\"/>")
    }

    /// How an area of the level is filled on the map.
    pub(in crate::export) fn swatch(&self, area: AreaIndex) -> Result<Swatch, MapImageError> {
        let none = Properties::new();
        let properties = self.scene.areas.get(area.index()).map_or(&none, |area| &area.properties);
        let context = self.legend_context(0.0);
        let definitions = self.scene.style.patterns.iter().map(|(id, drawn)| pattern::definition(id, drawn)).collect();
        let fills = context.fills(properties)?;
        let ground = fills.iter().rev().find_map(|fill| match fill {
            Fill::Colour { colour, .. } => Some(colour.as_str()),
            Fill::Pattern { .. } => None,
        });
        let ink = self.inks.readable_on(ground.unwrap_or(&self.inks.paper)).to_owned();
        Ok(Swatch { definitions, fills: fills.iter().map(Fill::attributes).collect(), ink })
    }

    /// How the band of a letter is filled on the map where the data are reliable.
    pub(in crate::export) fn letter_fills(&self, letter: &str) -> Result<Vec<String>, MapImageError> {
        let sure = properties([("grade", text(letter)), ("reliability", ExpressionValue::Number(1.0))]);
        Ok(self.legend_context(0.0).fills(&sure)?.iter().map(Fill::attributes).collect())
    }

    /// The ink that can be read on the band of a letter.
    pub(in crate::export) fn readable_on_letter(&self, letter: &str) -> Result<String, MapImageError> {
        let sure = properties([("grade", text(letter)), ("reliability", ExpressionValue::Number(1.0))]);
        let ground = self.legend_context(0.0).colour(&sure)?;
        Ok(self.inks.readable_on(ground.as_deref().unwrap_or(&self.inks.paper)).to_owned())
    }

    /// The grade of an area in words: "C (B–D)", its range alone, or why there is none.
    pub(in crate::export) fn grade_text(&self, area: AreaIndex) -> String {
        let Some(found) = self.scene.areas.get(area.index()) else { return String::new() };
        let word = |name: &str| match found.properties.get(name) {
            Some(ExpressionValue::Text(word)) => Some(word.as_str()),
            _ => None,
        };
        let language = self.scene.options.language;
        let ends = word("grade_best").zip(word("grade_worst")).filter(|(best, worst)| best != worst);
        let ends = ends.map(|(best, worst)| format!("{best}–{worst}"));
        match (word("grade").unwrap_or_default(), ends) {
            ("range", Some(ends)) => ends,
            ("none", _) => legend_texts::without_grade(found.withheld).in_language(language),
            (code, ends) => match (legend_texts::code("grade", code), ends) {
                (Some(said), _) => said.in_language(language),
                (None, Some(ends)) => format!("{code} ({ends})"),
                (None, None) => code.to_owned(),
            },
        }
    }

    fn legend_context(&self, width: f64) -> LegendContext<'_, 'a> {
        LegendContext { scene: &self.scene, inks: &self.inks, width, zoom: LEGEND_ZOOM }
    }

    /// The legend in so many columns below a point of the page, with its height.
    pub(in crate::export) fn legend(&self, room: Rect, columns: usize) -> Result<DrawnLegend, MapImageError> {
        let (gap, columns) = (14.0 / SCALE, columns.max(1));
        let width = (room.width / SCALE - gap * (columns - 1) as f64) / columns as f64;
        let pieces: Vec<LegendItem> = self
            .legend_context(width)
            .pieces()?
            .into_iter()
            .filter(|piece| piece.need != LegendPriority::Dispensable)
            .collect();
        let goal = total(&pieces) / columns as f64;
        let (mut svg, mut deepest, mut filled) = (String::new(), 0.0_f64, Vec::new());
        let mut column = 0;
        for piece in pieces {
            if column + 1 < columns && !filled.is_empty() && total(&filled) + piece.height / 2.0 > goal {
                svg += &stacked(&filled, PagePoint::new(column as f64 * (width + gap), 0.0));
                deepest = deepest.max(total(&filled));
                filled.clear();
                column += 1;
            }
            filled.push(piece);
        }
        svg += &stacked(&filled, PagePoint::new(column as f64 * (width + gap), 0.0));
        deepest = deepest.max(total(&filled));
        let definitions: String =
            self.scene.style.patterns.iter().map(|(id, drawn)| pattern::definition(id, drawn)).collect();
        let [x, y, scale] = [room.x, room.y, SCALE].map(number);
        let svg = format!("<defs>{definitions}</defs><g transform=\"translate({x} {y}) scale({scale})\">{svg}</g>");
        Ok(DrawnLegend { svg, height: deepest * SCALE })
    }
}

/// The box around the place of a name.
fn around(middle: PagePoint) -> Rect {
    let PagePoint { x, y } = OWN_NAME_PX;
    Rect { x: middle.x - x, y: middle.y - y, width: 2.0 * x, height: 2.0 * y }
}

fn points(viewport: &MapViewport, z: u8, ring: &[crate::tile::GridPoint]) -> Vec<PagePoint> {
    ring.iter().map(|point| viewport.on_grid(z, *point)).collect()
}
