//! What goes into the store comes out of it, with epochs that count the changes.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use binhyen::domain::area::edition::EditionId;
use binhyen::domain::area::population::Population;
use binhyen::domain::area::{Area, AreaKey, Level, Position};
use binhyen::domain::holdings::Dataset;
use binhyen::domain::incident::taxonomy::{
    CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex, Taxonomy,
};
use binhyen::domain::incident::{Incident, IncidentLocation, IncidentRow};
use binhyen::domain::model::{CommunityModel, ModelOrigin, Review};
use binhyen::domain::standard::certification::{Certification, Declared, UnitKind};
use binhyen::store::{Replacement, SourceKind, Store, StoreError, WriteOutcome};
use geo::{MultiPolygon, polygon};

use crate::support::imports::{wait, words};

fn edition() -> EditionId {
    "2020-02".parse().unwrap()
}

fn key(code: &str) -> AreaKey {
    AreaKey { edition: edition(), code: code.parse().unwrap() }
}

fn area(code: &str, level: Level, parent: Option<&str>) -> Area {
    let square = polygon![(x: 108.1, y: 15.1), (x: 108.2, y: 15.1), (x: 108.2, y: 15.2)];
    Area {
        key: key(code),
        level,
        name: format!("Xã {code}"),
        parent: parent.map(|code| code.parse().unwrap()),
        boundary: (level == Level::Commune).then(|| MultiPolygon(vec![square])),
    }
}

fn incident(number: u32) -> Incident {
    Incident {
        id: format!("I{number:05}"),
        unix_seconds: 1_700_000_000 + i64::from(number),
        location: match number % 3 {
            0 => IncidentLocation::Point(Position::from_e7(1_081_234_567, 151_234_567).unwrap()),
            1 => IncidentLocation::Area(key("20335")),
            _ => IncidentLocation::Unknown,
        },
        category: CategoryIndex::new((number % 10) as u8),
        severity: Severity::new(1 + (number % 5) as u8).unwrap(),
        status: StatusIndex::new((number % 4) as u8),
        channel: ChannelIndex::new((number % 8) as u8),
        precision: PrecisionIndex::new((number % 4) as u8),
    }
}

fn model(id: &str) -> CommunityModel {
    CommunityModel {
        id: id.to_owned(),
        kind: "camera".to_owned(),
        position: Position::new(108.5, 15.5).ok(),
        area: Some(key("20335")),
        residential_area: None,
        origin: ModelOrigin::Replicated,
        parent_id: Some("M0".to_owned()),
        started_on: "2020-01-05".parse().unwrap(),
        ended_on: "2022-01-05".parse().ok(),
        review: Some(("2021-01-05".parse().unwrap(), Review::Weak)),
    }
}

fn certification(window: &str) -> Certification {
    Certification {
        unit_id: "K1".to_owned(),
        unit_kind: UnitKind::School,
        area: key("20335"),
        window: window.to_owned(),
        registered: Declared::Yes,
        recognised: Declared::No,
        decided_on: "2022-11-06".parse().ok(),
    }
}

fn opened(folder: &std::path::Path, taxonomy: &Taxonomy) -> Store {
    wait(Store::open(folder, taxonomy)).unwrap()
}

const OWN: SourceKind = SourceKind::Own;

