//! The second pass: rows become records, batch by batch.
//!
//! In: a file, a mapping and a kind of record. Out: batches of records and rejects in the order of the file, whether
//! it is read on one core or on all.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use super::checks::duplicate_keys::{Accepted, DuplicateKeys, PossibleDuplicate, RowCheck};
use super::checks::first_pass::{FirstPass, key_hash, run_first_pass};
use super::coordinates::CrsUse;
use super::error::{IngestError, ReadError};
use super::fields::{Binding, Field, Mapping};
use super::format::csv_chunks::CsvChunk;
use super::format::csv_reader::CsvLayout;
use super::format::opened::dispatch::Rows;
use super::format::parallel_in_order::parallel_in_order;
use super::format::record::{Record, RecordReader};
use super::format::source::RowSource;
use super::rows::kind::RowKind;
use super::rows::row::{FieldError, InputRow, Reject};
use super::text::folding::folded;
use super::writing::Writing;
use crate::domain::unsaid::FieldSet;

/// No row of ours is shorter; more lines than that are blank.
const LEAST_ROW_BYTES: usize = 16;

/// Rows of a file as checked records.
pub struct RecordBatches<'a, K: RowKind> {
    kind: &'a K,
    mapping: &'a Mapping,
    source: RowSource,
    first_pass: FirstPass,
    reader: Box<dyn RecordReader>,
    record: Record,
    binding: Binding,
    duplicates: DuplicateKeys<K::Output>,
    /// How to read the file in chunks, where that can be.
    layout: Option<CsvLayout>,
}

/// What a run of rows gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch<T> {
    /// Rows read.
    pub read: u64,
    /// The records, in the order of the file.
    pub records: Vec<T>,
    /// The fields that each of them leaves blank.
    pub blank: Vec<FieldSet>,
    /// Those of them that stay as they are stored.
    pub unsaid: Vec<FieldSet>,
    /// The rows that were rejected.
    pub rejects: Vec<Reject>,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { read: 0, records: Vec::new(), blank: Vec::new(), unsaid: Vec::new(), rejects: Vec::new() }
    }
}

impl<T> Batch<T> {
    /// A batch to which so many rows are to come.
    fn with_room(rows: usize) -> Self {
        let (records, blank, unsaid) = (Vec::with_capacity(rows), Vec::with_capacity(rows), Vec::with_capacity(rows));
        Self { records, blank, unsaid, ..Self::default() }
    }

    fn add(&mut self, resolved: Result<Accepted<T>, Reject>) {
        self.read += 1;
        match resolved {
            Ok(Accepted { record, blank, unsaid }) => {
                self.records.push(record);
                self.blank.push(blank);
                self.unsaid.push(unsaid);
            }
            Err(reject) => self.rejects.push(Reject { row: self.read, ..reject }),
        }
    }
}

impl<'a, K: RowKind> RecordBatches<'a, K> {
    /// Surveys a file and opens it for reading.
    ///
    /// # Errors
    /// When the file cannot be used at all; nothing of it is imported then.
    pub fn open(source: &RowSource, mapping: &'a Mapping, kind: &'a K) -> Result<Self, IngestError> {
        let source = &source.naming(headings_of::<K>(mapping));
        let first_pass = run_first_pass(source, mapping, kind)?;
        let (reader, layout): (Box<dyn RecordReader>, _) = match source.rows()? {
            Rows::Csv(records) => {
                let layout = records.layout();
                (records, Some(layout))
            }
            Rows::Other(records) => (records, None),
        };
        Ok(Self {
            kind,
            mapping,
            source: source.clone(),
            first_pass,
            reader,
            record: Record::default(),
            binding: Binding::default(),
            duplicates: DuplicateKeys::default(),
            layout,
        })
    }

    /// How the file writes numbers and days.
    pub fn writing(&self) -> Writing {
        self.first_pass.writing
    }

    /// In which reference system its coordinates are read; none where neither the operator nor the file says one.
    pub fn crs_use(&self) -> Option<CrsUse> {
        self.source.crs_use(self.reader.declared_crs())
    }

    /// How many rows the file has.
    pub fn rows(&self) -> u64 {
        self.first_pass.rows
    }

    /// The next rows, at most so many; none at the end.
    ///
    /// # Errors
    /// When the file changed since it was opened.
    pub fn next_batch(&mut self, rows: usize) -> Result<Option<Batch<K::Output>>, IngestError> {
        let mut batch = Batch::default();
        while batch.read < rows as u64 && self.reader.read(&mut self.record)? {
            rebind::<K>(&mut self.binding, self.reader.as_ref(), self.mapping, self.source.name())?;
            let check = check_row(self.kind, &self.first_pass, &self.row());
            batch.add(self.duplicates.resolve::<K>(check));
        }
        Ok((batch.read > 0).then_some(batch))
    }

