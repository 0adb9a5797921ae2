//! Glyphs of our font as clients of GL styles load them: signed distance fields, 256 signs to a file.
//!
//! In: a cut of the font and a range of signs. Out: the protocol buffer of the range. The format: sizes and places in
//! pixels of a 24-pixel letter, a border of three pixels around each, 192 on the outline and 8 pixels from there to
//! nothing. Bidirectional text and ligatures are the client's affair, as everywhere with this format.
//!
//! # Reference
//! Green, Improved alpha-tested magnification for vector textures and special effects, SIGGRAPH 2007 courses; the
//! message is `glyphs.proto` of mapbox/node-fontnik.

use std::sync::{LazyLock, OnceLock};

use resvg::tiny_skia::{FillRule, Mask, PathBuilder, Transform};
use sdf_glyph_renderer::{BitmapGlyph, clamp_to_u8};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use crate::export::map_image::{FONT_FILES, styles_file};

/// The names of the cuts in styles, in the order of their files.
pub(crate) const FONT_STACKS: [&str; 2] = ["Be Vietnam Pro", "Be Vietnam Pro SemiBold"];
/// The cuts as pages name them: the family of packages of web fonts, and the weights of the two files.
const WEB_FAMILY: &str = "be-vietnam-pro";
const WEIGHTS: [&str; 2] = ["400", "600"];
/// The size at which letters are measured, which every client takes for granted.
const SIZE_PX: f32 = 24.0;
/// The border around a letter.
const BUFFER_PX: usize = 3;
/// How far from the outline distances are told apart.
const RADIUS_PX: usize = 8;
/// The part of the byte that lies inside the outline.
const CUTOFF: f64 = 0.25;
/// Where the base line lies below the top of the line. Clients put the middle of a line where this number has the
/// middle of capital letters.
const ASCENDER_PX: i32 = 26;
/// How many signs a file holds.
const SIGNS: u32 = 256;
/// How many files there are: the format ends with the basic plane.
const RANGES: usize = 256;

/// The signs of one file, by the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GlyphRange(u32);

impl GlyphRange {
    /// The range of a text such as `256-511`; none where no file begins and ends there.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let first: u32 = text.split_once('-')?.0.parse().ok()?;
        let range = Self(first);
        let is_one = first.is_multiple_of(SIGNS) && first / SIGNS < RANGES as u32 && range.to_string() == text;
        is_one.then_some(range)
    }

    /// Every range, in order.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..RANGES as u32).map(|number| Self(number * SIGNS))
    }

    fn signs(self) -> std::ops::Range<u32> {
        self.0..self.0 + SIGNS
    }
}

impl std::fmt::Display for GlyphRange {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}-{}", self.0, self.0 + SIGNS - 1)
    }
}

/// Every file that was asked for, cut after cut: two fonts with 256 ranges, most of them empty.
static DRAWN: LazyLock<Vec<OnceLock<Vec<u8>>>> =
    LazyLock::new(|| std::iter::repeat_with(OnceLock::new).take(FONT_STACKS.len() * RANGES).collect());

/// The glyphs of a range in the first known font of a list; none where the list names no font of ours. A range of which
/// the font has no sign is a file without glyphs: a client that is refused one draws none of the text.
pub(crate) fn glyphs(stack: &str, range: GlyphRange) -> Option<&'static [u8]> {
    let known = |name: &str| FONT_STACKS.iter().position(|font| font.eq_ignore_ascii_case(name.trim()));
    let font = stack.split(',').find_map(known)?;
    let kept = DRAWN.get(font * RANGES + (range.0 / SIGNS) as usize)?;
    Some(kept.get_or_init(|| drawn(font, range)))
}

/// The style sheet that names a cut to a page, for clients that draw labels with web fonts; none of another font.
pub(crate) fn font_face(family: &str, weight: &str) -> Option<String> {
    let index = cut(family, weight)?;
    let (name, weight) = (FONT_STACKS[0], WEIGHTS[index]);
    let face = format!("font-family:'{name}';font-weight:{weight};src:url({weight}.ttf) format('truetype')");
    Some(format!("@font-face{{{face}}}\n"))
}

/// The file of a cut; none of another font.
pub(crate) fn font_file(family: &str, weight: &str) -> Option<&'static [u8]> {
    styles_file(FONT_FILES[cut(family, weight)?])
}

fn cut(family: &str, weight: &str) -> Option<usize> {
    if family != WEB_FAMILY {
        return None;
    }
    WEIGHTS.iter().position(|known| *known == weight)
}

