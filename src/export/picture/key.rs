//! The parts of a legend: a colour with what it means, a note, and how they stand one under the other.
//!
//! In: a [`Scene`], a width, attributes. Out: [`Piece`]s in the very colours that the map draws, each with its height.
//! What can be left out when room is short says so.

use super::error::PictureError;
use super::expression::{Geometry, Properties, Scope, Value};
use super::lettering::{Anchor, Letters, regular, semibold};
use super::page_inks::Inks;
use super::paint::Fill;
use super::scene::Scene;
use super::style::Kind;
use super::svg::{Rect, moved};
use crate::domain::text::Language;

/// The letters that grades have.
pub(super) const GRADES: [&str; 5] = ["A", "B", "C", "D", "E"];

const SWATCH: Rect = Rect { x: 0.0, y: 3.0, width: 26.0, height: 17.0 };
const ROW_PX: f64 = 23.0;
const TEXT_X: f64 = 35.0;
const TEXT: Letters = regular(13.5);
const NOTE: Letters = regular(12.5);
const NOTE_LINE_PX: f64 = 17.0;

/// Whether a piece of a legend must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// Without it the colours mean nothing.
    Needed,
    /// It says more exactly what is shown.
    Useful,
    /// It repeats in a figure what can be told from the rest.
    Dispensable,
}

/// Whether a piece of a legend may begin a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    Free,
    /// It says little without the piece before.
    ToFormer,
}

/// A part of a legend, drawn from the origin downwards.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) height: f64,
    pub(super) need: Need,
    pub(super) tie: Tie,
    pub(super) svg: String,
}

/// What a legend is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key<'s, 'a> {
    pub(super) scene: &'s Scene<'a>,
    pub(super) inks: &'s Inks,
    pub(super) width: f64,
    pub(super) zoom: f64,
}

impl Key<'_, '_> {
    /// The language of the legend.
    pub(super) fn language(&self) -> Language {
        self.scene.look.language
    }

    /// A few lines of smaller letters.
    pub(super) fn note(&self, text: &str, need: Need) -> Piece {
        let lines = NOTE.wrapped(text, self.width);
        let line = |(place, line): (usize, &String)| {
            NOTE.line(line, (0.0, 13.0 + place as f64 * NOTE_LINE_PX), (Anchor::Start, &self.inks.soft))
        };
        let svg = lines.iter().enumerate().map(line).collect();
        Piece { height: lines.len() as f64 * NOTE_LINE_PX + 5.0, need, tie: Tie::Free, svg }
    }

    /// A colour and what it means.
    pub(super) fn row(
        &self,
        properties: &Properties,
        letter: Option<&str>,
        words: &str,
    ) -> Result<Piece, PictureError> {
        let lines = TEXT.wrapped(words, self.width - TEXT_X);
        let mut svg = self.swatch(properties, letter)?;
        for (place, line) in lines.iter().enumerate() {
            let base = SWATCH.y + SWATCH.height / 2.0 + TEXT.drop_to_base() + place as f64 * NOTE_LINE_PX;
            svg += &TEXT.line(line, (TEXT_X, base), (Anchor::Start, &self.inks.ink));
        }
        let height = ROW_PX + lines.len().saturating_sub(1) as f64 * NOTE_LINE_PX;
        Ok(Piece { height, need: Need::Needed, tie: Tie::ToFormer, svg })
    }

    /// What the layers of the theme make of an area with these attributes.
    fn swatch(&self, properties: &Properties, letter: Option<&str>) -> Result<String, PictureError> {
        let mut svg = String::new();
        for fill in self.fills(properties)? {
            svg += &SWATCH.filled(&fill.attributes());
        }
        svg += &SWATCH.filled(&format!(" fill=\"none\" stroke=\"{}\" stroke-width=\"0.75\"", self.inks.line));
        if let Some(letter) = letter {
            let letters = semibold(12.5);
            let base = SWATCH.y + SWATCH.height / 2.0 + letters.drop_to_base();
            let ground = self.colour(properties)?.unwrap_or_default();
            svg += &letters.line(letter, (SWATCH.width / 2.0, base), (Anchor::Middle, self.inks.readable_on(&ground)));
        }
        Ok(svg)
    }

    /// How the layers of the theme fill an area with these attributes.
    pub(super) fn fills(&self, properties: &Properties) -> Result<Vec<Fill>, PictureError> {
        let scope = Scope::plain(self.zoom, Geometry::Polygon, properties);
        let layers = self.scene.layers.iter().filter(|layer| layer.kind == Kind::Fill && !layer.themes.is_empty());
        layers.filter_map(|layer| layer.fill(&scope).transpose()).collect()
    }

    /// The colour that an area with these attributes has on the map.
    pub(super) fn colour(&self, properties: &Properties) -> Result<Option<String>, PictureError> {
        let colours = self.fills(properties)?.into_iter().filter_map(|fill| match fill {
            Fill::Colour { colour, .. } => Some(colour),
            Fill::Pattern { .. } => None,
        });
        Ok(colours.fold(None, |_, colour| Some(colour)))
    }
}

/// Attributes by name.
pub(super) fn properties<const N: usize>(given: [(&str, Value); N]) -> Properties {
    given.map(|(name, value)| (name.to_owned(), value)).into()
}

/// A text as the value of an attribute.
pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// The pieces that fit into a height: the more dispensable go first, and of those the last.
pub(super) fn fitting(mut pieces: Vec<Piece>, height: f64) -> Vec<Piece> {
    while total(&pieces) > height {
        let weakest = pieces.iter().enumerate().max_by_key(|(place, piece)| (piece.need, *place));
        match weakest.map(|(place, piece)| (place, piece.need)) {
            Some((place, Need::Useful | Need::Dispensable)) => drop(pieces.remove(place)),
            _ => return Vec::new(),
        }
    }
    pieces
}

/// The height of some pieces.
pub(super) fn total(pieces: &[Piece]) -> f64 {
    pieces.iter().map(|piece| piece.height).sum()
}

/// Pieces one under the other.
pub(super) fn stacked(pieces: &[Piece], (x, mut y): (f64, f64)) -> String {
    let mut svg = String::new();
    for piece in pieces {
        svg += &moved(&piece.svg, (x, y));
        y += piece.height;
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_spared_goes_first_and_without_room_nothing_is_left() {
        let piece = |height, need| Piece { height, need, tie: Tie::Free, svg: String::new() };
        let all = vec![piece(10.0, Need::Useful), piece(20.0, Need::Needed), piece(30.0, Need::Dispensable)];
        let needs = |height| fitting(all.clone(), height).iter().map(|piece| piece.need).collect::<Vec<_>>();
        assert_eq!(needs(60.0).len(), 3);
        assert_eq!(needs(35.0), [Need::Useful, Need::Needed]);
        assert_eq!(needs(20.0), [Need::Needed]);
        assert!(needs(19.0).is_empty());
    }
}