    fn row(&self) -> InputRow<'_> {
        InputRow {
            fields: K::FIELDS,
            record: &self.record,
            binding: &self.binding,
            mapping: self.mapping,
            writing: self.first_pass.writing,
        }
    }

    /// Gives all rows in batches of so many, the last one smaller, until `take` breaks off. A CSV file is read on all
    /// cores; the batches are those of [`RecordBatches::next_batch`].
    ///
    /// # Errors
    /// When the file changed since it was opened.
    pub fn each_batch(
        mut self,
        rows: usize,
        mut take: impl FnMut(Batch<K::Output>) -> ControlFlow<()>,
    ) -> Result<(), IngestError> {
        if let Some(layout) = self.layout.take() {
            return self.each_batch_of_chunks(&layout, rows, take);
        }
        while let Some(batch) = self.next_batch(rows)? {
            if take(batch).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn each_batch_of_chunks(
        mut self,
        layout: &CsvLayout,
        rows: usize,
        mut take: impl FnMut(Batch<K::Output>) -> ControlFlow<()>,
    ) -> Result<(), IngestError> {
        let (kind, mapping, first_pass) = (self.kind, self.mapping, &self.first_pass);
        // Checks of a row by itself run in parallel; whether its key has come before depends on the order and is
        // decided below, in the order of the file.
        let read = |chunk: Result<CsvChunk, ReadError>| -> Result<VecDeque<RowCheck<K::Output>>, IngestError> {
            let chunk = chunk?;
            let mut all = VecDeque::with_capacity((chunk.lines as usize).min(chunk.bytes.len() / LEAST_ROW_BYTES));
            let mut reader = chunk.rows(layout);
            let (mut record, mut binding) = (Record::default(), Binding::default());
            while reader.read(&mut record)? {
                rebind::<K>(&mut binding, &reader, mapping, &layout.file)?;
                let writing = first_pass.writing;
                let row = InputRow { fields: K::FIELDS, record: &record, binding: &binding, mapping, writing };
                all.push_back(check_row(kind, first_pass, &row));
            }
            Ok(all)
        };
        let room = rows.min(first_pass.rows as usize);
        let (mut batch, mut ended) = (Batch::with_room(room), Ok(()));
        parallel_in_order(self.source.chunks(layout)?, read, |part| {
            let part = match part {
                Ok(part) => part,
                Err(fault) => {
                    ended = Err(fault);
                    return ControlFlow::Break(());
                }
            };
            // Chunks arrive in the order of the file, so of two rows with one key the first is accepted, as it
            // would be on one core. Batches are cut by rows and not by chunks, and do not depend on how the file
            // was cut.
            for check in part {
                batch.add(self.duplicates.resolve::<K>(check));
                if batch.read == rows as u64 {
                    take(std::mem::replace(&mut batch, Batch::with_room(room)))?;
                }
            }
            ControlFlow::Continue(())
        });
        ended?;
        if batch.read > 0 {
            // Nothing follows that could be broken off.
            let _ = take(batch);
        }
        Ok(())
    }
}

fn rebind<K: RowKind>(
    binding: &mut Binding,
    reader: &dyn RecordReader,
    mapping: &Mapping,
    file: &str,
) -> Result<(), IngestError> {
    let columns = reader.columns();
    if !binding.covers(columns.len()) {
        let fault = |fault| IngestError::Columns { file: reader.described(file), fault };
        *binding = Binding::new(K::FIELDS, columns, mapping).map_err(fault)?;
    }
    Ok(())
}

/// A row by itself: whether another one has its key is not checked yet.
fn check_row<K: RowKind>(kind: &K, first_pass: &FirstPass, row: &InputRow<'_>) -> RowCheck<K::Output> {
    if let Some(reason) = &row.record.fault {
        return RowCheck::Rejected(row.rejected(FieldError::new("", &row.record.fault_value, reason.clone())));
    }
    if let Some(fault) = row.unreadable().or_else(|| row.unnamed()) {
        return RowCheck::Rejected(row.rejected(fault));
    }
    match kind.record(row) {
        Err(fault) => RowCheck::Rejected(row.rejected(fault)),
        Ok(record)
            if first_pass.repeated_keys.is_empty() || !first_pass.repeated_keys.contains(&key_hash::<K>(row)) =>
        {
            RowCheck::Unique(accepted::<K>(row, record))
        }
        Ok(record) => {
            let key = K::KEY.iter().map(|field| row.key_text(*field).into_owned()).collect();
            let accepted = accepted::<K>(row, record);
            RowCheck::PossibleDuplicate(Box::new(PossibleDuplicate { accepted, key, row: row.record.clone() }))
        }
    }
}

fn accepted<K: RowKind>(row: &InputRow<'_>, record: K::Output) -> Accepted<K::Output> {
    let blank = K::blank_fields(row, &record);
    // A blank cell empties a field only when that is asked for; a column that is not there never does.
    let unsaid = if row.mapping.clears_empty { blank.and(row.binding.absent_fields()) } else { blank };
    Accepted { record, blank, unsaid }
}

/// The headings that name fields of a kind of row, as headings are compared.
fn headings_of<K: RowKind>(mapping: &Mapping) -> Vec<String> {
    let mapped = mapping.columns.values().map(|column| folded(column));
    K::FIELDS.iter().flat_map(Field::names).map(str::to_owned).chain(mapped).collect()
}
