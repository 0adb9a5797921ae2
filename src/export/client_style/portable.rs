//! A style for other programs: the layers of one theme, in one form, drawn from the tiles of one question.
//!
//! In: the folder `styles/portable` and what is asked for. Out: JSON by the MapLibre Style Specification, in which
//! `{base}` stands where the address of the server belongs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value as Json;

use crate::domain::area::edition::EditionId;
use crate::domain::text::Language;
use crate::export::map_image::{style_ids, styles_file};

const THEME: &str = "binhyen:theme";
const FORM: &str = "binhyen:form";
const NAMES: &str = "binhyen:names";
/// What the style sheet of a page is asked for by; the only mark that leaves the server.
const WEB_FONTS: &str = "ol:webfonts";
/// The source of our tiles, the only one of the simple form.
const AREAS: &str = "areas";
/// The theme that is shown unless another is named.
const FIRST_THEME: &str = "grade";

/// How much a client has to understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StyleForm {
    /// Patterns, shades by reliability, texts of two sizes.
    Full,
    /// Plain colours by one attribute, no images.
    Simple,
}

impl StyleForm {
    fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Simple => "simple",
        }
    }
}

/// What is asked of a style.
#[derive(Debug, Clone)]
pub(crate) struct ClientStyleOptions {
    /// What the colours say; grades where none is named.
    pub(crate) theme: Option<String>,
    /// How much the client understands.
    pub(crate) form: StyleForm,
    /// The language of the names around the areas.
    pub(crate) language: Language,
    /// The edition on show, which decides what the provinces around are called.
    pub(crate) edition: EditionId,
    /// The route of the TileJSON, with its parameters.
    pub(crate) tiles_route: String,
}

static READ: LazyLock<BTreeMap<String, Json>> = LazyLock::new(|| {
    let read =
        |id: String| Some((id.clone(), serde_json::from_slice(styles_file(&format!("portable/{id}.json"))?).ok()?));
    style_ids().into_iter().filter_map(read).collect()
});

/// The themes that other programs can draw, in the order of the style; none where there is no such style.
pub(crate) fn client_themes(id: &str) -> Vec<String> {
    let mut themes = Vec::new();
    for layer in READ.get(id).map_or(&[][..], layers) {
        let is_fill = layer["id"].as_str().is_some_and(|name| name.starts_with("area-")) && layer["type"] == "fill";
        let theme = theme_words(layer).next().filter(|_| is_fill);
        if let Some(theme) = theme.filter(|theme| !themes.iter().any(|known| known == theme)) {
            themes.push(theme.to_owned());
        }
    }
    themes
}

/// The style of an id; none where there is none.
pub(crate) fn client_style(id: &str, options: &ClientStyleOptions) -> Option<Json> {
    let mut style = READ.get(id)?.clone();
    let names = style["metadata"][NAMES].take();
    let web_fonts = style["metadata"][WEB_FONTS].take();
    style["metadata"] = Json::Object([(WEB_FONTS.to_owned(), web_fonts)].into_iter().collect());
    style["sources"][AREAS]["url"] = Json::from(format!("{{base}}{}", options.tiles_route));
    let neighbours = style["sources"]["neighbour-provinces"]["data"]["features"].as_array_mut()?;
    let edition = options.edition.to_string();
    neighbours.retain(|place| place["properties"]["until"].as_str().is_none_or(|until| edition.as_str() < until));
    let layers = style["layers"].as_array_mut()?;
    if options.form == StyleForm::Simple {
        draw_on_land(layers);
    }
    layers.retain(|layer| is_asked(layer, options));
    for layer in layers.iter_mut() {
        dress(layer, &names, options.language);
    }
    if options.form == StyleForm::Simple {
        *layers = layers.drain(..).flat_map(split_by_class).collect();
        style.as_object_mut()?.remove("sprite");
        style["sources"].as_object_mut()?.retain(|name, _| name == AREAS);
    }
    Some(style)
}

/// Gives the background the colour of land: without the land around it, what lies beyond the areas would look like water.
fn draw_on_land(layers: &mut [Json]) {
    let colour_of = |id: &str, property: &str| {
        layers.iter().find(|layer| layer["id"] == *id).map(|layer| layer["paint"][property].clone())
    };
    let Some(land) = colour_of("land", "fill-color") else { return };
    for ground in layers.iter_mut().filter(|layer| layer["type"] == "background") {
        ground["paint"]["background-color"] = land.clone();
    }
}

