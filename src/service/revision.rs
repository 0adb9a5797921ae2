//! The revision: one short name for all that an answer depends on besides its own address.
//!
//! In: a snapshot and the day. Out: digits that go into every entity tag and into the addresses of tiles. Made once
//! for each snapshot that is served, from ids alone: two servers of one store give the same revision, two stores never
//! do, and a server that starts again gives the one from before.

use crate::domain::text::short_hash;
use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;

/// The revision of a snapshot on a day.
pub fn revision(snapshot: &Snapshot, today: Day) -> String {
    // Another released window may hide other counts of the windows before.
    let released: Vec<&str> = snapshot.rules.released_windows(today).map(|window| window.id.as_str()).collect();
    let parts = [
        env!("CARGO_PKG_VERSION").to_owned(),
        snapshot.data_id.to_string(),
        snapshot.epoch.to_string(),
        snapshot.commit_id.to_string(),
        snapshot.rule_set_hash.clone(),
        released.join(" "),
    ];
    short_hash(&parts.join("\n"))
}
