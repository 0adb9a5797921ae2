//! A filter bound to the columns of a collection.
//!
//! In: a tree of CQL2, the columns, and the reference system of its geometries. Out: a predicate that says of every row
//! whether it holds, or what is wrong with the filter. What is not known makes a condition neither true nor false, as in
//! SQL; a row is taken where the whole is true.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use geo::{Coord, Geometry, MapCoords as _};
use unicode_normalization::UnicodeNormalization as _;

use super::column::{ColumnType, FeatureColumn, column_named, column_names};
use super::cql2::{Comparison, Cql2Fault, Expression, IntervalEnd, Operand, SpatialRelation, TemporalRelation, Truth};
use super::crs::{AxisPair, CoordinateSystem};
use super::pattern::{Folding, LikePattern};
use super::shape::AskedShape;
use super::source::FeatureSource;
use super::time_span::TimeSpan;
use crate::attributes::AttributeValue;
use crate::geometry::projection::LonLat;

/// The name under which a filter speaks of where a feature is.
pub const GEOMETRY: &str = "geometry";

/// What is lost at most when degrees are written in metres and read again: a tenth of a millimetre.
const LOST_DEGREES: f64 = 1e-9;

/// What a filter asks of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Predicate(Node);

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Constant(Truth),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Text(Comparison, TextOperand, TextOperand),
    Number(Comparison, NumberOperand, NumberOperand),
    Time(Comparison, TimeOperand, TimeOperand),
    Like(TextOperand, LikePattern),
    TextIn(TextOperand, BTreeSet<String>),
    Unknown(usize),
    Nowhere,
    Spatial(SpatialRelation, AskedShape),
    Temporal(TemporalRelation, TimeOperand, TimeOperand),
}

