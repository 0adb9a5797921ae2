//! What each component of a scheme is measured against, area by area.
//!
//! In: the areas of a level, a period, residents, the scheme. Out: one column of exposures for every
//! kind that the scheme uses, in the order of first use. An area without a figure has no exposure of
//! that kind: residents never stand in for what is not known.

use super::component_exposure::ComponentExposure;
use crate::assessment::context::AssessmentContext;
use crate::assessment::counting::Exposure;
use crate::domain::area::AreaIndex;
use crate::domain::area::exposure::{ExposureKind, Measure};
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;
use crate::statistics::ColumnPosition;

/// The exposures of every component and area.
#[derive(Debug, Clone)]
pub(in crate::assessment) struct ExposureColumns {
    columns: Vec<(ExposureKind, IndexVec<AreaIndex, Option<f64>>)>,
    /// For every component the index of its column.
    column_of_component: IndexVec<ComponentIndex, ColumnPosition>,
}

impl ExposureColumns {
    /// The exposures that the scheme of the filter uses.
    pub(in crate::assessment) fn of(context: &AssessmentContext<'_>, residents: &Exposure) -> Self {
        let mut columns: Vec<(ExposureKind, IndexVec<AreaIndex, Option<f64>>)> = Vec::new();
        let mut column_of_component = Vec::new();
        for component in &context.snapshot.scheme(context.filter).components {
            let known = columns.iter().position(|(kind, _)| *kind == component.exposure);
            let column = known.unwrap_or_else(|| {
                columns.push((component.exposure, column(component.exposure, context, residents)));
                columns.len() - 1
            });
            column_of_component.push(ColumnPosition::new(column));
        }
        Self { columns, column_of_component: column_of_component.into() }
    }

    /// The index of the column of a component.
    pub(in crate::assessment) fn column_of(&self, component: ComponentIndex) -> ColumnPosition {
        self.column_of_component[component]
    }

    /// What a component is measured against in an area.
    pub(in crate::assessment) fn at(&self, component: ComponentIndex, area: AreaIndex) -> ComponentExposure {
        let (kind, values) = &self.columns[self.column_of(component).index()];
        ComponentExposure { kind: *kind, value: values[area] }
    }

    /// The columns in numbers: 0 where there is no figure.
    pub(in crate::assessment) fn numbers(&self) -> Vec<Vec<f64>> {
        let column = |(_, values): &(ExposureKind, IndexVec<AreaIndex, Option<f64>>)| {
            values.iter().map(|value| value.unwrap_or(0.0)).collect()
        };
        self.columns.iter().map(column).collect()
    }
}

fn column(
    kind: ExposureKind,
    context: &AssessmentContext<'_>,
    residents: &Exposure,
) -> IndexVec<AreaIndex, Option<f64>> {
    let years = context.filter.period.years();
    let known = |area: AreaIndex, exposure: Option<f64>| exposure.filter(|_| !residents.uncovered[area]);
    let exposures: IndexVec<AreaIndex, Option<f64>> = match kind {
        ExposureKind::Residents => residents.person_years.clone(),
        ExposureKind::ResidentsAndVisitors => {
            let pairs = residents.residents.iter().zip(measured(Measure::Visitors, context));
            pairs.map(|(residents, visitors)| Some((f64::from((*residents)?) + visitors?) * years)).collect()
        }
        ExposureKind::RoadKm => {
            measured(Measure::RoadKm, context).into_iter().map(|length| Some(length? * years)).collect()
        }
    };
    exposures.indexed().map(|(area, exposure)| known(area, *exposure)).collect()
}

/// The sum of a measure over the communes of each area; absent when one of them has no figure.
fn measured(measure: Measure, context: &AssessmentContext<'_>) -> IndexVec<AreaIndex, Option<f64>> {
    let AssessmentContext { edition_data, areas, filter, .. } = *context;
    let mut sums = IndexVec::<AreaIndex, _>::from(vec![Some(0.0); areas.areas.len()]);
    for (commune, area) in areas.area_of_commune.indexed() {
        if let Some(area) = *area {
            let figure = edition_data.exposures.in_period(commune, measure, filter.period);
            sums[area] = sums[area].zip(figure).map(|(sum, figure)| sum + figure);
        }
    }
    sums
}
