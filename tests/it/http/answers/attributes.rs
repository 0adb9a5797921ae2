//! Every row of the table of attributes is found wherever it says it is, and nowhere below its role.
//!
//! The tests go over the rows, so that a new attribute is looked for without being named here.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::collections::BTreeMap;
use std::io::Cursor;

use binhyen::attributes::{
    AREA_ATTRIBUTES, AreaAttribute, Attribute, INCIDENT_ATTRIBUTES, MODEL_ATTRIBUTES, ValueType,
};
use binhyen::domain::role::Role;
use calamine::{Reader as _, Xlsx};
use mvt_reader::feature::Value;
use serde_json::Value as Json;

use crate::support::snapshot::{COMMANDER, PLANNER, TestResponse, TestServer, WINDOW, tile_at};

/// The features of a layer: their ids and properties.
type Features = Vec<(u64, BTreeMap<String, Value>)>;

fn names<K>(attributes: &[Attribute<K>], holds: impl Fn(&Attribute<K>) -> bool) -> Vec<&'static str> {
    let mut names: Vec<&str> = attributes.iter().filter(|row| holds(row)).map(|row| row.name).collect();
    names.sort_unstable();
    names
}

fn keys(object: &Json) -> Vec<&str> {
    let mut keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn in_tiles() -> impl Iterator<Item = &'static Attribute<AreaAttribute>> {
    AREA_ATTRIBUTES.iter().filter(|row| row.carrier.is_in_tiles())
}

async fn asked(server: &TestServer, role: Role, address: &str) -> TestResponse {
    match role {
        Role::Public => server.public(address).await,
        Role::Planner => server.with_token(PLANNER, address).await,
        Role::Commander | Role::Operator => server.with_token(COMMANDER, address).await,
    }
}

/// The features of a layer of the tile that holds the test's areas.
async fn features(server: &TestServer, role: Role, tileset: &str, zoom: u8) -> Features {
    let (x, y) = tile_at(zoom, 108.05, 15.55);
    let address = format!("/tiles/{tileset}/{zoom}/{x}/{y}?edition=2025-01&window={WINDOW}");
    let reply = asked(server, role, &address).await;
    assert_eq!(reply.status, 200, "{address}");
    let read = mvt_reader::Reader::new(reply.plain()).unwrap().get_features(0).unwrap();
    let feature = |feature: mvt_reader::feature::Feature| {
        (feature.id.unwrap_or_default(), feature.properties.unwrap_or_default().into_iter().collect())
    };
    read.into_iter().map(feature).collect()
}

fn same(in_tile: &Value, in_json: &Json) -> bool {
    match in_tile {
        Value::String(text) => in_json.as_str() == Some(text),
        Value::UInt(number) => in_json.as_f64().is_some_and(|json| (json - *number as f64).abs() <= 5.1e-5),
        Value::Double(number) => in_json.as_f64().is_some_and(|json| (json - number).abs() <= 5.1e-5),
        _ => false,
    }
}

fn is_of_type(value: &Json, value_type: ValueType) -> bool {
    match value_type {
        ValueType::Text => value.is_string(),
        ValueType::Integer => value.is_u64(),
        ValueType::Number => value.is_number(),
    }
}

#[tokio::test]
async fn tiles_and_areas_carry_every_attribute_that_has_a_value() {
    let server = TestServer::new();
    let answer = server.with_token(PLANNER, &format!("/areas?edition=2025-01&window={WINDOW}")).await.json();
    let areas = answer["features"].as_array().unwrap();
    let drawn = features(&server, Role::Planner, "communes", 9).await;
    assert!(!drawn.is_empty());
    for (id, properties) in drawn {
        let code = id.to_string();
        let area = areas.iter().find(|area| area["id"].as_str().unwrap().trim_start_matches('0') == code).unwrap();
        let said = &area["properties"];
        assert_eq!(keys(said), names(AREA_ATTRIBUTES, |row| row.carrier.is_in_tiles()));
        for row in in_tiles() {
            match properties.get(row.name) {
                Some(value) => assert!(same(value, &said[row.name]), "{code} {}: {value:?}", row.name),
                None => assert!(said[row.name].is_null(), "{code} {}: {}", row.name, said[row.name]),
            }
        }
        assert!(properties.keys().all(|name| in_tiles().any(|row| row.name == name)), "{code}");
    }
}

