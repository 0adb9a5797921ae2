//! Every document as a page for people.

use super::COMMUNES;
use crate::support::snapshot::TestServer;

#[tokio::test]
async fn every_document_is_a_page_in_two_languages() {
    let server = TestServer::new();
    let paths = ["", "/queryables", "/schema", "/items", "/items/20335"].map(|rest| format!("{COMMUNES}{rest}"));
    let others =
        ["/?f=html", "/conformance", "/collections", "/api", "/collections/gazetteer/items"].map(str::to_owned);
    for path in paths.iter().chain(&others) {
        for (language, other) in [("vi", "en"), ("en", "vi")] {
            let answer = server.get(path, &[("accept", "text/html"), ("accept-language", language)]).await;
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
            assert!(answer.header("content-security-policy").contains("style-src 'self'"), "{path}");
            let page = String::from_utf8_lossy(&answer.plain()).into_owned();
            assert!(page.contains(&format!("<html lang=\"{language}\">")), "{path}");
            assert!(
                page.contains(&format!("lang={other}")) && page.contains("f=json"),
                "{path} leads to its other forms"
            );
            assert!(!page.contains("<script") && !page.contains("style="), "{path}");
        }
    }
}

#[tokio::test]
async fn links_of_a_page_lead_somewhere() {
    let server = TestServer::new();
    let page = server.public(&format!("{COMMUNES}/items?f=html&lang=en&limit=2")).await;
    let page = String::from_utf8_lossy(&page.plain()).into_owned();
    let links: Vec<String> =
        page.split("href=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.replace("&amp;", "&"))).collect();
    assert!(links.len() > 6, "{links:?}");
    assert!(links.iter().any(|link| link.contains("cursor=")), "{links:?}");
    for link in links {
        // The page stands two steps below the root.
        let route = link.strip_prefix("../../").unwrap_or_else(|| panic!("{link}"));
        let answer = server.public(&format!("/{route}")).await;
        let is_style = route == "ogc.css";
        assert!(answer.status == 200 || is_style, "{link}: {}", answer.status);
    }
}
