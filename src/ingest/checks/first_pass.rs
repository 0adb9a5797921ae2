//! The first pass over a file: can it be used at all, and which keys may repeat?
//!
//! Nothing is imported before this pass has read the whole file, so a file that is
//! cut off, not text, in metres or marked as secret leaves no trace. Keys that may
//! occur twice are found with a filter of fixed size, so that the second pass has
//! to remember only those few.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher as _};
use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use super::writing_evidence::WritingEvidence;
use crate::geometry::projection::LonLat;
use crate::ingest::error::{IngestError, ReadError};
use crate::ingest::fields::{Binding, Mapping};
use crate::ingest::format::csv_chunks::CsvChunk;
use crate::ingest::format::csv_reader::CsvLayout;
use crate::ingest::format::opened::dispatch::Rows;
use crate::ingest::format::parallel_in_order::parallel_in_order;
use crate::ingest::format::record::{Record, RecordReader};
use crate::ingest::format::source::RowSource;
use crate::ingest::rows::kind::RowKind;
use crate::ingest::rows::row::{InputRow, are_metres};
use crate::ingest::text::names::encoding_fault;
use crate::ingest::writing::{Decimal, Writing};

/// What the first pass found.
#[derive(Debug, Default)]
pub(in crate::ingest) struct FirstPass {
    /// Rows of the file.
    pub(in crate::ingest) rows: u64,
    /// Hashes of keys that may occur more than once.
    pub(in crate::ingest) repeated_keys: HashSet<u64>,
    /// How the file writes numbers and days.
    pub(in crate::ingest) writing: Writing,
}

/// Reads a file to its end without taking anything.
pub(in crate::ingest) fn run_first_pass<K: RowKind>(
    source: &RowSource,
    mapping: &Mapping,
    kind: &K,
) -> Result<FirstPass, IngestError> {
    source.check_readable_twice()?;
    let keys = KeyFilter::for_bytes(source.length());
    let scan = FirstPassScan::<K> { source, mapping, keys: &keys, kind: PhantomData };
    let mut rows = source.rows()?;
    let described =
        |reader: &dyn RecordReader| (reader.columns().to_vec(), reader.described(source.name()), reader.is_table());
    let (found, (columns, file, is_table)) = match &mut rows {
        Rows::Csv(records) => (scan.in_chunks(&records.layout())?, described(records.as_ref())),
        Rows::Other(records) => (scan.rows(records.as_mut())?, described(records.as_ref())),
    };
    let fault = |fault| IngestError::Columns { file: file.clone(), fault };
    let binding = Binding::new(K::FIELDS, &columns, mapping).map_err(fault)?;
    if found.first_pass.rows == 0 && columns.is_empty() {
        return Err(ReadError::Empty { file: source.name().to_owned() }.into());
    }
    // Rows none of which can be read have no columns: each of them is rejected with what is wrong with it.
    if !columns.is_empty() {
        binding.check_complete(K::FIELDS, &columns).map_err(fault)?;
    }
    if is_table {
        source.check_not_cut(found.first_pass.rows, found.last_line)?;
    }
    found.positions.check(source)?;
    if !columns.is_empty() {
        kind.check_columns(&binding, &columns).map_err(fault)?;
    }
    let writing = found.writing.decided(source.name(), mapping.writing)?;
    Ok(FirstPass { writing, ..found.first_pass })
}

/// What was found in a part of a file.
#[derive(Default)]
struct PartFindings {
    first_pass: FirstPass,
    /// The line on which the last row begins.
    last_line: u64,
    positions: Positions,
    writing: WritingEvidence,
}

/// What a first pass needs to know.
struct FirstPassScan<'a, K> {
    source: &'a RowSource,
    mapping: &'a Mapping,
    keys: &'a KeyFilter,
    kind: PhantomData<fn() -> K>,
}

