//! How many residents a commune has in a period.
//!
//! In: figures by commune and year, and the rule for the time between two of them. Out: residents at the middle of a
//! period, and the years of the figures that they rest on. Every request asks for all communes, so the days are worked
//! out once and what is left is one fraction of whole numbers. Before the first and after the last figure that figure
//! holds: nothing is said of a growth that nobody counted. Figures of other editions are not carried over.

use crate::domain::area::CommuneIndex;
use crate::domain::index::IndexVec;
use crate::domain::rules::population_rule::BetweenYears;
use crate::domain::time::period::{Day, Period};

/// The residents of a commune in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearFigure {
    /// The calendar year.
    pub year: i16,
    /// People who live there in that year.
    pub residents: u32,
}

/// A figure at the middle of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct DatedFigure {
    /// Twice the middle of the year, in days since 1970: whole, as the middle itself is not.
    middle_doubled: i32,
    figure: YearFigure,
}

/// The figures of every commune of an edition.
#[derive(Debug, Clone, PartialEq)]
pub struct ResidentFigures {
    between_years: BetweenYears,
    /// By commune, the earliest first.
    by_commune: IndexVec<CommuneIndex, Vec<DatedFigure>>,
    /// The first and the last middle of any figure.
    span: Option<(i32, i32)>,
}

/// Between which figures a moment lies, and how far from each.
#[derive(Debug, Clone, Copy)]
enum Between {
    /// One figure holds.
    One(YearFigure),
    /// The moment lies `after_first` from the first and `before_second` from the second; neither is 0.
    Two { first: YearFigure, second: YearFigure, after_first: i64, before_second: i64 },
}

impl ResidentFigures {
    /// The figures of some communes.
    pub(super) fn new(
        communes: usize,
        between_years: BetweenYears,
        figures: impl Iterator<Item = (CommuneIndex, YearFigure)>,
    ) -> Self {
        let mut by_commune = IndexVec::<CommuneIndex, Vec<DatedFigure>>::from(vec![Vec::new(); communes]);
        for (commune, figure) in figures {
            if let Some(of_commune) = by_commune.at_mut(commune) {
                of_commune.push(DatedFigure { middle_doubled: middle_of_year_doubled(figure.year), figure });
            }
        }
        for figures in &mut by_commune {
            figures.sort_unstable_by_key(|dated| (dated.figure.year, dated.figure.residents));
        }
        let middles = || by_commune.iter().flatten().map(|dated| dated.middle_doubled);
        let span = middles().min().zip(middles().max());
        Self { between_years, by_commune, span }
    }

    /// What holds between two years with a figure.
    pub fn between_years(&self) -> BetweenYears {
        self.between_years
    }

    /// The residents of a commune at the middle of a period, in whole persons; none where no year has a figure.
    pub fn in_period(&self, commune: CommuneIndex, period: Period) -> Option<u32> {
        self.of_communes(std::iter::once(commune), period).next().flatten()
    }

    /// As [`Self::in_period`], of several communes.
    pub fn of_communes(
        &self,
        communes: impl Iterator<Item = CommuneIndex>,
        period: Period,
    ) -> impl Iterator<Item = Option<u32>> {
        let moment = Moment::of(period);
        communes.map(move |commune| Some(self.around(commune, moment)?.residents()))
    }

