//! The tables to hand in, put together from assessments that are already cut to the role.
//!
//! In: assessed levels and the very answers that JSON is written from. Out: workbooks. Which form is written, CSV or
//! XLSX, is decided by whoever asks.

use crate::domain::area::AreaIndex;
use crate::export::notes::account_note;
use crate::export::{self, ExportContext, Workbook};
use crate::service::answers::AssessedLevel;
use crate::service::answers::areas::explanation::ExplanationAnswer;
use crate::service::answers::areas::ratings::TotalsAnswer;
use crate::service::answers::clusters::ClustersAnswer;
use crate::service::answers::comparison::against::AgainstAnswer;
use crate::service::answers::comparison::beside::BesideAnswer;
use crate::service::answers::comparison::two_periods::TwoPeriodsAnswer;
use crate::service::answers::series::SeriesAnswer;
use crate::service::live::ServedSnapshot;
use crate::service::questions::clusters::ClusterQuestion;
use crate::service::questions::comparison::GroupQuestion;
use crate::service::questions::series::SeriesQuestion;
use crate::tile::area_row::AreaRow;

/// What a table of an assessment is made from.
pub(super) fn basis(assessed: &AssessedLevel) -> ExportContext<'_> {
    ExportContext::of(&assessed.served, &assessed.requested, assessed.level(), assessed.viewer().role())
}

/// The ratings of a level.
pub(crate) fn ratings(assessed: &AssessedLevel) -> Workbook {
    let rows: Vec<AreaRow<'_>> = assessed.rows().collect();
    let mut workbook = export::ratings(&basis(assessed), &rows);
    workbook.notes.push(account_note(&TotalsAnswer::of(assessed).account));
    workbook
}

/// Areas in pairs.
pub(crate) fn beside(assessed: &AssessedLevel, area_indices: &[AreaIndex], answer: &BesideAnswer) -> Workbook {
    export::beside(&basis(assessed), &assessed.rows_at(area_indices), answer)
}

/// Areas in two periods.
pub(crate) fn two_periods(first: &AssessedLevel, second: &AssessedLevel, answer: &TwoPeriodsAnswer) -> Workbook {
    export::two_periods(&basis(first), &basis(second), answer)
}

/// An area and the other areas of its group; none where the area has no row.
pub(crate) fn against(assessed: &AssessedLevel, question: &GroupQuestion, answer: &AgainstAnswer) -> Option<Workbook> {
    let row = assessed.rows_at(&question.areas.area_indices).into_iter().next()?;
    Some(export::against(&basis(assessed), &row, answer))
}

/// Why an area has its letter.
pub(crate) fn explanation(assessed: &AssessedLevel, answer: &ExplanationAnswer) -> Workbook {
    export::explanation(&basis(assessed), answer)
}

/// Clusters above the common level.
pub(crate) fn clusters(served: &ServedSnapshot, question: &ClusterQuestion, answer: &ClustersAnswer) -> Workbook {
    let ClusterQuestion { requested, level, role, .. } = question;
    export::clusters(&ExportContext::of(served, requested, *level, *role), answer)
}

/// Counts and rates over time.
pub(crate) fn series(served: &ServedSnapshot, question: &SeriesQuestion, answer: &SeriesAnswer) -> Workbook {
    let SeriesQuestion { requested, viewer, areas, .. } = question;
    let basis = ExportContext::of(served, requested, areas.level, viewer.role());
    export::series(&basis, answer)
}
