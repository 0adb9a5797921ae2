//! The first picture of the map, inside its document: seen before any script has come, until the map itself is drawn.
//!
//! In: the document as it was built, and a drawing of what the public sees first. Out: the document with the drawing in
//! its place. Whose view it is, and when it is made, is not decided here; whether a reader sees it, the page's script
//! decides, because only he knows the fragment of the address.

use crate::domain::text::Language;
use crate::export::map_image::{Framing, Legend, MapImageOptions};

/// The element that takes the drawing, as it is built.
const PLACE: &str = "<div id=\"first-picture\" aria-hidden=\"true\"></div>";
/// The ids of the drawing begin so.
pub(in crate::http) const ID_PREFIX: &str = "first";
/// The schemes of the page that have a picture; a page high in contrast waits for the map.
const STYLES: [&str; 2] = ["light", "dark"];
/// About the size of the areas on a desktop.
const SIZE_PX: (u32, u32) = (820, 640);

/// What the picture looks like in each scheme of the page.
pub(in crate::http) fn options() -> [MapImageOptions; 2] {
    STYLES.map(|style| MapImageOptions {
        style: style.to_owned(),
        theme: "grade".to_owned(),
        // The names of places are the same in both.
        language: Language::Vietnamese,
        width_px: SIZE_PX.0,
        height_px: SIZE_PX.1,
        selected: None,
        framing: Framing::Edition,
        legend: Legend::Omitted,
    })
}

/// The document with the drawing in its place, and what the numbers in it are called; none where it has no place.
pub(in crate::http) fn document(built: &str, drawing: &str, epoch: u64) -> Option<String> {
    let (before, after) = built.split_once(PLACE)?;
    let opening = PLACE.strip_suffix("></div>")?;
    Some(format!("{before}{opening} data-epoch=\"{epoch}\">{drawing}</div>{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::page::page_files::{INDEX, page};

    #[test]
    fn drawing_takes_its_place_and_nothing_else_changes() {
        let built = format!("<main><div id=\"map\"></div>{PLACE}</main>");
        let expected = "<main><div id=\"map\"></div><div id=\"first-picture\" aria-hidden=\"true\" data-epoch=\"7\"><svg/></div></main>";
        assert_eq!(document(&built, "<svg/>", 7).as_deref(), Some(expected));
        assert_eq!(document("<main></main>", "<svg/>", 7), None);
    }

    #[test]
    fn built_page_has_the_place() {
        let built = page(INDEX).unwrap().plain();
        let text = std::str::from_utf8(&built).unwrap();
        assert!(!text.contains("<script") || text.contains(PLACE), "build the page anew");
    }
}