fn drawn(font: usize, range: GlyphRange) -> Vec<u8> {
    let mut stack = Vec::new();
    push_bytes(&mut stack, 1, FONT_STACKS[font].as_bytes());
    push_bytes(&mut stack, 2, range.to_string().as_bytes());
    if let Some(font) = styles_file(FONT_FILES[font]).and_then(|bytes| FontRef::new(bytes).ok()) {
        let charmap = font.charmap();
        let mapped = range.signs().filter_map(|sign| Some((sign, charmap.map(sign)?)));
        for glyph in mapped.filter_map(|(sign, glyph)| Glyph::of(&font, sign, glyph)) {
            push_bytes(&mut stack, 3, &glyph.message());
        }
    }
    let mut message = Vec::with_capacity(stack.len() + 8);
    push_bytes(&mut message, 1, &stack);
    message
}

/// One sign, measured and drawn.
struct Glyph {
    sign: u32,
    /// Distances, border included; empty where there is nothing to draw, as of a space.
    bitmap: Vec<u8>,
    width_px: u32,
    height_px: u32,
    left_px: i32,
    top_px: i32,
    advance_px: u32,
}

impl Glyph {
    fn of(font: &FontRef<'_>, sign: u32, glyph: GlyphId) -> Option<Self> {
        let size = Size::new(SIZE_PX);
        let advance = font.glyph_metrics(size, LocationRef::default()).advance_width(glyph)?;
        let mut pen = PathPen(PathBuilder::new());
        if let Some(outline) = font.outline_glyphs().get(glyph) {
            outline.draw(DrawSettings::unhinted(size, LocationRef::default()), &mut pen).ok()?;
        }
        let advance_px = advance.round().max(0.0) as u32;
        let empty = Self { sign, bitmap: Vec::new(), width_px: 0, height_px: 0, left_px: 0, top_px: 0, advance_px };
        let Some(path) = pen.0.finish() else { return Some(empty) };
        let bounds = path.bounds();
        // The path is drawn with y downwards, as masks have it.
        let (left, top) = (bounds.left().floor(), bounds.top().floor());
        let (width_px, height_px) = ((bounds.right().ceil() - left) as u32, (bounds.bottom().ceil() - top) as u32);
        let Some(mut mask) = Mask::new(width_px, height_px) else { return Some(empty) };
        mask.fill_path(&path, FillRule::Winding, true, Transform::from_translate(-left, -top));
        let letter =
            BitmapGlyph::from_unbuffered(mask.data(), width_px as usize, height_px as usize, BUFFER_PX).ok()?;
        let bitmap = clamp_to_u8(&letter.render_sdf(RADIUS_PX), CUTOFF).ok()?;
        let (left_px, top_px) = (left as i32, -(top as i32) - ASCENDER_PX);
        Some(Self { bitmap, width_px, height_px, left_px, top_px, ..empty })
    }

    fn message(&self) -> Vec<u8> {
        let mut message = Vec::with_capacity(self.bitmap.len() + 24);
        push_number(&mut message, 1, self.sign);
        if !self.bitmap.is_empty() {
            push_bytes(&mut message, 2, &self.bitmap);
        }
        push_number(&mut message, 3, self.width_px);
        push_number(&mut message, 4, self.height_px);
        push_number(&mut message, 5, zigzag(self.left_px));
        push_number(&mut message, 6, zigzag(self.top_px));
        push_number(&mut message, 7, self.advance_px);
        message
    }
}

