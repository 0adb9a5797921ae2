//! Which column of a file fills which field of a record.
//!
//! In: the fields of a kind of record, the columns of a file, the operator's mapping. Out: a [`Binding`], or the
//! columns that are unknown, missing or claimed twice. A column that would hold a person is refused by its name.

use std::collections::{BTreeMap, BTreeSet};

use super::coordinates::GivenCrs;
use super::error::BindingError;
use super::format::header::unnamed;
use super::text::cell::cell_text;
use super::text::folding::{folded, letters_of};
use super::writing::Writing;
use crate::domain::index::{IndexVec, list_index};
use crate::domain::text::nfc;
use crate::domain::unsaid::FieldSet;

list_index!(
    /// A field of a kind of record, by its index in the list of its fields.
    pub FieldIndex
);
list_index!(
    /// A column of a file, from the left.
    pub ColumnIndex
);

/// Whether a file must have a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The file must have the column.
    Required,
    /// The file may lack the column.
    Optional,
}

/// A field of a kind of record.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name, which is the name of the column unless mapped.
    pub name: &'static str,
    /// Other names that can mean nothing else.
    pub aliases: &'static [&'static str],
    /// Whether a file must have it.
    pub need: Need,
}

impl Field {
    /// A field that a file must have.
    pub const fn required(name: &'static str, aliases: &'static [&'static str]) -> Self {
        Self { name, aliases, need: Need::Required }
    }

    /// A field that a file may lack.
    pub const fn optional(name: &'static str, aliases: &'static [&'static str]) -> Self {
        Self { name, aliases, need: Need::Optional }
    }

    /// Every heading that names it.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    fn is_called(&self, column: &str) -> bool {
        column != FEATURE_ID && {
            let column = folded(column);
            self.names().any(|name| name == column)
        }
    }
}

/// What the operator says about the columns of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// Columns by field.
    pub columns: BTreeMap<String, String>,
    /// Columns to leave out.
    pub ignored: BTreeSet<String>,
    /// Columns that choose rows and may fill no field.
    pub choosing: BTreeSet<String>,
    /// Values by field, then by value in the file.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// How the file writes numbers and days, as far as the operator says.
    pub writing: Writing,
    /// Whether a blank cell empties what is stored; a column that is not there never does.
    pub clears_empty: bool,
    /// The reference system of the columns of a position; degrees of WGS 84 where nothing is said.
    pub crs: Option<GivenCrs>,
}

/// Why an option does not say how to map.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is not of the form {form}")]
pub struct MappingError {
    given: String,
    form: &'static str,
}

impl Mapping {
    /// A mapping from the texts of `--map`, `--ignore-column` and `--value`.
    pub fn from_options(maps: &[String], ignored: &[String], values: &[String]) -> Result<Self, MappingError> {
        let mut mapping = Self { ignored: ignored.iter().map(|column| nfc(column)).collect(), ..Self::default() };
        for given in maps {
            let wrong = || MappingError { given: given.clone(), form: "FIELD=COLUMN" };
            let (field, column) = given.split_once('=').ok_or_else(wrong)?;
            mapping.columns.insert(nfc(field), nfc(column));
        }
        for given in values {
            let wrong = || MappingError { given: given.clone(), form: "FIELD:VALUE-IN-FILE=VALUE" };
            let (field, rest) = given.split_once(':').ok_or_else(wrong)?;
            let (from, to) = rest.rsplit_once('=').ok_or_else(wrong)?;
            mapping.values.entry(nfc(field)).or_default().insert(cell_text(from).into_owned(), nfc(to));
        }
        Ok(mapping)
    }
}

/// The column of the ids that GeoJSON features carry beside their properties; it fills `id` when nothing else does.
pub(super) const FEATURE_ID: &str = "@id";

/// A column whose every value must be "thường".
pub(super) const CLASSIFICATION: &str = "classification";

/// The columns that fill the fields of a kind of record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Binding {
    column_of_field: IndexVec<FieldIndex, Option<ColumnIndex>>,
    /// The heading of each field's column, where it is not the name of the field.
    headings: IndexVec<FieldIndex, Option<String>>,
    classification: Option<ColumnIndex>,
    /// Columns without a heading, which hold nothing where a file is sound.
    unnamed: Vec<ColumnIndex>,
    columns: usize,
}

