//! Whether the severity of an incident counts in a rating.
//!
//! In: a scheme, a taxonomy, a filter. Out: whether the classes that it rates and counts weigh differently, so that a
//! sentence speaks of severity only where severity had a part in the number.

use super::rated_classes;
use crate::domain::filter::Filter;
use crate::domain::incident::taxonomy::Taxonomy;
use crate::domain::rules::scheme::Scheme;

/// What an incident weighs in a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighting {
    /// Each as much as any other.
    Equal,
    /// By its severity or its component.
    BySeverity,
}

impl Weighting {
    /// The weighting among the classes of a scheme that a filter counts.
    pub fn of(scheme: &Scheme, taxonomy: &Taxonomy, filter: &Filter) -> Self {
        let is_counted = |component: &str| {
            let counted = filter.categories.iter().filter_map(|index| taxonomy.category_entry(index));
            counted.into_iter().any(|category| category.component == component)
        };
        let classes = rated_classes(scheme);
        let mut weights = classes
            .iter()
            .filter(|class| class.severity >= filter.min_severity && is_counted(&scheme.components[class.component].id))
            .map(|class| class.weight);
        let first = weights.next();
        if weights.all(|weight| Some(weight) == first) { Self::Equal } else { Self::BySeverity }
    }
}
