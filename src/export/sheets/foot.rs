//! What stands on every page: above the product and its marks, below where the numbers come from and the page number.
//!
//! In: a map of the book, the level that was assessed. Out: parts of a page.

use super::look::{BODY, Look, MARGIN, NOTE, TOP, TextColumn, WIDTH};
use crate::domain::text::Language;
use crate::domain::time::period::Day;
use crate::export::map_image::{Anchor, MapInsert, PagePoint, Rect, semibold};
use crate::export::pdf::{A4_PT, PagePart, PartRole};
use crate::service::answers::AssessedLevel;
use crate::texts::phrasing::written_day;
use crate::texts::{PRODUCT_NAME, text, text_id};

/// What is the same on all pages.
#[derive(Debug)]
pub(super) struct PageFoot {
    look: Look,
    marks: Vec<String>,
    period: String,
    sources: String,
    pages: usize,
}

impl PageFoot {
    /// The foot of the pages of a book.
    pub(super) fn of(map: &MapInsert<'_>, assessed: &AssessedLevel, language: Language, pages: usize) -> Self {
        let look = Look::of(map, language);
        let state = &assessed.requested.state;
        // The public is told the release with its day among the sources; what comes in later does not move it.
        let made = state.release.is_none().then(|| {
            let day = text!("sheets-dated", day = written_day(dated(assessed)));
            let version = text!("sheets-data-version", epoch = state.epoch.to_string());
            format!("{}, {}.", look.spoken(&day), look.spoken(&version))
        });
        let hint = assessed.viewer().role().sees_small_counts().then(|| look.say(text_id!("sheets-internal-hint")));
        let parts = [hint, Some(map.sources()), made];
        let sources = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        Self { look, marks: map.marks(), period: map.period(), sources, pages }
    }

    /// What stands above and below on the page at an index.
    pub(super) fn parts(&self, index: usize) -> Vec<PagePart> {
        let mut parts = vec![self.head()];
        let top = A4_PT.height - 54.0;
        parts.push(self.look.rule(PagePoint::new(MARGIN, top), WIDTH));
        let mut foot = TextColumn::new(&self.look, PagePoint::new(MARGIN, top + 3.0), WIDTH - 64.0);
        foot.note(&format!("{}. {}", self.period, self.sources));
        for part in foot.parts {
            parts.push(PagePart { role: PartRole::Decoration, svg: part.svg });
        }
        let number = text!("sheets-page", page = (index + 1).to_string(), pages = self.pages.to_string());
        let at = PagePoint::new(MARGIN + WIDTH, top + 3.0 + NOTE.size * 1.1);
        let svg = NOTE.line(&self.look.spoken(&number), at, Anchor::End, &self.look.soft);
        parts.push(PagePart { role: PartRole::Decoration, svg });
        parts
    }

    /// The product on the left, the marks in their frames on the right.
    fn head(&self) -> PagePart {
        let bold = semibold(BODY.size);
        let base = TOP + BODY.size * 0.8;
        let mut svg = bold.line(PRODUCT_NAME, PagePoint::new(MARGIN, base), Anchor::Start, &self.look.soft);
        let mut right = MARGIN + WIDTH;
        for mark in self.marks.iter().rev() {
            let width = bold.width(mark) + 14.0;
            let frame = Rect { x: right - width, y: TOP - 4.5, width, height: BODY.size + 9.0 };
            svg +=
                &frame.filled(&format!(" rx=\"3\" fill=\"none\" stroke=\"{}\" stroke-width=\"0.8\"", self.look.soft));
            let middle = PagePoint::new(frame.x + width / 2.0, frame.y + frame.height / 2.0 + bold.drop_to_base());
            svg += &bold.line(mark, middle, Anchor::Middle, &self.look.ink);
            right -= width + 6.0;
        }
        PagePart { role: PartRole::Decoration, svg }
    }
}

/// The day of what the sheets say: that of the release for the public, else the day on which they are drawn up.
pub(super) fn dated(assessed: &AssessedLevel) -> Day {
    let released = assessed.requested.state.release.map(|release| Day::of_date(release.made_on));
    released.unwrap_or_else(|| assessed.viewer().today())
}