impl Binding {
    /// Finds the column of each field.
    ///
    /// # Errors
    /// When a column is unknown, seems to describe persons, or a needed one is missing.
    pub fn new(fields: &'static [Field], columns: &[String], mapping: &Mapping) -> Result<Self, BindingError> {
        check_options(fields, columns, mapping)?;
        let mut column_of_field = IndexVec::<FieldIndex, Option<ColumnIndex>>::from(vec![None; fields.len()]);
        let (mut unknown, mut persons, mut classification) = (Vec::new(), Vec::new(), None);
        let mut without_heading = Vec::new();
        for (index, column) in ColumnIndex::of_all(columns.len()).zip(columns) {
            if describes_persons(column) && !mapping.ignored.contains(column) {
                persons.push(column.clone());
                continue;
            }
            match field_of(fields, column, mapping) {
                Some(field) => claim(&mut column_of_field[field], index, &fields[field.index()], columns)?,
                None if column.to_lowercase() == CLASSIFICATION => classification = Some(index),
                None if column == FEATURE_ID
                    || mapping.ignored.contains(column)
                    || mapping.choosing.contains(column) => {}
                None if *column == unnamed(index.index()) => without_heading.push(index),
                None => unknown.push(column.clone()),
            }
        }
        if !persons.is_empty() {
            return Err(BindingError::Persons { columns: persons });
        }
        if !unknown.is_empty() {
            return Err(BindingError::Unknown { columns: unknown, fields: names(fields) });
        }
        if let Some(id) = position(fields, |field| field.name == "id") {
            let feature_id =
                columns.iter().position(|column| column == FEATURE_ID && !mapping.ignored.contains(column));
            column_of_field[id] = column_of_field[id].or(feature_id.map(ColumnIndex::new));
        }
        let heading = |(field, column): (&Field, &Option<ColumnIndex>)| {
            let heading = &columns[(*column)?.index()];
            (*heading != field.name).then(|| heading.clone())
        };
        let headings = fields.iter().zip(column_of_field.iter()).map(heading).collect();
        Ok(Self { column_of_field, headings, classification, unnamed: without_heading, columns: columns.len() })
    }

    /// Checks that every field that must be there has a column.
    pub fn check_complete(&self, fields: &'static [Field], columns: &[String]) -> Result<(), BindingError> {
        let bound = fields.iter().zip(&self.column_of_field);
        let missing: Vec<&str> = bound
            .filter(|(field, column)| field.need == Need::Required && column.is_none())
            .map(|(f, _)| f.name)
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(BindingError::Missing { fields: missing, columns: columns.to_vec() })
    }

    /// The column of a field.
    pub fn column(&self, field: FieldIndex) -> Option<ColumnIndex> {
        self.column_of_field.at(field).copied().flatten()
    }

    /// The heading of a field's column, where it is not the name of the field.
    pub(super) fn heading(&self, field: FieldIndex) -> Option<&str> {
        self.headings.at(field)?.as_deref()
    }

    /// The columns without a heading.
    pub(super) fn unnamed(&self) -> &[ColumnIndex] {
        &self.unnamed
    }

    /// The fields that no column fills.
    pub(super) fn absent_fields(&self) -> FieldSet {
        let is_absent = |field: &FieldIndex| self.column(*field).is_none();
        FieldIndex::of_all(self.column_of_field.len()).filter(is_absent).collect()
    }

    /// The column of the secrecy mark.
    pub(super) fn classification(&self) -> Option<ColumnIndex> {
        self.classification
    }

    /// Whether the binding was made for this number of columns.
    pub(super) fn covers(&self, columns: usize) -> bool {
        self.columns == columns
    }
}

fn names(fields: &[Field]) -> Vec<&'static str> {
    fields.iter().map(|field| field.name).collect()
}

