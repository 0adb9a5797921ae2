//! The rows of one sheet, one after the other, on a thread of their own.
//!
//! In: a workbook and a sheet. Out: rows with their filled cells, in pieces of bounded size. A cell that holds
//! something from which no value can be read says why: a formula whose value was not saved, a cell that another one
//! covers, an error, a number of more digits than a spreadsheet keeps.

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::ops::Range;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use calamine::{Data, DataRef, Dimensions, Xlsx, XlsxError, XlsxFormulaMetadata};

use crate::domain::text::nfc;
use crate::ingest::error::ReadError;
use crate::ingest::format::header::HeaderSearch;
use crate::ingest::text::ids::inexact_number;

/// Rows handed over at once, and pieces waiting.
const ROWS_PER_PIECE: usize = 256;
const PIECES_AHEAD: usize = 4;
/// A register of a province fits many times; what is larger comes as CSV.
const MAX_CELLS: u64 = 20_000_000;
const MAX_MERGED: usize = 100_000;
/// What a sheet can have (ECMA-376): a name beyond is a slip, and room for the cells before it would be asked for.
const SHEET_ROWS: u32 = 1_048_576;
const SHEET_COLUMNS: u32 = 16_384;

/// A cell with something in it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SheetCell {
    /// A text, or a truth value.
    Text(String),
    /// A number, its decimals behind a point.
    Number(String),
    /// A day or a moment as the standard writes it.
    Day(String),
    /// Something that is no value.
    Unreadable {
        /// What stands there.
        value: String,
        /// Why no value can be read from it.
        reason: String,
    },
}

impl SheetCell {
    /// What a text file would have in its place.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Day(text) => Some(text),
            Self::Unreadable { .. } => None,
        }
    }
}

/// A row with the cells that have something in them, from the left.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SheetRow {
    /// The number that the spreadsheet shows beside it.
    pub(super) number: u64,
    pub(super) cells: Vec<(usize, SheetCell)>,
}

type Piece = Result<Vec<SheetRow>, String>;

/// The rows of a sheet as they are read.
pub(super) struct SheetRows {
    file: String,
    pieces: Receiver<Piece>,
    piece: std::vec::IntoIter<SheetRow>,
    ended: bool,
}

impl SheetRows {
    /// Begins to read a sheet of a workbook.
    pub(super) fn new<R: Read + Seek + Send + 'static>(file: &str, mut book: Xlsx<R>, sheet: String) -> Self {
        let (sender, pieces) = sync_channel(PIECES_AHEAD);
        std::thread::spawn(move || {
            // Nobody listens any more where sending fails.
            let _ = match send_rows(&mut book, &sheet, &sender) {
                Ok(()) => sender.send(Ok(Vec::new())),
                Err(Stopped::Unread) => Ok(()),
                Err(Stopped::Fault(what)) => sender.send(Err(what)),
            };
        });
        Self { file: file.to_owned(), pieces, piece: Vec::new().into_iter(), ended: false }
    }

    /// The next row that has a filled cell; none at the end.
    pub(super) fn next_row(&mut self) -> Result<Option<SheetRow>, ReadError> {
        loop {
            if let Some(row) = self.piece.next() {
                return Ok(Some(row));
            }
            if self.ended {
                return Ok(None);
            }
            let fault = |what: &str| ReadError::Spreadsheet { file: self.file.clone(), what: what.to_owned() };
            // An empty piece is the end; a thread that ended without one did not come to it.
            match self.pieces.recv() {
                Ok(Ok(piece)) => {
                    self.ended = piece.is_empty();
                    self.piece = piece.into_iter();
                }
                Ok(Err(what)) => return Err(fault(&what)),
                Err(_) => return Err(fault("its reader stopped; is the file damaged?")),
            }
        }
    }
}

enum Stopped {
    /// Nobody reads on.
    Unread,
    Fault(String),
}