#[tokio::test]
async fn descriptions_name_every_attribute_and_its_type() {
    let server = TestServer::new();
    let described =
        server.with_token(PLANNER, &format!("/tiles/communes?edition=2025-01&window={WINDOW}")).await.json();
    let fields = &described["vector_layers"][0]["fields"];
    assert_eq!(keys(fields), names(AREA_ATTRIBUTES, |row| row.carrier.is_in_tiles()));
    for row in in_tiles() {
        let word = if row.value_type == ValueType::Text { "String" } else { "Number" };
        assert_eq!(fields[row.name], word, "{}", row.name);
    }
    let meta = server.with_token(PLANNER, "/meta").await.json();
    for row in AREA_ATTRIBUTES {
        let rows = meta["attributes"]["area"].as_array().unwrap();
        let found = rows.iter().find(|found| found["name"] == row.name).unwrap();
        assert_eq!(found["label"], serde_json::json!({ "vi": row.label.vi, "en": row.label.en }), "{}", row.name);
        let short = serde_json::json!({ "vi": row.short_label.vi, "en": row.short_label.en });
        assert_eq!(found["short_label"], short, "{}", row.name);
        assert_eq!(found["type"], row.value_type.json_word(), "{}", row.name);
        assert_eq!(found["unit"].is_null(), row.unit.is_none(), "{}", row.name);
        assert_eq!(found["in_tiles"], row.carrier.is_in_tiles(), "{}", row.name);
        assert!(!found["description"].as_str().unwrap().is_empty(), "{}", row.name);
    }
}

#[tokio::test]
async fn ratings_and_their_tables_have_every_attribute() {
    let server = TestServer::new();
    let address = format!("/ratings?edition=2025-01&window={WINDOW}");
    let answer = server.with_token(PLANNER, &address).await.json();
    for area in answer["areas"].as_array().unwrap() {
        let members = area.as_object().unwrap();
        for row in AREA_ATTRIBUTES.iter().filter(|row| row.carrier.is_in_answers()) {
            let value = members.get(row.name).unwrap_or_else(|| panic!("no {}", row.name));
            assert!(value.is_null() || is_of_type(value, row.value_type), "{}: {value}", row.name);
        }
    }
    let columns = AREA_ATTRIBUTES.iter().filter(|row| row.carrier.is_in_tables());
    let csv = server.with_token(PLANNER, &format!("{address}&f=csv")).await.plain();
    let header = csv::ReaderBuilder::new().from_reader(csv.as_slice()).headers().unwrap().clone();
    let xlsx = server.with_token(PLANNER, &format!("{address}&f=xlsx&lang=en")).await;
    let mut workbook = Xlsx::new(Cursor::new(xlsx.bytes)).unwrap();
    let sheet = workbook.worksheet_range("Ratings").unwrap();
    let headings: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    for row in columns {
        assert!(header.iter().any(|name| name == row.name), "{}", row.name);
        assert!(headings.contains(&row.heading().en), "{}: {headings:?}", row.name);
    }
}

#[tokio::test]
async fn properties_choose_what_tiles_carry_and_nothing_else() {
    let server = TestServer::new();
    for row in AREA_ATTRIBUTES {
        let address = format!("/tiles/communes?edition=2025-01&window={WINDOW}&properties={}", row.name);
        let reply = server.with_token(PLANNER, &address).await;
        if row.carrier.is_in_tiles() {
            assert_eq!(keys(&reply.json()["vector_layers"][0]["fields"]), [row.name]);
        } else {
            assert_eq!(reply.status, 400, "{}", row.name);
        }
    }
}

#[tokio::test]
async fn role_gets_no_value_of_an_attribute_above_it() {
    let server = TestServer::new();
    let public = server.public("/ratings?edition=2025-01").await.json();
    let meta = server.public("/meta").await.json();
    let described = meta["attributes"]["area"].as_array().unwrap();
    assert_eq!(meta["attributes"]["incident"], serde_json::json!([]));
    for row in AREA_ATTRIBUTES {
        let is_public = row.least_role == Role::Public;
        assert_eq!(described.iter().any(|found| found["name"] == row.name), is_public, "{}", row.name);
        let has_value = public["areas"].as_array().unwrap().iter().any(|area| !area[row.name].is_null());
        assert!(is_public || !has_value, "{}", row.name);
    }
}

