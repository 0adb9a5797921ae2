//! A ZIP file looked into before anything of it is unpacked for good: what it is, and whether it fits into memory.
//!
//! In: the bytes of a file that begins like a ZIP file. Out: nothing, where it is a workbook whose parts are of a
//! size that can be read; else what it is, or which limit it breaks. Every part is unpacked once and thrown away:
//! the sizes that a ZIP file states of itself are only claims.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::io::{Cursor, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::ingest::error::ReadError;

/// Unpacked bytes of one sheet; its rows are read one by one and never held together.
const MAX_SHEET_BYTES: u64 = 2 << 30;
/// Unpacked bytes of the texts that cells share, which are held together.
const MAX_SHARED_TEXT_BYTES: u64 = 64 << 20;
/// Unpacked bytes of styles, names and other parts.
const MAX_PART_BYTES: u64 = 16 << 20;
/// Bytes between two marks of the XML: a cell of a spreadsheet holds 32,767 characters at most.
const MAX_RUN_BYTES: usize = 4 << 20;
/// Parts of a workbook.
const MAX_PARTS: usize = 10_000;
/// The shortest shared text, `<si/>`.
const SHORTEST_SHARED_TEXT: u64 = 5;
const PIECE: usize = 64 * 1024;

/// The bytes of a workbook as a whole, unpacked or not.
type Bytes<'a> = Cursor<&'a [u8]>;

/// Refuses what is no workbook, and what would not fit into memory.
pub(in crate::ingest) fn check_package(file: &str, bytes: &[u8]) -> Result<(), ReadError> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|error| wrong(file, &error))?;
    let names: Vec<String> = package.file_names().filter_map(Result::ok).map(Cow::into_owned).collect();
    if let Some((what, way)) = not_a_workbook(&names) {
        return Err(ReadError::Packed { file: file.to_owned(), what, way });
    }
    if package.len() > MAX_PARTS {
        return Err(too_large(file, &format!("it has {} parts, more than {MAX_PARTS}", package.len())));
    }
    for part in 0..package.len() {
        check_part(file, &mut package, part)?;
    }
    Ok(())
}

fn wrong(file: &str, error: &ZipError) -> ReadError {
    ReadError::Spreadsheet { file: file.to_owned(), what: format!("Zip error: {error}") }
}

fn too_large(file: &str, what: &str) -> ReadError {
    ReadError::Spreadsheet { file: file.to_owned(), what: format!("{what}; save the sheet as CSV (UTF-8)") }
}

/// What a ZIP file without a workbook is, and what to do with it.
fn not_a_workbook(names: &[String]) -> Option<(String, String)> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let of_type = |ending: &str| names.iter().find(|name| name.to_lowercase().ends_with(ending));
    let is = |what: &str, way: &str| Some((what.to_owned(), way.to_owned()));
    if has("xl/workbook.bin") {
        return is("a binary workbook (.xlsb)", "save it as .xlsx or as CSV (UTF-8)");
    }
    if names.iter().any(|name| name.to_lowercase().ends_with("workbook.xml")) {
        return None;
    }
    if has("mimetype") || has("content.xml") {
        return is("an OpenDocument file (.ods)", "save it as .xlsx or as CSV (UTF-8)");
    }
    if has("word/document.xml") {
        return is("a Word document (.docx)", "copy its table into a spreadsheet and save it as .xlsx or CSV");
    }
    if of_type(".kml").is_some() {
        return is("a ZIP with a KML file (.kmz)", "convert it, for example with ogr2ogr -f GeoJSON");
    }
    if of_type(".shp").is_some() {
        return is("a ZIP with a Shapefile", "unpack it and convert it with ogr2ogr -f GeoJSON -t_srs EPSG:4326");
    }
    for ending in [".csv", ".xlsx", ".geojson", ".json", ".gpkg", ".txt"] {
        if let Some(name) = of_type(ending) {
            return Some((format!("a ZIP with {name:?} inside"), "unpack it first".to_owned()));
        }
    }
    let first: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    let holds = if first.is_empty() { "nothing".to_owned() } else { first.join(", ") };
    Some((format!("a ZIP that holds {holds}"), "a workbook (.xlsx), CSV or GeoJSON is needed".to_owned()))
}

fn check_part(file: &str, package: &mut ZipArchive<Bytes<'_>>, part: usize) -> Result<(), ReadError> {
    let content = match package.by_index(part) {
        Ok(content) => content,
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
            return Err(ReadError::Packed {
                file: file.to_owned(),
                what: "protected by a password".to_owned(),
                way: "take the password off first".to_owned(),
            });
        }
        Err(error) => return Err(wrong(file, &error)),
    };
    let name = String::from_utf8_lossy(content.name_raw()).to_lowercase();
    let extension = Path::new(&name).extension().and_then(OsStr::to_str);
    let is_read = matches!(extension, Some("xml" | "rels"));
    if !is_read {
        return Ok(()); // pictures and the like are never unpacked
    }
    let (shared, sheet) = (name.ends_with("sharedstrings.xml"), name.contains("worksheets/"));
    let limit = if shared {
        MAX_SHARED_TEXT_BYTES
    } else if sheet {
        MAX_SHEET_BYTES
    } else {
        MAX_PART_BYTES
    };
    let sizes = sizes(content.take(limit + 1)).map_err(|error| {
        let what = format!("its part {name} cannot be unpacked: {error}");
        ReadError::Spreadsheet { file: file.to_owned(), what }
    })?;
    if sizes.bytes > limit {
        return Err(too_large(file, &format!("its part {name} unpacks to more than {} MB", limit >> 20)));
    }
    if sizes.longest_run > MAX_RUN_BYTES {
        return Err(too_large(file, &format!("a cell of its part {name} is longer than {} MB", MAX_RUN_BYTES >> 20)));
    }
    if shared && sizes.claimed_texts > sizes.bytes / SHORTEST_SHARED_TEXT {
        let claimed = sizes.claimed_texts;
        let what = format!("its part {name} claims {claimed} texts and has {} bytes", sizes.bytes);
        return Err(ReadError::Spreadsheet { file: file.to_owned(), what });
    }
    Ok(())
}

