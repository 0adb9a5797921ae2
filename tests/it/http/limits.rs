//! What one address may take, and what the public may have drawn.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write as _;

use axum::body::Body;
use axum::http::Request;
use binhyen::config::Flags;
use binhyen::http::extract::access::Peer;

use crate::support::snapshot::{COMMANDER, PLANNER, TestResponse, TestServer};

/// A server with a configuration file.
fn configured(text: &str) -> TestServer {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    TestServer::with(Flags { config: Some(file.path().to_owned()), ..Flags::default() }, &[])
}

async fn from(server: &TestServer, peer: &str, path: &str, headers: &[(&str, &str)]) -> TestResponse {
    let request =
        headers.iter().fold(Request::builder().uri(path), |request, (name, value)| request.header(*name, *value));
    let request = request.extension(Peer(peer.parse().unwrap()));
    server.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn an_address_over_its_rate_is_told_when_to_come_again() {
    let server = configured("[limits]\nrequests_per_second = 1\nburst = 3");
    for _ in 0..3 {
        assert_eq!(from(&server, "192.0.2.1:1", "/meta", &[]).await.status, 200);
    }
    for path in ["/meta", "/tiles/communes/9/409/232", "/nowhere"] {
        let refused = from(&server, "192.0.2.1:2", path, &[]).await;
        assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "1"), "{path}");
        assert!(refused.json()["type"].as_str().unwrap().ends_with("/problems/too-many-requests"));
    }
    let forged = [("authorization", "Bearer forged")];
    assert_eq!(from(&server, "192.0.2.1:1", "/meta", &forged).await.status, 429, "a token that opens nothing");
    let commander = format!("Bearer {COMMANDER}");
    let commander = [("authorization", commander.as_str())];
    assert_eq!(from(&server, "192.0.2.1:1", "/meta", &commander).await.status, 200, "a role is never turned away");
    for other in ["192.0.2.2:1", "127.0.0.1:1"] {
        assert_eq!(from(&server, other, "/meta", &[]).await.status, 200, "{other}");
    }
}

#[tokio::test]
async fn behind_a_trusted_proxy_the_client_is_counted_and_not_the_proxy() {
    let server = configured("[limits]\nrequests_per_second = 1\nburst = 1\ntrusted_proxies = [\"127.0.0.1\"]");
    let asked = async |client: &str| {
        from(&server, "127.0.0.1:1", "/meta", &[("x-forwarded-for", client)]).await.status.as_u16()
    };
    assert_eq!([asked("192.0.2.1").await, asked("192.0.2.1").await, asked("192.0.2.2").await], [200, 429, 200]);
    assert_eq!(asked("192.0.2.3, 192.0.2.1").await, 429, "what the client wrote itself is not believed");
}

#[tokio::test]
async fn public_has_few_sizes_of_pictures_and_roles_all() {
    let server = TestServer::new();
    let picture = |query: &str| format!("/export/png?edition=2025-01&window=TK-2022&{query}");
    for query in
        ["width=3000&height=3000", "width=2400&height=2400", "width=1200&height=800&scale=2", "width=401&height=300"]
    {
        let refused = server.public(&picture(query)).await;
        assert_eq!(refused.status, 400, "{query}");
        assert_eq!(refused.json()["parameter"], "width", "{query}");
    }
    let known = server.public(&picture("width=401")).await.json()["known"].clone();
    assert!(known.as_array().unwrap().iter().any(|size| size == "1200x630"), "{known}");
    for query in ["width=1200&height=630", "width=600&height=400&scale=2"] {
        assert_eq!(server.public(&picture(query)).await.status, 200, "{query}");
    }
    assert_eq!(server.with_token(PLANNER, &picture("width=401&height=301")).await.status, 200);
    let drawing = "/export/svg?edition=2025-01&window=TK-2022&width=401&height=301";
    assert_eq!(server.public(drawing).await.status, 200, "a drawing costs the same in every size");
}
