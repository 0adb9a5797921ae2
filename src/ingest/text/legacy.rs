//! Vietnamese in encodings from before Unicode: TCVN3 (ABC fonts), VNI, the code page 1258, and UTF-8 that was read as
//! one of the western code pages.
//!
//! In: bytes as they were written, or the letters that a program of the west made of them and saved as UTF-8; which
//! of the two is decided once for a file, by the first bytes beyond ASCII. Out: the text that was meant.

use std::sync::OnceLock;

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1258};

/// How letters were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Scheme {
    /// One byte a letter, shown by ABC fonts.
    Tcvn3,
    /// A letter and a byte for its marks, shown by VNI fonts.
    Vni,
    /// A letter and a combining tone.
    Windows1258,
    /// UTF-8 that was read as a western code page, and written as UTF-8 again.
    Utf8Twice,
}

/// A byte of the file, or a letter that stands for no byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Byte(u8),
    Letter(char),
}

/// Turns bytes of one scheme into UTF-8, piece by piece.
#[derive(Debug)]
pub(in crate::ingest) struct LegacyDecoder {
    scheme: Scheme,
    /// Whether the bytes are UTF-8 of western letters; known when the first beyond ASCII has come.
    wrapped: Option<bool>,
    /// A letter that a mark may follow.
    held: Option<char>,
}

impl LegacyDecoder {
    pub(in crate::ingest) fn new(scheme: Scheme) -> Self {
        Self { scheme, wrapped: None, held: None }
    }

    /// Takes what can be read from the front of `input`; of `Utf8Twice` the bytes that came out may not be UTF-8.
    pub(in crate::ingest) fn decode(&mut self, input: &mut Vec<u8>, ended: bool) -> Vec<u8> {
        let units = self.units(input, ended);
        let mut out = Vec::with_capacity(units.len() * 2);
        for unit in units {
            self.put(unit, &mut out);
        }
        if ended {
            self.release(&mut out);
        }
        out
    }

    fn units(&mut self, input: &mut Vec<u8>, ended: bool) -> Vec<Unit> {
        if self.wrapped.is_none() {
            self.wrapped = match std::str::from_utf8(input) {
                Ok(text) => (!text.is_ascii()).then_some(true),
                Err(fault) if fault.error_len().is_some() || ended => Some(false),
                Err(fault) => (!input[..fault.valid_up_to()].is_ascii()).then_some(true),
            };
        }
        match self.wrapped {
            Some(true) => Self::unwrapped(input, ended),
            Some(false) => std::mem::take(input).into_iter().map(Unit::Byte).collect(),
            None => {
                // A piece that ends with what may be the start of a letter does not say yet.
                let plain = input.iter().take_while(|byte| byte.is_ascii()).count();
                input.drain(..plain).map(Unit::Byte).collect()
            }
        }
    }

    fn unwrapped(input: &mut Vec<u8>, ended: bool) -> Vec<Unit> {
        let mut units = Vec::with_capacity(input.len());
        let mut rest = input.as_slice();
        while !rest.is_empty() {
            let (text, fault) = match std::str::from_utf8(rest) {
                Ok(text) => (text, None),
                Err(fault) => {
                    let (text, _) = rest.split_at(fault.valid_up_to());
                    (std::str::from_utf8(text).unwrap_or_default(), Some(fault.error_len()))
                }
            };
            units.extend(text.chars().map(unit_of));
            rest = &rest[text.len()..];
            match fault {
                // The letter goes on in the next piece.
                Some(None) if !ended => break,
                Some(_) => {
                    units.push(Unit::Byte(rest[0]));
                    rest = &rest[1..];
                }
                None => {}
            }
        }
        *input = rest.to_vec();
        units
    }

    fn put(&mut self, unit: Unit, out: &mut Vec<u8>) {
        match (self.scheme, unit) {
            (Scheme::Utf8Twice, Unit::Byte(byte)) => out.push(byte),
            (Scheme::Vni, Unit::Byte(byte)) => self.put_vni(western(byte), out),
            (Scheme::Tcvn3, Unit::Byte(byte)) => push(out, tcvn3(byte)),
            (Scheme::Windows1258, Unit::Byte(byte)) => push(out, table(WINDOWS_1258)[usize::from(byte)]),
            (_, Unit::Letter(letter)) => {
                self.release(out);
                push(out, letter);
            }
        }
    }

