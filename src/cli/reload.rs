//! `binhyen reload`: lets a running server read its tokens, its log filter and its rules anew.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;

use super::data_folder::DataFolder;
use super::exit::CommandResult;
use super::output;
use super::serve::reloading::{ReloadOutcome, ReloadRequest};
use crate::config::{Config, Flags};
use crate::http::extract::access::fresh_token;

const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// The arguments of `reload`.
#[derive(Debug, Args)]
#[command(
    after_help = "Tokens, [log] and the rule files of the data folder are taken all together, or none of them: a wrong file is named\nand the server goes on as before. SIGHUP does the same, and the log says what came of it.\n\nExample:\n  binhyen reload --config /etc/binhyen.toml"
)]
pub(super) struct ReloadArgs {
    /// The data folder of the server [default: binhyen-data].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The configuration of the server.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How long to wait for the server, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
}

/// Why a reload did not happen.
#[derive(Debug, thiserror::Error)]
enum ReloadError {
    #[error("the server refused to reload, and goes on as before: {0}")]
    Refused(String),
    #[error("no server of {} took the request within {timeout_s} s; is one running?", folder.display())]
    NoServer { folder: PathBuf, timeout_s: u64 },
    #[error("the server of {} has not said within {timeout_s} s what became of the reload; its log will", folder.display())]
    NoOutcome { folder: PathBuf, timeout_s: u64 },
    #[error("{}: the request cannot be written: {source}", folder.display())]
    Unwritable { folder: PathBuf, source: std::io::Error },
}

/// Checks the files, asks the server, and prints what became of it.
pub(super) fn run(args: &ReloadArgs) -> CommandResult {
    let flags = Flags { config: args.config.clone(), data: args.data.clone(), ..Flags::default() };
    let folder = Config::load(flags)?.data;
    // What is wrong is said here at once; the server checks it again, with its own flags.
    DataFolder::new(&folder)?;
    let id = fresh_token()?;
    let request = ReloadRequest::put(&folder, id);
    let request = request.map_err(|source| ReloadError::Unwritable { folder: folder.clone(), source })?;
    let deadline = Instant::now() + Duration::from_secs(args.timeout);
    while Instant::now() < deadline {
        match request.outcome() {
            Some(ReloadOutcome::Taken(said)) => {
                output::line(&format!("reloaded: {said}"));
                return Ok(ExitCode::SUCCESS);
            }
            Some(ReloadOutcome::Refused(reason)) => return Err(ReloadError::Refused(reason).into()),
            None => std::thread::sleep(BETWEEN_LOOKS),
        }
    }
    let timeout_s = args.timeout;
    if request.take_back() {
        Err(ReloadError::NoServer { folder, timeout_s }.into())
    } else {
        Err(ReloadError::NoOutcome { folder, timeout_s }.into())
    }
}
