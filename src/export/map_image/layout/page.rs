//! The page of an image: title, map, legend, sources, each in its place.
//!
//! In: a [`MapImage`]. Out: SVG text. Everything is laid out for a page of middle size and drawn larger or smaller with
//! the image, so that letters keep their share of it; below a size at which they could not be read they stay.

use super::far_islands;
use super::key::{ColumnBreak, LegendContext, LegendItem, fitting, stacked, total};
use super::legend::FanPlace;
use super::lettering::{Anchor, FAMILY, TextStyle, regular, semibold};
use super::viewport::MapViewport;
use crate::export::map_image::drawing::map::Map;
use crate::export::map_image::drawing::svg::{PagePoint, Rect, escaped, number};
use crate::export::map_image::error::MapImageError;
use crate::export::map_image::options::{Framing, Legend};
use crate::export::map_image::scene::{MapImage, Scene};
use crate::export::map_image::style::page_inks::PageColours;
use crate::tile::LonLatBounds;

/// The size for which the page is laid out, and how far it may be drawn smaller or larger.
const MIDDLE_PX: (f64, f64) = (1150.0, 720.0);
const LEAST_SCALE: f64 = 0.85;
const MOST_SCALE: f64 = 2.6;
/// From this width and shape on, the legend stands beside the areas.
const BESIDE_FROM_PX: f64 = 640.0;
const BESIDE_LEGEND_PX: f64 = 236.0;
/// From this height on, a legend may stand below the map.
const BELOW_FROM_PX: f64 = 420.0;
const COLUMN_PX: f64 = 230.0;
/// The most of the room that a legend takes below the map.
const MOST_BELOW: f64 = 0.36;
/// From this width on, the fan has room where the whole legend has none.
const FAN_FROM_PX: f64 = 400.0;
/// The column of the fan beside the map.
const FAN_COLUMN_PX: f64 = 190.0;
const FAN_PADDING_PX: f64 = 8.0;
/// A map that is smaller cannot be read.
const LEAST_MAP_PX: f64 = 130.0;
/// The zoom at which legends are drawn: about that of a whole edition on a page of middle size.
const LEGEND_ZOOM: f64 = 8.6;
/// The most of the width that marks take beside the title.
const MOST_BESIDE_TITLE: f64 = 0.4;
/// What marks above a title take besides their letters.
const MARK_LEADING_PX: f64 = 15.0;
/// Room in the frame of a mark, enough for the wider letters of a browser without our font.
const MARK_SLACK_PX: f64 = 26.0;
const CARD_PADDING_PX: f64 = 16.0;
const SOURCE_LEADING_PX: f64 = 15.5;
/// How much of an area's own size is seen around it.
const AROUND_SELECTED: f64 = 0.35;

/// The image as SVG.
pub(crate) fn svg(image: &MapImage<'_>) -> Result<String, MapImageError> {
    let scene = Scene::of(image)?;
    let inks = PageColours::of(&scene.options.style, scene.style)?;
    let (width_px, height_px) = (f64::from(scene.options.width_px), f64::from(scene.options.height_px));
    let scale = (width_px / MIDDLE_PX.0).min(height_px / MIDDLE_PX.1).clamp(LEAST_SCALE, MOST_SCALE);
    let page = PageDrawing { scene: &scene, inks: &inks, width: width_px / scale, height: height_px / scale, scale };
    page.drawn()
}

/// A page with its measures.
struct PageDrawing<'s, 'a> {
    scene: &'s Scene<'a>,
    inks: &'s PageColours,
    width: f64,
    height: f64,
    /// Pixels of the image to a pixel of the layout.
    scale: f64,
}

/// A drawn band of the page with its height.
struct Band {
    height: f64,
    svg: String,
}

/// Where the map and the legend stand.
struct PageLayout {
    map: Rect,
    /// The part of the map in which the areas are to lie.
    clear: Rect,
    legend: String,
    covered: Vec<Rect>,
}

