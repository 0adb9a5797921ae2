//! Where clusters are looked for: a level under a filter, and the shape of zones.
//!
//! In: a query and a viewer. Out: a [`ClusterQuestion`]. Clusters are computed from all counts, small ones too, so the
//! public is refused.

use crate::assessment::clusters::scan::ClusterShape;
use crate::domain::area::Level;
use crate::domain::role::Role;
use crate::service::error::{ServiceError, quoted};
use crate::service::filter::{RequestedFilter, level};
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::Viewer;

/// A level under a filter, to be scanned.
#[derive(Debug, Clone)]
pub(crate) struct ClusterQuestion {
    pub(crate) requested: RequestedFilter,
    pub(crate) level: Level,
    pub(crate) shape: ClusterShape,
    /// Who asks.
    pub(crate) role: Role,
}

impl ClusterQuestion {
    /// The level, the filter and the shape of a query; circles where none is named.
    ///
    /// # Errors
    /// For the public, and when a parameter is wrong.
    pub(crate) fn of(query: &Query, served: &ServedSnapshot, viewer: Viewer) -> Result<Self, ServiceError> {
        viewer.at_least(Role::Planner)?;
        let requested = RequestedFilter::resolved(query, served, viewer)?;
        let level = level(query, &served.snapshot, requested.filter.edition)?;
        Ok(Self { requested, level, shape: shape(query)?, role: viewer.role() })
    }

    /// A level that is already resolved, scanned by circles.
    ///
    /// # Errors
    /// For the public.
    pub(crate) fn by_circles(requested: RequestedFilter, level: Level, viewer: Viewer) -> Result<Self, ServiceError> {
        viewer.at_least(Role::Planner)?;
        Ok(Self { requested, level, shape: ClusterShape::Circle, role: viewer.role() })
    }

    /// The canonical text of all that is asked.
    pub(crate) fn key(&self, served: &ServedSnapshot) -> String {
        format!("{}&level={}&shape={}", self.requested.key(&served.snapshot), self.level, self.shape.as_str())
    }
}

fn shape(query: &Query) -> Result<ClusterShape, ServiceError> {
    let Some(text) = query.value("shape") else { return Ok(ClusterShape::Circle) };
    let known = || ClusterShape::ALL.iter().map(|shape| shape.as_str().to_owned()).collect();
    let named = ClusterShape::ALL.into_iter().find(|shape| shape.as_str() == text);
    named.ok_or_else(|| ServiceError::none_of("shape", &quoted(text), known()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::questions::tests::{query, served, viewer};

    fn asked(text: &str, role: Role) -> Result<ClusterQuestion, ServiceError> {
        ClusterQuestion::of(&query(text), served(), viewer(role))
    }

    #[test]
    fn circles_over_communes_are_meant_where_nothing_is_said() {
        let question = asked("window=TK-2022", Role::Planner).unwrap();
        assert_eq!((question.level, question.shape), (Level::Commune, ClusterShape::Circle));
        assert!(question.key(served()).ends_with("&level=commune&shape=circle"), "{}", question.key(served()));
        let named = asked("window=TK-2022&level=district&shape=ellipse", Role::Planner).unwrap();
        assert_eq!((named.level, named.shape), (Level::District, ClusterShape::Ellipse));
    }

    #[test]
    fn public_and_shapes_that_are_none_are_refused() {
        let refused = asked("window=TK-2022", Role::Public).unwrap_err();
        assert_eq!(refused, ServiceError::RoleTooLow { needed: Role::Planner, role: Role::Public });
        let Err(ServiceError::InvalidParameter { name: "shape", known, .. }) =
            asked("window=TK-2022&shape=square", Role::Planner)
        else {
            panic!("a square is no shape")
        };
        assert_eq!(known, ["circle", "ellipse"]);
    }
}
