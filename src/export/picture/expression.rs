//! The expressions of MapLibre styles, as far as our styles use them.
//!
//! In: an expression as JSON and a [`Scope`]: the zoom and one feature. Out: a [`Value`]. An operator that is not known
//! is an error, so that no picture silently differs from the map; a value of the wrong type is an error as well, which
//! the caller answers as MapLibre does: a filter fails, a property keeps its default.
//!
//! # Reference
//! MapLibre Style Specification, "Expressions".

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::decimals::{Decimals, written};
use super::ink;
use super::lettering::Weight;
use crate::domain::text::Language;

/// What an expression gives.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
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
pub(super) struct Section {
    pub(super) text: String,
    /// Its size over that of the whole text.
    pub(super) scale: f64,
    /// Its weight; that of the whole text where it has none of its own.
    pub(super) weight: Option<Weight>,
}

/// What a feature carries.
pub(super) type Properties = BTreeMap<String, Value>;

/// The shape of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Geometry {
    Point,
    Line,
    Polygon,
}

/// What an expression may depend on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) zoom: f64,
    pub(super) geometry: Geometry,
    pub(super) properties: &'a Properties,
    /// Whether the feature is the one that the picture is about.
    pub(super) is_selected: bool,
}

impl<'a> Scope<'a> {
    /// The scope of a feature that is not selected.
    pub(super) fn plain(zoom: f64, geometry: Geometry, properties: &'a Properties) -> Self {
        Self { zoom, geometry, properties, is_selected: false }
    }
}

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// An operator that is not known here.
    #[error("the operator {0:?} is not one that pictures know")]
    Unknown(String),
    /// An expression that is not written as it must be.
    #[error("{0} is no expression")]
    Malformed(String),
    /// A value of the wrong type.
    #[error("{operator:?} cannot take {found}")]
    Mismatch {
        /// The operator.
        operator: String,
        /// What it was given.
        found: String,
    },
}

type Outcome = Result<Value, ExpressionError>;

/// The value of an expression for a feature.
pub(super) fn evaluate(expression: &Json, scope: &Scope<'_>) -> Outcome {
    let Json::Array(items) = expression else { return plain(expression) };
    let Some((Json::String(operator), rest)) = items.split_first() else { return Err(malformed(expression)) };
    let call = Call { operator, rest, scope };
    match operator.as_str() {
        "literal" => plain(call.item(0)?),
        "zoom" => Ok(Value::Number(scope.zoom)),
        "geometry-type" => Ok(Value::Text(geometry_name(scope.geometry).to_owned())),
        "feature-state" => Ok(call.state()),
        "get" => Ok(call.property()?.unwrap_or(Value::Absent)),
        "has" => Ok(Value::Truth(call.property()?.is_some())),
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
        Json::Null => Value::Absent,
        Json::Bool(truth) => Value::Truth(*truth),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or_default()),
        Json::String(text) => Value::Text(text.clone()),
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
    scope: &'a Scope<'a>,
}

