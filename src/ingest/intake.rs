//! The second pass: rows become records, batch by batch.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use super::csv_pieces::Piece;
use super::csv_reader::CsvLayout;
use super::error::{IngestError, ReadError};
use super::fields::{Binding, Mapping};
use super::in_order::in_order;
use super::kind::RowKind;
use super::record::{Record, RecordReader};
use super::repeats::{Repeats, Seen, Suspect};
use super::row::{Fault, Reject, Row};
use super::source::{Rows, Source};
use super::survey::{Survey, key_hash, surveyed};

/// Rows of a file as checked records.
pub struct Intake<'a, K: RowKind> {
    kind: &'a K,
    mapping: &'a Mapping,
    source: Source,
    survey: Survey,
    reader: Box<dyn RecordReader>,
    record: Record,
    binding: Binding,
    repeats: Repeats<K::Output>,
    /// How to read the file in pieces, where that can be.
    layout: Option<CsvLayout>,
}

/// What a run of rows gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch<T> {
    /// Rows read.
    pub read: u64,
    /// The records, in the order of the file.
    pub records: Vec<T>,
    /// The rows that were not taken.
    pub rejects: Vec<Reject>,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { read: 0, records: Vec::new(), rejects: Vec::new() }
    }
}

impl<T> Batch<T> {
    fn add(&mut self, judged: Result<T, Reject>) {
        self.read += 1;
        match judged {
            Ok(record) => self.records.push(record),
            Err(reject) => self.rejects.push(reject),
        }
    }
}

impl<'a, K: RowKind> Intake<'a, K> {
    /// Surveys a file and opens it for reading.
    ///
    /// # Errors
    /// When the file cannot be used at all; nothing of it is taken then.
    pub fn open(source: &Source, mapping: &'a Mapping, kind: &'a K) -> Result<Self, IngestError> {
        let survey = surveyed::<K>(source, mapping)?;
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
            survey,
            reader,
            record: Record::default(),
            binding: Binding::default(),
            repeats: Repeats::default(),
            layout,
        })
    }

    /// How many rows the file has.
    pub fn rows(&self) -> u64 {
        self.survey.rows
    }

    /// The next rows, at most so many; none at the end.
    ///
    /// # Errors
    /// When the file changed since it was opened.
    pub fn next_batch(&mut self, rows: usize) -> Result<Option<Batch<K::Output>>, IngestError> {
        let mut batch = Batch::default();
        while batch.read < rows as u64 && self.reader.read(&mut self.record)? {
            rebind::<K>(&mut self.binding, self.reader.columns(), self.mapping, self.source.name())?;
            let seen = seen(self.kind, &self.survey, &self.row());
            batch.add(self.repeats.judged::<K>(seen));
        }
        Ok((batch.read > 0).then_some(batch))
    }

    fn row(&self) -> Row<'_> {
        Row { fields: K::FIELDS, record: &self.record, binding: &self.binding, mapping: self.mapping }
    }

    /// Gives all rows in batches of so many, the last one smaller, until `take` breaks off. A CSV file is read on all
    /// cores; the batches are those of [`Intake::next_batch`].
    ///
    /// # Errors
    /// When the file changed since it was opened.
    pub fn each_batch(
        mut self,
        rows: usize,
        mut take: impl FnMut(Batch<K::Output>) -> ControlFlow<()>,
    ) -> Result<(), IngestError> {
        if let Some(layout) = self.layout.take() {
            return self.each_batch_of_pieces(&layout, rows, take);
        }
        while let Some(batch) = self.next_batch(rows)? {
            if take(batch).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn each_batch_of_pieces(
        mut self,
        layout: &CsvLayout,
        rows: usize,
        mut take: impl FnMut(Batch<K::Output>) -> ControlFlow<()>,
    ) -> Result<(), IngestError> {
        let (kind, mapping, survey) = (self.kind, self.mapping, &self.survey);
        let read = |piece: Result<Piece, ReadError>| -> Result<VecDeque<Seen<K::Output>>, IngestError> {
            let mut reader = piece?.rows(layout);
            let (mut record, mut binding) = (Record::default(), Binding::default());
            let mut all = VecDeque::new();
            while reader.read(&mut record)? {
                rebind::<K>(&mut binding, reader.columns(), mapping, &layout.file)?;
                all.push_back(seen(
                    kind,
                    survey,
                    &Row { fields: K::FIELDS, record: &record, binding: &binding, mapping },
                ));
            }
            Ok(all)
        };
        let (mut batch, mut ended) = (Batch::default(), Ok(()));
        in_order(self.source.pieces(layout)?, read, |part| {
            let part = match part {
                Ok(part) => part,
                Err(fault) => {
                    ended = Err(fault);
                    return ControlFlow::Break(());
                }
            };
            for seen in part {
                batch.add(self.repeats.judged::<K>(seen));
                if batch.read == rows as u64 {
                    take(std::mem::take(&mut batch))?;
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
    columns: &[String],
    mapping: &Mapping,
    file: &str,
) -> Result<(), IngestError> {
    if !binding.covers(columns.len()) {
        let fault = |fault| IngestError::Columns { file: file.to_owned(), fault };
        *binding = Binding::new(K::FIELDS, columns, mapping).map_err(fault)?;
    }
    Ok(())
}

/// A row by itself: whether another one has its key is not asked yet.
fn seen<K: RowKind>(kind: &K, survey: &Survey, row: &Row<'_>) -> Seen<K::Output> {
    if let Some(reason) = &row.record.fault {
        return Seen::Rejected(Reject::of(row.record, Fault::new("", "", reason.clone())));
    }
    match kind.record(row) {
        Err(fault) => Seen::Rejected(Reject::of(row.record, fault)),
        Ok(record) if survey.repeats.is_empty() || !survey.repeats.contains(&key_hash::<K>(row)) => Seen::Sound(record),
        Ok(record) => {
            let key = K::KEY.iter().map(|field| row.text(*field).unwrap_or_default().to_owned()).collect();
            Seen::Suspect(Box::new(Suspect { record, key, row: row.record.clone() }))
        }
    }
}
