//! The parts of a legend: a colour with what it means, a note, and how they stand one under the other.
//!
//! In: a [`Scene`], a width, attributes. Out: [`LegendItem`]s in the very colours that the map draws, each with its
//! height. What can be left out when room is short says so.

use super::lettering::{Anchor, TextStyle, regular, semibold};
use crate::domain::text::Language;
use crate::export::map_image::drawing::svg::{PagePoint, Rect, moved};
use crate::export::map_image::error::MapImageError;
use crate::export::map_image::scene::Scene;
use crate::export::map_image::style::LayerKind;
use crate::export::map_image::style::expression::{ExpressionContext, ExpressionValue, Geometry, Properties};
use crate::export::map_image::style::page_inks::PageColours;
use crate::export::map_image::style::paint::Fill;

/// The letters that grades have.
pub(in crate::export::map_image) const GRADES: [&str; 5] = ["A", "B", "C", "D", "E"];

const SWATCH: Rect = Rect { x: 0.0, y: 3.0, width: 26.0, height: 17.0 };
const ROW_PX: f64 = 23.0;
const TEXT_X: f64 = 35.0;
const TEXT: TextStyle = regular(13.5);
const NOTE: TextStyle = regular(12.5);
const NOTE_LINE_PX: f64 = 17.0;

/// Whether a piece of a legend must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::export::map_image) enum LegendPriority {
    /// Without it the colours mean nothing.
    Needed,
    /// It says more exactly what is shown.
    Useful,
    /// It repeats in a figure what follows from the rest.
    Dispensable,
}

/// Whether a piece of a legend may begin a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export::map_image) enum ColumnBreak {
    Free,
    /// It says little without the piece before.
    ToFormer,
}

/// A part of a legend, drawn from the origin downwards.
#[derive(Debug, Clone)]
pub(in crate::export::map_image) struct LegendItem {
    pub(in crate::export::map_image) height: f64,
    pub(in crate::export::map_image) need: LegendPriority,
    pub(in crate::export::map_image) tie: ColumnBreak,
    pub(in crate::export::map_image) svg: String,
}

/// What a legend is made from.
#[derive(Debug, Clone, Copy)]
pub(in crate::export::map_image) struct LegendContext<'s, 'a> {
    pub(in crate::export::map_image) scene: &'s Scene<'a>,
    pub(in crate::export::map_image) inks: &'s PageColours,
    pub(in crate::export::map_image) width: f64,
    pub(in crate::export::map_image) zoom: f64,
}

impl LegendContext<'_, '_> {
    /// The language of the legend.
    pub(in crate::export::map_image) fn language(&self) -> Language {
        self.scene.options.language
    }

    /// A few lines of smaller letters.
    pub(in crate::export::map_image) fn note(&self, text: &str, need: LegendPriority) -> LegendItem {
        let lines = NOTE.wrapped(text, self.width);
        let line = |(index, line): (usize, &String)| {
            let base = PagePoint::new(0.0, 13.0 + index as f64 * NOTE_LINE_PX);
            NOTE.line(line, base, Anchor::Start, &self.inks.soft)
        };
        let svg = lines.iter().enumerate().map(line).collect();
        LegendItem { height: lines.len() as f64 * NOTE_LINE_PX + 5.0, need, tie: ColumnBreak::Free, svg }
    }

    /// A colour and what it means.
    pub(in crate::export::map_image) fn row(
        &self,
        properties: &Properties,
        letter: Option<&str>,
        texts: &str,
    ) -> Result<LegendItem, MapImageError> {
        let lines = TEXT.wrapped(texts, self.width - TEXT_X);
        let mut svg = self.swatch(properties, letter)?;
        for (index, line) in lines.iter().enumerate() {
            let base = SWATCH.y + SWATCH.height / 2.0 + TEXT.drop_to_base() + index as f64 * NOTE_LINE_PX;
            svg += &TEXT.line(line, PagePoint::new(TEXT_X, base), Anchor::Start, &self.inks.ink);
        }
        let height = ROW_PX + lines.len().saturating_sub(1) as f64 * NOTE_LINE_PX;
        Ok(LegendItem { height, need: LegendPriority::Needed, tie: ColumnBreak::ToFormer, svg })
    }

