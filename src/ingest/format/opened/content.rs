//! The bytes of a source: read once from the start, or again and anywhere where a format needs that.
//!
//! In: a file, or bytes in memory. Out: the head by which the format is told, and the bytes as a stream, as something
//! to seek in, or as a file. A gzip file is unpacked on the way, up to a limit.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use crate::ingest::error::ReadError;

/// Bytes by which a format is told.
const HEAD_BYTES: usize = 16 << 10;
/// Bytes that a file may unpack to where it is read from its start.
const MAX_UNPACKED_BYTES: u64 = 8 << 30;
/// Bytes that may be held where a packed file, or a pipe, has to be read anywhere.
pub(in crate::ingest::format) const MAX_HELD_BYTES: u64 = 1 << 30;
const GZIP: &[u8] = b"\x1f\x8b";

/// Bytes that are read from their start.
pub(in crate::ingest) type ByteStream = Box<dyn Read + Send>;

/// Bytes that are read anywhere.
pub(in crate::ingest::format) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// Where the bytes of a source lie.
#[derive(Debug, Clone)]
pub(in crate::ingest::format) enum RowLocation {
    /// A file, or something that is opened like one.
    File(PathBuf),
    /// Bytes inside the program.
    Memory(&'static [u8]),
    /// Bytes that somebody handed in.
    Shared(Arc<[u8]>),
}

impl RowLocation {
    /// The bytes as they lie, from the start.
    fn open(&self) -> io::Result<ByteStream> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Memory(bytes) => Box::new(*bytes),
            Self::Shared(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }

    /// The path of what can be opened again and again.
    fn regular_file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => path.metadata().is_ok_and(|file| file.is_file()).then_some(path),
            Self::Memory(_) | Self::Shared(_) => None,
        }
    }
}

/// A source that was opened: its first bytes, and the others behind them.
pub(in crate::ingest::format) struct Opened {
    /// The name for messages.
    pub(in crate::ingest::format) file: String,
    location: RowLocation,
    is_gzip: bool,
    head: Vec<u8>,
    rest: ByteStream,
}

impl Opened {
    /// Opens a source and reads its head, of what is inside where it is a gzip file.
    pub(in crate::ingest::format) fn new(file: &str, location: &RowLocation) -> Result<Self, ReadError> {
        let io = |source| ReadError::Io { file: file.to_owned(), source };
        let mut rest = location.open().map_err(io)?;
        let mut head = head_of(&mut rest).map_err(io)?;
        let is_gzip = head.starts_with(GZIP);
        if is_gzip {
            rest = unpacked(Box::new(Cursor::new(head).chain(rest)));
            head = head_of(&mut rest).map_err(|fault| broken_gzip(file, &fault))?;
            if head.starts_with(GZIP) || head.get(257..262) == Some(b"ustar") {
                let what =
                    if head.starts_with(GZIP) { "a gzip file inside a gzip file" } else { "a tar archive (.tar.gz)" };
                let way = "unpack it first".to_owned();
                return Err(ReadError::Packed { file: file.to_owned(), what: what.to_owned(), way });
            }
        }
        Ok(Self { file: file.to_owned(), location: location.clone(), is_gzip, head, rest })
    }

    /// The first bytes.
    pub(in crate::ingest::format) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether the bytes were unpacked from a gzip file.
    pub(in crate::ingest::format) fn is_packed(&self) -> bool {
        self.is_gzip
    }

    /// The bytes from the start.
    pub(in crate::ingest::format) fn stream(self) -> ByteStream {
        Box::new(Cursor::new(self.head).chain(self.rest))
    }

    /// The same bytes as something to open again.
    pub(in crate::ingest::format) fn reopenable(self) -> Result<Reopenable, ReadError> {
        let place = match self.location.regular_file() {
            Some(path) if self.is_gzip => BytePlace::GzipFile(path.to_owned()),
            Some(path) => BytePlace::File(path.to_owned()),
            None => {
                if let (RowLocation::Shared(bytes), false) = (&self.location, self.is_gzip) {
                    BytePlace::Memory(Arc::clone(bytes))
                } else {
                    let file = self.file.clone();
                    return Ok(Reopenable { place: BytePlace::Memory(held(&file, self.stream())?), file });
                }
            }
        };
        Ok(Reopenable { file: self.file, place })
    }
}

/// Bytes that can be read again from their start, and anywhere.
#[derive(Debug, Clone)]
pub(in crate::ingest::format) struct Reopenable {
    /// The name for messages.
    pub(in crate::ingest::format) file: String,
    place: BytePlace,
}

#[derive(Debug, Clone)]
enum BytePlace {
    File(PathBuf),
    GzipFile(PathBuf),
    Memory(Arc<[u8]>),
}

