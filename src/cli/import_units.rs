//! `binhyen import` for what the statutory reading needs: registers, decisions, declarations, grades.
//!
//! Each verb names the kind of row and the part of the store; how rows are read, checked
//! and reported is the same for all (see `import_rows`).

use super::ending::Ending;
use super::import_rows::Session;
use super::rows_args::RowsArgs;
use crate::ingest::{Decisions, Declarations, Institutions, MovementGrades, ResidentialAreas};
use crate::store::SourceKind::Own;

/// Imports the register of residential areas.
pub(super) fn residential_areas(args: &RowsArgs) -> Ending {
    let session = Session::open(args)?;
    let kind = ResidentialAreas(session.unit_rows());
    session.import(&kind, &async |store, records| store.upsert_units(records, Own).await)
}

/// Imports the register of institutions.
pub(super) fn institutions(args: &RowsArgs) -> Ending {
    let session = Session::open(args)?;
    let kind = Institutions(session.unit_rows());
    session.import(&kind, &async |store, records| store.upsert_units(records, Own).await)
}

/// Imports official decisions.
pub(super) fn decisions(args: &RowsArgs) -> Ending {
    let session = Session::open(args)?;
    let kind = Decisions(session.unit_rows());
    session.import(&kind, &async |store, records| store.upsert_decisions(records, Own).await)
}

/// Imports declarations about criteria.
pub(super) fn declarations(args: &RowsArgs) -> Ending {
    let session = Session::open(args)?;
    let kind = Declarations { rows: session.unit_rows(), circulars: session.circulars() };
    session.import(&kind, &async |store, records| store.upsert_declarations(records, Own).await)
}

/// Imports the movement's grades.
pub(super) fn movement_grades(args: &RowsArgs) -> Ending {
    let session = Session::open(args)?;
    let kind = MovementGrades(session.unit_rows());
    session.import(&kind, &async |store, records| store.upsert_movement_grades(records, Own).await)
}
