//! oEmbed: a frame for every address that shows the map, and a plain word for every other.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use binhyen::config::Flags;
use serde_json::{Value as Json, json};

use crate::support::snapshot::{PLANNER, TestServer, WINDOW};

const HOME: &str = "https://maps.example";

fn server() -> TestServer {
    TestServer::with(Flags { public_url: Some(HOME.to_owned()), ..Flags::default() }, &[])
}

fn encoded(url: &str) -> String {
    form_urlencoded::byte_serialize(url.as_bytes()).collect()
}

async fn framed(server: &TestServer, url: &str, more: &str) -> (u16, Json) {
    let reply = server.public(&format!("/oembed?url={}{more}", encoded(url))).await;
    (reply.status.as_u16(), reply.json())
}

#[tokio::test]
async fn share_address_gives_a_frame_of_its_view() {
    let fragment = format!("edition=2025-01&window={WINDOW}&area=20335&lang=en");
    let url = format!("{HOME}/share/{}", URL_SAFE_NO_PAD.encode(&fragment));
    let (status, frame) = framed(&server(), &url, "").await;
    assert_eq!(status, 200, "{frame}");
    let title = frame["title"].as_str().unwrap();
    assert!(title.starts_with("Phường An Xuân · "), "{title}");
    let source = format!("{HOME}/embed#{fragment}").replace('&', "&amp;");
    let html = format!(
        "<iframe src=\"{source}\" title=\"{title}\" width=\"720\" height=\"540\" loading=\"lazy\" frameborder=\"0\" \
         allow=\"fullscreen\"></iframe>"
    );
    let picture = format!("{HOME}/export/png?edition=2025-01&window={WINDOW}&level=commune&area=20335&lang=en");
    let expected = json!({
        "version": "1.0", "type": "rich", "provider_name": "Bình Yên", "provider_url": format!("{HOME}/"),
        "title": title, "html": html, "width": 720, "height": 540, "cache_age": 3600,
        "thumbnail_url": format!("{picture}&width=720&height=540"), "thumbnail_width": 720, "thumbnail_height": 540,
    });
    assert_eq!(frame, expected);
}

#[tokio::test]
async fn every_address_that_shows_the_map_has_a_frame() {
    let server = server();
    for (url, fragment) in [
        (HOME.to_owned(), ""),
        (format!("{HOME}/"), ""),
        (format!("{HOME}/#area=20335&edition=2025-01"), "edition=2025-01&amp;area=20335"),
        (format!("{HOME}/embed"), ""),
        (format!("{HOME}/embed#lang=en"), "lang=en"),
        (format!("{HOME}/embed?lang=en"), "lang=en"),
        ("http://MAPS.example/?fbclid=1#lang=en&token=secret".to_owned(), "lang=en"),
    ] {
        let (status, frame) = framed(&server, &url, "").await;
        assert_eq!(status, 200, "{url}: {frame}");
        let html = frame["html"].as_str().unwrap();
        assert!(html.contains(&format!("src=\"{HOME}/embed#{fragment}\"")), "{url}: {html}");
    }
}

#[tokio::test]
async fn bounds_make_the_frame_and_its_picture_smaller() {
    let server = server();
    let (_, frame) = framed(&server, HOME, "&maxwidth=400&maxheight=300&format=json").await;
    assert_eq!((&frame["width"], &frame["height"]), (&json!(400), &json!(300)));
    assert_eq!((&frame["thumbnail_width"], &frame["thumbnail_height"]), (&json!(400), &json!(300)));
    assert!(frame["html"].as_str().unwrap().contains("width=\"400\" height=\"300\""), "{frame}");
    // An article of 300 pixels gets a frame of 300; below the least side of a picture there is a frame without one.
    let (status, frame) = framed(&server, HOME, "&maxwidth=300&maxheight=788&dnt=1").await;
    assert_eq!((status, &frame["width"], &frame["thumbnail_width"]), (200, &json!(300), &json!(300)));
    let (status, frame) = framed(&server, HOME, "&maxwidth=150").await;
    assert_eq!((status, &frame["width"], frame.get("thumbnail_url")), (200, &json!(150), None));
    for (more, parameter) in [("&maxwidth=0", "maxwidth"), ("&maxheight=-1", "maxheight"), ("&maxwidth=x", "maxwidth")]
    {
        let (status, problem) = framed(&server, HOME, more).await;
        assert_eq!((status, &problem["parameter"]), (400, &json!(parameter)), "{more}");
    }
}

