//! Single incidents as CSV: a line for each, written as they are read, since there may be many.
//!
//! In: the lines of a filter. Out: the bytes of the file, with the names of the JSON. Who may see what was decided
//! before: an attribute that the role does not get is an empty column.

use super::ExportError;
use super::csv::guarded;
use crate::attributes::AttributeValue;
use crate::service::answers::geometry::rounded;
use crate::service::answers::incidents::lines::IncidentLines;

/// Incidents of a filter as a file (RFC 4180).
pub(crate) fn incidents(incidents: &IncidentLines<'_>) -> Result<Vec<u8>, ExportError> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let failed = |error: ::csv::Error| ExportError::Csv(error.to_string());
    let names = ["edition"].into_iter().chain(IncidentLines::names()).chain(["lon", "lat", "sample"]);
    writer.write_record(names).map_err(failed)?;
    let (edition, is_sample) = (incidents.edition().to_string(), incidents.is_sample().to_string());
    for line in incidents.lines() {
        let values = line.values.into_iter().map(|value| value.map_or_else(String::new, cell));
        let at = line.position.map(|at| [at.lon(), at.lat()].map(|degrees| rounded(degrees).to_string()));
        let cells =
            std::iter::once(edition.clone()).chain(values).chain(at.unwrap_or_default()).chain([is_sample.clone()]);
        writer.write_record(cells).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ExportError::Csv(error.to_string()))
}

fn cell(value: AttributeValue<'_>) -> String {
    match value {
        AttributeValue::Text(text) => guarded(&text),
        AttributeValue::Word(word) => guarded(word),
        AttributeValue::Integer(number) => number.to_string(),
        AttributeValue::Number(number) => number.to_string(),
    }
}
