//! What requests changed lately.

use binhyen::domain::filter::CategorySet;
use binhyen::domain::incident::taxonomy::CategoryIndex;
use binhyen::store::{ExpectedState, RecentChange, RecentChanges, RecordWrite, Store, WriteAction, WriteOrigin};

use super::submission::{incident, put, write};
use crate::support::imports::{wait, words};

/// A write at a moment.
fn at(moment_s: i64, write: RecordWrite) -> RecordWrite {
    RecordWrite { origin: WriteOrigin { moment_s, ..write.origin }, ..write }
}

#[test]
fn what_changed_lately_is_what_all_writes_to_an_incident_came_to() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let taxonomy = words().taxonomy;
        let store = Store::open(folder.path(), &taxonomy).await.unwrap();
        let all = CategorySet::all(&taxonomy);
        assert_eq!(store.recent_changes(0, all, 9).await.unwrap(), RecentChanges::default(), "nothing was written");
        let gone = |id: &str| write(WriteAction::Withdraw(id.to_owned(), ExpectedState::Any));
        let before: Vec<_> = ["A", "B", "C", "D"].map(|id| at(10, put(incident(id, 1)))).into();
        store.submit_together(&before, &[]).await.unwrap();
        let lately = [
            put(incident("A", 2)),
            put(incident("A", 3)),
            gone("C"),
            put(incident("C", 4)),
            put(incident("F", 5)),
            gone("F"),
            put(incident("E", 5)),
            put(incident("E", 6)),
            // The same again is no change.
            put(incident("D", 1)),
            gone("B"),
        ];
        store.submit_together(&lately.map(|write| at(100, write)), &[]).await.unwrap();
        let found = store.recent_changes(100, all, 9).await.unwrap();
        assert_eq!((found.added, found.corrected, found.withdrawn), (1, 2, 1), "E; A and C; B");
        let told: Vec<_> =
            found.newest.iter().map(|recent| (recent.incident.clone(), recent.change, recent.moment_s)).collect();
        let expected = [
            (incident("B", 1), RecentChange::Withdrawn, 100),
            (incident("E", 6), RecentChange::Added, 100),
            (incident("C", 4), RecentChange::Corrected, 100),
            (incident("A", 3), RecentChange::Corrected, 100),
        ];
        assert_eq!(told, expected, "the last written first, as it is, or as it was");
        assert_eq!(store.recent_changes(100, all, 2).await.unwrap().newest, found.newest[..2]);

        let none = store.recent_changes(100, all.without(CategoryIndex::new(0)), 9).await.unwrap();
        assert!(none.newest.is_empty() && none.added == 1, "counts are of all categories: {none:?}");
        let later = store.recent_changes(101, all, 9).await.unwrap();
        assert_eq!((later.added, later.corrected, later.withdrawn, later.newest.len()), (0, 0, 0, 0));
        let whole = store.recent_changes(0, all, 9).await.unwrap();
        assert_eq!((whole.added, whole.corrected, whole.withdrawn), (4, 0, 0), "A, C, D and E were not there before");
        assert_eq!(whole.last_write, found.last_write);
    });
}
