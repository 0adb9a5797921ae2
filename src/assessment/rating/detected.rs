//! What police work found, beside what was reported: drugs, smuggling, pollution. Its number measures how much was looked
//! for, so it is no part of a count, a rate or a letter unless a filter names its categories.
//!
//! In: a snapshot, a level, a filter, whose period and least severity apply. Out: counts by area, in all and by
//! component.

use crate::assessment::context::AssessmentContext;
use crate::assessment::counting::{incidents_by_area, shown_categories};
use crate::domain::area::AreaIndex;
use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::CategoryIndex;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;

/// Incidents found by police work.
#[derive(Debug, Clone)]
pub(in crate::assessment) struct Detected {
    /// By component that has such categories.
    of_components: Vec<(ComponentIndex, IndexVec<AreaIndex, u32>)>,
}

impl Detected {
    /// Those of every area of a level.
    pub(in crate::assessment) fn of(context: &AssessmentContext<'_>) -> Self {
        let AssessmentContext { snapshot, edition_data, areas, filter, .. } = *context;
        let shown = shown_categories(snapshot, areas.level, CategorySet::detected(&snapshot.taxonomy));
        let components = &snapshot.scheme(filter).components;
        let of_component = |component: ComponentIndex| {
            let is_member = |category: &CategoryIndex| {
                let entry = snapshot.taxonomy.category_entry(*category);
                entry.is_some_and(|entry| entry.component == components[component].id)
            };
            let categories = shown.iter().filter(is_member).fold(CategorySet::EMPTY, CategorySet::with);
            let counted = || incidents_by_area(snapshot, edition_data, areas, &filter.with_categories(categories));
            (!categories.is_empty()).then(|| (component, counted()))
        };
        Self { of_components: ComponentIndex::of_all(components.len()).filter_map(of_component).collect() }
    }

    /// Those of an area.
    pub(in crate::assessment) fn of_area(&self, area: AreaIndex) -> u32 {
        self.of_components.iter().filter_map(|(_, counts)| counts.at(area)).sum()
    }

    /// Those that belong to a component, by area; none where the component has no such category.
    pub(super) fn of_component(&self, component: ComponentIndex) -> Option<&IndexVec<AreaIndex, u32>> {
        self.of_components.iter().find(|(known, _)| *known == component).map(|(_, counts)| counts)
    }
}