    /// The years of the figures that the residents of some communes rest on, ascending.
    pub fn base_years(&self, communes: impl Iterator<Item = CommuneIndex>, period: Period) -> Vec<i16> {
        let moment = Moment::of(period);
        let mut years: Vec<i16> = communes
            .filter_map(|commune| self.around(commune, moment))
            .flat_map(|between| match between {
                Between::One(figure) => [Some(figure.year), None],
                Between::Two { first, second, .. } => [Some(first.year), Some(second.year)],
            })
            .flatten()
            .collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// A number that is equal for two periods only if every commune has the same residents in both.
    pub fn basis(&self, period: Period) -> i32 {
        let moment = Moment::of(period);
        match (self.between_years, self.span) {
            // Beyond the ends the outermost figure of every commune holds.
            (BetweenYears::Interpolated, Some((first, last))) => moment.doubled.clamp(first, last),
            (BetweenYears::Interpolated, None) => 0,
            (BetweenYears::Nearest, _) => i32::from(moment.year),
        }
    }

    fn around(&self, commune: CommuneIndex, moment: Moment) -> Option<Between> {
        let figures = self.by_commune.at(commune)?;
        match self.between_years {
            BetweenYears::Nearest => {
                let distance = |dated: &&DatedFigure| (moment.year - dated.figure.year).abs();
                figures.iter().min_by_key(distance).map(|dated| Between::One(dated.figure))
            }
            BetweenYears::Interpolated => Between::of(figures, moment.doubled),
        }
    }
}

/// The middle of a period.
#[derive(Debug, Clone, Copy)]
struct Moment {
    /// Twice the middle, in days since 1970.
    doubled: i32,
    /// The calendar year that holds the middle day.
    year: i16,
}

impl Moment {
    fn of(period: Period) -> Self {
        Self { doubled: period.from().number() + period.to().number(), year: period.middle_year() }
    }
}

impl Between {
    fn of(figures: &[DatedFigure], doubled: i32) -> Option<Self> {
        let at_or_after = figures.partition_point(|dated| dated.middle_doubled < doubled);
        let (before, after) = (figures[..at_or_after].last(), figures.get(at_or_after));
        match (before, after) {
            (Some(first), Some(second)) if second.middle_doubled > doubled => Some(Self::Two {
                first: first.figure,
                second: second.figure,
                after_first: i64::from(doubled - first.middle_doubled),
                before_second: i64::from(second.middle_doubled - doubled),
            }),
            (_, Some(only)) | (Some(only), None) => Some(Self::One(only.figure)),
            (None, None) => None,
        }
    }

