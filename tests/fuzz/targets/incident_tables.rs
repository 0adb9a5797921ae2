//! Bytes as a file of incidents: separators, encodings, days, numbers, degrees, JSON. What is accepted gives the same
//! incidents again when it is written out.
#![no_main]

use binhyen::domain::incident::taxonomy::Severity;
use binhyen::ingest::{Encoding, HeaderSearch, Incidents, Mapping, NaiveZone, PartOfMore, RowSource, SeverityFrom};
use binhyen_fuzz::choices::Choices;
use binhyen_fuzz::input_file::written;
use binhyen_fuzz::rows::{incidents_as_csv, read_in_both_ways, writing};
use binhyen_fuzz::world::{WORLD, edition};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choices, file)) = Choices::<8>::split(bytes) else { return };
    let world = &*WORLD;
    let row = choices.of(1, &[None, Some(1), Some(2), Some(3)]);
    let source = RowSource::file(&written("incidents", file))
        .with_encoding(choices.of(0, &Encoding::ALL))
        .with_header(HeaderSearch::new(row, Vec::new()))
        .with_part(PartOfMore::Taken);
    let fixed = Severity::new(2).map(SeverityFrom::Default).expect("2 is a severity");
    let kind = Incidents {
        taxonomy: &world.words.taxonomy,
        areas: &world.known_areas,
        zone: choices.of(5, &[NaiveZone::Local, NaiveZone::Utc]),
        edition: choices.of(6, &[Some(edition("2020-02")), None]),
        now_s: world.now_s,
        severity_from: choices.of(7, &[Some(SeverityFrom::Category), None, Some(fixed)]),
    };
    let mapping = Mapping { writing: writing(&choices, 2), ..Mapping::default() };
    let incidents = read_in_both_ways(&source, &mapping, &kind);
    if incidents.is_empty() {
        return;
    }
    let source = RowSource::file(&written("again.csv", &incidents_as_csv(&incidents)));
    let again = read_in_both_ways(&source, &Mapping::default(), &kind);
    assert!(again == incidents, "written and read again they are others: {incidents:?} / {again:?}");
});
