//! Features united into areas: those with the same value of one attribute become one.
//!
//! In: the features of a file, each with its value. Out: one feature per value, in the order in which the values first
//! come. Borders between members vanish, all others stay on the same vertices, so that areas still meet. Attributes that
//! differ are reported: a code stops the import, of names and parents the first is taken, residents are added up.

use std::collections::HashMap;

use geo::MultiPolygon;

use super::features::{Features, RawFeature};
use super::messages::{BoundaryReport, ImportMessage, Weight};
use crate::geometry::coverage::Coverage;
use crate::geometry::validity::tangles;
use crate::ingest::rows::populations::residents;

/// Values that a message lists.
const LISTED: usize = 4;

/// A text of a feature.
type TextOf = fn(&RawFeature) -> Option<&str>;

/// Unites the accepted features by their values.
pub(super) fn dissolve(read: &mut Features, attribute: &str, report: &mut BoundaryReport) {
    let features = std::mem::take(&mut read.accepted);
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (place, feature) in features.iter().enumerate() {
        match &feature.dissolve_value {
            Some(value) => {
                let group = *places.entry(value.clone()).or_insert(groups.len());
                if group == groups.len() {
                    groups.push(Vec::new());
                }
                groups[group].push(place);
            }
            // Without a value a feature is an area of its own, and is refused below.
            None => groups.push(vec![place]),
        }
    }
    let shapes = united_shapes(&features, &groups);
    let mut features: Vec<Option<RawFeature>> = features.into_iter().map(Some).collect();
    for (members, shape) in groups.iter().zip(shapes) {
        let members: Vec<RawFeature> = members.iter().filter_map(|place| features[*place].take()).collect();
        read.accepted.extend(united(members, shape, attribute, report));
    }
}

/// The shape of each group of two or more; none where the members stay as they are.
fn united_shapes(features: &[RawFeature], groups: &[Vec<usize>]) -> Vec<Option<MultiPolygon<f64>>> {
    let none = MultiPolygon(Vec::new());
    let given: Vec<MultiPolygon<f64>> =
        features.iter().map(|feature| feature.shape.clone().unwrap_or(none.clone())).collect();
    if groups.iter().all(|members| members.len() < 2) || !tangles(&given).is_empty() {
        return vec![None; groups.len()];
    }
    let mut group_of = vec![None; features.len()];
    for (group, members) in groups.iter().enumerate() {
        for place in members {
            group_of[*place] = Some(group);
        }
    }
    let dissolved = Coverage::build(&given).dissolve(&group_of, groups.len());
    // Areas that were not united are taken from the coverage too: their borders run on the same vertices.
    (0..groups.len()).map(|group| Some(dissolved.multi_polygon(group))).collect()
}

/// One feature of the members of a group.
fn united(
    mut members: Vec<RawFeature>,
    shape: Option<MultiPolygon<f64>>,
    attribute: &str,
    report: &mut BoundaryReport,
) -> Option<RawFeature> {
    let rest = members.split_off(1.min(members.len()));
    let mut first = members.pop()?;
    if first.dissolve_value.is_none() && first.fault.is_none() {
        first.fault = Some(format!("it has no value of {attribute:?}, by which features are united"));
    }
    if first.shape.is_some() || rest.iter().any(|member| member.shape.is_some()) {
        first.shape = match shape {
            Some(shape) => Some(shape),
            None => Some(joined(&first, &rest)),
        };
    }
    let told = |weight, kind, text: String| ImportMessage::new(weight, kind, text);
    let value = first.dissolve_value.clone().unwrap_or_default();
    if let Some(values) = differing(&first, &rest, |feature| feature.code.as_deref()) {
        let text = format!("features with {attribute} {value:?} have several codes ({values}), and an area has one");
        report.add(told(Weight::Error, "dissolved_code", text));
    }
    let names: [(&str, TextOf); 3] = [
        ("names", |feature| feature.name.as_deref()),
        ("districts", |feature| feature.parent.as_deref()),
        ("names of districts", |feature| feature.parent_name.as_deref()),
    ];
    for (what, text_of) in names {
        if let Some(values) = differing(&first, &rest, text_of) {
            let text =
                format!("features with {attribute} {value:?} have several {what} ({values}): the first is taken");
            report.add(told(Weight::Warning, "dissolved_attribute", text));
        }
    }
    first.population = united_population(&first, &rest).map(|(sum, is_sum)| {
        if is_sum {
            let text =
                format!("features with {attribute} {value:?} have different numbers of residents: added up to {sum}");
            report.add(told(Weight::Warning, "dissolved_population", text));
        }
        sum
    });
    for member in rest {
        first.fault = first.fault.or(member.fault.map(|fault| format!("{}: {fault}", member.position)));
        first.ring_findings.extend(member.ring_findings);
        first.dropped_members += member.dropped_members;
    }
    Some(first)
}

