//! Who sees what.

use binhyen::domain::holdings::Dataset;
use binhyen::snapshot::build;

use crate::support::snapshot::{COMMANDER, EPOCH, PLANNER, TestServer, WINDOW, holdings, rule_set, tile_at};

const WEST_COMMUNES: (f64, f64) = (108.05, 15.55);

/// Every address that answers the public with data.
fn public_addresses() -> Vec<String> {
    let mut addresses: Vec<String> =
        ["meta", "version", "tiles", "tiles/map", "tiles/models", "styles", "styles/light"]
            .map(|path| format!("/{path}"))
            .into();
    for edition in ["2025-01", "2025-07"] {
        for window in [WINDOW, "3N-2023"] {
            let filter = format!("edition={edition}&window={window}");
            addresses.push(format!("/models?{filter}"));
            addresses.push(format!("/models/kinds?{filter}"));
            for level in ["commune", "district", "province"] {
                addresses.push(format!("/ratings?{filter}&level={level}"));
                addresses.push(format!("/ratings?{filter}&level={level}&f=csv"));
                addresses.push(format!("/areas?{filter}&level={level}&geometry=label"));
                let collection = if level == "province" { level.to_owned() } else { format!("{level}s") };
                addresses.push(format!("/collections/{collection}-{edition}/items?window={window}&geometry=label"));
            }
            for code in ["20335", "20338", "20401", "20404", "502", "503"] {
                addresses.push(format!("/series?{filter}&areas={code}"));
                addresses.push(format!("/comparison?edition={edition}&areas={code}&periods=TK-2021,{WINDOW}"));
                addresses.push(format!("/areas/{edition}/{code}?window={window}"));
            }
            for tileset in ["map", "communes", "districts", "province", "labels", "models"] {
                for z in [6, 9, 12] {
                    let (x, y) = tile_at(z, WEST_COMMUNES.0, WEST_COMMUNES.1);
                    addresses.push(format!("/tiles/{tileset}/{z}/{x}/{y}?{filter}"));
                }
            }
        }
    }
    addresses
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[tokio::test]
async fn no_answer_to_the_public_holds_an_incident_or_the_place_of_a_model() {
    let server = TestServer::new();
    for address in public_addresses() {
        let reply = server.public(&address).await;
        assert!([200, 204, 404].contains(&reply.status.as_u16()), "{address}: {}", reply.status);
        let plain = reply.plain();
        for secret in ["vuviec-", "mohinh-", "108.0512345", "15.553217"] {
            assert!(!contains(&plain, secret.as_bytes()), "{address} holds {secret}");
        }
    }
}

#[tokio::test]
async fn no_answer_to_the_public_holds_the_small_count() {
    let server = TestServer::new();
    let address = format!("/ratings?edition=2025-01&window={WINDOW}");
    let incidents = |reply: &serde_json::Value| reply["areas"][1]["incidents"].clone();
    let (public, planner) = (server.public(&address).await.json(), server.with_token(PLANNER, &address).await.json());
    assert_eq!(planner["areas"][1]["code"], "20338");
    assert_eq!(incidents(&planner), 3);
    let row = &public["areas"][1];
    for member in ["incidents", "rate", "rate_low", "rate_high", "rate_smoothed", "ratio", "ratio_low", "ratio_high"] {
        assert!(row[member].is_null(), "{member}: {row}");
    }
    assert_eq!(row["grade"], "suppressed");
    // Its neighbour in the district is hidden with it, because the district is not; the third is published.
    assert!(public["areas"][0]["incidents"].is_null());
    assert_eq!(public["areas"][2]["incidents"], 20);
    assert!(public["totals"]["outside"].is_null() && public["totals"]["unplaced"].is_null(), "{}", public["totals"]);
    assert!(
        public["totals"]["incidents"].is_null(),
        "the whole less the parts is what is hidden: {}",
        public["totals"]
    );
    assert_eq!((&planner["totals"]["outside"], &planner["totals"]["incidents"]), (&1.into(), &66.into()));
    let one = server.public(&format!("/areas/2025-01/20338?window={WINDOW}")).await.json();
    assert!(one["area"]["incidents"].is_null());
    for part in one["components"].as_array().unwrap() {
        assert_ne!(part["observed"], 3, "{part}");
    }
    for year in one["series"].as_array().unwrap() {
        assert_ne!(year["incidents"], 3, "{year}");
    }
}

#[tokio::test]
async fn the_small_count_is_not_in_the_bytes_of_a_tile() {
    let server = TestServer::new();
    // A value message (field 4 of a layer) of one unsigned number (field 5 of a value): 3.
    let three = [0x22, 0x02, 0x28, 0x03];
    let (x, y) = tile_at(9, 108.15, 15.55);
    for tileset in ["communes", "labels", "map"] {
        let address = format!("/tiles/{tileset}/9/{x}/{y}?edition=2025-01&window={WINDOW}");
        let (public, planner) = (server.public(&address).await, server.with_token(PLANNER, &address).await);
        assert_eq!((public.status.as_u16(), planner.status.as_u16()), (200, 200));
        assert!(!contains(&public.plain(), &three), "{tileset}: a public tile holds the count 3");
        assert!(contains(&planner.plain(), &three), "{tileset}: the test no longer finds what it looks for");
    }
}

#[tokio::test]
async fn the_public_may_not_filter_freely() {
    let server = TestServer::new();
    for query in [
        "from=2022-01-01&to=2023-01-01",
        "from=2021-12-15&to=2022-12-15",
        "categories=trom_cap",
        "min_severity=3",
        "min_severity=1",
        "window=N-2022",
    ] {
        for path in
            ["/ratings", "/areas", "/models", "/tiles/communes", "/tiles/communes/8/205/117", "/areas/2025-01/20335"]
        {
            let reply = server.public(&format!("{path}?{query}")).await;
            assert_eq!(reply.status, 403, "{path}?{query}");
            let released = reply.json()["released"].as_array().unwrap().clone();
            assert!(released.contains(&WINDOW.into()) && !released.contains(&"N-2022".into()), "{released:?}");
        }
        assert_eq!(server.with_token(PLANNER, &format!("/ratings?{query}")).await.status, 200, "{query}");
    }
}

#[tokio::test]
async fn wrong_tokens_are_401_and_never_the_public() {
    let server = TestServer::new();
    for value in ["Bearer wrong", "Bearer", "Basic dXNlcjpwYXNz", "token-of-the-planner", "Bearer thrown-away"] {
        for path in ["/ratings", "/meta", "/version", "/tiles/communes/8/205/117", "/incidents", "/styles/light"] {
            let reply = server.get(path, &[("authorization", value)]).await;
            assert_eq!(reply.status, 401, "{value} {path}");
            assert!(reply.header("www-authenticate").starts_with("Bearer"), "{value} {path}");
        }
    }
}

#[tokio::test]
async fn single_incidents_are_for_commanders() {
    let server = TestServer::new();
    let (x, y) = tile_at(12, WEST_COMMUNES.0, WEST_COMMUNES.1);
    let tile = format!("/tiles/incidents/12/{x}/{y}?window={WINDOW}");
    for path in ["/incidents", "/tiles/incidents", tile.as_str()] {
        let anonymous = server.public(path).await;
        assert_eq!(anonymous.status, 401, "{path}");
        assert!(anonymous.header("www-authenticate").starts_with("Bearer"), "{path}");
        let planner = server.with_token(PLANNER, path).await;
        assert_eq!(planner.status, 200, "{path}");
        assert!(!contains(&planner.plain(), b"vuviec-"), "{path}: a planner reads single incidents");
        assert_eq!(server.with_token(COMMANDER, path).await.status, 200, "{path}");
    }
    assert!(contains(&server.with_token(COMMANDER, &tile).await.plain(), b"vuviec-0000"));
}

#[tokio::test]
async fn planners_see_cells_of_five_and_more_and_how_many_the_others_hold() {
    let server = TestServer::new();
    let answer = server.with_token(PLANNER, &format!("/incidents?window={WINDOW}")).await.json();
    assert_eq!((&answer["cells"]["side_m"], &answer["cells"]["least"]), (&500.0.into(), &5.into()));
    let features = answer["features"].as_array().unwrap();
    let counts: Vec<u64> = features.iter().map(|cell| cell["properties"]["count"].as_u64().unwrap()).collect();
    assert!(counts.iter().all(|count| *count >= 5), "{counts:?}");
    let hidden = answer["cells"]["in_small_cells"].as_u64().unwrap();
    assert_eq!(counts.iter().sum::<u64>() + hidden, 63, "62 inside at a point, one outside");
    assert!(hidden >= 4, "three in the second commune and one outside");
    assert_eq!(features[0]["properties"]["main_component"], "trat_tu");
    assert_eq!(server.with_token(PLANNER, "/incidents?limit=5").await.status, 400);
}

#[tokio::test]
async fn pages_of_incidents_hold_each_once_and_none_that_may_not_be_a_point() {
    let server = TestServer::new();
    let mut address = format!("/incidents?window={WINDOW}&edition=2025-01&limit=25");
    let mut ids = Vec::new();
    loop {
        let reply = server.with_token(COMMANDER, &address).await;
        assert_eq!(reply.header("cache-control"), "private, no-store");
        let page = reply.json();
        assert_eq!(page["numberMatched"], 63, "62 inside at a point, one outside");
        let features = page["features"].as_array().unwrap();
        assert_eq!(page["numberReturned"], features.len());
        ids.extend(features.iter().map(|feature| feature["id"].as_str().unwrap().to_owned()));
        let links = page["links"].as_array().unwrap();
        let Some(next) = links.iter().find(|link| link["rel"] == "next") else { break };
        next["href"].as_str().unwrap().clone_into(&mut address);
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 63);
    for hidden in ["vuviec-0900", "vuviec-0901", "vuviec-0903", "vuviec-0904"] {
        assert!(!ids.contains(&hidden.to_owned()), "{hidden}");
    }
    let inside = server.with_token(COMMANDER, &format!("/incidents?window={WINDOW}&bbox=108,15.6,108.1,15.7")).await;
    assert_eq!(inside.json()["numberMatched"], 20);
}

#[tokio::test]
async fn answers_bound_to_a_role_are_never_stored() {
    let server = TestServer::new();
    for path in
        ["/ratings", "/areas", "/meta", "/version", "/models", "/tiles", "/tiles/map", "/tiles/communes/8/205/117"]
    {
        let path =
            &if path.starts_with("/tiles/communes/") { format!("{path}?epoch={EPOCH}") } else { path.to_owned() };
        let reply = server.with_token(PLANNER, path).await;
        assert_eq!(reply.header("cache-control"), "private, no-store", "{path}");
        for reply in [reply, server.public(path).await] {
            assert!(reply.header("vary").contains("Authorization"), "{path}: {:?}", reply.headers);
        }
    }
}

#[tokio::test]
async fn model_positions_are_for_roles_and_counts_for_all() {
    let server = TestServer::new();
    let path = format!("/models?edition=2025-01&window={WINDOW}");
    let public = server.public(&path).await.json();
    assert_eq!(public["areas"][0]["models"], 2);
    assert_eq!(public["areas"][0]["by_kind"][0]["kind"], "camera");
    let planner = server.with_token(PLANNER, &path).await.json();
    assert_eq!(planner["features"][0]["geometry"]["coordinates"], serde_json::json!([108.051_234_5, 15.553_217]));
    assert_eq!(planner["features"][0]["properties"]["code"], "20335");
}

#[tokio::test]
async fn throw_away_tokens_open_the_sample_on_this_machine_only() {
    let server = TestServer::new();
    let from = async |peer: &str| server.with_token_from(peer, "thrown-away", "/version").await;
    assert_eq!(from("127.0.0.1:4000").await.json()["role"], "operator");
    assert_eq!(from("[::1]:4000").await.status, 200);
    assert_eq!(from("192.0.2.7:4000").await.status, 401);
    let rule_set = rule_set();
    let mut own = holdings(&rule_set);
    own.sample_datasets.remove(&Dataset::Incidents);
    server.state.service.serve(crate::support::snapshot::released(build(own, &rule_set, None).unwrap()));
    assert_eq!(from("127.0.0.1:4000").await.status, 401, "own incidents behind a token of the sample");
    assert_eq!(server.with_token(PLANNER, "/version").await.status, 200);
}
