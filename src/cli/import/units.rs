//! `binhyen import` for what the statutory reading needs: registers, decisions, declarations, grades.
//!
//! Each verb names the kind of row and the part of the store; how rows are read, checked
//! and reported is the same for all (see `import_rows`).

use super::rows::Session;
use super::rows_args::RowsArgs;
use crate::cli::exit::CommandResult;
use crate::ingest::{Decisions, Declarations, Institutions, MovementGrades, ResidentialAreas};

/// Imports the register of residential areas.
pub(in crate::cli) fn residential_areas(args: &RowsArgs) -> CommandResult {
    let session = Session::open(args)?;
    let kind = ResidentialAreas(session.unit_rows());
    session.import(&kind)
}

/// Imports the register of institutions.
pub(in crate::cli) fn institutions(args: &RowsArgs) -> CommandResult {
    let session = Session::open(args)?;
    let kind = Institutions(session.unit_rows());
    session.import(&kind)
}

/// Imports official decisions.
pub(in crate::cli) fn decisions(args: &RowsArgs) -> CommandResult {
    let session = Session::open(args)?;
    let kind = Decisions(session.unit_rows());
    session.import(&kind)
}

/// Imports declarations about criteria.
pub(in crate::cli) fn declarations(args: &RowsArgs) -> CommandResult {
    let session = Session::open(args)?;
    let kind = Declarations { rows: session.unit_rows(), circulars: session.circulars() };
    session.import(&kind)
}

/// Imports the movement's grades.
pub(in crate::cli) fn movement_grades(args: &RowsArgs) -> CommandResult {
    let session = Session::open(args)?;
    let kind = MovementGrades(session.unit_rows());
    session.import(&kind)
}
