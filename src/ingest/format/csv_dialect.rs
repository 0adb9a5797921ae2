//! How the rows of a CSV file are written: its separator, and the rows above its header.
//!
//! In: the beginning of the text, and the names that columns may have. Out: a separator and a number of rows to pass
//! over. The separator that was given decides, then a first line such as `sep=;`; else the separator with which a row names the most fields; else the
//! one that the first line uses most, and of several with which the lines after it have as many fields.

use std::io::{Cursor, Read};

use csv::StringRecord;

use super::header::HeaderSearch;

const DELIMITERS: [u8; 4] = *b",;\t|";
/// Text that is looked at.
const HEAD_BYTES: usize = 1 << 16;
/// Rows that are looked at.
const ROWS: usize = 20;

/// What the beginning of a file says of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    /// Rows with something in them that stand above the header.
    pub(super) rows_before_header: usize,
}

/// How a reader of records with this separator takes a text.
pub(super) fn format(delimiter: u8) -> csv::ReaderBuilder {
    let mut format = csv::ReaderBuilder::new();
    // Lines end at LF; a CR before it is white space around the last field.
    format.has_headers(false).flexible(true).delimiter(delimiter).terminator(csv::Terminator::Any(b'\n'));
    format
}

/// The beginning of a text: all of a short one.
pub(super) fn head_of(text: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    text.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// How the rows of a text that begins so are written.
pub(super) fn dialect_of(head: &[u8], header: &HeaderSearch) -> Dialect {
    let line = told_delimiter(head);
    if let Some(delimiter) = header.delimiter().or(line) {
        let (place, _) = header_of(&rows_of(head, delimiter), usize::from(line.is_some()), header);
        return Dialect { delimiter, rows_before_header: place };
    }
    let by_names = DELIMITERS.map(|delimiter| (delimiter, header_of(&rows_of(head, delimiter), 0, header)));
    let most = by_names.iter().map(|(_, (_, names))| *names).max().unwrap_or(0);
    let mut best = by_names.iter().filter(|(_, (_, names))| most > 0 && *names == most);
    if let (Some((delimiter, (place, _))), None) = (best.next(), best.next()) {
        return Dialect { delimiter: *delimiter, rows_before_header: *place };
    }
    // A header of one column has the same name with every separator.
    let delimiter = most_used(from_row(head, header.row()));
    Dialect { delimiter, rows_before_header: header_of(&rows_of(head, delimiter), 0, header).0 }
}

/// The separator that a spreadsheet program writes into a line of its own.
fn told_delimiter(head: &[u8]) -> Option<u8> {
    let end = head.iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
    let line = head[..end].strip_prefix(b"\"").unwrap_or(&head[..end]);
    let (word, rest) = line.split_at_checked(4)?;
    match rest {
        [delimiter] | [delimiter, b'"'] if word.eq_ignore_ascii_case(b"sep=") && delimiter.is_ascii() => {
            Some(*delimiter)
        }
        _ => None,
    }
}

fn rows_of(head: &[u8], delimiter: u8) -> Vec<StringRecord> {
    let mut reader = format(delimiter).from_reader(Cursor::new(head));
    let is_filled = |row: &StringRecord| row.iter().any(|text| !text.trim().is_empty());
    reader.records().map_while(Result::ok).filter(is_filled).take(ROWS).collect()
}

/// The header among rows from a place on, and how many names it has.
fn header_of(rows: &[StringRecord], from: usize, header: &HeaderSearch) -> (usize, usize) {
    let texts = |row: &StringRecord| row.iter().map(crate::domain::text::nfc).collect::<Vec<String>>();
    let names = |row: &StringRecord| header.names_in(texts(row).iter().map(String::as_str));
    let counts = rows.iter().map(names).enumerate().skip(from);
    let best = counts.max_by_key(|(place, names)| (*names, std::cmp::Reverse(*place)));
    best.unwrap_or((from, 0))
}

/// The text from the line of a number on.
fn from_row(head: &[u8], row: Option<u64>) -> &[u8] {
    let passed = row.map_or(0, |row| row.saturating_sub(1)) as usize;
    let mut line_ends = head.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place + 1);
    let from = passed.checked_sub(1).and_then(|before| line_ends.nth(before));
    from.map_or(head, |from| &head[from..])
}

/// The separator that the first line uses most outside quotation marks.
fn most_used(head: &[u8]) -> u8 {
    let begun = head.iter().position(|byte| !matches!(byte, b'\n' | b'\r')).unwrap_or(0);
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    // `quoted` is the parity of the quotation marks so far: a delimiter inside a quoted heading says nothing.
    for byte in head[begun..].iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')) {
        quoted ^= *byte == b'"';
        if let (false, Some(place)) = (quoted, DELIMITERS.iter().position(|delimiter| delimiter == byte)) {
            counts[place] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let used = || DELIMITERS.iter().zip(counts).filter(|(_, count)| *count == most).map(|(delimiter, _)| *delimiter);
    let first = used().next().unwrap_or(DELIMITERS[0]);
    used().find(|delimiter| has_even_rows(&rows_of(head, *delimiter))).unwrap_or(first)
}

/// Whether rows after the first have as many fields as it has.
fn has_even_rows(rows: &[StringRecord]) -> bool {
    rows.len() > 1 && rows.iter().all(|row| row.len() == rows[0].len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(text: &str) -> (char, usize) {
        let names = ["id", "time", "lon"].map(str::to_owned).to_vec();
        let Dialect { delimiter, rows_before_header } = dialect_of(text.as_bytes(), &HeaderSearch::new(None, names));
        (char::from(delimiter), rows_before_header)
    }

    #[test]
    fn a_line_of_a_spreadsheet_decides_and_is_passed_over() {
        assert_eq!(dialect("sep=;\r\nid;time\r\n"), (';', 1));
        assert_eq!(dialect("SEP=\t\nBáo cáo\nid\ttime\n"), ('\t', 2));
        assert_eq!(dialect("\"sep=|\"\nid|time\n"), ('|', 1));
        assert_eq!(dialect("sep=ab\nid,time\n"), (',', 1), "no such line: a title");
    }

    #[test]
    fn a_separator_that_was_given_decides_before_all() {
        let search = |names: &[&str]| HeaderSearch::new(None, names.iter().map(|name| (*name).to_owned()).collect());
        let dialect = |text: &str| {
            let Dialect { delimiter, rows_before_header } =
                dialect_of(text.as_bytes(), &search(&["id", "time"]).with_delimiter(Some(b'|')));
            (char::from(delimiter), rows_before_header)
        };
        assert_eq!(dialect("id,a|time,b\n"), ('|', 0));
        assert_eq!(dialect("sep=;\nid|time\n"), ('|', 1));
    }

    #[test]
    fn the_separator_is_the_one_with_which_a_row_names_fields() {
        assert_eq!(dialect("id;time;\"a, b, c, d\";e, f, g\n1;2;3;4\n"), (';', 0));
        assert_eq!(dialect("Số liệu, tháng 3, năm 2024\n\nid\ttime\n1\t2\n"), ('\t', 1));
        assert_eq!(dialect("id|time\n1|2\n"), ('|', 0));
    }

    #[test]
    fn without_names_the_first_line_decides_and_a_tie_goes_to_even_rows() {
        assert_eq!(dialect("a,b\n1,2\n"), (',', 0));
        assert_eq!(dialect("a;b, c\n1;2\n"), (';', 0));
        assert_eq!(dialect("id\n1\n"), (',', 0));
        assert_eq!(dialect(""), (',', 0));
    }
}
