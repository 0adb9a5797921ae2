//! A small world with known numbers, built through the real snapshot builder, behind the real router.
//!
//! Edition 2025-01: four square communes in two districts; edition 2025-07: their
//! two unions, without districts. In the year of statistics 2022 theft was reported
//! 40, 3, 20 and 0 times in the four; one of the 40 is known by its commune alone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use binhyen::config::{Config, Flags, RuleFiles, TokenEntry};
use binhyen::domain::area::population::Population;
use binhyen::domain::area::{Area, AreaKey, Level, Position};
use binhyen::domain::holdings::{Dataset, Holdings, OpenChange};
use binhyen::domain::incident::coverage::{CoverageScope, DeclaredCoverage};
use binhyen::domain::incident::taxonomy::{Severity, Taxonomy};
use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::domain::model::{CommunityModel, ModelOrigin};
use binhyen::domain::role::Role;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::standard::certification::{Certification, Declared, UnitKind};
use binhyen::domain::time::period::Day;
use binhyen::http::extract::access::{AccessList, Peer, token_hash};
use binhyen::http::router::{RequestService, router};
use binhyen::http::site::Site;
use binhyen::http::state::AppState;
use binhyen::service::Service;
use binhyen::service::live::releasing::NextRelease;
use binhyen::service::live::{CountedSteps, today};
use binhyen::snapshot::{Snapshot, build};
use geo::{MultiPolygon, polygon};
use http_body_util::BodyExt as _;
use jiff::civil::date;
use tower::ServiceExt as _;

pub(crate) const EPOCH: u64 = 7;
pub(crate) const PLANNER: &str = "token-of-the-planner";
pub(crate) const COMMANDER: &str = "token-of-the-commander";
/// A year of statistics that is released and over for long.
pub(crate) const WINDOW: &str = "TK-2022";

/// The days on which incidents are known: all windows that the tests ask for.
const COVERED: &str = "2020-06-01..2027-01-01";
/// 1 June 2022, noon in Quảng Nam.
const MOMENT_S: i64 = 1_654_059_600;

pub(crate) fn rule_set() -> RuleSet {
    super::rule_set_of(&RuleFiles::embedded())
}

fn key(edition: &str, code: &str) -> AreaKey {
    AreaKey { edition: edition.parse().unwrap(), code: code.parse().unwrap() }
}

/// A box from (west, south), `width` by 0.1 degrees.
fn commune(edition: &str, code: &str, name: &str, parent: Option<&str>, at: (f64, f64), width: f64) -> Area {
    let (west, south) = at;
    let (east, north) = (west + width, south + 0.1);
    let shape = polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north)];
    Area {
        key: key(edition, code),
        level: Level::Commune,
        name: name.to_owned(),
        parent: parent.map(|code| code.parse().unwrap()),
        boundary: Some(MultiPolygon::new(vec![shape])),
    }
}

fn district(code: &str, name: &str) -> Area {
    Area { key: key("2025-01", code), level: Level::District, name: name.to_owned(), parent: None, boundary: None }
}

fn areas() -> Vec<Area> {
    vec![
        district("502", "Thành phố Tam Kỳ"),
        district("503", "Thành phố Hội An"),
        commune("2025-01", "20335", "Phường An Xuân", Some("502"), (108.0, 15.5), 0.1),
        commune("2025-01", "20338", "=Phường An Phú", Some("502"), (108.1, 15.5), 0.1),
        commune("2025-01", "20401", "Phường Minh An", Some("503"), (108.0, 15.6), 0.1),
        commune("2025-01", "20404", "Phường Tân An", Some("503"), (108.1, 15.6), 0.1),
        commune("2025-07", "20335", "Phường Tam Kỳ", None, (108.0, 15.5), 0.2),
        commune("2025-07", "20401", "Phường Hội An", None, (108.0, 15.6), 0.2),
    ]
}

fn incident(number: usize, location: IncidentLocation, category: &str, taxonomy: &Taxonomy) -> Incident {
    Incident {
        id: format!("vuviec-{number:04}"),
        unix_seconds: MOMENT_S + number as i64,
        location,
        category: taxonomy.category(category).unwrap(),
        severity: Severity::new(3).unwrap(),
        status: taxonomy.status("recorded").unwrap(),
        channel: taxonomy.channel("113").unwrap(),
        precision: taxonomy.precision("exact").unwrap(),
    }
}

fn point(lon: f64, lat: f64) -> IncidentLocation {
    IncidentLocation::Point(Position::new(lon, lat).unwrap())
}

