//! The second pass: rows become records, batch by batch.

use std::collections::HashMap;

use super::error::IngestError;
use super::fields::{Binding, Mapping};
use super::kind::RowKind;
use super::record::{Record, RecordReader};
use super::row::{Fault, Reject, Row};
use super::source::Source;
use super::survey::{Survey, key_hash, surveyed};

/// Rows of a file as checked records.
pub struct Intake<'a, K: RowKind> {
    kind: &'a K,
    mapping: &'a Mapping,
    file: String,
    reader: Box<dyn RecordReader>,
    record: Record,
    binding: Binding,
    survey: Survey,
    repeated: HashMap<String, (String, K::Output)>,
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

impl<'a, K: RowKind> Intake<'a, K> {
    /// Surveys a file and opens it for reading.
    ///
    /// # Errors
    /// When the file cannot be used at all; nothing of it is taken then.
    pub fn open(source: &Source, mapping: &'a Mapping, kind: &'a K) -> Result<Self, IngestError> {
        let survey = surveyed::<K>(source, mapping)?;
        let reader = source.records()?;
        Ok(Self {
            kind,
            mapping,
            file: source.name().to_owned(),
            reader,
            record: Record::default(),
            binding: Binding::default(),
            survey,
            repeated: HashMap::new(),
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
        let mut batch = Batch { read: 0, records: Vec::new(), rejects: Vec::new() };
        while batch.read < rows as u64 && self.reader.read(&mut self.record)? {
            self.rebind()?;
            batch.read += 1;
            match self.taken() {
                Ok(record) => batch.records.push(record),
                Err(fault) => batch.rejects.push(Reject::of(&self.record, fault)),
            }
        }
        Ok((batch.read > 0).then_some(batch))
    }

    fn rebind(&mut self) -> Result<(), IngestError> {
        if !self.binding.covers(self.reader.columns().len()) {
            let fault = |fault| IngestError::Columns { file: self.file.clone(), fault };
            self.binding = Binding::new(K::FIELDS, self.reader.columns(), self.mapping).map_err(fault)?;
        }
        Ok(())
    }

    fn taken(&mut self) -> Result<K::Output, Fault> {
        if let Some(reason) = &self.record.fault {
            return Err(Fault::new("", "", reason.clone()));
        }
        let row = Row { fields: K::FIELDS, record: &self.record, binding: &self.binding, mapping: self.mapping };
        let record = self.kind.record(&row)?;
        if !self.survey.repeats.contains(&key_hash::<K>(&row)) {
            return Ok(record);
        }
        let texts: Vec<&str> = K::KEY.iter().map(|field| row.text(*field).unwrap_or_default()).collect();
        let key = texts.join("\u{1f}");
        match self.repeated.get(&key) {
            Some((_, first)) if *first == record => Ok(record),
            Some((place, _)) => {
                let reason = format!("{place} already gave this {} with other content", K::FIELDS[K::KEY[0]].name);
                Err(Fault::new(K::FIELDS[K::KEY[0]].name, &texts.join(", "), reason))
            }
            None => {
                self.repeated.insert(key, (self.record.place(), record.clone()));
                Ok(record)
            }
        }
    }
}