fn send_rows<R: Read + Seek>(book: &mut Xlsx<R>, sheet: &str, sender: &SyncSender<Piece>) -> Result<(), Stopped> {
    let named = |what: &str| Stopped::Fault(format!("sheet {sheet:?}: {what}"));
    let merged = book.merge_cells_by_sheet_name(sheet).map_err(|error| named(&error.to_string()))?;
    if merged.len() > MAX_MERGED {
        return Err(named(&format!("more than {MAX_MERGED} merged cells; save the sheet as CSV (UTF-8)")));
    }
    let covers = Covers::new(merged);
    let mut rows = RowsUnderWay { covers, covered: 0, row: None, last: 0, piece: Vec::new() };
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|error| named(&error.to_string()))?;
    let mut count = 0;
    loop {
        let place = rows.row.as_ref().map_or(1, |row| row.number);
        let wrong = |error: XlsxError| named(&format!("in or behind row {place}: {error}"));
        let Some(cell) = cells.next_cell_with_formula_metadata().map_err(wrong)? else { break };
        count += 1;
        if count > MAX_CELLS {
            return Err(named(&format!("more than {MAX_CELLS} cells; save the sheet as CSV (UTF-8)")));
        }
        let found = cell_of(cell.value, cell.formula.as_ref());
        if let Some(found) = found {
            rows.add(cell.pos.0, cell.pos.1, found).map_err(|what| named(&what))?;
        }
        if rows.piece.len() >= ROWS_PER_PIECE {
            sender.send(Ok(std::mem::take(&mut rows.piece))).map_err(|_| Stopped::Unread)?;
        }
    }
    rows.close().map_err(|what| named(&what))?;
    if !rows.piece.is_empty() {
        sender.send(Ok(rows.piece)).map_err(|_| Stopped::Unread)?;
    }
    Ok(())
}

/// Rows of a sheet among which its header is looked for.
const HEADER_ROWS: u32 = 20;

/// How many of the wanted names the header of a sheet has; none where no row stands below it.
pub(super) fn names_of_sheet<R: Read + Seek>(book: &mut Xlsx<R>, sheet: &str, header: &HeaderSearch) -> usize {
    let Ok(mut cells) = book.worksheet_cells_reader(sheet) else { return 0 };
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Ok(Some(cell)) = cells.next_cell_with_formula_metadata() {
        if cell.pos.0 > HEADER_ROWS {
            rows.entry(cell.pos.0).or_default();
            break;
        }
        if let Some(text) = cell_of(cell.value, None).as_ref().and_then(SheetCell::text) {
            rows.entry(cell.pos.0).or_default().push(nfc(text));
        }
    }
    let last = rows.keys().next_back().copied().unwrap_or_default();
    let above = rows.iter().filter(|(row, _)| **row < last);
    above.map(|(_, texts)| header.names_in(texts.iter().map(String::as_str))).max().unwrap_or_default()
}

/// The row that is being put together, and those before it that are not handed over yet.
struct RowsUnderWay {
    covers: Covers,
    /// Cells so far that others cover.
    covered: u64,
    row: Option<SheetRow>,
    /// The number of the last row that ended.
    last: u64,
    piece: Vec<SheetRow>,
}

impl RowsUnderWay {
    fn add(&mut self, row: u32, column: u32, cell: SheetCell) -> Result<(), String> {
        if row >= SHEET_ROWS || column >= SHEET_COLUMNS {
            return Err(format!(
                "a cell has a name beyond {}, the last of a sheet",
                cell_name(SHEET_ROWS - 1, SHEET_COLUMNS - 1)
            ));
        }
        let (number, column) = (u64::from(row) + 1, column as usize);
        if self.row.as_ref().is_some_and(|begun| begun.number != number) {
            self.close()?;
        }
        if self.last >= number {
            return Err(format!("row {number} stands behind a later one"));
        }
        let begun = self.row.get_or_insert_with(|| SheetRow { number, cells: Vec::new() });
        if begun.cells.last().is_some_and(|(before, _)| *before >= column) {
            return Err(format!("row {number} gives a cell twice, or not from the left"));
        }
        begun.cells.push((column, cell));
        Ok(())
    }

    /// Ends the row: what other cells cover in it is said of it.
    fn close(&mut self) -> Result<(), String> {
        let Some(mut row) = self.row.take() else { return Ok(()) };
        self.last = row.number;
        let covered = self.covers.cells_covered(row.number);
        if covered > u64::from(MAX_COVERED) {
            return Err(format!("merged cells lie over one another in row {}; unmerge them", row.number));
        }
        self.covered += covered;
        if self.covered > MAX_CELLS {
            return Err(format!("more than {MAX_CELLS} merged cells; unmerge them or save the sheet as CSV (UTF-8)"));
        }
        for (column, cell) in self.covers.covered() {
            match row.cells.binary_search_by_key(&column, |(column, _)| *column) {
                Ok(place) => row.cells[place].1 = cell,
                Err(place) => row.cells.insert(place, (column, cell)),
            }
        }
        self.piece.push(row);
        Ok(())
    }
}

