//! What every store promises, whatever database stands behind it: written against the face alone.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::path::Path;
use std::time::Duration;

use binhyen::domain::area::exposure::{ExposureFigure, Measure, Quantity};
use binhyen::domain::area::population::Population;
use binhyen::domain::area::{Area, AreaKey, Level};
use binhyen::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::store::{ChangedIncidents, Changes, Replacement, SourceKind, Store};

use crate::support::imports::{wait, words};

const OWN: SourceKind = SourceKind::Own;
/// More than are listed of one batch.
const MANY: u32 = 1_001;

async fn opened(folder: &Path) -> Store {
    Store::open(folder, &words().taxonomy).await.unwrap()
}

fn incident(number: u32) -> Incident {
    Incident {
        id: format!("V{number:05}"),
        unix_seconds: i64::from(number),
        location: IncidentLocation::Unknown,
        category: CategoryIndex::new((number % 5) as u8),
        severity: Severity::new(3).unwrap(),
        status: StatusIndex::new(0),
        channel: ChannelIndex::new(0),
        precision: PrecisionIndex::new(0),
    }
}

fn incidents(numbers: std::ops::Range<u32>) -> Vec<Incident> {
    numbers.map(incident).collect()
}

fn key() -> AreaKey {
    AreaKey { edition: "2020-02".parse().unwrap(), code: "20335".parse().unwrap() }
}

async fn listed(store: &Store, epoch: u64) -> ChangedIncidents {
    match store.changes_since(epoch).await.unwrap() {
        Changes::Listed(changed) => changed,
        Changes::LoadAnew => panic!("the list does not reach back to {epoch}"),
    }
}

#[test]
fn a_data_id_is_kept_for_good_and_differs_from_store_to_store() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    wait(async {
        let store = opened(one.path()).await;
        let before = store.load().await.unwrap();
        store.import(&[incident(1)], OWN).await.unwrap();
        let after = store.load().await.unwrap();
        assert_eq!(after.data_id, before.data_id);
        assert_ne!(after.commit_id, before.commit_id);
        store.import(&[incident(1)], OWN).await.unwrap();
        assert_eq!(store.load().await.unwrap().commit_id, after.commit_id, "nothing changed");
        store.close().await;
        assert_eq!(opened(one.path()).await.load().await.unwrap().data_id, before.data_id, "opened again");
        assert_ne!(opened(other.path()).await.load().await.unwrap().data_id, before.data_id);
    });
}

#[test]
fn changes_since_an_epoch_are_the_incidents_that_came_or_changed_after_it() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let store = opened(folder.path()).await;
        store.import(&incidents(0..3), OWN).await.unwrap();
        store.import(&incidents(3..5), OWN).await.unwrap();
        let changed = Incident { unix_seconds: 77, ..incident(0) };
        store.submit(std::slice::from_ref(&changed)).await.unwrap();

        let holdings = store.load().await.unwrap();
        let latest = listed(&store, 2).await;
        assert_eq!((latest.epoch, latest.commit_id), (3, holdings.commit_id));
        assert_eq!(latest.incidents, std::slice::from_ref(&changed));
        assert_eq!(listed(&store, 1).await.incidents, [&[changed][..], &incidents(3..5)].concat());
        assert_eq!(listed(&store, 3).await.incidents, [], "nothing came after");
        assert_eq!(store.changes_since(4).await.unwrap(), Changes::LoadAnew, "an epoch of another history");
        store.close().await;
        assert_eq!(listed(&opened(folder.path()).await, 2).await, latest, "opened again");
    });
}

#[test]
fn changes_add_up_to_what_is_loaded() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let store = opened(folder.path()).await;
        store.import(&incidents(0..MANY), OWN).await.unwrap();
        let mut known: std::collections::BTreeMap<String, Incident> =
            incidents(0..MANY).into_iter().map(|incident| (incident.id.clone(), incident)).collect();
        for step in 0..7 {
            let batch: Vec<Incident> =
                (0..20).map(|row| Incident { id: incident(row * step).id, ..incident(row + 50 * step) }).collect();
            store.import(&batch, OWN).await.unwrap();
        }
        known.extend(listed(&store, 1).await.incidents.into_iter().map(|incident| (incident.id.clone(), incident)));
        let columns = store.load().await.unwrap().incidents;
        let loaded: Vec<Incident> = columns.rows().filter_map(|row| columns.at(row)).collect();
        assert_eq!(known.into_values().collect::<Vec<_>>(), loaded);
    });
}

