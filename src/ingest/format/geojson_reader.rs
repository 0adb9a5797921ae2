//! GeoJSON (RFC 7946): the features of a `FeatureCollection`, one at a time.
//!
//! Memory holds one feature, however large the file. Properties become text columns, a nested value a column that no
//! field can be read from. What the file says of itself, before or behind its features, is held against them.

use std::collections::BTreeMap;
use std::io::Read;

use geojson::JsonValue;

use super::clean_text::{CleanText, RecordBudget, TextError, line_ends};
use super::collection_claims::{CollectionClaims, LIST_OF_RECORDS, PartOfMore};
use super::geojson_feature::{FeatureFault, FeatureMembers, Property, feature, nested};
use super::json_members::JsonFault;
use super::json_scanner::{JsonScanError, JsonScanner};
use super::record::{CellKind, Record, RecordReader};
use crate::ingest::error::ReadError;
use crate::ingest::fields::{ColumnIndex, FEATURE_ID};
use crate::ingest::text::encoding::Encoding;

/// No single boundary is larger; a file that seems to hold one is broken.
const MAX_FEATURE_BYTES: usize = 256_000_000;
const MAX_MEMBER_BYTES: usize = 1_000_000;
/// Different names of properties; a file with more has data in its names.
const MAX_COLUMNS: usize = 4096;
/// What parts the features of a text sequence (RFC 8142).
const RECORD_SEPARATOR: u8 = 0x1E;

/// The features of a GeoJSON file.
pub(in crate::ingest) struct GeoJsonRecords {
    file: String,
    scanner: JsonScanner<CleanText<Box<dyn Read + Send>>>,
    budget: RecordBudget,
    columns: Vec<String>,
    column_indices: BTreeMap<String, ColumnIndex>,
    state: FeatureProgress,
    claims: CollectionClaims,
    /// What the member "crs" says.
    on_part: PartOfMore,
    bytes: Vec<u8>,
    features: u64,
    /// The line on which the feature before this one began.
    line_before: Option<u64>,
    /// The reference system that was named before the features.
    crs: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FeatureProgress {
    /// The features of a collection.
    Features,
    /// Features one after the other, without a collection around them.
    Sequence,
    Done,
}

impl GeoJsonRecords {
    /// Opens a file and reads up to its features.
    pub(in crate::ingest) fn new(
        file: &str,
        bytes: Box<dyn Read + Send>,
        encoding: Encoding,
        on_part: PartOfMore,
    ) -> Result<Self, ReadError> {
        let mut records = Self { on_part, ..Self::at_start(file, bytes, encoding) };
        if records.scanned(JsonScanner::peek)?.is_none() {
            return Err(ReadError::Empty { file: file.to_owned() });
        }
        if records.scanned(|scanner| scanner.take(b'['))? {
            let is_of_objects = records.scanned(JsonScanner::peek)? == Some(b'{');
            let otherwise = "the { of a FeatureCollection is expected, not '['";
            return Err(records.syntax(if is_of_objects { LIST_OF_RECORDS } else { otherwise }));
        }
        records.scanned(|scanner| scanner.expect(b'{', "the { of a FeatureCollection"))?;
        if records.members()? == FeaturesOrEnd::End {
            let otherwise = "there is no \"features\" list: a FeatureCollection is needed";
            return Err(records.syntax(records.claims.other_form().unwrap_or(otherwise)));
        }
        records.scanned(|scanner| scanner.expect(b'[', "the [ of the features"))?;
        records.state = FeatureProgress::Features;
        Ok(records)
    }

    /// Opens a file of features one after the other: a line each, or each behind a record separator.
    pub(in crate::ingest) fn of_sequence(file: &str, bytes: Box<dyn Read + Send>, encoding: Encoding) -> Self {
        Self { state: FeatureProgress::Sequence, ..Self::at_start(file, bytes, encoding) }
    }

    fn at_start(file: &str, bytes: Box<dyn Read + Send>, encoding: Encoding) -> Self {
        let budget = RecordBudget::new(MAX_FEATURE_BYTES);
        Self {
            file: file.to_owned(),
            scanner: JsonScanner::new(CleanText::new(bytes, encoding, budget.clone())),
            budget,
            columns: Vec::new(),
            column_indices: BTreeMap::new(),
            state: FeatureProgress::Features,
            claims: CollectionClaims::default(),
            on_part: PartOfMore::Refused,
            bytes: Vec::new(),
            features: 0,
            line_before: None,
            crs: None,
        }
    }

