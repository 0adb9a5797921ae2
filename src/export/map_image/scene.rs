//! All that an image is drawn from: the adapted layers of a style, the areas with their attributes, the texts in one
//! language.
//!
//! In: an assessment that is already cut to the role, and a [`MapImageOptions`]. Out: a [`Scene`]. As on the page, a
//! style is adapted: only the layers of the theme and the level are kept, and sequential classes are fitted to the
//! areas on show.

use serde_json::Value as Json;

use super::error::MapImageError;
use super::options::MapImageOptions;
use super::style::classes::readable_bounds;
use super::style::expression::{ExpressionValue as Drawn, Properties};
use super::style::{Layer, LayerKind, Mark, Style};
use super::style::{steps, written};
use crate::attributes::{AttributeValue, Selection};
use crate::domain::area::{AreaIndex, Level};
use crate::domain::text::Language;
use crate::export::method::ExportContext;
use crate::service::answers::areas::withheld_word;
use crate::service::answers::clusters::ClustersAnswer;
use crate::service::answers::outlines::{EditionOutlines, LevelOutlines, OutlinedArea};
use crate::tile::area_row::AreaRow;

/// The attributes whose classes are fitted to the areas on show; the classes of others stay as the style writes them.
const FITTED: [&str; 2] = ["rate_smoothed", "model_density"];
/// The level for which styles are written.
const WRITTEN_LEVEL: Level = Level::Commune;

/// What an image shows.
#[derive(Debug)]
pub(crate) struct MapImage<'a> {
    /// What the numbers were made from.
    pub(crate) basis: ExportContext<'a>,
    /// The outlines of the edition; none where it is not loaded.
    pub(crate) edition: Option<EditionOutlines<'a>>,
    /// Every area of the level with what is said of it, cut to the role.
    pub(crate) rows: &'a [AreaRow<'a>],
    /// Its appearance.
    pub(crate) options: &'a MapImageOptions,
    /// The clusters, where the image shows those.
    pub(crate) clusters: Option<&'a ClustersAnswer>,
}

/// An area with what it carries.
#[derive(Debug)]
pub(super) struct SceneArea<'a> {
    pub(super) entry: OutlinedArea<'a>,
    pub(super) properties: Properties,
    /// Why it has no letter, as answers say it.
    pub(super) withheld: Option<&'static str>,
    pub(super) is_selected: bool,
}

/// All that an image is drawn from.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) basis: ExportContext<'a>,
    pub(super) options: &'a MapImageOptions,
    pub(super) style: &'static Style,
    pub(super) edition: EditionOutlines<'a>,
    /// The layers that are shown, in their order, adapted for the appearance.
    pub(super) layers: Vec<Layer>,
    /// The areas of the level.
    pub(super) areas: Vec<SceneArea<'a>>,
    /// The clusters, where the image shows those.
    pub(super) clusters: Option<&'a ClustersAnswer>,
}

impl<'a> Scene<'a> {
    /// The scene of an image.
    pub(super) fn of(image: &MapImage<'a>) -> Result<Self, MapImageError> {
        let MapImage { basis, edition, rows, options, clusters } = *image;
        let style = Style::named(&options.style)?;
        let edition = edition.ok_or(MapImageError::NothingToDraw)?;
        let areas: Vec<SceneArea<'a>> = AreaIndex::of_all(rows.len())
            .zip(rows)
            .map(|(area_index, row)| SceneArea {
                entry: OutlinedArea::of_row(row),
                properties: with_cluster(properties(row), clusters, options.language),
                withheld: withheld_word(row.assessment.withheld()),
                is_selected: options.selected == Some(area_index),
            })
            .collect();
        let adapter =
            LayerAdapter { options, level: basis.level, edition: basis.filter.edition.to_string(), areas: &areas };
        let layers =
            style.layers.iter().filter(|layer| adapter.shows(layer)).map(|layer| adapter.adapted(layer, style));
        Ok(Self { basis, options, style, edition, layers: layers.collect(), areas, clusters })
    }

    /// The areas of a level of the edition.
    pub(super) fn level(&self, level: Level) -> Option<LevelOutlines<'a>> {
        self.edition.level(level)
    }

    /// The adapted layer that carries the colours of the theme.
    pub(super) fn fill_layer(&self) -> Option<&Layer> {
        let id = format!("area-{}", self.options.theme);
        self.layers.iter().find(|layer| layer.id == id)
    }

    /// The area that the image is about.
    pub(super) fn selected(&self) -> Option<&SceneArea<'a>> {
        self.areas.iter().find(|area| area.is_selected)
    }
}

/// What is known of an area of another level than that of the image.
pub(super) fn area_properties(entry: &OutlinedArea<'_>, level: Level) -> Properties {
    let text = |text: &str| Drawn::Text(text.to_owned());
    let area_km2 = Drawn::Number(entry.area_km2);
    let known = [
        ("code", text(entry.code.as_str())),
        ("name", text(entry.name)),
        ("level", text(level.as_str())),
        ("area_km2", area_km2),
    ];
    known.map(|(name, value)| (name.to_owned(), value)).into()
}

