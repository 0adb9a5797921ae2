//! Two stores that differ by one row: wherever two bodies differ, so do their entity tags, on every route.
//!
//! The stores are copies of one folder, and everything else by which states are named (data id, epoch, what the last
//! commit drew) is made the same by hand, so that only the content can tell them apart.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use binhyen::config::Flags;
use binhyen::domain::holdings::Holdings;
use binhyen::snapshot::build;

use crate::support::imports::{Bench, holdings, run_with};
use crate::support::snapshot::{COMMANDER, PLANNER, TestResponse, TestServer, rule_set, tile_at};

const ROLES: [Option<&str>; 3] = [None, Some(PLANNER), Some(COMMANDER)];
const DAYS: &str = "edition=2025-01&window=TK-2022";

/// What is asked of a route beside nothing.
const QUERIES: [(&str, &[&str]); 15] = [
    ("/areas", &["", "level=district", "geometry=full"]),
    ("/ratings", &["", "level=province", "f=csv", "f=xlsx"]),
    ("/series", &["areas=20335&by=year", "areas=20335,20341&by=month&f=csv"]),
    ("/comparison", &["areas=20335,20341", "areas=20335&with=district"]),
    ("/clusters", &["", "level=district"]),
    ("/certifications", &["edition=2025-01&window=ANTT-2022-xa"]),
    ("/disagreements", &["edition=2025-01&window=ANTT-2022-xa"]),
    ("/export/{format}", &["", "level=district", "max_zoom=8"]),
    ("/export/png", &["width=200&height=200&layer=count", "width=400&height=300&layer=density"]),
    ("/export/svg", &["layer=count", "layer=density"]),
    ("/incidents", &["", "limit=10"]),
    ("/tiles/{tileset}", &["", "properties=incidents"]),
    ("/tiles/{tileset}/{z}/{x}/{y}", &["", "properties=incidents,rate", "properties=name"]),
    ("/collections/{collection}/items", &["", "filter=incidents+%3E+30&sortby=-rate&properties=code,incidents"]),
    ("/oembed", &["url=https%3A%2F%2Fmaps.example%2F"]),
];
/// Routes that take no filter.
const WITHOUT_FILTER: [&str; 27] = [
    "/",
    "/api",
    "/certifications",
    "/collections",
    "/collections/{collection}",
    "/collections/{collection}/queryables",
    "/collections/{collection}/schema",
    "/collections/{tileset}/tiles",
    "/conformance",
    "/disagreements",
    "/docs",
    "/embed",
    "/fonts/{fontstack}/{range}",
    "/gazetteer",
    "/healthz",
    "/meta",
    "/methods",
    "/metrics",
    "/models/{id}",
    "/models/{id}/effect",
    "/oembed",
    "/problems/{kind}",
    "/readyz",
    "/tileMatrixSets",
    "/tileMatrixSets/{tileMatrixSetId}",
    "/tiles",
    "/version",
];

/// Four communes in two districts, side by side.
fn communes() -> String {
    let square = |code: &str, parent: &str, west: f64, south: f64| {
        let (east, north) = (west + 0.1, south + 0.1);
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","name":"Xã {code}","parent":"{parent}","huyen":"Huyện {parent}"}},
            "geometry":{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
        )
    };
    let all = [
        square("20335", "502", 108.0, 15.5),
        square("20341", "502", 108.1, 15.5),
        square("20401", "503", 108.0, 15.6),
        square("20404", "503", 108.1, 15.6),
    ];
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","))
}

/// Thefts of the statistical year 2022 in all four communes, enough to be published.
fn incidents() -> String {
    let mut text = "id,time,lon,lat,category,severity\n".to_owned();
    for id in 0..160_u32 {
        let (lon, lat) = (108.02 + 0.1 * f64::from(id % 2), 15.52 + 0.1 * f64::from(id / 2 % 2));
        let day = id % 28 + 1;
        writeln!(text, "V{id:04},2022-03-{day:02} 10:00,{lon:.3},{lat:.3},trom_cap,2").unwrap();
    }
    text
}

const POPULATION: &str = "area_code,edition,year,population\n20335,2025-01,2022,20000\n20341,2025-01,2022,30000\n\
                          20401,2025-01,2022,25000\n20404,2025-01,2022,40000\n";
const MODELS: &str = "id,kind,lon,lat,started_on\nM1,camera,108.051,15.553,2021-01-01\n";
const CERTIFICATIONS: &str = "unit_id,unit_kind,area_code,edition,window,registered,recognised,decided_on\n\
                              20335,commune,20335,2025-01,ANTT-2022-xa,yes,yes,2022-11-06\n";

