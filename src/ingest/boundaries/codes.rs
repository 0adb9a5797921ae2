//! Codes, names and parents: the checks that need no geometry.

use std::collections::{BTreeMap, BTreeSet};

use super::features::{Feature, Features, RawFeature};
use super::messages::{BoundaryReport, ImportMessage, Weight, label};
use super::options::{BoundaryContext, BoundaryOptions};
use crate::domain::area::register::{Register, RegisteredArea};
use crate::domain::area::{Area, AreaCode, AreaKey, Level};
use crate::ingest::text::names::checked_name;

/// The features whose code and name are in order, by code; the others are reported.
pub(super) fn coded(
    read: &mut Features,
    options: &BoundaryOptions,
    context: &BoundaryContext<'_>,
    report: &mut BoundaryReport,
) -> Vec<Feature> {
    if read.accepted.is_empty() {
        report.add(ImportMessage::new(Weight::Error, "empty", "no feature is left to import"));
    }
    let mut by_code: BTreeMap<AreaCode, Feature> = BTreeMap::new();
    for raw in std::mem::take(&mut read.accepted) {
        let position = raw.position.clone();
        match feature(raw) {
            Err(why) => report.add(ImportMessage::new(Weight::Error, "attributes", format!("{position}: {why}"))),
            Ok(feature) => match by_code.get(&feature.code) {
                Some(first) => report.add(duplicate(first, &feature)),
                None => _ = by_code.insert(feature.code.clone(), feature),
            },
        }
    }
    let features: Vec<Feature> = by_code.into_values().collect();
    if options.level == Level::Commune {
        check_parents(&features, read, options, context, report);
    }
    if options.level == Level::District {
        check_children(&features, context, report);
    }
    features
}

fn feature(raw: RawFeature) -> Result<Feature, String> {
    if let Some(fault) = raw.fault {
        return Err(fault);
    }
    let code = raw.code.ok_or("the code is missing")?;
    let code: AreaCode = code.parse().map_err(|error: crate::domain::area::AreaCodeError| error.to_string())?;
    let parent = raw.parent.map(|parent| parent.parse::<AreaCode>().map_err(|error| format!("parent: {error}")));
    Ok(Feature {
        name: name(&raw.name.ok_or_else(|| format!("area {code} has no name"))?, "name")?,
        position: raw.position,
        code,
        parent: parent.transpose()?,
        parent_name: raw.parent_name.map(|given| name(&given, "parent_name")).transpose()?,
        population: raw.population,
        shape: raw.shape,
        ring_findings: raw.ring_findings,
        dropped_members: raw.dropped_members,
    })
}

/// A name that can be shown as it is.
fn name(given: &str, field: &str) -> Result<String, String> {
    match checked_name(given) {
        Ok(name) => Ok(name.into_owned()),
        Err(fault) => Err(format!("{field} {given:?}: {fault}")),
    }
}

fn duplicate(first: &Feature, second: &Feature) -> ImportMessage {
    let text = format!("code {} is given on {} and again on {}", second.code, first.position, second.position);
    ImportMessage {
        areas: vec![label(first), label(second)],
        ..ImportMessage::new(Weight::Error, "duplicate_code", text)
    }
}

/// Holds codes, names and districts against the official register, where there is one. A file that shares no code with it
/// is of another territory, or of a drill, and is compared with nothing.
pub(super) fn check_register(
    features: &[Feature],
    options: &BoundaryOptions,
    context: &BoundaryContext<'_>,
    report: &mut BoundaryReport,
) {
    let Some(register) = context.register.filter(|register| register.of_level(options.level).next().is_some()) else {
        return;
    };
    let official: BTreeMap<&AreaCode, &RegisteredArea> =
        register.of_level(options.level).map(|unit| (&unit.code, unit)).collect();
    if !features.iter().any(|feature| official.contains_key(&feature.code)) {
        let text = format!(
            "none of the codes is in the official register of edition {}: nothing is compared with it",
            options.edition
        );
        report.add(ImportMessage::new(Weight::Warning, "unregistered", text));
        return;
    }
    for feature in features {
        match official.get(&feature.code) {
            None => {
                let text = "the code is not in the official register of the edition";
                report.add(ImportMessage::of_feature(Weight::Error, "unknown_code", feature, text));
            }
            Some(unit) => check_unit(feature, unit, register, report),
        }
    }
    let given: BTreeSet<&AreaCode> = features.iter().map(|feature| &feature.code).collect();
    let missing = official.values().filter(|unit| !given.contains(&unit.code));
    let missing: Vec<String> = missing.map(|unit| format!("{} {}", unit.code, unit.name)).collect();
    if !missing.is_empty() {
        let subject =
            if missing.len() == 1 { "area of the official register is" } else { "areas of the official register are" };
        let text = format!("{} {subject} missing", missing.len());
        report.add(ImportMessage { areas: missing, ..ImportMessage::new(Weight::Warning, "missing_area", text) });
    }
}

