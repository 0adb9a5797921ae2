//! What a layer says of a feature: whether it is drawn, in which colour, how wide.
//!
//! As in MapLibre, a filter that cannot be judged fails, and a property that cannot be worked out keeps its default.

use serde_json::Value as Json;

use super::error::PictureError;
use super::expression::{ExpressionError, Scope, Value, evaluate};
use super::style::{Kind, Layer};
use super::svg::{attribute, escaped, number};

/// How an area is filled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fill {
    Colour { colour: String, opacity: String },
    Pattern { id: String, opacity: String },
}

/// How a line is drawn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stroke {
    pub(super) colour: String,
    pub(super) width: String,
    pub(super) opacity: String,
    pub(super) dashes: String,
}

impl Layer {
    /// Whether a feature passes the filter of the layer.
    pub(super) fn passes(&self, scope: &Scope<'_>) -> Result<bool, PictureError> {
        let Some(filter) = &self.filter else { return Ok(true) };
        Ok(self.told(evaluate(filter, scope))? == Some(Value::Truth(true)))
    }

    fn told(&self, outcome: Result<Value, ExpressionError>) -> Result<Option<Value>, PictureError> {
        match outcome {
            Ok(value) => Ok(Some(value).filter(|value| *value != Value::Absent)),
            Err(ExpressionError::Mismatch { .. }) => Ok(None),
            Err(fault) => Err(PictureError::Layer { layer: self.id.clone(), fault }),
        }
    }

    /// A property of paint or layout for a feature; none where it has its default.
    pub(super) fn property(&self, name: &str, scope: &Scope<'_>) -> Result<Option<Value>, PictureError> {
        match self.written(name) {
            None => Ok(None),
            Some(expression) => self.told(evaluate(expression, scope)),
        }
    }

    /// A property as the style writes it.
    pub(super) fn written(&self, name: &str) -> Option<&Json> {
        self.paint.get(name).or_else(|| self.layout.get(name))
    }

    /// A number for a feature.
    pub(super) fn number(&self, name: &str, scope: &Scope<'_>, otherwise: f64) -> Result<f64, PictureError> {
        Ok(match self.property(name, scope)? {
            Some(Value::Number(number)) => number,
            _ => otherwise,
        })
    }

    /// A text, such as a colour, for a feature.
    pub(super) fn text(&self, name: &str, scope: &Scope<'_>, otherwise: &str) -> Result<String, PictureError> {
        Ok(match self.property(name, scope)? {
            Some(Value::Text(text)) => text,
            _ => otherwise.to_owned(),
        })
    }

    /// How a layer of fills fills a feature; none where nothing is seen of it.
    pub(super) fn fill(&self, scope: &Scope<'_>) -> Result<Option<Fill>, PictureError> {
        let opacity = self.number("fill-opacity", scope, 1.0)?;
        if self.kind != Kind::Fill || opacity <= 0.0 || !self.passes(scope)? {
            return Ok(None);
        }
        let opacity = number(opacity);
        if let Some(Value::Text(id)) = self.property("fill-pattern", scope)? {
            return Ok(Some(Fill::Pattern { id, opacity }));
        }
        Ok(Some(Fill::Colour { colour: self.text("fill-color", scope, "#000000")?, opacity }))
    }

    /// How a layer of lines draws a feature; none where nothing is seen of it.
    pub(super) fn stroke(&self, scope: &Scope<'_>) -> Result<Option<Stroke>, PictureError> {
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
    pub(super) fn attributes(&self) -> String {
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
    pub(super) fn attributes(&self) -> String {
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
