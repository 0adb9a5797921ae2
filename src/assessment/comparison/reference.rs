//! The rest of a group, with which an area is compared: the others of its district, its peers or the province.
//!
//! In: an assessment as far as the role may see it. Out: the pooled count and person-years of the other areas of the
//! group, on the level of the area itself, because a wider level may count categories that this one never shows. The
//! area is always left out: compared with a sum that contains it, it would partly be compared with itself. Only rows
//! go in, so that nobody learns a sum that does not follow from what the role sees anyway.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::area::Assessment;
use crate::assessment::rating::measured::Measured;
use crate::assessment::rating::peers::membership;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::text::Names;
use crate::snapshot::{AreaEntry, EditionData, Snapshot};

/// A group that an area may be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// The district that it belongs to.
    District,
    /// The areas of its peer group.
    Peers,
    /// The whole province.
    Province,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 3] = [Self::District, Self::Peers, Self::Province];

    /// The word in addresses and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Peers => "peers",
            Self::Province => "province",
        }
    }
}

/// The areas of a group on one level, the area itself among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Members {
    /// What the reference is: district, peers or province.
    pub group: Group,
    /// What it is called.
    pub names: Names,
    /// The indices of its areas.
    pub area_indices: Vec<AreaIndex>,
}

/// The group of an area; none where the level or the edition knows no such group.
pub fn members(
    snapshot: &Snapshot,
    group: Group,
    edition_data: &EditionData,
    level: Level,
    area_index: AreaIndex,
) -> Option<Members> {
    let known = edition_data.shape.level(level)?;
    let areas = &known.areas;
    match group {
        Group::Peers => {
            let groups = membership(snapshot, edition_data, known).groups;
            let own = (*groups.at(area_index)?)?;
            let area_indices = groups.indices().filter(|area| groups[*area] == Some(own)).collect();
            Some(Members { group, names: snapshot.peers.group(own)?.names.clone(), area_indices })
        }
        Group::Province => {
            let entry = &edition_data.entry;
            (level != Level::Province).then(|| Members {
                group,
                names: Names { vi: entry.province_vi.clone(), en: entry.province_en.clone() },
                area_indices: areas.indices().collect(),
            })
        }
        Group::District => {
            let code = areas.at(area_index)?.parent.as_ref().filter(|_| level == Level::Commune)?;
            let districts = edition_data.shape.level(Level::District)?;
            let name = districts.areas.at(districts.index_of(code)?)?.name.as_str();
            let of_district = |(_, area): &(AreaIndex, &AreaEntry)| area.parent.as_ref() == Some(code);
            let area_indices = areas.indexed().filter(of_district).map(|(area_index, _)| area_index).collect();
            Some(Members { group, names: Names::same(name), area_indices })
        }
    }
}

/// The other areas of a group, taken together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    /// How many areas are pooled.
    pub areas: usize,
    /// How many are left out, because their residents are not known.
    pub without_population: usize,
    /// Their sums; the count is absent where one of the parts is hidden.
    pub measured: Measured,
}

/// The areas of a group but one, pooled; none where no other area has residents.
pub fn rest(assessment: &Assessment, members: &Members, area_index: AreaIndex) -> Option<Rest> {
    let rows = members
        .area_indices
        .iter()
        .filter(|member| **member != area_index)
        .filter_map(|member| assessment.row(*member));
    let mut rest =
        Rest { areas: 0, without_population: 0, measured: Measured { incidents: Some(0), ..Measured::default() } };
    for row in rows {
        let one = Measured::of(row);
        let Some(person_years) = one.person_years.filter(|years| *years > 0.0) else {
            rest.without_population += 1;
            continue;
        };
        rest.areas += 1;
        let sums = &mut rest.measured;
        sums.incidents = sums.incidents.zip(one.incidents).and_then(|(sum, count)| sum.checked_add(count));
        sums.residents = Some(sums.residents.unwrap_or(0).saturating_add(one.residents.unwrap_or(0)));
        sums.person_years = Some(sums.person_years.unwrap_or(0.0) + person_years);
    }
    (rest.areas > 0).then_some(rest)
}
