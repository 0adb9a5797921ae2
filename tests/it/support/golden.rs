//! The golden files beside the repository, for the tests that compare with them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// Writes past the capture of the test harness, so that the line is seen in every run, and at once, so that
/// lines of tests that run side by side do not mix.
pub(crate) fn say(line: &str) {
    std::io::stderr().write_all(format!("\ngolden: {line}\n").as_bytes()).unwrap();
}

/// A golden file; where it is absent a line says so.
pub(crate) fn golden(name: &str) -> Option<Value> {
    read("expected", name)
}

/// The input of golden files; where it is absent a line says so.
pub(crate) fn golden_input(name: &str) -> Option<Value> {
    read("input", name)
}

fn read(part: &str, name: &str) -> Option<Value> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/golden");
    let folder = std::env::var_os("BINHYEN_GOLDEN").map_or_else(beside, PathBuf::from);
    let file = folder.join(part).join(name);
    if let Ok(text) = std::fs::read_to_string(&file) {
        return Some(serde_json::from_str(&text).unwrap());
    }
    say(&format!("not checked, {name} is not there (set BINHYEN_GOLDEN to its folder)"));
    None
}
