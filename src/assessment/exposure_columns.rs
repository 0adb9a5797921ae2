//! What each component of a scheme is measured against, area by area.
//!
//! In: the areas of a level, a period, residents, the scheme. Out: one column of exposures for every
//! kind that the scheme uses, in the order of first use. An area without a figure has no exposure of
//! that kind: residents never stand in for what is not known.

use super::component_exposure::ComponentExposure;
use super::counting::Exposure;
use super::ground::Ground;
use crate::domain::exposure::{ExposureKind, Measure};

/// The exposures of every component and area.
#[derive(Debug, Clone)]
pub(super) struct ExposureColumns {
    columns: Vec<(ExposureKind, Vec<Option<f64>>)>,
    /// For every component the place of its column.
    column_of_component: Vec<usize>,
}

impl ExposureColumns {
    /// The exposures that the scheme of the filter asks for.
    pub(super) fn of(ground: &Ground<'_>, residents: &Exposure) -> Self {
        let mut found = Self { columns: Vec::new(), column_of_component: Vec::new() };
        for component in &ground.snapshot.scheme(ground.filter).components {
            let known = found.columns.iter().position(|(kind, _)| *kind == component.exposure);
            let column = known.unwrap_or_else(|| {
                found.columns.push((component.exposure, column(component.exposure, ground, residents)));
                found.columns.len() - 1
            });
            found.column_of_component.push(column);
        }
        found
    }

    /// The place of the column of a component.
    pub(super) fn column_of(&self, component: usize) -> usize {
        self.column_of_component[component]
    }

    /// What a component is measured against in an area.
    pub(super) fn at(&self, component: usize, area: usize) -> ComponentExposure {
        let (kind, values) = &self.columns[self.column_of(component)];
        ComponentExposure { kind: *kind, value: values[area] }
    }

    /// The columns in numbers: 0 where there is no figure.
    pub(super) fn numbers(&self) -> Vec<Vec<f64>> {
        let column =
            |(_, values): &(ExposureKind, Vec<Option<f64>>)| values.iter().map(|value| value.unwrap_or(0.0)).collect();
        self.columns.iter().map(column).collect()
    }
}

fn column(kind: ExposureKind, ground: &Ground<'_>, residents: &Exposure) -> Vec<Option<f64>> {
    let years = ground.filter.period.years();
    match kind {
        ExposureKind::Residents => residents.person_years.clone(),
        ExposureKind::ResidentsAndVisitors => {
            let pairs = residents.residents.iter().zip(measured(Measure::Visitors, ground));
            pairs.map(|(residents, visitors)| Some((f64::from((*residents)?) + visitors?) * years)).collect()
        }
        ExposureKind::RoadKm => {
            measured(Measure::RoadKm, ground).into_iter().map(|length| Some(length? * years)).collect()
        }
    }
}

/// The sum of a measure over the communes of each area; absent when one of them has no figure.
fn measured(measure: Measure, ground: &Ground<'_>) -> Vec<Option<f64>> {
    let Ground { picture, areas, filter, .. } = *ground;
    let mut sums = vec![Some(0.0); areas.areas.len()];
    for (commune, area) in areas.area_of_commune.iter().enumerate() {
        if let Some(area) = *area {
            let figure = picture.exposures.in_period(commune, measure, filter.period);
            sums[area] = sums[area].zip(figure).map(|(sum, figure)| sum + figure);
        }
    }
    sums
}
