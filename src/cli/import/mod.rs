//! `binhyen import`: the options of each kind of file, and what they lead to.

pub(super) mod boundaries;
pub(super) mod covers;
pub(super) mod models;
pub(super) mod rows;
pub(super) mod rows_args;
pub(super) mod units;

use clap::{Args, Subcommand, ValueEnum};

use super::exit::CommandResult;
use crate::ingest::NaiveZone;
use boundaries::BoundariesArgs;
use covers::CoversArgs;
use rows_args::RowsArgs;

/// The arguments of `import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    #[command(subcommand)]
    what: ImportCommand,
}

#[derive(Debug, Subcommand)]
enum ImportCommand {
    /// Boundaries of one level of one edition, whole or not at all (GeoJSON; CSV for districts without outline).
    Boundaries(BoundariesArgs),
    /// Incidents by id: id, time, lon, lat (or `area_code`, edition), category, severity, status, channel, precision.
    #[command(after_help = INCIDENTS_HELP)]
    Incidents(IncidentsArgs),
    /// Community models by id: id, kind, lon, lat, `area_code`, edition, origin, `parent_id`, `started_on`, `ended_on`,
    /// `reviewed_on`, review, `residential_area`. A parent must be there and have started by then.
    #[command(after_help = "Example:\n  binhyen import models mo-hinh.csv --map kind=loai --rejects rejects.csv")]
    Models(RowsArgs),
    /// What happened to models: id, event (built, replicated, kept, reviewed, adjusted, retired), on, result of a
    /// review (good, fair, weak, unclassified), decision. Each must fit the model it names.
    #[command(after_help = "Example:\n  binhyen import model-events ra-soat.csv --map on=ngay_ra_soat")]
    ModelEvents(RowsArgs),
    /// Certifications by unit and window: `unit_id`, `unit_kind`, `area_code`, edition, window, registered,
    /// recognised, `decided_on`.
    #[command(after_help = "Example:\n  binhyen import certifications cong-nhan.csv --edition 2025-07")]
    Certifications(RowsArgs),
    /// The register of residential areas: `unit_id`, `area_code`, edition, label, `established_on`, `dissolved_on`.
    #[command(
        after_help = "Example:\n  binhyen import residential-areas khu-dan-cu.xlsx --sheet \"2025\" --edition 2025-07"
    )]
    ResidentialAreas(RowsArgs),
    /// The register of institutions: `unit_id`, `unit_kind` (agency, business, school), form, `area_code`, edition,
    /// label, `established_on`, `dissolved_on`.
    #[command(after_help = INSTITUTIONS_HELP)]
    Institutions(RowsArgs),
    /// Official decisions by unit and window: `unit_id`, `unit_kind`, `area_code`, edition, window, recognised, number,
    /// `decided_on`, body.
    #[command(after_help = "Example:\n  binhyen import decisions quyet-dinh.xlsx --edition 2025-07")]
    Decisions(RowsArgs),
    /// What units declare: `unit_id`, `unit_kind`, `area_code`, edition, window, criterion (as 5.1.a), met (yes or no).
    #[command(
        after_help = "Example:\n  binhyen import declarations tieu-chi.xlsx --edition 2025-07 --rejects rejects.csv"
    )]
    Declarations(RowsArgs),
    /// The movement's grades by commune and window: `area_code`, edition, window, grade (Xuất sắc, Khá, Trung bình, Yếu).
    #[command(after_help = "Example:\n  binhyen import movement-grades phan-loai.xlsx --edition 2025-07")]
    MovementGrades(RowsArgs),
    /// Residents by area and year: `area_code`, edition, year, population.
    #[command(after_help = "Example:\n  binhyen import population dan-so.csv --edition 2025-07")]
    Population(RowsArgs),
    /// What else rates may be measured against, by commune and year: `area_code`, edition, year, measure, value.
    #[command(after_help = EXPOSURES_HELP)]
    Exposures(RowsArgs),
}

const EXPOSURES_HELP: &str = "\
Measures: visitors (mean number present per day), road_km (kilometres of public road). A rating scheme names what each of
its components is measured against; a component without its figure is not rated there.

Example:
  binhyen import exposures khach-va-duong.xlsx --edition 2025-07 --value \"measure:khách=visitors\"";

const INCIDENTS_HELP: &str = "\
Times carry an offset (2024-12-31T08:15:00+07:00) or stand in the zone of --time-zone; a bare date is its midnight.
A position of 0, 0 is none: the incident then counts in the commune of its area_code, without a point; one that names a district or a province alone is counted apart.
Categories and other codes are those of taxonomy.toml, by id or number.
Other column names that are understood: ts, timestamp, datetime, occurred_at, thoi_gian (time); longitude, lng,
kinh_do (lon); latitude, vi_do (lat); commune_code, ward_code, ma_xa (area_code).

Say which days the file covers: --covers 2022-12-15..2025-12-15 means that all incidents of these days are known, those
of 15 December 2025 not. Periods that reach beyond are cut to the days covered, so that missing months never look like
a fall. Declarations of several imports hold together; --covers-anew puts new ones in the place of the old. Without any,
the days from the first to the last incident count as covered; an import without --covers changes no declaration.

Examples:
  binhyen import incidents 2026-h1.csv --covers 2025-12-15..2026-06-15
  binhyen import incidents all.csv --covers 2022-12-15.. --covers-channel app=2024-03-01.. \\
    --edition 2025-01 --covers-district 503=2023-06-01..2025-12-15
  binhyen import incidents vu-viec.csv --map category=loai --ignore-column \"ghi chú\" --rejects rejects.csv
  binhyen import incidents incidents.csv --time-zone utc --value \"category:trộm=trom_cap\" --dry-run";

const INSTITUTIONS_HELP: &str = "\
Forms: micro, small, medium, large (of a business); kindergarten, primary, lower_secondary, upper_secondary, higher (of a
school). Which forms need not register is said by the circular in force. Label the place, never a person.

Example:
  binhyen import institutions don-vi.xlsx --edition 2025-07 --map unit_id=\"Mã\" --value \"unit_kind:trường=school\"";

#[derive(Debug, Args)]
struct IncidentsArgs {
    #[command(flatten)]
    rows: RowsArgs,
    /// The zone of times without an offset.
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    time_zone: ZoneOption,
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
        ImportCommand::Incidents(args) => rows::incidents(&args.rows, args.time_zone.into(), &args.covers),
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
