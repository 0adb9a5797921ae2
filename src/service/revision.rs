//! The revision: one short name for all that an answer depends on besides its own address.
//!
//! In: a snapshot and the day. Out: digits that go into every entity tag and into the addresses of tiles. Made once
//! for each snapshot that is served, from ids and from the digest of all rows that the store keeps: two servers of one
//! store give the same revision, stores of different content never do, and a server that starts again gives the one from
//! before.

use crate::domain::release::ReleaseReference;
use crate::domain::text::short_hash;
use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;

/// The revision of a snapshot on a day.
pub fn revision(snapshot: &Snapshot, today: Day) -> String {
    // Another released window may hide other counts of the windows before.
    let released: Vec<&str> = snapshot.rules.released_windows(today).map(|window| window.id.as_str()).collect();
    let parts = [
        env!("BINHYEN_VERSION").to_owned(),
        snapshot.data_id.to_string(),
        snapshot.epoch.to_string(),
        snapshot.commit_id.to_string(),
        snapshot.content.incidents.to_string(),
        snapshot.content.open.to_string(),
        snapshot.rule_set_hash.clone(),
        released.join(" "),
    ];
    short_hash(&parts.join("\n"))
}

/// The revision of what the public is shown: a release, and the snapshot as of the last change that it may notice. A
/// change of incidents alone leaves it as it is.
pub fn public_revision(snapshot: &Snapshot, release: Option<ReleaseReference>) -> String {
    let parts = [
        env!("BINHYEN_VERSION").to_owned(),
        snapshot.data_id.to_string(),
        snapshot.open_change.epoch.to_string(),
        snapshot.open_change.commit_id.to_string(),
        snapshot.content.open.to_string(),
        snapshot.rule_set_hash.clone(),
        release.map_or_else(String::new, |release| format!("{} {}", release.number, release.made_on)),
    ];
    short_hash(&parts.join("\n"))
}
