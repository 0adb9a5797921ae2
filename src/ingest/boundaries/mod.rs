//! Boundaries from a file of areas: one level of one edition, whole or not at all.
//!
//! In: features with code, name, parent and outline. Out: areas of the domain and a
//! report of everything that is odd about them. Faults of geometry are found and
//! mended by `geometry`; here they are given names, codes and lines of the file.

mod cleaning;
mod codes;
mod displacement;
mod dissolving;
mod edition_fit;
mod features;
mod messages;
mod nesting;
mod official;
mod official_points;
mod options;
mod shapes;

use super::error::IngestError;
use super::format::source::RowSource;
use super::rows::populations::{YEARS, residents};
use crate::domain::area::population::Population;
use crate::domain::area::{Area, AreaKey};
use features::{Feature, Features};
pub use messages::{BoundaryReport, CleanAccount, ImportMessage, NestingRow, PieceSum, Vertices, Weight};
pub use nesting::nesting_rows;
pub use options::{Attributes, BoundaryContext, BoundaryOptions, CleanWidth, CleanWidthError, OnFault};

/// Areas ready to be stored, if nothing stops them.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundaries {
    /// The areas, in the order of their codes.
    pub areas: Vec<Area>,
    /// Districts that the file names beside its communes.
    pub districts: Vec<Area>,
    /// Residents that came with the areas.
    pub populations: Vec<Population>,
    /// What was found.
    pub report: BoundaryReport,
}

/// Reads and checks a file of boundaries.
///
/// # Errors
/// When the file cannot be used at all: not readable, in metres, axes exchanged.
/// Faults of single areas are in the report; [`BoundaryReport::stops`] says whether they forbid the import.
pub fn boundaries(
    source: &RowSource,
    options: &BoundaryOptions,
    context: &BoundaryContext<'_>,
) -> Result<Boundaries, IngestError> {
    let mut read = features::features(source, options)?;
    let mut report = BoundaryReport::new(source.name(), options, &read);
    if let Some(attribute) = &options.dissolve_by {
        dissolving::dissolve(&mut read, attribute, &mut report);
    }
    let features = codes::coded(&mut read, options, context, &mut report);
    if !edition_fit::is_of_other_units(source, &features, options, context, &mut report)? {
        codes::check_register(&features, options, context, &mut report);
    }
    let shapes = shapes::checked(&features, options, &mut report);
    official::check_outlines(&features, &shapes, context, &mut report);
    let populations = populations(&features, &read, options, &mut report);
    let areas: Vec<Area> =
        features.iter().zip(shapes).map(|(feature, boundary)| area(feature, options, boundary)).collect();
    codes::check_counts(areas.len(), options, context, &mut report);
    let districts = codes::districts(&features, options, context, &mut report);
    report.areas = areas.len();
    if !report.stops() {
        report.nesting = nesting::with_loaded(&areas, &districts, options.level, context.loaded);
    }
    Ok(Boundaries { areas, districts, populations, report })
}

fn area(feature: &Feature, options: &BoundaryOptions, boundary: Option<geo::MultiPolygon<f64>>) -> Area {
    Area {
        key: AreaKey { edition: options.edition, code: feature.code.clone() },
        level: options.level,
        name: feature.name.clone(),
        parent: feature.parent.clone(),
        boundary,
    }
}

fn populations(
    features: &[Feature],
    read: &Features,
    options: &BoundaryOptions,
    report: &mut BoundaryReport,
) -> Vec<Population> {
    let Some(attribute) = &read.population_attribute else { return Vec::new() };
    let named = attribute.split(|letter: char| !letter.is_ascii_digit()).filter_map(|part| part.parse().ok());
    let named = named.into_iter().find(|year| YEARS.contains(year));
    let year = options.population_year.or(named).unwrap_or(options.edition.first_day().year());
    report.population_year = Some(year);
    let mut populations = Vec::new();
    for feature in features {
        match feature.population.as_deref().map(residents) {
            Some(Ok(residents)) => {
                let area = AreaKey { edition: options.edition, code: feature.code.clone() };
                populations.push(Population { area, year, residents });
            }
            Some(Err(why)) => report.add(ImportMessage::of_feature(Weight::Error, "population", feature, &why)),
            None => {
                report.add(ImportMessage::of_feature(Weight::Warning, "population", feature, "no population is given"));
            }
        }
    }
    populations
}
