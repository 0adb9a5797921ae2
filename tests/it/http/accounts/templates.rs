//! Signed addresses of tiles: what they open, to whom, how long, and where they are not seen.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::io;

use binhyen::config::Flags;
use binhyen::http::extract::access::{AccessList, token_hash};
use binhyen::http::extract::tile_signature::{KEY_BYTES, SigningKey};
use binhyen::store::Store;

use super::log_lines::LogLines;
use crate::support::imports::words;
use crate::support::snapshot::{COMMANDER, PLANNER, TestResponse, TestServer, WINDOW, tile_at};

/// A server that signs, under a public address.
fn signing() -> TestServer {
    let server = TestServer::under("https://maps.example", |state| state.signing_for(12));
    server.state.sign_with(SigningKey::new([7; KEY_BYTES]));
    server
}

async fn template(server: &TestServer, token: &str, query: &str) -> TestResponse {
    let headers = [("authorization", &*format!("Bearer {token}"))];
    server.send_method("POST", &format!("/tiles/incidents/template?{query}"), &headers).await
}

/// The address of a tile of a template, below the host.
fn tile_of(template: &TestResponse) -> String {
    let address = template.json()["tiles"][0].as_str().unwrap().to_owned();
    let (x, y) = tile_at(12, 108.05, 15.55);
    let address = address.strip_prefix("https://maps.example").unwrap().to_owned();
    address.replace("{z}", "12").replace("{x}", &x.to_string()).replace("{y}", &y.to_string())
}

#[tokio::test]
async fn a_signed_address_shows_its_maker_s_tiles_without_a_token() {
    let server = signing();
    let made = template(&server, COMMANDER, &format!("window={WINDOW}&hours=2")).await;
    assert_eq!((made.status.as_u16(), made.header("cache-control")), (200, "private, no-store"));
    let signed = tile_of(&made);
    let plain = signed.split("&signature=").next().unwrap().to_owned();
    let expected = server.with_token(COMMANDER, &plain).await;
    // Made, kept, given from the cache: and the tile of a token beside it.
    for look in 0..4 {
        let tile = server.public(&signed).await;
        assert_eq!((tile.status, &tile.bytes), (expected.status, &expected.bytes), "look {look}");
        assert_eq!(tile.header("cache-control"), "private, no-store");
    }
    assert_eq!(server.public(&plain).await.status, 401, "the public has no such tile");
    let planner = tile_of(&template(&server, PLANNER, &format!("window={WINDOW}")).await);
    assert_ne!(server.public(&planner).await.bytes, expected.bytes, "a planner's holds no points");
}

#[tokio::test]
async fn a_signature_opens_nothing_else() {
    let server = signing();
    let signed = tile_of(&template(&server, COMMANDER, &format!("window={WINDOW}")).await);
    for (old, new) in [
        ("/tiles/incidents/", "/tiles/map/"),
        ("window=TK-2022", "window=TK-2021"),
        ("signature=commander", "signature=operator"),
        ("signature=", "signature=x"),
    ] {
        let other = server.public(&signed.replacen(old, new, 1)).await;
        assert_eq!(other.status, 401, "{old} → {new}");
    }
    let (path, query) = signed.split_once('?').unwrap();
    for elsewhere in ["/incidents", "/tiles/incidents", "/ratings", "/desk"] {
        let refused = server.public(&format!("{elsewhere}?{query}")).await;
        assert!([400, 401].contains(&refused.status.as_u16()), "{elsewhere}: {}", refused.status);
    }
    let both = server.with_token(COMMANDER, &signed).await;
    assert_eq!(both.status, 401, "two credentials are one too many");
    assert_eq!(server.public(&format!("{path}?signature=")).await.status, 401);
    let encoded = path.replacen("incidents", "incident%73", 1);
    assert_eq!(server.public(&format!("{encoded}?{query}")).await.status, 401, "an escaped name is another one");
}

#[tokio::test]
async fn templates_are_for_roles_and_within_the_hours_of_the_server() {
    let server = signing();
    let refused = server.send_method("POST", "/tiles/incidents/template", &[]).await;
    assert_eq!(refused.status, 401);
    for query in ["hours=0", "hours=13", "hours=x", "epoch=1"] {
        assert_eq!(template(&server, PLANNER, query).await.status, 400, "{query}");
    }
    let get = server.with_token(PLANNER, "/tiles/incidents/template").await;
    assert_eq!((get.status.as_u16(), get.header("allow")), (405, "POST"));
    let unsigning = TestServer::under("https://maps.example", |state| state.signing_for(0));
    assert_eq!(template(&unsigning, PLANNER, "").await.status, 501);
    let nameless = TestServer::changed(|state| state.signing_for(12));
    nameless.state.sign_with(SigningKey::new([7; KEY_BYTES]));
    assert_eq!(template(&nameless, PLANNER, "").await.status, 501, "without a public address it means nothing");
}

#[tokio::test]
async fn a_template_goes_with_the_token_that_made_it_and_is_accounted_to_its_holder() {
    let server = signing();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), &words().taxonomy).await.unwrap();
    server.state.service.accounting().begin(&store);
    let signed = tile_of(&template(&server, COMMANDER, &format!("window={WINDOW}")).await);
    assert_eq!(server.public(&signed).await.status, 200);
    server.state.service.accounting().end().await;
    let lines = store.audit_lines_after(0).await.unwrap();
    let seen: Vec<_> = lines.iter().map(|line| &line.entry).filter(|entry| entry.action != "sign_in").collect();
    assert_eq!(seen.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(), ["template", "points_tile"]);
    assert!(seen.iter().all(|entry| entry.label == "test commander" && entry.token_id == token_hash(COMMANDER)[..8]));
    assert!(lines.iter().all(|line| !line.entry.question.contains("signature")), "{lines:?}");
    server.state.replace_access(AccessList::default());
    assert_eq!(server.public(&signed).await.status, 401, "the token was taken back");
}

#[tokio::test]
async fn no_log_shows_a_signature_whatever_its_level() {
    let lines = LogLines::default();
    let subscriber = tracing_subscriber::fmt().with_writer(lines.clone()).with_max_level(tracing::Level::TRACE);
    let _guard = tracing::subscriber::set_default(subscriber.with_ansi(false).finish());
    let mut file = tempfile::NamedTempFile::new().unwrap();
    io::Write::write_all(&mut file, b"public_url = \"https://maps.example\"\n[log]\none_request_in = 1").unwrap();
    let server = TestServer::with(Flags { config: Some(file.path().to_owned()), ..Flags::default() }, &[]);
    let key = SigningKey::new([7; KEY_BYTES]);
    server.state.sign_with(key);
    let signing = signing();
    let signed = tile_of(&template(&signing, COMMANDER, &format!("window={WINDOW}")).await);
    signing.public(&signed).await;
    server.public(&signed).await;
    server.public("/signed-in?code=a-code-of-the-provider&state=y").await;
    let said = lines.taken();
    let (_, signature) = signed.split_once("signature=").unwrap();
    assert!(said.contains("a request was answered") && said.contains("incident points were read in a tile"), "{said}");
    assert!(!said.contains(signature) && !said.contains("a-code-of-the-provider"), "{said}");
}
