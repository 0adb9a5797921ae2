//! Word from people through the real router: the form, the desk of moderation, the hooks, and who sees nothing of it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

mod desk;
mod form;
mod hidden;
mod hooks;

use std::sync::Mutex;

use axum::body::Body;
use axum::http::Request;
use binhyen::config::{Config, Flags};
use binhyen::http::extract::access::{AccessList, Peer, token_hash};
use binhyen::http::site::Site;
use binhyen::http::state::AppState;
use binhyen::service::Service;
use binhyen::service::writing::{Commit, OfficialAreas};
use binhyen::store::Store;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::support::imports::words;
use crate::support::snapshot::{COMMANDER, PLANNER, TestResponse, TestServer, released, snapshot};

/// Two operators with tokens of their own.
pub(super) const FIRST: &str = "token-of-the-first-operator";
pub(super) const SECOND: &str = "token-of-the-second-operator";

/// A server that takes reports in, over a store of its own.
pub(super) struct Desk {
    pub(super) server: TestServer,
    pub(super) store: Store,
    /// What whoever keeps the snapshot would be told.
    pub(super) commits: Mutex<UnboundedReceiver<Commit>>,
    folder: TempDir,
}

impl Desk {
    pub(super) async fn new() -> Self {
        Self::configured("").await
    }

    /// The same with more of the configuration.
    pub(super) async fn configured(more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("hook.secret"), "secret-of-both-ends\n").unwrap();
        std::fs::write(folder.path().join("verify.token"), "the-word-of-facebook\n").unwrap();
        let entry = |token: &str, role: &str, label: &str| {
            let sha256 = token_hash(token);
            format!("[[tokens]]\nrole = \"{role}\"\nsha256 = \"{sha256}\"\nlabel = \"{label}\"\n")
        };
        let tokens = [
            entry(PLANNER, "planner", "planner"),
            entry(COMMANDER, "commander", "commander"),
            entry(FIRST, "operator", "first"),
            entry(SECOND, "operator", "second"),
        ]
        .concat();
        let reports = if more.contains("[reports]") { "" } else { "[reports]\nproof_bits = 6\n" };
        let path = folder.path().join("binhyen.toml");
        std::fs::write(&path, format!("{reports}{more}\n{tokens}")).unwrap();
        let flags = Flags { config: Some(path), ..Flags::default() };
        let config = Config::from_sources(flags, &|_| Ok(None)).unwrap();
        let access = AccessList::new(&config.tokens).unwrap();
        let state = AppState::new(Site::new(&config), access, Service::new(config.cache_bytes()))
            .limited(&config.limits)
            .receiving(&config.reports);
        let server = TestServer::over(state);
        let store = Store::open(&folder.path().join("data"), &words().taxonomy).await.unwrap();
        server.state.service.follow_store(&store);
        let official = OfficialAreas { register: Vec::new(), catalogue: words().editions.into() };
        let commits = Mutex::new(server.state.service.begin_writing(&store, official));
        server.state.service.serve(released(snapshot()));
        Self { server, store, commits, folder }
    }

    pub(super) fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    pub(super) async fn get(&self, token: &str, path: &str) -> TestResponse {
        self.server.with_token(token, path).await
    }

    /// Sends JSON with headers.
    pub(super) async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TestResponse {
        let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.server.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// Sends JSON as an operator.
    pub(super) async fn operate(&self, token: &str, method: &str, path: &str, body: &str) -> TestResponse {
        self.send(method, path, &[("authorization", &format!("Bearer {token}"))], body).await
    }

    /// Judges a report as it was seen in a version.
    pub(super) async fn judge(&self, token: &str, number: &str, version: u64, decision: &Json) -> TestResponse {
        let (token, tag) = (format!("Bearer {token}"), format!("\"{version}\""));
        let headers = [("authorization", token.as_str()), ("if-match", tag.as_str())];
        self.send("POST", &format!("/reports/{number}/judgement"), &headers, &decision.to_string()).await
    }

    /// A report of the form with its work done.
    pub(super) async fn solved(&self, change: impl FnOnce(&mut Json)) -> Json {
        let challenge = self.server.public("/reports/challenge").await.json();
        let mut report = json!({
            "challenge": challenge["challenge"],
            "solution": solution(&challenge),
            "category": "trom_cap",
            "time": "2026-11-20T07:10",
            "lon": 108.05,
            "lat": 15.55,
            "text": "Mất xe máy trước chợ",
        });
        report["time"] = json!(an_hour_ago());
        change(&mut report);
        report
    }

    /// Sends a report of the form.
    pub(super) async fn report(&self, change: impl FnOnce(&mut Json)) -> TestResponse {
        let report = self.solved(change).await;
        self.send("POST", "/reports", &[], &report.to_string()).await
    }

    /// Sends a report that is taken in, and gives its number.
    pub(super) async fn taken_in(&self, change: impl FnOnce(&mut Json)) -> String {
        let answer = self.report(change).await;
        assert_eq!(answer.status, 201, "{}", answer.json());
        answer.json()["number"].as_str().unwrap().to_owned()
    }

    /// Sends a report of the form from an address.
    pub(super) async fn report_from(&self, peer: &str) -> TestResponse {
        let report = self.solved(|_| ()).await;
        let request = Request::builder().method("POST").uri("/reports").header("content-type", "application/json");
        let request = request.extension(Peer(peer.parse().unwrap()));
        self.server.send(request.body(Body::from(report.to_string())).unwrap()).await
    }
}

/// A number that solves a challenge.
pub(super) fn solution(challenge: &Json) -> String {
    let (text, bits) = (challenge["challenge"].as_str().unwrap(), challenge["proof_bits"].as_u64().unwrap());
    let solves = |number: &u64| {
        let hash = Sha256::digest(format!("{text}:{number}"));
        u64::from(u64::from_be_bytes(*hash.first_chunk().unwrap()).leading_zeros()) >= bits
    };
    (0..1_u64 << 40).find(solves).unwrap().to_string()
}

/// An hour ago, as a phone writes it.
pub(super) fn an_hour_ago() -> String {
    jiff::Timestamp::from_second(jiff::Timestamp::now().as_second() - 3600).unwrap().to_string()
}
