//! Registers of units from tables: codes, names, parents, official figures and points.
//!
//! In: a table with the columns level, code, name, `other_names`, parent, `former_province`, `area_km2`,
//! residents, `residents_year`, lon and lat, of which all but the first three may be empty. Out: a [`Register`]. A row that cannot be
//! read is an error: a register with holes would call sound files wrong.

use super::error::ReadError;
use super::fields::ColumnIndex;
use super::format::record::Record;
use super::format::source::RowSource;
use crate::domain::area::edition::EditionId;
use crate::domain::area::register::{Register, RegisteredArea};

/// Why a register cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A row holds something else than it should.
    #[error("{file}, line {line}: {column} {value:?}: {expected}")]
    Row {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        value: String,
        /// What should.
        expected: &'static str,
    },
}

/// The register of an edition from a table.
///
/// # Errors
/// When the table cannot be read, or a row of it.
pub fn register(edition: EditionId, source: &RowSource) -> Result<Register, RegisterError> {
    let mut reader = source.records()?;
    let mut record = Record::default();
    let mut units = Vec::new();
    while reader.read(&mut record)? {
        let row = RegisterRow { file: source.name(), record: &record, columns: reader.columns() };
        units.push(row.unit()?);
    }
    Ok(Register::new(edition, units))
}

struct RegisterRow<'a> {
    file: &'a str,
    record: &'a Record,
    columns: &'a [String],
}

impl RegisterRow<'_> {
    fn unit(&self) -> Result<RegisteredArea, RegisterError> {
        let names = self.text("other_names").unwrap_or_default();
        Ok(RegisteredArea {
            level: self.needed("level", "a level is needed")?,
            code: self.needed("code", "a code is needed")?,
            name: self.needed("name", "a name is needed")?,
            other_names: names.split(';').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            parent: self.parsed("parent", "the code of a district is needed")?,
            former_province: self.text("former_province").unwrap_or_default().to_owned(),
            area_km2: self.parsed("area_km2", "square kilometres are needed")?,
            residents: self.parsed("residents", "a whole number is needed")?,
            lon: self.parsed("lon", "degrees are needed")?,
            lat: self.parsed("lat", "degrees are needed")?,
        })
    }

    fn text(&self, column: &'static str) -> Option<&str> {
        let index = self.columns.iter().position(|known| known == column)?;
        self.record.text(ColumnIndex::new(index))
    }

    fn parsed<T: std::str::FromStr>(
        &self,
        column: &'static str,
        expected: &'static str,
    ) -> Result<Option<T>, RegisterError> {
        self.text(column).map(|text| text.parse().map_err(|_| self.fault(column, text, expected))).transpose()
    }

    fn needed<T: std::str::FromStr>(&self, column: &'static str, expected: &'static str) -> Result<T, RegisterError> {
        self.parsed(column, expected)?.ok_or_else(|| self.fault(column, "", expected))
    }

    fn fault(&self, column: &'static str, value: &str, expected: &'static str) -> RegisterError {
        let (file, line, value) = (self.file.to_owned(), self.record.line, value.to_owned());
        RegisterError::Row { file, line, column, value, expected }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::area::Level;

    fn read(rows: &str) -> Result<Register, RegisterError> {
        let columns = "level,code,name,other_names,parent,former_province,area_km2,residents,residents_year,lon,lat";
        let table = format!("{columns}\n{rows}");
        register("2020-02".parse().unwrap(), &RowSource::shared("register.csv", &table.into_bytes().into()))
    }

    #[test]
    fn a_row_is_read_and_what_is_not_given_stays_open() {
        let register =
            read("commune,20335,One,I;1,502,49,5.8,11726,2019,108.4,15.5\ncommune,20338,Two,,,,,,,,\n").unwrap();
        let units: Vec<&RegisteredArea> = register.of_level(Level::Commune).collect();
        assert_eq!((units[0].area_km2, units[0].residents, units[0].lon), (Some(5.8), Some(11_726), Some(108.4)));
        assert_eq!(units[0].other_names, ["I", "1"]);
        assert_eq!((units[1].area_km2, units[1].residents, units[1].parent.as_ref()), (None, None, None));
    }

    #[test]
    fn a_row_that_cannot_be_read_is_named_with_its_column() {
        let error = read("commune,20335,One,,502,49,wide,,,,\n").unwrap_err();
        assert_eq!(error.to_string(), "register.csv, line 2: area_km2 \"wide\": square kilometres are needed");
        assert!(read("ward,20335,One,,,,,,,,\n").is_err() && read("commune,,One,,,,,,,,\n").is_err());
    }
}
