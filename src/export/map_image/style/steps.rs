//! Reading and changing the `step` and `match` expressions that the area colours are made of.
//!
//! The rule of the page (`web/src/map/expression.ts`), held to the same cases: new bounds keep the style's colours,
//! fewer bounds drop the middle ones.

use serde_json::Value as Json;

/// The first expression of an operator inside another, with its arguments.
pub(in crate::export::map_image) fn first<'a>(expression: &'a Json, operator: &str) -> Option<&'a [Json]> {
    let items = expression.as_array()?;
    match items.split_first() {
        Some((Json::String(name), rest)) if name == operator => Some(rest),
        _ => items.iter().find_map(|item| first(item, operator)),
    }
}

/// The name of the first property that an expression reads.
pub(in crate::export::map_image) fn property(expression: &Json) -> Option<&str> {
    first(expression, "get")?.first()?.as_str()
}

/// The bounds of the first `step` in an expression, ascending.
pub(in crate::export::map_image) fn bounds(expression: &Json) -> Vec<f64> {
    let arguments = first(expression, "step").unwrap_or_default();
    arguments.iter().skip(2).step_by(2).filter_map(Json::as_f64).collect()
}

/// The values of the first `step` in an expression, one more than its bounds.
fn values(expression: &Json) -> Vec<Json> {
    first(expression, "step").unwrap_or_default().iter().skip(1).step_by(2).cloned().collect()
}

/// The labels of the first `match` in an expression, in its order.
pub(in crate::export::map_image) fn labels(expression: &Json) -> Vec<&Json> {
    let arguments = first(expression, "match").unwrap_or_default();
    let arms = arguments.len().saturating_sub(2) / 2;
    let labels = (0..arms).map(|arm| &arguments[1 + 2 * arm]);
    labels.flat_map(|label| label.as_array().map_or_else(|| vec![label], |many| many.iter().collect())).collect()
}

/// An expression with the bounds of its `step` replaced.
pub(in crate::export::map_image) fn with_bounds(expression: &Json, bounds: &[f64]) -> Json {
    let Some(items) = expression.as_array() else { return expression.clone() };
    if items.first().and_then(Json::as_str) != Some("step") {
        return items.iter().map(|item| with_bounds(item, bounds)).collect();
    }
    let values = values(expression);
    let last = values.len().saturating_sub(1) as f64;
    let mut step = vec![
        Json::from("step"),
        items.get(1).cloned().unwrap_or_default(),
        values.first().cloned().unwrap_or_default(),
    ];
    for (index, bound) in bounds.iter().enumerate() {
        let chosen = ((index + 1) as f64 * last / bounds.len() as f64 + 0.5).floor() as usize;
        step.push(Json::from(*bound));
        step.push(values.get(chosen).cloned().unwrap_or_default());
    }
    Json::Array(step)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn new_bounds_keep_the_colours_from_first_to_last() {
        let step = json!(["case", ["has", "x"], ["step", ["get", "x"], "a", 1, "b", 2, "c", 3, "d", 4, "e"], "none"]);
        let same = with_bounds(&step, &[10.0, 20.0, 30.0, 40.0]);
        let expected = json!(["step", ["get", "x"], "a", 10.0, "b", 20.0, "c", 30.0, "d", 40.0, "e"]);
        assert_eq!(same[2], expected);
        let fewer = with_bounds(&step, &[10.0, 20.0]);
        assert_eq!((values(&fewer), bounds(&fewer)), (vec![json!("a"), json!("c"), json!("e")], vec![10.0, 20.0]));
        assert_eq!(with_bounds(&step, &[])[2], json!(["step", ["get", "x"], "a"]));
        assert_eq!((bounds(&step), property(&step)), (vec![1.0, 2.0, 3.0, 4.0], Some("x")));
    }

    #[test]
    fn labels_of_a_match_are_found_alone_and_in_lists() {
        let choice = json!(["match", ["get", "x"], "a", "#1", ["b", "c"], "#2", "#3"]);
        assert_eq!(labels(&choice), ["a", "b", "c"]);
        assert!(labels(&json!("#fff")).is_empty() && bounds(&json!(null)).is_empty());
    }
}
