//! Part 1: landing page, conformance, collections, features.

use serde_json::json;

use super::{COMMUNES, ids, ids_of, items, link};
use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, WINDOW};

const ACCEPT_JSON: (&str, &str) = ("accept", "application/json");

#[tokio::test]
async fn landing_page_leads_to_every_document() {
    let server = TestServer::new();
    for answer in [server.get("/", &[ACCEPT_JSON]).await, server.public("/?f=json").await] {
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
        assert!(answer.header("vary").starts_with("Accept,"));
        let landing = answer.json();
        for relation in ["self", "alternate", "service-desc", "service-doc", "conformance", "data"] {
            let address = link(&landing, relation).unwrap_or_else(|| panic!("{relation}"));
            let route = address.replace("https://maps.example", "");
            assert_eq!(server.public(&route).await.status, 200, "{relation}: {route}");
        }
    }
}

#[tokio::test]
async fn documents_of_a_server_on_this_machine_link_by_the_name_it_was_asked_by() {
    let server = TestServer::reached_locally(8080);
    for (path, relation) in [("/?f=json", "data"), ("/collections", "self")] {
        let document = server.by_name("localhost:8080", path).await.json();
        let address = link(&document, relation).unwrap();
        assert!(address.starts_with("http://localhost:8080/collections"), "{path}: {address}");
    }
}

#[tokio::test]
async fn map_stays_where_anything_or_html_is_wanted() {
    let server = TestServer::new();
    for accept in ["text/html,application/xhtml+xml,*/*;q=0.8", "*/*", "image/png"] {
        let answer = server.get("/", &[("accept", accept)]).await;
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{accept}");
        assert_eq!(answer.header("vary"), "Accept, Accept-Encoding");
    }
}

#[tokio::test]
async fn landing_page_is_a_page_that_leads_to_every_document() {
    let server = TestServer::new();
    let answer = server.public("/?f=html&lang=en").await;
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    let page = String::from_utf8_lossy(&answer.plain()).into_owned();
    let links = server.public("/?f=json&lang=en").await.json()["links"].clone();
    for link in links.as_array().unwrap() {
        let address = link["href"].as_str().unwrap().replace('&', "&amp;");
        assert!(page.contains(&format!("href=\"{address}\"")), "{address}");
        let route = link["href"].as_str().unwrap().replace("https://maps.example", "");
        assert_eq!(server.public(&route).await.status, 200, "{route}");
    }
    assert_eq!(server.public("/?f=html&lang=xx").await.status, 400);
}

#[tokio::test]
async fn api_is_described_in_both_versions() {
    let server = TestServer::new();
    let version = |accept: &'static str| {
        let server = &server;
        async move { server.get("/api", &[("accept", accept)]).await }
    };
    assert_eq!(version("*/*").await.json()["openapi"], "3.1.0");
    let older = version("application/vnd.oai.openapi+json;version=3.0").await;
    assert_eq!(older.header("content-type"), "application/vnd.oai.openapi+json;version=3.0");
    assert_eq!(older.json()["openapi"], "3.0.3");
    assert_eq!(server.public("/api?f=openapi30").await.json(), older.json());
    assert!(older.json()["paths"]["/collections/{collection}/items"]["get"].is_object());
    assert_eq!(server.public("/api?f=yaml").await.status, 400);
}

#[tokio::test]
async fn conformance_names_every_claimed_class() {
    let conformance = TestServer::new().public("/conformance").await.json();
    let classes = conformance["conformsTo"].as_array().unwrap();
    for class in ["core", "geojson", "html", "oas30"] {
        let class = format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{class}");
        assert!(classes.contains(&json!(class)), "{class}");
    }
}

