//! Whether a file holds the units of the edition that it is imported as.
//!
//! Codes are used again under other names, so a file of another edition can pass most checks. In: codes and names, the
//! registers of all editions. Out: one error that names the edition, or the `--where`, that would fit. A file that fits
//! no register is not judged here: codes that the register lacks are told one by one, or at once where it has none.

use std::collections::{BTreeMap, BTreeSet};

use super::features::{Feature, filtered_values};
use super::messages::{BoundaryReport, ImportMessage, Weight, label};
use super::options::{BoundaryContext, BoundaryOptions};
use crate::domain::area::register::{Register, RegisteredArea};
use crate::domain::area::{AreaCode, Level};
use crate::ingest::error::IngestError;
use crate::ingest::format::source::RowSource;

/// A register fits when at most one in so many areas is not in it under its code and name.
const FITS_ONE_IN: usize = 50;
/// And when the edition that was named has so many times as many that are not.
const FITS_BETTER: usize = 4;
/// Values of an attribute that a proposed `--where` may name.
const MAX_FILTER_VALUES: usize = 3;

/// Reports a file of another edition, or with units beside those of the edition; false when there is nothing to report.
pub(super) fn is_of_other_units(
    source: &RowSource,
    features: &[Feature],
    options: &BoundaryOptions,
    context: &BoundaryContext<'_>,
    report: &mut BoundaryReport,
) -> Result<bool, IngestError> {
    let Some(register) = context.register.filter(|_| options.level != Level::Province && !features.is_empty()) else {
        return Ok(false);
    };
    let strangers = strangers(register, options.level, features);
    if strangers.is_empty() {
        return Ok(false);
    }
    if let Some(other) = better_register(context, options, features, strangers.len()) {
        let own = other.of_province(&context.entry.province_code);
        let filter = filter_for(source, features, options, &own)?.map(|filter| format!(" {filter}"));
        let text = format!(
            "{} of the {} areas are not in edition {} under their code and name, and those of edition {} are: \
             give --edition {}{}",
            strangers.len(),
            features.len(),
            options.edition,
            other.edition,
            other.edition,
            filter.unwrap_or_default(),
        );
        report.add(listed(text, "wrong_edition", &strangers));
        return Ok(true);
    }
    let known = codes(register, options.level);
    let unknown: Vec<&Feature> = features.iter().filter(|feature| !known.contains_key(&feature.code)).collect();
    if unknown.is_empty() {
        return Ok(false);
    }
    let Some(filter) = filter_for(source, features, options, register)? else { return Ok(false) };
    let text = format!(
        "{} of the {} areas are not in the official register of edition {}: {filter} takes those that are",
        unknown.len(),
        features.len(),
        options.edition,
    );
    report.add(listed(text, "other_units", &unknown));
    Ok(true)
}

fn listed(text: String, kind: &'static str, features: &[&Feature]) -> ImportMessage {
    let areas = features.iter().map(|feature| label(feature)).collect();
    ImportMessage { areas, ..ImportMessage::new(Weight::Error, kind, text) }
}

fn codes(register: &Register, level: Level) -> BTreeMap<&AreaCode, &RegisteredArea> {
    register.of_level(level).map(|unit| (&unit.code, unit)).collect()
}

/// The features that a register does not have under their code and name.
fn strangers<'a>(register: &Register, level: Level, features: &'a [Feature]) -> Vec<&'a Feature> {
    let known = codes(register, level);
    if known.is_empty() {
        return Vec::new();
    }
    let is_stranger = |feature: &&Feature| known.get(&feature.code).is_none_or(|unit| !unit.is_called(&feature.name));
    features.iter().filter(is_stranger).collect()
}

/// The register of another edition that fits, where the named one does not.
fn better_register<'a>(
    context: &BoundaryContext<'a>,
    options: &BoundaryOptions,
    features: &[Feature],
    strangers_here: usize,
) -> Option<&'a Register> {
    let others = context.registers.iter().filter(|register| register.edition != options.edition);
    let counted = others.filter(|register| register.of_level(options.level).next().is_some()).map(|register| {
        let count = strangers(register, options.level, features).len();
        (count, register)
    });
    let fits = |count: usize| count * FITS_ONE_IN <= features.len() && count * FITS_BETTER < strangers_here;
    // Of registers that fit as well the later one comes first to mind.
    let best = counted
        .filter(|(count, _)| fits(*count))
        .min_by_key(|(count, other)| (*count, std::cmp::Reverse(other.edition)));
    best.map(|(_, register)| register)
}

/// The `--where` that leaves exactly the features of a register; none when all are in it, or no attribute tells.
fn filter_for(
    source: &RowSource,
    features: &[Feature],
    options: &BoundaryOptions,
    register: &Register,
) -> Result<Option<String>, IngestError> {
    let known: BTreeSet<&AreaCode> = codes(register, options.level).into_keys().collect();
    let inside = features.iter().filter(|feature| known.contains(&feature.code)).count();
    if inside == features.len() || inside == 0 {
        return Ok(None);
    }
    let is_known = |code: &str| code.parse::<AreaCode>().is_ok_and(|code| known.contains(&code));
    let columns = filtered_values(source, options, is_known)?;
    let tells = columns.into_iter().filter(|column| {
        !column.of_known.is_empty()
            && column.of_known.len() <= MAX_FILTER_VALUES
            // A value that each feature has for itself, such as its code, says nothing of the others.
            && 2 * column.of_known.len() <= inside
            && !column.of_known.contains("")
            && column.of_known.is_disjoint(&column.of_others)
    });
    let best = tells.min_by_key(|column| column.of_known.len());
    Ok(best.map(|column| {
        let one = |value: &String| format!("--where \"{}={value}\"", column.name);
        column.of_known.iter().map(one).collect::<Vec<_>>().join(" ")
    }))
}
