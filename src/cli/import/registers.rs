//! The registers of units that are built in.

use crate::config::REGISTERS;
use crate::domain::area::Level;
use crate::domain::area::edition::EditionEntry;
use crate::domain::area::register::Register;
use crate::ingest::{RegisterError, RowSource, register};

/// The registers of all editions, by edition; they hold units of neighbouring provinces where an edition joins them.
///
/// # Errors
/// When an embedded table cannot be read, which a test rules out.
pub(super) fn registers() -> Result<Vec<Register>, RegisterError> {
    let tables = REGISTERS.files().filter_map(|file| {
        let edition = file.path().file_stem()?.to_str()?.parse().ok()?;
        Some((edition, RowSource::memory(&format!("geodata/registers/{edition}.csv"), file.contents())))
    });
    let mut registers = tables.map(|(edition, table)| register(edition, &table)).collect::<Result<Vec<_>, _>>()?;
    registers.sort_by_key(|register| register.edition);
    Ok(registers)
}

/// The register of an edition as the catalogue has it: all units where it counts all of them, else those of its province.
pub(super) fn of_entry(registers: &[Register], entry: &EditionEntry) -> Option<Register> {
    let register = registers.iter().find(|register| register.edition == entry.id)?;
    let communes = register.of_level(Level::Commune).count();
    Some(if communes == entry.communes as usize {
        register.clone()
    } else {
        register.of_province(&entry.province_code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::data_folder::LoadedRules;
    use crate::config::RuleFiles;

    #[test]
    fn every_edition_of_the_catalogue_has_its_register_whole() {
        let registers = registers().unwrap();
        let rules = LoadedRules::from_files(&RuleFiles::embedded()).unwrap();
        for (edition, communes, districts) in
            [("2020-01", 244, 18), ("2020-02", 241, 18), ("2025-01", 233, 17), ("2025-07", 78, 0)]
        {
            let entry = rules.editions.entry(edition.parse().unwrap());
            let register = of_entry(&registers, &entry).unwrap();
            let count = |level| register.of_level(level).count();
            assert_eq!((count(Level::Commune), count(Level::District)), (communes, districts), "{edition}");
            let districts: Vec<_> = register.of_level(Level::District).map(|district| &district.code).collect();
            let parents = register.of_level(Level::Commune).filter_map(|commune| commune.parent.as_ref());
            let parents: Vec<_> = parents.collect();
            assert!(parents.iter().all(|parent| districts.contains(parent)), "{edition}");
            assert_eq!(parents.len(), if districts.is_empty() { 0 } else { communes });
        }
        let whole = registers.iter().find(|register| register.edition.to_string() == "2025-07").unwrap();
        assert_eq!(whole.of_level(Level::Commune).count(), 94);
    }

    #[test]
    fn residents_of_the_census_add_up_where_every_unit_has_them() {
        let registers = registers().unwrap();
        let of = |edition: &str, level| {
            let register = registers.iter().find(|register| register.edition.to_string() == edition).unwrap();
            register.of_level(level).filter_map(|unit| unit.residents).map(u64::from).sum::<u64>()
        };
        // The census of 2019 of the province.
        assert_eq!((of("2020-02", Level::Commune), of("2020-02", Level::District)), (1_495_812, 1_495_812));
    }
}
