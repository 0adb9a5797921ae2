//! The tables to hand in, put together from assessments that are already cut to the role.

use crate::assessment::Measured;
use crate::assessment::comparison::reference::{Members, Rest};
use crate::assessment::comparison::{difference, pairs};
use crate::domain::area::AreaIndex;
use crate::export::{self, ExportContext, Workbook};
use crate::service::answers::AssessedLevel;
use crate::service::answers::areas::explanation::ExplanationWithSentence;
use crate::service::answers::comparison::two_periods::changed;
use crate::service::answers::series::Series;
use crate::tile::area_row::AreaRow;

/// What a table of an assessment is made from.
pub(super) fn basis(assessed: &AssessedLevel) -> ExportContext<'_> {
    ExportContext {
        snapshot: assessed.snapshot(),
        filter: &assessed.requested.filter,
        window: assessed.requested.window.as_deref(),
        level: assessed.level(),
        role: assessed.viewer().role(),
    }
}

/// The ratings of a level.
pub(crate) fn ratings(assessed: &AssessedLevel) -> Workbook {
    let rows: Vec<AreaRow<'_>> = assessed.rows().collect();
    export::ratings(&basis(assessed), &rows)
}

/// Areas in pairs.
pub(crate) fn beside(assessed: &AssessedLevel, area_indices: &[AreaIndex]) -> Workbook {
    let rows = assessed.rows_at(area_indices);
    let measured: Vec<Measured> = rows.iter().map(|row| Measured::of(row.assessment)).collect();
    export::beside(&basis(assessed), &export::AreasComparison { rows: &rows, pairs: &pairs(&measured) })
}

/// Areas in two periods.
pub(crate) fn two_periods(first: &AssessedLevel, second: &AssessedLevel, area_indices: &[AreaIndex]) -> Workbook {
    let compared = export::PeriodsComparison {
        rows: &second.rows_at(area_indices),
        periods: (first.requested.filter.period, second.requested.filter.period),
        changes: &changed(first, second, area_indices),
    };
    export::two_periods(&basis(first), &basis(second), &compared)
}

/// An area and the other areas of its group; none where the area has no row.
pub(crate) fn against(
    assessed: &AssessedLevel,
    area_index: AreaIndex,
    members: &Members,
    rest: &Rest,
) -> Option<Workbook> {
    let row = assessed.rows_at(&[area_index]).into_iter().next()?;
    let difference = difference(Measured::of(row.assessment), rest.measured);
    let compared = export::GroupComparison { row: &row, group: &members.names, rest, difference };
    Some(export::against(&basis(assessed), &compared))
}

/// Why an area has its letter.
pub(crate) fn explanation(assessed: &AssessedLevel, explained: &ExplanationWithSentence<'_>) -> Workbook {
    let explained = export::ExplanationExport {
        row: &explained.row,
        sentence: &explained.sentence,
        explanation: explained.explained.as_ref(),
    };
    export::explanation(&basis(assessed), &explained)
}

/// Counts and rates over time.
pub(crate) fn series(series: &Series<'_>) -> Workbook {
    let basis = ExportContext {
        snapshot: &series.served.snapshot,
        filter: &series.requested.filter,
        window: series.requested.window.as_deref(),
        level: series.followed.level,
        role: series.viewer.role(),
    };
    let (areas, steps) = (&series.areas(), series.followed.steps);
    export::series(&basis, &export::SeriesExport { areas, steps, measured: series.measured })
}