/// The polygons of all members side by side, where they cannot be united; the checks say why.
fn joined(first: &RawFeature, rest: &[RawFeature]) -> MultiPolygon<f64> {
    std::iter::once(first).chain(rest).filter_map(|feature| feature.shape.clone()).flatten().collect()
}

/// The different texts of members, where there are several.
fn differing(first: &RawFeature, rest: &[RawFeature], text_of: fn(&RawFeature) -> Option<&str>) -> Option<String> {
    let mut texts: Vec<&str> = Vec::new();
    for text in std::iter::once(first).chain(rest).filter_map(text_of) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let more = if texts.len() > LISTED { ", …" } else { "" };
    (texts.len() > 1).then(|| texts.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ") + more)
}

/// The residents of members: the number that all have, as parts of one area repeat it, or else their sum, and whether
/// it is one. A text that is no number stays, and is reported where residents are read.
fn united_population(first: &RawFeature, rest: &[RawFeature]) -> Option<(String, bool)> {
    let texts: Vec<&str> =
        std::iter::once(first).chain(rest).filter_map(|feature| feature.population.as_deref()).collect();
    let one = *texts.first()?;
    if texts.iter().all(|text| *text == one) {
        return Some((one.to_owned(), false));
    }
    let numbers: Result<Vec<u64>, &str> =
        texts.iter().map(|text| residents(text).map(u64::from).map_err(|_| *text)).collect();
    Some(match numbers {
        Ok(numbers) => (numbers.iter().sum::<u64>().to_string(), true),
        Err(wrong) => (wrong.to_owned(), false),
    })
}

#[cfg(test)]
mod tests {
    use geo::{Area as _, polygon};

    use super::*;
    use crate::domain::area::Level;
    use crate::ingest::boundaries::{BoundaryOptions, OnFault};

    fn feature(value: &str, name: &str, west: f64) -> RawFeature {
        let square =
            polygon![(x: west, y: 15.0), (x: west + 1.0, y: 15.0), (x: west + 1.0, y: 16.0), (x: west, y: 16.0)];
        RawFeature {
            position: format!("line {west}"),
            code: Some(value.to_owned()),
            name: Some(name.to_owned()),
            shape: Some(MultiPolygon(vec![square])),
            dissolve_value: Some(value.to_owned()),
            ..RawFeature::default()
        }
    }

    fn dissolved(accepted: Vec<RawFeature>) -> (Vec<RawFeature>, Vec<String>) {
        let mut read = Features { read: accepted.len(), accepted, ..Features::default() };
        let options = BoundaryOptions {
            edition: "2025-07".parse().unwrap(),
            level: Level::Commune,
            attributes: crate::ingest::boundaries::Attributes::default(),
            population_year: None,
            filters: Vec::new(),
            dissolve_by: Some("code".to_owned()),
            on_fault: OnFault::Stop,
            clean: None,
        };
        let mut report = BoundaryReport::new("f", &options, &read);
        dissolve(&mut read, "code", &mut report);
        (read.accepted, report.remarks.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn neighbours_of_one_value_become_one_polygon() {
        let (areas, remarks) =
            dissolved(vec![feature("1", "a", 107.0), feature("2", "b", 109.0), feature("1", "a", 108.0)]);
        let shapes: Vec<(usize, f64)> = areas
            .iter()
            .map(|area| area.shape.as_ref().map(|shape| (shape.0.len(), shape.unsigned_area())).unwrap())
            .collect();
        assert_eq!(shapes.iter().map(|shape| shape.0).collect::<Vec<_>>(), [1, 1]);
        assert!((shapes[0].1 - 2.0).abs() < 1e-9 && (shapes[1].1 - 1.0).abs() < 1e-9);
        assert!(remarks.is_empty(), "{remarks:?}");
    }

    #[test]
    fn differing_attributes_are_told() {
        let (mut one, mut other) = (feature("1", "a", 107.0), feature("1", "b", 108.0));
        other.code = Some("2".to_owned());
        (one.population, other.population) = (Some("100".to_owned()), Some("20".to_owned()));
        let (areas, remarks) = dissolved(vec![one, other]);
        assert_eq!((areas[0].name.as_deref(), areas[0].population.as_deref()), (Some("a"), Some("120")));
        assert!(remarks[0].starts_with("error: features with code \"1\" have several codes (1, 2)"), "{remarks:?}");
        assert!(remarks.iter().any(|remark| remark.contains("several names (a, b): the first is taken")));
        assert!(remarks.iter().any(|remark| remark.contains("added up to 120")));
    }

    #[test]
    fn feature_without_a_value_is_refused() {
        let mut without = feature("1", "a", 107.0);
        without.dissolve_value = None;
        let (areas, _) = dissolved(vec![without]);
        assert!(areas[0].fault.as_deref().unwrap().contains("no value of \"code\""));
        assert!(dissolved(Vec::new()).0.is_empty());
    }
}
