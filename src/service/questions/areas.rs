//! Areas by their codes: the one that an address names, and those of the parameter `areas`.
//!
//! In: codes as they are written, an edition, a level. Out: indices of areas that exist, or the refusal that says
//! what is missing.

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, AreaIndex, Level};
use crate::domain::text::Names;
use crate::service::Service;
use crate::service::answers::AssessedLevel;
use crate::service::error::{ServiceError, quoted};
use crate::service::filter::{RequestedFilter, level};
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::snapshot::{EditionData, Snapshot};
use crate::texts::text;

/// An area of an edition that was named by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NamedArea {
    pub(crate) level: Level,
    pub(crate) area_index: AreaIndex,
}

impl NamedArea {
    /// The area of a code on the most detailed level that has it: communes before districts before the province.
    ///
    /// # Errors
    /// When no level has it.
    pub(crate) fn of(snapshot: &Snapshot, edition: EditionId, code: &str) -> Result<Self, ServiceError> {
        let found = snapshot.edition(edition).and_then(|edition_data| Self::found(edition_data, code));
        found.ok_or_else(|| absent(edition, code))
    }

    /// The same; none where no level has it.
    pub(super) fn found(edition_data: &EditionData, code: &str) -> Option<Self> {
        let code: AreaCode = code.parse().ok()?;
        let mut levels: Vec<_> = edition_data.shape.levels.iter().collect();
        levels.sort_by_key(|areas| std::cmp::Reverse(areas.level));
        levels.into_iter().find_map(|areas| Some(Self { level: areas.level, area_index: areas.index_of(&code)? }))
    }
}

/// A level, and the area of it that a view is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LevelView {
    pub(crate) level: Level,
    pub(crate) area_index: Option<AreaIndex>,
}

impl LevelView {
    /// The level that `level` names and its area that `area` names; an area alone names its level.
    ///
    /// # Errors
    /// When there is no such level or area.
    pub(crate) fn requested(query: &Query, snapshot: &Snapshot, edition: EditionId) -> Result<Self, ServiceError> {
        let of_query = level(query, snapshot, edition)?;
        let Some(code) = query.value("area") else { return Ok(Self { level: of_query, area_index: None }) };
        if query.value("level").is_none() {
            return NamedArea::of(snapshot, edition, code).map(Self::from);
        }
        let areas = snapshot.edition(edition).and_then(|edition_data| edition_data.shape.level(of_query));
        let found = areas.and_then(|areas| areas.index_of(&code.parse().ok()?));
        let area_index = found.ok_or_else(|| absent(edition, code))?;
        Ok(Self { level: of_query, area_index: Some(area_index) })
    }
}

impl From<NamedArea> for LevelView {
    fn from(NamedArea { level, area_index }: NamedArea) -> Self {
        Self { level, area_index: Some(area_index) }
    }
}

/// All areas of a level under a filter.
#[derive(Debug, Clone)]
pub(crate) struct LevelQuestion {
    requested: RequestedFilter,
    level: Level,
    viewer: Viewer,
}

impl LevelQuestion {
    /// The level and the filter of a query.
    ///
    /// # Errors
    /// When a parameter is wrong, or the viewer may not ask for the filter.
    pub(crate) fn of(query: &Query, served: &ServedSnapshot, viewer: Viewer) -> Result<Self, ServiceError> {
        let requested = RequestedFilter::resolved(query, served, viewer)?;
        let level = level(query, &served.snapshot, requested.filter.edition)?;
        Ok(Self { requested, level, viewer })
    }

    /// The canonical text of the question.
    pub(crate) fn key(&self, served: &ServedSnapshot) -> String {
        format!("{}&level={}", self.requested.key(&served.snapshot), self.level)
    }

    /// The level, edition and period as part of the name of a file.
    pub(crate) fn file_name(&self) -> String {
        format!("{}-{}", self.level, self.requested.file_name())
    }

    /// The level assessed for the viewer. Blocks while that is done.
    ///
    /// # Errors
    /// When the edition is gone.
    pub(crate) fn assessed(
        &self,
        service: &Service,
        served: &Arc<ServedSnapshot>,
    ) -> Result<AssessedLevel, ServiceError> {
        service.assessed(served, self.requested.clone(), self.level, self.viewer)
    }
}

fn absent(edition: EditionId, code: &str) -> ServiceError {
    let what = text!("request-no-area", edition = edition.to_string(), code = quoted(code));
    ServiceError::NotFound { what, known: Vec::new() }
}

/// Some areas of one level, in the order of the request.
#[derive(Debug, Clone)]
pub(crate) struct RequestedAreas {
    pub(crate) level: Level,
    pub(crate) area_indices: Vec<AreaIndex>,
    /// Their codes, for the name of a file: all of a few, the number of many.
    pub(crate) file_name: String,
}