impl Reopenable {
    /// Bytes in memory.
    pub(in crate::ingest::format) fn memory(file: &str, bytes: Vec<u8>) -> Self {
        Self { file: file.to_owned(), place: BytePlace::Memory(bytes.into()) }
    }

    /// The path, where the bytes are those of a file as it lies there.
    pub(in crate::ingest::format) fn path(&self) -> Option<&Path> {
        match &self.place {
            BytePlace::File(path) => Some(path),
            BytePlace::GzipFile(_) | BytePlace::Memory(_) => None,
        }
    }

    /// The bytes from the start.
    pub(in crate::ingest::format) fn stream(&self) -> Result<ByteStream, ReadError> {
        let opened = |path: &Path| File::open(path).map_err(|source| self.io(source));
        Ok(match &self.place {
            BytePlace::File(path) => Box::new(opened(path)?),
            BytePlace::GzipFile(path) => unpacked(Box::new(opened(path)?)),
            BytePlace::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }

    /// The bytes to read anywhere; a gzip file is unpacked into memory.
    pub(in crate::ingest::format) fn seekable(&self) -> Result<Box<dyn ReadSeek>, ReadError> {
        Ok(match &self.place {
            BytePlace::File(path) => Box::new(File::open(path).map_err(|source| self.io(source))?),
            BytePlace::GzipFile(_) | BytePlace::Memory(_) => Box::new(Cursor::new(self.bytes()?)),
        })
    }

    /// All bytes, held in memory up to a limit.
    pub(in crate::ingest::format) fn bytes(&self) -> Result<Arc<[u8]>, ReadError> {
        match &self.place {
            BytePlace::Memory(bytes) => Ok(Arc::clone(bytes)),
            BytePlace::File(_) | BytePlace::GzipFile(_) => held(&self.file, self.stream()?),
        }
    }

    fn io(&self, source: io::Error) -> ReadError {
        ReadError::Io { file: self.file.clone(), source }
    }
}

/// All bytes of a stream, up to the limit of what is held.
fn held(file: &str, stream: ByteStream) -> Result<Arc<[u8]>, ReadError> {
    let mut bytes = Vec::new();
    let read = stream.take(MAX_HELD_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|source| ReadError::Io { file: file.to_owned(), source })?;
    if bytes.len() as u64 > MAX_HELD_BYTES {
        let what = format!("it has more than {} MB, and cannot be read from its start alone", MAX_HELD_BYTES >> 20);
        return Err(ReadError::Unreadable {
            file: file.to_owned(),
            what: format!("{what}: unpack it to a file first"),
        });
    }
    Ok(bytes.into())
}

fn unpacked(packed: ByteStream) -> ByteStream {
    Box::new(Bounded { inner: MultiGzDecoder::new(packed), left: MAX_UNPACKED_BYTES })
}

fn broken_gzip(file: &str, fault: &io::Error) -> ReadError {
    ReadError::Unreadable { file: file.to_owned(), what: format!("the gzip file cannot be unpacked: {fault}") }
}

/// Bytes up to a limit, beyond which reading is an error.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            io::Error::other(format!("the file unpacks to more than {} GB", MAX_UNPACKED_BYTES >> 30))
        })?;
        Ok(read)
    }
}

fn head_of(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Arc<[u8]> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap().into()
    }

    fn opened(bytes: Arc<[u8]>) -> Result<Opened, String> {
        Opened::new("f", &RowLocation::Shared(bytes)).map_err(|fault| fault.to_string())
    }

    #[test]
    fn gzip_is_unpacked_on_the_way() {
        let opened = opened(gzip(b"id,time\n1,2")).unwrap();
        assert_eq!(opened.head(), b"id,time\n1,2");
        let again = opened.reopenable().unwrap();
        for mut stream in [again.stream().unwrap(), again.stream().unwrap()] {
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            assert_eq!(text, "id,time\n1,2");
        }
    }

    #[test]
    fn packed_twice_and_cut_files_are_refused() {
        let told = |bytes: Arc<[u8]>| opened(bytes).err().unwrap();
        assert_eq!(told(gzip(&gzip(b"x"))), "f: this is a gzip file inside a gzip file; unpack it first");
        let whole = gzip(&[7; 1000]);
        assert!(told(whole[..12].into()).contains("the gzip file cannot be unpacked"));
    }

    #[test]
    fn more_than_the_limit_is_an_error_and_not_an_end() {
        let mut bounded = Bounded { inner: io::repeat(0), left: 10 };
        assert!(io::copy(&mut bounded, &mut io::sink()).unwrap_err().to_string().contains("unpacks to more than"));
    }
}
