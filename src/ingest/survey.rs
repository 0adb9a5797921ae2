//! The first pass over a file: can it be used at all, and which keys may repeat?
//!
//! Nothing is taken before this pass has read the whole file, so a file that is
//! cut off, not text, in metres or marked as secret leaves no trace. Keys that may
//! occur twice are found with a filter of fixed size, so that the second pass has
//! to remember only those few.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher as _};

use super::error::{IngestError, ReadError};
use super::fields::{Binding, Mapping};
use super::kind::RowKind;
use super::record::Record;
use super::row::{Row, are_metres};
use super::source::Source;

/// What the first pass found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Rows of the file.
    pub(super) rows: u64,
    /// Hashes of keys that may occur more than once.
    pub(super) repeats: HashSet<u64>,
}

/// Reads a file to its end without taking anything.
pub(super) fn surveyed<K: RowKind>(source: &Source, mapping: &Mapping) -> Result<Survey, IngestError> {
    let columns_fault = |fault| IngestError::Columns { file: source.name().to_owned(), fault };
    source.check_readable_twice()?;
    let mut reader = source.records()?;
    let mut binding = Binding::new(K::FIELDS, reader.columns(), mapping).map_err(columns_fault)?;
    if !reader.columns().is_empty() {
        binding.check_complete(K::FIELDS, reader.columns()).map_err(columns_fault)?;
    }
    let (mut survey, mut record) = (Survey::default(), Record::default());
    let mut keys = KeyFilter::for_bytes(source.length());
    let mut positions = Positions::default();
    while reader.read(&mut record)? {
        if !binding.covers(reader.columns().len()) {
            binding = Binding::new(K::FIELDS, reader.columns(), mapping).map_err(columns_fault)?;
        }
        let row = Row { fields: K::FIELDS, record: &record, binding: &binding, mapping };
        check_classification(source, &row)?;
        positions.note::<K>(&row);
        survey.rows += 1;
        let hash = key_hash::<K>(&row);
        if keys.insert(hash) {
            survey.repeats.insert(hash);
        }
    }
    if survey.rows > 0 {
        binding.check_complete(K::FIELDS, reader.columns()).map_err(columns_fault)?;
    } else if reader.columns().is_empty() {
        return Err(ReadError::Empty { file: source.name().to_owned() }.into());
    }
    positions.check(source).map(|()| survey)
}

/// The hash of a row's key.
pub(super) fn key_hash<K: RowKind>(row: &Row<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for field in K::KEY {
        hasher.write(row.text(*field).unwrap_or_default().as_bytes());
        hasher.write_u8(0xFF); // no text contains this byte
    }
    hasher.finish()
}

fn check_classification(source: &Source, row: &Row<'_>) -> Result<(), IngestError> {
    let value = row.binding.classification().and_then(|column| row.record.text(column));
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
    fn note<K: RowKind>(&mut self, row: &Row<'_>) {
        let numbers = K::POSITION.and_then(|(lon, lat)| row.numbers(lon, lat).ok().flatten());
        match numbers {
            Some((x, y)) if are_metres(x, y) => self.metres = self.metres.or(Some((row.record.line, x, y))),
            Some(_) => self.others += 1,
            None => {}
        }
    }

    /// A file in which every position is in metres is refused; single such rows are rejected.
    fn check(&self, source: &Source) -> Result<(), IngestError> {
        match self.metres {
            Some((line, x, y)) if self.others == 0 => {
                Err(IngestError::Metres { file: source.name().to_owned(), line, x, y })
            }
            _ => Ok(()),
        }
    }
}

/// A Bloom filter (B. H. Bloom, 1970) over hashes: says "perhaps seen" or "not seen".
struct KeyFilter {
    words: Vec<u64>,
    mask: u64,
}

/// Bits set per key.
const PROBES: u64 = 4;
const MIN_BITS: u64 = 1 << 16;
/// 64 MB, enough that ten million keys cast suspicion on a few hundred.
const MAX_BITS: u64 = 1 << 29;

impl KeyFilter {
    /// A filter for a file of so many bytes: a row has twenty or more, so a key gets twenty bits or more.
    fn for_bytes(bytes: u64) -> Self {
        let bits = bytes.max(1).next_power_of_two().clamp(MIN_BITS, MAX_BITS);
        Self { words: vec![0; (bits / 64) as usize], mask: bits - 1 }
    }

    /// Adds a hash; whether it was perhaps there already.
    fn insert(&mut self, hash: u64) -> bool {
        let step = hash.rotate_left(32) | 1;
        let mut seen = true;
        for probe in 0..PROBES {
            let bit = hash.wrapping_add(step.wrapping_mul(probe)) & self.mask;
            let (word, flag) = ((bit / 64) as usize, 1_u64 << (bit % 64));
            seen &= self.words[word] & flag != 0;
            self.words[word] |= flag;
        }
        seen
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
        let mut filter = KeyFilter::for_bytes(0);
        (0..5_000).for_each(|number| _ = filter.insert(hash_of(number)));
        assert!((0..5_000).all(|number| filter.insert(hash_of(number))));
    }

    #[test]
    fn few_new_keys_are_suspected() {
        let mut filter = KeyFilter::for_bytes(20 * 100_000);
        let suspected = (0..100_000).filter(|number| filter.insert(hash_of(*number))).count();
        assert!(suspected < 1_000, "{suspected}");
    }
}
