//! A copy of all incidents beside the database, column by column, so that a start need not query SQL for each row.
//!
//! Never the truth: it names the incidents it holds by their digest, and the order of the taxonomy's terms, and it is
//! checked from end to end. Whether it fits the database is for the caller, who knows what changed since; a copy that
//! does not, or a damaged one, is left alone and the incidents are read from the database. Blocks of rows, each with its checksum, then an end with a checksum over those.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::incident_block::{append, empty_columns, encoded, runs};
use crate::domain::content::RowDigest;
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::Incident;
use crate::domain::incident::incident_columns::{IncidentColumnParts, IncidentColumnsError};
use crate::store::data_folder::unfinished_file;

pub(in crate::store) const FILE_NAME: &str = "binhyen.incidents";

/// Changes with every change of the bytes.
const FORMAT: &[u8; 8] = b"BYINC 02";
/// Length and checksum before each block.
const BLOCK_HEAD_BYTES: usize = 12;
/// Digest, terms, rows, blocks, checksum, format.
const END_BYTES: usize = 52;
const BLOCK_ROWS: usize = 500_000;

/// What a copy is a copy of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct CopyOrigin {
    /// The digest of its incidents as rows.
    pub(in crate::store) digest: RowDigest,
    /// The order of the terms that columns refer to.
    pub(in crate::store) words: u64,
}

/// Why a copy is of no use.
#[derive(Debug, thiserror::Error)]
pub(in crate::store) enum IncidentFileError {
    /// There is none.
    #[error("there is no copy")]
    Missing,
    /// It cannot be read.
    #[error("the copy cannot be read: {0}")]
    Unread(#[from] io::Error),
    /// It holds other incidents, or is of another taxonomy or another version of the program.
    #[error("the copy is of other incidents")]
    OtherIncidents,
    /// Its checksums do not fit its bytes.
    #[error("the copy is damaged")]
    Damaged,
    /// Its columns do not fit together.
    #[error("the copy is damaged: {0}")]
    Columns(#[from] IncidentColumnsError),
}

/// A copy that is being written.
#[derive(Debug)]
pub(in crate::store) struct IncidentFileWriter {
    folder: PathBuf,
    unfinished: PathBuf,
    out: BufWriter<File>,
    block: IncidentColumns,
    rows: u64,
    blocks: u64,
    checks: crc32fast::Hasher,
}

impl IncidentFileWriter {
    /// Begins a copy in a data folder.
    pub(in crate::store) fn create(folder: &Path) -> io::Result<Self> {
        // An import and a server may each write one: the last that is finished stays.
        let unfinished = folder.join(format!("{FILE_NAME}.{}.part", std::process::id()));
        let out = BufWriter::new(unfinished_file(&unfinished)?);
        Ok(Self {
            folder: folder.to_owned(),
            unfinished,
            out,
            block: IncidentColumns::default(),
            rows: 0,
            blocks: 0,
            checks: crc32fast::Hasher::new(),
        })
    }

    /// How many incidents were added.
    pub(in crate::store) fn rows(&self) -> u64 {
        self.rows + self.block.len() as u64
    }

    /// Adds an incident.
    pub(in crate::store) fn push(&mut self, incident: &Incident) -> io::Result<()> {
        self.block.push(incident);
        if self.block.len() < BLOCK_ROWS {
            return Ok(());
        }
        self.add_pushed()
    }

    /// Adds many incidents.
    pub(in crate::store) fn extend(&mut self, incidents: &IncidentColumns) -> io::Result<()> {
        runs(&incidents.parts(), BLOCK_ROWS).try_for_each(|run| self.add(&run))
    }

    fn add_pushed(&mut self) -> io::Result<()> {
        let block = std::mem::take(&mut self.block);
        self.add(&block.parts())
    }

    fn add(&mut self, block: &IncidentColumnParts<'_>) -> io::Result<()> {
        let bytes = encoded(block);
        let check = crc32fast::hash(&bytes).to_le_bytes();
        self.checks.update(&check);
        self.out.write_all(&(bytes.len() as u64).to_le_bytes())?;
        self.out.write_all(&check)?;
        self.out.write_all(&bytes)?;
        self.rows += block.seconds_low.len() as u64;
        self.blocks += 1;
        Ok(())
    }

    /// Ends the copy: from now on it is the one of the folder.
    pub(in crate::store) fn finish(mut self, origin: CopyOrigin) -> io::Result<()> {
        if !self.block.is_empty() {
            self.add_pushed()?;
        }
        let mut end = origin.digest.to_bytes().to_vec();
        end.extend([origin.words, self.rows, self.blocks].map(u64::to_le_bytes).as_flattened());
        self.checks.update(&end);
        end.extend(self.checks.clone().finalize().to_le_bytes());
        end.extend(FORMAT);
        self.out.write_all(&end)?;
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        std::fs::rename(&self.unfinished, self.folder.join(FILE_NAME))?;
        File::open(&self.folder)?.sync_all()
    }

    /// Leaves the copy unfinished and deletes it.
    pub(in crate::store) fn abandon(self) {
        // A file that cannot be removed now is removed by the next start.
        let _ = std::fs::remove_file(&self.unfinished);
    }
}

/// The incidents of a copy, and the digest by which it names them.
#[derive(Debug)]
pub(in crate::store) struct CopiedIncidents {
    pub(in crate::store) columns: IncidentColumns,
    pub(in crate::store) digest: RowDigest,
}

/// The copy in a folder, when its terms stand in the order that is expected.
pub(in crate::store) fn read(folder: &Path, words: u64) -> Result<CopiedIncidents, IncidentFileError> {
    let file = File::open(folder.join(FILE_NAME)).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => IncidentFileError::Missing,
        _ => IncidentFileError::Unread(source),
    })?;
    let end = End::read(&file)?;
    if end.origin.words != words {
        return Err(IncidentFileError::OtherIncidents);
    }
    let heads = end.heads(&file)?;
    let mut columns = empty_columns(end.rows as usize);
    // Two blocks a core at a time: few enough that their bytes do not count beside the columns.
    for some in heads.chunks(2 * rayon::current_num_threads()) {
        let blocks: Vec<Vec<u8>> = some.par_iter().map(|head| head.read(&file)).collect::<Result<_, _>>()?;
        for block in &blocks {
            append(&mut columns, block).ok_or(IncidentFileError::Damaged)?;
        }
    }
    let columns = IncidentColumns::from_parts(columns)?;
    if columns.len() as u64 != end.rows {
        return Err(IncidentFileError::Damaged);
    }
    Ok(CopiedIncidents { columns, digest: end.origin.digest })
}

