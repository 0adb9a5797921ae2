//! The styles as images read them: layers with their marks, sources, patterns.
//!
//! In: the JSON of the folder `styles`. Out: [`Style`]s, read once. Nothing is drawn here and no colour is named.

pub(super) mod classes;
pub(super) mod expression;
pub(super) mod ink;
pub(super) mod page_inks;
pub(super) mod paint;
pub(super) mod pattern;
pub(super) mod steps;
pub(super) mod written;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde_json::Value as Json;

use super::drawing::geojson::{GeoJsonShape, shapes};
use super::error::MapImageError;
use super::folder::{STYLES, file};
use crate::domain::area::Level;
use crate::domain::text::Language;

/// What stands in a style where the address of the server belongs.
const BASE: &str = "{base}/styles/";

/// How a layer is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LayerKind {
    Background,
    Fill,
    Line,
    Circle,
    Symbol,
}

impl LayerKind {
    fn named(text: &str) -> Option<Self> {
        match text {
            "background" => Some(Self::Background),
            "fill" => Some(Self::Fill),
            "line" => Some(Self::Line),
            "circle" => Some(Self::Circle),
            "symbol" => Some(Self::Symbol),
            _ => None,
        }
    }
}

/// A mark of a layer that its style gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Written for communes, moved to the level on show.
    FollowsLevel,
    /// Names the selected area.
    NamesSelection,
    /// Shows a group that a reader of the page chose.
    MarksGroup,
    /// Its features may end with an edition.
    FollowsEdition,
    /// Filled in by the page with the areas of clusters.
    MarksClusters,
}

impl Mark {
    const NAMES: [(Self, &str); 5] = [
        (Self::FollowsLevel, "follows-level"),
        (Self::NamesSelection, "selected-name"),
        (Self::MarksGroup, "group"),
        (Self::FollowsEdition, "edition"),
        (Self::MarksClusters, "clusters"),
    ];
}

/// One layer with the marks that say when it is shown.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) id: String,
    pub(super) kind: LayerKind,
    pub(super) source: String,
    /// What it draws, by the name that this has in the tiles.
    pub(super) in_tiles: String,
    /// The zooms at which it is shown.
    pub(super) zooms: Range<f64>,
    pub(super) filter: Option<Json>,
    pub(super) layout: Json,
    pub(super) paint: Json,
    /// The themes it belongs to; none where it belongs to all.
    pub(super) themes: Vec<String>,
    /// The level whose borders it draws.
    pub(super) level: Option<Level>,
    /// The level whose names it writes over finer ones.
    pub(super) context: Option<Level>,
    pub(super) marks: Vec<Mark>,
    /// What it lays over the areas on demand.
    pub(super) overlay: Option<String>,
}

/// A hatching or a field of dots.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub(in crate::export) struct Pattern {
    pub(in crate::export) kind: PatternKind,
    pub(in crate::export) ink: String,
    pub(in crate::export) spacing_px: f64,
    pub(in crate::export) width_px: f64,
}

/// What a pattern is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::export) enum PatternKind {
    Hatch,
    Dots,
}

/// A style file, read.
#[derive(Debug)]
pub(super) struct Style {
    pub(super) layers: Vec<Layer>,
    pub(super) patterns: BTreeMap<String, Pattern>,
    /// Whom the sources of the style are to be credited to.
    pub(super) attributions: Vec<String>,
    sources: BTreeMap<String, Vec<GeoJsonShape>>,
    names: Json,
}

static READ: LazyLock<BTreeMap<String, Result<Style, String>>> = LazyLock::new(|| {
    let files = STYLES.files().filter(|file| file.path().extension().is_some_and(|extension| extension == "json"));
    let named = files.filter_map(|file| Some((file.path().file_stem()?.to_str()?.to_owned(), file.contents())));
    named.map(|(id, bytes)| (id, Style::read(bytes))).collect()
});

/// The names of all styles.
pub fn style_ids() -> Vec<String> {
    READ.keys().cloned().collect()
}

/// The themes of a style, in its order; none where there is no such style.
pub fn themes(style: &str) -> Vec<String> {
    Style::named(style).map(Style::themes).unwrap_or_default()
}

/// The patterns of a style by their names; none where there is no such style.
pub(in crate::export) fn patterns(style: &str) -> Option<&'static BTreeMap<String, Pattern>> {
    Style::named(style).ok().map(|style| &style.patterns)
}

