//! The embedded sample through the same way as every import.

use std::collections::BTreeSet;

use binhyen::cli::sample::{SampleCounts, fill, register};
use binhyen::domain::area::Level;
use binhyen::domain::area::edition::EditionId;
use binhyen::domain::area::population::Population;
use binhyen::domain::holdings::Dataset;
use binhyen::domain::incident::IncidentRow;
use binhyen::store::{SourceKind, Store};

use crate::support::imports::{Bench, wait, words};
use crate::support::sample::Truth;

#[test]
fn the_sample_is_taken_without_a_single_rejection_and_marked_as_sample() {
    let folder = tempfile::tempdir().unwrap();
    let words = words();
    wait(async {
        let store = Store::open(folder.path(), &words.taxonomy).await.unwrap();
        let filled = fill(&store, &words).await.unwrap();
        assert_eq!(filled.areas, 233 + 17 + 78);
        let holdings = store.load().await.unwrap();
        let SampleCounts { incidents, models, certifications, populations, units, decisions, .. } = filled;
        assert_eq!(holdings.incidents.len() as u64, incidents);
        assert_eq!((holdings.models.len() as u64, holdings.certifications.len() as u64), (models, certifications));
        assert_eq!(holdings.populations.len() as u64, populations);
        assert_eq!((holdings.units.len() as u64, holdings.decisions.len() as u64), (units, decisions));
        assert_eq!(holdings.declarations.len() as u64, filled.declarations);
        assert_eq!(holdings.movement_grades.len() as u64, filled.movement_grades);
        let editions = ["2025-01", "2025-07"].map(|edition| edition.parse::<EditionId>().unwrap());
        let of_editions = editions.into_iter().flat_map(|id| [Dataset::Boundaries(id), Dataset::Population(id)]);
        let units = [Dataset::ResidentialAreas, Dataset::Institutions, Dataset::Decisions, Dataset::Declarations];
        let rest = [Dataset::Incidents, Dataset::Models, Dataset::Certifications, Dataset::MovementGrades]
            .into_iter()
            .chain(units);
        assert_eq!(holdings.sample_datasets, of_editions.chain(rest).collect::<BTreeSet<Dataset>>());
        assert!(!store.needs_sample().await.unwrap());

        // A second filling finds everything there already.
        let epoch = holdings.epoch;
        assert_eq!(fill(&store, &words).await.unwrap(), filled);
        assert_eq!(store.epoch().await.unwrap(), epoch);

        // Own incidents replace the sample ones, and only those.
        let own = holdings.incidents.at(IncidentRow::new(0)).unwrap();
        let outcome = store.import(&[own], SourceKind::Own).await.unwrap();
        assert_eq!(outcome.sample_removed, incidents);
        assert!(!store.sample_datasets().await.unwrap().contains(&Dataset::Incidents));

        // Own populations of one edition leave the sample's of the other.
        let own = holdings.populations.iter().find(|row| row.area.edition == editions[1]).unwrap();
        let outcome = store.import(std::slice::from_ref(own), SourceKind::Own).await.unwrap();
        let of_edition = |row: &&Population| row.area.edition == editions[1];
        assert_eq!(outcome.sample_removed, holdings.populations.iter().filter(of_edition).count() as u64);
        let left = store.load().await.unwrap();
        assert_eq!(left.populations.len() as u64, populations - outcome.sample_removed + 1);
        assert!(left.sample_datasets.contains(&Dataset::Population(editions[0])));
    });
}

#[test]
fn the_register_names_the_communes_of_both_editions() {
    let register = register().unwrap();
    let count = |edition: &str| register.iter().filter(|area| area.key.edition.to_string() == edition).count();
    assert_eq!((count("2025-01"), count("2025-07"), register.len()), (233, 78, 311));
    assert!(register.iter().all(|area| area.level == Level::Commune && !area.name.is_empty()));
}

#[test]
fn late_reports_are_new_incidents_of_days_that_were_reported_before() {
    let bench = Bench::new();
    wait(async { fill(&Store::open(&bench.data(), &words().taxonomy).await.unwrap(), &words()).await.unwrap() });
    let truth = Truth::read();
    let file = |name: &str| format!("{}/geodata/sample/{name}", env!("CARGO_MANIFEST_DIR"));
    let first = bench.succeed(&["import", "incidents", &file("incidents.csv")]);
    assert!(first.contains(&format!("accepted {}, updated 0", truth.places.incidents)), "{first}");
    let days = |bench: &Bench| {
        let incidents = bench.holdings().incidents;
        let times: Vec<i64> = incidents.rows().map(|row| incidents.unix_seconds(row)).collect();
        (times.len(), times.iter().min().copied(), times.iter().max().copied())
    };
    let (before, oldest, newest) = days(&bench);
    let late = bench.succeed(&["import", "incidents", &file(&truth.late.file)]);
    assert!(late.contains(&format!("accepted {0}, updated 0, unchanged 0", truth.late.incidents)), "{late}");
    assert_eq!(days(&bench), (before + truth.late.incidents, oldest, newest));
}
