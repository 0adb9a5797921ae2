//! What anybody can ask about: the editions with their areas, and the windows that are released and counted.
//!
//! In: what is served. Out: a [`PublishedScope`], for whoever answers everything beforehand. Nothing is answered here.

use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::role::Role;
use crate::service::error::ServiceError;
use crate::service::filter::default_edition;
use crate::service::live::ServedSnapshot;
use crate::service::viewer::Viewer;

/// What anybody can ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublishedScope {
    /// The loaded editions, the oldest first.
    pub(crate) editions: Vec<PublishedEdition>,
    /// The ids of the windows.
    pub(crate) windows: Vec<String>,
    /// The ids of the schemes beside the one that counts where none is named.
    pub(crate) schemes: Vec<String>,
    /// The edition and the window of a question that names none.
    pub(crate) first: (EditionId, String),
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

/// A parameter of an address by which the numbers of a question are filtered.
pub(crate) type FilterParameter = (&'static str, String);

impl PublishedScope {
    /// What anybody can ask about what is served.
    ///
    /// # Errors
    /// When nothing is released.
    pub(crate) fn of(served: &ServedSnapshot) -> Result<Self, ServiceError> {
        let state = served.state(Role::Public);
        let release = state.release.ok_or(ServiceError::NoRelease)?;
        let viewer = Viewer::public(served.public_day());
        let snapshot = &served.snapshot;
        let counted = viewer.windows(&snapshot.rules);
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
        let (first, _) = viewer.default_window(served).ok_or(ServiceError::NoRelease)?;
        let usual = &snapshot.schemes.scheme(snapshot.schemes.default_index()).id;
        let schemes = viewer.schemes(&snapshot.schemes).map(|scheme| &scheme.id).filter(|id| *id != usual);
        Ok(Self {
            windows: counted.map(|window| window.id.clone()).collect(),
            schemes: schemes.cloned().collect(),
            first: (default_edition(snapshot)?, first.id.clone()),
            editions: snapshot.editions.iter().map(edition).collect(),
            release: release.number,
            epoch: state.epoch,
            revision: state.revision.to_string(),
            is_sample: snapshot.is_sample(),
        })
    }

    /// Every filter that can be asked for: each window, by the usual scheme and by each other.
    pub(crate) fn filters(&self) -> Vec<Vec<FilterParameter>> {
        let by_schemes = |window: &String| {
            let of_window = vec![("window", window.clone())];
            let others = self.schemes.iter().map(|scheme| vec![("window", window.clone()), ("scheme", scheme.clone())]);
            std::iter::once(of_window).chain(others).collect::<Vec<_>>()
        };
        self.windows.iter().flat_map(by_schemes).collect()
    }

    /// Two communes and their province in two windows, by the usual scheme.
    #[cfg(test)]
    pub(crate) fn example() -> Self {
        let id: EditionId = "2025-07".parse().expect("an edition is a year and a month");
        let levels = vec![
            (Level::Commune, vec!["20335".to_owned(), "20341".to_owned()]),
            (Level::Province, vec!["49".to_owned()]),
        ];
        Self {
            editions: vec![PublishedEdition { id, levels }],
            windows: vec!["TK-2024".to_owned(), "TK-2025".to_owned()],
            schemes: Vec::new(),
            first: (id, "TK-2025".to_owned()),
            release: 3,
            epoch: 7,
            revision: "a".to_owned(),
            is_sample: true,
        }
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
        assert!(scope.windows.contains(&scope.first.1) && scope.editions.iter().any(|one| one.id == scope.first.0));
    }

    #[test]
    fn each_window_is_asked_for_by_every_scheme() {
        let scope = PublishedScope { schemes: vec!["plain".to_owned()], ..PublishedScope::example() };
        let asked: Vec<String> = scope
            .filters()
            .iter()
            .map(|pairs| pairs.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(","))
            .collect();
        assert_eq!(asked, ["TK-2024", "TK-2024,plain", "TK-2025", "TK-2025,plain"]);
    }
}
