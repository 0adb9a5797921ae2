//! The real router on the small world, asked by requests as bytes, and what must hold of every answer.

use std::io::Read as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, AUTHORIZATION, ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, RANGE};
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri};
use binhyen::cli::LoadedRules;
use binhyen::config::Flags;
use binhyen::domain::holdings::Holdings;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::http::extract::access::Peer;
use binhyen::service::live::releasing::NextRelease;
use binhyen::service::live::{CountedSteps, today};
use binhyen::snapshot::{Snapshot, build};
use tokio::runtime::{Builder, Runtime};

use crate::snapshot::{COMMANDER, PLANNER, TestResponse, TestServer, holdings, released};

/// What all caches hold together: little, so that they overflow, and a growth of memory is one of something else.
const CACHE_MB: &str = "32";
/// What a server says that cannot now: that it is not set up for it, or busy. On a slow machine that says nothing of the
/// request.
const NOT_NOW: [StatusCode; 3] =
    [StatusCode::NOT_IMPLEMENTED, StatusCode::SERVICE_UNAVAILABLE, StatusCode::TOO_MANY_REQUESTS];
/// Bytes of a body that are decoded.
const MAX_DECODED_BYTES: u64 = 64 << 20;

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_all().build().expect("a runtime can be built"));

static SERVER: LazyLock<TestServer> = LazyLock::new(|| {
    let server = TestServer::without_snapshot(Flags::default(), &[("BINHYEN_CACHE_MB", CACHE_MB)]);
    let rules = crate::rule_set(&crate::world::WORLD.words);
    server.state.service.serve(released(small_world(&rules)));
    server
});

fn small_world(rules: &RuleSet) -> Snapshot {
    build(holdings(rules), rules, None).expect("the small world can be served")
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub enum Asker {
    /// Without a token.
    Anybody,
    /// With a planner's token.
    Planner,
    /// With a commander's token.
    Commander,
    /// With the throw-away token of this machine.
    ThisMachine,
}

impl Asker {
    /// Everybody.
    pub const ALL: [Self; 4] = [Self::Anybody, Self::Planner, Self::Commander, Self::ThisMachine];

    fn authorization(self) -> Option<String> {
        let token = match self {
            Self::Anybody => return None,
            Self::Planner => PLANNER,
            Self::Commander => COMMANDER,
            Self::ThisMachine => "thrown-away",
        };
        Some(format!("Bearer {token}"))
    }

    /// From where: the public each time from another address, so that nobody asks too often.
    fn peer(self) -> SocketAddr {
        static REQUESTS: AtomicU32 = AtomicU32::new(0);
        let address = match self {
            Self::Anybody => {
                Ipv4Addr::from_bits(0x0A00_0000 | (REQUESTS.fetch_add(1, Ordering::Relaxed) & 0x00FF_FFFF))
            }
            Self::Planner | Self::Commander | Self::ThisMachine => Ipv4Addr::LOCALHOST,
        };
        SocketAddr::from((address, 5000))
    }
}

/// A request in parts; none of them need make sense.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The method.
    pub method: Method,
    /// The target.
    pub target: &'a [u8],
    /// Lines of `name: value`.
    pub headers: &'a [u8],
    /// Who asks.
    pub asker: Asker,
}

impl Asked<'_> {
    /// The request; none where no server would get to see it, because its parser refuses it.
    fn request(&self) -> Option<Request<Body>> {
        let mut request = Request::builder().method(&self.method).uri(Uri::try_from(self.target).ok()?);
        for line in self.headers.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = HeaderName::from_bytes(&line[..colon]).ok()?;
            request = request.header(name, HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?);
        }
        if let Some(value) = self.asker.authorization() {
            request = request.header(AUTHORIZATION, value);
        }
        request.extension(Peer(self.asker.peer())).body(Body::empty()).ok()
    }
}

/// Asks; none where the request is none. What every answer must be is checked.
pub fn ask(asked: &Asked<'_>) -> Option<TestAnswer> {
    let request = asked.request()?;
    let again = asked.request()?;
    let answer = RUNTIME.block_on(SERVER.send(request));
    check(asked, &answer);
    if answer.status == StatusCode::OK && asked.method == Method::GET {
        check_held(asked, again, &answer);
    }
    Some(TestAnswer(answer))
}

