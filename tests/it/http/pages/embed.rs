//! The pages for frames and for portals, the files that other sites load, and how small they travel.

use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use binhyen::config::Flags;

use crate::support::snapshot::{TestResponse, TestServer};

fn listed(ancestors: &str) -> TestServer {
    TestServer::with(Flags::default(), &[("BINHYEN_FRAME_ANCESTORS", ancestors)])
}

fn framed_by(reply: &TestResponse) -> &str {
    let policy = reply.header("content-security-policy");
    policy.split_once("frame-ancestors ").unwrap_or_else(|| panic!("who may frame is not said: {policy}")).1
}

/// Whether the page was built before this program was.
fn is_built(file: &str) -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("web/dist").join(file).exists()
}

#[tokio::test]
async fn listed_sites_frame_the_embedded_page_and_no_other() {
    for (ancestors, expected) in
        [("'self',https://portal.example", "'self' https://portal.example"), ("*", "*"), ("'none'", "'none'")]
    {
        let server = listed(ancestors);
        assert_eq!(framed_by(&server.public("/embed").await), expected);
        for path in ["/", "/docs"] {
            assert_eq!(framed_by(&server.public(path).await), "'self'", "{path}");
        }
        assert_eq!(framed_by(&server.public("/ratings").await), "'none'");
    }
    assert_eq!(framed_by(&TestServer::new().public("/embed").await), "'self'", "until a site is listed");
}

#[tokio::test]
async fn pages_are_asked_for_again_and_known_by_their_tags() {
    let server = TestServer::new();
    for path in ["/embed", "/docs"] {
        let page = server.public(path).await;
        assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"), "{path}");
        assert_eq!(page.header("cache-control"), "no-cache", "{path}");
        for word in ["default-src 'self'", "manifest-src 'self'", "worker-src 'self'", "img-src 'self' data:"] {
            assert!(page.header("content-security-policy").contains(word), "{path}: {word}");
        }
        let tag = page.header("etag").to_owned();
        let again = server.get(path, &[("if-none-match", &tag)]).await;
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0), "{path}");
        assert_eq!(framed_by(&again), "'self'", "{path}");
        assert_eq!(server.send_method("POST", path, &[]).await.status, 405, "{path}");
        let head = server.send_method("HEAD", path, &[]).await;
        assert_eq!((head.status.as_u16(), head.bytes.len(), head.header("etag")), (200, 0, tag.as_str()), "{path}");
    }
}

#[tokio::test]
async fn view_of_the_embedded_page_stands_in_the_fragment_and_nowhere_else() {
    let server = TestServer::new();
    let refused = server.public("/embed?area=20335").await;
    assert_eq!((refused.status.as_u16(), refused.json()["parameter"].as_str()), (400, Some("area")));
    for path in ["/docs?fbclid=1", "/embed?fbclid=1&utm_source=zalo&dnt=1", "/methods?fbclid=1"] {
        assert_eq!(server.public(path).await.status, 200, "{path}: a link may be passed on");
    }
    for path in ["/embed.html", "/docs.html", "/index.html", "/embed/", "/docs/"] {
        assert_eq!(server.public(path).await.status, 404, "{path}");
    }
    let moved = TestServer::with(Flags { base_path: Some("/map".to_owned()), ..Flags::default() }, &[]);
    for (path, status) in [("/map/embed", 200), ("/map/docs", 200), ("/embed", 404), ("/docs", 404)] {
        assert_eq!(moved.public(path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn page_travels_as_brotli_where_the_client_takes_it() {
    let server = TestServer::new();
    for path in ["/", "/embed", "/docs"] {
        let plain = server.public(path).await;
        let mut tags = vec![plain.header("etag").to_owned()];
        for (accepted, coding) in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")] {
            let coded = server.get(path, &[("accept-encoding", accepted)]).await;
            assert_eq!(coded.header("content-encoding"), coding, "{path} {accepted}");
            let vary = if path == "/" { "Accept, Accept-Encoding" } else { "Accept-Encoding" };
            assert_eq!(coded.header("vary"), vary, "{path}");
            let mut bytes = Vec::new();
            match coding {
                "br" => brotli::Decompressor::new(coded.bytes.as_slice(), 4096).read_to_end(&mut bytes).unwrap(),
                _ => flate2::read::GzDecoder::new(coded.bytes.as_slice()).read_to_end(&mut bytes).unwrap(),
            };
            assert_eq!(bytes, plain.bytes, "{path} {accepted}");
            tags.push(coded.header("etag").to_owned());
        }
        tags.dedup();
        assert_eq!(tags.len(), 3, "{path}: strong tags differ per coding: {tags:?}");
    }
}

#[tokio::test]
async fn every_built_file_is_smaller_as_brotli_and_says_what_it_is() {
    let server = TestServer::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/dist/assets");
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = format!("/assets/{}", entry.unwrap().file_name().into_string().unwrap());
        let coded = async |accepted: &str| server.get(&path, &[("accept-encoding", accepted)]).await;
        let (mut small, large) = (coded("br, gzip").await, coded("gzip").await);
        if large.status == 404 {
            continue;
        }
        // Nobody waits for the smaller form of a large file; it comes with a later answer.
        while large.header("content-encoding") == "gzip" && small.header("content-encoding") != "br" {
            assert_eq!((&small.bytes, small.header("etag")), (&large.bytes, large.header("etag")), "{path}");
            tokio::time::sleep(Duration::from_millis(50)).await;
            small = coded("br, gzip").await;
        }
        assert!(small.bytes.len() <= large.bytes.len(), "{path}: {} and {}", small.bytes.len(), large.bytes.len());
        assert_eq!(small.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
    }
}

#[tokio::test]
async fn script_for_other_sites_is_open_to_them_even_where_answers_are_not() {
    if !is_built("binhyen-map.js") {
        return;
    }
    for variables in [&[][..], &[("BINHYEN_CORS_ORIGINS", "https://portal.example")]] {
        let server = TestServer::with(Flags::default(), variables);
        let script = server.get("/binhyen-map.js", &[("origin", "https://other.example")]).await;
        assert_eq!(script.status, 200);
        assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(script.header("access-control-allow-origin"), "*");
        assert_eq!(script.header("cross-origin-resource-policy"), "cross-origin");
        assert_eq!(script.header("cache-control"), "public, max-age=3600");
        assert!(!script.header("etag").is_empty());
    }
}

#[tokio::test]
async fn sources_of_the_styles_are_served_with_them_and_are_no_styles() {
    let server = TestServer::new();
    let listed = server.public("/styles").await.json().to_string();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("styles")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !name.ends_with(".geojson") {
            continue;
        }
        let file = server.public(&format!("/styles/{name}")).await;
        assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "application/geo+json"), "{name}");
        assert_eq!(file.header("cross-origin-resource-policy"), "cross-origin", "{name}");
        assert_eq!(file.header("cache-control"), server.public("/styles/light").await.header("cache-control"));
        assert_eq!(server.public(&format!("/styles/{name}?x=1")).await.status, 400, "{name}");
        assert!(!listed.contains(name.trim_end_matches(".geojson")), "{listed}");
    }
    for path in ["/styles/none.geojson", "/styles/light.json", "/styles/..%2FCargo.toml.geojson", "/styles/.geojson"] {
        assert_eq!(server.public(path).await.status, 404, "{path}");
    }
}