/// Thefts inside three of the communes, one of the first without a point, and one each: sensitive, unmapped, outside,
/// unfounded.
fn incidents(taxonomy: &Taxonomy, [first, second, third]: [u32; 3]) -> Vec<Incident> {
    let centres = [(108.05, 15.55, first.saturating_sub(1)), (108.15, 15.55, second), (108.05, 15.65, third)];
    let places = centres
        .into_iter()
        .flat_map(|(lon, lat, count)| (0..count).map(move |step| point(lon + f64::from(step) * 1e-4, lat)));
    let mut incidents: Vec<Incident> =
        places.enumerate().map(|(number, place)| incident(number, place, "trom_cap", taxonomy)).collect();
    let category = |wanted: fn(&binhyen::domain::incident::taxonomy::Category) -> bool| {
        taxonomy.categories.iter().find(|category| wanted(category)).unwrap().id.as_str()
    };
    let (sensitive, unmapped) = (category(|entry| entry.sensitive), category(|entry| entry.unmapped));
    incidents.push(incident(900, point(108.05, 15.65), sensitive, taxonomy));
    incidents.push(incident(901, point(108.05, 15.65), unmapped, taxonomy));
    incidents.push(incident(902, point(107.0, 15.0), "trom_cap", taxonomy));
    if first > 0 {
        incidents.push(incident(903, IncidentLocation::Area(key("2025-01", "20335")), "trom_cap", taxonomy));
    }
    let unfounded = taxonomy.status("unfounded").unwrap();
    incidents.push(Incident { status: unfounded, ..incident(904, point(108.05, 15.55), "trom_cap", taxonomy) });
    incidents
}

fn models() -> Vec<CommunityModel> {
    let model = |number: usize, position: Position| CommunityModel {
        id: format!("mohinh-{number:02}"),
        kind: "camera".to_owned(),
        position: Some(position),
        area: None,
        residential_area: None,
        origin: ModelOrigin::New,
        parent_id: None,
        started_on: date(2021, 1, 1),
        ended_on: None,
        review: None,
    };
    vec![model(1, Position::new(108.051_234_5, 15.553_217).unwrap()), model(2, Position::new(108.052, 15.55).unwrap())]
}

fn populations() -> Vec<Population> {
    let communes = areas().into_iter().filter(|area| area.level == Level::Commune);
    communes.map(|area| Population { area: area.key, year: 2022, residents: 50_000 }).collect()
}

fn certifications() -> Vec<Certification> {
    let unit = |unit_id: &str, recognised: Declared| Certification {
        unit_id: unit_id.to_owned(),
        unit_kind: UnitKind::Commune,
        area: key("2025-01", unit_id),
        window: "ANTT-2022-xa".to_owned(),
        registered: Declared::Yes,
        recognised,
        decided_on: None,
    };
    vec![unit("20335", Declared::Yes), unit("20338", Declared::No)]
}

/// What the world holds, as the embedded sample.
pub(crate) fn holdings(rule_set: &RuleSet) -> Holdings {
    holdings_with_thefts(rule_set, [40, 3, 20])
}

/// The same with other numbers of thefts in the first three communes.
pub(crate) fn holdings_with_thefts(rule_set: &RuleSet, thefts: [u32; 3]) -> Holdings {
    let mut holdings = Holdings {
        epoch: EPOCH,
        open_change: OpenChange { epoch: EPOCH, commit_id: 0 },
        sample_datasets: [Dataset::Incidents, Dataset::Models, Dataset::Certifications].into(),
        areas: areas(),
        models: models(),
        certifications: certifications(),
        populations: populations(),
        coverage: vec![DeclaredCoverage { scope: CoverageScope::Everything, days: COVERED.parse().unwrap() }],
        ..Holdings::default()
    };
    for incident in incidents(&rule_set.taxonomy, thefts) {
        holdings.incidents.push(&incident);
    }
    holdings
}

pub(crate) fn snapshot() -> Snapshot {
    let rule_set = rule_set();
    build(holdings(&rule_set), &rule_set, None).unwrap()
}

/// A snapshot whose store has made the release that is due today.
pub(crate) fn released(snapshot: Snapshot) -> Arc<Snapshot> {
    released_on(snapshot, today())
}

/// A snapshot whose store has made the release that was due on a day.
pub(crate) fn released_on(snapshot: Snapshot, day: Day) -> Arc<Snapshot> {
    let mut snapshot = Arc::new(snapshot);
    let next = NextRelease::of(&snapshot, day, CountedSteps::New).unwrap().release;
    Arc::make_mut(&mut Arc::get_mut(&mut snapshot).unwrap().releases).push(next);
    snapshot
}

/// An answer with its body as it came and as it reads.
#[derive(Debug, Clone)]
pub(crate) struct TestResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl TestResponse {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body without its coding.
    pub(crate) fn plain(&self) -> Vec<u8> {
        if self.header("content-encoding") != "gzip" {
            return self.bytes.clone();
        }
        let mut plain = Vec::new();
        std::io::copy(&mut flate2::read::GzDecoder::new(self.bytes.as_slice()), &mut plain).unwrap();
        plain
    }

    pub(crate) fn plain_text(&self) -> String {
        String::from_utf8(self.plain()).unwrap()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        let plain = self.plain();
        serde_json::from_slice(&plain).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&plain)))
    }
}

