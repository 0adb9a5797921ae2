//! What anybody can ask about: the editions with their areas, and the windows that are released and counted.
//!
//! In: what is served. Out: a [`PublishedScope`], for whoever answers everything beforehand. Nothing is answered here.

use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::role::Role;
use crate::service::error::ServiceError;
use crate::service::live::ServedSnapshot;
use crate::service::viewer::Viewer;

/// What anybody can ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublishedScope {
    /// The loaded editions, the oldest first.
    pub(crate) editions: Vec<PublishedEdition>,
    /// The ids of the windows.
    pub(crate) windows: Vec<String>,
    /// The release that the numbers are from.
    pub(crate) release: u32,
    /// The state of the data.
    pub(crate) epoch: u64,
    /// The name for all that the answers depend on.
    pub(crate) revision: String,
    /// Whether the data is the invented sample.
    pub(crate) is_sample: bool,
}

/// An edition with its areas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublishedEdition {
    /// The id.
    pub(crate) id: EditionId,
    /// The codes of the areas by level.
    pub(crate) levels: Vec<(Level, Vec<String>)>,
}

impl PublishedScope {
    /// What anybody can ask about what is served.
    ///
    /// # Errors
    /// When nothing is released.
    pub(crate) fn of(served: &ServedSnapshot) -> Result<Self, ServiceError> {
        let state = served.state(Role::Public);
        let release = state.release.ok_or(ServiceError::NoRelease)?;
        let viewer = Viewer::public(served.public_day());
        let counted = viewer.windows(&served.snapshot.rules);
        let counted = counted.filter(|window| served.counted_days(window, Role::Public).is_some());
        let edition = |edition_data: &crate::snapshot::EditionData| PublishedEdition {
            id: edition_data.entry.id,
            levels: edition_data
                .shape
                .levels
                .iter()
                .map(|level| (level.level, level.areas.iter().map(|area| area.code.to_string()).collect()))
                .collect(),
        };
        Ok(Self {
            windows: counted.map(|window| window.id.clone()).collect(),
            editions: served.snapshot.editions.iter().map(edition).collect(),
            release: release.number,
            epoch: state.epoch,
            revision: state.revision.to_string(),
            is_sample: served.snapshot.is_sample(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::questions::tests::served;

    #[test]
    fn scope_names_released_windows_and_all_areas_alone() {
        let scope = PublishedScope::of(served()).unwrap();
        assert!(!scope.windows.is_empty());
        for id in &scope.windows {
            let window = served().snapshot.rules.window(id).unwrap();
            assert!(served().snapshot.rules.is_released(window, served().public_day()), "{id}");
        }
        let areas = scope.editions.iter().flat_map(|edition| &edition.levels).map(|(_, codes)| codes.len());
        let known =
            served().snapshot.editions.iter().flat_map(|data| &data.shape.levels).map(|level| level.areas.len());
        assert!(areas.eq(known));
    }
}