/// What stands at the end of a copy.
struct End {
    origin: CopyOrigin,
    rows: u64,
    blocks: u64,
    check: [u8; 4],
    checked: [u8; 40],
    /// Where it begins.
    offset: u64,
}

/// Where a block stands, and its checksum.
struct BlockHead {
    offset: u64,
    length: usize,
    check: [u8; 4],
}

impl End {
    fn read(file: &File) -> Result<Self, IncidentFileError> {
        let mut bytes = [0; END_BYTES];
        let offset = file.metadata()?.len().checked_sub(END_BYTES as u64).ok_or(IncidentFileError::Damaged)?;
        file.read_exact_at(&mut bytes, offset)?;
        let (checked, rest) = bytes.split_first_chunk::<40>().ok_or(IncidentFileError::Damaged)?;
        let (check, format) = rest.split_first_chunk::<4>().ok_or(IncidentFileError::Damaged)?;
        if format != FORMAT {
            return Err(IncidentFileError::OtherIncidents);
        }
        let (digest, numbers) = checked.split_first_chunk::<16>().ok_or(IncidentFileError::Damaged)?;
        let numbers = numbers.as_chunks::<8>().0;
        let number = |offset: usize| numbers.get(offset).map_or(0, |number| u64::from_le_bytes(*number));
        let origin = CopyOrigin { digest: RowDigest::from_bytes(*digest), words: number(0) };
        // A row takes more than one byte.
        let rows = Some(number(1)).filter(|rows| *rows <= offset).ok_or(IncidentFileError::Damaged)?;
        Ok(Self { origin, rows, blocks: number(2), check: *check, checked: *checked, offset })
    }

    /// The heads of all blocks, when their checksums are those that the end was made with.
    fn heads(&self, file: &File) -> Result<Vec<BlockHead>, IncidentFileError> {
        let (mut heads, mut offset) = (Vec::new(), 0);
        let mut checks = crc32fast::Hasher::new();
        // `offset` is where the next head begins. A length that would reach past the end is refused before it is
        // used, so each turn moves on and none reads beyond the blocks.
        while offset < self.offset {
            let mut bytes = [0; BLOCK_HEAD_BYTES];
            file.read_exact_at(&mut bytes, offset)?;
            let (length, check) = bytes.split_first_chunk::<8>().ok_or(IncidentFileError::Damaged)?;
            let length = u64::from_le_bytes(*length);
            let check = <[u8; 4]>::try_from(check).map_err(|_| IncidentFileError::Damaged)?;
            offset += BLOCK_HEAD_BYTES as u64;
            if length > self.offset.saturating_sub(offset) {
                return Err(IncidentFileError::Damaged);
            }
            checks.update(&check);
            heads.push(BlockHead { offset, length: length as usize, check });
            offset += length;
        }
        checks.update(&self.checked);
        let fits = heads.len() as u64 == self.blocks && checks.finalize().to_le_bytes() == self.check;
        if fits { Ok(heads) } else { Err(IncidentFileError::Damaged) }
    }
}