    /// What the layers of the theme make of an area with these attributes.
    fn swatch(&self, properties: &Properties, letter: Option<&str>) -> Result<String, MapImageError> {
        let mut svg = String::new();
        for fill in self.fills(properties)? {
            svg += &SWATCH.filled(&fill.attributes());
        }
        svg += &SWATCH.filled(&format!(" fill=\"none\" stroke=\"{}\" stroke-width=\"0.75\"", self.inks.line));
        if let Some(letter) = letter {
            let letters = semibold(12.5);
            let base = PagePoint::new(SWATCH.width / 2.0, SWATCH.y + SWATCH.height / 2.0 + letters.drop_to_base());
            let ground = self.colour(properties)?.unwrap_or_default();
            svg += &letters.line(letter, base, Anchor::Middle, self.inks.readable_on(&ground));
        }
        Ok(svg)
    }

    /// How the layers of the theme fill an area with these attributes.
    pub(in crate::export::map_image) fn fills(&self, properties: &Properties) -> Result<Vec<Fill>, MapImageError> {
        let scope = ExpressionContext::plain(self.zoom, Geometry::Polygon, properties);
        let layers = self.scene.layers.iter().filter(|layer| layer.kind == LayerKind::Fill && !layer.themes.is_empty());
        layers.filter_map(|layer| layer.fill(&scope).transpose()).collect()
    }

    /// The colour that an area with these attributes has on the map.
    pub(in crate::export::map_image) fn colour(
        &self,
        properties: &Properties,
    ) -> Result<Option<String>, MapImageError> {
        let colours = self.fills(properties)?.into_iter().filter_map(|fill| match fill {
            Fill::Colour { colour, .. } => Some(colour),
            Fill::Pattern { .. } => None,
        });
        Ok(colours.fold(None, |_, colour| Some(colour)))
    }
}

/// Attributes by name.
pub(in crate::export::map_image) fn properties<const N: usize>(given: [(&str, ExpressionValue); N]) -> Properties {
    given.map(|(name, value)| (name.to_owned(), value)).into()
}

/// A text as the value of an attribute.
pub(in crate::export::map_image) fn text(text: &str) -> ExpressionValue {
    ExpressionValue::Text(text.to_owned())
}

/// The pieces that fit into a height: the more dispensable go first, and of those the last.
pub(in crate::export::map_image) fn fitting(mut pieces: Vec<LegendItem>, height: f64) -> Vec<LegendItem> {
    while total(&pieces) > height {
        let weakest = pieces.iter().enumerate().max_by_key(|(index, piece)| (piece.need, *index));
        match weakest.map(|(index, piece)| (index, piece.need)) {
            Some((index, LegendPriority::Useful | LegendPriority::Dispensable)) => drop(pieces.remove(index)),
            _ => return Vec::new(),
        }
    }
    pieces
}

/// The height of some pieces.
pub(in crate::export::map_image) fn total(pieces: &[LegendItem]) -> f64 {
    pieces.iter().map(|piece| piece.height).sum()
}

/// Pieces one under the other.
pub(in crate::export::map_image) fn stacked(pieces: &[LegendItem], top_left: PagePoint) -> String {
    let (mut svg, mut at) = (String::new(), top_left);
    for piece in pieces {
        svg += &moved(&piece.svg, at);
        at.y += piece.height;
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_spared_goes_first_and_without_room_nothing_is_left() {
        let piece = |height, need| LegendItem { height, need, tie: ColumnBreak::Free, svg: String::new() };
        let all = vec![
            piece(10.0, LegendPriority::Useful),
            piece(20.0, LegendPriority::Needed),
            piece(30.0, LegendPriority::Dispensable),
        ];
        let needs = |height| fitting(all.clone(), height).iter().map(|piece| piece.need).collect::<Vec<_>>();
        assert_eq!(needs(60.0).len(), 3);
        assert_eq!(needs(35.0), [LegendPriority::Useful, LegendPriority::Needed]);
        assert_eq!(needs(20.0), [LegendPriority::Needed]);
        assert!(needs(19.0).is_empty());
    }
}
