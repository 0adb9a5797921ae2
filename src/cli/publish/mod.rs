//! `binhyen publish`: a static site of what is released, for any bucket or plain web server.

mod answering;
mod folder;
mod publication;
mod static_files;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use clap::Args;

use super::exit::CommandResult;
use super::export::open_data::DataArgs;
use super::output::{self, Progress};
use crate::export::site::manifest::{MANIFEST, Manifest};
use answering::OwnAnswers;
use folder::SiteFolder;
use publication::Publication;

/// The arguments of `publish`.
#[derive(Debug, Args)]
#[command(
    after_help = "The site holds the page with the numbers of the public in released windows: index.html, embed.html and\n\
                  binhyen-map.js for other sites, tiles as PMTiles, tables as CSV, JSON and XLSX, styles with their letters and\n\
                  patterns, and manifest.json with the SHA-256 of every file. It needs a web server that answers Range\n\
                  requests, and no other program. What needs a server is not in it: comparisons of chosen areas, reports,\n\
                  signing in, drawn pictures.\n\n\
                  A second run writes the files that changed and removes those that are no longer needed; files that `publish`\n\
                  did not write are left alone.\n\n\
                  Examples:\n  \
                  binhyen publish --data /var/lib/binhyen /var/www/map\n  \
                  binhyen publish --data try-out --sample site && rclone sync site bucket:map"
)]
pub(super) struct PublishArgs {
    /// The folder of the site.
    #[arg(value_name = "DIR")]
    site: PathBuf,
    #[command(flatten)]
    source: DataArgs,
    /// The last zoom of the tiles, 0 to 16; maps draw deeper ones from it.
    #[arg(long, value_name = "NUMBER", default_value = "12")]
    max_zoom: String,
}

/// Runs `publish`.
pub(super) fn run(args: &PublishArgs) -> CommandResult {
    let answering = OwnAnswers::of(&args.source)?;
    let site = Publication::planned(&answering, &args.max_zoom)?;
    let folder = SiteFolder::open(&args.site)?;
    let mut manifest = Manifest::begun(&answering.scope, env!("BINHYEN_VERSION"));
    folder.begin(&manifest);
    let progress = Mutex::new(Progress::new("tiles and answers made", site.steps()?));
    site.write(&folder, &|count| progress.lock().unwrap_or_else(PoisonError::into_inner).add(count))?;
    progress.lock().unwrap_or_else(PoisonError::into_inner).finish();
    manifest.counts = site.counts();
    let (manifest, changes) = folder.finish(manifest)?;
    let megabytes = manifest.counts.bytes as f64 / 1e6;
    output::line(&format!(
        "{}: {} files, {megabytes:.1} MB: {} written, {} unchanged, {} removed; {MANIFEST} names them all",
        args.site.display(),
        manifest.counts.files,
        changes.written,
        changes.unchanged,
        changes.removed
    ));
    Ok(ExitCode::SUCCESS)
}
