//! Which window of certification is judged for a period.
//!
//! Communes, agencies, firms and schools share one window, residential areas have their
//! own, which ends two weeks earlier. A period is judged by the last ones that ended in it.

use crate::domain::rules::Rules;
use crate::domain::rules::window::{Window, WindowUse};
use crate::domain::standard::certification::UnitKind;
use crate::domain::time::period::{Day, Period};
use crate::snapshot::Snapshot;

fn serves(kind: UnitKind) -> WindowUse {
    match kind {
        UnitKind::ResidentialArea => WindowUse::CertificationResidentialArea,
        _ => WindowUse::CertificationCommune,
    }
}

/// The window judged for a kind of unit: the last one with rows that ended by the end of the period.
pub fn judged_window(snapshot: &Snapshot, kind: UnitKind, period: Period) -> Option<&Window> {
    let with_rows: std::collections::BTreeSet<&str> = snapshot.units.windows_of(kind).collect();
    let windows = snapshot.rules.windows.iter().filter(|window| {
        window.serves == serves(kind) && window.period.to() <= period.to() && with_rows.contains(window.id.as_str())
    });
    windows.max_by_key(|window| window.period.to())
}

/// The window of residential areas that goes with a window of communes: the last one that ended by its end,
/// and not before it began.
pub fn residential_window<'a>(rules: &'a Rules, commune: &Window) -> Option<&'a Window> {
    let within = rules.windows.iter().filter(|window| {
        let ends = window.period.to();
        window.serves == WindowUse::CertificationResidentialArea
            && commune.period.from() < ends
            && ends <= commune.period.to()
    });
    within.max_by_key(|window| window.period.to())
}

/// The window of the same use that ended when this one began.
pub(super) fn window_before<'a>(rules: &'a Rules, window: &Window) -> Option<&'a Window> {
    rules.windows.iter().find(|other| other.serves == window.serves && other.period.to() == window.period.from())
}

/// The last day of a window.
pub(super) fn last_day(window: &Window) -> Day {
    Day::from_number(window.period.to().number() - 1)
}
