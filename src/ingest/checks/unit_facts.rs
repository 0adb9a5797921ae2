//! What cannot be true of a unit: a window that is not for its kind, a day years off, another area than the register's.
//!
//! In: the register and the day of today. Out: the fault of the field, in words. What is merely unlikely passes.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::domain::area::AreaKey;
use crate::domain::rules::window::{Window, WindowUse};
use crate::domain::standard::certification::{Declared, UnitKind};
use crate::domain::standard::unit::Unit;

/// Years after the end of its window in which a unit may still be decided on.
const YEARS_TO_DECIDE: i64 = 1;
/// The first year of any fact.
const FIRST_YEAR: i16 = 1900;

/// The units on the register, by id.
#[derive(Debug, Clone, Default)]
pub struct RegisteredUnits(BTreeMap<String, RegisteredUnit>);

#[derive(Debug, Clone)]
struct RegisteredUnit {
    kind: UnitKind,
    area: AreaKey,
}

impl RegisteredUnits {
    /// The units of a register.
    pub fn new(units: &[Unit]) -> Self {
        let entry = |unit: &Unit| (unit.id.clone(), RegisteredUnit { kind: unit.kind, area: unit.area.clone() });
        Self(units.iter().map(entry).collect())
    }

    /// Why a unit cannot be of that kind; none where the register does not know it.
    pub(in crate::ingest) fn kind_fault(&self, id: &str, kind: UnitKind) -> Option<String> {
        let known = self.0.get(id).filter(|known| known.kind != kind)?;
        Some(format!("the register has this unit as {}", known.kind))
    }

    /// Why a unit cannot lie in that area; none where the register does not know it, or by another edition.
    pub(in crate::ingest) fn area_fault(&self, id: &str, kind: UnitKind, area: &AreaKey) -> Option<String> {
        if kind == UnitKind::Commune {
            // A commune is named by its own code; ids of another form say nothing of where it lies.
            let is_code = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
            return (is_code && id != area.code.as_str()).then(|| format!("the commune {id} lies in no other area"));
        }
        let known = self.0.get(id).filter(|known| known.area.edition == area.edition && known.area != *area)?;
        Some(format!("the register has this unit in {}", known.area.code))
    }
}

/// Why a window is not one for a kind of unit.
pub(in crate::ingest) fn window_fault(window: &Window, kind: UnitKind) -> Option<String> {
    let needed = match kind {
        UnitKind::ResidentialArea => WindowUse::CertificationResidentialArea,
        UnitKind::Commune | UnitKind::Agency | UnitKind::Business | UnitKind::School => WindowUse::CertificationCommune,
    };
    let ending = if kind == UnitKind::ResidentialArea { "-kdc" } else { "-xa" };
    (window.serves != needed)
        .then(|| format!("{} is not a window in which a unit of kind {kind} is certified (ANTT-…{ending})", window.id))
}

/// Why a unit cannot have been decided on that day.
pub(in crate::ingest) fn decision_day_fault(day: Date, window: &Window, today: Date) -> Option<String> {
    let (from, to) = (window.period.from().date(), window.period.to().date());
    let last = to.saturating_add(YEARS_TO_DECIDE.years());
    if day < from {
        return Some(format!("the day lies before the window {} begins, on {from}", window.id));
    }
    if day > last {
        return Some(format!("the day lies more than a year behind the end of the window {}, {to}", window.id));
    }
    past_day_fault(day, today)
}

/// Why a day cannot be that of something that has happened.
pub(in crate::ingest) fn past_day_fault(day: Date, today: Date) -> Option<String> {
    if day > today {
        Some(format!("the day lies in the future (today is {today})"))
    } else if day.year() < FIRST_YEAR {
        Some(format!("the day lies before {FIRST_YEAR}"))
    } else {
        None
    }
}