impl Call<'_> {
    fn item(&self, place: usize) -> Result<&Json, ExpressionError> {
        let missing = || ExpressionError::Malformed(format!("[\"{}\", …] with {place} arguments", self.operator));
        self.rest.get(place).ok_or_else(missing)
    }

    fn value(&self, place: usize) -> Outcome {
        evaluate(self.item(place)?, self.scope)
    }

    fn mismatch(&self, found: &Value) -> ExpressionError {
        ExpressionError::Mismatch { operator: self.operator.to_owned(), found: format!("{found:?}") }
    }

    fn number(&self, place: usize) -> Result<f64, ExpressionError> {
        match self.value(place)? {
            Value::Number(number) => Ok(number),
            other => Err(self.mismatch(&other)),
        }
    }

    fn truth(&self, place: usize) -> Result<bool, ExpressionError> {
        match self.value(place)? {
            Value::Truth(truth) => Ok(truth),
            other => Err(self.mismatch(&other)),
        }
    }

    fn property(&self) -> Result<Option<Value>, ExpressionError> {
        match self.item(0)? {
            Json::String(name) => Ok(self.scope.properties.get(name).filter(|value| **value != Value::Absent).cloned()),
            other => Err(malformed(other)),
        }
    }

    /// A picture has no pointer: of the states of a feature it knows only whether it is selected.
    fn state(&self) -> Value {
        match self.rest.first().and_then(Json::as_str) {
            Some("selected") => Value::Truth(self.scope.is_selected),
            _ => Value::Absent,
        }
    }

    fn first_present(&self) -> Outcome {
        for item in self.rest {
            let value = evaluate(item, self.scope)?;
            if value != Value::Absent {
                return Ok(value);
            }
        }
        Ok(Value::Absent)
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

    /// Between the stops by the share of the way, linear or exponential; before the first and after the last, their own.
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

    fn between(&self, low: Value, high: Value, share: f64) -> Outcome {
        match (low, high) {
            (Value::Number(low), Value::Number(high)) => Ok(Value::Number(low + (high - low) * share)),
            (Value::Text(low), Value::Text(high)) => match ink::mixed(&low, &high, share) {
                Some(colour) => Ok(Value::Text(colour)),
                None => Err(self.mismatch(&Value::Text(low))),
            },
            (other, _) => Err(self.mismatch(&other)),
        }
    }

    fn logic(&self) -> Outcome {
        if self.operator == "!" {
            return Ok(Value::Truth(!self.truth(0)?));
        }
        let decisive = self.operator == "any";
        for place in 0..self.rest.len() {
            if self.truth(place)? == decisive {
                return Ok(Value::Truth(decisive));
            }
        }
        Ok(Value::Truth(!decisive))
    }

    fn equality(&self) -> Outcome {
        let equal = self.value(0)? == self.value(1)?;
        Ok(Value::Truth(equal == (self.operator == "==")))
    }

    fn order(&self) -> Outcome {
        let ordering = match (self.value(0)?, self.value(1)?) {
            (Value::Number(a), Value::Number(b)) => a.total_cmp(&b),
            (Value::Text(a), Value::Text(b)) => a.cmp(&b),
            (Value::Number(_) | Value::Text(_), other) | (other, _) => return Err(self.mismatch(&other)),
        };
        Ok(Value::Truth(match self.operator {
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
                Ok(Value::Truth(items.iter().any(|item| plain(item).is_ok_and(|item| item == needle))))
            }
            _ => match (needle, self.value(1)?) {
                (Value::Text(part), Value::Text(whole)) => Ok(Value::Truth(whole.contains(&part))),
                (other, _) => Err(self.mismatch(&other)),
            },
        }
    }

    fn arithmetic(&self) -> Outcome {
        let first = self.number(0)?;
        let others = || (1..self.rest.len()).map(|place| self.number(place));
        Ok(Value::Number(match self.operator {
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
        Ok(Value::Number(match self.operator {
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
        let mut last = Value::Absent;
        for item in self.rest {
            last = evaluate(item, self.scope)?;
            let fits = match self.operator {
                "string" => matches!(last, Value::Text(_)),
                "number" => matches!(last, Value::Number(_)),
                _ => matches!(last, Value::Truth(_)),
            };
            if fits {
                return Ok(last);
            }
        }
        Err(self.mismatch(&last))
    }

    fn text(&self) -> Outcome {
        let parts = (0..self.rest.len()).map(|place| Ok(as_text(&self.value(place)?)));
        let text = parts.collect::<Result<String, ExpressionError>>()?;
        Ok(Value::Text(match self.operator {
            "upcase" => text.to_uppercase(),
            "downcase" => text.to_lowercase(),
            _ => text,
        }))
    }

    fn to_number(&self) -> Outcome {
        let mut last = Value::Absent;
        for item in self.rest {
            last = evaluate(item, self.scope)?;
            let number = match &last {
                Value::Absent => Some(0.0),
                Value::Truth(truth) => Some(f64::from(u8::from(*truth))),
                Value::Number(number) => Some(*number),
                Value::Text(text) => text.trim().parse().ok(),
                Value::Sections(_) => None,
            };
            if let Some(number) = number {
                return Ok(Value::Number(number));
            }
        }
        Err(self.mismatch(&last))
    }

    fn converted(&self) -> Outcome {
        let value = self.value(0)?;
        if self.operator == "to-color" {
            return Ok(value);
        }
        let is_false = matches!(&value, Value::Absent | Value::Truth(false))
            || matches!(&value, Value::Number(number) if *number == 0.0)
            || matches!(&value, Value::Text(text) if text.is_empty());
        Ok(Value::Truth(!is_false))
    }

    fn sections(&self) -> Outcome {
        let mut sections = Vec::new();
        let mut place = 0;
        while place < self.rest.len() {
            let text = as_text(&self.value(place)?);
            let options = self.rest.get(place + 1).filter(|next| next.is_object());
            let scale = options.and_then(|options| options.get("font-scale")?.as_f64()).unwrap_or(1.0);
            let weight = options.and_then(|options| Some(Weight::of_fonts(options.get("text-font")?)));
            sections.push(Section { text, scale, weight });
            place += if options.is_some() { 2 } else { 1 };
        }
        Ok(Value::Sections(sections))
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
        Ok(Value::Text(written(number, Decimals { least, most }, language)))
    }

    fn colour(&self) -> Outcome {
        let part = |place: usize| Ok::<_, ExpressionError>(self.number(place)?.round().clamp(0.0, 255.0) as u8);
        Ok(Value::Text(format!("#{:02x}{:02x}{:02x}", part(0)?, part(1)?, part(2)?)))
    }
}

fn as_text(value: &Value) -> String {
    match value {
        Value::Absent => String::new(),
        Value::Truth(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Sections(sections) => sections.iter().map(|section| section.text.as_str()).collect(),
    }
}

#[cfg(test)]
mod tests;
