//! The movement's grade of a commune, with its name.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::standard::movement::MovementGrade;
use crate::domain::text::Names;

/// A grade of the movement, with its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MovementGradeAnswer {
    /// The grade.
    grade: MovementGrade,
    /// Its name for people.
    name: Names,
}

impl MovementGradeAnswer {
    /// A grade as people call it.
    pub(super) fn of(grade: MovementGrade) -> Self {
        Self { grade, name: Names { vi: grade.vietnamese().to_owned(), en: grade.as_str().to_owned() } }
    }
}
