//! What the operator sees: numbers, request ids, lines of requests.

use crate::support::snapshot::{COMMANDER, TestServer};

#[tokio::test]
async fn every_answer_names_its_request() {
    let server = TestServer::new();
    let given = server.get("/meta", &[("x-request-id", "from-the-proxy.1")]).await;
    assert_eq!(given.header("x-request-id"), "from-the-proxy.1");
    let mut seen = std::collections::BTreeSet::new();
    for (path, headers) in [
        ("/meta", &[][..]),
        ("/nowhere", &[]),
        ("/tiles/communes/9/409/232", &[]),
        ("/meta", &[("authorization", "Bearer forged")]),
        ("/meta", &[("x-request-id", "two words")]),
    ] {
        let id = server.get(path, headers).await.header("x-request-id").to_owned();
        assert!(!id.is_empty() && id != "two words" && seen.insert(id.clone()), "{path}: {id:?}");
    }
}

#[tokio::test]
async fn numbers_are_for_operators_and_count_what_was_answered() {
    let server = TestServer::new();
    server.public("/meta").await;
    server.with_token(COMMANDER, "/ratings?edition=2025-01&window=TK-2022").await;
    server.with_token("forged", "/meta").await;
    server.public("/tiles/communes/99/1/1").await;
    assert_eq!(server.public("/metrics").await.status, 401);
    assert_eq!(server.with_token(COMMANDER, "/metrics").await.status, 403);
    let numbers = server.with_token_from("127.0.0.1:5000", "thrown-away", "/metrics").await;
    assert_eq!((numbers.status.as_u16(), numbers.header("cache-control")), (200, "no-store"));
    assert_eq!(numbers.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    let text = String::from_utf8(numbers.bytes).expect("text");
    for line in [
        "binhyen_http_requests_total{route=\"/meta\",role=\"public\",status=\"200\"} 1",
        "binhyen_http_requests_total{route=\"/meta\",role=\"refused\",status=\"401\"} 1",
        "binhyen_http_requests_total{route=\"/ratings\",role=\"commander\",status=\"200\"} 1",
        "binhyen_http_requests_total{route=\"/tiles/{tileset}/{z}/{x}/{y}\",role=\"public\",status=\"404\"} 1",
        "binhyen_http_requests_total{route=\"/metrics\",role=\"commander\",status=\"403\"} 1",
        "binhyen_cache_misses_total{cache=\"assessments\"} 1",
        "binhyen_ready 1",
    ] {
        assert!(text.lines().any(|written| written == line), "{line} is not in\n{text}");
    }
    let resident = text.lines().find_map(|line| line.strip_prefix("binhyen_resident_bytes ")?.parse::<u64>().ok());
    assert!(cfg!(not(target_os = "linux")) || resident.is_some_and(|bytes| bytes > 1 << 20), "{resident:?}");
}

#[tokio::test]
async fn security_contact_is_told_where_the_operator_names_one() {
    assert_eq!(TestServer::new().public("/.well-known/security.txt").await.status, 404);
    let named = [("BINHYEN_SECURITY_CONTACT", "mailto:an.ninh@example.vn")];
    let server = TestServer::with(binhyen::config::Flags::default(), &named);
    let told = server.public("/.well-known/security.txt").await;
    assert_eq!((told.status.as_u16(), told.header("content-type")), (200, "text/plain; charset=utf-8"));
    let text = String::from_utf8(told.bytes).expect("text");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Contact: mailto:an.ninh@example.vn");
    assert!(lines[1].starts_with("Expires: 20") && lines[1].ends_with("T00:00:00Z"), "{text}");
}