    /// Reads members of the collection up to its features or its end.
    fn members(&mut self) -> Result<FeaturesOrEnd, ReadError> {
        loop {
            if self.scanned(|scanner| scanner.take(b'}'))? {
                return self.nothing_follows();
            }
            let name = self.member_bytes()?;
            let name: String = serde_json::from_slice(&name).map_err(|_| self.syntax("a member has no name"))?;
            self.scanned(|scanner| scanner.expect(b':', "the : after a member's name"))?;
            self.claims.note_name(&name).map_err(|fault| self.syntax(&fault.to_string()))?;
            if name == "features" {
                return Ok(FeaturesOrEnd::Features);
            }
            let value = self.member_bytes()?;
            self.check_member(&name, &value)?;
            self.claims.note_value(&name, &value).map_err(|fault| self.syntax(&format!("{name:?}: {fault}")))?;
            self.scanned(|scanner| scanner.take(b','))?;
        }
    }

    fn member_bytes(&mut self) -> Result<Vec<u8>, ReadError> {
        let mut bytes = Vec::new();
        self.scanned(|scanner| scanner.value(&mut bytes, MAX_MEMBER_BYTES))?;
        Ok(bytes)
    }

    fn check_member(&mut self, name: &str, value: &[u8]) -> Result<(), ReadError> {
        let text = String::from_utf8_lossy(value);
        if name == "type" && text != "\"FeatureCollection\"" {
            return Err(self.syntax(&format!(
                "this is a GeoJSON {text}, a FeatureCollection is needed: ogr2ogr -f GeoJSON makes one"
            )));
        }
        if name == "crs" && text != "null" {
            let crs = serde_json::from_slice::<JsonValue>(value).ok();
            let crs = crs.and_then(|crs| crs.pointer("/properties/name")?.as_str().map(str::to_owned));
            self.crs = Some(crs.unwrap_or_else(|| text.into_owned()));
        }
        Ok(())
    }

    fn nothing_follows(&mut self) -> Result<FeaturesOrEnd, ReadError> {
        match self.scanned(JsonScanner::peek)? {
            None => Ok(FeaturesOrEnd::End),
            Some(_) => Err(self.syntax("something follows the end of the FeatureCollection")),
        }
    }

    /// Reads the bytes of the next feature; false after the last.
    fn next_feature(&mut self) -> Result<bool, ReadError> {
        if self.state == FeatureProgress::Sequence {
            return self.next_of_sequence();
        }
        if self.scanned(|scanner| scanner.take(b']'))? {
            self.scanned(|scanner| scanner.take(b','))?;
            self.members()?;
            self.state = FeatureProgress::Done;
            return self.check_claims().map(|()| false);
        }
        self.features += 1;
        self.bytes.clear();
        let mut bytes = std::mem::take(&mut self.bytes);
        self.scanned(|scanner| scanner.value(&mut bytes, MAX_FEATURE_BYTES))?;
        self.bytes = bytes;
        let comma = self.scanned(|scanner| scanner.take(b','))?;
        let next = self.scanned(JsonScanner::peek)?;
        if !comma && next != Some(b']') {
            return Err(match next {
                Some(_) => self.syntax("a comma or the end of the features is missing"),
                None => self.truncated(),
            });
        }
        Ok(true)
    }

    /// Reads the bytes of the next feature of a sequence; false after the last.
    fn next_of_sequence(&mut self) -> Result<bool, ReadError> {
        while self.scanned(|scanner| scanner.take(RECORD_SEPARATOR))? {}
        if self.scanned(JsonScanner::peek)?.is_none() {
            self.state = FeatureProgress::Done;
            return Ok(false);
        }
        self.features += 1;
        self.bytes.clear();
        let mut bytes = std::mem::take(&mut self.bytes);
        self.scanned(|scanner| scanner.value(&mut bytes, MAX_FEATURE_BYTES))?;
        self.bytes = bytes;
        self.scanned(JsonScanner::peek).map(|_| true)
    }

