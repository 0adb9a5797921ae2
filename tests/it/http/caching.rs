//! Entity tags, freshness, codings.

use binhyen::config::Flags;
use binhyen::domain::holdings::DataId;
use binhyen::snapshot::build;

use crate::support::snapshot::{EPOCH, PLANNER, TestServer, WINDOW, holdings, rule_set, tile_at};

const GZIP: (&str, &str) = ("accept-encoding", "gzip");

fn tile(query: &str) -> String {
    let (x, y) = tile_at(9, 108.05, 15.55);
    format!("/tiles/communes/9/{x}/{y}?edition=2025-01&window={WINDOW}{query}")
}

fn addresses() -> Vec<String> {
    vec![
        tile(""),
        format!("/ratings?window={WINDOW}"),
        format!("/ratings?window={WINDOW}&f=csv"),
        "/series?edition=2025-01&window=3N-2023&areas=20335".to_owned(),
        "/comparison?edition=2025-01&areas=20335&periods=TK-2021,TK-2022".to_owned(),
        format!("/areas?window={WINDOW}&geometry=full"),
        format!("/areas/2025-01/20335?window={WINDOW}"),
        format!("/models?window={WINDOW}"),
        "/tiles".to_owned(),
        format!("/tiles/map?window={WINDOW}"),
        "/styles".to_owned(),
        "/styles/light".to_owned(),
        "/meta".to_owned(),
        "/version".to_owned(),
        "/".to_owned(),
    ]
}

#[tokio::test]
async fn a_known_tag_is_answered_304_in_each_coding() {
    let server = TestServer::new();
    for address in addresses() {
        let mut tags = Vec::new();
        for coding in ["gzip", "identity"] {
            let coding = ("accept-encoding", coding);
            let full = server.get(&address, &[coding]).await;
            assert_eq!(full.status, 200, "{address}");
            let tag = full.header("etag").to_owned();
            // A tile that is kept may be written in fewer bytes.
            let opaque = tag.strip_prefix("W/").unwrap_or(&tag);
            assert_eq!(opaque != tag, address == tile(""), "{address}: {tag}");
            assert!(opaque.starts_with('"') && opaque.ends_with('"') && opaque.len() > 10, "{address}: {tag}");
            for known in [tag.clone(), format!("W/{opaque}"), format!("\"other\", {tag}"), "*".to_owned()] {
                let again = server.get(&address, &[coding, ("if-none-match", &known)]).await;
                assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0), "{address} {known}");
                for name in ["etag", "cache-control", "vary"] {
                    assert_eq!(again.header(name), full.header(name), "{address} {name}");
                }
            }
            let other = server.get(&address, &[coding, ("if-none-match", "\"other\"")]).await;
            assert_eq!(other.status, 200, "{address}");
            tags.push(tag);
        }
        assert_ne!(tags[0], tags[1], "{address}: tags differ per coding");
    }
}

#[tokio::test]
async fn compressed_and_plain_bodies_say_the_same() {
    let server = TestServer::new();
    for address in addresses() {
        let (coded, plain) = (server.get(&address, &[GZIP]).await, server.public(&address).await);
        assert_eq!(plain.header("content-encoding"), "", "{address}");
        assert_eq!(coded.plain(), plain.bytes, "{address}");
        if plain.bytes.len() >= 1024 {
            assert_eq!(coded.header("content-encoding"), "gzip", "{address}");
            assert!(coded.bytes.len() < plain.bytes.len(), "{address}");
        }
        assert!(plain.header("vary").contains("Accept-Encoding"), "{address}");
    }
}

#[tokio::test]
async fn a_tag_of_another_role_filter_or_language_does_not_match() {
    let server = TestServer::new();
    let address = format!("/ratings?window={WINDOW}");
    let tag = server.public(&address).await.header("etag").to_owned();
    let bearer = format!("Bearer {PLANNER}");
    let headers = [("authorization", bearer.as_str()), ("if-none-match", tag.as_str())];
    assert_eq!(server.get(&address, &headers).await.status, 200);
    assert_ne!(server.public("/ratings?window=3N-2023").await.header("etag"), tag);
    assert_ne!(server.public(&format!("{address}&level=district&edition=2025-01")).await.header("etag"), tag);
    let english = server.get("/tiles/map", &[("accept-language", "en")]).await;
    assert_ne!(english.header("etag"), server.public("/tiles/map").await.header("etag"));
}

