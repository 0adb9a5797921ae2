//! The tables to hand in, put together from assessments that are already cut to the role.

use super::Assessed;
use super::comparison::two_periods::changed;
use super::explanation::Spoken;
use super::series::Series;
use crate::assessment::Measured;
use crate::assessment::comparison::{difference, pairs};
use crate::assessment::reference::{Members, Rest};
use crate::export::{self, Basis, Workbook};
use crate::tile::layers::AreaRow;

/// What a table of an assessment is made from.
pub(super) fn basis(assessed: &Assessed) -> Basis<'_> {
    Basis {
        snapshot: assessed.snapshot(),
        filter: &assessed.asked.filter,
        window: assessed.asked.window.as_deref(),
        level: assessed.assessment.level,
        role: assessed.role,
    }
}

/// The ratings of a level.
pub(in crate::http) fn ratings(assessed: &Assessed) -> Workbook {
    let rows: Vec<AreaRow<'_>> = assessed.rows().collect();
    export::ratings(&basis(assessed), &rows)
}

/// Areas in pairs.
pub(in crate::http) fn beside(assessed: &Assessed, places: &[usize]) -> Workbook {
    let rows = assessed.rows_at(places);
    let measured: Vec<Measured> = rows.iter().map(|row| Measured::of(row.assessment)).collect();
    export::beside(&basis(assessed), &export::Beside { rows: &rows, pairs: &pairs(&measured) })
}

/// Areas in two periods.
pub(in crate::http) fn two_periods((first, second): (&Assessed, &Assessed), places: &[usize]) -> Workbook {
    let compared = export::TwoPeriods {
        rows: &second.rows_at(places),
        periods: (first.asked.filter.period, second.asked.filter.period),
        changes: &changed((first, second), places),
    };
    export::two_periods(&basis(first), &basis(second), &compared)
}

/// An area and the other areas of its group; none where the area has no row.
pub(in crate::http) fn against(assessed: &Assessed, place: usize, members: &Members, rest: &Rest) -> Option<Workbook> {
    let row = assessed.rows_at(&[place]).into_iter().next()?;
    let difference = difference(Measured::of(row.assessment), rest.measured);
    let compared = export::Against { row: &row, group: &members.names, rest, difference };
    Some(export::against(&basis(assessed), &compared))
}

/// Why an area has its letter.
pub(in crate::http) fn explanation(assessed: &Assessed, spoken: &Spoken<'_>) -> Workbook {
    let explained =
        export::Explained { row: &spoken.row, sentence: &spoken.sentence, explanation: spoken.explained.as_ref() };
    export::explanation(&basis(assessed), &explained)
}

/// Counts and rates over time.
pub(in crate::http) fn series(series: &Series<'_>) -> Workbook {
    let basis = Basis {
        snapshot: &series.served.snapshot,
        filter: &series.asked.filter,
        window: series.asked.window.as_deref(),
        level: series.followed.level,
        role: series.role,
    };
    let (areas, steps) = (&series.areas(), series.followed.steps);
    export::series(&basis, &export::Followed { areas, steps, measured: series.measured })
}