#[tokio::test]
async fn collections_are_those_of_the_role() {
    let server = TestServer::new();
    let public = server.public("/collections").await.json();
    let ids = |answer: &serde_json::Value| -> Vec<String> {
        answer["collections"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let open = [
        "communes-2025-07",
        "province-2025-07",
        "communes-2025-01",
        "districts-2025-01",
        "province-2025-01",
        "labels",
        "gazetteer",
    ];
    assert_eq!(ids(&public), open);
    let commander = ids(&server.with_token(COMMANDER, "/collections").await.json());
    assert_eq!(commander[open.len()..], ["models", "incidents", "incident-squares"]);
    for collection in public["collections"].as_array().unwrap() {
        let id = collection["id"].as_str().unwrap();
        let one = server.public(&format!("/collections/{id}")).await.json();
        assert_eq!(one["id"], collection["id"]);
        assert!(link(&one, "items").unwrap().ends_with(&format!("/collections/{id}/items?f=json")));
        assert_eq!(one["extent"]["spatial"]["bbox"][0].as_array().unwrap().len(), 4, "{id}");
        assert_eq!(one["itemType"], "feature");
    }
    for (path, status) in
        [("/collections/incidents", 404), ("/collections/models/items", 404), ("/collections/none", 404)]
    {
        assert_eq!(server.public(path).await.status.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn features_are_geojson_with_counts_and_links() {
    let server = TestServer::new();
    let answer = server.public(&items("limit=3")).await;
    assert_eq!(answer.header("content-type"), "application/geo+json");
    assert_eq!(answer.header("content-crs"), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
    let page = answer.json();
    assert_eq!(page["type"], "FeatureCollection");
    assert_eq!((&page["numberMatched"], &page["numberReturned"]), (&json!(4), &json!(3)));
    for feature in page["features"].as_array().unwrap() {
        assert_eq!((&feature["type"], &feature["geometry"]["type"]), (&json!("Feature"), &json!("MultiPolygon")));
        assert_eq!(feature["id"], feature["properties"]["code"]);
    }
    assert!(link(&page, "self").unwrap().contains("limit=3") && link(&page, "alternate").unwrap().contains("f=html"));
    // What the collection says of an area is what `/areas` says.
    let area = server.public(&format!("/areas/2025-01/20335?window={WINDOW}")).await.json();
    let row = &page["features"][0]["properties"];
    for name in ["name", "population", "incidents", "rate", "grade", "models", "model_density"] {
        assert_eq!(row[name], area["area"][name], "{name}");
    }
}

#[tokio::test]
async fn pages_follow_on_each_other_until_all_are_given() {
    let server = TestServer::new();
    for order in ["", "sortby=-incidents&"] {
        let mut address = items(&format!("{order}limit=1"));
        let mut seen = Vec::new();
        loop {
            let page = server.public(&address).await.json();
            assert_eq!(page["numberMatched"], 4);
            seen.extend(ids_of(&page));
            let Some(next) = link(&page, "next") else { break };
            address = next.replace("https://maps.example", "");
        }
        assert_eq!(seen, ids(&server, order.trim_end_matches('&')).await);
        assert_eq!(seen.len(), 4);
    }
}

#[tokio::test]
async fn limit_above_the_most_is_the_most_and_what_is_no_number_is_refused() {
    let server = TestServer::new();
    assert_eq!(ids(&server, "limit=99999999999999999999999").await.len(), 4);
    for wrong in ["limit=0", "limit=-1", "limit=ten", "limit=", "limit=1.5"] {
        assert_eq!(server.public(&items(wrong)).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn boxes_and_times_choose_features() {
    let server = TestServer::new();
    let all = server.public(&items("")).await.json();
    let first = &all["features"][0]["geometry"]["coordinates"][0][0];
    let (mut west, mut south, mut east, mut north) = (180.0_f64, 90.0_f64, -180.0_f64, -90.0_f64);
    for at in first.as_array().unwrap() {
        let (lon, lat) = (at[0].as_f64().unwrap(), at[1].as_f64().unwrap());
        (west, east, south, north) = (west.min(lon), east.max(lon), south.min(lat), north.max(lat));
    }
    let (lon, lat) = (f64::midpoint(west, east), f64::midpoint(south, north));
    let inside = format!("bbox={},{},{},{}", lon - 1e-4, lat - 1e-4, lon + 1e-4, lat + 1e-4);
    assert_eq!(ids(&server, &inside).await, [all["features"][0]["id"].as_str().unwrap()]);
    assert!(ids(&server, "bbox=0,0,1,1").await.is_empty());
    assert_eq!(ids(&server, "bbox=-180,-90,180,90").await.len(), 4);
    assert_eq!(ids(&server, "bbox=100,0,-100,50").await.len(), 4, "over the antimeridian");
    assert_eq!(ids(&server, "datetime=1990-01-01").await.len(), 4, "areas belong to no time");
    for wrong in ["bbox=1,2,3", "bbox=5,5,1,1", "datetime=yesterday", "datetime=2025-01-01/2024-01-01"] {
        assert_eq!(server.public(&items(wrong)).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn unknown_parameters_are_refused_and_form_is_tolerated_everywhere() {
    let server = TestServer::new();
    for path in [items("colour=red"), "/collections?limit=3".to_owned(), "/conformance?x=1".to_owned(), items("f=shp")]
    {
        assert_eq!(server.public(&path).await.status, 400, "{path}");
    }
    for path in [
        "/tiles",
        "/tiles/communes",
        "/styles",
        "/styles/light",
        "/meta",
        "/version",
        "/gazetteer",
        "/areas?level=commune",
    ] {
        let mark = if path.contains('?') { '&' } else { '?' };
        assert_eq!(server.public(&format!("{path}{mark}f=json")).await.status, 200, "{path}");
        assert_eq!(server.public(&format!("{path}{mark}f=xml")).await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn one_feature_has_its_own_address() {
    let server = TestServer::new();
    let answer = server.public(&format!("{COMMUNES}/items/20335?window={WINDOW}")).await;
    assert_eq!(answer.header("content-type"), "application/geo+json");
    let feature = answer.json();
    assert_eq!((&feature["type"], &feature["id"]), (&json!("Feature"), &json!("20335")));
    for relation in ["self", "alternate", "collection"] {
        assert!(link(&feature, relation).is_some(), "{relation}");
    }
    for id in ["99999", "x", "%00"] {
        assert_eq!(server.public(&format!("{COMMUNES}/items/{id}")).await.status, 404, "{id}");
    }
}

#[tokio::test]
async fn properties_and_order_are_chosen() {
    let server = TestServer::new();
    let page = server.public(&items("properties=name,code&limit=1")).await.json();
    let names: Vec<&String> = page["features"][0]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["code", "name"]);
    let ascending = ids(&server, "sortby=code").await;
    let descending = ids(&server, "sortby=-code").await;
    assert_eq!(ascending, descending.into_iter().rev().collect::<Vec<_>>());
    for wrong in ["properties=colour", "sortby=colour", "cursor=77"] {
        assert_eq!(server.public(&items(wrong)).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn every_value_of_a_property_has_one_type() {
    let server = TestServer::new();
    for collection in ["communes-2025-01", "districts-2025-01", "labels", "gazetteer"] {
        let schema = server.public(&format!("/collections/{collection}/schema")).await.json();
        let page = server.public(&format!("/collections/{collection}/items")).await.json();
        let features = page["features"].as_array().unwrap();
        assert!(!features.is_empty(), "{collection}");
        for feature in features {
            for (name, value) in feature["properties"].as_object().unwrap() {
                let expected = schema["properties"][name]["type"].as_str().unwrap_or_else(|| panic!("{name}"));
                let text = value.to_string();
                let fits = match expected {
                    "string" => value.is_string(),
                    "integer" => value.is_u64(),
                    _ => value.is_f64() && text.contains(['.', 'e']),
                };
                assert!(value.is_null() || fits, "{collection} {name}: {text} is no {expected}");
            }
        }
    }
}

#[tokio::test]
async fn public_answers_are_kept_by_tag_and_others_by_nobody() {
    let server = TestServer::new();
    let address = items("filter=incidents > 1");
    let answer = server.public(&address).await;
    assert!(answer.header("cache-control").starts_with("public"));
    let again = server.get(&address, &[("if-none-match", answer.header("etag"))]).await;
    assert_eq!(again.status, 304);
    let planner = server.with_token(PLANNER, &address).await;
    assert_eq!(planner.header("cache-control"), "private, no-store");
    assert_ne!(planner.header("etag"), answer.header("etag"));
    let head = server.send_method("HEAD", &address, &[]).await;
    assert_eq!((head.status.as_u16(), head.bytes.len()), (200, 0));
}

#[tokio::test]
async fn incidents_are_for_commanders_and_squares_for_planners() {
    let server = TestServer::new();
    let all = server.with_token(COMMANDER, "/collections/incidents/items?limit=10000").await.json();
    let matched = all["numberMatched"].as_u64().unwrap();
    assert!(matched > 5, "{matched}");
    assert_eq!(ids_of(&all).len() as u64, matched);
    let mut address = "/collections/incidents/items?limit=2&sortby=-time".to_owned();
    let (mut seen, mut times) = (Vec::new(), Vec::new());
    loop {
        let page = server.with_token(COMMANDER, &address).await.json();
        seen.extend(ids_of(&page));
        times.extend(
            page["features"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["properties"]["time"].as_str().unwrap().to_owned()),
        );
        let Some(next) = link(&page, "next") else { break };
        address = next.replace("https://maps.example", "");
    }
    assert!(times.is_sorted_by(|one, other| one >= other));
    seen.sort();
    assert_eq!(seen, ids_of(&all));
    let one = server.with_token(COMMANDER, &format!("/collections/incidents/items/{}", seen[0])).await.json();
    assert_eq!(one["geometry"]["type"], "Point");
    let squares = server.with_token(PLANNER, &format!("/collections/incident-squares/items?window={WINDOW}")).await;
    assert_eq!(squares.status, 200, "{}", String::from_utf8_lossy(&squares.plain()));
    let models = server.with_token(PLANNER, "/collections/models/items").await.json();
    assert!(models["numberMatched"].as_u64().unwrap() > 0);
    assert_eq!(server.with_token(PLANNER, "/collections/incidents/items").await.status, 404);
}

#[tokio::test]
async fn incidents_are_chosen_by_time() {
    let server = TestServer::new();
    let count = |query: &'static str| {
        let server = &server;
        async move {
            let page = server.with_token(COMMANDER, &format!("/collections/incidents/items?{query}")).await.json();
            page["numberMatched"].as_u64().unwrap()
        }
    };
    let all = count("").await;
    assert_eq!(count("datetime=../..").await, all);
    assert_eq!(count("datetime=../2022-06-30").await + count("datetime=2022-07-01/..").await, all);
    let filtered = count("filter=T_BEFORE(time,DATE('2022-07-01'))").await;
    assert_eq!(filtered, count("datetime=../2022-06-30").await);
}