impl<'a> PageDrawing<'_, 'a> {
    fn drawn(&self) -> Result<String, MapImageError> {
        let (head, foot) = (self.head(), self.foot());
        let room = Rect { x: 0.0, y: head.height, width: self.width, height: self.height - head.height - foot.height };
        let layout = self.layout(room)?;
        let viewport = MapViewport::around(self.bounds(), &layout.clear, layout.map);
        let dots = self.scale.max(1.0);
        let inset = match self.scene.options.framing {
            Framing::Selected => None,
            Framing::Edition => far_islands::place(self.scene, &viewport, &layout.covered),
        };
        let covered: Vec<Rect> = layout.covered.iter().copied().chain(inset.map(|inset| inset.widened(4.0))).collect();
        let mut map = Map::new(self.scene, viewport, &covered, dots).drawn()?;
        if let Some(inset) = inset {
            map += &far_islands::drawn(self.scene, self.inks, inset, dots)?;
        }
        let foot = format!("<g transform=\"translate(0 {})\">{}</g>", number(self.height - foot.height), foot.svg);
        Ok(self.framed(&[map, self.edges(&layout.map), layout.legend, head.svg, foot]))
    }

    /// The parts in one document.
    fn framed(&self, parts: &[String]) -> String {
        let [width, height] = [self.width, self.height].map(number);
        let (paper, title) = (&self.inks.paper, escaped(&self.scene.title()));
        let description = escaped(&self.scene.period());
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\" \
             font-family=\"{FAMILY}\" role=\"img\" lang=\"{}\"><title>{title}</title><desc>{description}</desc>\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>{}</svg>",
            self.scene.options.width_px,
            self.scene.options.height_px,
            self.scene.options.language_code(),
            parts.concat()
        )
    }

    fn is_small(&self) -> bool {
        self.width < BESIDE_FROM_PX || self.height < BELOW_FROM_PX
    }

    fn margin(&self) -> f64 {
        if self.is_small() { 14.0 } else { 24.0 }
    }

    /// Title, period and verdict, with the marks on the right.
    fn head(&self) -> Band {
        let (title, text) =
            if self.is_small() { (semibold(17.0), regular(13.0)) } else { (semibold(24.0), regular(14.5)) };
        let margin = self.margin();
        let (marks, marks_width) = self.marks(margin);
        let mut y = margin * 0.7;
        // Beside marks that take most of a narrow page, a title would stand in one long column.
        let marks_width = if marks_width > MOST_BESIDE_TITLE * self.width {
            y += 11.0 + MARK_LEADING_PX;
            0.0
        } else {
            marks_width
        };
        let mut svg = marks;
        let mut write = |letters: TextStyle, colour: &str, line: &str| {
            y += letters.size * 1.3;
            svg += &letters.line(line, PagePoint::new(margin, y - letters.size * 0.3), Anchor::Start, colour);
        };
        for line in title.wrapped(&self.scene.title(), self.width - 2.0 * margin - marks_width) {
            write(title, &self.inks.ink, &line);
        }
        let verdict = TextStyle { weight: title.weight, ..text };
        for line in self.scene.verdict().iter().flat_map(|said| verdict.wrapped(said, self.width - 2.0 * margin)) {
            write(verdict, &self.inks.ink, &line);
        }
        for line in text.wrapped(&self.scene.period(), self.width - 2.0 * margin) {
            write(text, &self.inks.soft, &line);
        }
        Band { height: y + margin * 0.5, svg }
    }

    /// The marks in their frames, from the right, and how much width they take.
    fn marks(&self, margin: f64) -> (String, f64) {
        let letters = semibold(if self.is_small() { 11.0 } else { 12.5 });
        let (mut svg, mut right) = (String::new(), self.width - margin);
        for mark in self.scene.marks().iter().rev() {
            let width = letters.width(mark) + MARK_SLACK_PX;
            let viewport = Rect { x: right - width, y: margin * 0.7, width, height: letters.size + 11.0 };
            svg += &viewport.filled(&format!(" rx=\"4\" fill=\"none\" stroke=\"{}\"", self.inks.soft));
            let base = viewport.y + viewport.height / 2.0 + letters.drop_to_base();
            let middle = viewport.x + width / 2.0;
            svg += &letters.line(mark, PagePoint::new(middle, base), Anchor::Middle, &self.inks.ink);
            right -= width + 8.0;
        }
        let used_px = self.width - margin - right;
        (svg, if used_px > 0.0 { used_px + 8.0 } else { 0.0 })
    }

    /// The sources.
    fn foot(&self) -> Band {
        let (letters, margin) = (regular(if self.is_small() { 10.5 } else { 12.0 }), self.margin());
        let lines = letters.wrapped(&self.scene.sources(), self.width - 2.0 * margin);
        let mut y = 4.0;
        let mut svg = String::new();
        for line in &lines {
            y += SOURCE_LEADING_PX;
            svg += &letters.line(line, PagePoint::new(margin, y), Anchor::Start, &self.inks.soft);
        }
        Band { height: y + 9.0, svg }
    }

    /// Hair lines above and below the map.
    fn edges(&self, map: &Rect) -> String {
        let [right, top, bottom] = [map.right(), map.y, map.bottom()].map(number);
        format!("<path d=\"M0 {top}H{right}M0 {bottom}H{right}\" stroke=\"{}\" stroke-width=\"1\"/>", self.inks.line)
    }

    /// The box of degrees that fills the map.
    fn bounds(&self) -> LonLatBounds {
        let area = self.scene.selected().filter(|_| self.scene.options.framing == Framing::Selected);
        let Some(area) = area else { return self.scene.edition.bounds() };
        let bounds = area.entry.bounds;
        let around = AROUND_SELECTED * (bounds.east - bounds.west).max(bounds.north - bounds.south);
        bounds.widened(around, around)
    }

    fn layout(&self, room: Rect) -> Result<PageLayout, MapImageError> {
        if self.scene.options.legend == Legend::Omitted {
            return Ok(self.without_legend(room));
        }
        let beside = (self.width >= BESIDE_FROM_PX).then(|| self.legend_beside(room)).transpose()?;
        let below = (self.height >= BELOW_FROM_PX).then(|| self.legend_below(room)).transpose()?;
        if let Some(layout) = self.legend_around_fan(room)? {
            return Ok(layout);
        }
        let zoom = |layout: &PageLayout| MapViewport::around(self.bounds(), &layout.clear, layout.map).zoom();
        Ok(match (beside.flatten(), below.flatten()) {
            (Some(beside), Some(below)) if zoom(&below) > zoom(&beside) => below,
            (Some(layout), _) | (None, Some(layout)) => layout,
            (None, None) => self.without_legend(room),
        })
    }

    fn without_legend(&self, room: Rect) -> PageLayout {
        PageLayout { map: room, clear: room.widened(-0.6 * self.margin()), legend: String::new(), covered: Vec::new() }
    }

    fn pieces(&self, width: f64) -> Result<Vec<LegendItem>, MapImageError> {
        self.legend_context(width).pieces()
    }

    fn legend_context(&self, width: f64) -> LegendContext<'_, 'a> {
        LegendContext { scene: self.scene, inks: self.inks, width, zoom: LEGEND_ZOOM }
    }

    /// The legend of a page that is too narrow for all of it: the fan stays, with what has no letter. None where all of
    /// the legend has room, where the theme has no fan, and where the map would be left with less than can be read.
    fn legend_around_fan(&self, room: Rect) -> Result<Option<PageLayout>, MapImageError> {
        let (columns, width) = self.columns();
        let whole = total(&self.pieces(width)?);
        let has_room = self.height >= BELOW_FROM_PX && whole <= columns * room.height * MOST_BELOW;
        if !(FAN_FROM_PX..BESIDE_FROM_PX).contains(&self.width) || has_room {
            return Ok(None);
        }
        let layouts = [self.fan_below(room)?, self.fan_beside(room)?].into_iter().flatten();
        let legible = layouts.filter(|layout| layout.clear.width.min(layout.clear.height) >= LEAST_MAP_PX);
        let zoom = |layout: &PageLayout| MapViewport::around(self.bounds(), &layout.clear, layout.map).zoom();
        Ok(legible.max_by(|a, b| zoom(a).total_cmp(&zoom(b))))
    }

    fn fan_below(&self, room: Rect) -> Result<Option<PageLayout>, MapImageError> {
        let margin = self.margin();
        let Some(pieces) = self.legend_context(self.width - 2.0 * margin).around_fan(FanPlace::Left)? else {
            return Ok(None);
        };
        let most = (room.height * MOST_BELOW).max(pieces.first().map_or(0.0, |fan| fan.height));
        let pieces = fitting(pieces, most);
        let map = Rect { height: room.height - total(&pieces) - 22.0, ..room };
        let legend = stacked(&pieces, PagePoint::new(margin, map.bottom() + 12.0));
        Ok(Some(PageLayout { map, clear: map.widened(-0.6 * margin), legend, covered: Vec::new() }))
    }

    fn fan_beside(&self, room: Rect) -> Result<Option<PageLayout>, MapImageError> {
        let margin = self.margin();
        let pieces = self.legend_context(FAN_COLUMN_PX).around_fan(FanPlace::Above)?;
        let pieces = fitting(pieces.unwrap_or_default(), room.height - 3.0 * FAN_PADDING_PX);
        if pieces.is_empty() {
            return Ok(None);
        }
        let (width, height) = (FAN_COLUMN_PX + 2.0 * FAN_PADDING_PX, total(&pieces) + 2.0 * FAN_PADDING_PX);
        let card =
            Rect { x: self.width - FAN_PADDING_PX - width, y: room.y + (room.height - height) / 2.0, width, height };
        let mut legend = card.filled(&format!(" rx=\"6\" fill=\"{}\" stroke=\"{}\"", self.inks.paper, self.inks.line));
        legend += &stacked(&pieces, PagePoint::new(card.x + FAN_PADDING_PX, card.y + FAN_PADDING_PX));
        let clear = Rect { width: card.x - room.x, ..room }.widened(-0.6 * margin);
        Ok(Some(PageLayout { map: room, clear, legend, covered: vec![card.widened(4.0)] }))
    }

    /// How many columns a legend below the map has, and how wide each is.
    fn columns(&self) -> (f64, f64) {
        let room = self.width - 2.0 * self.margin();
        let columns = (room / COLUMN_PX).floor().max(1.0);
        (columns, (room - (columns - 1.0) * 20.0) / columns)
    }

    /// The legend as a card on the sea, to the right of the areas; none where it has no room.
    fn legend_beside(&self, room: Rect) -> Result<Option<PageLayout>, MapImageError> {
        let margin = self.margin();
        let pieces = fitting(self.pieces(BESIDE_LEGEND_PX)?, room.height - 2.0 * (CARD_PADDING_PX + 12.0));
        if pieces.is_empty() {
            return Ok(None);
        }
        let (width, height) = (BESIDE_LEGEND_PX + 2.0 * CARD_PADDING_PX, total(&pieces) + 2.0 * CARD_PADDING_PX);
        let card = Rect { x: self.width - margin - width, y: room.y + (room.height - height) / 2.0, width, height };
        let mut legend = card.filled(&format!(" rx=\"6\" fill=\"{}\" stroke=\"{}\"", self.inks.paper, self.inks.line));
        legend += &stacked(&pieces, PagePoint::new(card.x + CARD_PADDING_PX, card.y + CARD_PADDING_PX));
        let clear = Rect { width: card.x - room.x, ..room }.widened(-margin);
        Ok(Some(PageLayout { map: room, clear, legend, covered: vec![card.widened(4.0)] }))
    }

    /// The legend in columns below the map; none where it has no room.
    fn legend_below(&self, room: Rect) -> Result<Option<PageLayout>, MapImageError> {
        let margin = self.margin();
        let (columns, width) = self.columns();
        let pieces = fitting(self.pieces(width)?, columns * room.height * MOST_BELOW);
        if pieces.is_empty() {
            return Ok(None);
        }
        let columns = in_columns(pieces, columns as usize);
        let height = columns.iter().map(|column| total(column)).fold(0.0, f64::max) + 22.0;
        let map = Rect { height: room.height - height, ..room };
        let top_left = |index: usize| PagePoint::new(margin + index as f64 * (width + 20.0), map.bottom() + 12.0);
        let drawn = columns.iter().enumerate().map(|(index, column)| stacked(column, top_left(index)));
        Ok(Some(PageLayout { map, clear: map.widened(-0.6 * margin), legend: drawn.collect(), covered: Vec::new() }))
    }
}

