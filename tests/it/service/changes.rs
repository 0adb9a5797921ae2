//! A snapshot that is made of the one before answers as one that is read and built whole.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use binhyen::config::Flags;
use binhyen::domain::area::Position;
use binhyen::domain::area::population::Population;
use binhyen::domain::incident::taxonomy::Severity;
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::service::live::loading::{IncidentsRead, SnapshotLoader};
use binhyen::snapshot::Snapshot;
use binhyen::store::{SourceKind, Store};

use crate::support::imports::{Bench, TWO_SQUARES, wait, words};
use crate::support::rule_set_of;
use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, tile_at};

const ROWS: usize = 400;
/// More than are listed of one batch.
const MANY: usize = 1_001;

/// A folder with two communes, and incidents in and beside them over some years.
fn filled() -> Bench {
    let bench = Bench::new();
    let squares = bench.file("a.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2020-02"]);
    let mut text = "id,time,lon,lat,category,severity\n".to_owned();
    for row in 0..ROWS {
        let place = match row % 9 {
            0 => ",".to_owned(),
            _ => format!("{:.6},15.15", 108.1 + (row * 7 % 230) as f64 / 1_000.0),
        };
        let category = ["trom_cap", "chay", "ma_tuy"][row % 3];
        let (year, month, day) = (2019 + row % 6, row % 12 + 1, row % 28 + 1);
        writeln!(text, "V{row:04},{year}-{month:02}-{day:02} 10:00,{place},{category},{}", row % 5 + 1).unwrap();
    }
    bench.succeed(&["import", "incidents", &bench.file("in.csv", text)]);
    bench
}

async fn opened(data: &Path) -> Store {
    Store::open_existing(data, &words().taxonomy).await.unwrap()
}

fn loader(store: &Store, data: &Path) -> SnapshotLoader {
    SnapshotLoader::new(store.clone(), rule_set_of(&binhyen::config::RuleFiles::embedded()), data)
}

/// One of the incidents as it is served, to be changed.
fn incident(snapshot: &Snapshot, id: &str) -> Incident {
    let row = snapshot.incidents.rows().find(|row| snapshot.incidents.id(*row) == id).unwrap();
    snapshot.incidents.at(row).unwrap()
}

fn at(lon: f64) -> IncidentLocation {
    IncidentLocation::Point(Position::new(lon, 15.15).unwrap())
}

/// What some roles are answered of a snapshot, with the entity tag.
async fn answers(snapshot: Arc<Snapshot>) -> Vec<(String, String, Vec<u8>)> {
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    server.state.service.serve(snapshot);
    let (x, y) = tile_at(11, 108.15, 15.15);
    let filter = "edition=2020-02&window=TK-2022";
    let paths = [
        "/meta".to_owned(),
        format!("/ratings?{filter}"),
        format!("/ratings?{filter}&f=csv"),
        format!("/incidents?{filter}&bbox=108,15,109,16"),
        format!("/series?{filter}&areas=20335,20338"),
        "/areas/2020-02/20335/explanation?window=TK-2022".to_owned(),
        format!("/tiles/map/11/{x}/{y}?{filter}"),
        format!("/tiles/incidents/11/{x}/{y}?{filter}"),
    ];
    let mut all = Vec::new();
    for (path, token) in paths.iter().flat_map(|path| [PLANNER, COMMANDER].map(|token| (path, token))) {
        let answer = server.with_token(token, path).await;
        let tag = answer.header("etag").to_owned();
        all.push((format!("{path} {}", answer.status), tag, answer.plain()));
    }
    let answered = all.iter().filter(|(path, ..)| path.ends_with("200 OK")).count();
    assert!(answered >= 12, "{:?}", all.iter().map(|(path, ..)| path).collect::<Vec<_>>());
    all
}

#[test]
fn after_a_change_the_answers_are_those_of_a_server_that_starts() {
    let bench = filled();
    wait(async {
        let store = opened(&bench.data()).await;
        let loader = loader(&store, &bench.data());
        let mut served = loader.load(None).await.unwrap();
        assert_eq!(served.incidents, IncidentsRead::Whole);
        let theft = incident(&served.snapshot, "V0003");
        let unfounded = served.snapshot.taxonomy.status("unfounded").unwrap();
        let changes = [
            vec![Incident { id: "N1".to_owned(), location: at(108.12), ..theft.clone() }],
            vec![Incident { location: at(108.25), ..theft.clone() }, Incident { id: "N2".to_owned(), ..theft.clone() }],
            vec![Incident { status: unfounded, ..theft.clone() }],
            vec![Incident {
                severity: Severity::new(5).unwrap(),
                location: IncidentLocation::Unknown,
                ..theft.clone()
            }],
            vec![Incident { unix_seconds: 4_000_000_000, ..incident(&served.snapshot, "V0010") }],
        ];
        for change in changes {
            store.submit(&change).await.unwrap();
            let newer = loader.load(Some(Arc::clone(&served.snapshot))).await.unwrap();
            assert_eq!(newer.incidents, IncidentsRead::Changed(change.len()));
            let whole = loader.load(None).await.unwrap();
            assert_eq!(whole.incidents, IncidentsRead::Whole);
            assert!(newer.snapshot.incidents_beside_the_counts() > served.snapshot.incidents_beside_the_counts());
            assert_eq!(whole.snapshot.incidents_beside_the_counts(), 0);
            assert_eq!(answers(Arc::clone(&newer.snapshot)).await, answers(whole.snapshot).await);
            served = newer;
        }
    });
}