fn check_options(fields: &'static [Field], columns: &[String], mapping: &Mapping) -> Result<(), BindingError> {
    let fields_named = mapping.columns.keys().chain(mapping.values.keys());
    for field in fields_named {
        if !fields.iter().any(|known| known.name == *field) {
            return Err(BindingError::NoField { field: field.clone(), fields: names(fields) });
        }
    }
    match mapping.columns.values().find(|column| !columns.is_empty() && !columns.contains(column)) {
        Some(column) => Err(BindingError::NoColumn { column: column.clone(), columns: columns.to_vec() }),
        None => Ok(()),
    }
}

/// The field that a column fills: by the operator's word first, by its name otherwise.
fn field_of(fields: &[Field], column: &String, mapping: &Mapping) -> Option<FieldIndex> {
    let told = mapping.columns.iter().find(|(_, mapped)| *mapped == column);
    if let Some((name, _)) = told {
        return position(fields, |field| field.name == name);
    }
    if mapping.ignored.contains(column) {
        return None;
    }
    let named = position(fields, |field| field.is_called(column))?;
    (!mapping.columns.contains_key(fields[named.index()].name)).then_some(named)
}

fn position(fields: &[Field], is_wanted: impl FnMut(&Field) -> bool) -> Option<FieldIndex> {
    fields.iter().position(is_wanted).map(FieldIndex::new)
}

fn claim(
    slot: &mut Option<ColumnIndex>,
    column: ColumnIndex,
    field: &Field,
    columns: &[String],
) -> Result<(), BindingError> {
    if let Some(first) = *slot {
        let (first, second) = (columns[first.index()].clone(), columns[column.index()].clone());
        return Err(BindingError::Ambiguous { field: field.name, first, second });
    }
    *slot = Some(column);
    Ok(())
}

const PERSON_WORDS: [&str; 44] = [
    "name",
    "fullname",
    "firstname",
    "lastname",
    "surname",
    "ten",
    "hoten",
    "hovaten",
    "hodem",
    "cccd",
    "cmnd",
    "cmt",
    "socccd",
    "socmnd",
    "cancuoc",
    "dinhdanh",
    "sodinhdanh",
    "passport",
    "hochieu",
    "phone",
    "phonenumber",
    "mobile",
    "telephone",
    "tel",
    "sdt",
    "sodienthoai",
    "dienthoai",
    "email",
    "mail",
    "dob",
    "birthday",
    "birthdate",
    "dateofbirth",
    "ngaysinh",
    "namsinh",
    "address",
    "diachi",
    "victim",
    "suspect",
    "nannhan",
    "nghipham",
    "doituong",
    "nguoibaocao",
    "reporter",
];

/// Those among them that mean persons inside longer names as well, such as `ho_ten_nan_nhan`.
const PERSON_PARTS: [&str; 23] = [
    "hoten",
    "hovaten",
    "fullname",
    "firstname",
    "lastname",
    "surname",
    "cccd",
    "cmnd",
    "cancuoc",
    "dinhdanh",
    "passport",
    "hochieu",
    "sdt",
    "sodienthoai",
    "email",
    "ngaysinh",
    "birthday",
    "victim",
    "suspect",
    "nannhan",
    "nghipham",
    "reporter",
    "nguoibao",
];

/// Words that make up one part: họ và tên.
const MAX_PART_WORDS: usize = 3;

