//! Areas that codes in files may refer to: those loaded, and the official
//! register of editions that are not loaded.

use std::collections::BTreeMap;

use crate::domain::area::edition::{EditionCatalogue, EditionId};
use crate::domain::area::{Area, AreaCode, AreaKey, Level};

/// Digits of the longest official code.
const COMMUNE_DIGITS: usize = 5;

/// An area known by its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownArea {
    /// The administrative level of the area.
    pub level: Level,
    /// Its official name in the edition.
    pub name: String,
}

/// The areas known, by edition and code.
#[derive(Debug, Clone, Default)]
pub struct KnownAreas {
    editions: BTreeMap<EditionId, BTreeMap<AreaCode, KnownArea>>,
}

impl KnownAreas {
    /// The areas loaded, and those of the register for editions that are not.
    pub fn new(loaded: &[Area], register: &[Area]) -> Self {
        let mut known = Self::default();
        for area in loaded {
            known.add(area);
        }
        let editions: Vec<EditionId> = known.editions.keys().copied().collect();
        for area in register.iter().filter(|area| !editions.contains(&area.key.edition)) {
            known.add(area);
        }
        known
    }

    /// The same with the province of each edition that has none among its areas: its boundary is drawn from the
    /// communes, and all that a report knows may be its code.
    #[must_use]
    pub fn with_provinces(mut self, catalogue: &EditionCatalogue) -> Self {
        for (edition, areas) in &mut self.editions {
            let entry = catalogue.entry(*edition);
            let Ok(code) = entry.province_code.parse::<AreaCode>() else { continue };
            if areas.values().all(|area| area.level != Level::Province) {
                areas.entry(code).or_insert(KnownArea { level: Level::Province, name: entry.province_vi });
            }
        }
        self
    }

    fn add(&mut self, area: &Area) {
        let entry = KnownArea { level: area.level, name: area.name.clone() };
        self.editions.entry(area.key.edition).or_default().insert(area.key.code.clone(), entry);
    }

    /// The area of a key.
    ///
    /// # Errors
    /// Says why there is none, and in which editions the code exists.
    pub fn area(&self, key: &AreaKey) -> Result<&KnownArea, String> {
        let Some(areas) = self.editions.get(&key.edition) else {
            let known: Vec<String> = self.editions.keys().map(ToString::to_string).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(format!(
                "edition {} is not loaded (loaded: {known}); import its boundaries first",
                key.edition
            ));
        };
        areas.get(&key.code).ok_or_else(|| {
            let elsewhere = match self.with_zeros(key) {
                Some((code, area)) => {
                    format!("; {code} is {}: a spreadsheet drops zeros, so write codes as text", area.name)
                }
                None => self.elsewhere(key),
            };
            format!("edition {} has no area with code {}{elsewhere}", key.edition, key.code)
        })
    }

    /// The area whose code has zeros before that of a key, which a spreadsheet drops.
    pub fn with_zeros(&self, key: &AreaKey) -> Option<(AreaCode, &KnownArea)> {
        let areas = self.editions.get(&key.edition)?;
        let digits = key.code.as_str();
        let longer = (digits.len() + 1..=COMMUNE_DIGITS).filter(|_| !digits.starts_with('0'));
        let mut codes = longer.filter_map(|length| format!("{digits:0>length$}").parse::<AreaCode>().ok());
        codes.find_map(|code| areas.get(&code).map(|area| (code.clone(), area)))
    }

    fn elsewhere(&self, key: &AreaKey) -> String {
        let others = self.editions.iter().filter_map(|(edition, areas)| {
            let area = areas.get(&key.code)?;
            Some(format!("{edition} ({})", area.name))
        });
        let others: Vec<String> = others.collect();
        if others.is_empty() { String::new() } else { format!("; the code belongs to {}", others.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(edition: &str, code: &str, level: Level) -> Area {
        let key = AreaKey { edition: edition.parse().unwrap(), code: code.parse().unwrap() };
        Area { key, level, name: format!("Area {code}"), parent: None, boundary: None }
    }

    #[test]
    fn a_code_without_its_zeros_is_found_out() {
        let loaded = [
            area("2020-02", "271", Level::District),
            area("2020-02", "00271", Level::Commune),
            area("2020-02", "00335", Level::Commune),
        ];
        let known = KnownAreas::new(&loaded, &[]);
        let key = |code: &str| area("2020-02", code, Level::Commune).key;
        assert_eq!(known.with_zeros(&key("271")).unwrap().0.as_str(), "00271");
        assert!(known.with_zeros(&key("00271")).is_none());
        let why = known.area(&key("335")).unwrap_err();
        assert_eq!(
            why,
            "edition 2020-02 has no area with code 335; 00335 is Area 00335: a spreadsheet drops zeros, so write codes \
             as text"
        );
    }

    #[test]
    fn province_is_known_by_its_code_and_never_twice() {
        let catalogue = EditionCatalogue::from_toml(include_str!("../../../geodata/editions.toml")).unwrap();
        let loaded = [
            area("2025-01", "20335", Level::Commune),
            area("2025-07", "20335", Level::Commune),
            area("2025-07", "00001", Level::Province),
        ];
        let known = KnownAreas::new(&loaded, &[]).with_provinces(&catalogue);
        let key = |edition: &str, code: &str| area(edition, code, Level::Province).key;
        let found = known.area(&key("2025-01", "49")).unwrap();
        assert_eq!((found.level, found.name.as_str()), (Level::Province, "Tỉnh Quảng Nam"));
        assert_eq!(known.area(&key("2025-07", "00001")).unwrap().name, "Area 00001");
        assert!(known.area(&key("2025-07", "48")).is_err() && known.area(&key("2020-02", "49")).is_err());
    }
}