    fn scanned<T>(
        &mut self,
        scan: impl FnOnce(&mut JsonScanner<CleanText<Box<dyn Read + Send>>>) -> Result<T, JsonScanError>,
    ) -> Result<T, ReadError> {
        self.budget.renew();
        scan(&mut self.scanner).map_err(|fault| match fault {
            JsonScanError::Truncated => self.truncated(),
            JsonScanError::Unexpected { expected, found } => {
                self.syntax(&format!("{expected} is expected, not {found:?}"))
            }
            JsonScanError::TooLong => self.syntax("one value is too long"),
            JsonScanError::Io(source) => match TextError::within(&source) {
                Some(fault) => ReadError::Text { file: self.file.clone(), fault },
                None => ReadError::Io { file: self.file.clone(), source },
            },
        })
    }

    fn truncated(&self) -> ReadError {
        let inside = match self.features {
            0 => "before the first feature ended".to_owned(),
            number => format!("in or after feature {number}"),
        };
        ReadError::Truncated { file: self.file.clone(), byte: self.scanner.byte, line: self.scanner.line, inside }
    }

    fn syntax(&self, what: &str) -> ReadError {
        ReadError::Syntax { file: self.file.clone(), line: self.scanner.line, what: what.to_owned() }
    }

    /// Holds what the file said of itself against its features.
    fn check_claims(&self) -> Result<(), ReadError> {
        match self.claims.broken_claim(self.features) {
            Some(claim) if self.on_part == PartOfMore::Refused => {
                Err(ReadError::PartOfMore { file: self.file.clone(), claim })
            }
            _ => Ok(()),
        }
    }

    fn fill(&mut self, record: &mut Record, feature: FeatureMembers) -> Result<(), ReadError> {
        let id = feature.id.map(|id| (FEATURE_ID.to_owned(), id));
        for (name, property) in id.into_iter().chain(feature.properties) {
            let column = self.column(&name)?;
            match property {
                Property::Text(text) => record.set(column, &text),
                Property::Number(number) => record.set_as(column, CellKind::Number, &number),
                Property::Nested(value) => record.cell_faults.push(nested(column, value)),
            }
        }
        record.geometry = feature.geometry;
        Ok(())
    }

    fn column(&mut self, name: &str) -> Result<ColumnIndex, ReadError> {
        if let Some(column) = self.column_indices.get(name) {
            return Ok(*column);
        }
        if self.columns.len() == MAX_COLUMNS {
            return Err(self.syntax(&format!("the features have more than {MAX_COLUMNS} different property names")));
        }
        let column = ColumnIndex::new(self.columns.len());
        self.columns.push(crate::domain::text::nfc(name));
        self.column_indices.insert(name.to_owned(), column);
        Ok(column)
    }
}

#[derive(PartialEq, Eq)]
enum FeaturesOrEnd {
    Features,
    End,
}

impl RecordReader for GeoJsonRecords {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn is_table(&self) -> bool {
        false
    }

