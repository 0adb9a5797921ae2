//! How a file of boundaries is to be understood, and what is known before it is read.

use crate::domain::area::edition::{EditionEntry, EditionId};
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
}

/// What is known before the file is read.
#[derive(Debug, Clone, Copy)]
pub struct BoundaryContext<'a> {
    /// The edition in the catalogue.
    pub entry: &'a EditionEntry,
    /// The areas of the edition that are loaded; their outlines do not matter.
    pub loaded: &'a [Area],
    /// The official codes and names of the level, where they are known.
    pub register: &'a [Area],
}
