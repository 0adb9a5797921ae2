//! What is refused, and how it is said.

use axum::body::Body;
use axum::http::Request;
use binhyen::config::Flags;

use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, WINDOW};

async fn refused(server: &TestServer, token: Option<&str>, path: &str) -> (u16, serde_json::Value) {
    let reply = match token {
        Some(token) => server.with_token(token, path).await,
        None => server.public(path).await,
    };
    assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
    assert_eq!(reply.header("cache-control"), "no-store", "{path}");
    let problem = reply.json();
    assert_eq!(problem["status"], reply.status.as_u16(), "{path}");
    for member in ["type", "title", "detail", "instance"] {
        assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{path}: {member}: {problem}");
    }
    (reply.status.as_u16(), problem)
}

#[tokio::test]
async fn wrong_requests_are_400_and_name_what_is_wrong() {
    let server = TestServer::new();
    for (path, word) in [
        ("/ratings?widnow=1", "widnow"),
        ("/ratings?window=TK-2022&window=TK-2022", "window"),
        ("/ratings?window=nothing", "TK-2022"),
        ("/ratings?level=street", "commune"),
        ("/ratings?f=pdf", "csv"),
        ("/ratings?edition=2025", "2025-07"),
        ("/ratings?scheme=1", "scheme"),
        ("/areas?geometry=hull", "simplified"),
        ("/meta?x=1", "x"),
        ("/version?x=1", "x"),
        ("/healthz?x=1", "x"),
        ("/tiles?x=1", "x"),
        ("/styles?x=1", "x"),
        ("/areas/2025-01/20335?edition=2025-01", "edition"),
        ("/tiles/communes/8/x/1", "8/x/1"),
        ("/tiles/communes/8/205/117.png", "117.png"),
        ("/tiles/communes/8/0205/117", "0205"),
        ("/tiles/communes/8/256/0", "8/256/0"),
        ("/tiles/communes/8/-1/0", "-1"),
        ("/tiles/communes/8/205/117?epoch=new", "epoch"),
        ("/tiles/communes/8/205/117?epoch=007", "epoch"),
        ("/tiles/communes/8/205/117?epoch=%2B7", "epoch"),
    ] {
        let (status, problem) = refused(&server, None, path).await;
        assert_eq!(status, 400, "{path}");
        assert!(problem["detail"].as_str().unwrap().contains(word), "{path}: {problem}");
    }
}

#[tokio::test]
async fn wrong_free_filters_are_400() {
    let server = TestServer::new();
    for path in [
        "/ratings?from=2022-01-01",
        "/ratings?from=2022-01-01&to=2022-01-01",
        "/ratings?from=2022-02-30&to=2023-01-01",
        "/ratings?from=2022-1-1&to=2023-01-01",
        "/ratings?from=2022-01-01&to=2023-01-01&window=TK-2022",
        "/ratings?categories=speech",
        "/ratings?categories=",
        "/ratings?categories=trom_cap,",
        "/ratings?min_severity=0",
        "/ratings?min_severity=6",
        "/ratings?min_severity=high",
    ] {
        assert_eq!(refused(&server, Some(PLANNER), path).await.0, 400, "{path}");
    }
    let (_, problem) = refused(&server, Some(PLANNER), "/ratings?categories=speech").await;
    assert!(problem["known"].as_array().unwrap().contains(&"trom_cap".into()), "{problem}");
    for path in ["/incidents?bbox=1,2,3", "/incidents?limit=10001", "/incidents?limit=0", "/incidents?cursor=none"] {
        assert_eq!(refused(&server, Some(COMMANDER), path).await.0, 400, "{path}");
    }
}

#[tokio::test]
async fn an_unknown_parameter_comes_with_the_allowed_ones() {
    let (_, problem) = refused(&TestServer::new(), None, "/ratings?colour=red").await;
    assert_eq!(problem["parameter"], "colour");
    let allowed = problem["allowed"].as_array().unwrap();
    assert!(allowed.contains(&"window".into()) && allowed.contains(&"level".into()), "{problem}");
}

