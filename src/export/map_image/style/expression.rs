//! The expressions of MapLibre styles, as far as our styles use them.
//!
//! In: an expression as JSON and a [`ExpressionContext`]: the zoom and one feature. Out: a [`ExpressionValue`]. An
//! operator that is not known is an error, so that no image silently differs from the map; a value of the wrong type
//! is an error as well, which the caller answers as MapLibre does: a filter fails, a property keeps its default.
//!
//! # Reference
//! MapLibre Style Specification, "Expressions".

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::ink;
use crate::attributes::Decimals;
use crate::domain::text::Language;
use crate::export::map_image::drawing::decimals::written;
use crate::export::map_image::layout::lettering::FontWeight;

/// What an expression gives.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export::map_image) enum ExpressionValue {
    /// Nothing: a property that the feature does not have.
    Absent,
    Truth(bool),
    Number(f64),
    Text(String),
    /// A text in several sizes or weights.
    Sections(Vec<Section>),
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export::map_image) struct Section {
    pub(in crate::export::map_image) text: String,
    /// Its size over that of the whole text.
    pub(in crate::export::map_image) scale: f64,
    /// Its weight; that of the whole text where it has none of its own.
    pub(in crate::export::map_image) weight: Option<FontWeight>,
}

/// What a feature carries.
pub(in crate::export::map_image) type Properties = BTreeMap<String, ExpressionValue>;

/// The shape of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export::map_image) enum Geometry {
    Point,
    Line,
    Polygon,
}

/// What an expression may depend on.
#[derive(Debug, Clone, Copy)]
pub(in crate::export::map_image) struct ExpressionContext<'a> {
    pub(in crate::export::map_image) zoom: f64,
    pub(in crate::export::map_image) geometry: Geometry,
    pub(in crate::export::map_image) properties: &'a Properties,
    /// Whether the feature is the one that the image is about.
    pub(in crate::export::map_image) is_selected: bool,
}

impl<'a> ExpressionContext<'a> {
    /// The scope of a feature that is not selected.
    pub(in crate::export::map_image) fn plain(zoom: f64, geometry: Geometry, properties: &'a Properties) -> Self {
        Self { zoom, geometry, properties, is_selected: false }
    }
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// An operator that is not known here.
    #[error("the operator {0:?} is not one that map images know")]
    Unknown(String),
    /// An expression that is not written as it must be.
    #[error("{0} is no expression")]
    Malformed(String),
    /// A value of the wrong type.
    #[error("{operator:?} cannot take {found}")]
    Mismatch {
        /// The operator as the style spells it.
        operator: String,
        /// What it was given.
        found: String,
    },
}

type Outcome = Result<ExpressionValue, ExpressionError>;

/// The value of an expression for a feature.
pub(in crate::export::map_image) fn evaluate(expression: &Json, scope: &ExpressionContext<'_>) -> Outcome {
    let Json::Array(items) = expression else { return plain(expression) };
    let Some((Json::String(operator), rest)) = items.split_first() else { return Err(malformed(expression)) };
    let call = Call { operator, rest, scope };
    match operator.as_str() {
        "literal" => plain(call.item(0)?),
        "zoom" => Ok(ExpressionValue::Number(scope.zoom)),
        "geometry-type" => Ok(ExpressionValue::Text(geometry_name(scope.geometry).to_owned())),
        "feature-state" => Ok(call.state()),
        "get" => Ok(call.property()?.unwrap_or(ExpressionValue::Absent)),
        "has" => Ok(ExpressionValue::Truth(call.property()?.is_some())),
        "coalesce" => call.first_present(),
        "match" => call.matched(),
        "case" => call.cased(),
        "step" => call.stepped(),
        "interpolate" => call.interpolated(),
        "all" | "any" | "!" => call.logic(),
        "==" | "!=" => call.equality(),
        "<" | "<=" | ">" | ">=" => call.order(),
        "in" => call.is_among(),
        "+" | "*" | "min" | "max" | "-" | "/" | "%" | "^" => call.arithmetic(),
        "sqrt" | "ln" | "log10" | "log2" | "abs" | "round" | "floor" | "ceil" => call.function(),
        "string" | "number" | "boolean" => call.asserted(),
        "to-string" | "concat" | "upcase" | "downcase" => call.text(),
        "to-number" => call.to_number(),
        "to-color" | "to-boolean" => call.converted(),
        "format" => call.sections(),
        "number-format" => call.number_format(),
        "rgb" | "rgba" => call.colour(),
        unknown => Err(ExpressionError::Unknown(unknown.to_owned())),
    }
}

