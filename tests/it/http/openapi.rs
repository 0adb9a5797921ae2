//! The OpenAPI document against the router it describes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::support::snapshot::{COMMANDER, TestServer, WINDOW};

/// The pages that take whatever others append to a link.
const HEEDLESS: [&str; 7] = ["/signed-in", "/", "/docs", "/embed", "/methods", "/oembed", "/share/{id}"];

async fn document(server: &TestServer) -> Json {
    server.public("/api").await.json()
}

/// The parameters of a path that stand in a place (`path`, `query`).
fn parameters<'a>(document: &'a Json, path: &str, place: &str) -> Vec<&'a Json> {
    let references = document["paths"][path]["parameters"].as_array().unwrap().iter();
    references
        .map(|reference| document.pointer(&reference["$ref"].as_str().unwrap()[1..]).unwrap())
        .filter(|parameter| parameter["in"] == place)
        .collect()
}

/// The path with the examples of its parameters filled in.
fn address(document: &Json, path: &str) -> String {
    parameters(document, path, "path").into_iter().fold(path.to_owned(), |address, parameter| {
        let example = match &parameter["example"] {
            Json::String(text) => text.clone(),
            Json::Null => "x".to_owned(),
            other => other.to_string(),
        };
        address.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap()), &example.replace(' ', "%20"))
    })
}

#[tokio::test]
async fn the_document_is_served_with_its_type_and_tag() {
    let server = TestServer::new();
    let reply = server.public("/api").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "application/vnd.oai.openapi+json;version=3.1");
    assert!(!reply.header("etag").is_empty());
    assert_eq!(reply.json()["openapi"], "3.1.0");
}

#[tokio::test]
async fn the_parameters_described_are_those_that_are_taken() {
    let server = TestServer::new();
    let document = document(&server).await;
    for (path, item) in document["paths"].as_object().unwrap() {
        if HEEDLESS.contains(&path.as_str()) || item["get"].is_null() {
            continue;
        }
        let method = if document["paths"][path]["get"].is_null() { "POST" } else { "GET" };
        let token = [("authorization", &*format!("Bearer {COMMANDER}"))];
        let mut taken = BTreeSet::new();
        for address in named_addresses(&document, path) {
            let refused = server.send_method(method, &format!("{address}?unheard=1"), &token).await;
            assert_eq!(refused.status, 400, "{address}");
            let problem = refused.json();
            let allowed = problem["allowed"].as_array().unwrap();
            taken.extend(allowed.iter().map(|name| name.as_str().unwrap().to_owned()));
        }
        let described: BTreeSet<String> = parameters(&document, path, "query")
            .into_iter()
            .map(|parameter| parameter["name"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(described, taken, "{path}");
    }
}

/// The addresses that take all parameters of a path between them: on some paths a name decides which mean something.
fn named_addresses(document: &Json, path: &str) -> Vec<String> {
    let collections = ["communes-2025-01", "labels", "incidents"];
    match path {
        "/export/{format}" => ["csv", "pmtiles"].map(|format| format!("/export/{format}")).to_vec(),
        "/collections/{collection}/items" => collections.map(|name| format!("/collections/{name}/items")).to_vec(),
        "/collections/{collection}/items/{feature}" => {
            collections.map(|name| format!("/collections/{name}/items/20335")).to_vec()
        }
        _ => vec![address(document, path)],
    }
}

#[tokio::test]
async fn the_words_described_are_those_that_are_known() {
    let server = TestServer::new();
    let document = document(&server).await;
    for (request, parameter) in [
        ("/tiles/nothing", "tileset"),
        ("/areas?level=nothing", "level"),
        ("/areas?geometry=nothing", "geometry"),
        ("/ratings?f=nothing", "f"),
        ("/ratings?lang=nothing", "lang"),
        ("/comparison?areas=49&with=nothing", "with"),
        ("/export/svg?layer=nothing", "layer"),
        ("/export/svg?theme=nothing", "theme"),
        ("/export/svg?fit=nothing", "fit"),
        ("/export/svg?legend=nothing", "legend"),
        ("/export/svg?text=nothing", "text"),
    ] {
        let problem = server.with_token(COMMANDER, request).await.json();
        let words = |list: &Json| -> BTreeSet<String> {
            list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
        };
        let described = &document["components"]["parameters"][parameter]["schema"]["enum"];
        assert_eq!(words(described), words(&problem["known"]), "{request}");
    }
}

#[tokio::test]
async fn the_written_document_is_the_one_that_is_served() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/api/generated/openapi.json");
    let written: Json = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut served = document(&TestServer::new()).await;
    served["servers"] = written["servers"].clone();
    assert!(written == served, "web/src/api/generated/openapi.json is not what the program says: run `make api-types`");
}

/// Whether a schema of a single value takes it: by its words where it has some, by its types otherwise.
fn takes(document: &Json, schema: &Json, value: &Json) -> bool {
    if let Some(reference) = schema["$ref"].as_str() {
        return takes(document, document.pointer(&reference[1..]).unwrap(), value);
    }
    if let Some(options) = schema["oneOf"].as_array() {
        return options.iter().any(|option| takes(document, option, value));
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.contains(value);
    }
    let types = schema["type"].as_array().map_or_else(|| std::slice::from_ref(&schema["type"]), Vec::as_slice);
    types.iter().any(|kind| match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        other => panic!("{other} is no type of an attribute"),
    })
}

#[tokio::test]
async fn rows_hold_what_is_described_of_attributes() {
    let server = TestServer::new();
    let document = document(&server).await;
    let members = document["components"]["schemas"]["AreaMembers"]["properties"].as_object().unwrap();
    for level in ["commune", "district", "province"] {
        let request = format!("/ratings?edition=2025-01&window={WINDOW}&level={level}");
        for answer in [server.public(&request).await.json(), server.with_token(COMMANDER, &request).await.json()] {
            for row in answer["areas"].as_array().unwrap() {
                for (name, member) in members {
                    assert!(takes(&document, member, &row[name]), "{name} of {request} is {}", row[name]);
                }
            }
        }
    }
}
