//! In which encoding the texts of a dBASE table are.
//!
//! In: what the operator says, what stands in the `.cpg` file, and the language byte of the table. Out: how bytes become
//! text. Without any of them the bytes must be UTF-8.

use encoding_rs::{Encoding as CodePage, UTF_8, WINDOWS_1252};

use crate::ingest::text::encoding::Encoding;
use crate::ingest::text::legacy::{LegacyDecoder, Scheme};

/// How the bytes of a table become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest::format) enum TableEncoding {
    /// UTF-8, as the file says.
    Utf8,
    /// UTF-8, for want of a word about it.
    Unsaid,
    /// An encoding of Viet Nam.
    Legacy(Scheme),
    /// Another code page.
    Other(&'static CodePage),
}

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
    pub(in crate::ingest::format) fn of(told: Encoding, cpg: Option<&str>, language: u8) -> Result<Self, String> {
        match told {
            Encoding::Utf8 => {}
            Encoding::Windows1258 => return Ok(Self::Legacy(Scheme::Windows1258)),
            Encoding::Tcvn3 => return Ok(Self::Legacy(Scheme::Tcvn3)),
            Encoding::Vni => return Ok(Self::Legacy(Scheme::Vni)),
            Encoding::Utf8Twice => return Ok(Self::Legacy(Scheme::Utf8Twice)),
            Encoding::Utf16Le | Encoding::Utf16Be => {
                return Err("the table of a Shapefile is never UTF-16: leave --encoding out".to_owned());
            }
        }
        if let Some(written) = cpg.map(str::trim).filter(|written| !written.is_empty()) {
            return Self::of_label(&label(written)).ok_or_else(|| {
                format!("the .cpg file names the encoding {written:?}, which is not known: name one with --encoding")
            });
        }
        let known = LANGUAGES.iter().find(|(byte, _)| *byte == language);
        Ok(known.and_then(|(_, label)| Self::of_label(label)).unwrap_or(Self::Unsaid))
    }

    fn of_label(label: &str) -> Option<Self> {
        if label == VIETNAMESE {
            return Some(Self::Legacy(Scheme::Windows1258));
        }
        let page = CodePage::for_label(label.as_bytes())?;
        Some(if page == UTF_8 { Self::Utf8 } else { Self::Other(page) })
    }

    /// The text of a cell.
    pub(in crate::ingest::format) fn text(self, bytes: &[u8]) -> Result<String, String> {
        match self {
            Self::Legacy(scheme) => {
                let decoded = LegacyDecoder::new(scheme).decode(&mut bytes.to_vec(), true);
                String::from_utf8(decoded).map_err(|_| "the text cannot be read in this encoding".to_owned())
            }
            Self::Other(page) => Ok(page.decode_without_bom_handling(bytes).0.into_owned()),
            Self::Utf8 | Self::Unsaid => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(text.to_owned()),
                Err(fault) if fault.error_len().is_none() => {
                    Err("the text is cut off within a letter: the column is too narrow for it".to_owned())
                }
                Err(_) if self == Self::Utf8 => Err("the text is not UTF-8, as the .cpg file says it is".to_owned()),
                Err(_) => {
                    let shown = WINDOWS_1252.decode_without_bom_handling(bytes).0;
                    Err(format!(
                        "nothing says how its letters are encoded ({shown:?} as a western code page): give --encoding \
                         tcvn3, vni or windows-1258"
                    ))
                }
            },
        }
    }
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
        TableEncoding::of(Encoding::Utf8, Some(cpg), language)?.text(bytes)
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
        assert!(read("EBCDIC", 0, b"a").unwrap_err().contains("\"EBCDIC\", which is not known"));
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
        let encoding = TableEncoding::of(Encoding::Tcvn3, Some("UTF-8"), 0x57).unwrap();
        assert_eq!(encoding, TableEncoding::Legacy(Scheme::Tcvn3));
        assert!(TableEncoding::of(Encoding::Utf16Le, None, 0).is_err());
    }
}
