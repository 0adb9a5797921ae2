//! What the program is set up with. Nobody else reads the environment.
//!
//! In: the text of a TOML file, variables named `BINHYEN_…`, flags. Out: a
//! [`Config`] in which every value was checked; a wrong one stops the start and
//! is named with what was expected. The files built into the program, and those
//! of a data folder that replace them, come as texts. What a role or a rule means
//! is not decided here.

mod access;
mod alert_webhook;
mod error;
mod file;
mod limits;
mod log_filter;
mod logging;
mod memory;
mod reports;
mod rule_files;
mod serving;
mod sources;
mod terminal;
mod toml_place;
mod values;
mod variables;

pub use access::{OidcSettings, PageToken, TokenEntry};
pub use alert_webhook::AlertWebhook;
pub use error::ConfigError;
pub use file::Basemap;
pub use limits::ServerLimits;
pub use logging::{LogFormat, Logging};
pub use reports::{HookKind, HookSettings, ReportSettings, Secret};
pub use rule_files::{
    NamedText, REGISTERS, RuleFileError, RuleFiles, SAMPLE, SOURCES, own_rule_files, replace_rule_files,
};
pub use serving::{
    Config, CorsOrigins, DEFAULT_DATA_FOLDER, DataChoice, Flags, check_environment, data_folder, is_coloured,
    log_filter,
};
pub use sources::Environment;
pub use terminal::{arguments, message_locale};
pub use toml_place::{TomlPlace, TomlTable};
