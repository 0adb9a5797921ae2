//! Sheets of areas: one PDF with a page of A4 for each area of a level, behind pages that show all of them.
//!
//! In: a [`SheetBook`], the very answers of the API cut to a role. Out: the bytes of a file, the same for the same book.
//! The maps are those of [`map_image`](super::map_image), in the same colours; what is said of an area is taken from the
//! answers, and nothing is computed here. No clock is read.

mod area_page;
mod badge;
mod chain;
mod course;
mod error;
mod facts;
mod foot;
mod look;
mod numbers;
mod overview;
mod standard;

use super::answer_tables::basis;
use super::map_image::{Framing, Legend, MapImage, MapImageError, MapImageOptions, MapInsert};
use super::pdf::{A4_PT, PdfDocument, PdfHead};
use crate::domain::area::AreaIndex;
use crate::domain::text::Language;
use crate::service::answers::AssessedLevel;
use crate::service::area_sheets::SheetBook;
use crate::texts::text;
use crate::tile::area_row::AreaRow;
pub use error::SheetsError;
use foot::{PageFoot, dated};
use look::Look;

/// The style of the maps, made for paper.
const STYLE: &str = "print";
const THEME: &str = "grade";

/// The sheets of a book as PDF; each page that is drawn is reported.
///
/// # Errors
/// When an answer is refused, a map cannot be drawn or the file cannot be put together.
pub fn area_sheets(book: &SheetBook, language: Language, on_page: &mut impl FnMut()) -> Result<Vec<u8>, SheetsError> {
    let assessed = book.assessed();
    let rows: Vec<AreaRow<'_>> = assessed.rows().collect();
    let maps = Maps { assessed, rows: &rows, language };
    let whole = maps.options(None);
    let map = maps.insert(&whole)?;
    let look = Look::of(&map, language);
    let title = text!("sheets-title", where = map.whole()).in_language(language).to_owned();
    let head = PdfHead { title: title.clone(), subject: map.period(), language, dated: dated(assessed).date() };
    let mut document = PdfDocument::new(&head, A4_PT);
    let overview =
        overview::Overview { title: &title, map: &map, look: &look, rows: &rows, areas: book.area_indices() };
    let first = overview.pages();
    let foot = PageFoot::of(&map, assessed, language, first + book.sheets());
    for page in overview.drawn(&foot)? {
        document.add(&page)?;
        on_page();
    }
    for (place, area) in book.area_indices().iter().enumerate() {
        let options = maps.options(Some(*area));
        let map = maps.insert(&options)?;
        let answers = book.answers(place)?;
        let sheet = area_page::AreaSheet { area: *area, answers: &answers, map: &map, look: &look };
        document.add(&sheet.drawn(&foot, first + place)?)?;
        on_page();
    }
    Ok(document.finish()?)
}

/// The pages that a book will have.
pub fn sheet_pages(book: &SheetBook) -> usize {
    overview::pages_for(book.sheets()) + book.sheets()
}

/// What all maps of a book are drawn from.
struct Maps<'a> {
    assessed: &'a AssessedLevel,
    rows: &'a [AreaRow<'a>],
    language: Language,
}

impl<'a> Maps<'a> {
    fn options(&self, selected: Option<AreaIndex>) -> MapImageOptions {
        MapImageOptions {
            style: STYLE.to_owned(),
            theme: THEME.to_owned(),
            language: self.language,
            width_px: 0,
            height_px: 0,
            selected,
            framing: if selected.is_some() { Framing::Selected } else { Framing::Edition },
            legend: Legend::Omitted,
        }
    }

    fn insert<'o>(&self, options: &'o MapImageOptions) -> Result<MapInsert<'o>, MapImageError>
    where
        'a: 'o,
    {
        let image = MapImage {
            basis: basis(self.assessed),
            edition: self.assessed.outlines(),
            rows: self.rows,
            options,
            clusters: None,
        };
        MapInsert::of(&image)
    }
}
