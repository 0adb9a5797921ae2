//! The areas that the parameter `areas` names.

use super::areas::{absent, found};
use crate::domain::area::Level;
use crate::http::error::{ApiError, names, shown};
use crate::http::query::Query;
use crate::snapshot::EditionPicture;

/// Some areas of one level, in the order asked.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) level: Level,
    pub(super) places: Vec<usize>,
}

impl Chosen {
    /// The areas of a query, of which there may be so many.
    pub(super) fn of(
        picture: &EditionPicture,
        query: &Query,
        how_many: std::ops::RangeInclusive<usize>,
    ) -> Result<Self, ApiError> {
        let text = query.value("areas").unwrap_or_default();
        let codes: Vec<&str> = text.split(',').filter(|code| !code.is_empty()).collect();
        let mut distinct = codes.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if !how_many.contains(&codes.len()) || distinct.len() != codes.len() {
            return Err(ApiError::invalid("areas", &shown(text), expected(&how_many)));
        }
        let place = |code: &&str| found(picture, code).ok_or_else(|| absent(&picture.entry.id.to_string(), code));
        let found: Vec<(Level, usize)> = codes.iter().map(place).collect::<Result<_, _>>()?;
        let level = found.first().map_or(Level::Commune, |(level, _)| *level);
        if found.iter().any(|(other, _)| *other != level) {
            let what = names("Chỉ so sánh các khu vực cùng một cấp.", "Only areas of one level can be compared.");
            return Err(ApiError::ConflictingParameters { what });
        }
        Ok(Self { level, places: found.into_iter().map(|(_, place)| place).collect() })
    }

    /// The codes, for the name of a file: all of a few, the number of many.
    pub(super) fn file_name(&self, picture: &EditionPicture) -> String {
        let areas = picture.shape.level(self.level).map_or(&[][..], |level| &level.areas);
        let codes: Vec<&str> = self.places.iter().filter_map(|place| Some(areas.get(*place)?.code.as_str())).collect();
        if codes.len() > 6 { format!("{}-areas", codes.len()) } else { codes.join("-") }
    }

    /// The canonical text of the choice.
    pub(super) fn key(&self) -> String {
        format!("&level={}&areas={:?}", self.level, self.places)
    }
}

fn expected(how_many: &std::ops::RangeInclusive<usize>) -> crate::domain::text::Names {
    let (least, most) = (how_many.start(), how_many.end());
    if least == most {
        return names(format!("{least} mã khu vực"), format!("{least} code of an area"));
    }
    names(
        format!("từ {least} đến {most} mã khác nhau, cách bằng dấu phẩy"),
        format!("{least} to {most} different codes, separated by commas"),
    )
}
