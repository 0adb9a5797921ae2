//! What the map styles ask of the tiles: every source-layer and every property they name must be in the layers table.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// Asks the layers table: the fields of a layer, or none when there is no such layer.
type Fields<'table> = &'table dyn Fn(&str) -> Option<Vec<&'static str>>;

/// Everything a style names that the tiles do not carry.
fn unknown_names(style: &Value, fields: Fields<'_>) -> Vec<String> {
    let layers = style["layers"].as_array().expect("a style has layers");
    layers.iter().flat_map(|layer| unknown_names_of_layer(layer, fields)).collect()
}

fn unknown_names_of_layer(layer: &Value, fields: Fields<'_>) -> Vec<String> {
    let id = layer["id"].as_str().unwrap_or("?");
    let Some(source_layer) = layer["source-layer"].as_str() else {
        return Vec::new();
    };
    let Some(known) = fields(source_layer) else {
        return vec![format!("{id}: no layer {source_layer} in the tiles")];
    };
    let mut named = BTreeSet::new();
    for part in ["filter", "layout", "paint"] {
        collect_properties(&layer[part], &mut named);
    }
    let unknown = named.into_iter().filter(|name| !known.contains(&name.as_str()));
    unknown.map(|name| format!("{id}: layer {source_layer} has no property {name}")).collect()
}

/// Properties that expressions read (`["get", …]`, `["has", …]`) or that text tokens (`{name}`) stand for.
fn collect_properties(value: &Value, named: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => match items.as_slice() {
            [Value::String(operator), ..] if operator == "literal" => {}
            [Value::String(operator), Value::String(name)] if operator == "get" || operator == "has" => {
                named.insert(name.clone());
            }
            _ => items.iter().for_each(|item| collect_properties(item, named)),
        },
        Value::Object(entries) => {
            if let Some(Value::String(text)) = entries.get("text-field") {
                named.extend(
                    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()),
                );
            }
            entries.values().for_each(|entry| collect_properties(entry, named));
        }
        _ => {}
    }
}

#[test]
fn styles_name_only_what_tiles_carry() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("styles");
    let folders = [folder.join("portable"), folder];
    let mut styles = 0;
    for entry in folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("styles folder")) {
        let path = entry.expect("folder entry is readable").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(&path).expect("style is readable");
            let style: Value = serde_json::from_str(&text).expect("style is JSON");
            let unknown = unknown_names(&style, &|layer| binhyen::tile::fields::fields(layer));
            assert!(unknown.is_empty(), "{}:\n{}", path.display(), unknown.join("\n"));
            styles += 1;
        }
    }
    assert!(styles > 0, "no style was read");
}

#[test]
fn style_that_names_what_is_not_there_is_caught() {
    let fields = |layer: &str| (layer == "communes").then(|| vec!["code", "grade"]);
    let style = json!({"layers": [
        {"id": "ground", "type": "background"},
        {"id": "fill", "source-layer": "communes", "filter": ["has", "code"], "paint": {"fill-color": ["match", ["get", "grade"], ["get", "x"], "#fff", "#000"]}},
        {"id": "line", "source-layer": "roads"},
        {"id": "text", "source-layer": "communes", "layout": {"text-field": "{name}", "text-font": ["literal", ["get", "font"]]}},
    ]});
    let expected = [
        "fill: layer communes has no property x",
        "line: no layer roads in the tiles",
        "text: layer communes has no property name",
    ];
    assert_eq!(unknown_names(&style, &fields), expected);
}
