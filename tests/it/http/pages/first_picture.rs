//! The picture of the map inside its document: what the public sees first, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::time::Duration;

use crate::support::snapshot::{COMMANDER, TestResponse, TestServer};

/// The map, once its picture is drawn.
async fn with_picture(server: &TestServer, headers: &[(&str, &str)]) -> TestResponse {
    for _ in 0..100 {
        let reply = server.get("/", headers).await;
        assert_eq!(reply.status, 200);
        if text(&reply).contains("<svg") {
            return reply;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the map never had a picture");
}

fn text(reply: &TestResponse) -> String {
    String::from_utf8(reply.plain()).unwrap()
}

#[tokio::test]
async fn document_carries_every_area_in_each_scheme_and_is_otherwise_the_same() {
    let server = TestServer::new();
    let reply = with_picture(&server, &[]).await;
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(reply.header("cache-control"), "no-cache");
    let document = text(&reply);
    let ratings = server.public("/ratings?level=commune").await.json();
    let areas = ratings["areas"].as_array().unwrap().len();
    assert!(areas > 0);
    for scheme in ["light", "dark"] {
        let outlines = document.matches(&format!("<path id=\"first-{scheme}-a")).count();
        assert_eq!(outlines, areas, "{scheme}");
        for area in 0..areas {
            assert!(document.contains(&format!("<use href=\"#first-{scheme}-a{area}\"/>")), "{scheme} {area}");
        }
    }
    let epoch = &server.public("/meta").await.json()["epoch"];
    assert!(document.contains(&format!("data-epoch=\"{epoch}\"")));
    let (before, picture) = document.split_once("<svg").unwrap();
    let (_, after) = picture.split_once("</svg>").unwrap();
    assert!(before.contains("<div id=\"map\"></div>") && after.starts_with("</div>") && after.contains("</html>"));
}

#[tokio::test]
async fn picture_is_kept_by_its_tag_and_guarded_like_the_page() {
    let server = TestServer::new();
    let reply = with_picture(&server, &[("accept-encoding", "gzip")]).await;
    assert_eq!(reply.header("content-encoding"), "gzip");
    assert!(reply.header("content-security-policy").contains("style-src 'self'"));
    assert!(!text(&reply).contains(" style="), "no style that the policy refuses");
    let tag = reply.header("etag").to_owned();
    let again = server.get("/", &[("accept-encoding", "gzip"), ("if-none-match", &tag)]).await;
    assert_eq!((again.status.as_u16(), again.plain().len()), (304, 0));
    assert_eq!(again.header("content-security-policy"), reply.header("content-security-policy"));
    let plain = with_picture(&server, &[]).await;
    assert_ne!(plain.header("etag"), tag);
    assert_eq!(text(&plain), text(&reply));
    assert_eq!(server.get("/", &[("accept-encoding", "br")]).await.header("content-encoding"), "br");
}

#[tokio::test]
async fn token_changes_nothing_of_the_picture_and_no_count_is_in_it() {
    let server = TestServer::new();
    let public = text(&with_picture(&server, &[]).await);
    let authorization = format!("Bearer {COMMANDER}");
    assert_eq!(text(&with_picture(&server, &[("authorization", &authorization)]).await), public);
    let (_, after) = public.split_once("<svg").unwrap();
    let (picture, _) = after.split_once("</svg>").unwrap();
    for attribute in ["incidents", "expected", "rate", "reliability"] {
        assert!(!picture.contains(attribute), "{attribute}");
    }
}

#[tokio::test]
async fn without_data_the_page_opens_without_a_picture() {
    let server = TestServer::without_snapshot(binhyen::config::Flags::default(), &[]);
    let reply = server.public("/").await;
    assert_eq!(reply.status, 200);
    assert!(!text(&reply).contains("<svg"));
}