/// The regions of merged cells, met from above.
struct Covers {
    /// Those that begin below the rows met so far, the uppermost last.
    below: Vec<Dimensions>,
    /// Those that reach the last row met.
    open: Vec<Dimensions>,
    /// The last row met, from 0.
    row: u32,
}

/// Columns that are looked at, as many as a header may have; a region may be as wide as the sheet.
const MAX_COVERED: u32 = 1_000;

impl Covers {
    fn new(mut regions: Vec<Dimensions>) -> Self {
        regions.sort_by_key(|region| std::cmp::Reverse(region.start));
        Self { below: regions, open: Vec::new(), row: 0 }
    }

    /// How many cells of a row belong to a cell elsewhere. Rows are asked for from above.
    fn cells_covered(&mut self, number: u64) -> u64 {
        let row = (number - 1) as u32;
        while self.below.last().is_some_and(|region| region.start.0 <= row) {
            self.open.extend(self.below.pop());
        }
        self.open.retain(|region| region.end.0 >= row);
        self.row = row;
        self.open.iter().map(columns_of).map(|columns| u64::from(columns.end - columns.start)).sum()
    }

    /// These cells.
    fn covered(&self) -> Vec<(usize, SheetCell)> {
        let mut cells = Vec::new();
        for region in &self.open {
            let origin = region.start;
            for column in columns_of(region).filter(|column| (self.row, *column) != origin) {
                let name = cell_name(origin.0, origin.1);
                let reason = format!("the cell is merged with {name}: unmerge them and fill in each row");
                cells.push((column as usize, SheetCell::Unreadable { value: format!("merged with {name}"), reason }));
            }
        }
        cells
    }
}

/// The columns of a region that are looked at.
fn columns_of(region: &Dimensions) -> Range<u32> {
    let end = region.end.1.saturating_add(1).min(MAX_COVERED);
    region.start.1.min(end)..end
}

/// The name of a cell as the spreadsheet shows it, such as B7.
fn cell_name(row: u32, column: u32) -> String {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    // Letters are digits of base 26 without a zero; `rest` is what the letters so far leave.
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

/// What a cell holds; none where it holds nothing.
fn cell_of(value: DataRef<'_>, formula: Option<&XlsxFormulaMetadata>) -> Option<SheetCell> {
    let unreadable = |value: String, reason: &str| Some(SheetCell::Unreadable { value, reason: reason.to_owned() });
    let cell = Data::from(value);
    match &cell {
        Data::Empty if formula.is_some() => unreadable(
            "a formula".to_owned(),
            "the formula has no saved value: open the file in a spreadsheet program, save it, and import it again",
        ),
        Data::Empty => None,
        Data::Error(error) => unreadable(error.to_string(), &format!("the cell holds the error {error}")),
        Data::String(text) if text.trim().is_empty() => None,
        Data::Float(_) | Data::Int(_) => {
            let number = text_of(&cell);
            let reason = inexact_number(&number);
            Some(match reason {
                Some(reason) => SheetCell::Unreadable { value: number, reason },
                None => SheetCell::Number(number),
            })
        }
        Data::DateTime(moment) if !moment.is_duration() => Some(SheetCell::Day(text_of(&cell))),
        Data::DateTimeIso(_) => Some(SheetCell::Day(text_of(&cell))),
        _ => Some(SheetCell::Text(text_of(&cell))),
    }
}

/// A cell as a text file would write it.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(holds) => holds.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(moment) if moment.is_duration() => moment.as_f64().to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            let at_midnight = (hour, minute, second) == (0, 0, 0);
            if at_midnight { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
        }
    }
}

