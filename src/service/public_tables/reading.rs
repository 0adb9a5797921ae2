//! What was read: counts, answers and shares, each with the place where it stood.

use crate::assessment::audit::PublishedNumbers;
use crate::assessment::audit::shares::PublishedShare;
use crate::assessment::release::ReleasedWindowIndex;
use crate::domain::area::edition::{EditionId, EditionIndex};
use crate::domain::area::{AreaIndex, Level};
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::snapshot::Snapshot;

/// A level of an edition, with the index of the edition among those of the snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::service) struct TableLevel {
    pub(super) edition_index: EditionIndex,
    pub(super) edition: EditionId,
    pub(super) level: Level,
    pub(super) areas: usize,
}

/// What is asked for of a level.
#[derive(Debug, Clone, Copy)]
pub(super) struct AskedFor<'a> {
    /// The id of a window.
    pub(super) window: &'a str,
    /// The id of a scheme.
    pub(super) scheme: &'a str,
}

impl TableLevel {
    /// The filter of the level as anybody asks for it.
    pub(super) fn requested(
        self,
        served: &ServedSnapshot,
        viewer: Viewer,
        asked: AskedFor<'_>,
    ) -> Result<RequestedFilter, ServiceError> {
        let edition = self.edition.to_string();
        let parameters = [("edition", edition.as_str()), ("window", asked.window), ("scheme", asked.scheme)];
        RequestedFilter::resolved(&Query::default().with_instead(&[], &parameters), served, viewer)
    }
}

/// Every level of every edition.
pub(super) fn levels(snapshot: &Snapshot) -> impl Iterator<Item = TableLevel> {
    snapshot.editions.indexed().flat_map(|(edition_index, edition_data)| {
        edition_data.shape.levels.iter().map(move |areas| TableLevel {
            edition_index,
            edition: edition_data.entry.id,
            level: areas.level,
            areas: areas.areas.len(),
        })
    })
}

/// One answer as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadAnswer {
    pub(super) table: TableLevel,
    pub(super) window: ReleasedWindowIndex,
    /// The id of the scheme that was asked for.
    pub(super) scheme: String,
    /// The area; none for an answer on the whole level.
    pub(super) area: Option<AreaIndex>,
    /// The answers on it, as JSON.
    pub document: String,
}

/// An answer that rests on unpublished counts, asked for by anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldAnswer {
    /// What was asked for.
    pub path: String,
    /// The answer, as JSON; none where it was refused, as it has to be.
    pub document: Option<String>,
}

/// Everything that was read.
#[derive(Debug, Clone, Default)]
pub struct PublicReading {
    /// The counts.
    pub numbers: PublishedNumbers,
    /// The answers.
    pub answers: Vec<ReadAnswer>,
    /// Certification shares, with what is hidden behind them.
    pub shares: Vec<PublishedShare>,
    /// What anybody has to be refused.
    pub withheld: Vec<WithheldAnswer>,
}
