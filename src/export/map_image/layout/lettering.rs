//! Text in our font: how wide it is, where it breaks, and how it is written.
//!
//! In: a text, its size and weight. Out: widths in pixels, lines, SVG elements. Widths are sums of advances, without
//! kerning: good to a pixel in a line. A browser without the font shows another of about the same width.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value as Json;
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};

use crate::export::map_image::drawing::svg::{PagePoint, escaped, number};
use crate::export::map_image::folder::{FONT_FILES, file};

/// The font of every text, with what stands in for it where it is not installed.
pub(in crate::export) const FAMILY: &str = "'Be Vietnam Pro', system-ui, sans-serif";

/// The height of capital letters over the size.
const CAP_HEIGHT: f64 = 0.74;
/// What a sign that the font does not have is taken to be wide, over the size.
const UNKNOWN_ADVANCE: f64 = 0.6;

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export) enum FontWeight {
    Regular,
    SemiBold,
}

impl FontWeight {
    /// The weight that a list of fonts of a style names.
    pub(in crate::export) fn of_fonts(fonts: &Json) -> Self {
        if fonts.to_string().contains("Bold") { Self::SemiBold } else { Self::Regular }
    }
}

/// Size and weight of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::export) struct TextStyle {
    pub(in crate::export) size: f64,
    pub(in crate::export) weight: FontWeight,
}

/// Text of the regular cut.
pub(in crate::export) const fn regular(size: f64) -> TextStyle {
    TextStyle { size, weight: FontWeight::Regular }
}

/// Text of the semi-bold cut.
pub(in crate::export) const fn semibold(size: f64) -> TextStyle {
    TextStyle { size, weight: FontWeight::SemiBold }
}

/// Where a text stands against its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export) enum Anchor {
    Start,
    Middle,
    End,
}

/// The advances of the signs of a cut, over the size.
static ADVANCES: LazyLock<[BTreeMap<char, f64>; 2]> = LazyLock::new(|| FONT_FILES.map(advances));

fn advances(path: &str) -> BTreeMap<char, f64> {
    let Some(font) = file(path).and_then(|bytes| skrifa::FontRef::new(bytes).ok()) else { return BTreeMap::new() };
    let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
    let signs = font.charmap().mappings();
    let advance = |(sign, glyph): (u32, _)| Some((char::from_u32(sign)?, f64::from(metrics.advance_width(glyph)?)));
    signs.filter_map(advance).collect()
}

impl TextStyle {
    fn advances(self) -> &'static BTreeMap<char, f64> {
        &ADVANCES[usize::from(self.weight == FontWeight::SemiBold)]
    }

    /// The width of a text.
    pub(in crate::export) fn width(self, text: &str) -> f64 {
        let advances = self.advances();
        let sum: f64 = text.chars().map(|sign| advances.get(&sign).copied().unwrap_or(UNKNOWN_ADVANCE)).sum();
        sum * self.size
    }

    /// The text in lines no wider than a width, where words allow it.
    pub(in crate::export) fn wrapped(self, text: &str, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}")) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// How far below the middle of its line a text has its base line.
    pub(in crate::export) fn drop_to_base(self) -> f64 {
        CAP_HEIGHT / 2.0 * self.size
    }

    /// The attributes of these letters.
    pub(in crate::export) fn attributes(self) -> String {
        let weight = if self.weight == FontWeight::SemiBold { " font-weight=\"600\"" } else { "" };
        format!(" font-size=\"{}\"{weight}", number(self.size))
    }

    /// One line of text on a base line.
    pub(in crate::export) fn line(self, text: &str, at: PagePoint, anchor: Anchor, colour: &str) -> String {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y, letters) = (number(at.x), number(at.y), self.attributes());
        let (colour, text) = (escaped(colour), escaped(text));
        format!("<text x=\"{x}\" y=\"{y}\"{letters}{anchor} fill=\"{colour}\">{text}</text>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_grows_with_size_and_weight() {
        let text = "Phường Tam Kỳ";
        assert!(regular(10.0).width(text) > 50.0);
        assert!((regular(20.0).width(text) - 2.0 * regular(10.0).width(text)).abs() < 1e-9);
        assert!(semibold(10.0).width(text) > regular(10.0).width(text));
        assert_eq!(regular(10.0).width(""), 0.0);
    }

    #[test]
    fn font_has_every_letter_of_vietnamese_and_the_signs_of_legends() {
        let vowels = "aăâeêioôơuưy";
        let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        let accented =
            vowels.chars().flat_map(|vowel| tones.map(|tone| crate::domain::text::nfc(&format!("{vowel}{tone}"))));
        let letters: String = accented.chain(["đĐ≤≥–—·×²“”…−’0123456789.,:;()%+<>&/".to_owned()]).collect();
        for sign in letters.chars().chain(letters.to_uppercase().chars()) {
            assert!(
                regular(1.0).advances().contains_key(&sign) && semibold(1.0).advances().contains_key(&sign),
                "{sign}"
            );
        }
    }

    #[test]
    fn lines_keep_every_word_and_the_width() {
        let text = "Xếp loại an ninh, trật tự theo khu vực của tỉnh Quảng Nam";
        let lines = regular(14.0).wrapped(text, 120.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| regular(14.0).width(line) <= 120.0));
        assert_eq!(lines.join(" "), text);
        assert_eq!(regular(14.0).wrapped("Nguyễn", 1.0), ["Nguyễn"]);
        assert!(regular(14.0).wrapped("", 100.0).is_empty());
    }

    #[test]
    fn texts_are_escaped_where_they_stand() {
        let line = regular(12.0).line("A<B", PagePoint::new(1.0, 2.0), Anchor::Middle, "#000");
        assert_eq!(line, "<text x=\"1\" y=\"2\" font-size=\"12\" text-anchor=\"middle\" fill=\"#000\">A&lt;B</text>");
    }
}
