//! `/export/{format}`: the areas of a level, or all tiles of a map, in one file.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;

use crate::domain::text::Language;
use crate::export::archive::{ArchiveFormat, archive};
use crate::export::area_files::{AreaFormat, area_file};
use crate::http::answer::download::{file_name, language};
use crate::http::answer::{CSV, FLATGEOBUF, Freshness, GEOJSON, Head, PARQUET, PMTILES, SQLITE, XLSX, bytes};
use crate::http::error::{ApiError, quoted};
use crate::http::extract::api_request::ApiRequest;
use crate::http::routes::filter_and;
use crate::service::error::ServiceError;
use crate::service::heavy_work::WorkCost;
use crate::service::questions::areas::LevelQuestion;
use crate::service::questions::tile_archive::ArchiveQuestion;
use crate::texts::text;

/// What a file of areas costs: megabytes of text or packed columns.
const AREAS: WorkCost = WorkCost::Units(2);
/// What the tiles down to the last zoom that is given unasked cost.
const TILES: WorkCost = WorkCost::Units(4);
/// The deepest zoom of an archive that a server makes while somebody waits; the command line makes deeper ones.
pub(in crate::http) const DEEPEST_ZOOM: u8 = 14;

/// What a file holds.
#[derive(Debug, Clone, Copy)]
enum FileContent {
    Tiles(ArchiveFormat),
    Areas(AreaFormat),
}

/// A format by the name in its address.
#[derive(Debug, Clone, Copy)]
struct FileFormat {
    name: &'static str,
    /// The ending of the name to save it by; it names the format in an address too.
    ending: &'static str,
    media: &'static str,
    content: FileContent,
}

const FORMATS: [FileFormat; 7] = [
    FileFormat {
        name: "pmtiles",
        ending: "pmtiles",
        media: PMTILES,
        content: FileContent::Tiles(ArchiveFormat::PmTiles),
    },
    FileFormat {
        name: "mbtiles",
        ending: "mbtiles",
        media: SQLITE,
        content: FileContent::Tiles(ArchiveFormat::MbTiles),
    },
    FileFormat { name: "geojson", ending: "geojson", media: GEOJSON, content: FileContent::Areas(AreaFormat::GeoJson) },
    FileFormat {
        name: "flatgeobuf",
        ending: "fgb",
        media: FLATGEOBUF,
        content: FileContent::Areas(AreaFormat::FlatGeobuf),
    },
    FileFormat {
        name: "geoparquet",
        ending: "parquet",
        media: PARQUET,
        content: FileContent::Areas(AreaFormat::GeoParquet),
    },
    FileFormat { name: "csv", ending: "csv", media: CSV, content: FileContent::Areas(AreaFormat::Csv) },
    FileFormat { name: "xlsx", ending: "xlsx", media: XLSX, content: FileContent::Areas(AreaFormat::Xlsx) },
];

/// The names of the formats.
pub(in crate::http) fn names() -> [&'static str; FORMATS.len()] {
    FORMATS.map(|format| format.name)
}

/// A file of a format.
pub(in crate::http) async fn file(api_request: ApiRequest, Path(name): Path<String>) -> Result<Response, ApiError> {
    let known = FORMATS.iter().find(|format| format.name == name || format.ending == name);
    let format = *known.ok_or_else(|| {
        let known = names().into_iter().chain(["png", "svg"]).map(str::to_owned).collect();
        ServiceError::NotFound { what: text!("request-no-file-format", name = quoted(&name)), known }
    })?;
    match format.content {
        FileContent::Tiles(kind) => tiles(&api_request, format, kind).await,
        FileContent::Areas(kind) => areas(&api_request, format, kind).await,
    }
}

async fn tiles(api_request: &ApiRequest, format: FileFormat, kind: ArchiveFormat) -> Result<Response, ApiError> {
    let query = api_request.query(&[&ArchiveQuestion::parameters()[..], &["lang"]].concat())?;
    let (served, language) = (api_request.served()?, language(&query, api_request.language)?);
    let question = ArchiveQuestion::of(&query, &served, api_request.viewer, DEEPEST_ZOOM)?;
    // A zoom deeper has about four times the tiles; most of them lie within one area and are equal.
    let cost = (12..question.last_zoom()).fold(TILES, |cost, _| cost.with(cost));
    let named = Named { key: question.key(), name: question.file_name().to_owned(), language };
    let head = named.head(api_request, format)?.at_cost(cost);
    let service = Arc::clone(&api_request.state.service);
    bytes(api_request, head, format.media, move || archive(kind, &question, &service, language, &|_| ())).await
}

async fn areas(api_request: &ApiRequest, format: FileFormat, kind: AreaFormat) -> Result<Response, ApiError> {
    let query = api_request.query(&filter_and(&["edition", "level", "lang"]))?;
    let (served, language) = (api_request.served()?, language(&query, api_request.language)?);
    let question = LevelQuestion::of(&query, &served, api_request.viewer)?;
    let named = Named { key: question.key(&served), name: question.file_name(), language };
    let head = named.head(api_request, format)?.at_cost(AREAS);
    let service = Arc::clone(&api_request.state.service);
    bytes(api_request, head, format.media, move || {
        let assessed = question.assessed(&service, &served)?;
        area_file(kind, &assessed, language).map_err(|error| ServiceError::internal(&error))
    })
    .await
}

/// What a file is named by.
struct Named {
    key: String,
    name: String,
    language: Language,
}

impl Named {
    fn head(&self, api_request: &ApiRequest, format: FileFormat) -> Result<Head, ApiError> {
        let served = api_request.served()?;
        let key = format!("{}&format={}", self.key, format.name);
        let head = Head::in_language(api_request, &served, &key, Freshness::Revalidate, Some(self.language));
        let head = if matches!(format.media, CSV | GEOJSON) { head } else { head.uncompressed() };
        Ok(head.saved_as(file_name(&[&self.name], format.ending)))
    }
}