/// How a layer of a style is drawn, whatever its theme and form; none where there is no such layer.
pub(super) fn paint(id: &str, layer: &str) -> Option<&'static Json> {
    layers(READ.get(id)?).iter().find(|known| known["id"] == *layer).map(|layer| &layer["paint"])
}

fn layers(style: &Json) -> &[Json] {
    style["layers"].as_array().map_or(&[], Vec::as_slice)
}

fn theme_words(layer: &Json) -> impl Iterator<Item = &str> {
    layer["metadata"][THEME].as_str().unwrap_or_default().split_whitespace()
}

fn is_asked(layer: &Json, options: &ClientStyleOptions) -> bool {
    let theme = options.theme.as_deref().unwrap_or(FIRST_THEME);
    let of_theme = layer["metadata"][THEME].is_null() || theme_words(layer).any(|own| own == theme);
    of_theme && layer["metadata"][FORM].as_str().is_none_or(|form| form == options.form.as_str())
}

/// Shows a layer of the theme, writes its name in the language, and takes the marks off.
fn dress(layer: &mut Json, names: &Json, language: Language) {
    let word = match language {
        Language::Vietnamese => "vi",
        Language::English => "en",
    };
    let id = layer["id"].as_str().unwrap_or_default().to_owned();
    if let Some(name) = names[&id][word].as_str() {
        layer["layout"]["text-field"] = Json::from(name);
    }
    let is_themed = !layer["metadata"][THEME].is_null();
    let Some(members) = layer.as_object_mut() else { return };
    members.remove("metadata");
    if let Some(layout) = members.get_mut("layout").and_then(Json::as_object_mut).filter(|_| is_themed) {
        layout.remove("visibility");
    }
}

/// A fill of classes with bounds as one layer for each of them, told by filters of the old way: QGIS 3.22 reads no `step`
/// of an attribute and would draw all areas in a colour of its own.
fn split_by_class(layer: Json) -> Vec<Json> {
    let Some((attribute, items)) = steps(&layer["paint"]["fill-color"]) else { return vec![layer] };
    let bounds: Vec<&Json> = items.iter().skip(1).step_by(2).collect();
    let of_class = |(index, colour): (usize, &Json)| {
        let compared = |sign: &str, bound: &Json| Json::from(vec![Json::from(sign), attribute.clone(), bound.clone()]);
        let least = index.checked_sub(1).and_then(|below| bounds.get(below)).map(|bound| compared(">=", bound));
        let below = bounds.get(index).map(|bound| compared("<", bound));
        let known = Json::from(vec![Json::from("has"), attribute.clone()]);
        let filter = [Json::from("all"), known].into_iter().chain(least).chain(below).collect();
        let mut part = layer.clone();
        part["id"] = Json::from(format!("{}-{index}", layer["id"].as_str().unwrap_or_default()));
        part["filter"] = Json::Array(filter);
        part["paint"]["fill-color"] = colour.clone();
        part
    };
    items.iter().step_by(2).enumerate().map(of_class).collect()
}

