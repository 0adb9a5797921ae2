//! The command line: one file per verb. A verb joins the parts of the house and
//! prints what they report; it holds no rule of its own.
//!
//! Exit codes: 0 when all went well and all was taken, 1 when rows were rejected or
//! a check found something, 2 when the input cannot be used or the output not written.

mod audit;
mod backup;
mod check;
mod data_folder;
mod exit;
mod export;
mod geodata;
mod healthcheck;
mod import;
mod language;
mod openapi;
mod output;
mod publish;
mod rate;
mod release;
mod reload;
mod restore;
pub mod sample;
mod serve;
mod stock_report;
mod token;
mod vietnamese_errors;
mod vietnamese_help;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Command, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::config::{arguments, check_environment, message_locale};
use crate::domain::text::Language;
pub use data_folder::{DataFolder, LoadedRules};
use exit::UNUSABLE;
use language::LanguageOption;
use output::{complain, remark};
pub use rate::rated_text;

/// The version, with the commit where the program was built from a checkout.
const VERSION: &str = env!("BINHYEN_VERSION");

/// Bình Yên: a safety map of Quảng Nam.
#[derive(Debug, Parser)]
#[command(name = "binhyen", version = VERSION, about, max_term_width = 110)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
    /// The language of help and reports; without it that of the environment (`LC_ALL`, `LC_MESSAGES`, `LANG`), Vietnamese where it begins with
    /// vi.
    #[arg(long, global = true, value_enum, ignore_case = true)]
    lang: Option<LanguageOption>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Serve the map, tiles and answers over HTTP.
    Serve(serve::ServeArgs),
    /// Take boundaries, incidents, models, certifications or populations into the store.
    Import(import::ImportArgs),
    /// Official boundary files on the web: list them, download them.
    Geodata(geodata::GeodataArgs),
    /// Check a file without importing it, or the store of a data folder.
    Check(check::CheckArgs),
    /// Write the store of a data folder into one verified file, also while it is served and written.
    Backup(backup::BackupArgs),
    /// Put a backup into a data folder that nobody uses.
    Restore(restore::RestoreArgs),
    /// What the public may see: list, make and show releases.
    Release(release::ReleaseArgs),
    /// Let a running server read its tokens, its log filter and its rules anew.
    Reload(reload::ReloadArgs),
    /// Make files to hand on: sheets of areas, tiles, tables, drawn maps.
    Export(export::ExportArgs),
    /// Write a static site of what is released, for any bucket or plain web server.
    Publish(publish::PublishArgs),
    /// Rate the areas of any file: limits, smoothing, spatial statistics, funnel, classes.
    Rate(rate::RateArgs),
    /// Who saw and changed what: verify the audit log, write it out.
    Audit(audit::AuditArgs),
    /// Print a fresh token and its entry for the configuration.
    Token(token::TokenArgs),
    /// Print the OpenAPI document of the API.
    Openapi(openapi::OpenApiArgs),
    /// Ask a running server whether it is well; for container health checks.
    Healthcheck(healthcheck::HealthcheckArgs),
}

/// The program with its help in a language.
fn command(language: Language) -> Command {
    match language {
        Language::English => Cli::command(),
        Language::Vietnamese => vietnamese_help::in_vietnamese(Cli::command()),
    }
}

/// What the arguments say; or what clap says of them, which is also how help is given.
fn parsed(arguments: Vec<OsString>, language: Language) -> Result<Cli, clap::Error> {
    let mut command = command(language);
    let mut matches = command.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

/// Runs the verb that the arguments name.
pub fn run() -> ExitCode {
    let (arguments, locale) = (arguments(), message_locale());
    let language = language::requested(&arguments, locale.as_deref());
    language::speak(language);
    let Cli { verb, lang } = match parsed(arguments, language) {
        Ok(cli) => cli,
        Err(message) => return output::clap_message(&message),
    };
    if let Err(error) = check_environment() {
        complain(&error);
        return ExitCode::from(UNUSABLE);
    }
    let ending = match verb {
        Verb::Serve(args) => serve::run(&args),
        Verb::Import(args) => import::run(&args),
        Verb::Geodata(args) => geodata::run(&args),
        Verb::Check(args) => check::run(&args),
        Verb::Backup(args) => backup::run(&args),
        Verb::Restore(args) => restore::run(&args),
        Verb::Release(args) => release::run(&args),
        Verb::Reload(args) => reload::run(&args),
        Verb::Export(args) => export::run(&args, lang),
        Verb::Publish(args) => publish::run(&args),
        Verb::Rate(args) => rate::run(&args),
        Verb::Audit(args) => audit::run(&args),
        Verb::Token(args) => token::run(&args),
        Verb::Openapi(args) => openapi::run(&args),
        Verb::Healthcheck(args) => healthcheck::run(&args),
    };
    let code = ending.unwrap_or_else(|error| {
        complain(error.as_ref());
        ExitCode::from(UNUSABLE)
    });
    if output::was_taken() {
        return code;
    }
    remark("error: the output could not be written; what was done is done");
    ExitCode::from(UNUSABLE)
}
