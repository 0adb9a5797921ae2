//! Geometries of a filter as well-known text.

use geo::{Coord, Geometry};

use super::Cql2Fault;
use super::literal::{Positions, bounding_box};
use super::parser::Parser;

const KINDS: [&str; 6] = ["point", "multipoint", "linestring", "multilinestring", "polygon", "multipolygon"];
/// How deep the brackets of a geometry go.
const MAX_BRACKETS: usize = 4;

/// The geometry that comes next; none where none does.
pub(super) fn shape(parser: &mut Parser<'_>) -> Result<Option<Geometry<f64>>, Cql2Fault> {
    let Some(word) = parser.word() else { return Ok(None) };
    if word == "bbox" {
        parser.advance();
        return bbox(parser).map(Some);
    }
    if !KINDS.contains(&word.as_str()) {
        return Ok(None);
    }
    let wrong = parser.expected("a geometry as in POINT(108.2 15.6)");
    parser.advance();
    // Heights are read over.
    if parser.word().is_some_and(|word| word == "z") {
        parser.advance();
    }
    let positions = positions(parser, MAX_BRACKETS)?;
    positions.geometry(&word).map(Some).ok_or(wrong)
}

fn bbox(parser: &mut Parser<'_>) -> Result<Geometry<f64>, Cql2Fault> {
    let wrong = parser.expected("west, south, east, north");
    parser.sign("(")?;
    let mut numbers = vec![parser.number()?];
    while parser.takes_sign(",") {
        parser.budget.corner()?;
        numbers.push(parser.number()?);
    }
    parser.sign(")")?;
    bounding_box(&numbers).ok_or(wrong)
}

/// What stands in brackets: positions, or brackets of them.
fn positions(parser: &mut Parser<'_>, brackets: usize) -> Result<Positions, Cql2Fault> {
    let brackets = brackets.checked_sub(1).ok_or_else(|| parser.expected("a number"))?;
    parser.sign("(")?;
    let mut all = vec![one(parser, brackets)?];
    while parser.takes_sign(",") {
        all.push(one(parser, brackets)?);
    }
    parser.sign(")")?;
    Ok(Positions::Several(all))
}

fn one(parser: &mut Parser<'_>, brackets: usize) -> Result<Positions, Cql2Fault> {
    let Ok(x) = parser.number() else { return positions(parser, brackets) };
    parser.budget.corner()?;
    let y = parser.number()?;
    // A height says nothing here.
    let _height = parser.number();
    Ok(Positions::One(Coord { x, y }))
}