/// The attributes of an area as the map has them in its tiles.
fn properties(row: &AreaRow<'_>) -> Properties {
    let value = |value: AttributeValue<'_>| match value {
        AttributeValue::Text(text) => Drawn::Text(text.into_owned()),
        AttributeValue::Word(word) => Drawn::Text(word.to_owned()),
        AttributeValue::Integer(number) => Drawn::Number(number as f64),
        AttributeValue::Number(number) => Drawn::Number(number),
    };
    let present = Selection::ALL.attributes().filter_map(|attribute| Some((attribute, row.value(attribute)?)));
    present.map(|(attribute, found)| (attribute.name.to_owned(), value(found))).collect()
}

/// The same with the number of the cluster that an area is in, and at the centre of a cluster with what it holds.
fn with_cluster(mut known: Properties, clusters: Option<&ClustersAnswer>, language: Language) -> Properties {
    let Some(Drawn::Text(code)) = known.get("code").cloned() else { return known };
    for cluster in clusters.iter().flat_map(|clusters| &clusters.clusters) {
        if cluster.areas.iter().any(|area| area.code.as_str() == code) {
            known.insert(written::CLUSTER.to_owned(), Drawn::Number(cluster.number as f64));
        }
        if cluster.centre == code {
            let label = cluster.label.in_language(language).to_owned();
            known.insert(written::CLUSTER_LABEL.to_owned(), Drawn::Text(label));
        }
    }
    known
}

/// The layer of the tiles that carries the areas of a level.
pub(super) fn source_layer(level: Level) -> &'static str {
    match level {
        Level::Commune => "communes",
        Level::District => "districts",
        Level::Province => "province",
    }
}

/// How coarse a level is: the borders of coarser ones are drawn over it.
fn coarseness(level: Level) -> u8 {
    match level {
        Level::Commune => 0,
        Level::District => 1,
        Level::Province => 2,
    }
}

struct LayerAdapter<'s, 'a> {
    options: &'s MapImageOptions,
    level: Level,
    edition: String,
    areas: &'s [SceneArea<'a>],
}

impl LayerAdapter<'_, '_> {
    fn shows(&self, layer: &Layer) -> bool {
        let of_theme = layer.themes.is_empty() || layer.themes.contains(&self.options.theme);
        let of_level = layer.level.is_none_or(|level| coarseness(level) >= coarseness(self.level));
        let of_context = layer.context.is_none_or(|level| coarseness(level) > coarseness(self.level));
        of_theme && of_level && of_context && layer.overlay.is_none() && !layer.marks.contains(&Mark::MarksGroup)
    }

    fn adapted(&self, layer: &Layer, style: &Style) -> Layer {
        let mut adapted = layer.clone();
        if layer.marks.contains(&Mark::FollowsLevel) {
            if layer.in_tiles == source_layer(WRITTEN_LEVEL) {
                source_layer(self.level).clone_into(&mut adapted.in_tiles);
            }
            let (from, to) = (WRITTEN_LEVEL.as_str(), self.level.as_str());
            adapted.filter = layer.filter.as_ref().map(|filter| replaced(filter, from, to));
        }
        if layer.marks.contains(&Mark::FollowsEdition) {
            adapted.filter = Some(written::lasts_beyond(&self.edition));
        }
        if layer.marks.contains(&Mark::NamesSelection) {
            adapted.filter = Some(written::is_selected_on(self.level));
        }
        if layer.marks.contains(&Mark::MarksClusters) && layer.filter.is_some() {
            let is_words = layer.kind == LayerKind::Symbol;
            adapted.filter = Some(written::has(if is_words { written::CLUSTER_LABEL } else { written::CLUSTER }));
            if is_words {
                adapted.layout["text-field"] = written::value_of(written::CLUSTER_LABEL);
            }
        }
        if layer.kind == LayerKind::Fill && layer.id == format!("area-{}", self.options.theme) {
            adapted.paint["fill-color"] = self.fitted(&layer.paint["fill-color"]);
        }
        if let Some(name) = style.name(&layer.id, self.options.language) {
            adapted.layout["text-field"] = written::literal(name);
        }
        adapted
    }

    /// The colours of a theme with classes fitted to the areas on show; as written where there are no values.
    fn fitted(&self, written: &Json) -> Json {
        let Some(property) = steps::property(written).filter(|name| FITTED.contains(name)) else {
            return written.clone();
        };
        let value = |area: &SceneArea<'_>| match area.properties.get(property) {
            Some(Drawn::Number(number)) => Some(*number),
            _ => None,
        };
        let values: Vec<f64> = self.areas.iter().filter_map(value).collect();
        if values.is_empty() {
            return written.clone();
        }
        steps::with_bounds(written, &readable_bounds(&values, steps::bounds(written).len() + 1))
    }
}

fn replaced(tree: &Json, from: &str, to: &str) -> Json {
    match tree {
        Json::Array(items) => items.iter().map(|item| replaced(item, from, to)).collect(),
        Json::String(text) if text == from => to.into(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_of_the_level_are_replaced_wherever_they_stand() {
        let filter = json!(["all", ["==", ["get", "level"], "commune"], [">=", ["get", "area_km2"], 60]]);
        let expected = json!(["all", ["==", ["get", "level"], "district"], [">=", ["get", "area_km2"], 60]]);
        assert_eq!(replaced(&filter, "commune", "district"), expected);
    }

    #[test]
    fn fitted_attributes_are_attributes() {
        for name in FITTED {
            assert!(Selection::ALL.names().contains(&name), "{name}");
        }
    }
}