/// Writes an outline down with y downwards.
struct PathPen(PathBuilder);

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, -y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.0.quad_to(cx0, -cy0, x, -y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.cubic_to(cx0, -cy0, cx1, -cy1, x, -y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

/// A signed number as protocol buffers write it, small whichever its sign.
fn zigzag(number: i32) -> u32 {
    ((number << 1) ^ (number >> 31)).cast_unsigned()
}

fn push_varint(message: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        message.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    message.push(number as u8);
}

fn push_number(message: &mut Vec<u8>, field: u32, number: u32) {
    push_varint(message, field << 3);
    push_varint(message, number);
}

fn push_bytes(message: &mut Vec<u8>, field: u32, bytes: &[u8]) {
    push_varint(message, field << 3 | 2);
    push_varint(message, bytes.len() as u32);
    message.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields of a message, as any reader of protocol buffers finds them: numbers, or bytes.
    fn fields(mut message: &[u8]) -> Vec<(u32, u32, Vec<u8>)> {
        fn varint(message: &mut &[u8]) -> u32 {
            let mut number = 0;
            for shift in (0..35).step_by(7) {
                let byte = message[0];
                *message = &message[1..];
                number |= u32::from(byte & 0x7f) << shift;
                if byte < 0x80 {
                    break;
                }
            }
            number
        }
        let mut found = Vec::new();
        while !message.is_empty() {
            let key = varint(&mut message);
            let number = varint(&mut message);
            let length = if key & 7 == 2 { number as usize } else { 0 };
            found.push((key >> 3, number, message[..length].to_vec()));
            message = &message[length..];
        }
        found
    }

    fn glyphs_of(stack: &str, range: &str) -> Vec<Vec<(u32, u32, Vec<u8>)>> {
        let message = fields(glyphs(stack, GlyphRange::parse(range).unwrap()).unwrap());
        assert_eq!(message.len(), 1);
        let stack = fields(&message[0].2);
        assert_eq!(stack[1].2, range.as_bytes());
        stack.into_iter().filter(|(field, ..)| *field == 3).map(|(.., bytes)| fields(&bytes)).collect()
    }

    fn number(glyph: &[(u32, u32, Vec<u8>)], field: u32) -> u32 {
        glyph.iter().find(|(known, ..)| *known == field).unwrap().1
    }

    #[test]
    fn range_is_256_signs_of_the_basic_plane() {
        assert_eq!(GlyphRange::parse("7680-7935").unwrap().to_string(), "7680-7935");
        for wrong in ["0-254", "1-256", "0", "-255", "0-255 ", "00-255", "65536-65791", "+0-255", "256-0", ""] {
            assert_eq!(GlyphRange::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn letters_have_their_box_with_a_border_and_ink_inside() {
        let latin = glyphs_of("Be Vietnam Pro", "0-255");
        assert!(latin.len() > 180, "{} signs", latin.len());
        let letter = latin.iter().find(|glyph| number(glyph, 1) == u32::from('H')).unwrap();
        let (width, height) = (number(letter, 3), number(letter, 4));
        // Capital letters of the font are 0.74 of its size: 17.8 pixels.
        assert!((17..=19).contains(&height) && (12..=19).contains(&width), "{width} × {height}");
        assert_eq!(letter[1].2.len() as u32, (width + 6) * (height + 6));
        // The outline lies at 192: the stem of an H is above it, the corner of its border far below.
        assert!(letter[1].2.iter().any(|distance| *distance > 200) && letter[1].2[0] < 120);
        let space = latin.iter().find(|glyph| number(glyph, 1) == 32).unwrap();
        assert_eq!((number(space, 3), number(space, 4), space.len()), (0, 0, 6));
        assert!(number(space, 7) > 3);
    }

    #[test]
    fn every_letter_of_vietnamese_is_there_in_both_cuts() {
        for stack in FONT_STACKS {
            for letter in "ĂÂĐÊÔƠƯăâđêôơưẠạẦầẨẫẬắẳẵặẻẽẹếềểễệỉịọốồổỗộớờởỡợụủứừửữựỳỷỹỵ₫–".chars()
            {
                let first = u32::from(letter) / 256 * 256;
                let found = glyphs_of(stack, &format!("{first}-{}", first + 255));
                assert!(found.iter().any(|glyph| number(glyph, 1) == u32::from(letter)), "{stack} lacks {letter}");
            }
        }
    }

    #[test]
    fn first_known_font_of_a_list_is_taken_and_ranges_without_signs_are_empty() {
        let range = GlyphRange::parse("0-255").unwrap();
        assert_eq!(glyphs("Noto Sans Regular,be vietnam pro semibold", range), glyphs(FONT_STACKS[1], range));
        assert_ne!(glyphs(FONT_STACKS[0], range), glyphs(FONT_STACKS[1], range));
        assert_eq!(glyphs("Noto Sans Regular", range), None);
        assert!(glyphs_of("Be Vietnam Pro", "19968-20223").is_empty());
    }

    #[test]
    fn web_font_is_named_by_family_and_weight() {
        assert!(font_face("be-vietnam-pro", "600").unwrap().contains("url(600.ttf)"));
        assert!(font_file("be-vietnam-pro", "400").unwrap().starts_with(&[0, 1, 0, 0]));
        assert_eq!((font_face("be-vietnam-pro", "500"), font_file("arial", "400")), (None, None));
    }

    #[test]
    fn signed_numbers_alternate() {
        assert_eq!([0, -1, 1, -2, 2].map(zigzag), [0, 1, 2, 3, 4]);
    }
}