/// What was found while a part was unpacked.
#[derive(Debug, Default, PartialEq, Eq)]
struct PartSizes {
    bytes: u64,
    /// The longest run of bytes without a mark of the XML.
    longest_run: usize,
    /// The largest number of shared texts that the part says it has.
    claimed_texts: u64,
}

fn sizes(mut content: impl Read) -> std::io::Result<PartSizes> {
    let (mut found, mut run) = (PartSizes::default(), 0);
    // `piece[..kept]` repeats the end of the piece before, so that no number of texts is missed at a seam.
    let (mut piece, mut kept) = (vec![0; PIECE], 0);
    loop {
        let read = content.read(&mut piece[kept..])?;
        if read == 0 {
            return Ok(found);
        }
        found.bytes += read as u64;
        let fresh = &piece[kept..kept + read];
        match fresh.iter().rposition(|byte| *byte == b'<') {
            Some(last) => {
                let first = fresh.iter().position(|byte| *byte == b'<').unwrap_or(last);
                found.longest_run = found.longest_run.max(run + first);
                run = read - last;
            }
            None => run += read,
        }
        found.longest_run = found.longest_run.max(run);
        let held = kept + read;
        found.claimed_texts = found.claimed_texts.max(claimed_texts(&piece[..held]));
        kept = CLAIM_BYTES.min(held);
        piece.copy_within(held - kept..held, 0);
    }
}

const CLAIM: &[u8] = b"uniqueCount";
/// The name of the claim, an equals sign and quotation mark among spaces, and a number.
const CLAIM_BYTES: usize = 64;

/// The largest number that stands behind the name of the claim.
fn claimed_texts(bytes: &[u8]) -> u64 {
    let places = bytes.windows(CLAIM.len()).enumerate().filter(|(_, window)| *window == CLAIM);
    let number = |place: usize| {
        let digits = bytes[place + CLAIM.len()..].iter().skip_while(|byte| matches!(byte, b' ' | b'=' | b'"' | b'\''));
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    };
    places.map(|(place, _)| number(place)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn refusal(parts: &[(&str, &[u8])]) -> String {
        check_package("a", &package(parts)).map_or_else(|error| error.to_string(), |()| "taken".to_owned())
    }

    #[test]
    fn what_is_no_workbook_is_called_what_it_is() {
        let said = |name: &str| refusal(&[(name, b"x")]);
        assert_eq!(
            said("xa.SHP"),
            "a: this is a ZIP with a Shapefile; unpack it and convert it with ogr2ogr -f GeoJSON -t_srs EPSG:4326"
        );
        assert!(said("content.xml").contains("an OpenDocument file (.ods); save it as .xlsx"));
        assert!(said("doc.kml").contains("a ZIP with a KML file (.kmz)"));
        assert!(said("xl/workbook.bin").contains("a binary workbook (.xlsb)"));
        assert!(said("vu-viec.csv").contains("a ZIP with \"vu-viec.csv\" inside; unpack it first"));
        assert!(said("readme").contains("a ZIP that holds readme; a workbook"));
        assert!(refusal(&[]).contains("a ZIP that holds nothing"));
        assert_eq!(said("xl/workbook.xml"), "taken");
    }

    #[test]
    fn parts_that_do_not_fit_are_refused_by_the_limit_they_break() {
        let large = vec![b'<'; (MAX_PART_BYTES + 1) as usize];
        assert_eq!(
            refusal(&[("xl/workbook.xml", b"<a/>"), ("xl/styles.xml", &large)]),
            "a: the spreadsheet cannot be read: its part xl/styles.xml unpacks to more than 16 MB; save the sheet as \
             CSV (UTF-8)"
        );
        let long = vec![b'x'; MAX_RUN_BYTES + 1];
        assert!(
            refusal(&[("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", &long)])
                .contains("a cell of its part xl/worksheets/sheet1.xml is longer than 4 MB")
        );
        let claim = b"<sst uniqueCount = '99999999999'><si/></sst>";
        assert!(
            refusal(&[("xl/workbook.xml", b"<a/>"), ("xl/sharedStrings.xml", claim)])
                .contains("claims 99999999999 texts and has 44 bytes")
        );
    }

    #[test]
    fn a_claim_is_found_on_a_seam_of_two_pieces() {
        for before in PIECE - 80..PIECE + 8 {
            let text = [vec![b' '; before], b"uniqueCount=\"123\"".to_vec()].concat();
            assert_eq!(sizes(text.as_slice()).unwrap().claimed_texts, 123, "{before}");
        }
    }
}