#[test]
fn everything_comes_back_as_it_went_in() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path(), &words().taxonomy);
    wait(async {
        let districts = [area("502", Level::District, None)];
        let new = Replacement {
            edition: edition(),
            level: Level::District,
            areas: &districts,
            districts: &[],
            populations: &[],
        };
        store.replace_areas(&new, OWN).await.unwrap();
        let communes = [area("20335", Level::Commune, Some("502")), area("20338", Level::Commune, None)];
        let populations = [Population { area: key("20335"), year: 2019, residents: 11_726 }];
        let new = Replacement {
            edition: edition(),
            level: Level::Commune,
            areas: &communes,
            districts: &[],
            populations: &populations,
        };
        store.replace_areas(&new, OWN).await.unwrap();
        let incidents: Vec<Incident> = (0..3_000).rev().map(incident).collect();
        store.import(&incidents, OWN).await.unwrap();
        store.import(&[model("M1"), model("M2")], OWN).await.unwrap();
        store.import(&[certification("ANTT-2022-xa"), certification("ANTT-2023-xa")], OWN).await.unwrap();

        let holdings = store.load().await.unwrap();
        assert_eq!(holdings.epoch, 5);
        assert_eq!(holdings.areas, [&communes[..], &districts].concat());
        assert_eq!(holdings.populations, populations);
        assert_eq!(holdings.incidents.len(), 3_000);
        assert!(
            (0..3_000).all(|row| holdings.incidents.at(IncidentRow::new(row)) == Some(incident(row as u32))),
            "in the order of ids"
        );
        assert_eq!(holdings.models, [model("M1"), model("M2")]);
        assert_eq!(holdings.certifications, [certification("ANTT-2022-xa"), certification("ANTT-2023-xa")]);
        assert!(store.integrity().await.unwrap().faults.is_empty());
        assert_eq!(store.areas_without_boundaries().await.unwrap().len(), 3);
    });
}

#[test]
fn the_epoch_grows_only_when_something_changes() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path(), &words().taxonomy);
    wait(async {
        let write = async |incidents: &[Incident]| store.import(incidents, OWN).await.unwrap();
        let counts = |outcome: WriteOutcome| (outcome.inserted, outcome.updated, outcome.unchanged, outcome.epoch);
        assert_eq!(counts(write(&[]).await), (0, 0, 0, 0));
        assert_eq!(counts(write(&[incident(1), incident(2)]).await), (2, 0, 0, 1));
        assert_eq!(counts(write(&[incident(1), incident(2)]).await), (0, 0, 2, 1));
        let changed = Incident { id: incident(1).id, ..incident(7) };
        assert_eq!(counts(write(&[changed.clone(), incident(2), incident(3)]).await), (1, 1, 1, 2));
        assert_eq!(counts(write(&[incident(4), incident(4), incident(5)]).await), (2, 0, 1, 3));
        assert_eq!(store.load().await.unwrap().incidents.at(IncidentRow::new(0)), Some(changed));
    });
}

#[test]
fn own_data_replaces_the_sample_of_its_part_only() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path(), &words().taxonomy);
    wait(async {
        assert!(store.needs_sample().await.unwrap());
        store.begin_sample().await.unwrap();
        let sample: Vec<Incident> = (0..10).map(incident).collect();
        store.import(&sample, SourceKind::Sample).await.unwrap();
        store.import(&[model("M1")], SourceKind::Sample).await.unwrap();
        assert!(store.needs_sample().await.unwrap(), "a filling that was interrupted is taken up again");
        store.finish_sample().await.unwrap();
        assert!(!store.needs_sample().await.unwrap());
        assert_eq!(
            store.sample_datasets().await.unwrap().into_iter().collect::<Vec<_>>(),
            [Dataset::Incidents, Dataset::Models]
        );

        let outcome = store.import(&[incident(3), incident(11)], OWN).await.unwrap();
        assert_eq!((outcome.sample_removed, outcome.inserted), (10, 2));
        let outcome = store.import(&[incident(12)], OWN).await.unwrap();
        assert_eq!((outcome.sample_removed, outcome.inserted), (0, 1));
        let holdings = store.load().await.unwrap();
        assert_eq!((holdings.incidents.len(), holdings.models.len()), (3, 1));
        assert_eq!(holdings.sample_datasets.into_iter().collect::<Vec<_>>(), [Dataset::Models]);
    });
}