#[tokio::test]
async fn filters_of_the_same_meaning_share_a_tag() {
    let server = TestServer::new();
    let tag =
        async |query: &str| server.with_token(PLANNER, &format!("/ratings?{query}")).await.header("etag").to_owned();
    let one = tag("categories=trom_cap,danh_bac&window=TK-2022").await;
    assert_eq!(one, tag("window=TK-2022&categories=danh_bac,trom_cap,trom_cap&min_severity=1").await);
    assert_eq!(one, tag("from=2021-12-15&to=2022-12-15&categories=danh_bac,trom_cap&level=commune").await);
    assert_ne!(one, tag("window=TK-2022&categories=trom_cap").await);
}

#[tokio::test]
async fn a_tile_that_names_the_epoch_is_immutable() {
    let server = TestServer::new();
    let rule = async |query: &str| server.public(&tile(query)).await.header("cache-control").to_owned();
    let immutable = "public, max-age=31536000, immutable";
    let revalidated = "public, max-age=0, stale-while-revalidate=30";
    assert_eq!(rule(&format!("&epoch={EPOCH}")).await, immutable);
    assert_eq!(rule("").await, revalidated);
    assert_eq!(rule("&epoch=6").await, revalidated);
    assert_eq!(rule(&format!("&epoch={EPOCH}&revision=other")).await, revalidated);
    assert_eq!(server.public(&format!("/ratings?window={WINDOW}")).await.header("cache-control"), revalidated);
    let description = server.public(&format!("/tiles/communes?edition=2025-01&window={WINDOW}")).await.json();
    let template = description["tiles"][0].as_str().unwrap().to_owned();
    let (x, y) = tile_at(9, 108.05, 15.55);
    let address = template.replace("{z}", "9").replace("{x}", &x.to_string()).replace("{y}", &y.to_string());
    let reply = server.public(&address).await;
    assert_eq!((reply.status.as_u16(), reply.header("cache-control")), (200, immutable), "{address}");
}

#[tokio::test]
async fn an_empty_tile_is_204() {
    let server = TestServer::new();
    for path in ["/tiles/communes/9/0/0", "/tiles/districts/9/0/0?edition=2025-07", "/tiles/map/5/0/0"] {
        let reply = server.public(path).await;
        assert_eq!((reply.status.as_u16(), reply.bytes.len()), (204, 0), "{path}");
        assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin", "{path}");
        assert!(!reply.header("etag").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn head_says_what_get_says_without_a_body() {
    let server = TestServer::new();
    let more = ["/healthz", "/readyz", "/problems/busy", "/nothing", "/incidents", "/ratings?x=1", "/tiles/map/5/0/0"];
    for address in addresses().into_iter().chain(more.map(str::to_owned)) {
        for coding in ["gzip", "identity"] {
            let headers = [("accept-encoding", coding)];
            let (get, head) =
                (server.get(&address, &headers).await, server.send_method("HEAD", &address, &headers).await);
            assert_eq!((head.status, head.bytes.len()), (get.status, 0), "{address}");
            let mut expected = get.headers.clone();
            if get.status != 204 && !expected.contains_key("content-length") {
                expected.insert("content-length", get.bytes.len().into());
            }
            let mut said = head.headers.clone();
            // Each request has an id of its own.
            assert!(said.remove("x-request-id").is_some() && expected.remove("x-request-id").is_some(), "{address}");
            if get.status != 204 && !said.contains_key("content-length") {
                said.insert("content-length", get.bytes.len().into());
            }
            assert_eq!(said, expected, "{address}");
        }
    }
}

#[tokio::test]
async fn another_epoch_and_another_store_of_the_same_epoch_change_every_tag() {
    let server = TestServer::new();
    let address = tile("");
    let before = server.public(&address).await;
    let rule_set = rule_set();
    let mut next = holdings(&rule_set);
    next.epoch += 1;
    next.open_change.epoch = next.epoch;
    server.state.service.serve(crate::support::snapshot::released(build(next, &rule_set, None).unwrap()));
    let after = server.public(&address).await;
    assert_ne!(after.header("etag"), before.header("etag"));
    let mut other = holdings(&rule_set);
    other.data_id = DataId::new(1);
    server.state.service.serve(crate::support::snapshot::released(build(other, &rule_set, None).unwrap()));
    let other = server.public(&address).await;
    assert_ne!(other.header("etag"), before.header("etag"));
}

#[tokio::test]
async fn another_public_address_changes_every_tag_of_an_answer_that_names_it() {
    let flags = || Flags { public_url: Some("https://maps.example".to_owned()), ..Flags::default() };
    for path in ["/tiles", "/tiles/map", "/styles/light"] {
        let (plain, public) = (TestServer::new().public(path).await, TestServer::with(flags(), &[]).public(path).await);
        assert_ne!(plain.header("etag"), public.header("etag"), "{path}");
    }
}
