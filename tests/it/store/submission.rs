//! Writes of requests that share a commit.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use binhyen::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::domain::model::model_event::{ModelEvent, ModelEventKind};
use binhyen::domain::model::{CommunityModel, ModelOrigin};
use binhyen::domain::unsaid::FieldSet;
use binhyen::store::{
    Changes, ExpectedState, IdempotencyKey, OpenRecords, PutIncident, PutRecords, RecordWrite, SourceKind, Store,
    SubmittedCommit, WriteAction, WriteVerdict,
};

use crate::support::imports::{wait, words};
use crate::support::record_writes::write_at;

pub(super) fn incident(id: &str, day: i64) -> Incident {
    Incident {
        id: id.to_owned(),
        unix_seconds: day * 86_400,
        location: IncidentLocation::Unknown,
        category: CategoryIndex::new(0),
        severity: Severity::new(3).unwrap(),
        status: StatusIndex::new(0),
        channel: ChannelIndex::new(0),
        precision: PrecisionIndex::new(0),
    }
}

pub(super) fn write(action: WriteAction) -> RecordWrite {
    write_at(1, action)
}

pub(super) fn put(incident: Incident) -> RecordWrite {
    write(WriteAction::Put(vec![PutIncident { incident, unsaid: FieldSet::default() }]))
}

/// What each write did: added, amended, unchanged, withdrawn.
fn counts(verdict: &WriteVerdict) -> [u64; 4] {
    let WriteVerdict::Done(done) = verdict else { panic!("{verdict:?}") };
    [done.added, done.amended, done.unchanged, done.withdrawn]
}

#[test]
fn writes_of_the_same_incident_in_one_commit_keep_their_order() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let store = Store::open(folder.path(), &words().taxonomy).await.unwrap();
        let gone = || write(WriteAction::Withdraw("A".to_owned(), ExpectedState::Any));
        let all = [put(incident("A", 1)), put(incident("A", 2)), put(incident("A", 2)), gone(), gone()];
        let done = store.submit_together(&all, &[]).await.unwrap();
        let counted: Vec<[u64; 4]> = done.verdicts[..4].iter().map(counts).collect();
        assert_eq!(counted, [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]);
        assert_eq!(done.verdicts[4], WriteVerdict::Missing);
        // All of it together changed nothing, and the store is still what its digests say.
        let Some(SubmittedCommit::Change(commit)) = done.commit else { panic!("{:?}", done.commit) };
        assert!(commit.change.is_empty());
        assert_eq!(store.load().await.unwrap().incidents.len(), 0);

        let again = store.submit_together(&[put(incident("A", 3)), put(incident("B", 3))], &[]).await.unwrap();
        let Some(SubmittedCommit::Change(next)) = again.commit else { panic!("{:?}", again.commit) };
        assert_eq!((next.epoch, next.change.current.len()), (commit.epoch + 1, 2));
        let holdings = store.load().await.unwrap();
        assert_eq!((holdings.epoch, holdings.content.incidents), (next.epoch, next.incidents));
    });
}

#[test]
fn nothing_to_write_is_no_commit() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let store = Store::open(folder.path(), &words().taxonomy).await.unwrap();
        let none = store.submit_together(&[], &[]).await.unwrap();
        assert!(none.verdicts.is_empty() && none.commit.is_none());
        let other = ExpectedState::Versions(vec!["other".to_owned()]);
        store.submit_together(&[put(incident("A", 1))], &[]).await.unwrap();
        let refused = write(WriteAction::Amend(Box::new(incident("A", 2)), other));
        let refused = store.submit_together(&[refused], &[]).await.unwrap();
        assert_eq!(refused.verdicts, [WriteVerdict::OtherVersion(incident("A", 1).version())]);
        assert!(refused.commit.is_none());
    });
}

fn model(id: &str) -> CommunityModel {
    CommunityModel {
        id: id.to_owned(),
        kind: "camera".to_owned(),
        position: None,
        area: None,
        residential_area: None,
        origin: ModelOrigin::New,
        parent_id: None,
        started_on: jiff::civil::date(2024, 5, 1),
        ended_on: None,
        review: None,
    }
}