fn check(asked: &Asked<'_>, answer: &TestResponse) {
    let target = String::from_utf8_lossy(asked.target);
    let failed = answer.status.is_server_error() && !NOT_NOW.contains(&answer.status);
    assert!(!failed, "{} for {target}", answer.status);
    for name in ["x-content-type-options", "x-request-id"] {
        assert!(answer.headers.contains_key(name), "{} without {name} for {target}", answer.status);
    }
    if answer.status.is_client_error() && asked.method == Method::GET {
        let kind = answer.header("content-type");
        assert!(kind.starts_with("application/problem+json"), "{} as {kind:?} for {target}", answer.status);
        let problem: serde_json::Value = serde_json::from_slice(&decoded(answer)).expect("a problem is JSON");
        assert_eq!(problem["status"], answer.status.as_u16(), "{problem}");
    }
    if answer.header("content-type").starts_with("application/json") && asked.method == Method::GET {
        let body = decoded(answer);
        serde_json::from_slice::<serde_json::Value>(&body).expect("an answer that says that it is JSON is");
    }
}

/// Whoever has an answer is told so.
fn check_held(asked: &Asked<'_>, mut again: Request<Body>, answer: &TestResponse) {
    let Some(tag) = answer.headers.get(ETAG).cloned() else { return };
    for name in [IF_NONE_MATCH, IF_MATCH, IF_MODIFIED_SINCE, RANGE] {
        again.headers_mut().remove(name);
    }
    again.headers_mut().insert(IF_NONE_MATCH, tag);
    let status = RUNTIME.block_on(SERVER.send(again)).status;
    let target = String::from_utf8_lossy(asked.target);
    let is_kept = status == StatusCode::NOT_MODIFIED || NOT_NOW.contains(&status);
    assert!(is_kept, "an answer that the client has is sent again: {target}");
}

/// The body without its coding.
fn decoded(answer: &TestResponse) -> Vec<u8> {
    let mut plain = Vec::new();
    let read = match answer.header("content-encoding") {
        "gzip" => flate2::read::GzDecoder::new(&answer.bytes[..]).take(MAX_DECODED_BYTES).read_to_end(&mut plain),
        "br" => brotli::Decompressor::new(&answer.bytes[..], 4096).take(MAX_DECODED_BYTES).read_to_end(&mut plain),
        coding => {
            assert_eq!(coding, "", "an unknown coding");
            return answer.bytes.clone();
        }
    };
    read.expect("a body can be decoded");
    plain
}

/// An answer that has been checked.
pub struct TestAnswer(TestResponse);

impl TestAnswer {
    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.0.header(name)
    }

    /// Its body without coding.
    pub fn body(&self) -> Vec<u8> {
        decoded(&self.0)
    }
}

/// Codings that a client may take.
pub const CODINGS: [(HeaderName, &str); 4] =
    [(ACCEPT_ENCODING, "identity"), (ACCEPT_ENCODING, "gzip"), (ACCEPT_ENCODING, "br"), (ACCEPT_ENCODING, "*;q=0.1")];

/// Serves a world under other words and rules, and asks a few questions whose answers need them.
pub fn ask_under(words: &LoadedRules) {
    let rules = crate::rule_set(words);
    let Some(holdings) = small_holdings(&rules) else { return };
    let Ok(snapshot) = build(holdings, &rules, None) else { return };
    let server = TestServer::without_snapshot(Flags::default(), &[("BINHYEN_CACHE_MB", CACHE_MB)]);
    let mut snapshot = Arc::new(snapshot);
    // A release keeps the snapshot that it was made of, so it is taken out before it is put in.
    let next = NextRelease::of(&snapshot, today(), CountedSteps::New).map(|next| next.release);
    if let (Ok(release), Some(snapshot)) = (next, Arc::get_mut(&mut snapshot)) {
        Arc::make_mut(&mut snapshot.releases).push(release);
    }
    server.state.service.serve(snapshot);
    for target in ["/meta", "/ratings", "/tiles/map"] {
        let request = Request::builder().uri(target).body(Body::empty()).expect("the target is one");
        let status = RUNTIME.block_on(server.send(request)).status;
        let failed = status.is_server_error() && !NOT_NOW.contains(&status);
        assert!(!failed, "{status} for {target} under accepted rules");
    }
}

/// The small world where the words still have what stands in it.
fn small_holdings(rules: &RuleSet) -> Option<Holdings> {
    let words = &rules.taxonomy;
    let known = words.category("trom_cap").is_some()
        && words.status("recorded").is_some()
        && words.status("unfounded").is_some()
        && words.channel("113").is_some()
        && words.precision("exact").is_some()
        && words.categories.iter().any(|category| category.sensitive)
        && words.categories.iter().any(|category| category.unmapped);
    known.then(|| holdings(rules))
}