/// Holds one name and one district against the register.
fn check_unit(feature: &Feature, unit: &RegisteredArea, register: &Register, report: &mut BoundaryReport) {
    if !unit.is_called(&feature.name) {
        let text = format!("the official name is {:?}", unit.name);
        report.add(ImportMessage::of_feature(Weight::Warning, "name", feature, &text));
    }
    let Some((given, official)) = feature.parent.as_ref().zip(unit.parent.as_ref()) else { return };
    if given != official {
        let name = register.of_level(Level::District).find(|district| district.code == *official);
        let name = name.map(|district| format!(" {}", district.name)).unwrap_or_default();
        let text = format!("the file puts it in district {given}, the official register in {official}{name}");
        report.add(ImportMessage::of_feature(Weight::Warning, "wrong_parent", feature, &text));
    }
}

/// Every parent must be a district that is loaded, or that the file itself names.
fn check_parents(
    features: &[Feature],
    read: &Features,
    options: &BoundaryOptions,
    context: &BoundaryContext<'_>,
    report: &mut BoundaryReport,
) {
    if read.parent_attribute.is_none() {
        if context.entry.districts > 0 {
            let text = format!("edition {} has districts, but no attribute names them: give --parent", options.edition);
            report.add(ImportMessage::new(Weight::Warning, "parent", text));
        }
        return;
    }
    let loaded = loaded_codes(context, Level::District);
    let mut orphans: BTreeMap<&AreaCode, Vec<String>> = BTreeMap::new();
    for feature in features {
        match &feature.parent {
            None => report.add(ImportMessage::of_feature(Weight::Error, "parent", feature, "no district is named")),
            Some(_) if feature.parent_name.is_some() => {}
            Some(parent) if !loaded.contains(parent) => orphans.entry(parent).or_default().push(label(feature)),
            Some(_) => {}
        }
    }
    for (parent, areas) in orphans {
        let text = format!(
            "district {parent} of edition {} is not known: import the districts first, or give --parent-name",
            options.edition
        );
        report.add(ImportMessage { areas, ..ImportMessage::new(Weight::Error, "unknown_parent", text) });
    }
}

/// New districts must keep every district that loaded communes belong to.
fn check_children(features: &[Feature], context: &BoundaryContext<'_>, report: &mut BoundaryReport) {
    let given: BTreeSet<&AreaCode> = features.iter().map(|feature| &feature.code).collect();
    let mut orphans: BTreeMap<&AreaCode, Vec<String>> = BTreeMap::new();
    for area in context.loaded.iter().filter(|area| area.level == Level::Commune) {
        if let Some(parent) = area.parent.as_ref().filter(|parent| !given.contains(parent)) {
            orphans.entry(parent).or_default().push(format!("{} {}", area.key.code, area.name));
        }
    }
    for (parent, communes) in orphans {
        let subject = if communes.len() == 1 { "loaded commune belongs" } else { "loaded communes belong" };
        let text = format!("the file has no district {parent}, to which {} {subject}", communes.len());
        report.add(ImportMessage { areas: communes, ..ImportMessage::new(Weight::Error, "missing_parent", text) });
    }
}

fn loaded_codes<'a>(context: &BoundaryContext<'a>, level: Level) -> BTreeSet<&'a AreaCode> {
    context.loaded.iter().filter(|area| area.level == level).map(|area| &area.key.code).collect()
}

/// Compares the number of areas with the decree.
pub(super) fn check_counts(
    count: usize,
    options: &BoundaryOptions,
    context: &BoundaryContext<'_>,
    report: &mut BoundaryReport,
) {
    let published = match options.level {
        Level::Commune => context.entry.communes,
        Level::District => context.entry.districts,
        Level::Province => 1,
    };
    if published == 0 && options.level == Level::District && context.entry.communes > 0 {
        let text = format!("edition {} has no districts", options.edition);
        report.add(ImportMessage::new(Weight::Warning, "count", text));
    } else if published != 0 && published as usize != count {
        let text = format!("edition {} has {published} areas of this level, the file gives {count}", options.edition);
        report.add(ImportMessage::new(Weight::Warning, "count", text));
    }
}

/// The districts that the file names beside its communes.
pub(super) fn districts(
    features: &[Feature],
    options: &BoundaryOptions,
    context: &BoundaryContext<'_>,
    report: &mut BoundaryReport,
) -> Vec<Area> {
    let mut named: BTreeMap<&AreaCode, &str> = BTreeMap::new();
    for feature in features {
        let Some((code, name)) = feature.parent.as_ref().zip(feature.parent_name.as_deref()) else { continue };
        let first = named.entry(code).or_insert(name);
        if *first != name {
            let text = format!("district {code} is called {first:?} elsewhere, and {name:?} here");
            report.add(ImportMessage::of_feature(Weight::Error, "parent_name", feature, &text));
        }
    }
    let published = context.entry.districts as usize;
    if !named.is_empty() && published != 0 && published != named.len() {
        let text = format!("edition {} has {published} districts, the file names {}", options.edition, named.len());
        report.add(ImportMessage::new(Weight::Warning, "count", text));
    }
    let district = |(code, name): (&AreaCode, &str)| Area {
        key: AreaKey { edition: options.edition, code: code.clone() },
        level: Level::District,
        name: name.to_owned(),
        parent: None,
        boundary: None,
    };
    named.into_iter().map(district).collect()
}