/// Why a unit cannot be recognised: who is recognised has registered.
pub(in crate::ingest) fn recognition_fault(registered: Declared, recognised: Declared) -> Option<&'static str> {
    let is_impossible = recognised.holds() && !registered.holds();
    is_impossible.then_some("the unit is recognised although it did not register")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::text::Names;
    use crate::domain::time::period::{Day, Period};

    fn window(serves: WindowUse) -> Window {
        let day = |year| Day::of_date(date(year, 11, 16));
        let names = Names { vi: String::new(), en: String::new() };
        let period = Period::new(day(2023), day(2024)).unwrap();
        Window { id: "ANTT-2024-xa".to_owned(), names, period, serves, is_released: false }
    }

    fn area(code: &str, edition: &str) -> AreaKey {
        AreaKey { edition: edition.parse().unwrap(), code: code.parse().unwrap() }
    }

    #[test]
    fn day_of_a_decision_lies_in_its_window_or_the_year_behind() {
        let (window, today) = (window(WindowUse::CertificationCommune), date(2026, 11, 29));
        for day in [date(2023, 11, 16), date(2024, 12, 1), date(2025, 11, 16)] {
            assert_eq!(decision_day_fault(day, &window, today), None, "{day}");
        }
        let fault = |day| decision_day_fault(day, &window, today).unwrap();
        assert_eq!(fault(date(2019, 5, 1)), "the day lies before the window ANTT-2024-xa begins, on 2023-11-16");
        assert_eq!(
            fault(date(2025, 11, 17)),
            "the day lies more than a year behind the end of the window ANTT-2024-xa, 2024-11-16"
        );
        let early = decision_day_fault(date(2024, 11, 20), &window, date(2024, 11, 1)).unwrap();
        assert_eq!(early, "the day lies in the future (today is 2024-11-01)");
        assert_eq!(past_day_fault(date(24, 1, 1), today).as_deref(), Some("the day lies before 1900"));
    }

    #[test]
    fn each_kind_of_unit_has_its_windows() {
        let commune = window(WindowUse::CertificationCommune);
        for kind in UnitKind::ALL {
            assert_eq!(window_fault(&commune, kind).is_some(), kind == UnitKind::ResidentialArea, "{kind}");
            assert!(window_fault(&window(WindowUse::Statistics), kind).is_some());
        }
        assert_eq!(window_fault(&window(WindowUse::CertificationResidentialArea), UnitKind::ResidentialArea), None);
    }

    #[test]
    fn unit_stays_what_and_where_the_register_has_it() {
        let unit = Unit {
            id: "TH-1".to_owned(),
            kind: UnitKind::School,
            form: None,
            area: area("20335", "2025-01"),
            label: None,
            established_on: None,
            dissolved_on: None,
        };
        let register = RegisteredUnits::new(&[unit]);
        let fault = |id, kind, code, edition| register.area_fault(id, kind, &area(code, edition));
        assert_eq!(fault("TH-1", UnitKind::School, "20335", "2025-01"), None);
        let moved = fault("TH-1", UnitKind::School, "20338", "2025-01");
        assert_eq!(moved.as_deref(), Some("the register has this unit in 20335"));
        assert_eq!(fault("TH-1", UnitKind::School, "20338", "2025-07"), None, "codes of other editions tell nothing");
        assert_eq!(fault("TH-2", UnitKind::School, "20338", "2025-01"), None);
        assert!(fault("20335", UnitKind::Commune, "20338", "2025-01").is_some());
        assert_eq!(fault("20335", UnitKind::Commune, "20335", "2025-01"), None);
        assert_eq!(
            register.kind_fault("TH-1", UnitKind::Agency).as_deref(),
            Some("the register has this unit as school")
        );
        assert_eq!(register.kind_fault("TH-1", UnitKind::School), None);
        assert_eq!(RegisteredUnits::default().kind_fault("TH-1", UnitKind::Agency), None);
    }

    #[test]
    fn who_is_recognised_has_registered() {
        assert!(recognition_fault(Declared::No, Declared::Yes).is_some());
        for (registered, recognised) in
            [(Declared::Yes, Declared::Yes), (Declared::Yes, Declared::No), (Declared::No, Declared::No)]
        {
            assert_eq!(recognition_fault(registered, recognised), None);
        }
    }
}
