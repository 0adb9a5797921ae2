//! How a file of boundaries is to be understood, and what is known before it is read.

use std::fmt;
use std::str::FromStr;

use crate::domain::area::edition::{EditionEntry, EditionId};
use crate::domain::area::register::Register;
use crate::domain::area::{Area, Level};

/// Which attributes of a file mean what; the usual names are tried where none is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The official code.
    pub code: Option<String>,
    /// The attribute that holds the name.
    pub name: Option<String>,
    /// The code of the district.
    pub parent: Option<String>,
    /// The name of the district; makes the districts known.
    pub parent_name: Option<String>,
    /// Residents.
    pub population: Option<String>,
}

/// What to do about faults of geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnFault {
    /// Report them and import nothing.
    #[default]
    Stop,
    /// Mend what can be mended, and report what was done.
    Repair,
}

/// The widest overlaps and gaps that are given to one area each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CleanWidth {
    // Whole millimetres: a width that is compared and printed must be what was typed.
    millimetres: u32,
}

/// Why a text is no such width.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a width in metres from 0.1 to 1000")]
pub struct CleanWidthError(String);

impl CleanWidth {
    /// The width in metres.
    pub fn metres(self) -> f64 {
        f64::from(self.millimetres) / 1000.0
    }
}

impl FromStr for CleanWidth {
    type Err = CleanWidthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let metres = text.trim().parse::<f64>().ok().filter(|metres| (0.1..=1000.0).contains(metres));
        let metres = metres.ok_or_else(|| CleanWidthError(text.to_owned()))?;
        Ok(Self { millimetres: (metres * 1000.0).round() as u32 })
    }
}

impl fmt::Display for CleanWidth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.metres())
    }
}

/// How a file of boundaries is to be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundaryOptions {
    /// The edition that the boundaries belong to.
    pub edition: EditionId,
    /// The administrative level of the areas in the file.
    pub level: Level,
    /// Which attributes hold codes, names and parents.
    pub attributes: Attributes,
    /// The year of the populations; that in the attribute's name, or the edition's, when none is given.
    pub population_year: Option<i16>,
    /// Attributes and values that a feature must have to be imported; values of one attribute are alternatives.
    pub filters: Vec<(String, String)>,
    /// The attribute whose values unite features; none where each is an area of its own.
    pub dissolve_by: Option<String>,
    /// What to do about faults of geometry.
    pub on_fault: OnFault,
    /// Up to which width overlaps and gaps are given to one area each; not at all where none is given.
    pub clean: Option<CleanWidth>,
}

/// What is known before the file is read.
#[derive(Debug, Clone, Copy)]
pub struct BoundaryContext<'a> {
    /// The edition in the catalogue.
    pub entry: &'a EditionEntry,
    /// The areas of the edition that are loaded; their outlines do not matter.
    pub loaded: &'a [Area],
    /// The official register of the edition, where it is known.
    pub register: Option<&'a Register>,
    /// The registers of all editions, by which a file of another one is known.
    pub registers: &'a [Register],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_metres_and_bounded() {
        let width: CleanWidth = "2.5".parse().unwrap();
        assert_eq!((width.metres(), width.to_string().as_str()), (2.5, "2.5"));
        for wrong in ["0", "-1", "1001", "NaN", "inf", "wide", ""] {
            assert!(wrong.parse::<CleanWidth>().is_err(), "{wrong}");
        }
    }
}