impl BlockHead {
    fn read(&self, file: &File) -> Result<Vec<u8>, IncidentFileError> {
        let mut bytes = vec![0; self.length];
        file.read_exact_at(&mut bytes, self.offset)?;
        if crc32fast::hash(&bytes).to_le_bytes() == self.check { Ok(bytes) } else { Err(IncidentFileError::Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::area::Position;
    use crate::domain::incident::IncidentLocation;
    use crate::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};

    const WORDS: u64 = 11;

    fn origin() -> CopyOrigin {
        CopyOrigin { digest: RowDigest::of_row("incident", "some"), words: WORDS }
    }

    fn incident(number: usize) -> Incident {
        let key = format!("2020-0{}/2033{}", number % 2 + 1, number % 9);
        let (edition, code) = key.split_once('/').unwrap();
        let area = crate::domain::area::AreaKey { edition: edition.parse().unwrap(), code: code.parse().unwrap() };
        let location = match number % 3 {
            0 => IncidentLocation::Point(Position::new(108.0 + number as f64 / 1e4, 15.5).unwrap()),
            1 => IncidentLocation::Area(area),
            _ => IncidentLocation::Unknown,
        };
        Incident {
            id: if number % 50 == 7 { "vụ việc ".repeat(20 + number) } else { format!("V{number}") },
            unix_seconds: if number == 120 { -5_000_000_000 } else { 1_600_000_000 + number as i64 },
            location,
            category: CategoryIndex::new((number % 5) as u8),
            severity: Severity::new((number % 5) as u8 + 1).unwrap(),
            status: StatusIndex::new((number % 2) as u8),
            channel: ChannelIndex::new((number % 4) as u8),
            precision: PrecisionIndex::new((number % 3) as u8),
        }
    }

    /// A copy of some blocks of 50 incidents each.
    fn written(folder: &Path, blocks: usize) -> Vec<Incident> {
        let mut file = IncidentFileWriter::create(folder).unwrap();
        let all: Vec<Incident> = (0..50 * blocks).map(incident).collect();
        for block in all.chunks(50) {
            for incident in block {
                file.push(incident).unwrap();
            }
            file.add_pushed().unwrap();
        }
        file.finish(origin()).unwrap();
        all
    }

    fn rows(columns: &IncidentColumns) -> Vec<Incident> {
        columns.rows().filter_map(|row| columns.at(row)).collect()
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        for blocks in [0, 1, 5] {
            let all = written(folder.path(), blocks);
            let copy = read(folder.path(), WORDS).unwrap();
            assert_eq!((rows(&copy.columns), copy.digest), (all, origin().digest));
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing unfinished stays");
    }

    #[test]
    fn whole_columns_are_cut_into_runs_that_join_again() {
        let mut columns = IncidentColumns::default();
        (0..130).for_each(|number| columns.push(&incident(number)));
        let mut joined = empty_columns(0);
        for run in runs(&columns.parts(), 17) {
            append(&mut joined, &encoded(&run)).unwrap();
        }
        assert_eq!(rows(&IncidentColumns::from_parts(joined).unwrap()), rows(&columns));
    }

    #[test]
    fn a_copy_of_other_words_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read(folder.path(), WORDS), Err(IncidentFileError::Missing)));
        written(folder.path(), 1);
        assert!(matches!(read(folder.path(), WORDS + 1), Err(IncidentFileError::OtherIncidents)));
    }

    #[test]
    fn every_flipped_byte_and_every_missing_end_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        written(folder.path(), 2);
        let path = folder.path().join(FILE_NAME);
        let whole = std::fs::read(&path).unwrap();
        for offset in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[offset] ^= 0x10;
            std::fs::write(&path, &bytes).unwrap();
            assert!(read(folder.path(), WORDS).is_err(), "byte {offset} of {}", whole.len());
        }
        for length in (0..whole.len()).step_by(97) {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert!(read(folder.path(), WORDS).is_err(), "{length} bytes of {}", whole.len());
        }
    }
}
