//! The files of a Shapefile: side by side in a folder, or together in a ZIP file.
//!
//! In: the `.shp` as it was given. Out: its table and what the small files beside it say. Endings are found in any case.

use std::fs::File;
use std::io::{self, BufReader, Read as _};
use std::path::{Path, PathBuf};

use super::shapes::ShapeStream;
use crate::domain::text::nfc;
use crate::ingest::error::ReadError;
use crate::ingest::format::opened::content::{ByteStream, Reopenable};
use crate::ingest::format::opened::layers::LayerEntry;
use crate::ingest::format::opened::package::{Package, stem};

/// Bytes of a `.cpg` or `.prj` that count.
const MAX_SMALL_BYTES: u64 = 64 << 10;
/// Bytes of a `.shp` by which its kind is known.
const HEADER_BYTES: u64 = 100;

/// What belongs to one Shapefile.
#[derive(Default)]
pub(in crate::ingest::format) struct ShapefileParts {
    /// The name of the layer.
    pub(in crate::ingest::format) layer: String,
    /// The bytes of the shapes; none where a table is read alone.
    pub(in crate::ingest::format) shapes: Option<ByteStream>,
    /// The bytes of the table; none where there is none.
    pub(in crate::ingest::format) table: Option<ByteStream>,
    /// What the `.cpg` file says.
    pub(in crate::ingest::format) cpg: Option<String>,
    /// What the `.prj` file says.
    pub(in crate::ingest::format) prj: Option<String>,
    /// The name by which GDAL opens it.
    pub(in crate::ingest::format) gdal_name: String,
}

impl ShapefileParts {
    /// The parts beside a `.shp`; the shapes alone where it is no file.
    pub(in crate::ingest::format) fn beside(shapes: &Reopenable) -> Result<Self, ReadError> {
        let Some(path) = shapes.path() else {
            let gdal_name = shapes.file.clone();
            return Ok(Self { shapes: Some(shapes.stream()?), gdal_name, ..Self::default() });
        };
        if ending_is(path, "shx") {
            let what = "the index of a Shapefile (.shx)".to_owned();
            let way = "give the .shp beside it".to_owned();
            return Err(ReadError::Packed { file: shapes.file.clone(), what, way });
        }
        Ok(Self {
            layer: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            shapes: Some(opened(path)?),
            table: sibling(path, "dbf").map(|path| opened(&path)).transpose()?,
            cpg: sibling(path, "cpg").map(|path| small(&path)).transpose()?,
            prj: sibling(path, "prj").map(|path| small(&path)).transpose()?,
            gdal_name: shapes.file.clone(),
        })
    }

    /// The parts of a table without shapes.
    pub(in crate::ingest::format) fn of_table(table: &Reopenable) -> Result<Self, ReadError> {
        let cpg = table.path().and_then(|path| sibling(path, "cpg")).map(|path| small(&path)).transpose()?;
        Ok(Self { table: Some(table.stream()?), cpg, ..Self::default() })
    }

    /// The parts of a Shapefile in a ZIP file.
    pub(in crate::ingest::format) fn packed(package: &mut Package, shapes: &str) -> Result<Self, ReadError> {
        let base = stem(shapes);
        let gdal_name = format!("/vsizip/{}/{shapes}", package.file);
        let mut part = |ending: &str| -> Result<Option<Vec<u8>>, ReadError> {
            package.found(&format!("{base}.{ending}")).map(|name| package.unpacked(&name)).transpose()
        };
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let stream = |bytes: Vec<u8>| Box::new(io::Cursor::new(bytes)) as ByteStream;
        Ok(Self {
            cpg: part("cpg")?.map(text),
            prj: part("prj")?.map(text),
            table: part("dbf")?.map(stream),
            shapes: Some(stream(package.unpacked(shapes)?)),
            layer: String::new(),
            gdal_name,
        })
    }
}

/// The Shapefiles of a ZIP file as layers, in the order of `shapes`.
pub(in crate::ingest::format) fn layers_of(
    package: &mut Package,
    shapes: &[String],
) -> Result<Vec<LayerEntry>, ReadError> {
    let mut layers = Vec::new();
    let last_of = |path: &str| nfc(stem(path).rsplit('/').next().unwrap_or_default());
    for name in shapes {
        let base = stem(name);
        // Shapefiles of one name in several folders are told apart by their folders.
        let is_alone = shapes.iter().filter(|other| last_of(other) == last_of(name)).count() == 1;
        let kind =
            ShapeStream::new(package.head(name, HEADER_BYTES)?.as_slice()).map_or("geometry", |shapes| shapes.kind());
        let table = package.found(&format!("{base}.dbf"));
        let rows = table.map(|table| package.head(&table, 8)).transpose()?;
        let rows = rows.and_then(|head| Some(u32::from_le_bytes(*head.get(4..8)?.first_chunk()?)));
        layers.push(LayerEntry {
            name: if is_alone { last_of(name) } else { nfc(base) },
            geometry: Some(kind.to_owned()),
            features: rows.map(u64::from),
        });
    }
    Ok(layers)
}

fn ending_is(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending))
}

/// The file of the same name with another ending.
fn sibling(path: &Path, ending: &str) -> Option<PathBuf> {
    let usual = path.with_extension(ending);
    if usual.is_file() {
        return Some(usual);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let others = folder.read_dir().ok()?.filter_map(Result::ok).map(|entry| entry.path());
    others.into_iter().find(|other| other.file_stem() == path.file_stem() && ending_is(other, ending))
}

fn opened(path: &Path) -> Result<ByteStream, ReadError> {
    let file = File::open(path).map_err(|source| io_fault(path, source))?;
    Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
}

fn small(path: &Path) -> Result<String, ReadError> {
    let mut bytes = Vec::new();
    let read = opened(path)?.take(MAX_SMALL_BYTES).read_to_end(&mut bytes);
    read.map_err(|source| io_fault(path, source))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn io_fault(path: &Path, source: io::Error) -> ReadError {
    ReadError::Io { file: path.display().to_string(), source }
}
