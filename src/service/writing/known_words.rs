//! What a hand-in is checked against: taxonomy, rules, circulars, and the areas that may be named.
//!
//! In: what is served now, and the official register of areas that is built into the program. Out: both as checks take
//! them, put together once for each state of the boundaries.

use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::area::Area;
use crate::domain::area::edition::EditionCatalogue;
use crate::domain::incident::taxonomy::Taxonomy;
use crate::ingest::{Incidents, KnownAreas, NaiveZone};
use crate::service::live::ServedSnapshot;
use crate::snapshot::Snapshot;

/// The areas of editions that need not be loaded, and the editions themselves.
#[derive(Debug)]
pub struct OfficialAreas {
    /// The register.
    pub register: Vec<Area>,
    /// The editions.
    pub catalogue: Arc<EditionCatalogue>,
}

/// Keeps the areas that may be named from hand-in to hand-in.
#[derive(Debug)]
pub(crate) struct KnownWords {
    official: OfficialAreas,
    kept: Mutex<Option<KeptAreas>>,
}

/// Areas with the state that they were put together from.
#[derive(Debug)]
struct KeptAreas {
    /// The shapes of the editions.
    shapes: Vec<u64>,
    areas: Arc<KnownAreas>,
}

/// What a hand-in is checked against.
#[derive(Debug, Clone)]
pub(crate) struct HandInWords {
    /// What is served: its taxonomy, rules and circulars hold.
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) areas: Arc<KnownAreas>,
}

impl KnownWords {
    /// The words of a program that knows a register.
    pub(crate) fn new(official: OfficialAreas) -> Self {
        Self { official, kept: Mutex::default() }
    }

    /// What is checked against while something is served.
    pub(crate) fn of(&self, served: &ServedSnapshot) -> HandInWords {
        let snapshot = &served.snapshot;
        let shapes: Vec<u64> = snapshot.editions.iter().map(|edition_data| edition_data.shape.serial).collect();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.as_ref().filter(|kept| kept.shapes == shapes).map(|kept| Arc::clone(&kept.areas));
        let areas = known.unwrap_or_else(|| {
            // Names and codes alone: boundaries are large.
            let named = |area: &Area| {
                let Area { key, level, name, parent, boundary: _ } = area;
                let (key, name, parent) = (key.clone(), name.clone(), parent.clone());
                Area { key, level: *level, name, parent, boundary: None }
            };
            let loaded: Vec<Area> =
                snapshot.editions.iter().flat_map(|edition_data| edition_data.shape.source.iter().map(named)).collect();
            let areas = KnownAreas::new(&loaded, &self.official.register).with_provinces(&self.official.catalogue);
            let areas = Arc::new(areas);
            *kept = Some(KeptAreas { shapes, areas: Arc::clone(&areas) });
            areas
        });
        HandInWords { snapshot: Arc::clone(snapshot), areas }
    }
}

impl HandInWords {
    /// How rows of incidents are read at a moment.
    pub(crate) fn incidents(&self, now_s: i64) -> Incidents<'_> {
        Incidents {
            taxonomy: &self.snapshot.taxonomy,
            areas: &self.areas,
            zone: NaiveZone::Local,
            edition: None,
            now_s,
            severity_from: None,
        }
    }

    /// The taxonomy.
    pub(crate) fn taxonomy(&self) -> &Taxonomy {
        &self.snapshot.taxonomy
    }
}
