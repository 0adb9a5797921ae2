//! The main table of a workbook as CSV (RFC 4180): UTF-8 without a byte order mark, one header row, CRLF.

use super::ExportError;
use super::cell::TableCell;
use super::table::{Constant, Workbook};

/// Characters with which a spreadsheet takes a text for a formula: the plain ones, and their full-width forms, which some
/// read as the plain ones, with the minus sign.
const FORMULA_STARTS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '−'];

/// The main table as bytes of a CSV file.
pub fn csv(workbook: &Workbook) -> Result<Vec<u8>, ExportError> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let failed = |error: ::csv::Error| ExportError::Csv(error.to_string());
    let names = |constants: &[Constant]| constants.iter().map(|constant| constant.name).collect::<Vec<_>>();
    let columns = workbook.main.columns.iter().map(|column| column.name.as_str());
    writer
        .write_record(names(&workbook.before).into_iter().chain(columns).chain(names(&workbook.after)))
        .map_err(failed)?;
    let values = |constants: &[Constant]| constants.iter().map(|part| guarded(&part.value)).collect::<Vec<_>>();
    let (before, after) = (values(&workbook.before), values(&workbook.after));
    for row in &workbook.main.rows {
        let cells = row.iter().map(text_of);
        writer.write_record(before.iter().cloned().chain(cells).chain(after.iter().cloned())).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ExportError::Csv(error.to_string()))
}

fn text_of(cell: &TableCell) -> String {
    match cell {
        TableCell::Absent => String::new(),
        TableCell::Text(text) => guarded(text),
        TableCell::Word { code, .. } => guarded(code),
        TableCell::Whole(number) => number.to_string(),
        TableCell::Real(number) => number.to_string(),
        TableCell::Day(day) => day.to_string(),
    }
}

/// A text that no spreadsheet runs, for every CSV file that this program writes: what it takes for a formula, behind spaces too, gets an apostrophe before it.
pub fn guarded(text: &str) -> String {
    let is_blank = |letter: char| letter == '\u{FEFF}' || (letter.is_whitespace() && !FORMULA_STARTS.contains(&letter));
    let seen = text.trim_start_matches(is_blank);
    if seen.starts_with(FORMULA_STARTS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_like_formulas_are_quoted() {
        assert_eq!(text_of(&TableCell::text("=HYPERLINK(\"x\")")), "'=HYPERLINK(\"x\")");
        assert_eq!(guarded("-1"), "'-1");
        for text in ["＝1+1", "＋1", "－1", "＠SUM(1)", "\tx", "\r=1", "\n=1", " =1+1", "\u{a0}@x", "−1"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        assert_eq!((guarded("a=1"), guarded(" 5 phút"), guarded("")), ("a=1".into(), " 5 phút".into(), String::new()));
        assert_eq!(guarded("Xã Trà Dơn"), "Xã Trà Dơn");
    }

    #[test]
    fn numbers_stay_numbers_and_days_are_iso() {
        assert_eq!(text_of(&TableCell::Real(-1.5)), "-1.5");
        assert_eq!(text_of(&TableCell::Whole(7)), "7");
        assert_eq!(text_of(&TableCell::Day(jiff::civil::date(2024, 2, 29))), "2024-02-29");
        assert_eq!(text_of(&TableCell::real(Some(f64::NAN))), "");
    }
}