/// A row of each kind that the other store has more, or has otherwise.
const ROWS: [(&str, &str); 4] = [
    ("incidents", "id,time,lon,lat,category,severity\nW1,2022-03-05 10:00,108.03,15.53,trom_cap,2\n"),
    ("population", "area_code,edition,year,population\n20335,2025-01,2022,20001\n"),
    ("models", "id,kind,lon,lat,started_on\nM2,camera,108.052,15.554,2021-01-01\n"),
    (
        "certifications",
        "unit_id,unit_kind,area_code,edition,window,registered,recognised,decided_on\n\
         20341,commune,20341,2025-01,ANTT-2022-xa,yes,no,2022-11-06\n",
    ),
];

fn import(bench: &Bench, data: &Path, args: &[&str], text: &str) {
    let file = bench.file("in.txt", text);
    let args: Vec<&str> = ["import"].iter().chain(args).map(|arg| if *arg == "FILE" { &file } else { *arg }).collect();
    let run = run_with(data, &args);
    assert_eq!(run.code, Some(0), "{args:?}: {}{}", run.out, run.err);
}

/// The folder that both stores begin as.
fn filled() -> Bench {
    let bench = Bench::new();
    let data = bench.data();
    let named = ["--code", "code", "--name", "name", "--parent", "parent", "--parent-name", "huyen"];
    let boundaries = [&["boundaries", "FILE", "--edition", "2025-01"][..], &named[..]].concat();
    import(&bench, &data, &boundaries, &communes());
    for (kind, text) in [("population", POPULATION), ("models", MODELS), ("certifications", CERTIFICATIONS)] {
        import(&bench, &data, &[kind, "FILE"], text);
    }
    import(&bench, &data, &["incidents", "FILE", "--covers", "2020-12-15..2026-01-01"], &incidents());
    bench
}

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}

/// What a folder holds after its release, under the names of a state that another one has.
fn released_holdings(data: &Path, named_as: Option<&Holdings>) -> Holdings {
    let made = run_with(data, &["release", "make"]);
    assert_eq!(made.code, Some(0), "{}{}", made.out, made.err);
    let mut held = holdings(data);
    assert!(!held.releases.is_empty(), "{}", made.out);
    if let Some(other) = named_as {
        assert_eq!(held.data_id, other.data_id, "copies of one folder");
        (held.epoch, held.commit_id, held.open_change) = (other.epoch, other.commit_id, other.open_change);
    }
    held
}

fn serving(held: Holdings) -> TestServer {
    let flags = Flags { public_url: Some("https://maps.example".to_owned()), ..Flags::default() };
    let server = TestServer::without_snapshot(flags, &[]);
    server.state.service.serve(Arc::new(build(held, &rule_set(), None).unwrap()));
    server
}

/// Every route of the document with what it is asked for.
async fn addresses(server: &TestServer) -> Vec<(String, String)> {
    let document = server.public("/api").await.json();
    let (x, y) = tile_at(9, 108.05, 15.55);
    let mut all = Vec::new();
    for route in document["paths"].as_object().unwrap().keys() {
        let names: &[&str] = if route.contains("{tileset}") {
            &["communes", "districts", "map", "incidents", "models"]
        } else if route.contains("{format}") {
            &["geojson", "flatgeobuf", "geoparquet", "mbtiles"]
        } else {
            &[""]
        };
        let queries = QUERIES.iter().find(|(known, _)| known == route).map_or(&[""][..], |(_, queries)| queries);
        for (name, query) in names.iter().flat_map(|name| queries.iter().map(move |query| (name, query))) {
            let id = match route.as_str() {
                "/styles/{id}" | "/styles/{id}/metadata" => "light",
                "/share/{id}" => "bGF5ZXI9Z3JhZGU",
                _ => "M1",
            };
            let path = route
                .replace("{tileset}", name)
                .replace("{tileMatrixSetId}", "WebMercatorQuad")
                .replace("{fontstack}/{range}", "Be%20Vietnam%20Pro/0-255.pbf")
                .replace("{sprite}", "light.json")
                .replace("{z}/{x}/{y}", &format!("9/{x}/{y}"))
                .replace("{z}/{y}/{x}", &format!("9/{y}/{x}"))
                .replace("{edition}/{code}", "2025-01/20335")
                .replace("{collection}", "communes-2025-01")
                .replace("{feature}", "20335")
                .replace("{kind}", "busy")
                .replace("{format}", name)
                .replace("{id}", id);
            let takes_none = WITHOUT_FILTER.contains(&route.as_str()) || route.starts_with("/s") && route != "/series";
            let filter = match (takes_none, route.contains("{edition}")) {
                (true, _) => "",
                (false, true) => "window=TK-2022",
                (false, false) => DAYS,
            };
            // The collection is of an edition.
            let filter = if route.starts_with("/collections/") && !takes_none { "window=TK-2022" } else { filter };
            let query = [filter, query].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
            all.push((route.clone(), if query.is_empty() { path } else { format!("{path}?{query}") }));
        }
    }
    all
}