    /// In whole persons, a half upwards: so communes add up to their district and to the province.
    fn residents(self) -> u32 {
        match self {
            Self::One(figure) => figure.residents,
            Self::Two { first, second, after_first, before_second } => {
                let whole = after_first + before_second;
                let weighted = i64::from(first.residents) * before_second + i64::from(second.residents) * after_first;
                ((2 * weighted + whole) / (2 * whole)) as u32
            }
        }
    }
}

/// Twice the middle between the first day of a year and that of the next, in days since 1970.
fn middle_of_year_doubled(year: i16) -> i32 {
    let first_day = |year: i16| jiff::civil::Date::new(year, 1, 1).ok().map(|date| Day::of_date(date).number());
    // The last year that has a date has no next one; no figure comes near it.
    first_day(year).zip(first_day(year.saturating_add(1))).map_or(0, |(first, next)| first + next)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn period(from: &str, to: &str) -> Period {
        let day = |date: &str| Day::of_date(date.parse().unwrap());
        Period::new(day(from), day(to)).unwrap()
    }

    fn figures(between_years: BetweenYears, of_first: &[(i16, u32)]) -> ResidentFigures {
        let first = CommuneIndex::new(0);
        let figures = of_first.iter().map(|(year, residents)| YearFigure { year: *year, residents: *residents });
        ResidentFigures::new(2, between_years, figures.map(|figure| (first, figure)))
    }

    fn residents(figures: &ResidentFigures, from: &str, to: &str) -> Option<u32> {
        figures.in_period(CommuneIndex::new(0), period(from, to))
    }

    fn years(figures: &ResidentFigures, from: &str, to: &str) -> Vec<i16> {
        figures.base_years([0, 1].map(CommuneIndex::new).into_iter(), period(from, to))
    }

    #[test]
    fn year_between_two_counts_lies_on_the_line_between_them() {
        // The middle of 2019 is noon of 2 July 2019, that of 2024, a leap year, the first moment of 2 July 2024: 1826.5
        // days later. The year of statistics 2022 runs from 15 December 2021 to 15 December 2022, its middle is noon of
        // 15 June 2022, 1079 days after the first. 10,000 + 2,000 · 1079 / 1826.5 = 11,181.49.
        let counted = figures(BetweenYears::Interpolated, &[(2024, 12_000), (2019, 10_000)]);
        assert_eq!(residents(&counted, "2021-12-15", "2022-12-15"), Some(11_181));
        assert_eq!(years(&counted, "2021-12-15", "2022-12-15"), [2019, 2024]);
        // Calendar years have the middles of the figures themselves.
        assert_eq!(residents(&counted, "2019-01-01", "2020-01-01"), Some(10_000));
        assert_eq!(residents(&counted, "2024-01-01", "2025-01-01"), Some(12_000));
        assert_eq!(years(&counted, "2024-01-01", "2025-01-01"), [2024]);
    }

    #[test]
    fn shrinking_commune_shrinks_day_by_day() {
        let counted = figures(BetweenYears::Interpolated, &[(2019, 10_000), (2024, 8_174)]);
        // 1,826 residents fewer in 1826.5 days: from 1 July to 5 July 2019 the middle is the first moment of 3 July,
        // half a day after the first figure.
        assert_eq!(residents(&counted, "2019-07-01", "2019-07-05"), Some(10_000));
        assert_eq!(residents(&counted, "2019-07-02", "2019-07-06"), Some(9_999));
        assert_eq!(residents(&counted, "2019-07-12", "2019-07-16"), Some(9_989));
    }

    #[test]
    fn outermost_figure_holds_beyond_the_ends() {
        let counted = figures(BetweenYears::Interpolated, &[(2019, 10_000), (2024, 12_000)]);
        assert_eq!(residents(&counted, "2010-01-01", "2011-01-01"), Some(10_000));
        assert_eq!(residents(&counted, "2025-01-01", "2026-01-01"), Some(12_000));
        assert_eq!(years(&counted, "2025-01-01", "2026-01-01"), [2024]);
        assert_eq!(residents(&figures(BetweenYears::Interpolated, &[(2019, 7)]), "2022-01-01", "2023-01-01"), Some(7));
    }

    #[test]
    fn nearest_year_is_used_where_the_rule_says_so() {
        let counted = figures(BetweenYears::Nearest, &[(2019, 10_000), (2024, 12_000)]);
        assert_eq!(residents(&counted, "2021-01-01", "2022-01-01"), Some(10_000));
        assert_eq!(residents(&counted, "2021-12-15", "2022-12-15"), Some(12_000));
        assert_eq!(years(&counted, "2021-12-15", "2022-12-15"), [2024]);
        let equally_near = figures(BetweenYears::Nearest, &[(2020, 1), (2024, 2)]);
        assert_eq!(residents(&equally_near, "2022-01-01", "2023-01-01"), Some(1), "of two equally near the earlier");
    }

    #[test]
    fn commune_without_a_figure_has_no_residents() {
        for between_years in [BetweenYears::Interpolated, BetweenYears::Nearest] {
            let none = figures(between_years, &[]);
            assert_eq!(residents(&none, "2022-01-01", "2023-01-01"), None);
            assert_eq!(years(&none, "2022-01-01", "2023-01-01"), [0_i16; 0]);
            let year = period("2022-01-01", "2023-01-01");
            assert_eq!(figures(between_years, &[(2019, 1)]).in_period(CommuneIndex::new(1), year), None);
            assert_eq!(figures(between_years, &[(2019, 1)]).in_period(CommuneIndex::new(9), year), None);
        }
    }

    proptest! {
        #[test]
        fn residents_lie_between_their_figures_and_equal_bases_have_equal_residents(
            counted in prop::collection::btree_map(2015_i16..2030, 0_u32..3_000_000, 1..5),
            spans in prop::collection::vec((16_000_i32..22_500, 1_i32..1_500), 2..6),
            is_interpolated: bool,
        ) {
            let rule = if is_interpolated { BetweenYears::Interpolated } else { BetweenYears::Nearest };
            let counted: Vec<(i16, u32)> = counted.into_iter().collect();
            let figures = figures(rule, &counted);
            let mut by_basis = std::collections::BTreeMap::new();
            for (first, days) in spans {
                let period = Period::new(Day::from_number(first), Day::from_number(first + days)).unwrap();
                let residents = figures.in_period(CommuneIndex::new(0), period).unwrap();
                let base = figures.base_years(std::iter::once(CommuneIndex::new(0)), period);
                let of_base: Vec<u32> =
                    counted.iter().filter(|(year, _)| base.contains(year)).map(|(_, residents)| *residents).collect();
                prop_assert!((1..=2).contains(&base.len()));
                prop_assert!(of_base.iter().min().unwrap() <= &residents && &residents <= of_base.iter().max().unwrap());
                prop_assert_eq!(*by_basis.entry(figures.basis(period)).or_insert(residents), residents);
            }
        }
    }
}
