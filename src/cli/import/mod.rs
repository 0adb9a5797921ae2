//! `binhyen import`: the options of each kind of file, and what they lead to.

pub(super) mod boundaries;
pub(super) mod covers;
pub(super) mod help;
mod incident_report;
pub(super) mod models;
mod registers;
pub(super) mod rows;
pub(super) mod rows_args;
mod severity_arg;
pub(super) mod source_args;
mod summary;
pub(super) mod units;
pub(super) mod writing_args;

use clap::{Args, Subcommand, ValueEnum};

use super::exit::CommandResult;
use crate::ingest::NaiveZone;
use boundaries::BoundariesArgs;
use covers::CoversArgs;
use rows_args::RowsArgs;
use severity_arg::{SeverityWord, severity_from, severity_word};

/// The arguments of `import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    #[command(subcommand)]
    what: ImportCommand,
}

#[derive(Debug, Subcommand)]
enum ImportCommand {
    /// Boundaries of one level of one edition, whole or not at all (GeoJSON, Shapefile, GeoPackage and others).
    Boundaries(BoundariesArgs),
    /// Incidents by id.
    #[command(after_help = help::incidents())]
    Incidents(IncidentsArgs),
    /// Community models by id. A parent must be there and have started by then.
    #[command(after_help = help::models())]
    Models(RowsArgs),
    /// What happened to models.
    #[command(after_help = help::model_events())]
    ModelEvents(RowsArgs),
    /// Certifications by unit and window.
    #[command(after_help = help::certifications())]
    Certifications(RowsArgs),
    /// The register of residential areas.
    #[command(after_help = help::residential_areas())]
    ResidentialAreas(RowsArgs),
    /// The register of institutions: agencies, businesses, schools.
    #[command(after_help = help::institutions())]
    Institutions(RowsArgs),
    /// Official decisions by unit and window.
    #[command(after_help = help::decisions())]
    Decisions(RowsArgs),
    /// What units declare of criteria, by unit, window and criterion.
    #[command(after_help = help::declarations())]
    Declarations(RowsArgs),
    /// The movement's grades by commune and window.
    #[command(after_help = help::movement_grades())]
    MovementGrades(RowsArgs),
    /// Residents by area and year.
    #[command(after_help = help::population())]
    Population(RowsArgs),
    /// What else rates may be measured against, by commune and year.
    #[command(after_help = help::exposures())]
    Exposures(RowsArgs),
}

#[derive(Debug, Args)]
struct IncidentsArgs {
    #[command(flatten)]
    rows: RowsArgs,
    /// The zone of times without an offset.
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    time_zone: ZoneOption,
    /// The severity of incidents whose rows say none: that of the category in the taxonomy, or a default from 1 to 5. A
    /// file without the column needs it; the report counts them.
    #[arg(long, value_name = "category|default N", num_args = 1..=2, value_parser = severity_word)]
    severity_from: Vec<SeverityWord>,
    #[command(flatten)]
    covers: CoversArgs,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum ZoneOption {
    /// The local time of Viet Nam, UTC+7.
    #[default]
    Local,
    /// UTC.
    Utc,
}

impl From<ZoneOption> for NaiveZone {
    fn from(option: ZoneOption) -> Self {
        match option {
            ZoneOption::Local => Self::Local,
            ZoneOption::Utc => Self::Utc,
        }
    }
}

/// Runs `import`.
pub(super) fn run(args: &ImportArgs) -> CommandResult {
    match &args.what {
        ImportCommand::Boundaries(args) => boundaries::run(args),
        ImportCommand::Incidents(args) => {
            let severity_from = severity_from(&args.severity_from)?;
            rows::incidents(&args.rows, args.time_zone.into(), severity_from, &args.covers)
        }
        ImportCommand::Models(args) => models::models(args),
        ImportCommand::ModelEvents(args) => models::model_events(args),
        ImportCommand::Certifications(args) => rows::certifications(args),
        ImportCommand::ResidentialAreas(args) => units::residential_areas(args),
        ImportCommand::Institutions(args) => units::institutions(args),
        ImportCommand::Decisions(args) => units::decisions(args),
        ImportCommand::Declarations(args) => units::declarations(args),
        ImportCommand::MovementGrades(args) => units::movement_grades(args),
        ImportCommand::Population(args) => rows::population(args),
        ImportCommand::Exposures(args) => rows::exposures(args),
    }
}
