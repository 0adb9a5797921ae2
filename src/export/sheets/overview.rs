//! The first pages: the map of all areas with its legend, and the list of sheets with their pages.
//!
//! In: the map of the level, its rows, which of them have sheets. Out: pages. A list that the first page has no room
//! for goes on on pages of its own.

use super::badge::letters;
use super::error::SheetsError;
use super::foot::PageFoot;
use super::look::{BODY, BOTTOM, Look, MARGIN, TOP, TextColumn, WIDTH};
use crate::domain::area::AreaIndex;
use crate::export::map_image::{
    Anchor, MapImageError, MapInsert, PagePoint, Rect, Swatch, TextStyle, regular, semibold,
};
use crate::export::pdf::{PagePart, PartRole, PdfPage};
use crate::texts::{TextId, text_id};
use crate::tile::area_row::AreaRow;

const TITLE_PT: f64 = 16.0;
const MAP_HEIGHT: f64 = 305.0;
const LEGEND_COLUMNS: usize = 3;
const LIST_COLUMNS: usize = 4;
const ROW_PT: f64 = 10.6;
const GAP: f64 = 11.0;
/// The colour of an area in the list, with its letter.
const CHIP_PT: f64 = 15.0;
/// Where the list begins on the first page: the room above is the same in every book.
const FIRST_LIST: f64 = 544.0;
/// Where it goes on.
const NEXT_LIST: f64 = TOP + 44.0;
const ENTRY: TextStyle = regular(7.7);

/// The areas of a level as the first pages show them.
#[derive(Debug)]
pub(super) struct Overview<'a> {
    pub(super) title: &'a str,
    pub(super) map: &'a MapInsert<'a>,
    pub(super) look: &'a Look,
    pub(super) rows: &'a [AreaRow<'a>],
    /// The areas that have sheets, in their order.
    pub(super) areas: &'a [AreaIndex],
}

/// How many entries stand in a column that begins at a height.
fn rows_from(y: f64) -> usize {
    ((BOTTOM - y) / ROW_PT).floor().max(1.0) as usize
}

/// How many pages stand before so many sheets.
pub(super) fn pages_for(sheets: usize) -> usize {
    let first = rows_from(FIRST_LIST) * LIST_COLUMNS;
    let next = rows_from(NEXT_LIST) * LIST_COLUMNS;
    1 + sheets.saturating_sub(first).div_ceil(next)
}

