//! Releases that were counted anew, each attacked together with those that it replaced.
//!
//! In: the releases of the store, what is served, what was read of it. Out: what pairs of them give away. A release that
//! adds windows and leaves the steps before as they were is no pair with the one before: its tables hold all of that.

use rayon::prelude::*;

use super::{AuditError, PublicReading, PublicTables};
use crate::assessment::audit::PublishedNumbers;
use crate::assessment::audit::revision::{PairAudit, ReadRelease, audited_pair};
use crate::assessment::release::Release;
use crate::domain::role::Role;

impl PublicTables {
    /// Attacks every two releases of which the later one counts steps anew; the last is the one that was read.
    pub(super) fn revisions(&self, reading: &PublicReading) -> Result<Vec<PairAudit>, AuditError> {
        let before = self.replaced()?;
        let read: Vec<PublishedNumbers> =
            before.par_iter().map(|(_, release)| PublishedNumbers::of_release(release)).collect();
        let mut releases: Vec<ReadRelease<'_>> = before
            .iter()
            .zip(&read)
            .map(|((number, release), numbers)| ReadRelease { number: *number, release, numbers })
            .collect();
        releases.push(ReadRelease {
            number: self.served_number(),
            release: self.served.release(),
            numbers: &reading.numbers,
        });
        let rule = &self.served.snapshot.rules.disclosure;
        let mut audits = Vec::new();
        for (index, later) in releases.iter().enumerate() {
            for earlier in &releases[..index] {
                audits.push(audited_pair(*earlier, *later, rule)?);
            }
        }
        Ok(audits)
    }

    /// The releases before the one that is served whose steps the next one counted anew, with their numbers.
    fn replaced(&self) -> Result<Vec<(u32, Release)>, AuditError> {
        let snapshot = &self.served.snapshot;
        let is_before = |number: u32| number < self.served_number();
        let stored = snapshot.releases.iter().filter(|stored| is_before(stored.reference.number));
        let mut before: Vec<(u32, Release)> = stored
            .map(|stored| Ok((stored.reference.number, Release::stored(snapshot, &stored.contents)?)))
            .collect::<Result<_, AuditError>>()?;
        let next = |index: usize| before.get(index + 1).map_or_else(|| self.served.release(), |(_, release)| release);
        let is_replaced: Vec<bool> =
            before.iter().enumerate().map(|(index, (_, release))| next(index).recounts(release)).collect();
        let mut is_replaced = is_replaced.into_iter();
        before.retain(|_| is_replaced.next().unwrap_or(false));
        Ok(before)
    }

    /// The number of the release that is served.
    fn served_number(&self) -> u32 {
        self.served.state(Role::Public).release.map_or(0, |release| release.number)
    }
}