impl RequestedAreas {
    /// The areas of a query, of which there may be so many.
    ///
    /// # Errors
    /// When there are fewer or more, when one stands twice or nowhere, or when they are of different levels.
    pub(crate) fn of(
        query: &Query,
        snapshot: &Snapshot,
        edition: EditionId,
        how_many: &RangeInclusive<usize>,
    ) -> Result<Self, ServiceError> {
        let text = query.value("areas").unwrap_or_default();
        let codes: Vec<&str> = text.split(',').filter(|code| !code.is_empty()).collect();
        let mut distinct = codes.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if !how_many.contains(&codes.len()) || distinct.len() != codes.len() {
            return Err(ServiceError::invalid("areas", &quoted(text), expected(how_many)));
        }
        let found: Vec<NamedArea> =
            codes.iter().map(|code| NamedArea::of(snapshot, edition, code)).collect::<Result<_, _>>()?;
        let level = found.first().map_or(Level::Commune, |area| area.level);
        if found.iter().any(|area| area.level != level) {
            return Err(ServiceError::ConflictingParameters { what: text!("request-areas-of-one-level") });
        }
        let trimmed: Vec<&str> = codes.iter().map(|code| code.trim()).collect();
        let area_indices = found.into_iter().map(|area| area.area_index).collect();
        let file_name = if codes.len() > 6 { format!("{}-areas", codes.len()) } else { trimmed.join("-") };
        Ok(Self { level, area_indices, file_name })
    }

    /// The canonical text of the choice.
    pub(crate) fn key(&self) -> String {
        let numbers: Vec<usize> = self.area_indices.iter().map(|area_index| area_index.index()).collect();
        format!("&level={}&areas={numbers:?}", self.level)
    }
}

fn expected(how_many: &RangeInclusive<usize>) -> Names {
    let (least, most) = (*how_many.start(), *how_many.end());
    if least == most {
        return text!("expected-area-codes-exactly", count = least);
    }
    text!("expected-area-codes-between", least = least, most = most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::questions::tests::{query, served};
    use crate::snapshot::tests::EDITION;

    fn edition() -> EditionId {
        EDITION.parse().unwrap()
    }

    fn named(code: &str) -> Result<NamedArea, ServiceError> {
        NamedArea::of(&served().snapshot, edition(), code)
    }

    fn requested(areas: &str, how_many: RangeInclusive<usize>) -> Result<RequestedAreas, ServiceError> {
        RequestedAreas::of(&query(&format!("areas={areas}")), &served().snapshot, edition(), &how_many)
    }

    #[test]
    fn code_names_an_area_of_whatever_level_has_it() {
        let area = |level, number| NamedArea { level, area_index: AreaIndex::new(number) };
        assert_eq!(named("20003").unwrap(), area(Level::Commune, 2));
        assert_eq!(named("502").unwrap(), area(Level::District, 1));
        assert_eq!(named("49").unwrap(), area(Level::Province, 0));
    }

    #[test]
    fn code_that_no_level_has_is_quoted_in_the_refusal() {
        for code in ["20009", "2000", "Commune", "", "20001;DROP"] {
            let Err(ServiceError::NotFound { what, .. }) = named(code) else { panic!("{code} was found") };
            assert_eq!(what.en, format!("The edition {EDITION} has no area with the code \"{code}\"."));
        }
        let elsewhere = NamedArea::of(&served().snapshot, "2031-01".parse().unwrap(), "20001");
        assert!(matches!(elsewhere, Err(ServiceError::NotFound { .. })));
    }

    #[test]
    fn areas_keep_the_order_of_the_request() {
        let areas = requested("20003,20001", 2..=6).unwrap();
        assert_eq!(areas.area_indices, [2, 0].map(AreaIndex::new));
        assert_eq!((areas.file_name.as_str(), areas.key().as_str()), ("20003-20001", "&level=commune&areas=[2, 0]"));
    }

    #[test]
    fn name_of_a_file_counts_many_areas() {
        let codes: Vec<String> = (20_001..=20_007).map(|code| code.to_string()).collect();
        assert_eq!(requested(&codes.join(","), 1..=300).unwrap().file_name, "7-areas");
        assert_eq!(requested(&codes[..6].join(","), 1..=300).unwrap().file_name, codes[..6].join("-"));
    }

    #[test]
    fn too_few_too_many_and_repeated_areas_are_refused() {
        for areas in ["", "20001", "20001,20002,20003", "20001,20001", ",,"] {
            let refused = requested(areas, 2..=2);
            assert!(matches!(refused, Err(ServiceError::InvalidParameter { name: "areas", .. })), "{areas}");
        }
        assert!(matches!(requested("20001,20009", 2..=2), Err(ServiceError::NotFound { .. })));
        assert!(matches!(requested("20001,501", 2..=2), Err(ServiceError::ConflictingParameters { .. })));
    }

    #[test]
    fn refusal_says_how_many_areas_are_expected() {
        assert_eq!(expected(&(1..=1)).en, "1 code of an area");
        assert_eq!(expected(&(2..=6)).en, "2 to 6 different codes, separated by commas");
    }

    #[test]
    fn area_alone_names_its_level() {
        let view = |text: &str| LevelView::requested(&query(text), &served().snapshot, edition());
        let at = |level, number: usize| LevelView { level, area_index: Some(AreaIndex::new(number)) };
        assert_eq!(view("").unwrap(), LevelView { level: Level::Commune, area_index: None });
        assert_eq!(view("level=district").unwrap(), LevelView { level: Level::District, area_index: None });
        assert_eq!(view("area=501").unwrap(), at(Level::District, 0));
        assert_eq!(view("level=district&area=502").unwrap(), at(Level::District, 1));
        assert!(
            matches!(view("level=commune&area=502"), Err(ServiceError::NotFound { .. })),
            "no commune has the code"
        );
        assert!(matches!(view("level=village"), Err(ServiceError::InvalidParameter { name: "level", .. })));
    }
}
