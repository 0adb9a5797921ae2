//! Peer groups: which areas have like conditions and may be compared with one another.
//!
//! In: the text of the peer file. Out: the group of a unit, found by its code, by the
//! kind of unit with which its name begins, or by its district, in this order. Whether
//! anything is compared within the groups is a matter of the rating scheme.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::AreaCode;
use super::edition::EditionId;
use crate::domain::text::{Culprit, Names, short_hash};

/// Why the peer file is refused.
#[derive(Debug, thiserror::Error)]
pub enum PeersError {
    /// The text is not TOML of the expected shape.
    #[error("peers: {0}")]
    Shape(#[from] toml::de::Error),
    /// Two groups share an id.
    #[error("peers: two groups are called {0:?}")]
    Duplicate(String),
    /// A member names a group that nothing defines.
    #[error("peers: group {0:?} is not defined")]
    Undefined(String),
    /// A unit is named by two groups.
    #[error("peers: edition {edition}: {unit:?} is named by the groups {one:?} and {other:?}")]
    Twice {
        /// The edition in which the unit is named twice.
        edition: EditionId,
        /// The code or kind.
        unit: String,
        /// The first group.
        one: String,
        /// The second group.
        other: String,
    },
}

impl PeersError {
    /// The name at fault, to be looked for in the file.
    pub fn culprit(&self) -> Option<Culprit<'_>> {
        match self {
            Self::Shape(_) => None,
            Self::Duplicate(name) | Self::Undefined(name) | Self::Twice { unit: name, .. } => Some(Culprit::Name(name)),
        }
    }
}

/// A group of areas with like conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerGroup {
    /// The id in the peer file.
    pub id: String,
    /// Its names for people.
    pub names: Names,
}

/// The index of a group in the peer file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PeerIndex(u8);

impl PeerIndex {
    /// The index as a number.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The peer groups and who belongs to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peers {
    /// The version of the file.
    pub version: String,
    /// The first sixteen hexadecimal digits of the SHA-256 of the file.
    pub hash: String,
    /// A group of fewer areas is too small to stand for itself.
    pub min_areas: usize,
    groups: Vec<PeerGroup>,
    members: BTreeMap<EditionId, PeerMembers>,
}

/// A unit whose group is wanted.
#[derive(Debug, Clone, Copy)]
pub struct PeerCandidate<'a> {
    /// The official code of the unit.
    pub code: &'a AreaCode,
    /// Its official name, which begins with its kind.
    pub name: &'a str,
    /// The code of its district; its own for a district.
    pub district: Option<&'a AreaCode>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct PeerMembers {
    communes: BTreeMap<AreaCode, PeerIndex>,
    kinds: BTreeMap<String, PeerIndex>,
    districts: BTreeMap<AreaCode, PeerIndex>,
}

impl Peers {
    /// Reads the peer file.
    pub fn from_toml(text: &str) -> Result<Self, PeersError> {
        let file: PeersFile = toml::from_str(text)?;
        let mut seen = BTreeSet::new();
        if let Some(twice) = file.group.iter().find(|group| !seen.insert(group.id.as_str())) {
            return Err(PeersError::Duplicate(twice.id.clone()));
        }
        let named = |entry: &GroupEntry| PeerGroup {
            id: entry.id.clone(),
            names: Names { vi: entry.vi.clone(), en: entry.en.clone() },
        };
        let groups = file.group.iter().map(named).collect();
        let hash = short_hash(text);
        let mut peers =
            Self { version: file.version, hash, min_areas: file.min_areas, groups, members: BTreeMap::new() };
        for entry in file.member {
            peers.add(entry)?;
        }
        Ok(peers)
    }

    /// The groups in file order.
    pub fn groups(&self) -> impl Iterator<Item = (PeerIndex, &PeerGroup)> {
        self.groups.iter().enumerate().map(|(index, group)| (PeerIndex(index as u8), group))
    }

    /// The group at an index.
    pub fn group(&self, index: PeerIndex) -> Option<&PeerGroup> {
        self.groups.get(index.index())
    }

    /// The group of a unit; none where no group names it.
    pub fn group_of(&self, edition: EditionId, unit: PeerCandidate<'_>) -> Option<PeerIndex> {
        let members = self.members.get(&edition)?;
        let by_kind = || {
            let kind = members.kinds.iter().find(|(kind, _)| begins_with_word(unit.name, kind));
            kind.map(|(_, group)| *group)
        };
        let by_district = || members.districts.get(unit.district?).copied();
        members.communes.get(unit.code).copied().or_else(by_kind).or_else(by_district)
    }