/// Every row has a value of its type in some feature, and none where the row is not for the role; where it always has
/// one, in every feature.
fn assert_values<K>(attributes: &'static [Attribute<K>], role: Role, answer: &Json) {
    let features = answer["features"].as_array().unwrap();
    assert!(!features.is_empty());
    for feature in features {
        assert_eq!(keys(&feature["properties"]), names(attributes, |row| row.carrier.is_in_answers()));
    }
    for row in attributes.iter().filter(|row| row.carrier.is_in_answers()) {
        let values = || features.iter().map(|feature| &feature["properties"][row.name]);
        for value in values().filter(|value| !value.is_null()) {
            assert!(is_of_type(value, row.value_type), "{}: {value}", row.name);
            assert!(row.is_for(role), "{}: {value}", row.name);
        }
        assert!(!row.is_always_known || values().all(|value| !value.is_null()), "{}", row.name);
    }
}

#[tokio::test]
async fn incidents_and_models_have_every_attribute_of_their_tables() {
    let server = TestServer::new();
    let incidents = server.with_token(COMMANDER, &format!("/incidents?edition=2025-01&window={WINDOW}")).await.json();
    let models = server.with_token(PLANNER, &format!("/models?edition=2025-01&window={WINDOW}")).await.json();
    assert_values(INCIDENT_ATTRIBUTES, Role::Commander, &incidents);
    assert_values(MODEL_ATTRIBUTES, Role::Planner, &models);
}

/// Points carry the rows that say so, with the values of the answers; what is said of several is in the table too.
fn assert_points<K>(attributes: &[Attribute<K>], drawn: &Features, answer: &Json) {
    assert!(!drawn.is_empty());
    let said = answer["features"].as_array().unwrap();
    for (_, properties) in drawn {
        let Some(Value::String(id)) = properties.get("id") else { panic!("a point without its id") };
        let single = said.iter().find(|feature| feature["id"] == **id).unwrap_or_else(|| panic!("no {id}"));
        assert!(properties.keys().all(|name| attributes.iter().any(|row| row.name == name)), "{id}");
        for row in attributes.iter().filter(|row| row.carrier.is_in_tiles()) {
            let value = properties.get(row.name);
            assert!(value.is_some() || !row.is_always_known, "{id} {}", row.name);
            if row.carrier.is_in_answers() {
                let in_json = &single["properties"][row.name];
                assert!(value.map_or(in_json.is_null(), |value| same(value, in_json)), "{id} {}: {value:?}", row.name);
            }
        }
    }
}

#[tokio::test]
async fn points_in_tiles_carry_the_attributes_that_say_so_with_the_values_of_the_answers() {
    let server = TestServer::new();
    let query = format!("edition=2025-01&window={WINDOW}");
    let incidents = server.with_token(COMMANDER, &format!("/incidents?{query}&limit=10000")).await.json();
    let models = server.with_token(PLANNER, &format!("/models?{query}")).await.json();
    let drawn_incidents = features(&server, Role::Commander, "incidents", 9).await;
    assert_points(INCIDENT_ATTRIBUTES, &drawn_incidents, &incidents);
    assert_points(MODEL_ATTRIBUTES, &features(&server, Role::Planner, "models", 9).await, &models);
    for (layer, role, rows) in [
        ("incidents", COMMANDER, names(INCIDENT_ATTRIBUTES, |row| row.carrier.is_in_tiles())),
        ("models", PLANNER, names(MODEL_ATTRIBUTES, |row| row.carrier.is_in_tiles())),
    ] {
        let described = server.with_token(role, &format!("/tiles/{layer}?{query}")).await.json();
        assert_eq!(keys(&described["vector_layers"][0]["fields"]), rows, "{layer}");
    }
}

#[tokio::test]
async fn attributes_of_incidents_and_models_are_described_to_those_who_get_them() {
    let server = TestServer::new();
    for role in [Role::Public, Role::Planner, Role::Commander] {
        let meta = asked(&server, role, "/meta").await.json();
        let described = |table: &str| {
            let rows = meta["attributes"][table].as_array().unwrap();
            let mut names: Vec<String> = rows.iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect();
            names.sort_unstable();
            names
        };
        assert_eq!(described("incident"), names(INCIDENT_ATTRIBUTES, |row| row.is_for(role)), "{role}");
        assert_eq!(described("model"), names(MODEL_ATTRIBUTES, |row| row.is_for(role)), "{role}");
    }
}
