//! Exposure figures of communes by measure and year, and which year a period uses.
//!
//! In: the figures of the holdings, and the communes of an edition. Out: the figure of the year nearest
//! to the middle of a period. Figures of other editions are not carried over, as residents are not.

use std::collections::BTreeMap;

use crate::domain::area::edition::EditionId;
use crate::domain::area::exposure::{ExposureFigure, Measure};
use crate::domain::area::{AreaKey, CommuneIndex};
use crate::domain::index::IndexVec;
use crate::domain::time::period::Period;

/// The figures of every commune of an edition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExposureFigures {
    by_commune: IndexVec<CommuneIndex, BTreeMap<Measure, Vec<(i16, f64)>>>,
}

impl ExposureFigures {
    /// The figures of an edition with some communes.
    pub(super) fn new(
        communes: usize,
        commune_of_key: &BTreeMap<AreaKey, CommuneIndex>,
        edition: EditionId,
        figures: &[ExposureFigure],
    ) -> Self {
        let mut by_commune = vec![BTreeMap::<Measure, Vec<(i16, f64)>>::new(); communes];
        for figure in figures.iter().filter(|figure| figure.area.edition == edition) {
            let place = commune_of_key.get(&figure.area).and_then(|commune| by_commune.get_mut(commune.index()));
            if let Some(of_commune) = place {
                of_commune.entry(figure.measure).or_default().push((figure.year, figure.quantity.value()));
            }
        }
        for years in by_commune.iter_mut().flat_map(BTreeMap::values_mut) {
            years.sort_unstable_by_key(|(year, _)| *year);
        }
        Self { by_commune: by_commune.into() }
    }

    /// The figure of a commune for a period: that of the year nearest to its middle; none where there is none at all.
    pub fn in_period(&self, commune: CommuneIndex, measure: Measure, period: Period) -> Option<f64> {
        nearest(self.by_commune.at(commune)?.get(&measure)?, period).map(|(_, quantity)| quantity)
    }
}

/// The figure of the year nearest to the middle of a period; of two equally near the earlier.
fn nearest<T: Copy>(figures: &[(i16, T)], period: Period) -> Option<(i16, T)> {
    let year = period.middle_year();
    figures.iter().min_by_key(|(figure_year, _)| (year - figure_year).abs()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::area::exposure::Quantity;
    use crate::domain::time::period::Day;

    fn key(code: &str) -> AreaKey {
        AreaKey { edition: "2025-01".parse().unwrap(), code: code.parse().unwrap() }
    }

    fn figure(area: AreaKey, year: i16, measure: Measure, quantity: f64) -> ExposureFigure {
        ExposureFigure { area, year, measure, quantity: Quantity::new(quantity).unwrap() }
    }

    fn period(from: &str, to: &str) -> Period {
        let day = |date: &str| Day::of_date(date.parse().unwrap());
        Period::new(day(from), day(to)).unwrap()
    }

    #[test]
    fn figure_of_the_year_nearest_to_the_middle_is_used() {
        let rows = [
            figure(key("20001"), 2024, Measure::Visitors, 20_000.0),
            figure(key("20001"), 2020, Measure::Visitors, 5_000.0),
            figure(key("20001"), 2022, Measure::RoadKm, 12.5),
        ];
        let figures = ExposureFigures::new(
            2,
            &BTreeMap::from([(key("20001"), CommuneIndex::new(0))]),
            key("20001").edition,
            &rows,
        );
        let visitors = |from, to| figures.in_period(CommuneIndex::new(0), Measure::Visitors, period(from, to));
        assert_eq!(visitors("2023-01-01", "2024-01-01"), Some(20_000.0));
        assert_eq!(visitors("2022-01-01", "2023-01-01"), Some(5_000.0), "of two equally near the earlier");
        assert_eq!(visitors("2015-01-01", "2016-01-01"), Some(5_000.0));
        assert_eq!(
            figures.in_period(CommuneIndex::new(0), Measure::RoadKm, period("2024-01-01", "2025-01-01")),
            Some(12.5)
        );
    }

    #[test]
    fn commune_without_figure_and_figure_of_another_edition_give_none() {
        let foreign = AreaKey { edition: "2020-02".parse().unwrap(), ..key("20001") };
        let places = BTreeMap::from([(key("20001"), CommuneIndex::new(0)), (foreign.clone(), CommuneIndex::new(0))]);
        let rows = [figure(foreign, 2024, Measure::Visitors, 9.0), figure(key("20007"), 2024, Measure::Visitors, 9.0)];
        let figures = ExposureFigures::new(1, &places, key("20001").edition, &rows);
        let year = period("2024-01-01", "2025-01-01");
        assert_eq!(figures.in_period(CommuneIndex::new(0), Measure::Visitors, year), None);
        assert_eq!(figures.in_period(CommuneIndex::new(5), Measure::Visitors, year), None);
        assert_eq!(ExposureFigures::default().in_period(CommuneIndex::new(0), Measure::RoadKm, year), None);
    }
}
