//! Workbooks whose parts are the input: unpacked in the input, so that it is the XML that changes, and packed here.
//!
//! In: parts of the input, each behind a line that names it (`%sheet1`), or a whole file. Out: the bytes of an XLSX file
//! with the usual parts where the input has none.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The parts by the names of the input, with what stands there when the input has none.
const PARTS: [(&str, &str, &str); 6] = [
    (
        "types",
        "[Content_Types].xml",
        r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
    ),
    (
        "package",
        "_rels/.rels",
        r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "workbook",
        "xl/workbook.xml",
        r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "links",
        "xl/_rels/workbook.xml.rels",
        r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
    (
        "strings",
        "xl/sharedStrings.xml",
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>id</t></si><si><t>chay</t></si></sst>"#,
    ),
    (
        "styles",
        "xl/styles.xml",
        r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#,
    ),
];

/// The sheet's part, which has no usual content.
const SHEET: (&str, &str) = ("sheet1", "xl/worksheets/sheet1.xml");

/// The workbook of an input: its parts packed, or the input itself where it names none.
pub fn packed(input: &[u8]) -> Vec<u8> {
    let given = parts(input);
    if given.is_empty() {
        return input.to_vec();
    }
    let usual = PARTS.iter().map(|(name, path, text)| (*path, part(&given, name).unwrap_or(text.as_bytes())));
    let sheet = part(&given, SHEET.0).map(|content| (SHEET.1, content));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in usual.chain(sheet) {
        archive.start_file(path, SimpleFileOptions::default()).expect("a part can be begun");
        archive.write_all(content).expect("a part can be packed");
    }
    archive.finish().expect("an archive can be ended").into_inner()
}

fn part<'a>(given: &[(&str, &'a [u8])], name: &str) -> Option<&'a [u8]> {
    given.iter().find(|(known, _)| *known == name).map(|(_, content)| *content)
}

/// The parts of an input in which lines name them.
fn parts(input: &[u8]) -> Vec<(&str, &[u8])> {
    let mut parts = Vec::new();
    for piece in input.split(|byte| *byte == b'%').skip(1) {
        let Some(end) = piece.iter().position(|byte| *byte == b'\n') else { continue };
        let known = PARTS.iter().map(|(name, ..)| *name).chain([SHEET.0]).any(|name| name.as_bytes() == &piece[..end]);
        if let (true, Ok(name)) = (known, std::str::from_utf8(&piece[..end])) {
            parts.push((name, &piece[end + 1..]));
        }
    }
    parts
}
