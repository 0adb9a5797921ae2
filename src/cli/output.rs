//! What verbs print: reports on standard output, progress and errors on standard error.

#![expect(clippy::print_stderr, reason = "this is the only module that prints to the terminal")]

use std::error::Error;
use std::io::{self, IsTerminal as _, Write as _, stderr, stdout};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::exit::UNUSABLE;
use super::language::spoken;
use super::vietnamese_errors;
use crate::domain::text::{Language, Names};

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum OutputFormat {
    /// Sentences for people.
    #[default]
    Text,
    /// One JSON object for scripts.
    Json,
}

/// Prints one line of a report.
pub(super) fn line(text: &str) {
    note(writeln!(stdout(), "{text}"));
}

/// Prints one line of a report in the language of the terminal.
pub(super) fn say(text: &Names) {
    line(text.in_language(spoken()));
}

/// The same, as one of the lines that belong to the line above.
pub(super) fn say_below(text: &Names) {
    line(&format!("  {}", text.in_language(spoken())));
}

/// Whether something that was to be printed could not be.
static LOST: AtomicBool = AtomicBool::new(false);

fn note(written: io::Result<()>) {
    // A reader that has seen enough (`| head`) is no failure of ours; a full disk is.
    if written.is_err_and(|error| error.kind() != io::ErrorKind::BrokenPipe) {
        LOST.store(true, Ordering::Relaxed);
    }
}

/// Prints what clap says of the arguments, or the help that they ask for.
pub(super) fn clap_message(message: &clap::Error) -> ExitCode {
    let translated = match spoken() {
        Language::Vietnamese => vietnamese_errors::in_vietnamese(message),
        Language::English => None,
    };
    match translated {
        Some(text) => eprint!("{text}"),
        None => note(message.print()),
    }
    let code = u8::try_from(message.exit_code()).unwrap_or(UNUSABLE);
    ExitCode::from(if was_taken() { code } else { UNUSABLE })
}

/// Whether everything that was printed has been taken.
pub(super) fn was_taken() -> bool {
    note(stdout().flush());
    !LOST.load(Ordering::Relaxed)
}

/// Prints a report as JSON.
pub(super) fn json<T: Serialize>(report: &T) -> Result<(), serde_json::Error> {
    line(&serde_json::to_string_pretty(report)?);
    Ok(())
}

/// Prints an error with what caused it.
pub(super) fn complain(error: &dyn Error) {
    eprintln!("error: {error}");
}

/// Prints a remark beside the report.
pub(super) fn remark(text: &str) {
    eprintln!("{text}");
}

/// How far something has come: a bar on a terminal, a line now and then elsewhere.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    total: u64,
    done: u64,
    what: &'static str,
    last_line_at: Instant,
}

const BETWEEN_LINES: Duration = Duration::from_secs(5);

impl Progress {
    /// A new measure of so many things.
    pub(super) fn new(what: &'static str, total: u64) -> Self {
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}");
            let bar = ProgressBar::new(total).with_message(what);
            style.map_or(bar.clone(), |style| bar.with_style(style))
        });
        Self { bar, total, done: 0, what, last_line_at: Instant::now() }
    }

    /// So many more are done.
    pub(super) fn add(&mut self, count: u64) {
        self.done += count;
        match &self.bar {
            Some(bar) => bar.set_position(self.done),
            None if self.last_line_at.elapsed() >= BETWEEN_LINES => {
                eprintln!("{}: {} of {}", self.what, self.done, self.total);
                self.last_line_at = Instant::now();
            }
            None => {}
        }
    }

    /// Nothing more will be done.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
