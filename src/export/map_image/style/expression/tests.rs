//! Expressions against cases worked by hand, and every expression of every style against the features it may meet.

use serde_json::{Value as Json, json};

use super::*;
use crate::export::map_image::style::{Layer, Style, style_ids};

fn area() -> Properties {
    let pairs = [
        ("grade", ExpressionValue::Text("B".to_owned())),
        ("reliability", ExpressionValue::Number(0.6)),
        ("incidents", ExpressionValue::Number(400.0)),
        ("name", ExpressionValue::Text("Phường Tam Kỳ".to_owned())),
    ];
    pairs.map(|(name, value)| (name.to_owned(), value)).into()
}

fn at(zoom: f64, expression: &Json) -> Outcome {
    let properties = area();
    evaluate(
        expression,
        &ExpressionContext { zoom, geometry: Geometry::Polygon, properties: &properties, is_selected: true },
    )
}

fn value(expression: &Json) -> ExpressionValue {
    at(9.0, expression).unwrap()
}

fn text(text: &str) -> ExpressionValue {
    ExpressionValue::Text(text.to_owned())
}

#[test]
fn properties_are_read_and_missed() {
    assert_eq!(value(&json!(["get", "grade"])), text("B"));
    assert_eq!(value(&json!(["get", "rate"])), ExpressionValue::Absent);
    assert_eq!(value(&json!(["has", "rate"])), ExpressionValue::Truth(false));
    assert_eq!(value(&json!(["coalesce", ["get", "rate"], 7])), ExpressionValue::Number(7.0));
    assert_eq!(value(&json!(["geometry-type"])), text("Polygon"));
}

#[test]
fn match_takes_the_arm_of_its_label_or_the_last() {
    let colour = |grade: &str| json!(["match", grade, "A", "#1", ["B", "C"], "#2", "#3"]);
    assert_eq!(
        [colour("A"), colour("C"), colour("E")].map(|expression| value(&expression)),
        ["#1", "#2", "#3"].map(text)
    );
}

#[test]
fn step_holds_from_its_stop_up() {
    let step = |input: f64| value(&json!(["step", input, "low", 0.5, "middle", 0.7, "high"]));
    assert_eq!([0.0, 0.5, 0.69, 0.7, 9.0].map(step), ["low", "middle", "middle", "high", "high"].map(text));
}

#[test]
fn interpolation_is_linear_between_stops_and_flat_beyond() {
    let width = |zoom: f64| at(zoom, &json!(["interpolate", ["linear"], ["zoom"], 7, 1, 9, 3, 11, 4])).unwrap();
    assert_eq!([5.0, 7.0, 8.0, 10.0, 12.0].map(width), [1.0, 1.0, 2.0, 3.5, 4.0].map(ExpressionValue::Number));
    let doubling = value(&json!(["interpolate", ["exponential", 2], 1, 0, 0, 2, 3]));
    assert_eq!(doubling, ExpressionValue::Number(1.0), "(2 − 1) / (4 − 1) of the way to 3");
    assert_eq!(value(&json!(["interpolate", ["linear"], 0.5, 0, "#000000", 1, "#ffffff"])), text("#808080"));
    let root = json!(["interpolate", ["linear"], ["sqrt", ["get", "incidents"]], 0, 0, 100, 120]);
    assert_eq!(value(&root), ExpressionValue::Number(24.0));
}

#[test]
fn case_and_logic_follow_their_conditions() {
    assert_eq!(
        value(&json!(["case", ["has", "rate"], 1, ["==", ["get", "grade"], "B"], 2, 3])),
        ExpressionValue::Number(2.0)
    );
    assert_eq!(
        value(&json!(["all", ["has", "grade"], ["!", ["has", "rate"]], [">=", ["get", "incidents"], 110]])),
        ExpressionValue::Truth(true)
    );
    assert_eq!(value(&json!(["any", ["has", "rate"], ["!=", ["get", "grade"], "A"]])), ExpressionValue::Truth(true));
    assert_eq!(value(&json!(["in", ["get", "grade"], ["literal", ["A", "B"]]])), ExpressionValue::Truth(true));
    assert_eq!(value(&json!(["in", "Tam", ["get", "name"]])), ExpressionValue::Truth(true));
}