    fn add(&mut self, entry: MemberEntry) -> Result<(), PeersError> {
        let index = self.groups.iter().position(|group| group.id == entry.group);
        let Some(index) = index else { return Err(PeersError::Undefined(entry.group)) };
        let group = PeerIndex(index as u8);
        for edition in entry.editions {
            let members = self.members.entry(edition).or_default();
            let clash = first_taken_key(&mut members.communes, &entry.communes, group)
                .or_else(|| first_taken_key(&mut members.districts, &entry.districts, group))
                .or_else(|| first_taken_key(&mut members.kinds, &entry.kinds, group));
            if let Some((unit, one)) = clash {
                let id = |index: PeerIndex| self.groups[index.index()].id.clone();
                return Err(PeersError::Twice { edition, unit, one: id(one), other: id(group) });
            }
        }
        Ok(())
    }
}

/// Enters some keys; gives back one that another group has already.
fn first_taken_key<K: Ord + Clone + ToString>(
    map: &mut BTreeMap<K, PeerIndex>,
    keys: &[K],
    group: PeerIndex,
) -> Option<(String, PeerIndex)> {
    let clash = |key: &K, known: Option<PeerIndex>| Some((key.to_string(), known.filter(|known| *known != group)?));
    keys.iter().find_map(|key| clash(key, map.insert(key.clone(), group)))
}

/// Whether a name is the kind followed by a space: "Xã" does not begin "Xãm".
fn begins_with_word(name: &str, kind: &str) -> bool {
    name.strip_prefix(kind).is_some_and(|rest| rest.starts_with(' '))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeersFile {
    version: String,
    min_areas: usize,
    group: Vec<GroupEntry>,
    #[serde(default)]
    member: Vec<MemberEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    id: String,
    vi: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberEntry {
    editions: Vec<EditionId>,
    group: String,
    #[serde(default)]
    communes: Vec<AreaCode>,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    districts: Vec<AreaCode>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../geodata/peers.toml");

    fn id_of(edition: &str, code: &str, name: &str, district: Option<&str>) -> Option<String> {
        let peers = Peers::from_toml(SHIPPED).unwrap();
        let district: Option<AreaCode> = district.map(|code| code.parse().unwrap());
        let unit = PeerCandidate { code: &code.parse().unwrap(), name, district: district.as_ref() };
        let index = peers.group_of(edition.parse().unwrap(), unit)?;
        Some(peers.group(index).unwrap().id.clone())
    }

    #[test]
    fn code_goes_before_kind_and_kind_before_district() {
        let of = |code, name, district| id_of("2025-01", code, name, district);
        assert_eq!(of("20434", "Xã Tân Hiệp", Some("503")).as_deref(), Some("hai_dao"));
        assert_eq!(of("20467", "Thị trấn Prao", Some("505")).as_deref(), Some("mien_nui"));
        assert_eq!(of("20500", "Thị trấn Ái Nghĩa", Some("506")).as_deref(), Some("do_thi"));
        assert_eq!(of("20398", "Xã Tam Thăng", Some("502")).as_deref(), Some("dong_bang"));
        assert_eq!(of("502", "Thành phố Tam Kỳ", Some("502")).as_deref(), Some("do_thi"));
        assert_eq!(of("20398", "Xãm", None), None);
        assert_eq!(id_of("2031-01", "20434", "Xã Tân Hiệp", None), None);
    }

    #[test]
    fn what_is_wrong_in_the_file_is_named() {
        for (from, to, said) in [
            ("group = \"do_thi\"", "group = \"thanh_thi\"", "group \"thanh_thi\" is not defined"),
            ("id = \"dong_bang\"", "id = \"do_thi\"", "two groups are called \"do_thi\""),
            ("kinds = [\"Xã\"]", "communes = [\"20443\"]", "\"20443\" is named by the groups"),
            ("min_areas = 10", "min_areas = -1", "min_areas"),
            ("min_areas", "least_areas", "unknown field"),
        ] {
            assert!(SHIPPED.contains(from), "{from}");
            let refusal = Peers::from_toml(&SHIPPED.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(refusal.contains(said), "{to}: {refusal}");
        }
    }

    #[test]
    fn no_group_at_all_is_a_file_too() {
        let peers = Peers::from_toml("version = \"1\"\nmin_areas = 3\ngroup = []").unwrap();
        assert_eq!(peers.groups().count(), 0);
    }
}
