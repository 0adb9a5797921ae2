//! Hatchings and fields of dots as SVG patterns, from what the style says of them.

use super::{Pattern, PatternKind};
use crate::export::map_image::drawing::svg::{escaped, number};

/// A pattern under a name, to be used as a paint.
pub(in crate::export::map_image) fn definition(id: &str, pattern: &Pattern) -> String {
    let (id, ink) = (escaped(id), escaped(&pattern.ink));
    // The spacing of a hatching is measured along the sides of the map, not across its lines.
    let spacing_px = match pattern.kind {
        PatternKind::Hatch => pattern.spacing_px * std::f64::consts::FRAC_1_SQRT_2,
        PatternKind::Dots => pattern.spacing_px,
    };
    let (side, middle) = (number(spacing_px), number(spacing_px / 2.0));
    let (turn, mark) = match pattern.kind {
        PatternKind::Hatch => {
            let width = number(pattern.width_px * 0.7);
            (
                " patternTransform=\"rotate(45)\"",
                format!("<path d=\"M{middle} 0V{side}\" stroke=\"{ink}\" stroke-width=\"{width}\"/>"),
            )
        }
        PatternKind::Dots => {
            let radius = number(pattern.width_px / 2.0);
            ("", format!("<circle cx=\"{middle}\" cy=\"{middle}\" r=\"{radius}\" fill=\"{ink}\"/>"))
        }
    };
    format!(
        "<pattern id=\"{id}\" width=\"{side}\" height=\"{side}\" patternUnits=\"userSpaceOnUse\"{turn}>{mark}</pattern>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatching_is_a_turned_line_and_dots_are_circles() {
        let pattern = |kind| Pattern { kind, ink: "#abc".to_owned(), spacing_px: 8.0, width_px: 2.0 };
        let hatch = definition("hatch", &pattern(PatternKind::Hatch));
        assert!(
            hatch.contains("rotate(45)") && hatch.contains("M2.83 0V5.66") && hatch.contains("stroke-width=\"1.4\"")
        );
        assert!(definition("dots", &pattern(PatternKind::Dots)).contains("r=\"1\" fill=\"#abc\""));
    }
}
