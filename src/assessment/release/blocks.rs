//! Building blocks: the areas from which every published count is summed, on every edition.
//!
//! In: a snapshot. Out: the blocks (the communes of the finest edition, and communes elsewhere that it does not
//! reach), and for every edition the commune that each block belongs to. A block goes whole to the commune that
//! covers most of it, so that two editions never differ by a sliver with a handful of incidents. A commune that no
//! block makes up is withheld. Nothing is counted here.
//!
//! # Reference
//! Best fit from building blocks is how the Office for National Statistics of the United Kingdom guards against
//! geographic differencing.

use crate::domain::area::edition::EditionId;
use crate::domain::incident::IncidentRow;
use crate::snapshot::{Correspondence, EditionData, Snapshot};

/// The blocks of a snapshot.
#[derive(Debug, Clone, Default)]
pub(super) struct Blocks {
    /// The index of the edition whose communes are the first blocks.
    pub(super) base: usize,
    /// How many of them there are.
    pub(super) base_count: usize,
    /// The further blocks: the index of an edition and of a commune in it.
    further: Vec<(usize, usize)>,
    /// For every edition, by index, the commune of each block.
    commune_of: Vec<Vec<Option<usize>>>,
}

impl Blocks {
    /// The blocks of a snapshot; none where no edition is loaded.
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let editions = &snapshot.editions;
        // The finest edition cuts the others most nearly along their own borders; of two as fine the later one is
        // taken.
        let sizes = editions.iter().enumerate().map(|(index, edition_data)| (communes(edition_data), index));
        let Some((base_count, base)) = sizes.max() else { return Self::default() };
        let fitted: Vec<Vec<Option<usize>>> = editions
            .iter()
            .enumerate()
            .map(|(index, edition_data)| fitted(&editions[base], edition_data, index == base))
            .collect();
        let beyond = |index: usize| beyond_base(&editions[base], &editions[index], &fitted[index]);
        let further: Vec<(usize, usize)> = (0..editions.len())
            .flat_map(|index| beyond(index).into_iter().map(move |commune| (index, commune)))
            .collect();
        let with_further = fitted.into_iter().enumerate().map(|(edition, mut communes)| {
            // A further block exists on its own edition alone: on every other it belongs to no commune.
            communes.extend(further.iter().map(|(of, commune)| (*of == edition).then_some(*commune)));
            communes
        });
        Self { base, base_count, commune_of: with_further.collect(), further }
    }

    /// How many blocks there are.
    pub(super) fn len(&self) -> usize {
        self.base_count + self.further.len()
    }

    /// The commune of an edition, by index, to which each block belongs.
    pub(super) fn communes_in(&self, edition: usize) -> &[Option<usize>] {
        self.commune_of.get(edition).map_or(&[], Vec::as_slice)
    }

    /// The block in which an incident was located.
    pub(super) fn block_of_incident(&self, snapshot: &Snapshot, row: IncidentRow) -> Option<usize> {
        let base = snapshot.editions.get(self.base)?;
        // The base decides first, so an incident never falls into two blocks where editions overlap.
        base.commune_of_incident(row).or_else(|| {
            let at = |(edition, commune): &(usize, usize)| {
                snapshot.editions[*edition].commune_of_incident(row) == Some(*commune)
            };
            self.further.iter().position(at).map(|index| self.base_count + index)
        })
    }
}

fn communes(edition_data: &EditionData) -> usize {
    edition_data.shape.communes().len()
}

/// For each commune of the base the commune of an edition that covers most of it.
fn fitted(base: &EditionData, edition_data: &EditionData, is_base: bool) -> Vec<Option<usize>> {
    if is_base {
        return (0..communes(base)).map(Some).collect();
    }
    let way = coarsening_from(edition_data, base.entry.id);
    way.map_or_else(
        || vec![None; communes(base)],
        |way| way.dominant.iter().map(|dominant| dominant.map(|dominant| dominant.area)).collect(),
    )
}

/// The communes of an edition that the base does not reach at all.
fn beyond_base(base: &EditionData, edition_data: &EditionData, fitted: &[Option<usize>]) -> Vec<usize> {
    let Some(way) = coarsening_from(base, edition_data.entry.id) else { return Vec::new() };
    let is_made_up = |commune: usize| fitted.contains(&Some(commune));
    let reached = way.dominant.iter().enumerate().filter(|(_, dominant)| dominant.is_none());
    reached.map(|(commune, _)| commune).filter(|commune| !is_made_up(*commune)).collect()
}

fn coarsening_from(edition_data: &EditionData, other: EditionId) -> Option<&Correspondence> {
    edition_data.correspondences.iter().find(|way| way.edition == other)
}
