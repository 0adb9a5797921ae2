//! In which encoding the texts of a dBASE table are.
//!
//! In: what the operator says, what stands in the `.cpg` file, and the language byte of the table. Out: how bytes become
//! text. Without any of them the bytes must be UTF-8.

use encoding_rs::{Encoding as CodePage, UTF_8, WINDOWS_1252};

use crate::ingest::text::encoding::Encoding;
use crate::ingest::text::legacy::{LegacyDecoder, Scheme};
use crate::ingest::text::names::{NameFault, best_reading, encoding_fault};

/// How the bytes of a table become text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest::format) enum TableEncoding {
    /// UTF-8, and who says so.
    Utf8(&'static str),
    /// UTF-8, for want of a word about it.
    Unsaid,
    /// UTF-8, for the `.cpg` file names what is not known.
    Unknown(String),
    /// An encoding of Viet Nam.
    Legacy(Scheme),
    /// Another code page, and who says so.
    Other(&'static CodePage, &'static str),
}

/// Who names the encoding of a table.
const OPTION: &str = "--encoding";
const CPG: &str = "the .cpg file";
const LANGUAGE_BYTE: &str = "the language byte of the .dbf file";

/// Language bytes of tables and their code pages; what is not here is named by no program any more.
const LANGUAGES: [(u8, &str); 12] = [
    (0x03, "windows-1252"),
    (0x57, "windows-1252"),
    (0x58, "windows-1252"),
    (0x59, "windows-1252"),
    (0x4D, "gbk"),
    (0x7A, "gbk"),
    (0x78, "big5"),
    (0x7B, "shift_jis"),
    (0x7C, "windows-874"),
    (0xC8, "windows-1250"),
    (0xC9, "windows-1251"),
    (0x7D, "windows-1255"),
];

/// Code page 1258, which has letters of its own for Vietnamese tones.
const VIETNAMESE: &str = "windows-1258";

impl TableEncoding {
    /// The encoding of a table: the operator's word, that of the `.cpg` file, that of the table.
    pub(in crate::ingest::format) fn of(
        told: Option<Encoding>,
        cpg: Option<&str>,
        language: u8,
    ) -> Result<Self, String> {
        match told {
            None => {}
            Some(Encoding::Utf8) => return Ok(Self::Utf8(OPTION)),
            Some(Encoding::Windows1258) => return Ok(Self::Legacy(Scheme::Windows1258)),
            Some(Encoding::Tcvn3) => return Ok(Self::Legacy(Scheme::Tcvn3)),
            Some(Encoding::Vni) => return Ok(Self::Legacy(Scheme::Vni)),
            Some(Encoding::Utf8Twice) => return Ok(Self::Legacy(Scheme::Utf8Twice)),
            Some(Encoding::Utf16Le | Encoding::Utf16Be) => {
                return Err("the table of a Shapefile is never UTF-16: leave --encoding out".to_owned());
            }
        }
        if let Some(written) = cpg.map(str::trim).filter(|written| !written.is_empty()) {
            let known = Self::of_label(&label(written), CPG);
            return Ok(known.unwrap_or_else(|| Self::Unknown(written.to_owned())));
        }
        let known = LANGUAGES.iter().find(|(byte, _)| *byte == language);
        Ok(known.and_then(|(_, label)| Self::of_label(label, LANGUAGE_BYTE)).unwrap_or(Self::Unsaid))
    }

    fn of_label(label: &str, said_by: &'static str) -> Option<Self> {
        if label == VIETNAMESE {
            return Some(Self::Legacy(Scheme::Windows1258));
        }
        let page = CodePage::for_label(label.as_bytes())?;
        Some(if page == UTF_8 { Self::Utf8(said_by) } else { Self::Other(page, said_by) })
    }

    /// The text of a cell.
    pub(in crate::ingest::format) fn text(&self, bytes: &[u8]) -> Result<String, String> {
        match self {
            Self::Legacy(scheme) => {
                let decoded = LegacyDecoder::new(*scheme).decode(&mut bytes.to_vec(), true);
                String::from_utf8(decoded).map_err(|_| "the text cannot be read in this encoding".to_owned())
            }
            Self::Other(page, said_by) => {
                let text = page.decode_without_bom_handling(bytes).0.into_owned();
                match utf8_that_looks_like(bytes, &text) {
                    Some(meant) => Err(format!(
                        "the text is UTF-8, and not {} as {said_by} says: it would read {meant:?}; give --encoding utf-8",
                        page.name()
                    )),
                    None => Ok(text),
                }
            }
            Self::Unknown(_) if bytes.is_ascii() => Ok(String::from_utf8_lossy(bytes).into_owned()),
            Self::Unknown(written) => {
                let way = match std::str::from_utf8(bytes) {
                    Ok(meant) => format!("as UTF-8 it would read {meant:?}; give --encoding utf-8"),
                    Err(_) => legacy_way(bytes),
                };
                Err(format!("the .cpg file names the encoding {written:?}, which is not known: {way}"))
            }
            Self::Utf8(_) | Self::Unsaid => match (std::str::from_utf8(bytes), self) {
                (Ok(text), _) => Ok(text.to_owned()),
                (Err(fault), _) if fault.error_len().is_none() => {
                    Err("the text is cut off within a letter: the column is too narrow for it".to_owned())
                }
                (Err(_), Self::Utf8(said_by)) => {
                    Err(format!("the text is not UTF-8, as {said_by} says it is: {}", legacy_way(bytes)))
                }
                (Err(_), _) => Err(format!("nothing says how its letters are encoded: {}", legacy_way(bytes))),
            },
        }
    }
}

