//! Downloading a file: resumable, checked, put in place whole.
//!
//! The bytes go to `FILE.part`; only when their sum is right does the file get its
//! name. A download that stopped resumes at the byte where it ended, if the
//! server can, and begun anew if it cannot.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use ureq::http::StatusCode;

use crate::cli::output::Progress;

/// What to download, and how to judge it.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Download<'a> {
    /// The address.
    pub(in crate::cli) url: &'a str,
    /// Where the file goes.
    pub(in crate::cli) file: &'a Path,
    /// The sum it must have.
    pub(in crate::cli) sha256: Option<&'a str>,
    /// The length it must have.
    pub(in crate::cli) bytes: Option<u64>,
    /// Whether a file without a sum to compare with is accepted.
    pub(in crate::cli) accept_unverified: bool,
    /// Seconds to wait for the server to connect and to begin its answer.
    pub(in crate::cli) timeout_s: u64,
}

/// A file that was downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct DownloadedFile {
    /// Its length.
    pub(in crate::cli) bytes: u64,
    /// Its sum.
    pub(in crate::cli) sha256: String,
    /// Whether the sum is the one expected.
    pub(in crate::cli) verified: bool,
}

/// Why a file could not be downloaded.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum DownloadError {
    /// The server cannot be reached.
    #[error("{url}: cannot be reached ({why}); is this machine offline? What has come so far is kept for the next try")]
    Unreachable { url: String, why: String },
    /// The server answers with something else.
    #[error("{url}: the server answers {status}")]
    Status { url: String, status: StatusCode },
    /// The connection broke.
    #[error("{url}: the download stopped after {bytes} bytes ({why}); run the command again to go on from there")]
    Broken { url: String, bytes: u64, why: io::Error },
    /// The sum is another one.
    #[error("{url}: the SHA-256 is {found}, the catalogue says {wanted}: the download was thrown away")]
    WrongSum { url: String, found: String, wanted: String },
    /// There is no sum to compare with.
    #[error(
        "{url}: the catalogue has no SHA-256 for this file; the one seen is {found}. Look at {part}, and keep it with \
         --accept-unverified"
    )]
    Unverified { url: String, found: String, part: PathBuf },
    /// The disk refuses.
    #[error("{path}: {source}")]
    Disk { path: PathBuf, source: io::Error },
}

/// Downloads a file that is not there yet.
pub(in crate::cli) fn download(wanted: &Download<'_>) -> Result<DownloadedFile, DownloadError> {
    if let Some(downloaded) = present(wanted)? {
        return Ok(downloaded);
    }
    if let Some(folder) = wanted.file.parent() {
        std::fs::create_dir_all(folder).map_err(|source| DownloadError::Disk { path: folder.to_owned(), source })?;
    }
    let part = part_of(wanted.file);
    let disk = |source| DownloadError::Disk { path: part.clone(), source };
    let begun = part.metadata().map_or(0, |file| file.len());
    let complete = wanted.bytes.is_some_and(|bytes| bytes == begun);
    // An unverified file that is complete waits only for consent.
    let waiting = wanted.sha256.is_none() && begun > 0 && seen_mark(&part).exists();
    if !complete && !waiting {
        fetch(wanted, &part, begun)?;
    }
    let (bytes, found) = sum_of(&part).map_err(disk)?;
    match wanted.sha256 {
        Some(sum) if !sum.eq_ignore_ascii_case(&found) => {
            std::fs::remove_file(&part).map_err(disk)?;
            return Err(DownloadError::WrongSum { url: wanted.url.to_owned(), found, wanted: sum.to_owned() });
        }
        None if !wanted.accept_unverified => {
            File::create(seen_mark(&part)).map_err(disk)?;
            return Err(DownloadError::Unverified { url: wanted.url.to_owned(), found, part });
        }
        _ => {}
    }
    std::fs::rename(&part, wanted.file).map_err(disk)?;
    let _ = std::fs::remove_file(seen_mark(&part));
    Ok(DownloadedFile { bytes, sha256: found, verified: wanted.sha256.is_some() })
}