#[test]
fn a_reader_is_told_to_load_anew_after_what_is_not_listed() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let store = opened(folder.path()).await;
        let mut epoch = 0;
        let mut expect_anew = async |what: &str| {
            assert_eq!(store.changes_since(epoch).await.unwrap(), Changes::LoadAnew, "{what}");
            epoch = store.epoch().await.unwrap();
            assert_eq!(listed(&store, epoch).await.incidents, [], "{what}: from here on all is listed");
        };
        store.import(&incidents(0..2), SourceKind::Sample).await.unwrap();
        expect_anew("a sample").await;
        store.import(&incidents(2..4), OWN).await.unwrap();
        expect_anew("own data in the place of a sample").await;
        store.import(&incidents(0..MANY), OWN).await.unwrap();
        expect_anew("many at once").await;
        store.submit(&[Population { area: key(), year: 2019, residents: 5 }]).await.unwrap();
        expect_anew("a population").await;
        let area =
            Area {
                key: key(), level: Level::Commune, name: "Phường Một".to_owned(), parent: None, boundary: None
            };
        let (areas, edition) = ([area], key().edition);
        let new = Replacement { edition, level: Level::Commune, areas: &areas, districts: &[], populations: &[] };
        store.replace_areas(&new, OWN).await.unwrap();
        expect_anew("boundaries").await;
    });
}

#[test]
fn what_changes_nothing_leaves_the_list_whole() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let store = opened(folder.path()).await;
        let figure = [ExposureFigure {
            area: key(),
            year: 2020,
            measure: Measure::RoadKm,
            quantity: Quantity::new(5.0).unwrap(),
        }];
        store.submit(&figure).await.unwrap();
        store.submit(&[incident(1)]).await.unwrap();
        store.submit(&figure).await.unwrap();
        assert_eq!(listed(&store, 1).await.incidents, [incident(1)]);
    });
}

#[test]
fn what_is_submitted_counts_as_what_is_imported() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    wait(async {
        let (one, other) = (opened(one.path()).await, opened(other.path()).await);
        let batch = incidents(0..10);
        for repeat in 0..2 {
            let submitted = one.submit(&batch).await.unwrap();
            assert_eq!(submitted, other.import(&batch, OWN).await.unwrap(), "{repeat}");
        }
        assert_eq!(one.load().await.unwrap().incidents.len(), 10);
    });
}

#[test]
fn a_bulk_import_says_and_leaves_what_its_batches_do() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    wait(async {
        let taxonomy = words().taxonomy;
        let one = Store::open_for_batches(one.path(), &taxonomy).await.unwrap();
        let other = opened(other.path()).await;
        let mut bulk = one.bulk_import();
        for batch in [incidents(0..700), incidents(500..900)] {
            assert_eq!(bulk.import(&batch).await.unwrap(), other.import(&batch, OWN).await.unwrap());
        }
        bulk.finish().await.unwrap();
        let mut stopped = one.bulk_import();
        stopped.import(&incidents(900..901)).await.unwrap();
        stopped.stop().await.unwrap();
        assert_eq!(one.load().await.unwrap().incidents.len(), 901, "what was written before a stop stays");
    });
}

#[test]
fn a_watch_notices_what_another_program_writes() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let (reader, writer) = (opened(folder.path()).await, opened(folder.path()).await);
        let mut watch = reader.watch();
        assert_eq!(watch.other_than(1).await.unwrap(), 0, "at once, where the known epoch is not the one of the store");
        let still = tokio::time::timeout(Duration::from_millis(1_500), watch.other_than(0)).await;
        assert!(still.is_err(), "nothing was written");
        writer.submit(&[incident(1)]).await.unwrap();
        let noticed = tokio::time::timeout(Duration::from_secs(30), watch.other_than(0)).await;
        assert_eq!(noticed.unwrap().unwrap(), 1);
    });
}

#[test]
fn a_watch_that_is_dropped_again_and_again_still_notices() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let store = opened(folder.path()).await;
        store.submit(&[incident(1)]).await.unwrap();
        let mut watch = store.watch();
        // Polled once a turn, each call is dropped while its question is on the way; a call may also be answered at once.
        let mut noticed = None;
        for _ in 0..3 {
            noticed = noticed.or(tokio::time::timeout(Duration::ZERO, watch.other_than(0)).await.ok());
        }
        let noticed = match noticed {
            Some(noticed) => noticed,
            None => tokio::time::timeout(Duration::from_millis(900), watch.other_than(0)).await.unwrap(),
        };
        assert_eq!(noticed.unwrap(), 1, "before the next pause is over");
    });
}