/// The attribute of a `step`, and its colours with the bounds between them.
fn steps(colour: &Json) -> Option<(&Json, &[Json])> {
    let items = colour.as_array().filter(|items| items.first().is_some_and(|name| name == "step"))?;
    Some((items.get(1)?.get(1)?, items.get(2..)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn options(theme: Option<&str>, form: StyleForm) -> ClientStyleOptions {
        ClientStyleOptions {
            theme: theme.map(str::to_owned),
            form,
            language: Language::English,
            edition: "2025-07".parse().unwrap(),
            tiles_route: "/tiles/map?edition=2025-07".to_owned(),
        }
    }

    fn ids(style: &Json) -> Vec<&str> {
        layers(style).iter().filter_map(|layer| layer["id"].as_str()).collect()
    }

    #[test]
    fn style_has_the_layers_of_one_theme_and_form() {
        let full = client_style("light", &options(None, StyleForm::Full)).unwrap();
        assert!(ids(&full).contains(&"area-grade-suppressed") && ids(&full).contains(&"label-grade"));
        assert!(!ids(&full).iter().any(|id| id.starts_with("simple-") || id.starts_with("area-rate")));
        let simple = client_style("light", &options(Some("rate"), StyleForm::Simple)).unwrap();
        assert!(ids(&simple).contains(&"simple-rate-0") && ids(&simple).contains(&"simple-name"));
        assert!(!ids(&simple).iter().any(|id| id.starts_with("area-") || id.starts_with("label-")));
        assert!(simple.get("sprite").is_none() && full["sprite"] == "{base}/sprites/light");
        assert_eq!(client_style("none", &options(None, StyleForm::Full)), None);
    }

    #[test]
    fn simple_form_lies_on_land_because_it_does_not_draw_any() {
        for id in style_ids() {
            let land = &paint(&id, "land").unwrap()["fill-color"];
            let ground = |form| client_style(&id, &options(None, form)).unwrap()["layers"][0]["paint"].clone();
            assert_eq!(&ground(StyleForm::Simple)["background-color"], land);
            assert_ne!(&ground(StyleForm::Full)["background-color"], land, "water");
        }
    }

    #[test]
    fn classes_with_bounds_are_layers_of_their_own_in_the_simple_form() {
        let layer =
            json!({ "id": "a", "paint": { "fill-color": ["step", ["get", "n"], "#111", 5, "#222", 9, "#333"] } });
        let parts = split_by_class(layer);
        let told: Vec<(&str, String, &str)> = parts
            .iter()
            .map(|part| {
                let colour = part["paint"]["fill-color"].as_str().unwrap();
                (part["id"].as_str().unwrap(), part["filter"].to_string(), colour)
            })
            .collect();
        let filters = [
            r#"["all",["has","n"],["<","n",5]]"#,
            r#"["all",["has","n"],[">=","n",5],["<","n",9]]"#,
            r#"["all",["has","n"],[">=","n",9]]"#,
        ]
        .map(str::to_owned);
        let [first, second, third] = filters;
        assert_eq!(told, [("a-0", first, "#111"), ("a-1", second, "#222"), ("a-2", third, "#333")]);
        for plain in [json!({ "id": "b", "paint": { "fill-color": "#fff" } }), json!({ "id": "c" })] {
            assert_eq!(split_by_class(plain.clone()), [plain]);
        }
    }

    #[test]
    fn every_source_that_is_named_exists_and_none_is_empty() {
        for id in style_ids() {
            for theme in client_themes(&id) {
                for form in [StyleForm::Full, StyleForm::Simple] {
                    let style = client_style(&id, &options(Some(&theme), form)).unwrap();
                    let text = style.to_string();
                    assert!(!text.contains("feature-state") && !text.contains("\"tiles\":[]"), "{id} {theme}");
                    assert!(!text.contains("binhyen:"), "{id} {theme}");
                    assert!(form == StyleForm::Full || !text.contains("pattern"), "{id} {theme}");
                    let sources = style["sources"].as_object().unwrap();
                    let used: Vec<&str> = layers(&style).iter().filter_map(|layer| layer["source"].as_str()).collect();
                    assert!(used.iter().all(|source| sources.contains_key(*source)), "{used:?}");
                    assert!(sources.keys().all(|source| used.contains(&source.as_str())), "{sources:?}");
                    let fills =
                        layers(&style).iter().filter(|layer| layer["source"] == "areas" && layer["type"] == "fill");
                    let shown = fills.filter(|layer| layer["layout"]["visibility"] != "none").count();
                    assert!(shown > 0, "{id} {theme} {form:?}");
                }
            }
        }
    }

    #[test]
    fn names_around_follow_language_and_edition() {
        let english = client_style("light", &options(None, StyleForm::Full)).unwrap();
        let name = |style: &Json, id: &str| {
            let layer = layers(style).iter().find(|layer| layer["id"] == *id).unwrap();
            layer["layout"]["text-field"].as_str().unwrap().to_owned()
        };
        assert_eq!(name(&english, "sea-name"), "EAST SEA");
        assert!(name(&english, "hoang-sa-name").starts_with("Hoàng Sa"));
        let older = ClientStyleOptions { edition: "2025-01".parse().unwrap(), ..options(None, StyleForm::Full) };
        let places =
            |style: &Json| style["sources"]["neighbour-provinces"]["data"]["features"].as_array().unwrap().len();
        assert_eq!(places(&client_style("light", &older).unwrap()), places(&english) + 1);
    }

    #[test]
    fn themes_are_those_of_the_page_that_need_no_second_question() {
        assert_eq!(client_themes("dark"), ["grade", "rate", "density", "certified", "statutory", "movement", "count"]);
        assert!(client_themes("none").is_empty());
    }
}