    fn declared_crs(&self) -> Option<String> {
        self.crs.clone()
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        if self.state == FeatureProgress::Done {
            return Ok(false);
        }
        self.scanned(JsonScanner::peek)?;
        let line = self.scanner.line;
        if !self.next_feature()? {
            return Ok(false);
        }
        record.reset(line, self.columns.len());
        // The scanner stands at the next feature, or at the end of the list.
        let alone = self.line_before != Some(line) && self.scanner.line != line;
        record.feature = (!alone).then_some(self.features);
        self.line_before = Some(line);
        let read = feature(&self.bytes);
        match read {
            Ok(members) => self.fill(record, members)?,
            Err(FeatureFault::Feature(why)) => record.fault = Some(format!("feature {}: {why}", self.features)),
            Err(FeatureFault::Broken { byte, expected }) => {
                let line = line + line_ends(self.bytes.get(..byte).unwrap_or_default());
                let what = format!("feature {}: {}", self.features, JsonFault::Broken { byte, expected });
                return Err(ReadError::Syntax { file: self.file.clone(), line, what });
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(record: &Record, column: usize) -> Option<&str> {
        record.text(ColumnIndex::new(column))
    }

    fn open(text: &'static str) -> Result<GeoJsonRecords, ReadError> {
        GeoJsonRecords::new("t.geojson", Box::new(text.as_bytes()), Encoding::Utf8, PartOfMore::Refused)
    }

    fn rows(text: &'static str) -> Result<(Vec<String>, Vec<Record>), ReadError> {
        let mut reader = open(text)?;
        let (mut record, mut rows) = (Record::default(), Vec::new());
        while reader.read(&mut record)? {
            rows.push(record.clone());
        }
        Ok((reader.columns().to_vec(), rows))
    }

    const TWO: &str = r#"{"type":"FeatureCollection","name":"x",
"features":[
{"type":"Feature","properties":{"code":20335.0,"tên":"Tra\u0300 Do\u031bn","n":null,"deep":[1]},"geometry":{"type":"Point","coordinates":[108,15]}},
{"type":"Feature","properties":{"code":"20338","new":true},"geometry":null}
], "bbox":[1,2,3,4]}
"#;

    #[test]
    fn features_come_one_by_one_with_their_lines_and_columns() {
        let (columns, rows) = rows(TWO).unwrap();
        assert_eq!(columns, ["code", "tên", "deep", "new"]);
        assert_eq!((rows[0].line, rows[1].line), (3, 4));
        assert_eq!(
            (value(&rows[0], 0), value(&rows[0], 1), value(&rows[0], 2)),
            (Some("20335"), Some("Trà Dơn"), None)
        );
        assert_eq!((value(&rows[1], 0), value(&rows[1], 1), value(&rows[1], 3)), (Some("20338"), None, Some("true")));
        assert!(rows[0].geometry.is_some() && rows[1].geometry.is_none());
    }

    #[test]
    fn sequences_are_read_with_and_without_separators() {
        let feature = |code: u8| format!(r#"{{"type":"Feature","properties":{{"code":{code}}},"geometry":null}}"#);
        for text in [
            format!("{}\n{}\n", feature(1), feature(2)),
            format!("\u{1e}{}\n\u{1e}{}", feature(1), feature(2)),
            format!("\n\n{}\r\n\r\n{}\n\n", feature(1), feature(2)),
        ] {
            let bytes: Box<dyn Read + Send> = Box::new(std::io::Cursor::new(text.clone().into_bytes()));
            let mut reader = GeoJsonRecords::of_sequence("t", bytes, Encoding::Utf8);
            let (mut record, mut codes) = (Record::default(), Vec::new());
            while reader.read(&mut record).unwrap() {
                codes.push(record.values.clone());
            }
            assert_eq!(codes, [["1"], ["2"]], "{text:?}");
        }
        let mut cut = GeoJsonRecords::of_sequence("t", Box::new(b"{\"type\":".as_slice()), Encoding::Utf8);
        assert!(matches!(cut.read(&mut Record::default()), Err(ReadError::Truncated { .. })));
    }

    #[test]
    fn ids_of_features_are_columns() {
        let text = r#"{"features":[{"type":"Feature","id":7.0,"properties":{},"geometry":null},
{"type":"Feature","id":"b","properties":{"id":"c"},"geometry":null}]}"#;
        let (columns, rows) = rows(text).unwrap();
        assert_eq!(columns, ["@id", "id"]);
        assert_eq!([value(&rows[0], 0), value(&rows[1], 0), value(&rows[1], 1)], [Some("7"), Some("b"), Some("c")]);
    }

    #[test]
    fn features_that_share_a_line_are_numbered() {
        let feature = r#"{"type":"Feature","properties":{},"geometry":null}"#;
        let text = format!("{{\"features\":[{feature},{feature},\n{feature},\n{feature}]}}");
        let (_, rows) = rows(Box::leak(text.into_boxed_str())).unwrap();
        let places: Vec<String> = rows.iter().map(Record::position).collect();
        assert_eq!(places, ["line 1, feature 1", "line 1, feature 2", "line 2", "line 3, feature 4"]);
    }

    #[test]
    fn every_cut_is_told_with_its_place() {
        let whole = TWO.trim_end();
        for end in 1..whole.len() {
            if whole.is_char_boundary(end) {
                let error = rows(&whole[..end]).unwrap_err();
                let named = matches!(&error, ReadError::Truncated { byte, .. } if *byte == end as u64);
                assert!(named, "cut at {end}: {error}");
            }
        }
    }

    #[test]
    fn other_json_is_refused_in_words() {
        let message = |text| rows(text).unwrap_err().to_string();
        assert_eq!(
            message(r#"{"type":"Feature","properties":{}}"#),
            "t.geojson, line 1: this is a GeoJSON \"Feature\", a FeatureCollection is needed: ogr2ogr -f GeoJSON \
             makes one"
        );
        assert_eq!(message("  "), "t.geojson: the file is empty");
        assert_eq!(message("[1]"), "t.geojson, line 1: the { of a FeatureCollection is expected, not '['");
        assert_eq!(
            message("{\"features\":[\n{\"a\":\n1 2}]}"),
            "t.geojson, line 3: feature 1: a comma or the end of the object is expected"
        );
        assert_eq!(
            message(r#"{"features":[],"features":[]}"#),
            "t.geojson, line 1: \"features\" stands twice in one object"
        );
    }

    #[test]
    fn feature_that_cannot_be_read_leaves_the_others() {
        let text = "{\"features\":[\n{\"type\":\"Feature\",\"properties\":{\"severity\":NaN}},\n\
                    {\"type\":\"Feature\",\"properties\":{\"severity\":3}}]}";
        let (columns, rows) = rows(text).unwrap();
        assert_eq!(columns, ["severity"]);
        assert_eq!(rows[0].fault.as_deref(), Some("feature 1: \"severity\": NaN is no JSON; write null"));
        assert_eq!((rows[1].fault.as_deref(), value(&rows[1], 0)), (None, Some("3")));
    }

    #[test]
    fn nested_values_are_columns_with_a_reason() {
        let text = r#"{"features":[{"type":"Feature","properties":{"severity":{"id":5},"code":["20335"]}}]}"#;
        let (columns, rows) = rows(text).unwrap();
        assert_eq!(columns, ["severity", "code"]);
        let told = |column: usize| {
            let fault = rows[0].cell_fault(ColumnIndex::new(column)).unwrap();
            format!("{}: {}", fault.value, fault.reason)
        };
        assert_eq!(told(0), "{\"id\":5}: the value is an object: write the one text or number that is meant");
        assert_eq!(told(1), "[\"20335\"]: the value is a list: write the one text or number that is meant");
    }

    #[test]
    fn part_of_a_longer_answer_is_refused_unless_told() {
        let text = r#"{"features":[],"exceededTransferLimit":true}"#;
        let message = rows(text).unwrap_err().to_string();
        assert_eq!(
            message,
            "t.geojson: the file says \"exceededTransferLimit\": true, so it is the first part of a longer answer; get the \
             whole of it, or take it as it is with --partial"
        );
        let bytes: Box<dyn Read + Send> = Box::new(text.as_bytes());
        let mut reader = GeoJsonRecords::new("t.geojson", bytes, Encoding::Utf8, PartOfMore::Taken).unwrap();
        assert!(!reader.read(&mut Record::default()).unwrap());
    }

    #[test]
    fn property_names_have_a_bound() {
        let names: Vec<String> =
            (0..=MAX_COLUMNS).map(|name| format!(r#"{{"type":"Feature","properties":{{"{name}":1}}}}"#)).collect();
        let text = format!("{{\"features\":[{}]}}", names.join(","));
        let message = rows(Box::leak(text.into_boxed_str())).unwrap_err().to_string();
        assert!(message.ends_with("the features have more than 4096 different property names"), "{message}");
    }

    #[test]
    fn member_crs_is_declared_in_its_own_words() {
        let declared = |crs: &str| {
            let text = format!(r#"{{"crs":{crs},"features":[]}}"#);
            open(Box::leak(text.into_boxed_str())).unwrap().declared_crs()
        };
        let named = r#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::5899"}}"#;
        assert_eq!(declared(named).as_deref(), Some("urn:ogc:def:crs:EPSG::5899"));
        assert_eq!(declared("null"), None);
        assert_eq!(declared(r#"{"type":"link"}"#).as_deref(), Some(r#"{"type":"link"}"#));
    }
}
