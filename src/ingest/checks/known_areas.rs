//! Areas that codes in files may refer to: those loaded, and the official
//! register of editions that are not loaded.

use std::collections::BTreeMap;

use crate::domain::area::edition::EditionId;
use crate::domain::area::{Area, AreaCode, AreaKey, Level};

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
            let elsewhere = self.elsewhere(key);
            format!("edition {} has no area with code {}{elsewhere}", key.edition, key.code)
        })
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
