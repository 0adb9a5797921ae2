//! Filters in CQL2, as text or as JSON, read into one tree.
//!
//! In: a text of whoever asks, of whatever length and depth. Out: a tree of bounded size, or what is wrong and where.
//! The grammar is a part of the standard: comparisons, `AND`, `OR`, `NOT`, `LIKE`, `BETWEEN`, `IN`, `IS NULL`, `CASEI`,
//! `ACCENTI`, `S_INTERSECTS`, `S_DISJOINT` and the temporal functions. There is no arithmetic, no array and no function
//! of anybody's own. What a name means is not known here.
//!
//! It is written by hand because what comes in is hostile: length, depth and the number of parts are bounded while the
//! text is read, so that neither stack nor time can run out.
//!
//! # Reference
//! Common Query Language (CQL2), OGC 21-065r2.

mod fault;
mod json;
mod lexer;
mod literal;
mod parser;
mod text;
mod text_shape;

use geo::Geometry;

pub use fault::Cql2Fault;
pub use json::parse_json;
pub use text::parse_text;

use super::pattern::Folding;
use super::time_span::TimeSpan;

/// The longest filter that is read, in bytes.
pub const MAX_BYTES: usize = 16_384;
/// How deep a filter may be nested.
pub const MAX_DEPTH: usize = 32;
/// How many parts a filter may have.
pub const MAX_PARTS: usize = 512;
/// How many corners the geometries of a filter may have together.
pub const MAX_CORNERS: usize = 1_000;

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// Always the same.
    Constant(Truth),
    /// All of them hold.
    And(Vec<Self>),
    /// One of them holds.
    Or(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// Two values are compared.
    Comparison {
        /// How.
        comparison: Comparison,
        /// The one on the left.
        left: Operand,
        /// The one on the right.
        right: Operand,
    },
    /// A text is of a pattern.
    Like {
        /// The text.
        text: Operand,
        /// The pattern.
        pattern: Operand,
    },
    /// A value lies between two others, both included.
    Between {
        /// The value.
        value: Operand,
        /// The least it may be.
        low: Operand,
        /// The greatest it may be.
        high: Operand,
    },
    /// A value is one of several.
    In {
        /// The value.
        value: Operand,
        /// What it may be.
        among: Vec<Operand>,
    },
    /// A value is not known.
    IsNull(Operand),
    /// Where a feature is.
    Spatial {
        /// How it lies to the geometry.
        relation: SpatialRelation,
        /// The name of what is looked at.
        property: String,
        /// The geometry, in the coordinates of the filter.
        geometry: Geometry<f64>,
    },
    /// When a feature was.
    Temporal {
        /// How the first time lies to the second.
        relation: TemporalRelation,
        /// The first time.
        left: Operand,
        /// The second time.
        right: Operand,
    },
}

/// What a condition without a question says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It does not hold.
    False,
    /// It holds.
    True,
}

impl Truth {
    /// The truth of a word in small letters.
    fn named(word: &str) -> Option<Self> {
        match word {
            "true" => Some(Self::True),
            "false" => Some(Self::False),
            _ => None,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

/// A value, or where it is found.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// What a feature says under a name.
    Property(String),
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Whether something holds.
    Truth(Truth),
    /// A moment, a day or an interval.
    Time(TimeSpan),
    /// An interval of which a feature says an end.
    Interval(IntervalEnd, IntervalEnd),
    /// A text of which something does not count.
    Folded(Folding, Box<Self>),
}

/// An end of an interval.
#[derive(Debug, Clone, PartialEq)]
pub enum IntervalEnd {
    /// What a feature says under a name.
    Property(String),
    /// A moment or a day; all time where the end is open.
    Time(TimeSpan),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// They are equal.
    Equal,
    /// They are not.
    NotEqual,
    /// The first is less.
    Less,
    /// The first is no greater.
    AtMost,
    /// The first is greater.
    Greater,
    /// The first is no less.
    AtLeast,
}

impl Comparison {
    /// The comparison of a sign.
    pub fn of_sign(sign: &str) -> Option<Self> {
        Some(match sign {
            "=" => Self::Equal,
            "<>" => Self::NotEqual,
            "<" => Self::Less,
            "<=" => Self::AtMost,
            ">" => Self::Greater,
            ">=" => Self::AtLeast,
            _ => return None,
        })
    }
}

/// How a feature lies to a geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpatialRelation {
    /// They share a point.
    Intersects,
    /// They share none.
    Disjoint,
}

impl SpatialRelation {
    /// The relation of a function, by its name in small letters.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "s_intersects" => Some(Self::Intersects),
            "s_disjoint" => Some(Self::Disjoint),
            _ => None,
        }
    }
}

