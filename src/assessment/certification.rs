//! Certification shares: how many units of each kind were recognised, each kind
//! over its own denominator, and the official decision on the area itself.

use super::area::{CertificationShare, Statutory};
use crate::domain::area::Level;
use crate::domain::certification::UnitKind;
use crate::domain::period::Period;
use crate::domain::window::WindowUse;
use crate::snapshot::{EditionPicture, LevelPicture, Snapshot};

/// The window judged for a kind of unit: the last one with rows that ended by the end of the period.
fn judged_window(snapshot: &Snapshot, picture: &EditionPicture, kind: UnitKind, period: Period) -> Option<usize> {
    let serves = match kind {
        UnitKind::ResidentialArea => WindowUse::CertificationResidentialArea,
        _ => WindowUse::CertificationCommune,
    };
    let windows = &snapshot.rules.windows;
    let with_rows = picture.certifications.iter().filter(|entry| entry.unit_kind == kind).map(|entry| entry.window);
    let ended =
        with_rows.filter(|place| windows[*place].serves == serves && windows[*place].period.to() <= period.to());
    ended.max_by_key(|place| (windows[*place].period.to(), *place))
}

/// The decision and the shares of every area of a level.
pub fn by_area(
    snapshot: &Snapshot,
    picture: &EditionPicture,
    areas: &LevelPicture,
    period: Period,
) -> Vec<(Statutory, Vec<CertificationShare>)> {
    let mut answers = vec![(Statutory::Insufficient, Vec::new()); areas.areas.len()];
    for kind in UnitKind::ALL {
        let Some(window) = judged_window(snapshot, picture, kind, period) else { continue };
        let tallies = tally(picture, areas, kind, window);
        for (answer, (units, registered, recognised)) in answers.iter_mut().zip(tallies) {
            if units == 0 {
                continue;
            }
            if kind == UnitKind::Commune && areas.level == Level::Commune {
                answer.0 = decision(units, recognised);
            }
            let window = snapshot.rules.windows[window].id.clone();
            answer.1.push(CertificationShare { kind, window, units, registered, recognised });
        }
    }
    answers
}

fn decision(units: u32, recognised: u32) -> Statutory {
    match recognised {
        0 => Statutory::NotMet,
        _ if recognised == units => Statutory::Met,
        _ => Statutory::Insufficient,
    }
}

fn tally(picture: &EditionPicture, areas: &LevelPicture, kind: UnitKind, window: usize) -> Vec<(u32, u32, u32)> {
    let mut tallies = vec![(0, 0, 0); areas.areas.len()];
    for entry in picture.certifications.iter().filter(|entry| entry.unit_kind == kind && entry.window == window) {
        let Some(area) = areas.area_of_commune[entry.commune] else { continue };
        let tally: &mut (u32, u32, u32) = &mut tallies[area];
        tally.0 += 1;
        tally.1 += u32::from(entry.registered.holds());
        tally.2 += u32::from(entry.recognised.holds());
    }
    tallies
}