/// Whether a column is called like a person's name, number, address or birthday.
fn describes_persons(column: &str) -> bool {
    let letters: String = letters_of(column).collect();
    let words: Vec<&str> =
        letters.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut parts = (1..=MAX_PART_WORDS).flat_map(|count| words.windows(count)).map(<[&str]>::concat);
    PERSON_WORDS.contains(&words.concat().as_str()) || parts.any(|part| PERSON_PARTS.contains(&part.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] =
        &[Field::required("id", &[]), Field::required("time", &["ts"]), Field::optional("lon", &["longitude"])];

    fn bound(columns: &[&str], mapping: &Mapping) -> Result<Vec<Option<usize>>, String> {
        let columns: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
        let binding = Binding::new(FIELDS, &columns, mapping).map_err(|error| error.to_string())?;
        binding.check_complete(FIELDS, &columns).map_err(|error| error.to_string())?;
        let column = |field: FieldIndex| binding.column(field).map(ColumnIndex::index);
        Ok(FieldIndex::of_all(FIELDS.len()).map(column).collect())
    }

    fn mapping(maps: &[&str], ignored: &[&str]) -> Mapping {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        Mapping::from_options(&owned(maps), &owned(ignored), &[]).unwrap()
    }

    #[test]
    fn columns_are_found_by_name_alias_and_map() {
        assert_eq!(bound(&["ts", "ID"], &Mapping::default()), Ok(vec![Some(1), Some(0), None]));
        assert_eq!(bound(&["mã", "time"], &mapping(&["id=mã"], &[])), Ok(vec![Some(0), Some(1), None]));
    }

    #[test]
    fn columns_are_found_by_vietnamese_headings() {
        for heading in ["Kinh độ", "KINH ĐỘ", "kinh_do", "Kinh-do"] {
            const NAMED: &[Field] = &[Field::optional("lon", &["kinh_do"])];
            let binding = Binding::new(NAMED, &[heading.to_owned()], &Mapping::default()).unwrap();
            assert_eq!(binding.column(FieldIndex::new(0)), Some(ColumnIndex::new(0)), "{heading}");
        }
        let message = bound(&["id", "Time", "time "], &Mapping::default()).unwrap_err();
        assert!(message.contains("both mean time"), "{message}");
    }

    #[test]
    fn unknown_columns_stop_by_name() {
        let message = bound(&["id", "time", "ghi chú", "x"], &Mapping::default()).unwrap_err();
        assert_eq!(
            message,
            "unknown columns \"ghi chú\", \"x\": give --map FIELD=COLUMN to use one or --ignore-column COLUMN to leave \
             it out; fields are id, time, lon"
        );
        assert!(bound(&["id", "time", "ghi chú", "x"], &mapping(&[], &["ghi chú", "x"])).is_ok());
    }

    #[test]
    fn person_columns_are_refused_even_when_mapped() {
        let parts = ["Tên nạn nhân", "ho_ten_nan_nhan", "cccd_so", "victim_name", "SĐT người báo", "số điện thoại 2"];
        let whole = ["Họ và tên", "ho_ten", "CCCD", "phone", "Địa chỉ", "Số điện thoại"];
        for column in whole.into_iter().chain(parts) {
            let message = bound(&["id", "time", column], &mapping(&[&format!("lon={column}")], &[])).unwrap_err();
            assert!(message.contains("may describe persons"), "{column}: {message}");
            assert!(bound(&["id", "time", column], &mapping(&[], &[column])).is_ok());
        }
    }

    #[test]
    fn words_that_only_sound_like_persons_may_be_mapped() {
        for column in ["tên loại", "category_name", "phone_channel", "địa chỉ xã"] {
            let given = mapping(&[&format!("lon={column}")], &[]);
            assert_eq!(bound(&["id", "time", column], &given), Ok(vec![Some(0), Some(1), Some(2)]), "{column}");
        }
    }

    #[test]
    fn the_id_of_a_feature_stands_in_for_the_column() {
        assert_eq!(bound(&["@id", "time"], &Mapping::default()), Ok(vec![Some(0), Some(1), None]));
        assert_eq!(bound(&["@id", "id", "time"], &Mapping::default()), Ok(vec![Some(1), Some(2), None]));
        assert!(bound(&["@id", "time"], &mapping(&[], &["@id"])).unwrap_err().contains("\"id\" missing"));
    }

    #[test]
    fn a_missing_column_and_a_double_meaning_are_named() {
        let message = bound(&["id", "lon"], &Mapping::default()).unwrap_err();
        assert_eq!(message, "column \"time\" missing: the file has id, lon; give --map FIELD=COLUMN");
        let message = bound(&["id", "time", "ts"], &Mapping::default()).unwrap_err();
        assert_eq!(message, "columns \"time\" and \"ts\" both mean time: keep one with --ignore-column");
    }

    #[test]
    fn options_that_name_nothing_are_refused() {
        assert!(bound(&["id", "time"], &mapping(&["when=time"], &[])).unwrap_err().starts_with("there is no field"));
        let message = bound(&["id", "time"], &mapping(&["id=mã"], &[])).unwrap_err();
        assert_eq!(message, "the file has no column \"mã\"; it has id, time");
        assert!(Mapping::from_options(&["id".to_owned()], &[], &[]).is_err());
    }
}
