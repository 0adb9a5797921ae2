//! `binhyen publish`: a static site of what is released, for any bucket or plain web server.

mod answering;
mod folder;
mod static_files;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use clap::Args;

use super::exit::CommandResult;
use super::export::open_data::DataArgs;
use super::output::{self, Progress};
use crate::domain::text::Language;
use crate::export::archive::{ArchiveFormat, archive, gzip};
use crate::export::site::SiteError;
use crate::export::site::address::answer_place;
use crate::export::site::manifest::{MANIFEST, Manifest};
use crate::export::site::plan::{AnswerFile, ArchiveFile, TableFile, answer_files, archive_files, joined, table_files};
use crate::service::query::Query;
use crate::service::questions::tile_archive::{ArchiveQuestion, DEEPEST_ZOOM};
use answering::OwnAnswers;
use folder::SiteFolder;
use static_files::static_files;

/// The arguments of `publish`.
#[derive(Debug, Args)]
#[command(
    after_help = "The site holds the page with the numbers of the public in released windows: index.html, embed.html and\n\
                  binhyen-map.js for other sites, tiles as PMTiles, tables as CSV, JSON and XLSX, styles, and manifest.json with\n\
                  the SHA-256 of every file. It needs a web server that answers Range requests, and no other program. What needs\n\
                  a server is not in it: comparisons of chosen areas, reports, signing in, drawn pictures.\n\n\
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
    folder.begin(&manifest)?;
    let progress = Mutex::new(Progress::new("files made", site.files() as u64));
    site.write(&folder, &|| progress.lock().unwrap_or_else(PoisonError::into_inner).add(1))?;
    progress.lock().unwrap_or_else(PoisonError::into_inner).finish();
    manifest.counts.answers = site.answers.iter().map(|file| file.parts.len()).sum();
    (manifest.counts.archives, manifest.counts.tables) = (site.archives.len(), site.tables.len());
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

/// All files of a site.
struct Publication<'a> {
    answering: &'a OwnAnswers,
    archives: Vec<(ArchiveFile, ArchiveQuestion)>,
    answers: Vec<AnswerFile>,
    tables: Vec<TableFile>,
}

impl<'a> Publication<'a> {
    /// What there is to be written.
    fn planned(answering: &'a OwnAnswers, max_zoom: &str) -> Result<Self, Box<dyn Error>> {
        let question = |file: ArchiveFile| {
            let mut pairs: Vec<(&str, &str)> =
                file.parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
            pairs.push(("max_zoom", max_zoom));
            let query = Query::default().with_instead(&[], &pairs);
            let question = ArchiveQuestion::of(&query, &answering.served, answering.viewer(), DEEPEST_ZOOM)?;
            Ok((file, question))
        };
        let archives =
            archive_files(&answering.scope).into_iter().map(question).collect::<Result<_, Box<dyn Error>>>()?;
        let (answers, tables) = (answer_files(&answering.scope), table_files(&answering.scope));
        Ok(Self { answering, archives, answers, tables })
    }

    /// How many files there are, but for those that hold no numbers.
    fn files(&self) -> usize {
        self.archives.len() + self.answers.len() + self.tables.len()
    }

    /// Writes every file; `told` hears of each.
    fn write(&self, folder: &SiteFolder, told: &(dyn Fn() + Sync)) -> Result<(), Box<dyn Error>> {
        let first = self.archives.iter().find(|(file, _)| file.parameters.iter().any(|(name, _)| *name == "window"));
        let tiles = first.map_or("", |(file, _)| file.path.as_str());
        let table = self.tables.first().map_or("", |file| file.path.as_str());
        for (path, bytes) in static_files(self.answering, tiles, table)? {
            folder.put(&path, &bytes)?;
        }
        for (file, question) in &self.archives {
            let service = &self.answering.service;
            let bytes = archive(ArchiveFormat::PmTiles, question, service, Language::Vietnamese, &|_| ())?;
            folder.put(&file.path, &bytes)?;
            // Whoever reads the archive learns from it, or from this, where its zooms end.
            for language in [Language::Vietnamese, Language::English] {
                let tiles = format!("pmtiles://{}/{{z}}/{{x}}/{{y}}", file.path);
                let described = serde_json::to_vec(&question.described(language, &tiles)?)?;
                folder.put(&answer_place(&file.route, language).file, &gzip(&described))?;
            }
            told();
        }
        in_parallel(&self.tables, |file| {
            if let Some(bytes) = self.answering.asked_if_there(&file.route, file.language)? {
                folder.put(&file.path, &bytes)?;
            }
            told();
            Ok(())
        })?;
        in_parallel(&self.answers, |file| {
            if let Some(bytes) = self.answer_file(file)? {
                folder.put(&file.path, &gzip(&bytes))?;
            }
            told();
            Ok(())
        })
    }

    /// What a file of answers holds; none where none of its questions has an answer.
    fn answer_file(&self, file: &AnswerFile) -> Result<Option<Vec<u8>>, SiteError> {
        let mut found = Vec::with_capacity(file.parts.len());
        for part in &file.parts {
            if let Some(answer) = self.answering.asked_if_there(&part.route, part.language)? {
                found.push((part.member.clone(), answer));
            }
        }
        Ok(if found.is_empty() { None } else { Some(joined(found)) })
    }
}

/// Works through items on as many threads as there are cores. They are no threads of the pool in which answers are
/// computed: whoever waits there for an answer would keep it from being computed.
fn in_parallel<T: Sync>(
    items: &[T],
    work: impl Fn(&T) -> Result<(), Box<dyn Error + Send + Sync>> + Sync,
) -> Result<(), Box<dyn Error>> {
    let next = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        let worked = || -> Result<(), Box<dyn Error + Send + Sync>> {
            while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                work(item)?;
            }
            Ok(())
        };
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(worked)).collect();
        let mut outcome = Ok(());
        for thread in threads {
            match thread.join() {
                Ok(Ok(())) => {}
                Ok(Err(error)) => outcome = Err(error.to_string().into()),
                Err(_) => outcome = Err("a thread that wrote files has failed".into()),
            }
        }
        outcome
    })
}
