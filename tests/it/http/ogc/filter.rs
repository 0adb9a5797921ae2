//! Part 3: queryables, filters, CQL2 as text and as JSON.

use serde_json::Value as Json;

use super::{COMMUNES, ids, items};
use crate::support::snapshot::{PLANNER, TestServer};

#[tokio::test]
async fn queryables_are_the_properties_of_the_role() {
    let server = TestServer::new();
    let address = format!("{COMMUNES}/queryables");
    let answer = server.public(&address).await;
    assert_eq!(answer.header("content-type"), "application/schema+json");
    let public = answer.json();
    assert_eq!(public["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(public["properties"]["rate"]["type"], "number");
    assert_eq!(public["properties"]["geometry"]["x-ogc-role"], "primary-geometry");
    assert!(public["properties"].get("hot_spot").is_none(), "for planners");
    let planner = server.with_token(PLANNER, &address).await.json();
    assert_eq!(planner["properties"]["hot_spot"]["type"], "string");
    let page = server.public(&items("limit=1")).await.json();
    for name in page["features"][0]["properties"].as_object().unwrap().keys() {
        assert!(public["properties"].get(name).is_some(), "{name}");
    }
}

#[tokio::test]
async fn filters_choose_features_as_text_and_as_json() {
    let server = TestServer::new();
    assert_eq!(ids(&server, "filter=code = '20335'").await, ["20335"]);
    assert_eq!(
        ids(&server, r#"filter={"op":"=","args":[{"property":"code"},"20335"]}&filter-lang=cql2-json"#).await,
        ["20335"]
    );
    assert_eq!(ids(&server, "filter=code IN ('20335','20404')&filter-lang=cql2-text").await, ["20335", "20404"]);
    assert_eq!(ids(&server, "filter=parent = '502' AND NOT code = '20335'").await, ["20338"]);
    assert_eq!(ids(&server, "filter=ACCENTI(CASEI(name)) LIKE '%an phu%'").await, ["20338"]);
    let with_filter = ids(&server, "filter=population > 0&bbox=0,0,1,1").await;
    assert!(with_filter.is_empty(), "filter and box hold together");
}

#[tokio::test]
async fn filters_that_are_none_are_refused_with_a_reason() {
    let server = TestServer::new();
    for (query, reason) in [
        ("filter=code =", "character 7"),
        ("filter=colour = 'red'", "code, name"),
        ("filter=population = 'many'", "same type"),
        ("filter=a=1&filter-lang=cql-text", "cql2-text"),
        ("filter=[]&filter-lang=cql2-json", "JSON"),
        ("filter=rate > NaN", "another property than \"NaN\""),
        ("filter=foo(incidents) = 1", "in place of \"foo\""),
        ("filter=S_INTERSECTS(geometry, POINT(90 180))", "filter-crs"),
        ("bbox=107,14,900,109,16,-5", "four or six numbers"),
        ("datetime=2025-01-01 00:00:00Z", "a day"),
    ] {
        let answer = server.get(&items(query), &[("accept-language", "en")]).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (400, "application/problem+json"),
            "{query}"
        );
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(reason), "{detail}");
    }
    let vietnamese = server.get(&items("filter=code = 'a"), &[("accept-language", "vi")]).await;
    assert!(vietnamese.json()["detail"].as_str().unwrap().contains("CQL2 có dấu nháy đóng ở ký tự 8"));
    let no_text = server.public("/collections/communes-2025-01/items?filter=name='%FF'").await;
    assert_eq!((no_text.status.as_u16(), &no_text.json()["parameter"]), (400, &Json::from("filter")));
    let deep = format!("filter={}code = 'a'{}", "(".repeat(400), ")".repeat(400));
    assert_eq!(server.public(&items(&deep)).await.status, 400);
}
