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

use crate::domain::area::edition::{EditionId, EditionIndex};
use crate::domain::area::{AreaKey, CommuneIndex};
use crate::domain::incident::IncidentRow;
use crate::domain::index::{IndexVec, list_index};
use crate::snapshot::{Correspondence, EditionData, Snapshot};

list_index!(
    /// A building block, by its index among all of a release.
    pub(crate) BlockIndex
);

/// The blocks of a snapshot.
#[derive(Debug, Clone)]
pub(super) struct Blocks {
    /// The index of the edition whose communes are the first blocks.
    pub(super) base: EditionIndex,
    /// How many of them there are.
    pub(super) base_count: usize,
    /// The further blocks: the index of an edition and of a commune in it.
    further: Vec<(EditionIndex, CommuneIndex)>,
    /// For every edition the commune of each block.
    commune_of: IndexVec<EditionIndex, IndexVec<BlockIndex, Option<CommuneIndex>>>,
}

impl Blocks {
    /// The blocks of a snapshot; none where no edition is loaded. The edition on which releases before were counted stays
    /// the base, so that their counts fit.
    pub(super) fn of(snapshot: &Snapshot, before: Option<EditionId>) -> Self {
        let editions = &snapshot.editions;
        let same = editions.indexed().find(|(_, edition_data)| Some(edition_data.entry.id) == before);
        // The finest edition cuts the others most nearly along their own borders; of two as fine the later one is
        // taken.
        let sizes = editions.indexed().map(|(index, edition_data)| (communes(edition_data), index));
        let same = same.map(|(index, edition_data)| (communes(edition_data), index));
        let (base_count, base) = same.or_else(|| sizes.max()).unwrap_or((0, EditionIndex::new(0)));
        let fitted: IndexVec<EditionIndex, Vec<Option<CommuneIndex>>> = editions
            .indexed()
            .map(|(index, edition_data)| fitted(&editions[base], edition_data, index == base))
            .collect();
        let beyond = |index: EditionIndex| beyond_base(&editions[base], &editions[index], &fitted[index]);
        let further: Vec<(EditionIndex, CommuneIndex)> = editions
            .indices()
            .flat_map(|index| beyond(index).into_iter().map(move |commune| (index, commune)))
            .collect();
        let with_further = editions.indices().zip(fitted).map(|(edition, mut communes)| {
            // A further block exists on its own edition alone: on every other it belongs to no commune.
            communes.extend(further.iter().map(|(of, commune)| (*of == edition).then_some(*commune)));
            IndexVec::from(communes)
        });
        Self { base, base_count, commune_of: with_further.collect(), further }
    }

    /// How many blocks there are.
    pub(super) fn len(&self) -> usize {
        self.base_count + self.further.len()
    }

    /// The edition and the code of every block.
    pub(super) fn names(&self, snapshot: &Snapshot) -> IndexVec<BlockIndex, Option<AreaKey>> {
        let key = |(edition, commune): (EditionIndex, CommuneIndex)| {
            let edition_data = snapshot.editions.at(edition)?;
            let code = edition_data.shape.commune(commune)?.code.clone();
            Some(AreaKey { edition: edition_data.entry.id, code })
        };
        let base = CommuneIndex::of_all(self.base_count).map(|commune| (self.base, commune));
        base.chain(self.further.iter().copied()).map(key).collect()
    }

    /// The commune of an edition to which each block belongs.
    pub(super) fn communes_in(&self, edition: EditionIndex) -> Option<&IndexVec<BlockIndex, Option<CommuneIndex>>> {
        self.commune_of.at(edition)
    }

    /// The block in which an incident counts, with a point or without: that of its commune on the base edition.
    pub(super) fn block_of_incident(&self, snapshot: &Snapshot, row: IncidentRow) -> Option<BlockIndex> {
        let base = snapshot.editions.at(self.base)?;
        // The base decides first, so an incident never falls into two blocks where editions overlap.
        let number = base.commune_of_incident(row).map(CommuneIndex::index).or_else(|| {
            let at = |(edition, commune): &(EditionIndex, CommuneIndex)| {
                snapshot.editions[*edition].commune_of_incident(row) == Some(*commune)
            };
            self.further.iter().position(at).map(|index| self.base_count + index)
        });
        number.map(BlockIndex::new)
    }
}

fn communes(edition_data: &EditionData) -> usize {
    edition_data.shape.communes().len()
}

/// For each commune of the base the commune of an edition that covers most of it.
fn fitted(base: &EditionData, edition_data: &EditionData, is_base: bool) -> Vec<Option<CommuneIndex>> {
    if is_base {
        return CommuneIndex::of_all(communes(base)).map(Some).collect();
    }
    let way = coarsening_from(edition_data, base.entry.id);
    way.map_or_else(
        || vec![None; communes(base)],
        |way| way.dominant.iter().map(|dominant| dominant.map(|dominant| CommuneIndex::new(dominant.area))).collect(),
    )
}

/// The communes of an edition that the base does not reach at all.
fn beyond_base(base: &EditionData, edition_data: &EditionData, fitted: &[Option<CommuneIndex>]) -> Vec<CommuneIndex> {
    let Some(way) = coarsening_from(base, edition_data.entry.id) else { return Vec::new() };
    let is_made_up = |commune: CommuneIndex| fitted.contains(&Some(commune));
    let communes = CommuneIndex::of_all(way.dominant.len()).zip(way.dominant.iter());
    let reached = communes.filter(|(_, dominant)| dominant.is_none());
    reached.map(|(commune, _)| commune).filter(|commune| !is_made_up(*commune)).collect()
}

fn coarsening_from(edition_data: &EditionData, other: EditionId) -> Option<&Correspondence> {
    edition_data.correspondences.iter().find(|way| way.edition == other)
}