#[test]
fn a_small_change_is_small_after_a_large_one_too() {
    let bench = filled();
    wait(async {
        let store = opened(&bench.data()).await;
        let loader = loader(&store, &bench.data());
        let first = loader.load(None).await.unwrap().snapshot;
        let theft = incident(&first, "V0003");
        let batch: Vec<Incident> = (0..MANY).map(|row| Incident { id: format!("M{row}"), ..theft.clone() }).collect();
        store.import(&batch, SourceKind::Own).await.unwrap();
        let after_batch = loader.load(Some(first)).await.unwrap();
        assert_eq!(after_batch.incidents, IncidentsRead::Whole, "more than are listed");
        store.submit(&[Incident { location: at(108.22), ..theft }]).await.unwrap();
        let after_one = loader.load(Some(after_batch.snapshot)).await.unwrap();
        assert_eq!(after_one.incidents, IncidentsRead::Changed(1));
        assert_eq!(answers(after_one.snapshot).await, answers(loader.load(None).await.unwrap().snapshot).await);
    });
}

#[test]
fn what_is_not_of_incidents_leaves_them_as_they_are() {
    let bench = filled();
    wait(async {
        let store = opened(&bench.data()).await;
        let loader = loader(&store, &bench.data());
        let first = loader.load(None).await.unwrap().snapshot;
        let area =
            binhyen::domain::area::AreaKey { edition: "2020-02".parse().unwrap(), code: "20335".parse().unwrap() };
        store.submit(&[Population { area, year: 2022, residents: 7_000 }]).await.unwrap();
        let newer = loader.load(Some(first)).await.unwrap();
        assert_eq!(newer.incidents, IncidentsRead::Changed(0));
        assert_eq!(answers(newer.snapshot).await, answers(loader.load(None).await.unwrap().snapshot).await);
    });
}

#[test]
fn own_incidents_in_place_of_the_sample_are_read_whole() {
    let (bench, other) = (Bench::new(), filled());
    let squares = bench.file("a.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2020-02"]);
    wait(async {
        let others = opened(&other.data()).await;
        let theft = incident(&loader(&others, &other.data()).load(None).await.unwrap().snapshot, "V0003");
        let named = |id: &str| Incident { id: id.to_owned(), ..theft.clone() };
        let store = opened(&bench.data()).await;
        store.import(&[named("S1"), named("S2")], SourceKind::Sample).await.unwrap();
        let loader = loader(&store, &bench.data());
        let sample = loader.load(None).await.unwrap().snapshot;
        assert_eq!(sample.incidents.len(), 2);
        store.import(&[named("O1")], SourceKind::Own).await.unwrap();
        let own = loader.load(Some(sample)).await.unwrap();
        assert_eq!((own.incidents, own.snapshot.incidents.len()), (IncidentsRead::Whole, 1));
    });
}

#[test]
fn nothing_is_taken_over_from_another_history() {
    let (bench, other) = (filled(), filled());
    wait(async {
        let store = opened(&bench.data()).await;
        let others = opened(&other.data()).await;
        let foreign = loader(&others, &other.data()).load(None).await.unwrap().snapshot;
        let loader = loader(&store, &bench.data());
        let of_foreign = loader.load(Some(foreign)).await.unwrap();
        assert_eq!(of_foreign.incidents, IncidentsRead::Whole, "another store");

        // The digests do not add up where a row was altered and the list does not say so.
        let first = loader.load(None).await.unwrap().snapshot;
        let mut altered = Arc::into_inner(first).unwrap();
        let theft = incident(&altered, "V0003");
        altered.content.incidents = foreign_digest(&altered);
        store.submit(&[Incident { location: at(108.22), ..theft }]).await.unwrap();
        let newer = loader.load(Some(Arc::new(altered))).await.unwrap();
        assert_eq!(newer.incidents, IncidentsRead::Whole, "the list does not lead from one to the other");

        let mut to_come = Arc::into_inner(newer.snapshot).unwrap();
        to_come.epoch += 1;
        let newer = loader.load(Some(Arc::new(to_come))).await.unwrap();
        assert_eq!(newer.incidents, IncidentsRead::Whole, "an epoch to come");
    });
}

/// A digest of other incidents.
fn foreign_digest(snapshot: &Snapshot) -> binhyen::domain::content::RowDigest {
    snapshot.content.incidents.with(binhyen::domain::content::RowDigest::of_row("incident", "another"))
}