impl Style {
    /// The style of a name.
    pub(super) fn named(id: &str) -> Result<&'static Self, MapImageError> {
        match READ.get(id) {
            Some(Ok(style)) => Ok(style),
            Some(Err(fault)) => Err(MapImageError::Style { style: id.to_owned(), fault: fault.clone() }),
            None => Err(MapImageError::NoSuchStyle(id.to_owned())),
        }
    }

    fn read(bytes: &[u8]) -> Result<Self, String> {
        let style: Json = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        let layers = style["layers"].as_array().ok_or("a style has layers")?;
        let patterns = style["metadata"].get("binhyen:patterns").cloned().map(serde_json::from_value).transpose();
        let sources = style["sources"].as_object().ok_or("a style has sources")?;
        let attributions = sources.values().filter_map(|source| source["attribution"].as_str());
        let local = sources.iter().filter(|(_, source)| source["type"] == "geojson");
        Ok(Self {
            layers: layers.iter().map(layer).collect::<Result<_, _>>()?,
            patterns: patterns.map_err(|error| format!("binhyen:patterns: {error}"))?.unwrap_or_default(),
            attributions: attributions.map(without_tags).collect(),
            sources: local
                .map(|(name, source)| Ok((name.clone(), local_shapes(source)?)))
                .collect::<Result<_, String>>()?,
            names: style["metadata"]["binhyen:names"].clone(),
        })
    }

    /// The layer that carries the colours of a theme.
    pub(super) fn fill_layer(&self, theme: &str) -> Option<&Layer> {
        self.layers.iter().find(|layer| is_fill_of(layer, theme))
    }

    fn themes(&self) -> Vec<String> {
        let named = self.layers.iter().filter_map(|layer| layer.id.strip_prefix("area-"));
        named.filter(|theme| self.fill_layer(theme).is_some()).map(str::to_owned).collect()
    }

    /// The shapes of a source that the style itself holds; none where the source is another.
    pub(super) fn shapes(&self, source: &str) -> Option<&[GeoJsonShape]> {
        self.sources.get(source).map(Vec::as_slice)
    }

    /// The text of a layer that has one in each language.
    pub(super) fn name(&self, layer: &str, language: Language) -> Option<&str> {
        let word = match language {
            Language::Vietnamese => "vi",
            Language::English => "en",
        };
        self.names.get(layer)?.get(word)?.as_str()
    }
}

fn is_fill_of(layer: &Layer, theme: &str) -> bool {
    layer.kind == LayerKind::Fill
        && layer.id.strip_prefix("area-") == Some(theme)
        && !layer.marks.contains(&Mark::MarksClusters)
        && layer.themes.iter().any(|own| own == theme)
}

fn layer(json: &Json) -> Result<Layer, String> {
    let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
    let mark = |name: &str| json["metadata"].get(format!("binhyen:{name}"));
    let word = |name: &str| mark(name).and_then(Json::as_str);
    let id = text("id");
    let kind = LayerKind::named(&text("type")).ok_or_else(|| format!("layer {id} is of a type that is not drawn"))?;
    let marks = Mark::NAMES.iter().filter(|(_, name)| mark(name).and_then(Json::as_bool) == Some(true));
    let level = |name: &str| {
        let named = word(name).map(|level| level.parse().map_err(|_| format!("layer {id} names no level")));
        named.transpose()
    };
    Ok(Layer {
        kind,
        source: text("source"),
        in_tiles: text("source-layer"),
        zooms: json["minzoom"].as_f64().unwrap_or(0.0)..json["maxzoom"].as_f64().unwrap_or(f64::INFINITY),
        filter: json.get("filter").cloned(),
        layout: json["layout"].clone(),
        paint: json["paint"].clone(),
        themes: word("theme").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        level: level("level")?,
        context: level("context")?,
        marks: marks.map(|(mark, _)| *mark).collect(),
        overlay: word("overlay").map(str::to_owned),
        id,
    })
}

/// The shapes of a source of GeoJSON: written in the style, or in a file beside it.
fn local_shapes(source: &Json) -> Result<Vec<GeoJsonShape>, String> {
    let Some(address) = source["data"].as_str() else { return shapes(&source["data"]) };
    let bytes =
        address.strip_prefix(BASE).and_then(file).ok_or_else(|| format!("{address} is no file of the styles"))?;
    shapes(&serde_json::from_slice(bytes).map_err(|error| format!("{address}: {error}"))?)
}

/// An attribution may come as HTML.
fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_usize;
    for sign in text.chars() {
        match sign {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            sign if depth == 0 => plain.push(sign),
            _ => {}
        }
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_style_of_the_folder_is_read() {
        assert!(style_ids().iter().any(|id| id == "light"));
        for id in style_ids() {
            let style = Style::named(&id).unwrap();
            assert!(style.themes().iter().any(|theme| theme == "grade"), "{id}");
            assert!(style.shapes("surroundings").is_some_and(|shapes| !shapes.is_empty()), "{id}");
            assert_eq!(style.shapes("areas"), None);
        }
        assert!(matches!(Style::named("none"), Err(MapImageError::NoSuchStyle(_))));
        assert!(themes("none").is_empty());
    }

    #[test]
    fn source_may_stand_in_a_file_of_the_folder_and_nowhere_else() {
        let point = json!({"type": "geojson", "data": {"type": "Point", "coordinates": [108.0, 15.5]}});
        assert_eq!(local_shapes(&point).unwrap().len(), 1);
        let fault = local_shapes(&json!({"data": "{base}/styles/nowhere.geojson"})).unwrap_err();
        assert!(fault.contains("nowhere"), "{fault}");
        assert!(local_shapes(&json!({"data": "https://other.example/a.geojson"})).is_err());
    }

    #[test]
    fn attribution_loses_its_tags() {
        assert_eq!(without_tags("<a href='x'>Natural Earth</a> "), "Natural Earth");
    }
}