/// How one time lies to another, after Allen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemporalRelation {
    /// It begins after the other has ended.
    After,
    /// It ends before the other begins.
    Before,
    /// It begins before the other and ends after it.
    Contains,
    /// They share no moment.
    Disjoint,
    /// It begins after the other and ends before it.
    During,
    /// Both begin and end together.
    Equals,
    /// It begins before the other and ends with it.
    FinishedBy,
    /// It begins after the other and ends with it.
    Finishes,
    /// They share a moment.
    Intersects,
    /// It ends when the other begins.
    Meets,
    /// It begins when the other ends.
    MetBy,
    /// It begins within the other and ends after it.
    OverlappedBy,
    /// It begins before the other and ends within it.
    Overlaps,
    /// It begins with the other and ends after it.
    StartedBy,
    /// It begins with the other and ends before it.
    Starts,
}

impl TemporalRelation {
    /// The relation of a function, by its name in small letters.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "t_after" => Self::After,
            "t_before" => Self::Before,
            "t_contains" => Self::Contains,
            "t_disjoint" => Self::Disjoint,
            "t_during" => Self::During,
            "t_equals" => Self::Equals,
            "t_finishedby" => Self::FinishedBy,
            "t_finishes" => Self::Finishes,
            "t_intersects" => Self::Intersects,
            "t_meets" => Self::Meets,
            "t_metby" => Self::MetBy,
            "t_overlappedby" => Self::OverlappedBy,
            "t_overlaps" => Self::Overlaps,
            "t_startedby" => Self::StartedBy,
            "t_starts" => Self::Starts,
            _ => return None,
        })
    }

    /// Whether one time lies so to another.
    pub fn holds(self, one: TimeSpan, other: TimeSpan) -> bool {
        let starts = one.first_s.cmp(&other.first_s);
        let ends = one.last_s.cmp(&other.last_s);
        let meets = one.meets(other);
        match self {
            Self::After => one.first_s > other.last_s,
            Self::Before => one.last_s < other.first_s,
            Self::Contains => starts.is_lt() && ends.is_gt(),
            Self::Disjoint => !meets,
            Self::During => starts.is_gt() && ends.is_lt(),
            Self::Equals => starts.is_eq() && ends.is_eq(),
            Self::FinishedBy => starts.is_lt() && ends.is_eq(),
            Self::Finishes => starts.is_gt() && ends.is_eq(),
            Self::Intersects => meets,
            Self::Meets => one.last_s == other.first_s,
            Self::MetBy => one.first_s == other.last_s,
            Self::OverlappedBy => starts.is_gt() && one.first_s < other.last_s && ends.is_gt(),
            Self::Overlaps => starts.is_lt() && one.last_s > other.first_s && ends.is_lt(),
            Self::StartedBy => starts.is_eq() && ends.is_gt(),
            Self::Starts => starts.is_eq() && ends.is_lt(),
        }
    }
}

/// What is left of the size that a filter may have.
#[derive(Debug)]
struct Budget {
    depth: usize,
    parts: usize,
    corners: usize,
}

impl Budget {
    fn whole() -> Self {
        Self { depth: MAX_DEPTH, parts: MAX_PARTS, corners: MAX_CORNERS }
    }

    /// One part more.
    fn part(&mut self) -> Result<(), Cql2Fault> {
        self.parts = self.parts.checked_sub(1).ok_or_else(Cql2Fault::too_large)?;
        Ok(())
    }

    /// One corner more.
    fn corner(&mut self) -> Result<(), Cql2Fault> {
        self.corners = self.corners.checked_sub(1).ok_or_else(Cql2Fault::too_many_corners)?;
        Ok(())
    }

    /// One level deeper, until [`Budget::ascend`].
    fn descend(&mut self) -> Result<(), Cql2Fault> {
        self.depth = self.depth.checked_sub(1).ok_or_else(Cql2Fault::too_deep)?;
        self.part()
    }

    fn ascend(&mut self) {
        self.depth += 1;
    }
}

#[cfg(test)]
mod tests;