#[test]
fn own_communes_replace_sample_communes_and_the_districts_they_do_not_name() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path(), &words().taxonomy);
    wait(async {
        let replace = async |level, areas: &[Area], districts: &[Area], kind| {
            let new = Replacement { edition: edition(), level, areas, districts, populations: &[] };
            store.replace_areas(&new, kind).await.unwrap()
        };
        let sample = SourceKind::Sample;
        let old = [area("502", Level::District, None), area("599", Level::District, None)];
        replace(Level::District, &old, &[], sample).await;
        replace(Level::Commune, &[area("20335", Level::Commune, Some("599"))], &[], sample).await;
        let named = Area { name: "Thành phố Tam Kỳ".to_owned(), ..area("502", Level::District, None) };
        let own = [area("20335", Level::Commune, Some("502"))];
        let replaced = replace(Level::Commune, &own, std::slice::from_ref(&named), OWN).await;
        assert_eq!((replaced.areas.sample_removed, replaced.areas.updated, replaced.districts.updated), (1, 1, 1));
        let holdings = store.load().await.unwrap();
        assert_eq!(holdings.areas, [own[0].clone(), named]);
        assert!(holdings.sample_datasets.is_empty());
    });
}

#[test]
fn a_commune_of_no_district_is_refused_by_the_database_itself() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(folder.path(), &words().taxonomy);
    wait(async {
        let orphan = [area("20335", Level::Commune, Some("502"))];
        let new =
            Replacement { edition: edition(), level: Level::Commune, areas: &orphan, districts: &[], populations: &[] };
        let error = store.replace_areas(&new, OWN).await.unwrap_err();
        assert!(error.to_string().contains("FOREIGN KEY constraint failed"), "{error}");
        assert_eq!(store.epoch().await.unwrap(), 0);
    });
}

#[test]
fn rows_keep_their_meaning_when_the_taxonomy_is_rearranged() {
    let folder = tempfile::tempdir().unwrap();
    let taxonomy = words().taxonomy;
    let theft = taxonomy.category("trom_cap").unwrap();
    let row = Incident { category: theft, ..incident(1) };
    wait(async {
        let store = Store::open(folder.path(), &taxonomy).await.unwrap();
        store.import(std::slice::from_ref(&row), OWN).await.unwrap();
        store.close().await;
    });
    let mut turned = taxonomy.clone();
    turned.categories.reverse();
    assert_ne!(turned.category("trom_cap"), Some(theft));
    let store = opened(folder.path(), &turned);
    let read = wait(store.load()).unwrap().incidents.at(IncidentRow::new(0)).unwrap();
    assert_eq!(Some(read.category), turned.category("trom_cap"));

    let mut without = taxonomy;
    without.categories.retain(|category| category.id != "trom_cap");
    let error = wait(opened(folder.path(), &without).load()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the store uses category \"trom_cap\", which the taxonomy does not define: put it back into taxonomy.toml"
    );
    assert!(matches!(error, StoreError::Word { .. }));
}

#[test]
fn programs_that_begin_on_the_same_new_folder_agree() {
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let taxonomy = words().taxonomy;
        wait(async {
            let open = || Store::open(folder.path(), &taxonomy);
            let (one, two, three) = tokio::join!(open(), open(), open());
            one.unwrap().import(&[incident(1)], OWN).await.unwrap();
            two.unwrap();
            assert_eq!(three.unwrap().load().await.unwrap().incidents.at(IncidentRow::new(0)), Some(incident(1)));
        });
    }
}

#[test]
fn two_writers_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let taxonomy = words().taxonomy;
    let (one, two) = (opened(folder.path(), &taxonomy), opened(folder.path(), &taxonomy));
    wait(async {
        let (left, right): (Vec<Incident>, Vec<Incident>) =
            ((0..500).map(incident).collect(), (250..750).map(incident).collect());
        let (left, right) = tokio::join!(one.import(&left, OWN), two.import(&right, OWN));
        let (left, right) = (left.unwrap(), right.unwrap());
        assert_eq!(left.inserted + right.inserted, 750);
        assert_eq!(left.epoch + right.epoch, 3);
        assert_eq!(one.load().await.unwrap().incidents.len(), 750);
    });
}