impl Overview<'_> {
    /// How many pages there are.
    pub(super) fn pages(&self) -> usize {
        pages_for(self.areas.len())
    }

    /// The pages.
    pub(super) fn drawn(&self, foot: &PageFoot) -> Result<Vec<PdfPage>, SheetsError> {
        let first = rows_from(FIRST_LIST) * LIST_COLUMNS;
        let (own, rest) = self.areas.split_at(first.min(self.areas.len()));
        let mut parts = self.head()?;
        parts.extend(self.list(own, 0, FIRST_LIST)?);
        parts.extend(foot.parts(0));
        let mut pages = vec![PdfPage { bookmark: Some(self.title.to_owned()), parts }];
        for (index, some) in rest.chunks(rows_from(NEXT_LIST) * LIST_COLUMNS).enumerate() {
            let before = first + index * rows_from(NEXT_LIST) * LIST_COLUMNS;
            let mut parts = self.heading(text_id!("sheets-list-more"), NEXT_LIST - 20.0);
            parts.extend(self.list(some, before, NEXT_LIST)?);
            parts.extend(foot.parts(index + 1));
            pages.push(PdfPage { bookmark: None, parts });
        }
        Ok(pages)
    }

    /// Title, period, map and legend, and the heading of the list.
    fn head(&self) -> Result<Vec<PagePart>, SheetsError> {
        let look = self.look;
        let mut head = TextColumn::new(look, PagePoint::new(MARGIN, TOP + BODY.size + 8.0), WIDTH);
        head.heading(&self.map.title(), semibold(TITLE_PT), 1);
        head.paragraph(&self.map.period(), BODY, &look.soft);
        head.skip(6.0);
        let room = Rect { x: MARGIN, y: head.y, width: WIDTH, height: MAP_HEIGHT };
        let mut parts = head.parts;
        parts.push(PagePart { role: PartRole::Figure(self.map.title()), svg: self.map.map(room)? });
        let below = Rect { x: MARGIN, y: room.bottom() + 8.0, width: WIDTH, height: 0.0 };
        let legend = self.map.legend(below, LEGEND_COLUMNS)?;
        parts.push(PagePart { role: PartRole::Paragraph, svg: legend.svg });
        parts.extend(self.heading(text_id!("sheets-list"), FIRST_LIST - 20.0));
        Ok(parts)
    }

    fn heading(&self, text: TextId, y: f64) -> Vec<PagePart> {
        let mut column = TextColumn::new(self.look, PagePoint::new(MARGIN, y), WIDTH);
        column.section(&self.look.say(text));
        column.parts
    }

    /// Some entries in columns, the first of which is at a place among all.
    fn list(&self, areas: &[AreaIndex], before: usize, top: f64) -> Result<Vec<PagePart>, MapImageError> {
        let width = (WIDTH - GAP * (LIST_COLUMNS - 1) as f64) / LIST_COLUMNS as f64;
        let rows = areas.len().div_ceil(LIST_COLUMNS).max(1);
        let entry = |(index, area): (usize, &AreaIndex)| {
            let x = MARGIN + (index / rows) as f64 * (width + GAP);
            let room = Rect { x, y: top + (index % rows) as f64 * ROW_PT, width, height: ROW_PT };
            self.entry(*area, self.pages() + before + index, room)
        };
        areas.iter().enumerate().filter_map(|found| entry(found).transpose()).collect()
    }

    /// The colour with its letter, the name, the number of the page.
    fn entry(&self, area: AreaIndex, page: usize, room: Rect) -> Result<Option<PagePart>, MapImageError> {
        let Some(row) = self.rows.get(area.index()) else { return Ok(None) };
        let look = self.look;
        let base = room.y + ROW_PT * 0.75;
        let chip = Rect { x: room.x, y: room.y + 0.8, width: CHIP_PT, height: ROW_PT - 1.6 };
        let number = (page + 1).to_string();
        let named = room.width - CHIP_PT - 4.0 - ENTRY.width(&number) - 3.0;
        let at = |x: f64| PagePoint::new(x, base);
        let svg = self.chip(area, &letters(row), chip)?
            + &ENTRY.line(&shortened(&row.area.name, named), at(chip.right() + 4.0), Anchor::Start, &look.ink)
            + &ENTRY.line(&number, at(room.right()), Anchor::End, &look.soft);
        Ok(Some(PagePart { role: PartRole::Link(page, room), svg }))
    }

    fn chip(&self, area: AreaIndex, letters: &str, room: Rect) -> Result<String, MapImageError> {
        let Swatch { definitions, fills, ink } = self.map.swatch(area)?;
        let mut svg = format!("<defs>{definitions}</defs>");
        for fill in fills {
            svg += &room.filled(&fill);
        }
        svg += &room.filled(&format!(" fill=\"none\" stroke=\"{}\" stroke-width=\"0.4\"", self.look.hair));
        let style = semibold(if letters.chars().count() > 1 { 6.0 } else { 7.2 });
        let base = PagePoint::new(room.x + room.width / 2.0, room.y + room.height / 2.0 + style.drop_to_base());
        Ok(svg + &style.line(letters, base, Anchor::Middle, &ink))
    }
}

/// A name that fits into a width, cut where it does not.
fn shortened(name: &str, width: f64) -> String {
    if ENTRY.width(name) <= width {
        return name.to_owned();
    }
    let mut kept = name.to_owned();
    while ENTRY.width(&format!("{kept}…")) > width && kept.pop().is_some() {}
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_goes_on_where_the_first_page_has_no_room() {
        assert_eq!(pages_for(0), 1);
        assert_eq!(pages_for(rows_from(FIRST_LIST) * LIST_COLUMNS), 1);
        assert_eq!(pages_for(rows_from(FIRST_LIST) * LIST_COLUMNS + 1), 2);
        assert!(rows_from(FIRST_LIST) * LIST_COLUMNS >= 78, "{}", rows_from(FIRST_LIST));
    }
}
