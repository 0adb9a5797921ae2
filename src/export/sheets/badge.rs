//! The badge: the letter of an area on the very colour that it has on the map.
//!
//! In: an area of a map, a box. Out: a drawing.

use crate::domain::area::AreaIndex;
use crate::export::map_image::{Anchor, MapImageError, MapInsert, PagePoint, Rect, Swatch, number, semibold};
use crate::tile::area_row::AreaRow;

/// The letters that stand on a badge: one, both ends of a range, or none.
pub(super) fn letters(row: &AreaRow<'_>) -> String {
    let assessment = row.assessment;
    match assessment.grade.as_str() {
        letter if letter.len() == 1 => letter.to_owned(),
        "range" => match (assessment.grade_best, assessment.grade_worst) {
            (Some(best), Some(worst)) => format!("{}–{}", best.as_str(), worst.as_str()),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// The badge of an area in a box, with the letters that stand on it.
pub(super) fn badge(map: &MapInsert<'_>, area: AreaIndex, letters: &str, room: Rect) -> Result<String, MapImageError> {
    let Swatch { definitions, fills, ink } = map.swatch(area)?;
    let corner = number(room.height * 0.12);
    let mut svg = format!("<defs>{definitions}</defs>");
    for fill in fills {
        svg += &room.filled(&format!(" rx=\"{corner}\"{fill}"));
    }
    svg += &room.filled(&format!(" rx=\"{corner}\" fill=\"none\" stroke=\"{}\" stroke-width=\"0.75\"", map.hair()));
    if !letters.is_empty() {
        let share = if letters.chars().count() == 1 { 0.62 } else { 0.36 };
        let style = semibold(room.height * share);
        let base = PagePoint::new(room.x + room.width / 2.0, room.y + room.height / 2.0 + style.drop_to_base());
        svg += &style.line(letters, base, Anchor::Middle, &ink);
    }
    Ok(svg)
}
