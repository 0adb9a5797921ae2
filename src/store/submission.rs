//! Writes of requests: what is wanted, and what became of it.
//!
//! In: the writes of several requests, in the order in which they came. Out: for each what it did, and of all together
//! the one commit that they share. Those that may not be done, because an incident is not as the writer knew it or a key
//! was used for something else, leave no trace. How it is done is in [`super::sqlite`].

use super::SourceKind;
use crate::domain::audit::AuditEntry;
use crate::domain::holdings::Dataset;
use crate::domain::incident::Incident;
use crate::domain::incident::incident_change::CommittedChange;
use crate::domain::model::CommunityModel;
use crate::domain::model::model_event::ModelEvent;
use crate::domain::standard::certification::Decision;
use crate::domain::standard::declaration::Declaration;
use crate::domain::unsaid::FieldSet;

/// How long a key is known, in seconds: a day.
pub(super) const KEY_LIFE_S: i64 = 86_400;

/// What one request wants written.
#[derive(Debug, Clone)]
pub struct RecordWrite {
    /// What is to be done.
    pub action: WriteAction,
    /// By whom, when and why.
    pub origin: WriteOrigin,
    /// The key by which the request is known when it is sent again.
    pub key: Option<IdempotencyKey>,
}

/// What is to be done.
#[derive(Debug, Clone)]
pub enum WriteAction {
    /// Incidents to be there, each id once, new or other than they were.
    Put(Vec<PutIncident>),
    /// An incident that is there to be another, under the same id.
    Amend(Box<Incident>, ExpectedState),
    /// An incident to be there no more.
    Withdraw(String, ExpectedState),
    /// Records that are no incidents to be there, new or other than they were.
    PutRecords(PutRecords),
}

/// An incident to be there.
#[derive(Debug, Clone)]
pub struct PutIncident {
    /// As it is to be.
    pub incident: Incident,
    /// The fields that stay as they are where it is there already.
    pub unsaid: FieldSet,
}

/// Records of one kind to be there.
#[derive(Debug, Clone)]
pub struct PutRecords {
    /// As they are to be.
    pub records: OpenRecords,
    /// The names of the fields of the kind, by their numbers.
    pub fields: Vec<&'static str>,
    /// Of each record the fields that stay as they are where it is there already.
    pub unsaid: Vec<FieldSet>,
}

/// Records of one kind that requests write and that are no incidents: of these the public is shown what it may as it is.
#[derive(Debug, Clone)]
pub enum OpenRecords {
    /// Community models, by id.
    Models(Vec<CommunityModel>),
    /// Events in the life of models, by model, day and event.
    ModelEvents(Vec<ModelEvent>),
    /// Official decisions, by unit and window.
    Decisions(Vec<Decision>),
    /// Declarations, by unit, window and criterion.
    Declarations(Vec<Declaration>),
}

impl OpenRecords {
    fn rows(&self) -> usize {
        match self {
            Self::Models(models) => models.len(),
            Self::ModelEvents(events) => events.len(),
            Self::Decisions(decisions) => decisions.len(),
            Self::Declarations(declarations) => declarations.len(),
        }
    }

    fn part(&self) -> Dataset {
        match self {
            Self::Models(_) | Self::ModelEvents(_) => Dataset::Models,
            Self::Decisions(_) => Dataset::Decisions,
            Self::Declarations(_) => Dataset::Declarations,
        }
    }
}

/// The state in which an incident must be for a write to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectedState {
    /// Any.
    Any,
    /// One of those that these versions name.
    Versions(Vec<String>),
}

impl WriteAction {
    /// How many records it is about.
    pub fn rows(&self) -> usize {
        match self {
            Self::Put(puts) => puts.len(),
            Self::PutRecords(put) => put.records.rows(),
            Self::Amend(..) | Self::Withdraw(..) => 1,
        }
    }

    /// The part of the holdings into which it brings records; none where it changes what is there.
    pub(super) fn part_put_into(&self) -> Option<Dataset> {
        match self {
            Self::Put(_) => Some(Dataset::Incidents),
            Self::PutRecords(put) => Some(put.records.part()),
            Self::Amend(..) | Self::Withdraw(..) => None,
        }
    }

    /// The ids of the incidents that it concerns.
    pub(super) fn ids(&self) -> Vec<&str> {
        match self {
            Self::Put(puts) => puts.iter().map(|put| put.incident.id.as_str()).collect(),
            Self::Amend(incident, _) => vec![&incident.id],
            Self::Withdraw(id, _) => vec![id],
            Self::PutRecords(_) => Vec::new(),
        }
    }

    /// Why it may not be done to what is there; none where it may.
    pub(super) fn refusal(&self, before: Option<&Incident>) -> Option<WriteVerdict> {
        let (Self::Amend(_, expected) | Self::Withdraw(_, expected)) = self else { return None };
        let Some(before) = before else { return Some(WriteVerdict::Missing) };
        match expected {
            ExpectedState::Versions(versions) if !versions.contains(&before.version()) => {
                Some(WriteVerdict::OtherVersion(before.version()))
            }
            ExpectedState::Any | ExpectedState::Versions(_) => None,
        }
    }
}

/// By whom, when and why something is written.
#[derive(Debug, Clone)]
pub struct WriteOrigin {
    /// The label of the token.
    pub author: String,
    /// The moment, in seconds since 1970 UTC.
    pub moment_s: i64,
    /// Why, as the writer said.
    pub reason: Option<String>,
    /// The id of the request.
    pub request_id: String,
    /// The write as the audit log tells it; written in the transaction that makes it, with the rows that it touched.
    pub account: AuditEntry,
    /// Whether what is written belongs to the sample.
    pub source: SourceKind,
}

/// A key by which a request is known when it is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// Who uses it: keys of others are other keys.
    pub scope: String,
    /// The key.
    pub key: String,
    /// The digest of all that the request says.
    pub request: [u8; 32],
}

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteVerdict {
    /// It is done, now or under the same key before.
    Done(WriteDone),
    /// The key was used for another request.
    KeyReused,
    /// No incident has the id.
    Missing,
    /// The incident is another than the writer knew; its version now.
    OtherVersion(String),
}

/// What a write did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WriteDone {
    /// Records that are new.
    pub added: u64,
    /// Records that were there with other content.
    pub amended: u64,
    /// Records that were there already, the same.
    pub unchanged: u64,
    /// Records that are there no more.
    pub withdrawn: u64,
    /// The epoch that shows it.
    pub epoch: u64,
    /// Whether it was done before, and nothing now.
    pub is_repeated: bool,
}

impl WriteDone {
    /// How many records are other than they were, or new, or gone.
    pub fn changed(self) -> u64 {
        self.added + self.amended + self.withdrawn
    }
}

/// What became of some writes that were done together.
#[derive(Debug)]
pub struct SubmittedWrites {
    /// The verdict on each, in their order.
    pub verdicts: Vec<WriteVerdict>,
    /// The commit; none where nothing changed.
    pub commit: Option<SubmittedCommit>,
}

/// A commit of writes.
#[derive(Debug)]
pub enum SubmittedCommit {
    /// A change that readers of the state before can follow.
    Change(CommittedChange),
    /// More than that: records that are no incidents, or a sample that gave way. Readers load anew.
    LoadAnew,
}
