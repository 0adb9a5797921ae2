//! Bytes as a file of boundaries, in whatever format they look like.
#![no_main]

use binhyen::domain::area::Level;
use binhyen::ingest::boundaries::{Attributes, OnFault};
use binhyen::ingest::{Encoding, PartOfMore, RowSource};
use binhyen_fuzz::boundaries::read_and_built;
use binhyen_fuzz::choices::Choices;
use binhyen_fuzz::input_file::written;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choices, file)) = Choices::<5>::split(bytes) else { return };
    let source = RowSource::file(&written("boundaries", file))
        .with_encoding(choices.of(0, &Encoding::ALL))
        .with_part(choices.of(1, &[PartOfMore::Refused, PartOfMore::Taken]));
    let on_fault = choices.of(2, &[OnFault::Stop, OnFault::Repair]);
    let level = choices.of(3, &[Level::Commune, Level::District, Level::Province]);
    let named = |name: &str| Some(name.to_owned());
    let attributes = match choices.of(4, &[0, 1, 2]) {
        0 => Attributes::default(),
        1 => Attributes { code: named("@id"), name: named("n"), ..Attributes::default() },
        _ => Attributes {
            code: named("c"),
            name: named("n"),
            parent: named("p"),
            parent_name: named("q"),
            population: named("population_2019"),
        },
    };
    read_and_built(&source, level, on_fault, attributes);
});
