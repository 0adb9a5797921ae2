//! Which figures of residents a rate rests on.
//!
//! In: the communes of an edition, a period. Out: the years of the figures, and what was done between two of them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::CommuneIndex;
use crate::domain::filter::Filter;
use crate::domain::rules::population_rule::BetweenYears;
use crate::domain::text::Names;
use crate::domain::time::period::Period;
use crate::snapshot::{EditionData, Snapshot};
use crate::texts::text;

/// Which figures of residents a rate rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ResidentsBase {
    /// The years of the figures, ascending; empty where there is none.
    pub(crate) years: Vec<i16>,
    /// How many residents there are between two of them.
    pub(crate) between_years: BetweenYears,
    /// Both in words.
    pub(crate) text: Names,
}

impl ResidentsBase {
    /// The figures behind the residents of some communes in a period.
    pub(crate) fn of(edition_data: &EditionData, communes: impl Iterator<Item = CommuneIndex>, period: Period) -> Self {
        let years = edition_data.residents.base_years(communes, period);
        let between_years = edition_data.residents.between_years();
        Self { text: in_words(&years, between_years), years, between_years }
    }

    /// As [`Self::of`], of all communes of the edition of a filter; none where it is not loaded.
    pub(crate) fn of_filter(snapshot: &Snapshot, filter: &Filter) -> Option<Self> {
        let edition_data = snapshot.edition(filter.edition)?;
        let communes = CommuneIndex::of_all(edition_data.shape.communes().len());
        Some(Self::of(edition_data, communes, filter.period))
    }
}

/// Years are written as text: a thousand separator would make numbers of them.
fn in_words(years: &[i16], between_years: BetweenYears) -> Names {
    match (years, between_years) {
        ([], _) => text!("residents-base-none"),
        ([year], _) => text!("residents-base-year", year = year.to_string()),
        ([first, .., last], BetweenYears::Interpolated) => {
            text!("residents-base-interpolated", first = first.to_string(), last = last.to_string())
        }
        ([first, .., last], BetweenYears::Nearest) => {
            text!("residents-base-nearest", first = first.to_string(), last = last.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_is_said_by_its_years_and_by_what_was_done_between_them() {
        let said = |years: &[i16], between_years| in_words(years, between_years);
        assert_eq!(said(&[2019, 2024], BetweenYears::Interpolated).vi, "dân số 2019–2024, nội suy đến giữa kỳ");
        assert_eq!(
            said(&[2019, 2024], BetweenYears::Interpolated).en,
            "residents of 2019–2024, interpolated to the middle of the period"
        );
        assert_eq!(said(&[2019, 2024], BetweenYears::Nearest).en, "residents of the nearest year, 2019–2024");
        assert_eq!(said(&[2024], BetweenYears::Interpolated).vi, "dân số 2024");
        assert_eq!(said(&[], BetweenYears::Nearest).vi, "chưa có số dân");
    }
}