impl<K: RowKind> FirstPassScan<'_, K> {
    /// Surveys a CSV file on all cores. What is found does not depend on their number.
    fn in_chunks(&self, layout: &CsvLayout) -> Result<PartFindings, IngestError> {
        // Columns that cannot be used are reported before the file is read.
        let fault = |fault| IngestError::Columns { file: self.source.name().to_owned(), fault };
        let binding = Binding::new(K::FIELDS, &layout.columns, self.mapping).map_err(fault)?;
        binding.check_complete(K::FIELDS, &layout.columns).map_err(fault)?;
        let mut found = Ok(PartFindings::default());
        let work = |chunk: Result<CsvChunk, ReadError>| self.rows(&mut chunk?.rows(layout));
        parallel_in_order(self.source.chunks(layout)?, work, |part: Result<PartFindings, IngestError>| {
            let sum = std::mem::replace(&mut found, Ok(PartFindings::default()));
            found = sum.and_then(|sum| Ok(sum.and(part?)));
            if found.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        found
    }

    /// Surveys rows one after the other.
    fn rows(&self, reader: &mut dyn RecordReader) -> Result<PartFindings, IngestError> {
        let described = reader.described(self.source.name());
        let columns_fault = |fault| IngestError::Columns { file: described.clone(), fault };
        let mut binding = Binding::new(K::FIELDS, reader.columns(), self.mapping).map_err(columns_fault)?;
        if !reader.columns().is_empty() {
            binding.check_complete(K::FIELDS, reader.columns()).map_err(columns_fault)?;
        }
        let (mut found, mut record) = (PartFindings::default(), Record::default());
        while reader.read(&mut record)? {
            if !binding.covers(reader.columns().len()) {
                binding = Binding::new(K::FIELDS, reader.columns(), self.mapping).map_err(columns_fault)?;
            }
            let (mapping, writing) = (self.mapping, self.mapping.writing);
            let row = InputRow { fields: K::FIELDS, record: &record, binding: &binding, mapping, writing };
            check_classification(self.source, &row)?;
            check_labels::<K>(self.source, &row)?;
            found.positions.note::<K>(&row);
            found.writing.note::<K>(&row);
            found.first_pass.rows += 1;
            found.last_line = record.line;
            let hash = key_hash::<K>(&row);
            if self.keys.insert(hash) {
                found.first_pass.repeated_keys.insert(hash);
            }
        }
        Ok(found)
    }
}

impl PartFindings {
    /// What was found here and in the part behind it.
    fn and(mut self, next: Self) -> Self {
        self.first_pass.rows += next.first_pass.rows;
        self.last_line = self.last_line.max(next.last_line);
        self.first_pass.repeated_keys.extend(next.first_pass.repeated_keys);
        self.writing = self.writing.and(next.writing);
        self.positions.others += next.positions.others;
        self.positions.metres = self.positions.metres.or(next.positions.metres);
        self
    }
}

/// The hash of a row's key.
pub(in crate::ingest) fn key_hash<K: RowKind>(row: &InputRow<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for field in K::KEY {
        hasher.write(row.key_text(*field).as_bytes());
        hasher.write_u8(0xFF); // no text contains this byte
    }
    hasher.finish()
}

/// A file whose names are in another encoding is read anew, not row by row: some of its names read well either way.
fn check_labels<K: RowKind>(source: &RowSource, row: &InputRow<'_>) -> Result<(), IngestError> {
    for field in K::LABELS {
        let Some(text) = row.text(*field) else { continue };
        if let Some(fault) = encoding_fault(text) {
            return Err(IngestError::Encoding {
                file: source.name().to_owned(),
                line: row.record.line,
                field: K::FIELDS[field.index()].name,
                value: text.chars().take(60).collect(),
                fault,
            });
        }
    }
    Ok(())
}

fn check_classification(source: &RowSource, row: &InputRow<'_>) -> Result<(), IngestError> {
    // A mark that cannot be read is not the mark of an open record.
    let marked = |column| row.record.text(column).or(row.record.cell_fault(column).map(|fault| fault.value.as_str()));
    let value = row.binding.classification().and_then(marked);
    match value {
        Some(value) if value.to_lowercase() != "thường" => Err(IngestError::Classified {
            file: source.name().to_owned(),
            line: row.record.line,
            value: value.to_owned(),
        }),
        _ => Ok(()),
    }
}

/// Whether the file's positions are degrees.
#[derive(Default)]
struct Positions {
    others: u64,
    metres: Option<(u64, f64, f64)>,
}

impl Positions {
    fn note<K: RowKind>(&mut self, row: &InputRow<'_>) {
        if self.others > 0 {
            return; // one position in degrees settles it
        }
        // How the file writes its numbers is not known yet: metres are metres with either decimal sign.
        let with = |decimal| InputRow { writing: Writing { decimal, ..row.writing }, ..*row };
        let numbers = K::POSITION.and_then(|(lon, lat)| {
            let read = with(row.writing.decimal).numbers(lon, lat);
            read.or_else(|_| with(Some(Decimal::Comma)).numbers(lon, lat)).ok().flatten()
        });
        match numbers {
            Some(LonLat { lon: x, lat: y }) if are_metres(x, y) => {
                self.metres = self.metres.or(Some((row.record.line, x, y)));
            }
            Some(_) => self.others += 1,
            None => {}
        }
    }

    /// A file in which every position is in metres is refused; single such rows are rejected.
    fn check(&self, source: &RowSource) -> Result<(), IngestError> {
        match self.metres {
            Some((line, x, y)) if self.others == 0 => {
                Err(IngestError::Metres { file: source.name().to_owned(), line, x, y })
            }
            _ => Ok(()),
        }
    }
}

/// A Bloom filter (B. H. Bloom, 1970) over hashes: says "perhaps seen" or "not seen". The bits of a key stand in one
/// word, so that of two cores that bring the same key at the same time one of them learns it.
struct KeyFilter {
    words: Vec<AtomicU64>,
    mask: u64,
}

/// Bits set per key.
const PROBES: u32 = 5;
const MIN_BITS: u64 = 1 << 16;
/// 64 MB, enough that ten million keys cast suspicion on a few thousand.
const MAX_BITS: u64 = 1 << 29;

impl KeyFilter {
    /// A filter for a file of so many bytes: a row has twenty or more, so a key gets twenty bits or more.
    fn for_bytes(bytes: u64) -> Self {
        let bits = bytes.max(1).next_power_of_two().clamp(MIN_BITS, MAX_BITS);
        Self { words: (0..bits / 64).map(|_| AtomicU64::new(0)).collect(), mask: bits / 64 - 1 }
    }

    /// Adds a hash; whether it was perhaps there already.
    fn insert(&self, hash: u64) -> bool {
        // A Bloom filter whose bits for one key lie in one word: a single atomic step sets and tests them, so of
        // two threads with the same key at least one sees the other. It may suspect a key wrongly, never miss one.
        let flags = (0..PROBES).fold(0_u64, |flags, probe| flags | 1 << (hash >> (58 - 6 * probe) & 63));
        let word = &self.words[(hash & self.mask) as usize];
        word.fetch_or(flags, Ordering::Relaxed) & flags == flags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash_of(number: u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        hasher.write_u64(number);
        hasher.finish()
    }

    #[test]
    fn a_key_seen_is_never_called_new() {
        let filter = KeyFilter::for_bytes(0);
        (0..5_000).for_each(|number| _ = filter.insert(hash_of(number)));
        assert!((0..5_000).all(|number| filter.insert(hash_of(number))));
    }

    #[test]
    fn few_new_keys_are_suspected() {
        let filter = KeyFilter::for_bytes(20 * 100_000);
        let suspected = (0..100_000).filter(|number| filter.insert(hash_of(*number))).count();
        assert!(suspected < 1_000, "{suspected}");
    }
}
