//! Geometries of a filter as well-known text.

use geo::{Coord, Geometry, GeometryCollection};

use super::Cql2Fault;
use super::literal::{Positions, bounding_box};
use super::parser::Parser;
use crate::texts::text;

const KINDS: [&str; 6] = ["point", "multipoint", "linestring", "multilinestring", "polygon", "multipolygon"];
/// The name of several geometries together.
const COLLECTION: &str = "geometrycollection";
/// How deep the brackets of a geometry go.
const MAX_BRACKETS: usize = 4;

/// The geometry that comes next; none where none does.
pub(super) fn shape(parser: &mut Parser<'_>) -> Result<Option<Geometry<f64>>, Cql2Fault> {
    let Some(word) = parser.word() else { return Ok(None) };
    if word == "bbox" {
        parser.advance();
        return bbox(parser).map(Some);
    }
    if word == COLLECTION {
        return collection(parser).map(Some);
    }
    single(parser)
}

/// Several geometries, none of which is several itself.
fn collection(parser: &mut Parser<'_>) -> Result<Geometry<f64>, Cql2Fault> {
    begin(parser);
    parser.sign("(")?;
    let mut all = Vec::new();
    loop {
        let member = single(parser)?;
        all.push(member.ok_or_else(|| parser.expected(&text!("cql2-a-geometry")))?);
        if !parser.takes_sign(",") {
            break;
        }
    }
    parser.sign(")")?;
    Ok(Geometry::GeometryCollection(GeometryCollection(all)))
}

/// Takes the name of a geometry, and that heights follow, which are read over.
fn begin(parser: &mut Parser<'_>) {
    parser.advance();
    if parser.word().is_some_and(|word| word == "z") {
        parser.advance();
    }
}

fn single(parser: &mut Parser<'_>) -> Result<Option<Geometry<f64>>, Cql2Fault> {
    let Some(word) = parser.word().filter(|word| KINDS.contains(&word.as_str())) else { return Ok(None) };
    let wrong = parser.expected(&text!("cql2-a-geometry"));
    begin(parser);
    let positions = positions(parser, MAX_BRACKETS)?;
    positions.geometry(&word).map(Some).ok_or(wrong)
}

fn bbox(parser: &mut Parser<'_>) -> Result<Geometry<f64>, Cql2Fault> {
    let wrong = parser.expected(&text!("cql2-a-box"));
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
    let brackets = brackets.checked_sub(1).ok_or_else(|| parser.expected(&text!("cql2-a-number")))?;
    parser.sign("(")?;
    let mut all = vec![one(parser, brackets)?];
    while parser.takes_sign(",") {
        all.push(one(parser, brackets)?);
    }
    parser.sign(")")?;
    Ok(Positions::Several(all))
}

fn one(parser: &mut Parser<'_>, brackets: usize) -> Result<Positions, Cql2Fault> {
    let Some(x) = parser.takes_number() else { return positions(parser, brackets) };
    parser.budget.corner()?;
    let y = parser.number()?;
    // A height says nothing here.
    let _height = parser.takes_number();
    Ok(Positions::One(Coord { x, y }))
}
