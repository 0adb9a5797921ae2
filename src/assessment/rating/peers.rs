//! Which peer group each area of a level belongs to.

use std::sync::Arc;

use crate::domain::area::peers::{PeerCandidate, PeerIndex};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::index::IndexVec;
use crate::snapshot::{AreaEntry, EditionData, LevelData, Snapshot};

/// The peer group of every area of a level, and the least size of a group that stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::assessment) struct Membership {
    pub(in crate::assessment) groups: IndexVec<AreaIndex, Option<PeerIndex>>,
    /// The id of the group of every area.
    pub(in crate::assessment) ids: IndexVec<AreaIndex, Option<Arc<str>>>,
    pub(in crate::assessment) min_areas: usize,
}

/// The membership of a level. The province has no peers.
pub(in crate::assessment) fn membership(
    snapshot: &Snapshot,
    edition_data: &EditionData,
    areas: &LevelData,
) -> Membership {
    let groups: IndexVec<AreaIndex, Option<PeerIndex>> =
        areas.areas.iter().map(|area| group_of(snapshot, edition_data, areas.level, area)).collect();
    let id = |group: &Option<PeerIndex>| Some(snapshot.peers.group((*group)?)?.id.as_str().into());
    Membership { ids: groups.iter().map(id).collect(), groups, min_areas: snapshot.peers.min_areas }
}

fn group_of(snapshot: &Snapshot, edition_data: &EditionData, level: Level, area: &AreaEntry) -> Option<PeerIndex> {
    let district = match level {
        Level::Commune => area.parent.as_ref(),
        Level::District => Some(&area.code),
        Level::Province => return None,
    };
    snapshot.peers.group_of(edition_data.entry.id, PeerCandidate { code: &area.code, name: &area.name, district })
}
