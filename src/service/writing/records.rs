//! Writes of records that are no incidents: models, what happened to them, decisions, declarations.
//!
//! In: the body of a request, who sends it and what is there. Out: a write for the queue, with the features that were
//! rejected; afterwards what is answered. Unlike incidents such records refer to each other, so they are checked
//! against the store, one hand-in after the other: what was acknowledged counts for the next.

use std::sync::Arc;

use jiff::civil::Date;

use super::Writer;
use super::hand_in::{HandInOutcome, ReadHandIn, WhenRejected, WriteRequest};
use super::kept_records::{kept_models, kept_units};
use super::known_words::HandInWords;
use crate::domain::model::CommunityModel;
use crate::domain::time::period::Day;
use crate::ingest::{
    Batch, Decisions, Declarations, EventsOfModel, Lineage, Models, RegisteredUnits, RowKind, SubmissionError,
    UnitRows, field_names, submitted,
};
use crate::service::error::ServiceError;
use crate::store::{OpenRecords, PutRecords, SourceKind, Store, StoreError, WriteAction};
use crate::texts::text;

/// What a request hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RecordKind {
    /// Community models.
    Models,
    /// What happened to the model of an id.
    EventsOf(String),
    /// Official decisions.
    Decisions,
    /// Declarations about criteria.
    Declarations,
}

/// A hand-in of records with all that it is checked against.
struct CheckedHandIn {
    body: Arc<[u8]>,
    words: HandInWords,
    today: Date,
    kept: KeptRecords,
}

/// The kind of what comes, with what stays in the store and has to agree with it.
enum KeptRecords {
    Models(Vec<CommunityModel>),
    EventsOf(Box<CommunityModel>),
    Decisions(RegisteredUnits),
    Declarations(RegisteredUnits),
}

impl Writer {
    /// Has the features of a body put into the store as records of a kind.
    ///
    /// # Errors
    /// When the body cannot be read, a key was used for something else, the model is missing, or the store refuses.
    pub(crate) async fn put_records(
        &self,
        kind: RecordKind,
        body: Arc<[u8]>,
        words: HandInWords,
        request: WriteRequest,
        when_rejected: WhenRejected,
    ) -> Result<HandInOutcome, ServiceError> {
        let checked_under = Arc::clone(&self.checking).lock_owned().await;
        let kept = kind.kept(&self.store, request.origin.source).await?;
        let today = Day::of_unix_seconds(request.origin.moment_s).date();
        let checked = CheckedHandIn { body, words, today, kept };
        self.hand_in(move || checked.read(), request, when_rejected, Some(checked_under)).await
    }
}

impl RecordKind {
    /// What stays when such records come.
    async fn kept(self, store: &Store, coming: SourceKind) -> Result<KeptRecords, ServiceError> {
        let unread = |fault: StoreError| ServiceError::internal(&fault);
        let units = async || Ok(RegisteredUnits::new(&kept_units(store, coming).await.map_err(unread)?));
        match self {
            Self::Models => kept_models(store, coming).await.map_err(unread).map(KeptRecords::Models),
            Self::EventsOf(id) => {
                let models = kept_models(store, coming).await.map_err(unread)?;
                let model = models.into_iter().find(|model| model.id == id);
                let model = model.ok_or_else(|| ServiceError::absent(text!("request-no-model", id = id)))?;
                Ok(KeptRecords::EventsOf(Box::new(model)))
            }
            Self::Decisions => units().await.map(KeptRecords::Decisions),
            Self::Declarations => units().await.map(KeptRecords::Declarations),
        }
    }
}

impl CheckedHandIn {
    fn read(&self) -> Result<ReadHandIn, SubmissionError> {
        let (body, today) = (&self.body, self.today);
        match &self.kept {
            KeptRecords::Models(kept) => {
                // A parent may stand behind its children: the first reading is for the lineage alone.
                let coming = submitted(body, &self.models(&Lineage::default()))?.records;
                let lineage = Lineage::new(kept, &coming);
                Ok(read_of::<Models<'_>>(submitted(body, &self.models(&lineage))?, OpenRecords::Models))
            }
            KeptRecords::EventsOf(model) => {
                let batch = submitted(body, &EventsOfModel { model, today })?;
                Ok(read_of::<EventsOfModel<'_>>(batch, OpenRecords::ModelEvents))
            }
            KeptRecords::Decisions(register) => {
                let batch = submitted(body, &Decisions(self.unit_rows(register)))?;
                Ok(read_of::<Decisions<'_>>(batch, OpenRecords::Decisions))
            }
            KeptRecords::Declarations(register) => {
                let circulars = &self.words.snapshot.circulars;
                let batch = submitted(body, &Declarations { rows: self.unit_rows(register), circulars })?;
                Ok(read_of::<Declarations<'_>>(batch, OpenRecords::Declarations))
            }
        }
    }

    fn models<'a>(&'a self, lineage: &'a Lineage) -> Models<'a> {
        let HandInWords { snapshot, areas } = &self.words;
        Models { rules: &snapshot.rules, areas, edition: None, lineage, today: self.today }
    }

    fn unit_rows<'a>(&'a self, register: &'a RegisteredUnits) -> UnitRows<'a> {
        let HandInWords { snapshot, areas } = &self.words;
        UnitRows { rules: &snapshot.rules, areas, edition: None, register, today: self.today }
    }
}

/// What was read of a body that holds a kind of rows.
fn read_of<K: RowKind>(batch: Batch<K::Output>, records_of: fn(Vec<K::Output>) -> OpenRecords) -> ReadHandIn {
    let Batch { read, records, blank: _, unsaid, rejects } = batch;
    let put = PutRecords { records: records_of(records), fields: field_names::<K>(), unsaid };
    ReadHandIn { read, action: WriteAction::PutRecords(put), rejects }
}
