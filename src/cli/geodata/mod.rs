//! `binhyen geodata`: official boundary files on the web.

pub(super) mod download;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

use super::exit::CommandResult;
use super::output::{self, OutputFormat};
use crate::config::SOURCES;
use crate::domain::area::edition::EditionId;
use download::{Download, DownloadedFile, download};

/// The arguments of `geodata`.
#[derive(Debug, Args)]
pub(super) struct GeodataArgs {
    #[command(subcommand)]
    what: GeodataCommand,
}

#[derive(Debug, Subcommand)]
enum GeodataCommand {
    /// List the files of the catalogue with licence and address.
    #[command(after_help = "Example:\n  binhyen geodata list --format json")]
    List(ListArgs),
    /// Download a file; takes up an interrupted download where it ended and checks the SHA-256.
    #[command(after_help = "Example:\n  binhyen geodata fetch --id geoboundaries-district --to downloads")]
    Fetch(FetchArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    /// A catalogue of your own instead of the one built in.
    #[arg(long, value_name = "FILE")]
    sources: Option<PathBuf>,
    /// The form of the list.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

#[derive(Debug, Args)]
struct FetchArgs {
    /// The file to fetch; all of them when not given.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The folder to put files into.
    #[arg(long, value_name = "DIR", default_value = "geodata-downloads")]
    to: PathBuf,
    /// A catalogue of your own instead of the one built in.
    #[arg(long, value_name = "FILE")]
    sources: Option<PathBuf>,
    /// Keep files for which the catalogue has no SHA-256.
    #[arg(long)]
    accept_unverified: bool,
    /// How long to wait for the server, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    source: Vec<Entry>,
}

/// One file of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    edition: EditionId,
    level: String,
    title_vi: String,
    title_en: String,
    url: String,
    sha256: Option<String>,
    bytes: Option<u64>,
    format: Option<String>,
    crs: Option<String>,
    licence: String,
    licence_url: Option<String>,
    #[serde(default)]
    fields: std::collections::BTreeMap<String, String>,
    #[serde(rename = "where")]
    filter: Option<String>,
}

/// Runs `geodata`.
pub(super) fn run(args: &GeodataArgs) -> CommandResult {
    match &args.what {
        GeodataCommand::List(args) => list(args),
        GeodataCommand::Fetch(args) => fetch(args),
    }
}

fn catalogue(path: Option<&Path>) -> Result<Vec<Entry>, Box<dyn std::error::Error>> {
    let Some(path) = path else { return Ok(toml::from_str::<Catalogue>(SOURCES)?.source) };
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(toml::from_str::<Catalogue>(&text).map_err(|error| format!("{}: {error}", path.display()))?.source)
}

fn list(args: &ListArgs) -> CommandResult {
    let entries = catalogue(args.sources.as_deref())?;
    if args.format == OutputFormat::Json {
        output::json(&entries)?;
        return Ok(ExitCode::SUCCESS);
    }
    for entry in entries {
        let sum = if entry.sha256.is_some() { "SHA-256 known" } else { "no SHA-256: needs --accept-unverified" };
        output::line(&format!("{}  (edition {}, {})", entry.id, entry.edition, entry.level));
        output::line(&format!("  {} / {}", entry.title_vi, entry.title_en));
        output::line(&format!("  {}", entry.url));
        output::line(&format!("  licence: {}; {sum}", entry.licence));
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct Fetched {
    id: String,
    file: PathBuf,
    bytes: u64,
    sha256: String,
    verified: bool,
}

fn fetch(args: &FetchArgs) -> CommandResult {
    let entries = catalogue(args.sources.as_deref())?;
    let known: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    let wanted: Vec<Entry> =
        entries.into_iter().filter(|entry| args.id.as_ref().is_none_or(|id| *id == entry.id)).collect();
    if wanted.is_empty() {
        let given = args.id.as_deref().unwrap_or_default();
        return Err(format!("the catalogue has no {given:?}; it has {}", known.join(", ")).into());
    }
    let mut fetched = Vec::new();
    for entry in wanted {
        fetched.push(fetch_one(args, &entry)?);
    }
    if args.format == OutputFormat::Json {
        output::json(&fetched)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn fetch_one(args: &FetchArgs, entry: &Entry) -> Result<Fetched, Box<dyn std::error::Error>> {
    let extension = entry.format.as_deref().unwrap_or("geojson");
    let file = args.to.join(format!("{}.{extension}", entry.id));
    let downloaded = download(&Download {
        url: &entry.url,
        file: &file,
        sha256: entry.sha256.as_deref(),
        bytes: entry.bytes,
        accept_unverified: args.accept_unverified,
        timeout_s: args.timeout,
    })?;
    let DownloadedFile { bytes, sha256, verified } = downloaded;
    if args.format == OutputFormat::Text {
        let judged = if verified { "as in the catalogue" } else { "UNVERIFIED: the catalogue has no sum" };
        output::line(&format!("{}: {bytes} bytes, SHA-256 {sha256} ({judged})", file.display()));
        output::line(&format!("  licence: {}", entry.licence));
    }
    Ok(Fetched { id: entry.id.clone(), file, bytes, sha256, verified })
}