#[tokio::test]
async fn what_does_not_exist_is_404() {
    let server = TestServer::new();
    for path in [
        "/nothing",
        "/assets/none.js",
        "/index.html",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/tiles/roads",
        "/tiles/roads/8/205/117",
        "/tiles/communes/17/0/0",
        "/tiles/communes/8/205",
        "/styles/neon",
        "/areas/2025-01/99999",
        "/areas/2025-01/Tam%20K%E1%BB%B3",
        "/areas/1999-01/20335",
        "/ratings?edition=1999-01",
        "/ratings?edition=2025-07&level=district",
        "/problems/none",
    ] {
        assert_eq!(refused(&server, None, path).await.0, 404, "{path}");
    }
    let (_, problem) = refused(&server, None, "/ratings?edition=1999-01").await;
    assert_eq!(problem["known"], serde_json::json!(["2025-01", "2025-07"]));
}

#[tokio::test]
async fn other_methods_are_405_and_name_the_allowed_ones() {
    let server = TestServer::new();
    for path in ["/ratings", "/tiles/communes/8/205/117", "/", "/healthz"] {
        for method in ["POST", "PUT", "DELETE"] {
            let reply = server.send_method(method, path, &[]).await;
            assert_eq!(reply.status, 405, "{method} {path}");
            assert!(reply.header("allow").contains("GET"), "{method} {path}: {:?}", reply.headers);
            assert_eq!(reply.json()["status"], 405);
        }
    }
}

#[tokio::test]
async fn media_types_that_are_not_offered_are_406() {
    let reply = TestServer::new().get("/ratings", &[("accept", "image/png")]).await;
    assert_eq!(reply.status, 406);
    assert_eq!(
        reply.json()["offered"],
        serde_json::json!([
            "application/json",
            "text/csv",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ])
    );
}

#[tokio::test]
async fn requests_too_large_are_refused() {
    let server = TestServer::new();
    let request = Request::builder().method("POST").uri("/ratings").header("content-length", "10000000");
    let reply = server.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, 413);
    assert_eq!(reply.json()["status"], 413);
    let reply = server.public(&format!("/ratings?window={}", "x".repeat(9000))).await;
    assert_eq!((reply.status.as_u16(), reply.json()["status"].as_u64()), (414, Some(414)));
    assert!(reply.json()["detail"].as_str().unwrap().contains("8192"), "it names the limit");
}

#[tokio::test]
async fn problems_speak_the_language_of_the_client() {
    let server = TestServer::new();
    let title = async |language: &str| {
        let reply = server.get("/ratings?x=1", &[("accept-language", language)]).await;
        assert!(reply.header("vary").contains("Accept-Language"));
        reply.json()["title"].as_str().unwrap().to_owned()
    };
    assert_eq!(title("vi").await, "Tham số không tồn tại");
    assert_eq!(title("en-US,en;q=0.9").await, "Unknown parameter");
    assert_eq!(title("fr").await, "Tham số không tồn tại");
}

#[tokio::test]
async fn the_type_of_a_problem_can_be_read() {
    let server = TestServer::new();
    let (_, problem) = refused(&server, None, "/ratings?x=1").await;
    let kind = problem["type"].as_str().unwrap();
    assert_eq!(kind, "/problems/unknown-parameter");
    assert_eq!(server.public(kind).await.json()["title"]["en"], "Unknown parameter");
}

#[tokio::test]
async fn before_the_first_snapshot_the_server_is_alive_but_not_ready() {
    let server = TestServer::without_snapshot(Flags::default(), &[]);
    assert_eq!(server.public("/healthz").await.status, 200);
    for path in ["/readyz", "/ratings", "/version", "/meta", "/tiles/communes/8/205/117"] {
        let reply = server.public(path).await;
        assert_eq!(reply.status, 503, "{path}");
        assert_eq!(reply.header("retry-after"), "1", "{path}");
        assert_eq!(reply.json()["status"], 503, "{path}");
    }
    server.state.service.serve(crate::support::snapshot::released(crate::support::snapshot::snapshot()));
    assert_eq!(server.public("/readyz").await.status, 200);
    assert_eq!(server.public(&format!("/ratings?window={WINDOW}")).await.status, 200);
}
