//! The register of an edition: which units it has, under which code and name, in which district.
//!
//! A register says what is official and nothing about outlines. What no source gives is `None`, never a guess.

use super::edition::EditionId;
use super::{AreaCode, Level};

/// A unit on the register.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisteredArea {
    /// The level of the unit.
    pub level: Level,
    /// The official code.
    pub code: AreaCode,
    /// The name by which it goes here.
    pub name: String,
    /// Other ways in which official lists write or wrote its name while the edition was in force.
    pub other_names: Vec<String>,
    /// The code of its district, in editions with districts.
    pub parent: Option<AreaCode>,
    /// The code of the province to which its ground belonged before July 2025.
    pub former_province: String,
    /// The official area in square kilometres.
    pub area_km2: Option<f64>,
    /// The official number of residents.
    pub residents: Option<u32>,
    /// The longitude of the published point of the unit, in degrees.
    pub lon: Option<f64>,
    /// The latitude of that point.
    pub lat: Option<f64>,
}

impl RegisteredArea {
    /// Whether a name is one of the unit's.
    pub fn is_called(&self, name: &str) -> bool {
        let mut names = std::iter::once(&self.name).chain(&self.other_names);
        names.any(|known| comparable(known) == comparable(name))
    }
}

/// A name without what lists write differently and nobody means: capitals, repeated spaces.
fn comparable(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The units of an edition, by code.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// The edition.
    pub edition: EditionId,
    units: Vec<RegisteredArea>,
}

impl Register {
    /// The register of an edition with the given units.
    pub fn new(edition: EditionId, mut units: Vec<RegisteredArea>) -> Self {
        units.sort_by(|a, b| (a.level, &a.code).cmp(&(b.level, &b.code)));
        Self { edition, units }
    }

    /// The units of a level, by code.
    pub fn of_level(&self, level: Level) -> impl Iterator<Item = &RegisteredArea> {
        self.units.iter().filter(move |unit| unit.level == level)
    }

    /// The register less the units whose ground belonged to another province before July 2025.
    #[must_use]
    pub fn of_province(&self, code: &str) -> Self {
        let units = self.units.iter().filter(|unit| unit.former_province == code).cloned().collect();
        Self { edition: self.edition, units }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(code: &str, former_province: &str) -> RegisteredArea {
        RegisteredArea {
            level: Level::Commune,
            code: code.parse().unwrap(),
            name: "Commune One".to_owned(),
            other_names: vec!["Commune  I".to_owned()],
            parent: None,
            former_province: former_province.to_owned(),
            area_km2: None,
            residents: None,
            lon: None,
            lat: None,
        }
    }

    #[test]
    fn a_unit_is_known_by_each_of_its_names_and_by_no_other() {
        let unit = unit("20335", "49");
        assert!(unit.is_called("commune one") && unit.is_called("Commune I"));
        assert!(!unit.is_called("Commune Two") && !unit.is_called(""));
    }

    #[test]
    fn units_come_by_code_and_those_of_one_province_can_be_taken() {
        let edition = "2025-07".parse().unwrap();
        let register = Register::new(edition, vec![unit("20335", "49"), unit("20194", "48")]);
        let codes: Vec<&str> = register.of_level(Level::Commune).map(|unit| unit.code.as_str()).collect();
        assert_eq!(codes, ["20194", "20335"]);
        assert_eq!(register.of_province("49").of_level(Level::Commune).count(), 1);
        assert_eq!(register.of_level(Level::District).count(), 0);
    }
}