/// The router on the small world.
pub(crate) struct TestServer {
    pub(crate) state: Arc<AppState>,
    router: RequestService,
}

impl TestServer {
    pub(crate) fn new() -> Self {
        Self::with(Flags::default(), &[])
    }

    pub(crate) fn with(flags: Flags, variables: &[(&str, &str)]) -> Self {
        let server = Self::without_snapshot(flags, variables);
        server.state.service.serve(released(snapshot()));
        server
    }

    /// The router on another world.
    pub(crate) fn on(snapshot: Snapshot) -> Self {
        let server = Self::without_snapshot(Flags::default(), &[]);
        server.state.service.serve(released(snapshot));
        server
    }

    /// The router on the small world, with another state.
    pub(crate) fn changed(change: impl FnOnce(AppState) -> AppState) -> Self {
        Self::changed_with(Flags::default(), change)
    }

    /// The same under a public address.
    pub(crate) fn under(public_url: &str, change: impl FnOnce(AppState) -> AppState) -> Self {
        Self::changed_with(Flags { public_url: Some(public_url.to_owned()), ..Flags::default() }, change)
    }

    fn changed_with(flags: Flags, change: impl FnOnce(AppState) -> AppState) -> Self {
        let server = Self::of(change(Self::state(flags, &[])));
        server.state.service.serve(released(snapshot()));
        server
    }

    pub(crate) fn without_snapshot(flags: Flags, variables: &[(&str, &str)]) -> Self {
        Self::of(Self::state(flags, variables))
    }

    fn state(flags: Flags, variables: &[(&str, &str)]) -> AppState {
        let given =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let config = Config::from_sources(flags, &|name| Ok(given(name))).unwrap();
        let entry = |token: &str, role: &str| TokenEntry {
            role: role.to_owned(),
            sha256: token_hash(token),
            label: format!("test {role}"),
            ..TokenEntry::default()
        };
        let mut access = AccessList::new(&[entry(PLANNER, "planner"), entry(COMMANDER, "commander")]).unwrap();
        access.add_session_token("thrown-away", Role::Operator);
        AppState::new(Site::new(&config), access, Service::new(config.cache_bytes()))
            .limited(&config.limits)
            .logging(&config.log)
    }

    /// The router of a server on a port that only this machine reaches.
    pub(crate) fn reached_locally(port: u16) -> Self {
        let config = Config::from_sources(Flags::default(), &|_| Ok(None)).unwrap();
        let server = Self::of(
            AppState::new(Site::new(&config), AccessList::default(), Service::new(config.cache_bytes()))
                .reached_locally(port),
        );
        server.state.service.serve(released(snapshot()));
        server
    }

    /// The router over a state of a test's own.
    pub(crate) fn over(state: AppState) -> Self {
        Self::of(state)
    }

    fn of(state: AppState) -> Self {
        let state = Arc::new(state);
        Self { router: router(Arc::clone(&state)), state }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> TestResponse {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        TestResponse { status: head.status, headers: head.headers, bytes }
    }

    /// The body of an answer that does not end, as it comes; of GET with a token, or as the public.
    pub(crate) async fn opened(&self, token: Option<&str>, path: &str, headers: &[(&str, &str)]) -> Body {
        let request =
            headers.iter().fold(Request::builder().uri(path), |request, (name, value)| request.header(*name, *value));
        let request = match token {
            Some(token) => request.header("authorization", format!("Bearer {token}")),
            None => request,
        };
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        Body::new(response.into_body())
    }

    /// GET with headers.
    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> TestResponse {
        self.send_method("GET", path, headers).await
    }

    pub(crate) async fn send_method(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> TestResponse {
        let request = headers
            .iter()
            .fold(Request::builder().method(method).uri(path), |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// GET as the public.
    pub(crate) async fn public(&self, path: &str) -> TestResponse {
        self.get(path, &[]).await
    }

    /// GET with a token.
    pub(crate) async fn with_token(&self, token: &str, path: &str) -> TestResponse {
        self.get(path, &[("authorization", &format!("Bearer {token}"))]).await
    }

    /// GET from this machine, which calls the server by a name.
    pub(crate) async fn by_name(&self, host: &str, path: &str) -> TestResponse {
        let request = Request::builder().uri(path).header("host", host);
        let request = request.extension(Peer("127.0.0.1:5000".parse().unwrap()));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// GET with a token from an address.
    pub(crate) async fn with_token_from(&self, peer: &str, token: &str, path: &str) -> TestResponse {
        let request = Request::builder().uri(path).header("authorization", format!("Bearer {token}"));
        let request = request.extension(Peer(peer.parse().unwrap()));
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

/// The tile of the deepest zoom but some that holds the small world's centre.
pub(crate) fn tile_at(z: u8, lon: f64, lat: f64) -> (u32, u32) {
    let side = f64::from(1_u32 << z);
    let x = (lon + 180.0) / 360.0 * side;
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * side;
    (x as u32, y as u32)
}
