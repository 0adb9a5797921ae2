//! The sheet of one area: a page of A4.
//!
//! In: the answers on the area, a map of it. Out: the parts of the page, from above.

use super::badge::{badge, letters};
use super::chain::{self, Chain};
use super::error::SheetsError;
use super::foot::PageFoot;
use super::look::{BODY, BOTTOM, Look, MARGIN, NOTE, TOP, TextColumn, WIDTH};
use super::{course, facts, standard};
use crate::domain::area::AreaIndex;
use crate::export::map_image::{Anchor, MapInsert, PagePoint, Rect, semibold};
use crate::export::pdf::{PagePart, PartRole, PdfPage};
use crate::service::area_sheets::SheetAnswers;
use crate::texts::{text, text_id};

const NAME_PT: f64 = 21.0;
const BADGE_PT: f64 = 62.0;
const GAP: f64 = 18.0;
const LOCATOR_PT: f64 = 168.0;
/// The maps take what the texts above and below leave, within these heights.
const MAP_HEIGHTS: [f64; 2] = [110.0, 205.0];

/// A sheet.
#[derive(Debug)]
pub(super) struct AreaSheet<'a> {
    pub(super) area: AreaIndex,
    pub(super) answers: &'a SheetAnswers<'a>,
    pub(super) map: &'a MapInsert<'a>,
    pub(super) look: &'a Look,
}

impl AreaSheet<'_> {
    /// The page at an index of the file.
    pub(super) fn drawn(&self, foot: &PageFoot, index: usize) -> Result<PdfPage, SheetsError> {
        let name = self.answers.row.area.name.as_str();
        let (mut parts, y) = self.head(name)?;
        let below = self.columns(0.0)?.1;
        let (maps, y) = self.maps(name, y, below)?;
        parts.extend(maps);
        parts.extend(self.columns(y)?.0);
        parts.extend(foot.parts(index));
        Ok(PdfPage { bookmark: Some(name.to_owned()), parts })
    }

    /// Name, identity, badge and what is said of it; and where they end.
    fn head(&self, name: &str) -> Result<(Vec<PagePart>, f64), SheetsError> {
        let (look, answers) = (self.look, self.answers);
        let mut head = TextColumn::new(look, PagePoint::new(MARGIN, TOP + BODY.size + 8.0), WIDTH);
        head.heading(name, semibold(NAME_PT), 1);
        head.paragraph(&facts::identity(answers, self.map.whole(), look), BODY, &look.soft);
        if let Some(former) = facts::former(answers, look) {
            head.paragraph(&former, BODY, &look.soft);
        }
        head.skip(9.0);
        let (mut parts, top) = (head.parts, head.y);
        let room = Rect { x: MARGIN, y: top, width: BADGE_PT, height: BADGE_PT };
        let grade = self.map.grade_text(self.area);
        let words = look.spoken(&text!("sheet-letter", name = name, grade = grade.as_str()));
        let letters = letters(&answers.row);
        let svg = badge(self.map, self.area, &letters, room)?;
        parts.push(PagePart { role: PartRole::Figure(words), svg });
        let at = PagePoint::new(MARGIN + BADGE_PT + 12.0, top - 3.0);
        let mut beside = TextColumn::new(look, at, WIDTH - BADGE_PT - 12.0);
        let heading =
            if letters.is_empty() { grade } else { format!("{} {grade}", look.say(text_id!("sheet-chain-letter"))) };
        beside.heading(&heading, semibold(13.0), 2);
        beside.skip(1.0);
        beside.text(answers.explanation.sentence.in_language(look.language));
        if let Some(reliability) = facts::reliability(answers, &self.map.reliability_steps(), look) {
            beside.note(&reliability);
        }
        parts.extend(beside.parts);
        Ok((parts, beside.y.max(top + BADGE_PT)))
    }

    /// Where the area lies, and its neighbours in their colours; and where they end.
    fn maps(&self, name: &str, y: f64, below: f64) -> Result<(Vec<PagePart>, f64), SheetsError> {
        let (look, top) = (self.look, y + 10.0 + NOTE.size * 1.5);
        let [least, most] = MAP_HEIGHTS;
        let height = (BOTTOM - below - top).clamp(least, most);
        let locator = Rect { x: MARGIN, y: top, width: LOCATOR_PT, height };
        let x = locator.right() + GAP;
        let map = Rect { x, y: top, width: MARGIN + WIDTH - x, height };
        let caption = |text: String, x: f64| PagePart {
            role: PartRole::Paragraph,
            svg: NOTE.line(&text, PagePoint::new(x, top - 4.0), Anchor::Start, &look.soft),
        };
        let whole = self.map.whole();
        let parts = vec![
            caption(look.say(text_id!("sheet-locator-caption")), locator.x),
            PagePart {
                role: PartRole::Figure(look.spoken(&text!("sheet-locator", where = whole))),
                svg: self.map.locator(locator),
            },
            caption(look.say(text_id!("sheet-map-caption")), map.x),
            PagePart { role: PartRole::Figure(look.spoken(&text!("sheet-map", name = name))), svg: self.map.map(map)? },
        ];
        Ok((parts, top + height))
    }

    /// On the left the counts and the chain to the letter, on the right the course; then the models and the standard;
    /// and where they end.
    fn columns(&self, y: f64) -> Result<(Vec<PagePart>, f64), SheetsError> {
        let (look, answers) = (self.look, self.answers);
        let width = (WIDTH - GAP) / 2.0;
        let mut left = TextColumn::new(look, PagePoint::new(MARGIN, y + 12.0), width);
        left.section(&look.say(text_id!("sheet-chain")));
        left.skip(2.0);
        facts::counts(&mut left, answers);
        left.skip(5.0);
        let grade = self.map.grade_text(self.area);
        let chain =
            Chain { explanation: &answers.explanation, row: &answers.row, grade: &grade, language: look.language };
        chain::draw(&mut left, &chain.lines(), self.map)?;
        let mut right = TextColumn::new(look, PagePoint::new(MARGIN + width + GAP, y + 12.0), width);
        course::draw(&mut right, answers.course);
        // What follows stands where there is more room.
        for section in [standard::models, standard::standard] {
            let column = if left.y < right.y { &mut left } else { &mut right };
            column.skip(8.0);
            section(column, answers);
        }
        left.parts.append(&mut right.parts);
        Ok((left.parts, left.y.max(right.y)))
    }
}
