//! Spreadsheets: bytes as an XLSX file, and the XML of its parts, read as incidents and as decisions.
#![no_main]

use binhyen::ingest::{Decisions, HeaderSearch, Incidents, Mapping, NaiveZone, RowSource, SeverityFrom, UnitRows};
use binhyen_fuzz::choices::Choices;
use binhyen_fuzz::input_file::written;
use binhyen_fuzz::rows::{read_in_both_ways, writing};
use binhyen_fuzz::workbook::packed;
use binhyen_fuzz::world::{WORLD, edition};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choices, input)) = Choices::<6>::split(bytes) else { return };
    let world = &*WORLD;
    let sheet = choices.of(1, &[None, Some("Sheet1"), Some("2")]).map(str::to_owned);
    let row = choices.of(2, &[None, Some(1), Some(2)]);
    let source = RowSource::file(&written("book.xlsx", &packed(input)))
        .with_sheet(sheet)
        .with_header(HeaderSearch::new(row, Vec::new()));
    let mapping = Mapping { writing: writing(&choices, 3), ..Mapping::default() };
    let (areas, of_edition) = (&world.known_areas, Some(edition("2020-02")));
    if choices.of(0, &[true, false]) {
        let kind = Incidents {
            taxonomy: &world.words.taxonomy,
            areas,
            zone: NaiveZone::Local,
            edition: of_edition,
            now_s: world.now_s,
            severity_from: Some(SeverityFrom::Category),
        };
        drop(read_in_both_ways(&source, &mapping, &kind));
    } else {
        let (rules, register, today) = (&world.words.rules, &world.register, world.today);
        let kind = Decisions(UnitRows { rules, areas, edition: of_edition, register, today });
        drop(read_in_both_ways(&source, &mapping, &kind));
    }
});