/// How bytes that are no UTF-8 are read.
fn legacy_way(bytes: &[u8]) -> String {
    if let Some((option, meant)) = best_reading(bytes) {
        return format!("it would read {meant:?}; give --encoding {}", option.as_str());
    }
    let shown = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    format!("{shown:?} as a western code page; give --encoding tcvn3, vni or windows-1258")
}

/// What bytes read as UTF-8, where the text that another code page makes of them shows that they are.
fn utf8_that_looks_like<'a>(bytes: &'a [u8], text: &str) -> Option<&'a str> {
    let meant = std::str::from_utf8(bytes).ok().filter(|meant| !meant.is_ascii())?;
    let is_mangled = matches!(
        encoding_fault(text),
        Some(NameFault::Encoding { option: Encoding::Utf8Twice, .. } | NameFault::Mangled)
    );
    is_mangled.then_some(meant)
}

/// What a `.cpg` file says, as encodings are labelled: `1258`, `ANSI 1258`, `CP1258`, `UTF8`, `88591`.
fn label(written: &str) -> String {
    let lower = written.to_lowercase();
    let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
    let letters: String = lower.chars().filter(char::is_ascii_alphabetic).collect();
    match (letters.as_str(), digits.as_str()) {
        ("utf", "8") | (_, "65001") => "utf-8".to_owned(),
        (
            "" | "ansi" | "cp" | "windows" | "win" | "ansicp",
            "874" | "1250" | "1251" | "1252" | "1253" | "1254" | "1255" | "1256" | "1257" | "1258",
        ) => {
            format!("windows-{digits}")
        }
        ("" | "iso", part) if part.starts_with("8859") => format!("iso-8859-{}", &part[4..]),
        ("" | "cp", "936") => "gbk".to_owned(),
        ("" | "cp", "950") => "big5".to_owned(),
        ("" | "cp", "932") => "shift_jis".to_owned(),
        _ => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cpg: &str, language: u8, bytes: &[u8]) -> Result<String, String> {
        TableEncoding::of(None, Some(cpg), language)?.text(bytes)
    }

    #[test]
    fn cpg_files_name_encodings_in_many_ways() {
        // "Trà" with a grave accent behind the letter, as code page 1258 has it.
        for cpg in ["1258", "ANSI 1258", "windows-1258", "CP1258\r\n"] {
            let text = read(cpg, 0, b"Tra\xCC").unwrap();
            assert!(["Tra\u{300}", "Trà"].contains(&text.as_str()), "{cpg}: {text}");
        }
        for cpg in ["UTF-8", "utf8", "65001", " UTF-8\n"] {
            assert_eq!(read(cpg, 0x57, "Trà".as_bytes()).unwrap(), "Trà", "{cpg}");
        }
        assert_eq!(read("ISO-8859-1", 0, b"\xE0").unwrap(), "à");
        assert_eq!(read("88591", 0, b"\xE0").unwrap(), "à");
        assert_eq!(read("EBCDIC", 0, b"a").unwrap(), "a");
        let unknown = |bytes| read("OEM 437", 0, bytes).unwrap_err();
        assert!(unknown("Quế Sơn".as_bytes()).ends_with("it would read \"Quế Sơn\"; give --encoding utf-8"));
        assert!(unknown(b"Ph\xADng T\xA9n Th\xB9nh").contains("\"OEM 437\", which is not known"));
    }

    #[test]
    fn language_byte_counts_where_nothing_else_is_said() {
        assert_eq!(read("", 0x57, b"caf\xE9").unwrap(), "café");
        assert!(read("", 0, b"caf\xE9 x").unwrap_err().contains("give --encoding tcvn3"));
        assert_eq!(read("", 0, "Quế Sơn".as_bytes()).unwrap(), "Quế Sơn");
        assert!(read("", 0, &"Quế".as_bytes()[..4]).unwrap_err().contains("cut off within a letter"));
    }

    #[test]
    fn word_of_the_operator_counts_first() {
        let encoding = TableEncoding::of(Some(Encoding::Tcvn3), Some("UTF-8"), 0x57).unwrap();
        assert_eq!(encoding, TableEncoding::Legacy(Scheme::Tcvn3));
        assert!(TableEncoding::of(Some(Encoding::Utf16Le), None, 0).is_err());
        for (cpg, language) in [(None, 0x57), (Some("1252"), 0), (Some("system"), 0)] {
            let encoding = TableEncoding::of(Some(Encoding::Utf8), cpg, language).unwrap();
            assert_eq!(encoding.text("Quế Sơn".as_bytes()).unwrap(), "Quế Sơn");
        }
    }

    #[test]
    fn the_option_that_is_advised_reads_the_text() {
        let utf8 = "Phường Tân Thạnh".as_bytes();
        let tcvn3 = b"Ph\xAD\xEAng T\xA9n Th\xB9nh";
        for (cpg, language, bytes, option) in [
            ("", 0x57, utf8, "utf-8"),
            ("1252", 0, utf8, "utf-8"),
            ("system", 0, utf8, "utf-8"),
            ("UTF-8", 0, tcvn3, "tcvn3"),
            ("", 0, tcvn3, "tcvn3"),
            ("system", 0, tcvn3, "tcvn3"),
        ] {
            let told = read(cpg, language, bytes).unwrap_err();
            assert!(told.ends_with(&format!("\"Phường Tân Thạnh\"; give --encoding {option}")), "{cpg}: {told}");
        }
    }
}
