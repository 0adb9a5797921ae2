//! The areas that the parameter `areas` names.

use crate::domain::area::{AreaIndex, Level};
use crate::domain::text::Names;
use crate::http::error::{ApiError, quoted};
use crate::http::routes::areas::{absent, found};
use crate::service::query::Query;
use crate::snapshot::EditionData;
use crate::texts::text;

/// Some areas of one level, in the order of the request.
#[derive(Debug, Clone)]
pub(in crate::http) struct RequestedAreas {
    pub(in crate::http) level: Level,
    pub(in crate::http) area_indices: Vec<AreaIndex>,
}

impl RequestedAreas {
    /// The areas of a query, of which there may be so many.
    pub(in crate::http) fn of(
        edition_data: &EditionData,
        query: &Query,
        how_many: std::ops::RangeInclusive<usize>,
    ) -> Result<Self, ApiError> {
        let text = query.value("areas").unwrap_or_default();
        let codes: Vec<&str> = text.split(',').filter(|code| !code.is_empty()).collect();
        let mut distinct = codes.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if !how_many.contains(&codes.len()) || distinct.len() != codes.len() {
            return Err(ApiError::invalid("areas", &quoted(text), expected(&how_many)));
        }
        let area_index =
            |code: &&str| found(edition_data, code).ok_or_else(|| absent(&edition_data.entry.id.to_string(), code));
        let found: Vec<(Level, AreaIndex)> = codes.iter().map(area_index).collect::<Result<_, _>>()?;
        let level = found.first().map_or(Level::Commune, |(level, _)| *level);
        if found.iter().any(|(other, _)| *other != level) {
            return Err(ApiError::conflicting(text!("request-areas-of-one-level")));
        }
        Ok(Self { level, area_indices: found.into_iter().map(|(_, area_index)| area_index).collect() })
    }

    /// The codes, for the name of a file: all of a few, the number of many.
    pub(in crate::http) fn file_name(&self, edition_data: &EditionData) -> String {
        let areas = edition_data.shape.level(self.level).map(|level| &level.areas);
        let codes: Vec<&str> =
            self.area_indices.iter().filter_map(|area_index| Some(areas?.at(*area_index)?.code.as_str())).collect();
        if codes.len() > 6 { format!("{}-areas", codes.len()) } else { codes.join("-") }
    }

    /// The canonical text of the choice.
    pub(in crate::http) fn key(&self) -> String {
        let numbers: Vec<usize> = self.area_indices.iter().map(|area_index| area_index.index()).collect();
        format!("&level={}&areas={numbers:?}", self.level)
    }
}

fn expected(how_many: &std::ops::RangeInclusive<usize>) -> Names {
    let (least, most) = (*how_many.start(), *how_many.end());
    if least == most {
        return text!("expected-area-codes-exactly", count = least);
    }
    text!("expected-area-codes-between", least = least, most = most)
}
