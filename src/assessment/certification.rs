//! Certification shares: how many units of each kind were recognised, each kind
//! over its own denominator, and the official decision on the area itself.

use std::sync::Arc;

use super::area::{CertificationShare, UnitCounts};
use super::statutory::{Statutory, judged_window, register_entries};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::index::IndexVec;
use crate::domain::rules::window::Window;
use crate::domain::standard::certification::{Declared, UnitKind};
use crate::domain::time::period::Period;
use crate::snapshot::{EditionData, LevelData, Snapshot};

/// The decision and the shares of every area of a level.
pub fn by_area(
    snapshot: &Snapshot,
    edition_data: &EditionData,
    areas: &LevelData,
    period: Period,
) -> IndexVec<AreaIndex, (Statutory, Arc<[CertificationShare]>)> {
    let mut answers = vec![(Statutory::Insufficient, Vec::new()); areas.areas.len()];
    for kind in UnitKind::ALL {
        let Some(window) = judged_window(snapshot, kind, period) else { continue };
        let tallies = tally(snapshot, edition_data, areas, kind, window);
        for (answer, counts) in answers.iter_mut().zip(tallies).filter(|(_, counts)| counts.units > 0) {
            if kind == UnitKind::Commune && areas.level == Level::Commune {
                answer.0 = decision(counts);
            }
            answer.1.push(CertificationShare::of(kind, &window.id, counts));
        }
    }
    answers.into_iter().map(|(decision, shares)| (decision, shares.into())).collect()
}

fn decision(counts: UnitCounts) -> Statutory {
    match counts.recognised {
        0 => Statutory::NotMet,
        recognised if recognised == counts.units => Statutory::Met,
        _ => Statutory::Insufficient,
    }
}

fn tally(
    snapshot: &Snapshot,
    edition_data: &EditionData,
    areas: &LevelData,
    kind: UnitKind,
    window: &Window,
) -> IndexVec<AreaIndex, UnitCounts> {
    let mut tallies = IndexVec::<AreaIndex, _>::from(vec![UnitCounts::default(); areas.areas.len()]);
    for entry in register_entries(snapshot, kind, window, snapshot.circulars.in_force_for(window.period)) {
        let commune = edition_data.commune_of_key.get(entry.area).copied();
        let Some(area) = commune.and_then(|commune| areas.area_of_commune[commune]) else { continue };
        tallies[area].units += 1;
        tallies[area].registered += u32::from(entry.registered == Some(Declared::Yes));
        tallies[area].recognised += u32::from(entry.recognised == Some(Declared::Yes));
        tallies[area].silent += u32::from(entry.registered.is_none() && entry.recognised.is_none());
    }
    tallies
}
