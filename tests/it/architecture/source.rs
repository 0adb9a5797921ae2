//! Source files as modules: where each stands and what `syn` reads in it.

use super::reading::{Reading, read};
use std::path::Path;
use walkdir::WalkDir;

/// One file, read.
pub(super) struct SourceFile {
    /// Path from the package's root, with `/`.
    pub(super) path: String,
    /// Module path in the crate: `src/tile/clip.rs` → `[tile, clip]`.
    pub(super) module: Vec<String>,
    pub(super) lines: usize,
    pub(super) reading: Reading,
}

impl SourceFile {
    /// A file by its path and text, which must be Rust.
    pub(super) fn new(path: &str, text: &str) -> Self {
        let inner = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
        let mut module: Vec<String> = inner.split('/').map(str::to_owned).collect();
        if module.last().is_some_and(|last| last == "mod") || inner == "lib" {
            module.pop();
        }
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        // A file that its parent declares under `#[cfg(test)]` cannot say so itself; by custom it is called tests.rs.
        let all_test = module.iter().any(|name| name == "tests");
        Self { path: path.to_owned(), module, lines: text.lines().count(), reading: read(&parsed, all_test) }
    }

    /// The first folder or file under `src`: `tile`, `config`, `main`, `lib`.
    pub(super) fn layer(&self) -> &str {
        self.module.first().map_or("lib", String::as_str)
    }

    /// Whether the file lies in one of the rooms, given as paths below `src`.
    pub(super) fn is_in(&self, rooms: &[&str]) -> bool {
        let here = self.module.join("/");
        rooms.iter().any(|room| here == *room || here.starts_with(&format!("{room}/")))
    }

    pub(super) fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Every Rust file below `folder`, sorted by path.
pub(super) fn read_tree(root: &Path, folder: &str) -> Vec<SourceFile> {
    let entries = WalkDir::new(root.join(folder)).sort_by_file_name().into_iter();
    entries
        .filter_entry(|entry| entry.file_name() != "node_modules")
        .map(|entry| entry.expect("folder entry is readable"))
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"))
        .map(|entry| {
            let text = std::fs::read_to_string(entry.path()).expect("source is readable UTF-8");
            let inner = entry.path().strip_prefix(root).expect("it lies below the root");
            SourceFile::new(&inner.to_string_lossy().replace('\\', "/"), &text)
        })
        .collect()
}
