//! The figures of legends: the fan of grades and reliability, the circles of counts.
//!
//! # Reference
//! M. Correll, D. Moritz, J. Heer, "ExpressionValue-Suppressing Uncertainty Palettes", CHI 2018.

use super::drawing::decimals::value_text;
use super::drawing::map::circle;
use super::drawing::svg::{PagePoint, escaped, number};
use super::error::MapImageError;
use super::layout::key::{
    ColumnBreak, GRADES, LegendContext, LegendItem, LegendPriority, properties, stacked, text, total,
};
use super::layout::lettering::{Anchor, regular, semibold};
use super::legend_texts;
use super::style::Layer;
use super::style::classes::rounded;
use super::style::expression::{ExpressionContext, ExpressionValue, Geometry};

/// The angle of the whole fan, in radians.
const SPREAD: f64 = 1.72;
const INNER_PX: f64 = 24.0;
const OUTER_PX: f64 = 88.0;
/// The middle of the circles that bound the fan.
const CENTRE: PagePoint = PagePoint::new(72.0, 92.0);
/// What the fan takes of a line, with the room to what stands beside it.
pub(super) const FAN_WIDTH_PX: f64 = 156.0;
/// Shares of the greatest count for which a circle is drawn.
const CIRCLES: [f64; 3] = [1.0 / 25.0, 1.0 / 4.0, 1.0];

/// The fan: grades across, reliability outwards; none where the style does not grey.
pub(super) fn fan(key: &LegendContext<'_, '_>, bounds: &[f64]) -> Result<Vec<LegendItem>, MapImageError> {
    if bounds.is_empty() {
        return Ok(Vec::new());
    }
    let rings = bounds.len() + 1;
    let radius = |ring: usize| INNER_PX + (OUTER_PX - INNER_PX) * ring as f64 / rings as f64;
    let angle = |place: f64| SPREAD * (place / GRADES.len() as f64 - 0.5);
    let mut svg = String::new();
    for (ring, reliability) in std::iter::once(&0.0).chain(bounds).enumerate() {
        for (place, grade) in GRADES.iter().enumerate() {
            let colour = key.colour(&properties([
                ("grade", text(grade)),
                ("reliability", ExpressionValue::Number(*reliability)),
            ]))?;
            let slice = FanSlice {
                radii: [radius(ring), radius(ring + 1)],
                angles: [angle(place as f64), angle(place as f64 + 1.0)],
            };
            let colour = colour.unwrap_or_default();
            svg += &slice.path(&colour, &key.inks.paper);
            if ring + 1 == rings {
                let letters = semibold(12.0);
                let middle = slice.middle();
                let base = PagePoint::new(middle.x, middle.y + letters.drop_to_base());
                svg += &letters.line(grade, base, Anchor::Middle, key.inks.readable_on(&colour));
            }
        }
    }
    let figure = LegendItem { height: 84.0, need: LegendPriority::Dispensable, tie: ColumnBreak::Free, svg };
    let note = key.note(&legend_texts::GREYER.in_language(key.scene.options.language), LegendPriority::Dispensable);
    Ok(vec![figure, LegendItem { tie: ColumnBreak::ToFormer, ..note }])
}

/// The fan with some pieces to its right, as one piece that must stand.
pub(super) fn beside_fan(figure: &LegendItem, pieces: &[LegendItem]) -> LegendItem {
    let svg = format!("{}{}", figure.svg, stacked(pieces, PagePoint::new(FAN_WIDTH_PX, 0.0)));
    let height = figure.height.max(total(pieces));
    LegendItem { height, need: LegendPriority::Needed, tie: ColumnBreak::Free, svg }
}

fn on_fan(radius: f64, angle: f64) -> PagePoint {
    PagePoint::new(CENTRE.x + radius * angle.sin(), CENTRE.y - radius * angle.cos())
}

/// One grade at one reliability: a piece of the fan between two circles and two rays.
struct FanSlice {
    /// The inner and the outer circle.
    radii: [f64; 2],
    /// The left and the right ray, in radians from upright.
    angles: [f64; 2],
}

impl FanSlice {
    fn middle(&self) -> PagePoint {
        on_fan(f64::midpoint(self.radii[0], self.radii[1]), f64::midpoint(self.angles[0], self.angles[1]))
    }

    fn path(&self, fill: &str, stroke: &str) -> String {
        let ([inner, outer], [left, right]) = (self.radii, self.angles);
        let at = |radius: f64, angle: f64| {
            let PagePoint { x, y } = on_fan(radius, angle);
            format!("{} {}", number(x), number(y))
        };
        let (near, far) = (number(inner), number(outer));
        format!(
            "<path d=\"M{}A{near} {near} 0 0 1 {}L{}A{far} {far} 0 0 0 {}Z\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1\"/>",
            at(inner, left),
            at(inner, right),
            at(outer, right),
            at(outer, left),
            escaped(fill),
            escaped(stroke)
        )
    }
}

/// Circles of a few sizes with their counts; none where nothing is counted.
pub(super) fn circles(key: &LegendContext<'_, '_>, layer: &Layer) -> Result<Option<LegendItem>, MapImageError> {
    let count = |area: &super::scene::SceneArea<'_>| match area.properties.get("incidents") {
        Some(ExpressionValue::Number(count)) => *count,
        _ => 0.0,
    };
    let most = key.scene.areas.iter().map(count).fold(0.0, f64::max);
    let mut counts: Vec<f64> =
        CIRCLES.iter().map(|share| rounded(most * share)).filter(|count| *count >= 1.0).collect();
    counts.dedup();
    if counts.is_empty() {
        return Ok(None);
    }
    let mut radii = Vec::new();
    for count in &counts {
        let given = properties([("incidents", ExpressionValue::Number(*count))]);
        let scope = ExpressionContext::plain(key.zoom, Geometry::Point, &given);
        radii.push(layer.number("circle-radius", &scope, 5.0)?);
    }
    let deepest = radii.iter().copied().fold(8.0, f64::max);
    let (mut x, mut svg) = (0.0, String::new());
    for (count, radius) in counts.iter().zip(&radii) {
        let given = properties([("incidents", ExpressionValue::Number(*count))]);
        let scope = ExpressionContext::plain(key.zoom, Geometry::Point, &given);
        let middle = x + radius.max(18.0);
        svg += &circle(layer, &scope, PagePoint::new(middle, 2.0 * deepest - radius + 3.0))?;
        let written = value_text(legend_texts::format("incidents"), *count, key.scene.options.language);
        let base = PagePoint::new(middle, 2.0 * deepest + 19.0);
        svg += &regular(13.0).line(&written, base, Anchor::Middle, &key.inks.ink);
        x = middle + radius.max(18.0) + 6.0;
    }
    Ok(Some(LegendItem { height: 2.0 * deepest + 28.0, need: LegendPriority::Needed, tie: ColumnBreak::Free, svg }))
}
