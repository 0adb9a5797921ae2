//! The page of methods: in the language that is wanted, linked from what it explains.

use crate::support::snapshot::{TestResponse, TestServer};

fn text(response: &TestResponse) -> String {
    String::from_utf8(response.plain()).expect("pages are UTF-8")
}

#[tokio::test]
async fn methods_are_given_in_the_language_of_the_address_before_that_of_the_client() {
    let server = TestServer::new();
    let vietnamese = server.public("/methods").await;
    assert_eq!((vietnamese.status.as_u16(), vietnamese.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(text(&vietnamese).contains("<html lang=\"vi\">") && text(&vietnamese).contains("Tỷ suất làm trơn"));
    let english = server.get("/methods", &[("accept-language", "en")]).await;
    assert!(text(&english).contains("<html lang=\"en\">") && text(&english).contains("Smoothed rate"));
    let chosen = server.get("/methods?lang=vi", &[("accept-language", "en")]).await;
    assert_eq!(text(&chosen), text(&vietnamese));
    assert!(vietnamese.header("vary").contains("Accept-Language"));
    assert_ne!(english.header("etag"), vietnamese.header("etag"));
    assert_eq!(server.public("/methods?lang=fr").await.status, 400);
    let shared = server.public("/methods?lang=vi&utm_source=zalo").await;
    assert_eq!(text(&shared), text(&vietnamese), "what others append to a link does not matter");
}

#[tokio::test]
async fn every_link_of_an_answer_to_its_method_has_an_anchor() {
    let server = TestServer::new();
    let page = text(&server.public("/methods?lang=en").await);
    let ratings = server.public("/ratings").await.json();
    let address = ratings["method"]["described"].as_str().unwrap_or_default().to_owned();
    let (route, anchor) = address.split_once('#').unwrap_or_else(|| panic!("no anchor in {address}"));
    assert_eq!(route, "/methods");
    assert!(page.contains(&format!("<a id=\"{anchor}\">")), "{address}");
}
