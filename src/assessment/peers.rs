//! Which peer group each area of a level belongs to.

use std::sync::Arc;

use crate::domain::area::Level;
use crate::domain::peers::{PeerIndex, Unit};
use crate::snapshot::{AreaEntry, EditionPicture, LevelPicture, Occasion, Snapshot};

/// The peer group of every area of a level, and the least size of a group that stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Membership {
    pub(super) groups: Vec<Option<PeerIndex>>,
    /// The id of the group of every area.
    pub(super) ids: Vec<Option<Arc<str>>>,
    pub(super) min_areas: usize,
}

/// The membership of a level, worked out once a snapshot. The province has no peers.
pub(super) fn membership(snapshot: &Snapshot, picture: &EditionPicture, areas: &LevelPicture) -> Arc<Membership> {
    let occasion = Occasion { edition: picture.entry.id, level: areas.level, since: None, year: None };
    snapshot.remembered(occasion, || {
        let groups: Vec<Option<PeerIndex>> =
            areas.areas.iter().map(|area| group_of(snapshot, picture, areas.level, area)).collect();
        let id = |group: &Option<PeerIndex>| Some(snapshot.peers.group((*group)?)?.id.as_str().into());
        Membership { ids: groups.iter().map(id).collect(), groups, min_areas: snapshot.peers.min_areas }
    })
}

fn group_of(snapshot: &Snapshot, picture: &EditionPicture, level: Level, area: &AreaEntry) -> Option<PeerIndex> {
    let district = match level {
        Level::Commune => area.parent.as_ref(),
        Level::District => Some(&area.code),
        Level::Province => return None,
    };
    snapshot.peers.group_of(picture.entry.id, Unit { code: &area.code, name: &area.name, district })
}
