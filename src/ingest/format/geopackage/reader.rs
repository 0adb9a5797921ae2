//! A layer of a `GeoPackage` as records.
//!
//! The database is asked on a thread of its own, which has its own small runtime: nobody who reads records has to be
//! asynchronous, and it works where a runtime runs already.

use std::sync::Arc;

use futures_util::TryStreamExt as _;
use geojson::Geometry;
use sqlx::{AssertSqlSafe, SqliteConnection};
use tokio::runtime::Builder;

use super::blob::blob_geometry;
use super::database::{
    GeoPackageLayer, SqliteCell, cell, columns, declared_crs, is_view, layers, opened_bytes, opened_file, rows_sql,
};
use crate::domain::text::nfc;
use crate::ingest::error::ReadError;
use crate::ingest::fields::ColumnIndex;
use crate::ingest::format::opened::background::{BackgroundRows, RowSender};
use crate::ingest::format::opened::columns::NamedColumns;
use crate::ingest::format::opened::content::Reopenable;
use crate::ingest::format::opened::layers::{LayerEntry, chosen_layer};
use crate::ingest::format::opened::signatures::{convert, shell_word};
use crate::ingest::format::record::{CellFault, CellKind, Record, RecordReader};

/// The features of a layer.
pub(in crate::ingest::format) struct GeoPackageRecords {
    file: String,
    layer: Option<Arc<str>>,
    columns: NamedColumns,
    crs: Option<String>,
    rows: BackgroundRows<DatabaseStep>,
    number: u64,
}

/// What the thread of the database tells, in this order.
enum DatabaseStep {
    /// What is read.
    Opened { layer: Option<String>, columns: Vec<String>, crs: Option<String> },
    /// A feature.
    Row { cells: Vec<SqliteCell>, geometry: Result<Option<Geometry>, String> },
}

impl GeoPackageRecords {
    /// Opens a layer of a file.
    pub(in crate::ingest::format) fn new(content: &Reopenable, wanted: Option<&str>) -> Result<Self, ReadError> {
        let file = content.file.clone();
        let (asked, wanted) = (content.clone(), wanted.map(str::to_owned));
        let mut rows = BackgroundRows::new(&file, move |sender| read_layer(&asked, wanted.as_deref(), sender));
        let first = rows.next_row()?;
        let Some(DatabaseStep::Opened { layer, columns, crs }) = first else {
            return Err(ReadError::Unreadable { file, what: "it has no layer".to_owned() });
        };
        let columns = NamedColumns::of_table(columns.iter().map(String::as_str));
        Ok(Self { file, layer: layer.map(Into::into), columns, crs, rows, number: 0 })
    }
}

/// Reads a layer on the present thread.
fn read_layer(content: &Reopenable, wanted: Option<&str>, sender: &RowSender<DatabaseStep>) -> Result<(), ReadError> {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|source| ReadError::Io { file: content.file.clone(), source })?;
    runtime.block_on(async {
        let opened = match content.path() {
            Some(path) => opened_file(path).await,
            None => opened_bytes(&content.bytes()?).await,
        };
        let damaged = |fault: sqlx::Error| damaged(&content.file, &fault);
        let mut connection = opened.map_err(damaged)?;
        let Some(all) = layers(&mut connection).await.map_err(damaged)? else {
            return Err(convert(&content.file, "an SQLite or SpatiaLite file without the tables of GeoPackage", None));
        };
        let entries: Vec<LayerEntry> = all.iter().map(|layer| layer.entry.clone()).collect();
        if let Some(view) = wanted.filter(|wanted| entries.iter().all(|entry| nfc(&entry.name) != nfc(wanted)))
            && is_view(&mut connection, view).await.map_err(damaged)?
        {
            return Err(refused_view(&content.file, view));
        }
        let layer = &all[chosen_layer(&content.file, &entries, wanted)?];
        let names = columns(&mut connection, layer).await.map_err(damaged)?;
        let crs = declared_crs(&mut connection, layer).await.map_err(damaged)?;
        let named = (all.len() > 1).then(|| layer.entry.name.clone());
        if sender.give(DatabaseStep::Opened { layer: named, columns: names.clone(), crs }) {
            send_rows(&mut connection, layer, &names, sender).await.map_err(damaged)?;
        }
        Ok(())
    })
}

/// A view is a query of whoever wrote the file, which is not run.
fn refused_view(file: &str, view: &str) -> ReadError {
    let (source, name) = (shell_word(file), shell_word(view));
    let what = format!(
        "its layer {view:?} is a view, and only tables are read: make a table of it with: ogr2ogr -f GPKG table.gpkg \
         {source} {name}"
    );
    ReadError::Unreadable { file: file.to_owned(), what }
}

async fn send_rows(
    connection: &mut SqliteConnection,
    layer: &GeoPackageLayer,
    columns: &[String],
    sender: &RowSender<DatabaseStep>,
) -> sqlx::Result<()> {
    let mut rows = sqlx::query(AssertSqlSafe(rows_sql(layer, columns))).fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let cells = (0..columns.len()).map(|place| cell(&row, place)).collect::<sqlx::Result<Vec<_>>>()?;
        let drawn = if layer.geometry_column.is_some() { cell(&row, columns.len())? } else { SqliteCell::Null };
        let geometry = match drawn {
            SqliteCell::Null => Ok(None),
            SqliteCell::Bytes(blob) => blob_geometry(&blob),
            SqliteCell::Number(_) | SqliteCell::Text(_) => Err("its geometry is no geometry".to_owned()),
        };
        if !sender.give(DatabaseStep::Row { cells, geometry }) {
            break;
        }
    }
    Ok(())
}

fn damaged(file: &str, fault: &sqlx::Error) -> ReadError {
    ReadError::Unreadable { file: file.to_owned(), what: fault.to_string() }
}

impl RecordReader for GeoPackageRecords {
    fn columns(&self) -> &[String] {
        self.columns.names()
    }

    fn is_table(&self) -> bool {
        false
    }

    fn declared_crs(&self) -> Option<String> {
        self.crs.clone()
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        let Some(step) = self.rows.next_row()? else { return Ok(false) };
        let DatabaseStep::Row { cells, geometry } = step else {
            return Err(ReadError::Unreadable {
                file: self.file.clone(),
                what: "it changed while it was read".to_owned(),
            });
        };
        self.number += 1;
        record.begin_feature(self.number, self.columns.names().len(), self.layer.as_ref());
        for (place, cell) in cells.into_iter().enumerate() {
            let column = ColumnIndex::new(place);
            match cell {
                SqliteCell::Null => {}
                SqliteCell::Number(number) => record.set_as(column, CellKind::Number, &number),
                SqliteCell::Text(text) => record.set(column, &text),
                SqliteCell::Bytes(bytes) => {
                    let (value, reason) = (format!("{} bytes", bytes.len()), "the value is no text".to_owned());
                    record.cell_faults.push(CellFault { column, value, reason });
                }
            }
        }
        match geometry {
            Ok(geometry) => record.geometry = geometry,
            Err(why) => record.fault = Some(why),
        }
        Ok(true)
    }
}
