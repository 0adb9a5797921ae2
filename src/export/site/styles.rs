//! The styles of a site, with what they draw from: each address in them is relative to the style that names it.
//!
//! In: the styles of the page and of other programs, where the first view's tiles lie. Out: files with their paths.
//! Programs that take relative addresses for those of their own page have to name them in full.

use serde_json::Value as Json;

use super::{NamedFile, SiteError};
use crate::domain::area::edition::EditionId;
use crate::domain::text::Language;
use crate::export::client_style::{
    ClientStyleOptions, FONT_STACKS, GlyphRange, SpriteScale, StyleForm, client_style, glyphs, sprite_image,
    sprite_index,
};

/// What stands in a style where the address of the server belongs.
const BASE: &str = "{base}";
/// The folders of a server that lie beside the folder of the styles in a site too.
const BESIDE: [&str; 2] = ["/fonts/", "/sprites/"];
/// A file of letters that holds none is not longer than its own name and range.
const BLANK_GLYPHS_BYTES: usize = 64;

/// The style of an id, as other programs draw it, with tiles at `tiles` below the site's folder.
///
/// # Errors
/// When there is no such style.
pub(crate) fn style_of_programs(id: &str, edition: EditionId, tiles: &str) -> Result<Vec<u8>, SiteError> {
    let options = ClientStyleOptions {
        theme: None,
        form: StyleForm::Full,
        language: Language::Vietnamese,
        edition,
        tiles_route: "/tiles/map".to_owned(),
    };
    let mut style = client_style(id, &options).ok_or(SiteError::Page("a style that is not there"))?;
    // It names the fonts that a server gives to pages; a site holds letters alone.
    if let Some(members) = style.as_object_mut() {
        members.remove("metadata");
    }
    relative(style, tiles)
}

/// A style of the page as its route gives it, with tiles at `tiles` below the site's folder.
///
/// # Errors
/// When it is no style.
pub(crate) fn style_of_page(style: &[u8], tiles: &str) -> Result<Vec<u8>, SiteError> {
    relative(serde_json::from_slice(style).map_err(|_| no_style())?, tiles)
}

/// The letters that our fonts have, and the patterns of styles as images.
///
/// # Errors
/// When a pattern cannot be drawn.
pub(crate) fn letters_and_patterns(style_ids: &[String]) -> Result<Vec<NamedFile>, SiteError> {
    let mut files = letters();
    for id in style_ids {
        for (scale, ending) in [(SpriteScale::One, ""), (SpriteScale::Two, "@2x")] {
            let undrawn = || SiteError::Undrawn(format!("the sprite of {id}"));
            let index = sprite_index(id, scale).ok_or_else(undrawn)?;
            let index = serde_json::to_vec(&index).map_err(|_| undrawn())?;
            let image = sprite_image(id, scale).and_then(Result::ok).ok_or_else(undrawn)?;
            files.extend([(format!("sprites/{id}{ending}.json"), index), (format!("sprites/{id}{ending}.png"), image)]);
        }
    }
    Ok(files)
}

fn letters() -> Vec<NamedFile> {
    let file = |font: &str, range: GlyphRange| {
        let letters = glyphs(font, range).filter(|bytes| bytes.len() > BLANK_GLYPHS_BYTES)?;
        Some((format!("fonts/{font}/{range}.pbf"), letters.to_vec()))
    };
    FONT_STACKS.iter().flat_map(|font| GlyphRange::all().filter_map(move |range| file(font, range))).collect()
}

fn no_style() -> SiteError {
    SiteError::Page("a style that cannot be read")
}

fn relative(mut style: Json, tiles: &str) -> Result<Vec<u8>, SiteError> {
    let place = |value: Option<&mut Json>| {
        let Some(value) = value else { return };
        if let Some(place) = value.as_str().and_then(|address| place_beside(address, tiles)) {
            *value = Json::String(place);
        }
    };
    for member in ["glyphs", "sprite"] {
        place(style.get_mut(member));
    }
    let sources = style.get_mut("sources").and_then(Json::as_object_mut).ok_or_else(no_style)?;
    for source in sources.values_mut() {
        for member in ["data", "url"] {
            place(source.get_mut(member));
        }
    }
    let mut bytes = serde_json::to_vec_pretty(&style).map_err(|_| no_style())?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Where something of a server lies, seen from the folder of the styles; none of what is no address of the server.
fn place_beside(address: &str, tiles: &str) -> Option<String> {
    let route = address.strip_prefix(BASE).unwrap_or(address);
    if route.starts_with("/tiles/") {
        return Some(format!("pmtiles://../{tiles}"));
    }
    if BESIDE.iter().any(|folder| route.starts_with(folder)) {
        return Some(format!("..{route}"));
    }
    route.strip_prefix("/styles/").map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::map_image::style_ids;

    fn read(bytes: &[u8]) -> Json {
        serde_json::from_slice(bytes).unwrap()
    }

    #[test]
    fn style_of_the_page_finds_what_lies_beside_it() {
        let style = br#"{"version":8,"sources":{"areas":{"type":"vector","url":"/tiles/map"},
            "surroundings":{"type":"geojson","data":"/styles/surroundings.geojson"},
            "own":{"type":"geojson","data":{"type":"FeatureCollection","features":[]}}},"layers":[]}"#;
        let published = read(&style_of_page(style, "tiles/map/a.pmtiles").unwrap());
        assert_eq!(published["sources"]["areas"]["url"], "pmtiles://../tiles/map/a.pmtiles");
        assert_eq!(published["sources"]["surroundings"]["data"], "surroundings.geojson");
        assert!(published["sources"]["own"]["data"].is_object());
        assert!(style_of_page(b"{}", "").is_err() && style_of_page(b"[", "").is_err());
    }

    #[test]
    fn styles_of_programs_name_no_server() {
        for id in style_ids() {
            let published = style_of_programs(&id, "2025-07".parse().unwrap(), "tiles/map/a.pmtiles").unwrap();
            let style = read(&published);
            assert!(!String::from_utf8(published).unwrap().contains(BASE), "{id}");
            assert_eq!(style["glyphs"], "../fonts/{fontstack}/{range}.pbf");
            assert_eq!(style["sprite"], format!("../sprites/{id}"));
            assert_eq!(style["sources"]["areas"]["url"], "pmtiles://../tiles/map/a.pmtiles");
        }
    }

    #[test]
    fn letters_of_vietnamese_are_there_and_empty_files_are_not() {
        let files = letters_and_patterns(&["light".to_owned()]).unwrap();
        let has = |path: &str| files.iter().any(|(known, _)| known == path);
        assert!(has("fonts/Be Vietnam Pro/0-255.pbf") && has("fonts/Be Vietnam Pro SemiBold/7680-7935.pbf"));
        assert!(has("sprites/light.json") && has("sprites/light@2x.png"));
        assert!(!has("fonts/Be Vietnam Pro/19968-20223.pbf") && files.len() < 60, "{}", files.len());
    }
}
