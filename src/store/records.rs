//! The one way in for records: a batch of one kind, written whole or not at all.
//!
//! In: records that `ingest` has checked. Out: what the write did. A file of ten million rows and a single report over
//! the network come this way, so that both are counted, listed and numbered alike.

use super::error::StoreError;
use super::sqlite::changes::{SourceKind, WriteOutcome};
use super::sqlite::opening::Store;
use crate::domain::area::exposure::ExposureFigure;
use crate::domain::area::population::Population;
use crate::domain::incident::Incident;
use crate::domain::model::CommunityModel;
use crate::domain::model::model_event::ModelEvent;
use crate::domain::standard::certification::{Certification, Decision};
use crate::domain::standard::declaration::Declaration;
use crate::domain::standard::movement::CommuneGrade;
use crate::domain::standard::unit::Unit;
use crate::domain::unsaid::UnsaidFields;

macro_rules! records {
    ($($kind:ident: $record:ty, $doc:literal;)*) => {
        /// A batch of records of one kind.
        #[derive(Debug, Clone, Copy)]
        pub enum Records<'a> {
            $(#[doc = $doc] $kind(&'a [$record]),)*
        }

        $(impl<'a> From<&'a [$record]> for Records<'a> {
            fn from(records: &'a [$record]) -> Self {
                Self::$kind(records)
            }
        })*

        impl Store {
            /// Writes a batch in one transaction, by the keys of its records; the epoch grows when it changes
            /// anything. On disk it is when the store was opened with [`Store::open`], or at the end of a
            /// [`BulkImport`](super::BulkImport).
            ///
            /// # Errors
            /// When the database refuses; nothing of the batch is written then.
            pub async fn import<'a, R>(&self, records: &'a [R], kind: SourceKind) -> Result<WriteOutcome, StoreError>
            where
                Records<'a>: From<&'a [R]>,
            {
                self.import_said(records, UnsaidFields::NONE, kind).await
            }

            /// The same; of records that are there already, fields that their source does not say stay as they are.
            ///
            /// # Errors
            /// As [`Store::import`].
            pub async fn import_said<'a, R>(
                &self,
                records: &'a [R],
                unsaid: UnsaidFields<'_>,
                kind: SourceKind,
            ) -> Result<WriteOutcome, StoreError>
            where
                Records<'a>: From<&'a [R]>,
            {
                match Records::from(records) {
                    $(Records::$kind(records) => self.upsert(records, unsaid, kind).await,)*
                }
            }
        }
    };
}

records! {
    Incidents: Incident, "Incidents, by id.";
    Models: CommunityModel, "Community models, by id.";
    ModelEvents: ModelEvent, "Events in the life of models, by model, day and event.";
    Certifications: Certification, "Certifications, by unit and window.";
    Units: Unit, "Residential areas and institutions, by id.";
    Decisions: Decision, "Official decisions, by unit and window.";
    Declarations: Declaration, "Declarations, by unit, window and criterion.";
    MovementGrades: CommuneGrade, "The movement's grades, by commune and window.";
    Populations: Population, "Populations, by area and year.";
    Exposures: ExposureFigure, "Exposure figures, by area, year and measure.";
}

impl Store {
    /// Writes a record or a few of them, as [`Store::import`] does, and returns when they are on the disk.
    ///
    /// # Errors
    /// As [`Store::import`].
    pub async fn submit<'a, R>(&self, records: &'a [R]) -> Result<WriteOutcome, StoreError>
    where
        Records<'a>: From<&'a [R]>,
    {
        let outcome = self.import(records, SourceKind::Own).await?;
        if !self.syncs_each_commit() {
            self.sync_to_disk().await?;
        }
        Ok(outcome)
    }
}
