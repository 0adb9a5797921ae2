//! The sprite of a style: its hatchings and dots as one image and the index that says where each lies.
//!
//! In: the patterns of a style, as the page draws them. Out: JSON and PNG, plain and for fine screens. A pattern is one
//! square that repeats without a seam.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::export::map_image::{MapImageError, Pattern, PatternKind, number, patterns, png};

/// Pixels to a pixel of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpriteScale {
    /// Plain screens.
    One,
    /// Fine screens, `@2x`.
    Two,
}

impl SpriteScale {
    fn factor(self) -> u32 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

/// Where a pattern lies in the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SpriteEntry {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
    pixel_ratio: u32,
}

/// The index of the sprite of a style; none where there is no such style.
pub(crate) fn sprite_index(style: &str, scale: SpriteScale) -> Option<BTreeMap<String, SpriteEntry>> {
    let factor = scale.factor();
    let entry = |placed: Placed<'_>| {
        let side = placed.side_px * factor;
        let entry = SpriteEntry { x: placed.x_px * factor, y: 0, width: side, height: side, pixel_ratio: factor };
        (placed.name.to_owned(), entry)
    };
    Some(placed(patterns(style)?).map(entry).collect())
}

/// The image of the sprite of a style as PNG; none where there is no such style.
///
/// # Errors
/// When the drawing of the patterns cannot be read.
pub(crate) fn sprite_image(style: &str, scale: SpriteScale) -> Option<Result<Vec<u8>, MapImageError>> {
    Some(png(&sheet(patterns(style)?), scale.factor()))
}

/// A pattern and its place in the row of all.
struct Placed<'a> {
    name: &'a str,
    pattern: &'a Pattern,
    x_px: u32,
    side_px: u32,
}

/// The patterns one beside the other, a pixel apart.
fn placed(patterns: &BTreeMap<String, Pattern>) -> impl Iterator<Item = Placed<'_>> {
    patterns.iter().scan(0, |next, (name, pattern)| {
        // Squares of whole pixels repeat without a seam.
        let side_px = pattern.spacing_px.round().max(1.0) as u32;
        let x_px = *next;
        *next += side_px + 1;
        Some(Placed { name, pattern, x_px, side_px })
    })
}

fn sheet(patterns: &BTreeMap<String, Pattern>) -> String {
    let (mut squares, mut width, mut height) = (String::new(), 1, 1);
    for Placed { pattern, x_px, side_px, .. } in placed(patterns) {
        width = x_px + side_px;
        height = height.max(side_px);
        let mark = mark(pattern, f64::from(side_px));
        // Writing to a string cannot fail.
        let _ = write!(squares, "<svg x=\"{x_px}\" y=\"0\" width=\"{side_px}\" height=\"{side_px}\">{mark}</svg>");
    }
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">{squares}</svg>")
}

fn mark(pattern: &Pattern, side: f64) -> String {
    let ink = &pattern.ink;
    match pattern.kind {
        PatternKind::Dots => {
            let (middle, radius) = (number(side / 2.0), number(pattern.width_px / 2.0));
            format!("<circle cx=\"{middle}\" cy=\"{middle}\" r=\"{radius}\" fill=\"{ink}\"/>")
        }
        PatternKind::Hatch => {
            // Three parallels, so that the corners of the repeated square join up.
            let line = |shift: f64| {
                let (left, right) = (number(shift - side), number(shift + side * 2.0));
                format!("M{left} {}L{right} {}", number(side * 2.0), number(-side))
            };
            let lines: String = [-side, 0.0, side].map(line).concat();
            let width = number(pattern.width_px * 0.7);
            format!("<path d=\"{lines}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{width}\"/>")
        }
    }
}

#[cfg(test)]
mod tests {
    use resvg::tiny_skia::Pixmap;

    use super::*;

    #[test]
    fn index_and_image_fit_at_both_scales() {
        for scale in [SpriteScale::One, SpriteScale::Two] {
            let index = sprite_index("light", scale).unwrap();
            let image = Pixmap::decode_png(&sprite_image("light", scale).unwrap().unwrap()).unwrap();
            assert!(index.contains_key("hatch") && index.contains_key("dots"));
            for (name, entry) in &index {
                assert!(entry.x + entry.width <= image.width() && entry.height <= image.height(), "{name}");
                assert_eq!(entry.pixel_ratio, scale.factor());
            }
            let hatch = &index["hatch"];
            let inked = |x: u32, y: u32| image.pixel(hatch.x + x, y).is_some_and(|pixel| pixel.alpha() > 100);
            let middle = hatch.width / 2;
            assert!(inked(middle, middle) && !inked(1, 1), "lines run from corner to corner");
        }
    }

    #[test]
    fn squares_do_not_reach_into_each_other() {
        let index = sprite_index("print", SpriteScale::One).unwrap();
        let image = Pixmap::decode_png(&sprite_image("print", SpriteScale::One).unwrap().unwrap()).unwrap();
        for entry in index.values().filter(|entry| entry.x > 0) {
            assert!((0..image.height()).all(|y| image.pixel(entry.x - 1, y).is_some_and(|pixel| pixel.alpha() == 0)));
        }
    }

    #[test]
    fn style_that_there_is_none_of_has_no_sprite() {
        assert!(sprite_index("none", SpriteScale::One).is_none() && sprite_image("none", SpriteScale::Two).is_none());
    }
}
