//! The names that a shared view carries, held against what is served: which of them exist, which the viewer may see,
//! and which area they mean.
//!
//! In: keys and values of a view, which anybody may have written. Out: what of it can be shown. Whoever makes a page
//! of it decides what to do with the rest.

use super::areas::{LevelView, NamedArea};
use crate::assessment::AssessmentError;
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::text::Language;
use crate::service::error::ServiceError;
use crate::service::filter::edition;
use crate::service::live::ServedSnapshot;
use crate::service::viewer::Viewer;
use crate::snapshot::Snapshot;

/// What a view calls the level that follows the zoom.
pub(crate) const BY_ZOOM: &str = "auto";

/// What is served, as the names of a view are looked up in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ViewNames<'a> {
    served: &'a ServedSnapshot,
    snapshot: &'a Snapshot,
    viewer: Viewer,
}

impl<'a> ViewNames<'a> {
    /// The names that are served, for a viewer.
    pub(crate) fn of(served: &'a ServedSnapshot, viewer: Viewer) -> Self {
        Self { served, snapshot: &served.snapshot, viewer }
    }

    /// Whether a period is one that somebody with a role has asked for: between free days, or a window not yet released.
    pub(crate) fn is_withheld(self, period: &str) -> bool {
        let rules = &self.snapshot.rules;
        let unreleased = |id| rules.window(id).is_some_and(|window| !rules.is_released(window, self.viewer.today()));
        period.contains("..") || unreleased(period)
    }

    /// Whether there is anything of a name. Keys that name no data are not judged.
    pub(crate) fn is_known(self, key: &str, value: &str) -> bool {
        let snapshot = self.snapshot;
        match key {
            "window" | "against" => {
                let window = snapshot.rules.window(value);
                window.is_some_and(|window| self.served.counted_days(window, self.viewer.role()).is_some())
            }
            "group" => snapshot.peers.groups().any(|(_, group)| group.id == value),
            "edition" => edition(snapshot, value).is_ok(),
            "scheme" => self.viewer.schemes(&snapshot.schemes).any(|scheme| scheme.id == value),
            _ => true,
        }
    }

    /// The level of a view and its area, where there is one of the code. Where the level follows the zoom, the area
    /// says which it is.
    ///
    /// # Errors
    /// When the edition is not loaded.
    pub(crate) fn level_view(
        self,
        edition: EditionId,
        level: Option<&str>,
        code: Option<&str>,
    ) -> Result<LevelView, ServiceError> {
        let edition_data = self.snapshot.edition(edition).ok_or(AssessmentError::NoSuchEdition(edition))?;
        if level == Some(BY_ZOOM) {
            let found = code.and_then(|code| NamedArea::found(edition_data, code));
            return Ok(found.map_or(LevelView { level: Level::Commune, area_index: None }, LevelView::from));
        }
        let named = level.and_then(|text| text.parse().ok());
        let level = named.filter(|level| edition_data.shape.level(*level).is_some()).unwrap_or(Level::Commune);
        let area_index = |code: &str| edition_data.shape.level(level)?.index_of(&code.parse().ok()?);
        Ok(LevelView { level, area_index: code.and_then(area_index) })
    }

    /// The name of an area; empty where there is none.
    pub(crate) fn area_name(self, edition: EditionId, area: NamedArea) -> &'a str {
        let areas = self.snapshot.edition(edition).and_then(|edition_data| edition_data.shape.level(area.level));
        areas.and_then(|areas| areas.areas.at(area.area_index)).map_or("", |area| area.name.as_str())
    }

    /// The name of a window; empty where there is none.
    pub(crate) fn window_name(self, id: Option<&str>, language: Language) -> &'a str {
        let window = id.and_then(|id| self.snapshot.rules.window(id));
        window.map_or("", |window| window.names.in_language(language))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::area::AreaIndex;
    use crate::domain::role::Role;
    use crate::domain::time::period::Day;
    use crate::service::questions::tests::{served, viewer};
    use crate::snapshot::tests::EDITION;

    fn names() -> ViewNames<'static> {
        ViewNames::of(served(), viewer(Role::Public))
    }

    fn level_view(level: Option<&str>, code: Option<&str>) -> LevelView {
        names().level_view(EDITION.parse().unwrap(), level, code).unwrap()
    }

    #[test]
    fn free_days_and_unreleased_windows_are_withheld() {
        for period in ["2024-01-01..2024-02-01", "..", "N-2022"] {
            assert!(names().is_withheld(period), "{period}");
        }
        assert!(!names().is_withheld("TK-2022") && !names().is_withheld("TK-1900"), "released, and no window at all");
        let early = ViewNames::of(served(), Viewer::public(Day::of_date(date(2022, 6, 1))));
        assert!(early.is_withheld("TK-2022"), "the year is not over");
    }

    #[test]
    fn names_of_data_are_known_or_not_and_other_keys_are_not_judged() {
        let (_, group) = served().snapshot.peers.groups().next().unwrap();
        let known = [("window", "TK-2022"), ("edition", EDITION), ("scheme", "default"), ("group", group.id.as_str())];
        for (key, value) in known {
            assert!(names().is_known(key, value), "{key}={value}");
        }
        for key in ["window", "against", "edition", "scheme", "group"] {
            assert!(!names().is_known(key, "2031-01") && !names().is_known(key, ""), "{key}");
        }
        assert!(names().is_known("zoom", "anything"));
    }

    #[test]
    fn area_says_the_level_where_that_follows_the_zoom() {
        let at = |level, number: usize| LevelView { level, area_index: Some(AreaIndex::new(number)) };
        let nowhere = LevelView { level: Level::Commune, area_index: None };
        assert_eq!(level_view(Some(BY_ZOOM), Some("502")), at(Level::District, 1));
        assert_eq!(level_view(Some(BY_ZOOM), Some("20009")), nowhere);
        assert_eq!(level_view(Some(BY_ZOOM), None), nowhere);
        assert_eq!(level_view(Some("district"), Some("501")), at(Level::District, 0));
        assert_eq!(level_view(Some("district"), Some("20001")).area_index, None, "no district has the code");
        assert_eq!(level_view(Some("village"), Some("20002")), at(Level::Commune, 1));
        assert!(names().level_view("2031-01".parse().unwrap(), None, None).is_err());
    }

    #[test]
    fn what_is_not_there_has_no_name() {
        let edition = EDITION.parse().unwrap();
        let area = |number| NamedArea { level: Level::Commune, area_index: AreaIndex::new(number) };
        assert_eq!(names().area_name(edition, area(7)), "Commune 20008");
        assert_eq!(names().area_name(edition, area(8)), "");
        assert_eq!(names().window_name(Some("TK-2022"), Language::English), "Statistics year 2022");
        assert_eq!([None, Some("TK-1900")].map(|id| names().window_name(id, Language::English)), ["", ""]);
    }
}
