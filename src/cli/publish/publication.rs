//! All that a site holds, made file by file: tiles, tables, answers, and what holds no numbers.
//!
//! In: whoever answers, and the folder that takes the files. Out: the files in the folder. What there is to be made is
//! known beforehand, so that it can be told how far the work has come.

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::answering::OwnAnswers;
use super::folder::SiteFolder;
use super::static_files::static_files;
use crate::domain::text::Language;
use crate::export::archive::{ArchiveFormat, archive, smallest_gzip};
use crate::export::site::SiteError;
use crate::export::site::address::answer_place;
use crate::export::site::manifest::SiteCounts;
use crate::export::site::plan::{AnswerFile, ArchiveFile, TableFile, answer_files, archive_files, joined, table_files};
use crate::service::error::ServiceError;
use crate::service::query::Query;
use crate::service::questions::tile_archive::{ArchiveQuestion, DEEPEST_ZOOM};

/// All files of a site.
pub(super) struct Publication<'a> {
    answering: &'a OwnAnswers,
    archives: Vec<(ArchiveFile, ArchiveQuestion)>,
    answers: Vec<AnswerFile>,
    tables: Vec<TableFile>,
}

/// Hears how many more tiles, tables and answers are made.
type Told<'a> = &'a (dyn Fn(u64) + Sync);

impl<'a> Publication<'a> {
    /// What there is to be written.
    ///
    /// # Errors
    /// When the last zoom is none.
    pub(super) fn planned(answering: &'a OwnAnswers, max_zoom: &str) -> Result<Self, ServiceError> {
        let question = |file: ArchiveFile| {
            let mut pairs: Vec<(&str, &str)> =
                file.parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
            pairs.push(("max_zoom", max_zoom));
            let query = Query::default().with_instead(&[], &pairs);
            let question = ArchiveQuestion::of(&query, &answering.served, answering.viewer(), DEEPEST_ZOOM)?;
            Ok((file, question))
        };
        let archives =
            archive_files(&answering.scope).into_iter().map(question).collect::<Result<_, ServiceError>>()?;
        let (answers, tables) = (answer_files(&answering.scope), table_files(&answering.scope));
        Ok(Self { answering, archives, answers, tables })
    }

    /// How many files there are of each kind.
    pub(super) fn counts(&self) -> SiteCounts {
        let answers = self.answers.iter().map(|file| file.parts.len()).sum();
        SiteCounts { answers, archives: self.archives.len(), tables: self.tables.len(), ..SiteCounts::default() }
    }

    /// About how many tiles, tables and answers there are.
    ///
    /// # Errors
    /// When an edition is gone.
    pub(super) fn steps(&self) -> Result<u64, ServiceError> {
        let tiles: Result<u64, ServiceError> = self.archives.iter().map(|(_, one)| one.estimated_tiles()).sum();
        let SiteCounts { answers, tables, .. } = self.counts();
        Ok(tiles? + (answers + tables) as u64)
    }

    /// Writes every file.
    ///
    /// # Errors
    /// When something cannot be answered, or the folder does not take it.
    pub(super) fn write(&self, folder: &SiteFolder, told: Told<'_>) -> Result<(), Box<dyn Error>> {
        for (path, bytes) in static_files(self.answering)? {
            folder.put(&path, &bytes)?;
        }
        for (file, question) in &self.archives {
            self.write_archive(file, question, folder, told)?;
        }
        in_parallel(&self.tables, |file| {
            if let Some(bytes) = self.answering.asked_if_there(&file.route, file.language)? {
                folder.put(&file.path, &bytes)?;
            }
            told(1);
            Ok(())
        })?;
        in_parallel(&self.answers, |file| {
            if let Some(bytes) = self.answer_file(file, told)? {
                folder.put(&file.path, &smallest_gzip(&bytes))?;
            }
            Ok(())
        })
    }

    /// Writes an archive, and in each language what describes it.
    fn write_archive(
        &self,
        file: &ArchiveFile,
        question: &ArchiveQuestion,
        folder: &SiteFolder,
        told: Told<'_>,
    ) -> Result<(), Box<dyn Error>> {
        let service = &self.answering.service;
        let bytes = archive(ArchiveFormat::PmTiles, question, service, Language::Vietnamese, told)?;
        folder.put(&file.path, &bytes)?;
        // Whoever reads the archive learns from it, or from this, where its zooms end.
        for language in [Language::Vietnamese, Language::English] {
            let tiles = format!("pmtiles://{}/{{z}}/{{x}}/{{y}}", file.path);
            let described = serde_json::to_vec(&question.described(language, &tiles)?)?;
            folder.put(&answer_place(&file.route, language).file, &smallest_gzip(&described))?;
        }
        Ok(())
    }

    /// What a file of answers holds; none where none of its questions has an answer.
    fn answer_file(&self, file: &AnswerFile, told: Told<'_>) -> Result<Option<Vec<u8>>, SiteError> {
        let mut found = Vec::with_capacity(file.parts.len());
        for part in &file.parts {
            if let Some(answer) = self.answering.asked_if_there(&part.route, part.language)? {
                found.push((part.member.clone(), answer));
            }
            told(1);
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
