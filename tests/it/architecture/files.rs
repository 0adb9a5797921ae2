//! Source files as modules: where each stands, what its paths mean in the crate, and which files need each other.

use super::scan::{Mention, Role, Scan, scan};
use std::collections::BTreeMap;
use std::path::Path;

/// One file of `src`, read.
#[derive(Debug)]
pub(super) struct SourceFile {
    /// Path from the package's root, with `/`.
    pub(super) path: String,
    /// Module path in the crate: `src/tile/clip.rs` → `[tile, clip]`.
    pub(super) module: Vec<String>,
    pub(super) lines: usize,
    pub(super) scan: Scan,
}

impl SourceFile {
    /// A file by its path and text.
    pub(super) fn new(path: &str, text: &str) -> Self {
        let inner = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
        let mut module: Vec<String> = inner.split('/').map(str::to_owned).collect();
        if module.last().is_some_and(|last| last == "mod") || inner == "lib" {
            module.pop();
        }
        Self { path: path.to_owned(), module, lines: text.lines().count(), scan: scan(text) }
    }

    /// The first folder or file under `src`: `tile`, `config`, `main`, `lib`.
    pub(super) fn layer(&self) -> &str {
        self.module.first().map_or("lib", String::as_str)
    }
}

/// Every Rust file below `folder`, sorted by path.
pub(super) fn read_tree(root: &Path, folder: &str) -> Vec<SourceFile> {
    let mut files = Vec::new();
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
        return files;
    };
    for entry in entries {
        let entry = entry.expect("folder entry is readable");
        let name = entry.file_name().into_string().expect("file names are UTF-8");
        let path = format!("{folder}/{name}");
        if entry.path().is_dir() && name != "node_modules" {
            files.extend(read_tree(root, &path));
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(entry.path()).expect("source is readable UTF-8");
            files.push(SourceFile::new(&path, &text));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The mentions of a file that point into this crate, with their path from the crate's root.
pub(super) fn internal_paths(file: &SourceFile) -> impl Iterator<Item = (&Mention, Vec<String>)> {
    file.scan.mentions.iter().filter_map(|mention| path_in_crate(file, mention).map(|path| (mention, path)))
}

fn path_in_crate(file: &SourceFile, mention: &Mention) -> Option<Vec<String>> {
    let (first, rest) = mention.segments.split_first()?;
    let mut here = file.module.clone();
    here.extend(mention.inside.iter().cloned());
    match first.as_str() {
        "crate" => Some(rest.to_vec()),
        "binhyen" if file.layer() == "main" => Some(rest.to_vec()),
        "self" => Some([here.as_slice(), rest].concat()),
        "super" => {
            let ups = mention.segments.iter().take_while(|segment| *segment == "super").count();
            here.truncate(here.len().saturating_sub(ups));
            Some([here.as_slice(), &mention.segments[ups..]].concat())
        }
        child if mention.inside.is_empty() && file.scan.children.iter().any(|name| name == child) => {
            Some([file.module.as_slice(), &mention.segments].concat())
        }
        _ => None,
    }
}

/// Circles of files that name one another; each circle once, from its first file by name.
pub(super) fn cycles(files: &[SourceFile]) -> Vec<Vec<String>> {
    let graph = dependencies(files);
    let mut found: Vec<Vec<String>> = Vec::new();
    for start in graph.keys() {
        if found.iter().any(|cycle| cycle.contains(start)) {
            continue;
        }
        if let Some(cycle) = way_back(&graph, start) {
            found.push(cycle);
        }
    }
    found
}

type Graph = BTreeMap<String, Vec<String>>;

/// Shortest way from a file to itself, breadth first.
fn way_back(graph: &Graph, start: &str) -> Option<Vec<String>> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = vec![start];
    let mut next = 0;
    while let Some(&file) = queue.get(next) {
        next += 1;
        for target in graph.get(file).into_iter().flatten() {
            if target == start {
                let mut way = vec![start.to_owned(), file.to_owned()];
                while let Some(&earlier) = came_from.get(way.last().map_or("", String::as_str)) {
                    way.push(earlier.to_owned());
                }
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(target.as_str()) {
                came_from.insert(target, file);
                queue.push(target);
            }
        }
    }
    None
}

fn dependencies(files: &[SourceFile]) -> Graph {
    let mut graph = Graph::new();
    for file in files {
        let mut targets: Vec<String> = internal_paths(file)
            .filter(|(mention, _)| !mention.in_test && !matches!(mention.role, Role::Export { .. }))
            .filter_map(|(_, path)| file_of(files, &path, 8))
            .filter(|target| *target != file.path)
            .collect();
        targets.sort();
        targets.dedup();
        graph.insert(file.path.clone(), targets);
    }
    graph
}

/// The file that holds what a path names: the deepest module on it, signposts (`pub use`) followed.
fn file_of(files: &[SourceFile], path: &[String], hops: usize) -> Option<String> {
    let (file, depth) = (1..=path.len())
        .rev()
        .find_map(|depth| files.iter().find(|file| file.module == path[..depth]).map(|file| (file, depth)))?;
    let item = path.get(depth);
    let signpost = internal_paths(file).find(|(mention, _)| match &mention.role {
        Role::Export { name } => Some(name) == item,
        Role::Import { .. } | Role::Inline => false,
    });
    match signpost {
        Some((_, onward)) if hops > 0 => file_of(files, &onward, hops - 1),
        _ => Some(file.path.clone()),
    }
}