async fn asked(server: &TestServer, address: &str, role: Option<&str>, coding: &str) -> TestResponse {
    let bearer = role.map(|token| format!("Bearer {token}"));
    let mut headers = vec![("accept-encoding", coding)];
    headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
    server.get(address, &headers).await
}

/// Asks two servers for everything; gives the routes of which two bodies differ.
async fn differing_routes(one: &TestServer, other: &TestServer) -> BTreeSet<String> {
    let mut differing = BTreeSet::new();
    let mut answered = BTreeSet::new();
    for (route, address) in addresses(one).await {
        for (role, coding) in ROLES.iter().flat_map(|role| ["identity", "gzip"].map(|coding| (*role, coding))) {
            let (one, other) = (asked(one, &address, role, coding).await, asked(other, &address, role, coding).await);
            if one.status != 200 && other.status != 200 {
                continue;
            }
            answered.insert(route.clone());
            let tags = [one.header("etag"), other.header("etag")];
            let is_kept = !one.header("cache-control").contains("no-store");
            assert!(!is_kept || !tags.contains(&""), "{address} as {role:?} may be kept and has no tag");
            if one.bytes != other.bytes || one.status != other.status {
                differing.insert(route.clone());
                assert!(
                    tags[0].is_empty() || tags[0] != tags[1],
                    "{address} as {role:?}, {coding}: two bodies, one tag"
                );
            }
        }
    }
    let unanswered: Vec<String> = all_routes(one).await.difference(&answered).cloned().collect();
    assert_eq!(
        unanswered,
        [
            "/.well-known/security.txt",
            "/alerts",
            "/alerts.atom",
            "/alerts/{number}/acknowledgement",
            "/alerts/{number}/comments",
            "/decisions",
            "/declarations",
            "/desk",
            "/events",
            "/hooks/{channel}",
            "/imports",
            "/incidents/{id}",
            "/metrics",
            "/models/{id}/events",
            "/reports",
            "/reports/challenge",
            "/reports/{number}",
            "/reports/{number}/claim",
            "/reports/{number}/judgement",
            "/reports/{number}/status",
            "/tiles/{tileset}/template",
            "/tokens",
        ],
        "an operator's, what is read from the store itself, what is not configured, and what is sent"
    );
    differing
}

async fn all_routes(server: &TestServer) -> BTreeSet<String> {
    addresses(server).await.into_iter().map(|(route, _)| route).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_two_stores_of_different_content_share_a_tag_on_any_route() {
    // What shows a row of each kind at least; were these bodies the same, the test would show nothing.
    let shown: [(&str, &[&str]); 4] = [
        (
            "incidents",
            &[
                "/areas",
                "/collections/{collection}/items",
                "/incidents",
                "/ratings",
                "/series",
                "/tiles/{tileset}/{z}/{x}/{y}",
            ],
        ),
        ("population", &["/areas", "/ratings", "/series", "/tiles/{tileset}/{z}/{x}/{y}"]),
        ("models", &["/areas", "/models", "/models/kinds", "/tiles/{tileset}/{z}/{x}/{y}"]),
        ("certifications", &["/areas", "/certifications", "/tiles/{tileset}/{z}/{x}/{y}"]),
    ];
    let bench = filled();
    for ((kind, row), (_, routes)) in ROWS.into_iter().zip(shown) {
        let (first, second) = (bench.path(&format!("{kind}-first")), bench.path(&format!("{kind}-second")));
        copied(&bench.data(), &first);
        copied(&bench.data(), &second);
        import(&bench, &second, &[kind, "FILE"], row);
        let (one, other) = tokio::task::spawn_blocking(move || {
            let one = released_holdings(&first, None);
            let other = released_holdings(&second, Some(&one));
            (serving(one), serving(other))
        })
        .await
        .unwrap();
        let differing = differing_routes(&one, &other).await;
        for route in routes {
            assert!(differing.contains(*route), "{kind}: {route} is the same; different: {differing:?}");
        }
    }
}
