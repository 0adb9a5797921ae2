//! Which peer group each area of a level belongs to.

use crate::domain::area::Level;
use crate::domain::peers::{PeerIndex, Unit};
use crate::snapshot::{EditionPicture, LevelPicture, Snapshot};

/// The peer group of every area of a level, and the least size of a group that stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Membership {
    pub(super) groups: Vec<Option<PeerIndex>>,
    pub(super) min_areas: usize,
}

/// The membership of a level. The province has no peers.
pub(super) fn membership(snapshot: &Snapshot, picture: &EditionPicture, areas: &LevelPicture) -> Membership {
    let group_of = |area: &crate::snapshot::AreaEntry| {
        let district = match areas.level {
            Level::Commune => area.parent.as_ref(),
            Level::District => Some(&area.code),
            Level::Province => return None,
        };
        snapshot.peers.group_of(picture.entry.id, Unit { code: &area.code, name: &area.name, district })
    };
    Membership { groups: areas.areas.iter().map(group_of).collect(), min_areas: snapshot.peers.min_areas }
}
