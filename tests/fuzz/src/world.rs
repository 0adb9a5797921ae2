//! The words, rules and areas that inputs are read with; the present moment stands still.

use std::sync::LazyLock;

use binhyen::cli::LoadedRules;
use binhyen::config::RuleFiles;
use binhyen::domain::area::edition::EditionId;
use binhyen::domain::area::{Area, AreaKey, Level};
use binhyen::ingest::{KnownAreas, RegisteredUnits};
use jiff::civil::{Date, date};

/// What is known before an input is read.
#[derive(Debug)]
pub struct World {
    /// The words and rules built into the program.
    pub words: LoadedRules,
    /// Communes and a district of two editions.
    pub areas: Vec<Area>,
    /// The same, as rows may name them.
    pub known_areas: KnownAreas,
    /// No units.
    pub register: RegisteredUnits,
    /// The day on which everything is read.
    pub today: Date,
    /// Its last second, since 1970 UTC.
    pub now_s: i64,
}

/// The world of this process.
pub static WORLD: LazyLock<World> = LazyLock::new(|| {
    let words = LoadedRules::from_files(&RuleFiles::embedded()).expect("the files built in are accepted");
    let areas = vec![
        area("2020-02", "502", Level::District, None),
        area("2020-02", "20335", Level::Commune, Some("502")),
        area("2020-02", "20338", Level::Commune, Some("502")),
        area("2025-07", "20335", Level::Commune, None),
        area("2025-07", "20401", Level::Commune, None),
    ];
    let known_areas = KnownAreas::new(&areas, &[]).with_provinces(&words.editions);
    World {
        words,
        known_areas,
        areas,
        register: RegisteredUnits::default(),
        today: date(2026, 6, 30),
        now_s: 1_782_838_799,
    }
});

/// An edition by its name.
pub fn edition(name: &str) -> EditionId {
    name.parse().expect("the name is one of an edition")
}

fn area(edition_name: &str, code: &str, level: Level, parent: Option<&str>) -> Area {
    let code_of = |text: &str| text.parse().expect("the code is one of an area");
    Area {
        key: AreaKey { edition: edition(edition_name), code: code_of(code) },
        level,
        name: format!("Area {code}"),
        parent: parent.map(code_of),
        boundary: None,
    }
}