    fn put_vni(&mut self, letter: char, out: &mut Vec<u8>) {
        if let Some(marked) = self.held.and_then(|held| vni_pair(held, letter)) {
            self.held = None;
            return push(out, marked);
        }
        self.release(out);
        self.held = Some(letter);
    }

    fn release(&mut self, out: &mut Vec<u8>) {
        if let Some(letter) = self.held.take() {
            push(out, vni_alone(letter));
        }
    }
}

/// What a text says when its letters are taken for bytes of a scheme; none where one of them stands for no byte.
pub(super) fn read_as(scheme: Scheme, text: &str) -> Option<String> {
    let mut decoder = LegacyDecoder { scheme, wrapped: Some(true), held: None };
    let mut out = Vec::new();
    for unit in text.chars().map(unit_of) {
        match unit {
            Unit::Byte(_) => decoder.put(unit, &mut out),
            Unit::Letter(_) => return None,
        }
    }
    decoder.release(&mut out);
    Some(crate::domain::text::nfc(std::str::from_utf8(&out).ok()?))
}

/// The text that was UTF-8 before it was read as a western or the Vietnamese code page.
pub(super) fn unmangled(text: &str) -> Option<String> {
    [WINDOWS_1252, WINDOWS_1258].into_iter().find_map(|page| {
        let bytes: Option<Vec<u8>> = text.chars().map(|letter| byte_of(page, letter)).collect();
        let bytes = bytes?;
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text,
            // A space of fixed width at the end was part of the last letter, and is gone.
            Err(fault) if fault.error_len().is_none() => std::str::from_utf8(&bytes[..fault.valid_up_to()]).ok()?,
            Err(_) => return None,
        };
        (!text.is_ascii()).then(|| text.to_owned())
    })
}

fn push(out: &mut Vec<u8>, letter: char) {
    out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
}

fn unit_of(letter: char) -> Unit {
    byte_of(WINDOWS_1252, letter).map_or(Unit::Letter(letter), Unit::Byte)
}

fn western(byte: u8) -> char {
    table(WINDOWS_1252)[usize::from(byte)]
}

fn byte_of(page: &'static Encoding, letter: char) -> Option<u8> {
    if letter.is_ascii() {
        return Some(letter as u8);
    }
    let place = table(page).iter().skip(128).position(|other| *other == letter)?;
    u8::try_from(place + 128).ok()
}

