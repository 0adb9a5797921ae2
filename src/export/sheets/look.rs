//! How sheets look: margins, letters, inks, and columns of text that grow downwards.
//!
//! In: texts. Out: parts of a page. Every length is in points.

use crate::domain::text::{Language, Names};
use crate::export::map_image::{Anchor, MapInsert, PagePoint, TextStyle, number, regular, semibold};
use crate::export::pdf::{A4_PT, PagePart, PartRole};
use crate::texts::TextId;

/// The left and right margins.
pub(super) const MARGIN: f64 = 42.0;
/// Where the first line of a page begins.
pub(super) const TOP: f64 = 34.0;
/// The width between the margins.
pub(super) const WIDTH: f64 = A4_PT.width - 2.0 * MARGIN;
/// Below this begins the foot.
pub(super) const BOTTOM: f64 = A4_PT.height - 62.0;

/// Running text.
pub(super) const BODY: TextStyle = regular(9.0);
/// What explains it.
pub(super) const NOTE: TextStyle = regular(7.8);
/// The heading of a section.
pub(super) const HEADING: TextStyle = semibold(10.0);
/// Lines stand so far apart, over their size.
const LEADING: f64 = 1.34;

/// The inks and the language of a book.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) ink: String,
    pub(super) soft: String,
    pub(super) hair: String,
    pub(super) paper: String,
    pub(super) language: Language,
}

impl Look {
    /// The look of a book whose maps are drawn like this one.
    pub(super) fn of(map: &MapInsert<'_>, language: Language) -> Self {
        let [ink, soft, hair, paper] = [map.ink(), map.soft(), map.hair(), map.paper()].map(str::to_owned);
        Self { ink, soft, hair, paper, language }
    }

    /// A text in the language of the book.
    pub(super) fn say(&self, text: TextId) -> String {
        text.in_language(self.language)
    }

    /// The same of a text with arguments.
    pub(super) fn spoken(&self, names: &Names) -> String {
        names.in_language(self.language).to_owned()
    }

    /// A line across, of some width.
    pub(super) fn rule(&self, at: PagePoint, width: f64) -> PagePart {
        let [x, y, right] = [at.x, at.y, at.x + width].map(number);
        let svg = format!("<path d=\"M{x} {y}H{right}\" stroke=\"{}\" stroke-width=\"0.6\"/>", self.hair);
        PagePart { role: PartRole::Decoration, svg }
    }
}

/// A column of text that grows downwards.
#[derive(Debug)]
pub(super) struct TextColumn<'l> {
    pub(super) look: &'l Look,
    pub(super) x: f64,
    /// Where the next line begins.
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) parts: Vec<PagePart>,
}

impl<'l> TextColumn<'l> {
    /// A column from a point downwards.
    pub(super) fn new(look: &'l Look, at: PagePoint, width: f64) -> Self {
        Self { look, x: at.x, y: at.y, width, parts: Vec::new() }
    }

    /// Leaves room.
    pub(super) fn skip(&mut self, height: f64) {
        self.y += height;
    }

    /// The heading of a section under a hair line.
    pub(super) fn section(&mut self, text: &str) {
        self.parts.push(self.look.rule(PagePoint::new(self.x, self.y), self.width));
        self.skip(3.5);
        self.heading(text, HEADING, 2);
        self.skip(1.5);
    }

    /// A heading of a rank.
    pub(super) fn heading(&mut self, text: &str, letters: TextStyle, rank: u16) {
        let svg = self.lines(text, letters, &self.look.ink.clone());
        self.parts.push(PagePart { role: PartRole::Heading(rank), svg });
    }

    /// Running text.
    pub(super) fn text(&mut self, text: &str) {
        self.paragraph(text, BODY, &self.look.ink.clone());
    }

    /// Smaller text in a soft ink.
    pub(super) fn note(&mut self, text: &str) {
        self.paragraph(text, NOTE, &self.look.soft.clone());
    }

    /// A paragraph; nothing of an empty text.
    pub(super) fn paragraph(&mut self, text: &str, letters: TextStyle, ink: &str) {
        let svg = self.lines(text, letters, ink);
        if !svg.is_empty() {
            self.parts.push(PagePart { role: PartRole::Paragraph, svg });
        }
    }

    fn lines(&mut self, text: &str, letters: TextStyle, ink: &str) -> String {
        let mut svg = String::new();
        for line in letters.wrapped(text, self.width) {
            self.y += letters.size * LEADING;
            let base = PagePoint::new(self.x, self.y - letters.size * (LEADING - 1.0));
            svg += &letters.line(&line, base, Anchor::Start, ink);
        }
        svg
    }

    /// A name on the left and its value on the right of one line.
    pub(super) fn pair(&mut self, name: &str, value: &str) {
        let bold = semibold(BODY.size);
        let room = self.width - bold.width(value) - 8.0;
        let lines = BODY.wrapped(name, room);
        let mut svg = String::new();
        for (index, line) in lines.iter().enumerate() {
            self.y += BODY.size * LEADING;
            let base = self.y - BODY.size * (LEADING - 1.0);
            svg += &BODY.line(line, PagePoint::new(self.x, base), Anchor::Start, &self.look.ink);
            if index == 0 {
                svg += &bold.line(value, PagePoint::new(self.x + self.width, base), Anchor::End, &self.look.ink);
            }
        }
        self.parts.push(PagePart { role: PartRole::Paragraph, svg });
    }

    /// A drawing that stands in the column from here on, said in words.
    pub(super) fn figure(&mut self, svg: String, words: String, height: f64) {
        self.parts.push(PagePart { role: PartRole::Figure(words), svg });
        self.y += height;
    }

    /// A drawing that says what the text beside it says already.
    pub(super) fn decoration(&mut self, svg: String, height: f64) {
        self.parts.push(PagePart { role: PartRole::Decoration, svg });
        self.y += height;
    }
}