fn put_records(records: OpenRecords) -> RecordWrite {
    write(WriteAction::PutRecords(PutRecords { records, fields: Vec::new(), unsaid: Vec::new() }))
}

fn models(ids: &[&str]) -> RecordWrite {
    put_records(OpenRecords::Models(ids.iter().map(|id| model(id)).collect()))
}

fn adjusted(id: &str) -> RecordWrite {
    let on = jiff::civil::date(2025, 5, 1);
    let event = ModelEvent { model_id: id.to_owned(), kind: ModelEventKind::Adjusted, on, decision: None };
    put_records(OpenRecords::ModelEvents(vec![event]))
}

#[test]
fn records_and_incidents_share_a_commit_which_is_loaded_anew() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let store = Store::open(folder.path(), &words().taxonomy).await.unwrap();
        let all = [put(incident("A", 1)), models(&["M", "N"]), put(incident("B", 1)), adjusted("M"), models(&["M"])];
        let done = store.submit_together(&all, &[]).await.unwrap();
        let counted: Vec<[u64; 4]> = done.verdicts.iter().map(counts).collect();
        assert_eq!(counted, [[1, 0, 0, 0], [2, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0]]);
        assert!(matches!(done.commit, Some(SubmittedCommit::LoadAnew)), "{:?}", done.commit);
        let holdings = store.load().await.unwrap();
        assert_eq!((holdings.incidents.len(), holdings.models.len(), holdings.model_events.len()), (2, 2, 1));
        let WriteVerdict::Done(first) = &done.verdicts[1] else { panic!("{:?}", done.verdicts) };
        assert_eq!((first.epoch, holdings.epoch), (1, 1), "the answer names the state that shows it");
        assert_eq!(holdings.open_change.epoch, 1, "the public may notice");
        assert_eq!(store.changes_since(0).await.unwrap(), Changes::LoadAnew, "of models there is no list");

        // Nothing changes, so nobody is told.
        let again = store.submit_together(&[models(&["N"])], &[]).await.unwrap();
        assert!(again.commit.is_none() && counts(&again.verdicts[0]) == [0, 0, 1, 0]);
        assert_eq!(store.epoch().await.unwrap(), 1);
    });
}

#[test]
fn own_records_make_the_sample_of_their_part_give_way_and_those_of_a_trial_do_not() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let store = Store::open(folder.path(), &words().taxonomy).await.unwrap();
        store.import(&[incident("S", 1)], SourceKind::Sample).await.unwrap();
        store.import(&[model("S")], SourceKind::Sample).await.unwrap();
        let mut trial = models(&["T"]);
        trial.origin.source = SourceKind::Sample;
        store.submit_together(&[trial], &[]).await.unwrap();
        assert_eq!(store.load().await.unwrap().models.len(), 2);
        store.submit_together(&[models(&["M"])], &[]).await.unwrap();
        let holdings = store.load().await.unwrap();
        let ids: Vec<&str> = holdings.models.iter().map(|model| model.id.as_str()).collect();
        assert_eq!((ids, holdings.incidents.len()), (vec!["M"], 1), "incidents are another part");
    });
}

#[test]
fn records_under_a_known_key_are_done_once() {
    let folder = tempfile::tempdir().unwrap();
    wait(async {
        let store = Store::open(folder.path(), &words().taxonomy).await.unwrap();
        let keyed = |write: RecordWrite, request: u8| {
            let key = IdempotencyKey { scope: "desk".to_owned(), key: "k".to_owned(), request: [request; 32] };
            RecordWrite { key: Some(key), ..write }
        };
        let all = [keyed(models(&["M"]), 1), keyed(models(&["M"]), 1), keyed(models(&["N"]), 2)];
        let done = store.submit_together(&all, &[]).await.unwrap().verdicts;
        assert_eq!((counts(&done[0]), counts(&done[1])), ([1, 0, 0, 0], [1, 0, 0, 0]));
        assert!(matches!(&done[1], WriteVerdict::Done(done) if done.is_repeated));
        assert_eq!(done[2], WriteVerdict::KeyReused);
        assert_eq!(store.load().await.unwrap().models.len(), 1);
    });
}