#[test]
fn selected_is_the_only_state_a_picture_knows() {
    let state = |name: &str| value(&json!(["boolean", ["feature-state", name], false]));
    assert_eq!((state("selected"), state("hover")), (ExpressionValue::Truth(true), ExpressionValue::Truth(false)));
}

#[test]
fn arithmetic_is_that_of_the_specification() {
    let cases = [
        (json!(["-", 0, ["get", "incidents"]]), -400.0),
        (json!(["-", 5]), -5.0),
        (json!(["+", 1, 2, 3]), 6.0),
        (json!(["*", 2, 3, 4]), 24.0),
        (json!(["/", 9, 2]), 4.5),
        (json!(["^", 2, 10]), 1024.0),
        (json!(["max", 1, 7, 3]), 7.0),
        (json!(["round", 2.5]), 3.0),
        (json!(["to-number", "42"]), 42.0),
    ];
    for (expression, expected) in cases {
        assert_eq!(value(&expression), ExpressionValue::Number(expected), "{expression}");
    }
}

#[test]
fn texts_are_joined_and_numbers_written() {
    assert_eq!(value(&json!(["to-string", ["get", "incidents"]])), text("400"));
    assert_eq!(value(&json!(["concat", ["get", "grade"], " · ", 3])), text("B · 3"));
    assert_eq!(value(&json!(["upcase", "hội an"])), text("HỘI AN"));
    assert_eq!(value(&json!(["number-format", 1039.5, {"locale": "vi", "max-fraction-digits": 1}])), text("1.039,5"));
    assert_eq!(value(&json!(["number-format", 1039, {"locale": "en"}])), text("1,039"));
    let label = json!(["format", ["get", "grade"], {"font-scale": 1.2, "text-font": ["literal", ["X SemiBold"]]}, "\n", ["get", "name"], {}]);
    let ExpressionValue::Sections(sections) = value(&label) else { panic!("a formatted text has sections") };
    let text_parts: Vec<_> = sections.iter().map(|part| (part.text.as_str(), part.scale, part.weight)).collect();
    assert_eq!(text_parts, [("B", 1.2, Some(FontWeight::SemiBold)), ("\n", 1.0, None), ("Phường Tam Kỳ", 1.0, None)]);
}

#[test]
fn unknown_operators_and_broken_expressions_are_errors() {
    assert_eq!(at(9.0, &json!(["heatmap-density"])), Err(ExpressionError::Unknown("heatmap-density".to_owned())));
    for broken in
        [json!([]), json!([1, 2]), json!({"a": 1}), json!(["get"]), json!(["get", ["x"]]), json!(["literal", [1]])]
    {
        assert!(matches!(at(9.0, &broken), Err(ExpressionError::Malformed(_))), "{broken}");
    }
    let wrong = json!([">=", ["get", "rate"], 5]);
    assert!(matches!(at(9.0, &wrong), Err(ExpressionError::Mismatch { operator, .. }) if operator == ">="));
    assert!(at(9.0, &json!(["interpolate", ["cubic-bezier", 0, 0, 1, 1], 1, 0, 0, 1, 1])).is_err());
}

/// The expressions of a layer; lists that are no expressions are left out.
fn expressions(layer: &Layer) -> Vec<&Json> {
    const PLAIN: [&str; 4] = ["text-font", "text-offset", "line-dasharray", "icon-offset"];
    let written = [&layer.paint, &layer.layout].into_iter().filter_map(Json::as_object).flatten();
    let read = written.filter(|(name, _)| !PLAIN.contains(&name.as_str())).map(|(_, value)| value);
    read.chain(layer.filter.as_ref()).collect()
}

#[test]
fn every_expression_of_every_style_is_understood() {
    let mut read = 0;
    for id in style_ids() {
        for layer in &Style::named(&id).unwrap().layers {
            for expression in expressions(layer) {
                for zoom in [7.0, 9.0, 10.5, 14.0] {
                    for properties in [Properties::new(), area()] {
                        let scope = ExpressionContext {
                            zoom,
                            geometry: Geometry::Point,
                            properties: &properties,
                            is_selected: false,
                        };
                        let outcome = evaluate(expression, &scope);
                        let understood = matches!(outcome, Ok(_) | Err(ExpressionError::Mismatch { .. }));
                        assert!(understood, "{id}, {}: {outcome:?}", layer.id);
                        read += 1;
                    }
                }
            }
        }
    }
    assert!(read > 500, "only {read} were read");
}
