//! How a file is opened, as options of every verb that reads tables say it.

use std::path::Path;

use clap::Args;

use super::writing_args::EncodingOption;
use crate::ingest::{Encoding, GivenCrs, HeaderSearch, PartOfMore, RowSource, WantedValue};

/// Options of how the bytes of a file become rows.
#[derive(Debug, Clone, Default, Args)]
pub(in crate::cli) struct SourceArgs {
    /// The sheet of a spreadsheet; the first one that shows when not given.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The layer of a file with several; the list of them is printed when it is needed and not given.
    #[arg(long, value_name = "NAME")]
    layer: Option<String>,
    /// Take only rows with this value; values of one column are alternatives; may be given several times.
    #[arg(long = "where", value_name = "COLUMN=VALUE", value_parser = row_filter)]
    row_filters: Vec<WantedValue>,
    /// How the bytes of the file are to be read: utf-8, windows-1258, tcvn3, vni, utf-16le, utf-16be, utf-8-twice;
    /// without it, as the file says, or utf-8.
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<EncodingOption>,
    /// What parts the fields of CSV: comma, semicolon, tab, pipe, or the character itself; without it, what the file shows.
    #[arg(long, value_name = "DELIMITER", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// Take a file although it says that it is a part of something longer.
    #[arg(long)]
    partial: bool,
    /// The row that names the columns: a line of a text file, a row of a sheet; without it the row that names fields.
    #[arg(long, value_name = "ROW", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    header_row: Option<u64>,
    /// The reference system of the coordinates, such as EPSG:5899; without it, what the file declares, or degrees of WGS 84.
    #[arg(long, value_name = "SYSTEM")]
    pub(in crate::cli) crs: Option<GivenCrs>,
}

impl SourceArgs {
    /// A file as it shows itself, its coordinates in a reference system.
    pub(in crate::cli) fn in_crs(crs: Option<GivenCrs>) -> Self {
        Self { crs, ..Self::default() }
    }

    /// A file as a source of rows.
    pub(in crate::cli) fn source(&self, file: &Path) -> RowSource {
        let on_part = if self.partial { PartOfMore::Taken } else { PartOfMore::Refused };
        RowSource::file(file)
            .with_encoding(self.encoding.map(Encoding::from))
            .with_sheet(self.sheet.clone())
            .with_layer(self.layer.clone())
            .with_filters(self.row_filters.clone())
            .with_header(HeaderSearch::new(self.header_row, Vec::new()).with_delimiter(self.delimiter))
            .with_part(on_part)
            .with_crs(self.crs)
    }
}

impl SourceArgs {
    /// The columns that choose rows.
    pub(in crate::cli) fn choosing_columns(&self) -> impl Iterator<Item = &str> {
        self.row_filters.iter().map(WantedValue::column)
    }
}

fn row_filter(text: &str) -> Result<WantedValue, String> {
    let (column, value) = text.split_once('=').ok_or("write COLUMN=VALUE")?;
    Ok(WantedValue::new(column, value))
}

fn delimiter(text: &str) -> Result<u8, String> {
    match (text.to_lowercase().as_str(), text.as_bytes()) {
        ("comma", _) => Ok(b','),
        ("semicolon", _) => Ok(b';'),
        ("tab" | "\\t", _) => Ok(b'\t'),
        ("pipe", _) => Ok(b'|'),
        (_, [sign]) if !sign.is_ascii_alphanumeric() && !matches!(sign, b'"' | b'\n' | b'\r') && sign.is_ascii() => {
            Ok(*sign)
        }
        _ => {
            Err("write comma, semicolon, tab, pipe, or one sign that is no letter, digit or quotation mark".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_have_names_or_stand_for_themselves() {
        for (text, sign) in
            [("Semicolon", b';'), (";", b';'), ("tab", b'\t'), ("\\t", b'\t'), ("\t", b'\t'), ("^", b'^')]
        {
            assert_eq!(delimiter(text), Ok(sign), "{text}");
        }
        for text in ["", ";;", "a", "1", "\"", "é"] {
            assert!(delimiter(text).is_err(), "{text}");
        }
    }
}
