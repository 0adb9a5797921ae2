//! How verbs end.

use std::error::Error;
use std::process::ExitCode;

/// An exit code, or an error for people, which is [`UNUSABLE`].
pub(super) type CommandResult = Result<ExitCode, Box<dyn Error>>;

/// The exit code when the input cannot be used.
pub(super) const UNUSABLE: u8 = 2;
/// The exit code when rows were rejected, or a check found something.
pub(super) const REJECTED: u8 = 1;
