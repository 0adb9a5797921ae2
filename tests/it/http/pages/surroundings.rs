//! What stands around the answers: other origins, base path, public address, guarding headers, the page.

use binhyen::config::Flags;

use crate::support::snapshot::{TestServer, WINDOW};

fn at(public_url: Option<&str>, base_path: Option<&str>) -> TestServer {
    let flags = Flags {
        public_url: public_url.map(str::to_owned),
        base_path: base_path.map(str::to_owned),
        ..Flags::default()
    };
    TestServer::with(flags, &[])
}

#[tokio::test]
async fn any_page_may_read_what_is_public_but_send_no_token() {
    let server = TestServer::new();
    let origin = ("origin", "https://portal.example");
    for path in ["/ratings", "/tiles/communes/8/205/117", "/nothing", "/incidents"] {
        let reply = server.get(path, &[origin]).await;
        assert_eq!(reply.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(reply.header("access-control-allow-credentials"), "", "{path}");
    }
    let asked = [origin, ("access-control-request-method", "GET"), ("access-control-request-headers", "authorization")];
    let preflight = server.send_method("OPTIONS", "/ratings", &asked).await;
    assert_eq!(preflight.status, 200);
    assert!(preflight.header("access-control-allow-methods").contains("GET"));
    assert!(!preflight.header("access-control-allow-headers").to_lowercase().contains("authorization"));
}

#[tokio::test]
async fn listed_origins_may_send_a_token_and_others_read_nothing() {
    let server = TestServer::with(Flags::default(), &[("BINHYEN_CORS_ORIGINS", "https://portal.example")]);
    let reply = server.get("/ratings", &[("origin", "https://portal.example")]).await;
    assert_eq!(reply.header("access-control-allow-origin"), "https://portal.example");
    let reply = server.get("/ratings", &[("origin", "https://other.example")]).await;
    assert_eq!(reply.header("access-control-allow-origin"), "");
    let asked = [("origin", "https://portal.example"), ("access-control-request-method", "GET")];
    let preflight = server.send_method("OPTIONS", "/ratings", &asked).await;
    assert!(preflight.header("access-control-allow-headers").to_lowercase().contains("authorization"));
}

#[tokio::test]
async fn under_a_base_path_everything_moves_and_nothing_stays() {
    let server = at(None, Some("/map"));
    for path in ["/map/", "/map/ratings", "/map/healthz", "/map/styles/light", "/map/tiles/map"] {
        assert_eq!(server.public(path).await.status, 200, "{path}");
    }
    for path in ["/", "/ratings", "/healthz", "/mapratings"] {
        assert_eq!(server.public(path).await.status, 404, "{path}");
    }
    let slash = server.public("/map").await;
    assert_eq!((slash.status.as_u16(), slash.header("location")), (308, "/map/"));
    let template = server.public("/map/tiles/map").await.json()["tiles"][0].as_str().unwrap().to_owned();
    assert!(template.starts_with("/map/tiles/map/{z}"), "{template}");
    let style = server.public("/map/styles/light").await.json().to_string();
    assert!(style.contains("\"/map/tiles/map\"") && !style.contains("{base}"));
    let problem = server.public("/map/ratings?x=1").await.json();
    assert_eq!(problem["type"], "/map/problems/unknown-parameter");
    assert_eq!(problem["instance"], "/map/ratings");
}

#[tokio::test]
async fn addresses_are_absolute_only_by_configuration_and_never_by_the_host_header() {
    let host = [("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "https")];
    for path in ["/tiles", "/tiles/map", "/styles", "/styles/light", "/ratings?x=1"] {
        let plain = at(None, None).get(path, &host).await;
        assert!(!String::from_utf8(plain.plain()).unwrap().contains("evil.example"), "{path}");
        let public = at(Some("https://maps.example"), None).get(path, &host).await;
        let text = String::from_utf8(public.plain()).unwrap();
        assert!(text.contains("https://maps.example/") && !text.contains("evil.example"), "{path}");
    }
    // Whoever comes by a name that the server does not know gets no template that means nothing to him; our own page,
    // which reads it beside its own address, does.
    let told = at(None, None).get("/tiles/communes", &[("host", "map.example.vn")]).await;
    assert_eq!((told.status.as_u16(), told.json()["type"].as_str()), (501, Some("/problems/not-offered")));
    let page = [("host", "map.example.vn"), ("binhyen-addresses", "relative")];
    for headers in [&page[..], &[("host", "localhost:8080")], &[]] {
        assert_eq!(at(None, None).get("/tiles/communes", headers).await.status, 200, "{headers:?}");
    }
    let both = at(Some("https://maps.example"), Some("/map")).public("/map/tiles/map").await.json();
    assert!(both["tiles"][0].as_str().unwrap().starts_with("https://maps.example/map/tiles/map/"), "{both}");
}

#[tokio::test]
async fn every_answer_carries_the_guarding_headers() {
    let server = TestServer::new();
    for path in ["/", "/ratings", "/nothing", "/healthz", "/tiles/communes/9/0/0", "/incidents", "/ratings?x=1"] {
        let reply = server.public(path).await;
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "strict-origin-when-cross-origin", "{path}");
        assert!(reply.header("content-security-policy").contains("default-src"), "{path}");
    }
    let tile = server.public(&format!("/tiles/communes/8/204/116?window={WINDOW}")).await;
    assert_eq!(tile.header("cross-origin-resource-policy"), "cross-origin");
    let policy = server.public("/").await.header("content-security-policy").to_owned();
    assert!(policy.contains("frame-ancestors 'self'") && !policy.contains("unsafe"), "{policy}");
}

#[tokio::test]
async fn the_page_is_asked_for_again_and_its_hashed_files_are_not() {
    let server = TestServer::new();
    let page = server.public("/").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), "no-cache");
    assert_eq!(server.public("/?theme=dark").await.status, 200, "the page reads its own address");
    let text = String::from_utf8(page.plain()).unwrap();
    let Some(start) = text.find("assets/") else { return };
    let name = text[start..].split('"').next().unwrap();
    let file = server.public(&format!("/{name}")).await;
    assert_eq!(file.status, 200, "{name}");
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
}
