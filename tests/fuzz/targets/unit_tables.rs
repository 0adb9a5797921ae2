//! Bytes as a file of models, their events, registers, decisions, declarations, certifications, grades, residents or
//! exposures: CSV and JSON.
#![no_main]

use binhyen::ingest::{
    Certifications, Decisions, Declarations, Exposures, Institutions, Lineage, Mapping, ModelEvents, Models,
    MovementGrades, PartOfMore, Populations, ResidentialAreas, RowSource, UnitRows,
};
use binhyen_fuzz::choices::Choices;
use binhyen_fuzz::input_file::written;
use binhyen_fuzz::rows::{read_in_both_ways, writing};
use binhyen_fuzz::world::{WORLD, edition};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choices, file)) = Choices::<6>::split(bytes) else { return };
    let world = &*WORLD;
    let source = RowSource::file(&written("units", file)).with_part(PartOfMore::Taken);
    let mapping =
        Mapping { writing: writing(&choices, 1), clears_empty: choices.of(4, &[false, true]), ..Mapping::default() };
    let of_edition = choices.of(5, &[Some(edition("2020-02")), None]);
    let (rules, areas) = (&world.words.rules, &world.known_areas);
    let units = UnitRows { rules, areas, edition: of_edition, register: &world.register, today: world.today };
    match choices.of(0, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
        0 => {
            let kind = |lineage| Models { rules, areas, edition: of_edition, lineage, today: world.today };
            let unchecked = Lineage::default();
            let coming = read_in_both_ways(&source, &mapping, &kind(&unchecked));
            let lineage = Lineage::new(&[], &coming);
            let models = read_in_both_ways(&source, &mapping, &kind(&lineage));
            let known = |id: &String| models.iter().any(|model| model.id == *id);
            assert!(models.iter().filter_map(|model| model.parent_id.as_ref()).all(known), "a parent was rejected");
        }
        1 => drop(read_in_both_ways(&source, &mapping, &ModelEvents { models: &[], today: world.today })),
        2 => drop(read_in_both_ways(&source, &mapping, &Decisions(units))),
        3 => {
            let kind = Declarations { rows: units, circulars: &world.words.circulars };
            drop(read_in_both_ways(&source, &mapping, &kind));
        }
        4 => drop(read_in_both_ways(&source, &mapping, &Populations { areas, edition: of_edition })),
        5 => drop(read_in_both_ways(&source, &mapping, &Exposures(units))),
        6 => drop(read_in_both_ways(&source, &mapping, &Certifications(units))),
        7 => drop(read_in_both_ways(&source, &mapping, &Institutions(units))),
        8 => drop(read_in_both_ways(&source, &mapping, &ResidentialAreas(units))),
        _ => drop(read_in_both_ways(&source, &mapping, &MovementGrades(units))),
    }
});