#[tokio::test]
async fn other_addresses_are_404_and_wrong_questions_400() {
    let server = server();
    for url in [
        "https://other.example/",
        "https://maps.example.evil/",
        "https://maps.example/ratings",
        "https://maps.example/docs",
        "https://maps.example/share/_w",
        "https://maps.example/share/",
        "maps.example",
        "javascript:alert(1)",
    ] {
        assert_eq!(framed(&server, url, "").await.0, 404, "{url}");
    }
    for query in ["", "?url=", "?maxwidth=400", "?url=https://maps.example/&format=yaml"] {
        assert_eq!(server.public(&format!("/oembed{query}")).await.status, 400, "{query}");
    }
    for appended in ["dnt=1", "x=1", "fbclid=a&utm_source=b&utm_source=b"] {
        let (status, frame) = framed(&server, HOME, &format!("&{appended}")).await;
        assert_eq!(status, 200, "{appended}: {frame}");
    }
    assert_eq!(server.send_method("POST", "/oembed", &[]).await.status, 405);
}

#[tokio::test]
async fn what_this_server_cannot_give_is_501_and_says_why() {
    let (status, problem) = framed(&server(), HOME, "&format=xml").await;
    assert_eq!((status, problem["type"].as_str()), (501, Some("https://maps.example/problems/not-offered")));
    let (status, problem) = framed(&TestServer::new(), HOME, "").await;
    assert_eq!(status, 501);
    assert!(problem["detail"].as_str().unwrap().contains("public_url"), "{problem}");
    assert_eq!(TestServer::new().public("/problems/not-offered").await.status, 200);
}

#[tokio::test]
async fn this_machine_has_frames_under_the_name_it_is_asked_by() {
    let server = TestServer::reached_locally(8080);
    let path = format!("/oembed?url={}", encoded("http://localhost:8080/#lang=en"));
    let frame = server.by_name("localhost:8080", &path).await.json();
    assert!(frame["html"].as_str().unwrap().contains("src=\"http://localhost:8080/embed#lang=en\""), "{frame}");
    assert_eq!(server.by_name("127.0.0.1:8080", &path).await.status, 404);
    assert_eq!(server.by_name("evil.example", &path).await.status, 501);
}

#[tokio::test]
async fn frame_is_the_publics_and_known_by_its_tag() {
    let server = server();
    let path = format!("/oembed?url={}", encoded(HOME));
    let plain = server.public(&path).await;
    assert_eq!(plain.header("content-type"), "application/json");
    assert_eq!(plain.header("cache-control"), "public, max-age=0, stale-while-revalidate=30");
    for token in [PLANNER, "unknown"] {
        assert_eq!(server.with_token(token, &path).await.plain(), plain.plain(), "{token}");
    }
    let tag = plain.header("etag").to_owned();
    assert_eq!(server.get(&path, &[("if-none-match", &tag)]).await.status, 304);
    assert_ne!(server.public(&format!("{path}&maxwidth=400")).await.header("etag"), tag);
}

#[tokio::test]
async fn public_address_with_a_path_stands_in_every_address() {
    let flags = Flags {
        public_url: Some("https://portal.example/map".to_owned()),
        base_path: Some("/inner".to_owned()),
        ..Flags::default()
    };
    let server = TestServer::with(flags, &[]);
    let path = format!("/inner/oembed?url={}", encoded("https://portal.example/map/#lang=en"));
    let frame = server.public(&path).await.json();
    assert!(frame["html"].as_str().unwrap().contains("src=\"https://portal.example/map/embed#lang=en\""), "{frame}");
    assert_eq!(frame["provider_url"], "https://portal.example/map/");
}
