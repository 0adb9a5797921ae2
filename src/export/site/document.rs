//! The documents of a site: those of the program, told that there is no server behind them.
//!
//! In: a document or a script as the routes give it. Out: the same for a plain web server at any address.

use super::SiteError;

/// What tells the page that its answers are files.
const MARK: &str = "<meta name=\"binhyen-published\" content=\"1\" />";
/// The same for the script that other pages load, in front of it.
const SCRIPT_MARK: &str = "const binhyenPublished=true;";
/// What readers without scripts are offered.
const TABLE: &str = "./ratings?level=commune&amp;f=csv";

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

/// The page of methods, whose other language lies beside it.
pub(crate) fn published_methods(document: &str) -> String {
    ["vi", "en"].iter().fold(document.to_owned(), |text, code| {
        text.replace(&format!("\"methods?lang={code}\""), &format!("\"methods.{code}.html\""))
    })
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
    fn page_of_methods_leads_to_its_other_language() {
        let published = published_methods("<a href=\"./\">x</a><a href=\"methods?lang=en\" lang=\"en\">English</a>");
        assert_eq!(published, "<a href=\"./\">x</a><a href=\"methods.en.html\" lang=\"en\">English</a>");
    }
}
