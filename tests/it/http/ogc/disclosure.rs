//! What filters can tell the public: nothing that the answer does not show.

use serde_json::Value as Json;

use super::{ids, ids_of, items};
use crate::support::snapshot::{PLANNER, TestServer};

/// Every condition on every released value, against what the page itself shows.
#[tokio::test]
async fn public_filter_decides_by_what_is_shown() {
    let server = TestServer::new();
    let page = server.public(&items("")).await.json();
    let features = page["features"].as_array().unwrap();
    let names: Vec<String> = features[0]["properties"].as_object().unwrap().keys().cloned().collect();
    let shown = |holds: &dyn Fn(&Json) -> bool, name: &str| -> Vec<String> {
        let taken = features.iter().filter(|feature| holds(&feature["properties"][name]));
        taken.map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
    };
    let mut asked = 0;
    for name in &names {
        assert_eq!(ids(&server, &format!("filter={name} IS NULL")).await, shown(&Json::is_null, name), "{name}");
        for value in
            features.iter().map(|feature| &feature["properties"][name.as_str()]).filter(|value| !value.is_null())
        {
            let literal =
                value.as_str().map_or_else(|| value.to_string(), |text| format!("'{}'", text.replace('\'', "''")));
            let equal = ids(&server, &format!("filter={name} = {literal}")).await;
            assert_eq!(equal, shown(&|other| other == value, name), "{name} = {literal}");
            if let Some(number) = value.as_f64() {
                // No threshold finds an area whose number is withheld.
                let above = ids(&server, &format!("filter={name} >= {number}")).await;
                assert_eq!(above, shown(&|other| other.as_f64().is_some_and(|other| other >= number), name), "{name}");
                let all = ids(&server, &format!("filter={name} >= 0 OR {name} < 0")).await;
                assert_eq!(all, shown(&|other| !other.is_null(), name), "{name}");
            }
            asked += 1;
        }
    }
    assert!(asked > 60, "{asked} conditions");
}

/// Sorting and paging tell no more than filters.
#[tokio::test]
async fn order_of_withheld_values_is_that_of_ids() {
    let server = TestServer::new();
    let page = server.public(&items("")).await.json();
    let names: Vec<String> = page["features"][0]["properties"].as_object().unwrap().keys().cloned().collect();
    for name in &names {
        let sorted = server.public(&items(&format!("sortby={name}"))).await.json();
        let unknown: Vec<String> = sorted["features"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|feature| feature["properties"][name.as_str()].is_null())
            .map(|feature| feature["id"].as_str().unwrap().to_owned())
            .collect();
        assert!(unknown.is_sorted(), "{name}: {unknown:?}");
        assert!(ids_of(&sorted).ends_with(&unknown), "{name}");
    }
}

#[tokio::test]
async fn properties_of_other_roles_cannot_be_asked_for() {
    let server = TestServer::new();
    let address = "/collections/communes-2025-01/schema";
    let (public, planner) = (server.public(address).await.json(), server.with_token(PLANNER, address).await.json());
    let own = public["properties"].as_object().unwrap();
    let others: Vec<&String> =
        planner["properties"].as_object().unwrap().keys().filter(|name| !own.contains_key(*name)).collect();
    assert!(others.len() > 5, "{others:?}");
    for name in others {
        for query in [format!("filter={name} IS NULL"), format!("sortby={name}"), format!("properties={name}")] {
            assert_eq!(server.public(&items(&query)).await.status, 400, "{query}");
        }
    }
    for filter in ["from=2022-01-01&to=2022-02-01", "categories=trom_cap", "min_severity=3"] {
        let answer = server.public(&format!("/collections/communes-2025-01/items?{filter}")).await;
        assert_eq!(answer.status, 403, "{filter}");
    }
}
