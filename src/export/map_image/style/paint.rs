//! What a layer says of a feature: whether it is drawn, in which colour, how wide.
//!
//! As in MapLibre, a filter that cannot be judged fails, and a property that cannot be computed keeps its default.

use serde_json::Value as Json;

use super::expression::{ExpressionContext, ExpressionError, ExpressionValue, evaluate};
use super::{Layer, LayerKind};
use crate::export::map_image::drawing::svg::{attribute, escaped, number};
use crate::export::map_image::error::MapImageError;

/// How an area is filled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::export::map_image) enum Fill {
    Colour { colour: String, opacity: String },
    Pattern { id: String, opacity: String },
}

/// How a line is drawn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::export::map_image) struct Stroke {
    pub(in crate::export::map_image) colour: String,
    pub(in crate::export::map_image) width: String,
    pub(in crate::export::map_image) opacity: String,
    pub(in crate::export::map_image) dashes: String,
}

impl Layer {
    /// Whether a feature passes the filter of the layer.
    pub(in crate::export::map_image) fn passes(&self, scope: &ExpressionContext<'_>) -> Result<bool, MapImageError> {
        let Some(filter) = &self.filter else { return Ok(true) };
        Ok(self.drawable(evaluate(filter, scope))? == Some(ExpressionValue::Truth(true)))
    }

    fn drawable(
        &self,
        outcome: Result<ExpressionValue, ExpressionError>,
    ) -> Result<Option<ExpressionValue>, MapImageError> {
        match outcome {
            Ok(value) => Ok(Some(value).filter(|value| *value != ExpressionValue::Absent)),
            Err(ExpressionError::Mismatch { .. }) => Ok(None),
            Err(fault) => Err(MapImageError::Layer { layer: self.id.clone(), fault }),
        }
    }

    /// A property of paint or layout for a feature; none where it has its default.
    pub(in crate::export::map_image) fn property(
        &self,
        name: &str,
        scope: &ExpressionContext<'_>,
    ) -> Result<Option<ExpressionValue>, MapImageError> {
        match self.written(name) {
            None => Ok(None),
            Some(expression) => self.drawable(evaluate(expression, scope)),
        }
    }

    /// A property as the style writes it.
    pub(in crate::export::map_image) fn written(&self, name: &str) -> Option<&Json> {
        self.paint.get(name).or_else(|| self.layout.get(name))
    }

    /// A number for a feature.
    pub(in crate::export::map_image) fn number(
        &self,
        name: &str,
        scope: &ExpressionContext<'_>,
        otherwise: f64,
    ) -> Result<f64, MapImageError> {
        Ok(match self.property(name, scope)? {
            Some(ExpressionValue::Number(number)) => number,
            _ => otherwise,
        })
    }

    /// A text, such as a colour, for a feature.
    pub(in crate::export::map_image) fn text(
        &self,
        name: &str,
        scope: &ExpressionContext<'_>,
        otherwise: &str,
    ) -> Result<String, MapImageError> {
        Ok(match self.property(name, scope)? {
            Some(ExpressionValue::Text(text)) => text,
            _ => otherwise.to_owned(),
        })
    }

    /// How a layer of fills fills a feature; none where nothing is seen of it.
    pub(in crate::export::map_image) fn fill(
        &self,
        scope: &ExpressionContext<'_>,
    ) -> Result<Option<Fill>, MapImageError> {
        let opacity = self.number("fill-opacity", scope, 1.0)?;
        if self.kind != LayerKind::Fill || opacity <= 0.0 || !self.passes(scope)? {
            return Ok(None);
        }
        let opacity = number(opacity);
        if let Some(ExpressionValue::Text(id)) = self.property("fill-pattern", scope)? {
            return Ok(Some(Fill::Pattern { id, opacity }));
        }
        Ok(Some(Fill::Colour { colour: self.text("fill-color", scope, "#000000")?, opacity }))
    }

    /// How a layer of lines draws a feature; none where nothing is seen of it.
    pub(in crate::export::map_image) fn stroke(
        &self,
        scope: &ExpressionContext<'_>,
    ) -> Result<Option<Stroke>, MapImageError> {
        let (opacity, width) = (self.number("line-opacity", scope, 1.0)?, self.number("line-width", scope, 1.0)?);
        if opacity <= 0.0 || width <= 0.0 || !self.passes(scope)? {
            return Ok(None);
        }
        let dashes = self.written("line-dasharray").and_then(Json::as_array);
        let dashes: Vec<String> =
            dashes.into_iter().flatten().filter_map(Json::as_f64).map(|dash| number(dash * width)).collect();
        Ok(Some(Stroke {
            colour: self.text("line-color", scope, "#000000")?,
            width: number(width),
            opacity: number(opacity),
            dashes: dashes.join(" "),
        }))
    }
}

impl Fill {
    /// The attributes of an element that is filled so.
    pub(in crate::export::map_image) fn attributes(&self) -> String {
        let (paint, opacity) = match self {
            Self::Colour { colour, opacity } => (escaped(colour), opacity),
            Self::Pattern { id, opacity } => (format!("url(#{})", escaped(id)), opacity),
        };
        let opacity = if opacity == "1" { String::new() } else { format!(" fill-opacity=\"{opacity}\"") };
        format!(" fill=\"{paint}\"{opacity}")
    }
}

impl Stroke {
    /// The attributes of an element that is drawn so.
    pub(in crate::export::map_image) fn attributes(&self) -> String {
        let mut written = format!(
            " fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"",
            escaped(&self.colour),
            self.width
        );
        if self.opacity != "1" {
            written += &attribute("stroke-opacity", &self.opacity);
        }
        if !self.dashes.is_empty() {
            written += &attribute("stroke-dasharray", &self.dashes);
        }
        written
    }
}
