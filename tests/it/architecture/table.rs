//! The table of ARCHITECTURE.md: who may import whom, where outside crates may stand, how long and how full things may be.
//!
//! Rooms that do not exist yet have their row already. `tests/tools/structure.py` reads `LAYERS` too.

/// Each layer with the layers it may name. A layer may always name itself.
pub(super) const LAYERS: &[(&str, &[&str])] = &[
    ("lib", &[]),
    ("main", &["cli"]),
    ("cli", &["http", "export", "service", "ingest", "store", "config", "attributes", "texts", "domain"]),
    ("http", &["export", "service", "config", "attributes", "texts", "domain"]),
    ("export", &["service", "tile", "attributes", "texts", "domain"]),
    ("service", &["tile", "features", "assessment", "snapshot", "ingest", "store", "attributes", "texts", "domain"]),
    ("tile", &["assessment", "snapshot", "geometry", "attributes", "texts", "domain"]),
    ("features", &["assessment", "snapshot", "geometry", "attributes", "texts", "domain"]),
    ("assessment", &["snapshot", "statistics", "geometry", "texts", "domain"]),
    ("snapshot", &["geometry", "domain"]),
    ("ingest", &["geometry", "domain"]),
    ("store", &["domain"]),
    ("attributes", &["domain"]),
    ("texts", &["domain"]),
    ("domain", &[]),
    ("geometry", &[]),
    ("statistics", &[]),
    ("config", &[]),
];

/// Outside crates (or their modules) and the rooms that alone may name them.
pub(super) const ONLY_IN: &[(&str, &[&str])] = &[
    ("sqlx", &["store", "ingest/format/geopackage", "export/archive/mbtiles"]),
    ("axum", &["http"]),
    ("tower", &["http"]),
    ("tower_http", &["http"]),
    ("hyper", &["http"]),
    ("hyper_util", &["http"]),
    ("http_body_util", &["http"]),
    ("fluent_bundle", &["texts"]),
    ("mvt", &["tile"]),
    ("rust_xlsxwriter", &["export"]),
    ("std::env", &["config"]),
];

/// The ground computes and never waits.
pub(super) const WITHOUT_TOKIO: &[&str] = &["domain", "geometry", "statistics", "attributes", "texts"];

/// Where somebody may ask what time it is; everybody else is told.
pub(super) const CLOCK_IN: &[&str] = &["cli", "http", "service/live"];

/// What has a `now` that reads the clock.
pub(super) const CLOCKS: &[&str] = &["SystemTime", "Instant", "Timestamp", "Zoned", "Utc", "Local"];

/// Where `[f64; 2]` may be seen from outside: the positions of GeoJSON are arrays by its standard, and that file writes them.
pub(super) const BARE_COORDINATES_IN: &[&str] = &["service/answers/geometry"];

/// Where it is decided, member by member, what the public sees.
pub(super) const DISCLOSES: &[&str] = &["service/answers", "assessment/disclosure"];

/// Where answers may be written without a type.
pub(super) const JSON_IN: &[&str] = &["service/answers"];

/// Where Vietnamese may stand in code, each with its reason. Whatever else is said stands in the catalogue.
pub(super) const VIETNAMESE_IN: &[(&str, &str)] = &[
    ("texts", "the catalogue, the name of the product, days as they are written"),
    ("attributes", "an attribute's label stands in its row"),
    ("cli/import", "help names columns and words of Vietnamese files"),
    ("domain/area/edition", "the name of the province where an edition gives none"),
    ("domain/standard/certification", "words that are read"),
    ("domain/standard/movement", "the movement's grades as records name them"),
    ("http/page/page_files", "what is shown where the page was not built in"),
    ("ingest/checks/first_pass", "a word that is read"),
    ("ingest/checks/numbers", "letters of directions that are read"),
    ("ingest/checks/times", "words that are read"),
    ("ingest/error", "quotes a word that is read"),
    ("ingest/text", "letters of lost encodings, and syllables by which they are known"),
];

pub(super) const MAX_FILE_LINES: usize = 500;
pub(super) const MAX_FUNCTION_LINES: usize = 60;
/// Rust files lying in one folder; its own `mod.rs` is not counted.
pub(super) const MAX_FOLDER_FILES: usize = 15;