fn malformed(expression: &Json) -> ExpressionError {
    ExpressionError::Malformed(expression.to_string())
}

fn plain(json: &Json) -> Outcome {
    Ok(match json {
        Json::Null => ExpressionValue::Absent,
        Json::Bool(truth) => ExpressionValue::Truth(*truth),
        Json::Number(number) => ExpressionValue::Number(number.as_f64().unwrap_or_default()),
        Json::String(text) => ExpressionValue::Text(text.clone()),
        Json::Array(_) | Json::Object(_) => return Err(malformed(json)),
    })
}

fn geometry_name(geometry: Geometry) -> &'static str {
    match geometry {
        Geometry::Point => "Point",
        Geometry::Line => "LineString",
        Geometry::Polygon => "Polygon",
    }
}

/// One operator with its arguments.
struct Call<'a> {
    operator: &'a str,
    rest: &'a [Json],
    scope: &'a ExpressionContext<'a>,
}

impl Call<'_> {
    fn item(&self, index: usize) -> Result<&Json, ExpressionError> {
        let missing = || ExpressionError::Malformed(format!("[\"{}\", …] with {index} arguments", self.operator));
        self.rest.get(index).ok_or_else(missing)
    }

    fn value(&self, index: usize) -> Outcome {
        evaluate(self.item(index)?, self.scope)
    }

    fn mismatch(&self, found: &ExpressionValue) -> ExpressionError {
        ExpressionError::Mismatch { operator: self.operator.to_owned(), found: format!("{found:?}") }
    }

    fn number(&self, index: usize) -> Result<f64, ExpressionError> {
        match self.value(index)? {
            ExpressionValue::Number(number) => Ok(number),
            other => Err(self.mismatch(&other)),
        }
    }

    fn truth(&self, index: usize) -> Result<bool, ExpressionError> {
        match self.value(index)? {
            ExpressionValue::Truth(truth) => Ok(truth),
            other => Err(self.mismatch(&other)),
        }
    }

    fn property(&self) -> Result<Option<ExpressionValue>, ExpressionError> {
        match self.item(0)? {
            Json::String(name) => {
                Ok(self.scope.properties.get(name).filter(|value| **value != ExpressionValue::Absent).cloned())
            }
            other => Err(malformed(other)),
        }
    }

    /// An image has no pointer: of the states of a feature it knows only whether it is selected.
    fn state(&self) -> ExpressionValue {
        match self.rest.first().and_then(Json::as_str) {
            Some("selected") => ExpressionValue::Truth(self.scope.is_selected),
            _ => ExpressionValue::Absent,
        }
    }

    fn first_present(&self) -> Outcome {
        for item in self.rest {
            let value = evaluate(item, self.scope)?;
            if value != ExpressionValue::Absent {
                return Ok(value);
            }
        }
        Ok(ExpressionValue::Absent)
    }

    fn matched(&self) -> Outcome {
        let input = self.value(0)?;
        let last = self.rest.len().saturating_sub(1);
        for arm in (1..last).step_by(2) {
            let is_label = |label: &Json| plain(label).is_ok_and(|label| label == input);
            let hit = match self.item(arm)? {
                Json::Array(labels) => labels.iter().any(is_label),
                label => is_label(label),
            };
            if hit {
                return self.value(arm + 1);
            }
        }
        self.value(last)
    }

    fn cased(&self) -> Outcome {
        let last = self.rest.len().saturating_sub(1);
        for arm in (0..last).step_by(2) {
            if self.truth(arm)? {
                return self.value(arm + 1);
            }
        }
        self.value(last)
    }

    fn stepped(&self) -> Outcome {
        let input = self.number(0)?;
        let mut chosen = 1;
        for stop in (2..self.rest.len()).step_by(2) {
            if input >= self.number(stop)? {
                chosen = stop + 1;
            }
        }
        self.value(chosen)
    }

    /// Between the stops by the share of the way, linear or exponential; before the first and after the last, their
    /// own.
    fn interpolated(&self) -> Outcome {
        let base = self.base()?;
        let input = self.number(1)?;
        let mut low = 2;
        for stop in (2..self.rest.len()).step_by(2) {
            if input >= self.number(stop)? {
                low = stop;
            }
        }
        let from = self.number(low)?;
        if input <= from || low + 3 >= self.rest.len() {
            return self.value(low + 1);
        }
        let to = self.number(low + 2)?;
        let share = if base == 1.0 {
            (input - from) / (to - from)
        } else {
            (base.powf(input - from) - 1.0) / (base.powf(to - from) - 1.0)
        };
        self.between(self.value(low + 1)?, self.value(low + 3)?, share)
    }

    fn base(&self) -> Result<f64, ExpressionError> {
        let kind = self.item(0)?;
        match kind.get(0).and_then(Json::as_str) {
            Some("linear") => Ok(1.0),
            Some("exponential") => kind.get(1).and_then(Json::as_f64).ok_or_else(|| malformed(kind)),
            _ => Err(ExpressionError::Unknown(kind.to_string())),
        }
    }

    fn between(&self, low: ExpressionValue, high: ExpressionValue, share: f64) -> Outcome {
        match (low, high) {
            (ExpressionValue::Number(low), ExpressionValue::Number(high)) => {
                Ok(ExpressionValue::Number(low + (high - low) * share))
            }
            (ExpressionValue::Text(low), ExpressionValue::Text(high)) => match ink::mixed(&low, &high, share) {
                Some(colour) => Ok(ExpressionValue::Text(colour)),
                None => Err(self.mismatch(&ExpressionValue::Text(low))),
            },
            (other, _) => Err(self.mismatch(&other)),
        }
    }

    fn logic(&self) -> Outcome {
        if self.operator == "!" {
            return Ok(ExpressionValue::Truth(!self.truth(0)?));
        }
        let decisive = self.operator == "any";
        for index in 0..self.rest.len() {
            if self.truth(index)? == decisive {
                return Ok(ExpressionValue::Truth(decisive));
            }
        }
        Ok(ExpressionValue::Truth(!decisive))
    }

    fn equality(&self) -> Outcome {
        let equal = self.value(0)? == self.value(1)?;
        Ok(ExpressionValue::Truth(equal == (self.operator == "==")))
    }

    fn order(&self) -> Outcome {
        let ordering = match (self.value(0)?, self.value(1)?) {
            (ExpressionValue::Number(a), ExpressionValue::Number(b)) => a.total_cmp(&b),
            (ExpressionValue::Text(a), ExpressionValue::Text(b)) => a.cmp(&b),
            (ExpressionValue::Number(_) | ExpressionValue::Text(_), other) | (other, _) => {
                return Err(self.mismatch(&other));
            }
        };
        Ok(ExpressionValue::Truth(match self.operator {
            "<" => ordering.is_lt(),
            "<=" => ordering.is_le(),
            ">" => ordering.is_gt(),
            _ => ordering.is_ge(),
        }))
    }

    fn is_among(&self) -> Outcome {
        let needle = self.value(0)?;
        let list = self.item(1)?;
        match list.get(0).and_then(Json::as_str).zip(list.get(1).and_then(Json::as_array)) {
            Some(("literal", items)) => {
                Ok(ExpressionValue::Truth(items.iter().any(|item| plain(item).is_ok_and(|item| item == needle))))
            }
            _ => match (needle, self.value(1)?) {
                (ExpressionValue::Text(part), ExpressionValue::Text(whole)) => {
                    Ok(ExpressionValue::Truth(whole.contains(&part)))
                }
                (other, _) => Err(self.mismatch(&other)),
            },
        }
    }

    fn arithmetic(&self) -> Outcome {
        let first = self.number(0)?;
        let others = || (1..self.rest.len()).map(|index| self.number(index));
        Ok(ExpressionValue::Number(match self.operator {
            "+" => others().try_fold(first, |sum, next| Ok(sum + next?))?,
            "*" => others().try_fold(first, |product, next| Ok(product * next?))?,
            "min" => others().try_fold(first, |least, next| Ok(f64::min(least, next?)))?,
            "max" => others().try_fold(first, |most, next| Ok(f64::max(most, next?)))?,
            "-" if self.rest.len() == 1 => -first,
            "-" => first - self.number(1)?,
            "/" => first / self.number(1)?,
            "%" => first % self.number(1)?,
            _ => first.powf(self.number(1)?),
        }))
    }

    fn function(&self) -> Outcome {
        let number = self.number(0)?;
        Ok(ExpressionValue::Number(match self.operator {
            "sqrt" => number.sqrt(),
            "ln" => number.ln(),
            "log10" => number.log10(),
            "log2" => number.log2(),
            "abs" => number.abs(),
            "round" => number.round(),
            "floor" => number.floor(),
            _ => number.ceil(),
        }))
    }

    /// The first argument of the type that the operator names.
    fn asserted(&self) -> Outcome {
        let mut last = ExpressionValue::Absent;
        for item in self.rest {
            last = evaluate(item, self.scope)?;
            let fits = match self.operator {
                "string" => matches!(last, ExpressionValue::Text(_)),
                "number" => matches!(last, ExpressionValue::Number(_)),
                _ => matches!(last, ExpressionValue::Truth(_)),
            };
            if fits {
                return Ok(last);
            }
        }
        Err(self.mismatch(&last))
    }

    fn text(&self) -> Outcome {
        let parts = (0..self.rest.len()).map(|index| Ok(as_text(&self.value(index)?)));
        let text = parts.collect::<Result<String, ExpressionError>>()?;
        Ok(ExpressionValue::Text(match self.operator {
            "upcase" => text.to_uppercase(),
            "downcase" => text.to_lowercase(),
            _ => text,
        }))
    }

    fn to_number(&self) -> Outcome {
        let mut last = ExpressionValue::Absent;
        for item in self.rest {
            last = evaluate(item, self.scope)?;
            let number = match &last {
                ExpressionValue::Absent => Some(0.0),
                ExpressionValue::Truth(truth) => Some(f64::from(u8::from(*truth))),
                ExpressionValue::Number(number) => Some(*number),
                ExpressionValue::Text(text) => text.trim().parse().ok(),
                ExpressionValue::Sections(_) => None,
            };
            if let Some(number) = number {
                return Ok(ExpressionValue::Number(number));
            }
        }
        Err(self.mismatch(&last))
    }

    fn converted(&self) -> Outcome {
        let value = self.value(0)?;
        if self.operator == "to-color" {
            return Ok(value);
        }
        let is_false = matches!(&value, ExpressionValue::Absent | ExpressionValue::Truth(false))
            || matches!(&value, ExpressionValue::Number(number) if *number == 0.0)
            || matches!(&value, ExpressionValue::Text(text) if text.is_empty());
        Ok(ExpressionValue::Truth(!is_false))
    }

    fn sections(&self) -> Outcome {
        let mut sections = Vec::new();
        let mut index = 0;
        while index < self.rest.len() {
            let text = as_text(&self.value(index)?);
            let options = self.rest.get(index + 1).filter(|next| next.is_object());
            let scale = options.and_then(|options| options.get("font-scale")?.as_f64()).unwrap_or(1.0);
            let weight = options.and_then(|options| Some(FontWeight::of_fonts(options.get("text-font")?)));
            sections.push(Section { text, scale, weight });
            index += if options.is_some() { 2 } else { 1 };
        }
        Ok(ExpressionValue::Sections(sections))
    }

    fn number_format(&self) -> Outcome {
        let number = self.number(0)?;
        let options = self.item(1)?;
        let digits = |name: &str, otherwise: usize| {
            options.get(name).and_then(Json::as_u64).map_or(otherwise, |digits| digits as usize)
        };
        let least = digits("min-fraction-digits", 0);
        let most = digits("max-fraction-digits", least.max(3));
        let is_english = options.get("locale").and_then(Json::as_str).is_some_and(|locale| locale.starts_with("en"));
        let language = if is_english { Language::English } else { Language::Vietnamese };
        Ok(ExpressionValue::Text(written(number, Decimals { least, most }, language)))
    }

    fn colour(&self) -> Outcome {
        let part = |index: usize| Ok::<_, ExpressionError>(self.number(index)?.round().clamp(0.0, 255.0) as u8);
        Ok(ExpressionValue::Text(format!("#{:02x}{:02x}{:02x}", part(0)?, part(1)?, part(2)?)))
    }
}

fn as_text(value: &ExpressionValue) -> String {
    match value {
        ExpressionValue::Absent => String::new(),
        ExpressionValue::Truth(truth) => truth.to_string(),
        ExpressionValue::Number(number) => number.to_string(),
        ExpressionValue::Text(text) => text.clone(),
        ExpressionValue::Sections(sections) => sections.iter().map(|section| section.text.as_str()).collect(),
    }
}

#[cfg(test)]
mod tests;
