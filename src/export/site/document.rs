//! The documents of a site: those of the program, told that there is no server behind them.
//!
//! In: a document, a script or a style as the routes give it. Out: the same for a plain web server at any address.

use serde_json::Value as Json;

use super::SiteError;

/// What tells the page that its answers are files.
const MARK: &str = "<meta name=\"binhyen-published\" content=\"1\" />";
/// The same for the script that other pages load, in front of it.
const SCRIPT_MARK: &str = "const binhyenPublished=true;";
/// What readers without scripts are offered.
const TABLE: &str = "./ratings?level=commune&amp;f=csv";
/// Where the style of a server finds what it draws from.
const STYLES: &str = "/styles/";

/// A document of the page that reads files; `table` is the one that readers without scripts are offered.
///
/// # Errors
/// When it is no document of the page.
pub(crate) fn published_document(document: &str, table: &str) -> Result<String, SiteError> {
    let (before, after) = document.split_once("<head>").ok_or(SiteError::Page("a document without a head"))?;
    let marked = format!("{before}<head>\n    {MARK}{after}");
    Ok(marked.replace(TABLE, &format!("./{table}")))
}

/// The script of the web component, which opens the map at once: nobody draws pictures for it.
pub(crate) fn published_component(script: &[u8]) -> Vec<u8> {
    [SCRIPT_MARK.as_bytes(), script].concat()
}

/// A style whose sources lie beside it: relative to the style itself, as `tiles` is.
///
/// # Errors
/// When it is no style.
pub(crate) fn published_style(style: &[u8], tiles: &str) -> Result<Vec<u8>, SiteError> {
    let no_style = || SiteError::Page("a style that cannot be read");
    let mut style: Json = serde_json::from_slice(style).map_err(|_| no_style())?;
    let sources = style.get_mut("sources").and_then(Json::as_object_mut).ok_or_else(no_style)?;
    for source in sources.values_mut() {
        let beside = |address: &str| address.strip_prefix(STYLES).map(str::to_owned);
        if let Some(data) = source.get("data").and_then(Json::as_str).and_then(beside) {
            source["data"] = Json::String(data);
        }
        if source.get("url").and_then(Json::as_str).is_some_and(|url| url.starts_with("/tiles/")) {
            source["url"] = Json::String(format!("pmtiles://../{tiles}"));
        }
    }
    let mut bytes = serde_json::to_vec_pretty(&style).map_err(|_| no_style())?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_says_that_it_is_published_and_offers_the_table() {
        let document = "<html>\n  <head>\n    <title>x</title></head><a href=\"./ratings?level=commune&amp;f=csv\">";
        let published = published_document(document, "tables/a.csv").unwrap();
        assert!(published.contains("<head>\n    <meta name=\"binhyen-published\" content=\"1\" />\n    <title>"));
        assert!(published.ends_with("<a href=\"./tables/a.csv\">"), "{published}");
        assert!(published_document("<html></html>", "").is_err());
    }

    #[test]
    fn style_finds_what_lies_beside_it() {
        let style = br#"{"version":8,"sources":{"areas":{"type":"vector","url":"/tiles/map"},
            "surroundings":{"type":"geojson","data":"/styles/surroundings.geojson"},
            "own":{"type":"geojson","data":{"type":"FeatureCollection","features":[]}}},"layers":[]}"#;
        let published: Json = serde_json::from_slice(&published_style(style, "tiles/map/a.pmtiles").unwrap()).unwrap();
        assert_eq!(published["sources"]["areas"]["url"], "pmtiles://../tiles/map/a.pmtiles");
        assert_eq!(published["sources"]["surroundings"]["data"], "surroundings.geojson");
        assert!(published["sources"]["own"]["data"].is_object());
        assert!(published_style(b"{}", "").is_err() && published_style(b"[", "").is_err());
    }
}