#[cfg(test)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    use super::*;

    fn moment(serial: f64) -> Data {
        Data::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false))
    }

    #[test]
    fn cells_read_as_a_text_file_would_write_them() {
        assert_eq!(text_of(&Data::Float(20335.0)), "20335");
        assert_eq!(text_of(&Data::Float(108.25)), "108.25");
        assert_eq!(text_of(&Data::Bool(true)), "true");
        assert_eq!(text_of(&Data::Empty), "");
        // Serial 45658 is 1 January 2025 in the reckoning that begins in 1900.
        assert_eq!(text_of(&moment(45_658.0)), "2025-01-01");
        assert_eq!(text_of(&moment(45_658.75)), "2025-01-01 18:00:00");
    }

    #[test]
    fn a_formula_counts_with_its_saved_value_alone() {
        let formula = XlsxFormulaMetadata::SharedDerived { shared_index: 0 };
        assert!(matches!(cell_of(DataRef::Empty, Some(&formula)), Some(SheetCell::Unreadable { .. })));
        assert_eq!(cell_of(DataRef::Float(2.5), Some(&formula)), Some(SheetCell::Number("2.5".to_owned())));
        assert_eq!(cell_of(DataRef::String(String::new()), Some(&formula)), None, "saved, and empty");
        assert_eq!(cell_of(DataRef::Empty, None), None);
    }

    #[test]
    fn numbers_keep_fifteen_digits_and_no_more() {
        assert_eq!(cell_of(DataRef::Float(999_999_999_999_999.0), None), Some(SheetCell::Number("9".repeat(15))));
        assert!(matches!(cell_of(DataRef::Float(1e15), None), Some(SheetCell::Unreadable { .. })));
    }

    #[test]
    fn covered_cells_name_the_one_that_covers_them() {
        // B2:C4 and A3:A5: of row 3 the cells B and C are covered, A begins a region; of row 5 only A is.
        let region = |start, end| Dimensions { start, end };
        let mut covers = Covers::new(vec![region((1, 1), (3, 2)), region((2, 0), (4, 0))]);
        let mut columns = |number| {
            covers.cells_covered(number);
            covers.covered().into_iter().map(|(column, _)| column).collect::<Vec<_>>()
        };
        assert_eq!(columns(1), [0; 0]);
        assert_eq!(columns(2), [2]);
        assert_eq!(columns(3), [1, 2]);
        assert_eq!(columns(5), [0]);
        assert_eq!(columns(6), [0; 0]);
    }

    #[test]
    fn merged_cells_are_as_few_as_the_others_of_a_sheet() {
        let whole = Dimensions { start: (0, 0), end: (1_048_575, 16_383) };
        let refused = |regions: Vec<Dimensions>| {
            let (covers, covered) = (Covers::new(regions), MAX_CELLS - 2_500);
            let mut rows = RowsUnderWay { covers, covered, row: None, last: 0, piece: Vec::new() };
            (0..10).find_map(|row| rows.add(row, 0, SheetCell::Text("x".to_owned())).err())
        };
        let many = refused(vec![whole]).unwrap();
        assert!(many.starts_with("more than 20000000 merged cells; unmerge them"), "{many}");
        let twice = refused(vec![whole; 2]).unwrap();
        assert_eq!(twice, "merged cells lie over one another in row 1; unmerge them");
        let narrow = Dimensions { start: (0, 0), end: (1_048_575, 3) };
        assert_eq!(refused(vec![narrow]), None);
    }

    #[test]
    fn cells_beyond_a_sheet_ask_for_no_room() {
        let covers = Covers::new(Vec::new());
        let mut rows = RowsUnderWay { covers, covered: 0, row: None, last: 0, piece: Vec::new() };
        let mut add = |row, column| rows.add(row, column, SheetCell::Text("x".to_owned()));
        assert_eq!(add(0, 16_383), Ok(()));
        let beyond = Err("a cell has a name beyond XFD1048576, the last of a sheet".to_owned());
        assert_eq!(add(1, 16_384), beyond);
        assert_eq!(add(1, u32::MAX), beyond);
        assert_eq!(add(1_048_576, 0), beyond);
        assert_eq!(add(1_048_575, 0), Ok(()));
    }

    #[test]
    fn cells_are_named_as_the_spreadsheet_shows_them() {
        assert_eq!(cell_name(0, 0), "A1");
        assert_eq!(cell_name(6, 25), "Z7");
        assert_eq!(cell_name(6, 26), "AA7");
        assert_eq!(cell_name(0, 16_383), "XFD1");
    }
}