/// The downloaded on a file that is there already with the right sum.
fn present(wanted: &Download<'_>) -> Result<Option<DownloadedFile>, DownloadError> {
    if !wanted.file.exists() {
        return Ok(None);
    }
    let sum = sum_of(wanted.file).map_err(|source| DownloadError::Disk { path: wanted.file.to_owned(), source });
    let (bytes, sha256) = sum?;
    let verified = wanted.sha256.is_some_and(|sum| sum.eq_ignore_ascii_case(&sha256));
    Ok(verified.then_some(DownloadedFile { bytes, sha256, verified }))
}

fn part_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// Beside a part that is complete but has no sum to compare with.
fn seen_mark(part: &Path) -> PathBuf {
    part.with_extension("part-complete")
}

/// Fetches the bytes from `begun` on, or all of them when the server cannot begin there.
fn fetch(wanted: &Download<'_>, part: &Path, begun: u64) -> Result<(), DownloadError> {
    let timeout = Some(Duration::from_secs(wanted.timeout_s));
    let agent = ureq::Agent::config_builder()
        .timeout_connect(timeout)
        .timeout_recv_response(timeout)
        .http_status_as_error(false)
        .build()
        .new_agent();
    let mut request = agent.get(wanted.url).header("Accept-Encoding", "identity");
    if begun > 0 {
        request = request.header("Range", format!("bytes={begun}-"));
    }
    let unreachable =
        |error: ureq::Error| DownloadError::Unreachable { url: wanted.url.to_owned(), why: error.to_string() };
    let mut answer = request.call().map_err(unreachable)?;
    let resumes = answer.status() == StatusCode::PARTIAL_CONTENT && begins_at(&answer, begun);
    if answer.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        std::fs::remove_file(part).map_err(|source| DownloadError::Disk { path: part.to_owned(), source })?;
        return fetch(wanted, part, 0);
    }
    if !resumes && answer.status() != StatusCode::OK {
        return Err(DownloadError::Status { url: wanted.url.to_owned(), status: answer.status() });
    }
    let start = if resumes { begun } else { 0 };
    let total = answer.body().content_length().map_or(0, |length| start + length);
    write_part(wanted, part, start, total, &mut answer.body_mut().as_reader())
}

fn begins_at(answer: &ureq::http::Response<ureq::Body>, byte: u64) -> bool {
    let range = answer.headers().get("content-range").and_then(|range| range.to_str().ok());
    range.is_some_and(|range| range.starts_with(&format!("bytes {byte}-")))
}

fn write_part(
    wanted: &Download<'_>,
    part: &Path,
    start: u64,
    total: u64,
    bytes: &mut impl io::Read,
) -> Result<(), DownloadError> {
    let disk = |source| DownloadError::Disk { path: part.to_owned(), source };
    let mut options = OpenOptions::new();
    if start > 0 {
        options.append(true)
    } else {
        options.write(true).create(true).truncate(true)
    };
    let mut file = options.open(part).map_err(disk)?;
    let mut progress = Progress::new("bytes", total);
    progress.add(start);
    let (mut piece, mut done) = (vec![0; 64 * 1024], start);
    loop {
        let broken = |why| DownloadError::Broken { url: wanted.url.to_owned(), bytes: done, why };
        let read = bytes.read(&mut piece).map_err(broken)?;
        if read == 0 {
            break;
        }
        file.write_all(&piece[..read]).map_err(disk)?;
        done += read as u64;
        progress.add(read as u64);
    }
    progress.finish();
    file.sync_all().map_err(disk)
}

fn sum_of(path: &Path) -> io::Result<(u64, String)> {
    let (mut file, mut hasher) = (File::open(path)?, Sha256::new());
    let (mut piece, mut bytes) = (vec![0; 64 * 1024], 0);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        hasher.update(&piece[..read]);
        bytes += read as u64;
    }
    Ok((bytes, hex::encode(hasher.finalize())))
}
