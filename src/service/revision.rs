//! A name for all that answers depend on, by which two services with the same holdings agree.
//!
//! In: a snapshot and the day. Out: a short text that changes with the holdings, the rules, what is released, or the
//! program. Entity tags and the addresses of tiles carry it.

use sha2::{Digest as _, Sha256};

use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;

/// Incidents that stand for all of them in a revision, evenly spaced.
const SAMPLED_INCIDENTS: usize = 1024;

/// A name for everything that answers depend on. Two snapshots of one store differ by their
/// epoch; two stores that happen to have the same epoch differ by what they hold.
pub(super) fn revision(snapshot: &Snapshot, today: Day) -> String {
    let mut hasher = Sha256::new();
    let mut add = |text: String| {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    add(format!("{} {}", env!("CARGO_PKG_VERSION"), snapshot.epoch));
    add(format!("{} {:?}", snapshot.rules.hash, snapshot.taxonomy));
    let schemes: Vec<&str> = snapshot.schemes.iter().map(|scheme| scheme.hash.as_str()).collect();
    add(format!("{schemes:?} {} {:?}", snapshot.peers.hash, snapshot.sample_datasets));
    // Another released window may hide other counts of the windows before.
    let released: Vec<&str> = snapshot.rules.released_windows(today).map(|window| window.id.as_str()).collect();
    add(released.join(" "));
    for edition_data in &snapshot.editions {
        let codes: Vec<&str> = edition_data.shape.communes().iter().map(|area| area.code.as_str()).collect();
        add(format!("{:?} {:?} {codes:?}", edition_data.entry, edition_data.shape.bounds));
    }
    let incidents = &snapshot.incidents;
    add(format!("{} {}", incidents.len(), snapshot.models.len()));
    let circulars: Vec<&str> = snapshot.circulars.iter().map(|circular| circular.hash.as_str()).collect();
    add(format!("{circulars:?} {:?}", snapshot.units.lengths()));
    for row in (0..incidents.len()).step_by((incidents.len() / SAMPLED_INCIDENTS).max(1)) {
        add(format!("{:?}", incidents.at(row)));
    }
    hex::encode(&hasher.finalize()[..6])
}
