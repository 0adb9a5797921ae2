//! A map without a page: no title, no legend, no sources, in one or more styles over each other.
//!
//! In: images of the same areas in different styles. Out: one SVG with a group for each style, which shows far more than
//! the areas, so that it fills a place of any shape, and says where in the world it lies.

use std::fmt::Write as _;

use super::lettering::FAMILY;
use super::viewport::MapViewport;
use crate::export::map_image::drawing::map::Map;
use crate::export::map_image::drawing::svg::{Rect, number};
use crate::export::map_image::error::MapImageError;
use crate::export::map_image::scene::{MapImage, Scene};

/// How much of the size of the areas is drawn on each side of them, so that no edge is seen in a place of another shape.
const AROUND: f64 = 1.5;
/// What is seen until somebody knows better: the areas with room for what usually lies over a map, to the left, above, to
/// the right and below, in parts of their size.
const USUALLY_COVERED: [f64; 4] = [0.1, 0.05, 0.15, 0.5];

/// The images in one drawing, each in a group of the class that its style names. Ids begin with `prefix`, so that they
/// do not meet those of the document around.
pub(crate) fn bare_svg(images: &[MapImage<'_>], prefix: &str) -> Result<String, MapImageError> {
    let mut groups = String::new();
    let mut head = None;
    for image in images {
        let scene = Scene::of(image)?;
        let (width, height) = (f64::from(image.options.width_px), f64::from(image.options.height_px));
        let clear = Rect { x: 0.0, y: 0.0, width, height };
        let map = Rect {
            x: -AROUND * width,
            y: -AROUND * height,
            width: (1.0 + 2.0 * AROUND) * width,
            height: (1.0 + 2.0 * AROUND) * height,
        };
        let viewport = MapViewport::around(scene.edition.bounds(), &clear, map);
        let style = &image.options.style;
        let drawn = Map::new(&scene, viewport, &[], 1.0).drawn()?;
        let drawn = with_ids_after(&drawn, &format!("{prefix}-{style}-"));
        let _ = write!(groups, "<g class=\"{style}\">{drawn}</g>");
        head.get_or_insert_with(|| (clear, viewport.in_world()));
    }
    let (clear, [west, north, pixels]) = head.ok_or(MapImageError::NothingToDraw)?;
    // Where the map begins in the world; the origin of the drawing lies inside.
    let origin = [west + AROUND * clear.width / pixels, north + AROUND * clear.height / pixels];
    let [left, above, right, below] = USUALLY_COVERED;
    let seen = [
        -left * clear.width,
        -above * clear.height,
        (1.0 + left + right) * clear.width,
        (1.0 + above + below) * clear.height,
    ]
    .map(number)
    .join(" ");
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{seen}\" overflow=\"visible\" \
         font-family=\"{FAMILY}\" focusable=\"false\" data-west=\"{:.9}\" data-north=\"{:.9}\" data-world-px=\"{pixels:.3}\">\
         {groups}</svg>",
        origin[0], origin[1]
    ))
}

/// The same drawing with other ids.
fn with_ids_after(drawing: &str, prefix: &str) -> String {
    let before_ids = [" id=\"", "url(#", "href=\"#"];
    before_ids.iter().fold(drawing.to_owned(), |drawing, before| drawing.replace(before, &format!("{before}{prefix}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_what_names_them_change_together_and_words_stay() {
        let drawing = "<path id=\"a0\"/><use href=\"#a0\"/><g clip-path=\"url(#map)\"><text>id=&quot;a0</text></g>";
        let expected =
            "<path id=\"x-a0\"/><use href=\"#x-a0\"/><g clip-path=\"url(#x-map)\"><text>id=&quot;a0</text></g>";
        assert_eq!(with_ids_after(drawing, "x-"), expected);
    }
}