/// The letter of every byte of a code page.
fn table(page: &'static Encoding) -> &'static [char] {
    static WESTERN: OnceLock<Vec<char>> = OnceLock::new();
    static VIETNAMESE: OnceLock<Vec<char>> = OnceLock::new();
    let letters = || {
        let letter = |byte: u8| page.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or('\u{FFFD}');
        (0..=255).map(letter).collect()
    };
    if page == WINDOWS_1258 { VIETNAMESE.get_or_init(letters) } else { WESTERN.get_or_init(letters) }
}

/// The letters of TCVN 5712:1993, third form, from byte 0xA1 to 0xFE; a dot where there is none.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ";

fn tcvn3(byte: u8) -> char {
    let found = byte.checked_sub(0xA1).and_then(|place| TCVN3.chars().nth(usize::from(place)));
    found.filter(|letter| *letter != '.').unwrap_or_else(|| western(byte))
}

/// Letters of VNI that two characters make: the letter, its mark, what they mean.
const VNI_PAIRS: &str = "aøà aùá aûả aõã aïạ aêă aèằ aéắ aúẳ aüẵ aëặ aââ aàầ aáấ aåẩ aãẫ aäậ eøè eùé eûẻ eõẽ eïẹ eâê eàề eáế eåể \
                         eãễ eäệ oøò oùó oûỏ oõõ oïọ oâô oàồ oáố oåổ oãỗ oäộ ôøờ ôùớ ôûở ôõỡ ôïợ uøù uùú uûủ uõũ uïụ öøừ öùứ öûử \
                         öõữ öïự yøỳ yùý yûỷ yõỹ";
/// Letters of VNI that one character makes.
const VNI_ALONE: &str = "ôơ öư îỵ æỉ óĩ òị ñđ";

fn vni_pair(letter: char, mark: char) -> Option<char> {
    let (base, lower_mark) = (lower(letter), lower(mark));
    VNI_PAIRS.split_whitespace().find_map(|pair| {
        let mut parts = pair.chars();
        let found = parts.next() == Some(base) && parts.next() == Some(lower_mark);
        let meant = parts.next().filter(|_| found)?;
        Some(if letter.is_uppercase() { upper(meant) } else { meant })
    })
}

fn vni_alone(letter: char) -> char {
    let base = lower(letter);
    let found = VNI_ALONE.split_whitespace().find_map(|pair| pair.strip_prefix(base)?.chars().next());
    found.map_or(letter, |meant| if letter.is_uppercase() { upper(meant) } else { meant })
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

fn upper(letter: char) -> char {
    letter.to_uppercase().next().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decoded(scheme: Scheme, bytes: &[u8], size: usize) -> String {
        let (mut decoder, mut input, mut out) = (LegacyDecoder::new(scheme), Vec::new(), Vec::new());
        for piece in bytes.chunks(size) {
            input.extend_from_slice(piece);
            out.extend(decoder.decode(&mut input, false));
        }
        out.extend(decoder.decode(&mut input, true));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn bytes_of_each_scheme_say_the_same_name() {
        let meant = "Phường Tân Thịnh, Đại Lộc";
        // ph-ư-ờ-ng, T-â-n, Th-ị-nh, Đ-ạ-i, L-ộ-c in the table of TCVN 5712.
        let tcvn3 = b"Ph\xAD\xEAng T\xA9n Th\xDEnh, \xA7\xB9i L\xE9c";
        let vni = b"Ph\xF6\xF4\xF8ng Ta\xE2n Th\xF2nh, \xD1a\xEFi Lo\xE4c";
        let page = b"Ph\xFD\xF5\xCCng T\xE2n Thi\xF2nh, \xD0a\xF2i L\xF4\xF2c";
        for (scheme, bytes) in [(Scheme::Tcvn3, &tcvn3[..]), (Scheme::Vni, &vni[..]), (Scheme::Windows1258, &page[..])]
        {
            assert_eq!(crate::domain::text::nfc(&decoded(scheme, bytes, 64)), meant, "{scheme:?}");
            let wrapped: String = bytes.iter().map(|byte| western(*byte)).collect();
            assert_eq!(crate::domain::text::nfc(&decoded(scheme, wrapped.as_bytes(), 1000)), meant, "{scheme:?}");
            assert_eq!(read_as(scheme, &wrapped).as_deref(), Some(meant), "{scheme:?}");
        }
        let twice: String = meant.bytes().map(western).collect();
        assert_eq!(decoded(Scheme::Utf8Twice, twice.as_bytes(), 1000), meant);
        assert_eq!(unmangled(&twice).as_deref(), Some(meant));
    }

    #[test]
    fn capital_letters_of_vni_stay_capital() {
        assert_eq!(read_as(Scheme::Vni, "ÑAÏI LOÄC PHÖÔØNG").as_deref(), Some("ĐẠI LỘC PHƯỜNG"));
    }

    #[test]
    fn sound_text_was_never_mangled() {
        for text in ["Hòa Phú", "Trà Dơn", "Đại Lộc", "Tam Kỳ", "abc", "", "Café"] {
            assert_eq!(unmangled(text), None, "{text}");
        }
        assert_eq!(unmangled("XÃ£ BÃ").as_deref(), Some("Xã B"), "the last letter lost its second byte");
    }

    proptest! {
        #[test]
        fn where_a_file_is_cut_does_not_matter(size in 1_usize..9, wrapped in any::<bool>()) {
            let vni = b"id,Ph\xF6\xF4\xF8ng Ta\xE2n Th\xF2nh\n2,\xD1a\xEFi Lo\xE4c\n";
            let bytes = if wrapped {
                vni.iter().map(|byte| western(*byte)).collect::<String>().into_bytes()
            } else {
                vni.to_vec()
            };
            prop_assert_eq!(decoded(Scheme::Vni, &bytes, size), decoded(Scheme::Vni, &bytes, 1000));
        }
    }
}