#[derive(Debug, Clone, PartialEq)]
enum TextOperand {
    Literal(String),
    Column(usize, Vec<Folding>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum NumberOperand {
    Literal(f64),
    Column(usize),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum TimeOperand {
    End(TimeEnd),
    Interval(TimeEnd, TimeEnd),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum TimeEnd {
    Literal(TimeSpan),
    Column(usize),
}

/// Two or more operands of one type.
enum Typed {
    Texts(Vec<TextOperand>),
    Numbers(Vec<NumberOperand>),
    Times(Vec<TimeOperand>),
}

impl Predicate {
    /// Binds a filter to columns.
    ///
    /// # Errors
    /// When it names what is no column, compares what cannot be compared, or has a geometry that is none.
    pub fn new(filter: &Expression, columns: &[FeatureColumn], system: CoordinateSystem) -> Result<Self, Cql2Fault> {
        Binding { columns, system }.node(filter).map(Self)
    }

    /// Whether a row is taken.
    pub fn holds(&self, source: &dyn FeatureSource, row: usize) -> bool {
        self.0.truth(Row { source, row }) == Some(true)
    }
}

/// What a filter is bound to.
struct Binding<'a> {
    columns: &'a [FeatureColumn],
    system: CoordinateSystem,
}

impl Binding<'_> {
    fn node(&self, filter: &Expression) -> Result<Node, Cql2Fault> {
        Ok(match filter {
            Expression::Constant(truth) => Node::Constant(*truth),
            Expression::And(all) => Node::And(self.nodes(all)?),
            Expression::Or(all) => Node::Or(self.nodes(all)?),
            Expression::Not(inner) => Node::Not(Box::new(self.node(inner)?)),
            Expression::Comparison { comparison, left, right } => self.comparison(*comparison, left, right)?,
            Expression::Like { text, pattern } => self.like(text, pattern)?,
            Expression::Between { value, low, high } => Node::And(vec![
                self.comparison(Comparison::AtLeast, value, low)?,
                self.comparison(Comparison::AtMost, value, high)?,
            ]),
            Expression::In { value, among } => self.among(value, among)?,
            Expression::IsNull(operand) => self.unknown(operand)?,
            Expression::Spatial { relation, property, geometry } => self.spatial(*relation, property, geometry)?,
            Expression::Temporal { relation, left, right } => {
                Node::Temporal(*relation, self.time(left)?, self.time(right)?)
            }
        })
    }

    fn nodes(&self, all: &[Expression]) -> Result<Vec<Node>, Cql2Fault> {
        all.iter().map(|one| self.node(one)).collect()
    }

    fn column(&self, name: &str) -> Result<(usize, ColumnType), Cql2Fault> {
        let found =
            column_named(self.columns, name).and_then(|index| Some((index, self.columns.get(index)?.column_type)));
        found.ok_or_else(|| Cql2Fault::unknown(name, &column_names(self.columns)))
    }

    fn comparison(&self, comparison: Comparison, left: &Operand, right: &Operand) -> Result<Node, Cql2Fault> {
        if let (Operand::Truth(left), Operand::Truth(right)) = (left, right) {
            return Ok(Node::Constant(comparison.of_order(left.cmp(right)).into()));
        }
        Ok(match self.typed(&[left, right])? {
            Typed::Texts(operands) => {
                let [left, right] = two(operands)?;
                Node::Text(comparison, left, right)
            }
            Typed::Numbers(operands) => {
                let [left, right] = two(operands)?;
                Node::Number(comparison, left, right)
            }
            Typed::Times(operands) => {
                let [left, right] = two(operands)?;
                Node::Time(comparison, left, right)
            }
        })
    }

    fn among(&self, value: &Operand, among: &[Operand]) -> Result<Node, Cql2Fault> {
        self.names(value)?;
        // A long list of words is a set: a look-up a row, however long it is.
        let words = among.iter().map(|one| match self.text(one) {
            Ok(TextOperand::Literal(word)) => Some(word),
            _ => None,
        });
        if let (Ok(text), Some(words)) = (self.text(value), words.collect::<Option<BTreeSet<String>>>()) {
            return Ok(Node::TextIn(text, words));
        }
        let equal = |one: &Operand| self.comparison(Comparison::Equal, value, one);
        among.iter().map(equal).collect::<Result<_, _>>().map(Node::Or)
    }

    fn like(&self, text: &Operand, pattern: &Operand) -> Result<Node, Cql2Fault> {
        match self.text(pattern)? {
            TextOperand::Literal(pattern) => Ok(Node::Like(self.text(text)?, LikePattern::new(&pattern))),
            TextOperand::Column(..) => Err(Cql2Fault::types()),
        }
    }

    fn unknown(&self, operand: &Operand) -> Result<Node, Cql2Fault> {
        match operand {
            Operand::Property(name) if name == GEOMETRY => Ok(Node::Nowhere),
            Operand::Property(name) => self.column(name).map(|(column, _)| Node::Unknown(column)),
            Operand::Truth(_) => Ok(Node::Constant(Truth::False)),
            _ => Err(Cql2Fault::types()),
        }
    }

    /// Operands that are all of one type: that of the first that has one. A text beside a time is read as one.
    fn typed(&self, operands: &[&Operand]) -> Result<Typed, Cql2Fault> {
        operands.iter().try_for_each(|one| self.names(one))?;
        let times: Result<Vec<_>, _> = operands.iter().map(|one| self.time(one)).collect();
        let are_texts = operands.iter().all(|one| matches!(one, Operand::Text(_)));
        if let Ok(times) = times
            && !are_texts
        {
            return Ok(Typed::Times(times));
        }
        let numbers: Result<Vec<_>, _> = operands.iter().map(|one| self.number(one)).collect();
        if let Ok(numbers) = numbers {
            return Ok(Typed::Numbers(numbers));
        }
        operands.iter().map(|one| self.text(one)).collect::<Result<_, _>>().map(Typed::Texts)
    }

    /// That there is what an operand names: a wrong name is told before a wrong type.
    fn names(&self, operand: &Operand) -> Result<(), Cql2Fault> {
        match operand {
            Operand::Property(name) => self.column(name).map(|_| ()),
            Operand::Folded(_, inner) => self.names(inner),
            _ => Ok(()),
        }
    }

    fn text(&self, operand: &Operand) -> Result<TextOperand, Cql2Fault> {
        match operand {
            // What is stored is composed; keyboards and files may give letters and their marks apart.
            Operand::Text(text) => Ok(TextOperand::Literal(text.nfc().collect())),
            Operand::Property(name) => match self.column(name)? {
                (column, ColumnType::Text) => Ok(TextOperand::Column(column, Vec::new())),
                _ => Err(Cql2Fault::types()),
            },
            Operand::Folded(folding, inner) => Ok(match self.text(inner)? {
                TextOperand::Literal(text) => TextOperand::Literal(folding.folded(&text)),
                TextOperand::Column(column, mut foldings) => {
                    foldings.push(*folding);
                    TextOperand::Column(column, foldings)
                }
            }),
            Operand::Number(_) | Operand::Truth(_) | Operand::Time(_) | Operand::Interval(..) => {
                Err(Cql2Fault::types())
            }
        }
    }

    fn number(&self, operand: &Operand) -> Result<NumberOperand, Cql2Fault> {
        match operand {
            Operand::Number(number) => Ok(NumberOperand::Literal(*number)),
            Operand::Property(name) => match self.column(name)? {
                (column, ColumnType::Integer | ColumnType::Number) => Ok(NumberOperand::Column(column)),
                _ => Err(Cql2Fault::types()),
            },
            _ => Err(Cql2Fault::types()),
        }
    }

    fn time(&self, operand: &Operand) -> Result<TimeOperand, Cql2Fault> {
        match operand {
            Operand::Time(span) => Ok(TimeOperand::End(TimeEnd::Literal(*span))),
            Operand::Text(text) => {
                TimeSpan::parsed(text).map(|span| TimeOperand::End(TimeEnd::Literal(span))).ok_or_else(Cql2Fault::types)
            }
            Operand::Property(name) => self.time_column(name).map(TimeOperand::End),
            Operand::Interval(from, to) => Ok(TimeOperand::Interval(self.time_end(from)?, self.time_end(to)?)),
            Operand::Number(_) | Operand::Truth(_) | Operand::Folded(..) => Err(Cql2Fault::types()),
        }
    }

    fn time_end(&self, end: &IntervalEnd) -> Result<TimeEnd, Cql2Fault> {
        match end {
            IntervalEnd::Time(span) => Ok(TimeEnd::Literal(*span)),
            IntervalEnd::Property(name) => self.time_column(name),
        }
    }

    fn time_column(&self, name: &str) -> Result<TimeEnd, Cql2Fault> {
        match self.column(name)? {
            (column, ColumnType::Time | ColumnType::Date) => Ok(TimeEnd::Column(column)),
            _ => Err(Cql2Fault::types()),
        }
    }

    fn spatial(&self, relation: SpatialRelation, name: &str, geometry: &Geometry<f64>) -> Result<Node, Cql2Fault> {
        if name != GEOMETRY {
            return Err(Cql2Fault::no_geometry(name));
        }
        let in_degrees = geometry.try_map_coords(|at| {
            let at = self.system.read(AxisPair { first: at.x, second: at.y }).filter(is_on_earth);
            let at = at.ok_or_else(Cql2Fault::geometry)?;
            Ok(Coord { x: at.lon, y: at.lat })
        })?;
        AskedShape::new(in_degrees).map(|shape| Node::Spatial(relation, shape)).ok_or_else(Cql2Fault::geometry)
    }
}

/// Whether a place has a longitude and a latitude, but for what is lost in the numbers of another system.
fn is_on_earth(at: &LonLat) -> bool {
    at.lon.abs() <= 180.0 + LOST_DEGREES && at.lat.abs() <= 90.0 + LOST_DEGREES
}

fn two<T>(operands: Vec<T>) -> Result<[T; 2], Cql2Fault> {
    operands.try_into().map_err(|_| Cql2Fault::types())
}

/// A row of a source.
#[derive(Clone, Copy)]
struct Row<'a> {
    source: &'a dyn FeatureSource,
    row: usize,
}

impl<'a> Row<'a> {
    fn text(self, operand: &'a TextOperand) -> Option<Cow<'a, str>> {
        let (column, foldings) = match operand {
            TextOperand::Literal(text) => return Some(Cow::Borrowed(text)),
            TextOperand::Column(column, foldings) => (*column, foldings),
        };
        let text = match self.source.value(self.row, column)? {
            AttributeValue::Text(text) => text,
            AttributeValue::Word(word) => Cow::Borrowed(word),
            AttributeValue::Integer(_) | AttributeValue::Number(_) => return None,
        };
        Some(foldings.iter().fold(text, |text, folding| folding.folded(&text).into()))
    }

    fn number(self, operand: NumberOperand) -> Option<f64> {
        match operand {
            NumberOperand::Literal(number) => Some(number),
            NumberOperand::Column(column) => match self.source.value(self.row, column)? {
                AttributeValue::Integer(number) => Some(number as f64),
                AttributeValue::Number(number) => Some(number),
                AttributeValue::Text(_) | AttributeValue::Word(_) => None,
            },
        }
    }

    fn time(self, operand: TimeOperand) -> Option<TimeSpan> {
        match operand {
            TimeOperand::End(end) => self.end(end),
            // An end that is not known has not come yet, as with `datetime`.
            TimeOperand::Interval(from, to) => {
                TimeSpan::between(self.end(from)?, self.end(to).unwrap_or(TimeSpan::ALWAYS))
            }
        }
    }

    fn end(self, end: TimeEnd) -> Option<TimeSpan> {
        match end {
            TimeEnd::Literal(span) => Some(span),
            TimeEnd::Column(column) => self.source.time_of(self.row, column),
        }
    }
}

impl Node {
    /// Whether the condition holds; none where what it asks is not known.
    fn truth(&self, row: Row<'_>) -> Option<bool> {
        match self {
            Self::Constant(truth) => Some(*truth == Truth::True),
            Self::And(all) => all_of(all.iter().map(|one| one.truth(row)), Some(true)),
            Self::Or(all) => all_of(all.iter().map(|one| one.truth(row)), Some(false)),
            Self::Not(inner) => inner.truth(row).map(|truth| !truth),
            Self::Text(comparison, left, right) => Some(comparison.of_order(row.text(left)?.cmp(&row.text(right)?))),
            Self::Number(comparison, left, right) => {
                row.number(*left)?.partial_cmp(&row.number(*right)?).map(|order| comparison.of_order(order))
            }
            Self::Time(comparison, left, right) => Some(comparison.of_times(row.time(*left)?, row.time(*right)?)),
            Self::Like(text, pattern) => Some(pattern.matches(&row.text(text)?)),
            Self::TextIn(text, words) => Some(words.contains(row.text(text)?.as_ref())),
            Self::Unknown(column) => Some(row.source.value(row.row, *column).is_none()),
            Self::Nowhere => Some(row.source.shape(row.row).is_none()),
            Self::Spatial(relation, asked) => {
                let meets = row.source.shape(row.row)?.meets(asked);
                Some(meets == (*relation == SpatialRelation::Intersects))
            }
            Self::Temporal(relation, left, right) => Some(relation.holds(row.time(*left)?, row.time(*right)?)),
        }
    }
}

/// The truth of several conditions together, of which one that is not `neutral` decides; unknown ones leave it open.
fn all_of(truths: impl Iterator<Item = Option<bool>>, neutral: Option<bool>) -> Option<bool> {
    let mut together = neutral;
    for truth in truths {
        match truth {
            None => together = None,
            decided if decided != neutral => return decided,
            _ => {}
        }
    }
    together
}

impl Comparison {
    fn of_order(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }

    /// A moment is equal to the day in which it lies, and neither before nor after it.
    fn of_times(self, one: TimeSpan, other: TimeSpan) -> bool {
        let (is_before, is_after) = (one.last_s < other.first_s, one.first_s > other.last_s);
        match self {
            Self::Equal => other.holds(one) || one.holds(other),
            Self::NotEqual => !(other.holds(one) || one.holds(other)),
            Self::Less => is_before,
            Self::AtMost => !is_after,
            Self::Greater => is_after,
            Self::AtLeast => !is_before,
        }
    }
}

#[cfg(test)]
mod tests;
