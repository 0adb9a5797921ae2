//! Keeps the directions and rules of ARCHITECTURE.md: who may import whom, where outside crates may stand, how long a file
//! may be, what is named and typed, where texts lie.
//!
//! Reads the sources with `syn`. A finding is a design question: move the helper down, do not add an exception.

mod coordinates;
mod debts;
mod imports;
mod planted;
mod reading;
mod rules;
mod source;
mod table;
mod workflows;

use debts::{DEBTS, Debt};
use rules::{Broken, broken, sizes};
use source::read_tree;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use table::VIETNAMESE_IN;

/// What the debts do not cover, and the debts that nothing needs any more.
fn judged(found: &[Broken], debts: &[Debt]) -> (Vec<Broken>, Vec<String>) {
    let owed =
        |rule: &str, subject: &str| debts.iter().any(|(name, subjects)| *name == rule && subjects.contains(&subject));
    let new = found.iter().filter(|broken| !owed(&broken.rule, &broken.subject)).cloned().collect();
    let still = |rule: &str, subject: &str| found.iter().any(|broken| broken.rule == rule && broken.subject == subject);
    let entries = debts.iter().flat_map(|(rule, subjects)| subjects.iter().map(move |subject| (*rule, *subject)));
    let paid =
        entries.filter(|(rule, subject)| !still(rule, subject)).map(|(rule, subject)| format!("{rule}: {subject}"));
    (new, paid.collect())
}

/// The breaks as entries of `debts.rs`, for a move of files that owes what it owed before.
fn as_entries(found: &[Broken]) -> String {
    let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for broken in found {
        entries.entry(&broken.rule).or_default().insert(&broken.subject);
    }
    let entry = |(rule, subjects): (&str, BTreeSet<&str>)| {
        let subjects: Vec<&str> = subjects.into_iter().collect();
        format!("({rule:?}, &{subjects:?}),")
    };
    let lines: Vec<String> = entries.into_iter().map(entry).collect();
    lines.join("\n")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_sources_keep_the_architecture() {
    let files = read_tree(root(), "src");
    assert!(files.iter().any(|file| file.path == "src/lib.rs"), "src/lib.rs was not read");
    let (new, paid) = judged(&broken(&files), DEBTS);
    let lines: Vec<String> = new.iter().map(Broken::told).collect();
    assert!(new.is_empty(), "{} broken rules:\n{}\n\n{}", new.len(), lines.join("\n"), as_entries(&new));
    assert!(paid.is_empty(), "paid, so take them out of tests/it/architecture/debts.rs:\n{}", paid.join("\n"));
}

#[test]
fn vietnamese_is_excused_only_where_it_stands() {
    let files = read_tree(root(), "src");
    let stands = |room: &str| files.iter().any(|file| file.is_in(&[room]) && !file.reading.vietnamese.is_empty());
    let idle: Vec<&str> = VIETNAMESE_IN.iter().map(|(room, _)| *room).filter(|room| !stands(room)).collect();
    assert!(idle.is_empty(), "take out of VIETNAMESE_IN: {idle:?}");
}

#[test]
fn tests_and_benches_are_short_files_in_small_folders_too() {
    let files: Vec<_> = ["tests", "benches"].iter().flat_map(|folder| read_tree(root(), folder)).collect();
    let found: Vec<String> = sizes(&files).iter().map(Broken::told).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