/// Pieces in columns of about the same height, in their order; what is tied together stays so.
fn in_columns(pieces: Vec<LegendItem>, columns: usize) -> Vec<Vec<LegendItem>> {
    let goal = total(&pieces) / columns as f64;
    let mut bundles: Vec<Vec<LegendItem>> = Vec::new();
    for piece in pieces {
        match bundles.last_mut() {
            Some(bundle) if piece.tie == ColumnBreak::ToFormer => bundle.push(piece),
            _ => bundles.push(vec![piece]),
        }
    }
    let mut filled: Vec<Vec<LegendItem>> = vec![Vec::new()];
    for bundle in bundles {
        let count = filled.len();
        match filled.last_mut() {
            Some(column) if column.is_empty() || count == columns || total(column) + total(&bundle) / 2.0 <= goal => {
                column.extend(bundle);
            }
            _ => filled.push(bundle),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::map_image::layout::key::LegendPriority;

    #[test]
    fn columns_keep_the_order_and_share_the_height() {
        let piece = |(height, tie)| LegendItem { height, need: LegendPriority::Needed, tie, svg: String::new() };
        let heights = |pieces: Vec<(f64, ColumnBreak)>, columns| -> Vec<Vec<f64>> {
            let columns = in_columns(pieces.into_iter().map(piece).collect(), columns);
            columns.iter().map(|column| column.iter().map(|piece| piece.height).collect()).collect()
        };
        let free = [10.0, 11.0, 12.0, 13.0].map(|height| (height, ColumnBreak::Free));
        assert_eq!(heights(free.into(), 2), [vec![10.0, 11.0], vec![12.0, 13.0]]);
        let tied = vec![
            (10.0, ColumnBreak::Free),
            (11.0, ColumnBreak::ToFormer),
            (12.0, ColumnBreak::ToFormer),
            (13.0, ColumnBreak::Free),
        ];
        assert_eq!(heights(tied, 2), [vec![10.0, 11.0, 12.0], vec![13.0]]);
        assert_eq!(heights(Vec::new(), 3), [Vec::<f64>::new()]);
    }
}
