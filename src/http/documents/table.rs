//! Ratings as CSV (RFC 4180): UTF-8 without a byte order mark, one header row.

use crate::http::documents::Assessed;
use crate::http::error::ApiError;
use crate::tile::layers::{AREA_ATTRIBUTES, AreaRow, Value};

/// Characters with which a spreadsheet takes a text for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The ratings as bytes of a CSV file.
pub(in crate::http) fn csv(assessed: &Assessed) -> Result<Vec<u8>, ApiError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let failed = |error: csv::Error| ApiError::internal(&error);
    writer.write_record(header()).map_err(failed)?;
    let filter = &assessed.asked.filter;
    let front = [filter.edition.to_string(), filter.period.from().to_string(), filter.period.to().to_string()];
    let sample = assessed.snapshot().is_sample().to_string();
    for row in assessed.rows() {
        let record = front.iter().cloned().chain(cells(&row)).chain([sample.clone()]);
        writer.write_record(record).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ApiError::internal(&error))
}

fn header() -> impl Iterator<Item = &'static str> {
    let attributes = AREA_ATTRIBUTES.iter().map(|attribute| attribute.name);
    ["edition", "from", "to"].into_iter().chain(attributes).chain([
        "person_years",
        "expected",
        "prob_above_1",
        "sample",
    ])
}

fn cells<'a>(row: &'a AreaRow<'_>) -> impl Iterator<Item = String> + 'a {
    let attributes = AREA_ATTRIBUTES.iter().map(|attribute| (attribute.value)(row).map_or(String::new(), cell));
    let more = [row.assessment.person_years, row.assessment.expected, row.assessment.prob_above_1];
    attributes.chain(more.map(|number| number.map_or(String::new(), |number| number.to_string())))
}

fn cell(value: Value<'_>) -> String {
    match value {
        Value::Text(text) => harmless(&text),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
    }
}

/// A text that no spreadsheet runs.
fn harmless(text: &str) -> String {
    if text.starts_with(FORMULA_STARTS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_like_formulas_are_quoted() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless("-1"), "'-1");
        assert_eq!(harmless("Xã Trà Dơn"), "Xã Trà Dơn");
    }

    #[test]
    fn numbers_stay_numbers() {
        assert_eq!(cell(Value::Number(-1.5)), "-1.5");
        assert_eq!(cell(Value::Integer(7)), "7");
    }
}
