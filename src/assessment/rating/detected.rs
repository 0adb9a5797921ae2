//! What police work found, beside what was reported: drugs, smuggling, pollution. Its number measures how much was looked
//! for, so it is no part of a count, a rate or a letter unless a filter names its categories.
//!
//! In: a snapshot, a level, a filter, whose period and least severity apply; for the public the counts that are published.
//! Out: counts by area, in all and by component.

use crate::assessment::context::AssessmentContext;
use crate::assessment::counting::{general_detected, incidents_by_area, shown_categories};
use crate::domain::area::AreaIndex;
use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::CategoryIndex;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;

/// Counts by area; none where they are not known.
type KnownCounts = IndexVec<AreaIndex, Option<u32>>;

/// Incidents found by police work.
#[derive(Debug, Clone)]
pub(in crate::assessment) struct Detected {
    /// All of them.
    whole: KnownCounts,
    /// By component that has such categories.
    of_components: Vec<(ComponentIndex, KnownCounts)>,
}

impl Detected {
    /// Those of every area of a level.
    pub(in crate::assessment) fn of(context: &AssessmentContext<'_>) -> Self {
        let AssessmentContext { snapshot, edition_data, areas, filter, .. } = *context;
        let shown = shown_categories(snapshot, areas.level, CategorySet::detected(&snapshot.taxonomy));
        let counted = |categories: CategorySet| -> KnownCounts {
            let counts = incidents_by_area(snapshot, edition_data, areas, &filter.with_categories(categories));
            counts.iter().copied().map(Some).collect()
        };
        let whole = counted(shown);
        let of_component = |(component, categories)| {
            let counts = if categories == shown { whole.clone() } else { counted(categories) };
            (component, counts)
        };
        Self { of_components: by_component(context, shown).map(of_component).collect(), whole }
    }

    /// What is published of them: a component is where it holds them all, for parts of them are not.
    pub(in crate::assessment) fn published(context: &AssessmentContext<'_>, whole: KnownCounts) -> Self {
        let all = general_detected(context.snapshot);
        let of_components = by_component(context, all).filter(|(_, categories)| *categories == all);
        Self { of_components: of_components.map(|(component, _)| (component, whole.clone())).collect(), whole }
    }

    /// Those of an area; none where they are not known.
    pub(in crate::assessment) fn of_area(&self, area: AreaIndex) -> Option<u32> {
        self.whole.at(area).copied().flatten()
    }

    /// Those that belong to a component, by area; none where the component has no such category.
    pub(super) fn of_component(&self, component: ComponentIndex) -> Option<&KnownCounts> {
        self.of_components.iter().find(|(known, _)| *known == component).map(|(_, counts)| counts)
    }
}

/// The components that have any of some categories, with those.
fn by_component(
    context: &AssessmentContext<'_>,
    shown: CategorySet,
) -> impl Iterator<Item = (ComponentIndex, CategorySet)> {
    let AssessmentContext { snapshot, filter, .. } = *context;
    let components = &snapshot.scheme(filter).components;
    ComponentIndex::of_all(components.len()).filter_map(move |component| {
        let is_member = |category: &CategoryIndex| {
            let entry = snapshot.taxonomy.category_entry(*category);
            entry.is_some_and(|entry| entry.component == components[component].id)
        };
        let categories = shown.iter().filter(is_member).fold(CategorySet::EMPTY, CategorySet::with);
        (!categories.is_empty()).then_some((component, categories))
    })
}
