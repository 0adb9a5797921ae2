//! What the paths of files mean in the crate, and which files need each other.

use super::reading::{Mention, Role};
use super::source::SourceFile;
use std::collections::{BTreeMap, BTreeSet};

/// The mentions of a file that point into this crate, with their path from the crate's root.
pub(super) fn internal_paths(file: &SourceFile) -> impl Iterator<Item = (&Mention, Vec<String>)> {
    file.reading.mentions.iter().filter_map(|mention| path_in_crate(file, mention).map(|path| (mention, path)))
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
        child if mention.inside.is_empty() && file.reading.children.iter().any(|name| name == child) => {
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

type Graph = BTreeMap<String, BTreeSet<String>>;

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
    let modules: Modules = files.iter().map(|file| (file.module.as_slice(), Module::new(file))).collect();
    let needed_by = |file: &SourceFile| {
        let needed = internal_paths(file)
            .filter(|(mention, _)| !mention.in_test && !matches!(mention.role, Role::Export { .. }))
            .filter_map(|(_, path)| file_of(&modules, &path, 8))
            .filter(|target| *target != file.path);
        needed.map(str::to_owned).collect::<BTreeSet<String>>()
    };
    files.iter().map(|file| (file.path.clone(), needed_by(file))).collect()
}

type Modules<'a> = BTreeMap<&'a [String], Module<'a>>;

/// A file as others see it: where it lies, and what it points on to (`pub use`).
struct Module<'a> {
    path: &'a str,
    signposts: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Module<'a> {
    fn new(file: &'a SourceFile) -> Self {
        let signposts = internal_paths(file).filter_map(|(mention, onward)| match &mention.role {
            Role::Export { name } => Some((name.as_str(), onward)),
            Role::Import { .. } | Role::Inline => None,
        });
        Self { path: &file.path, signposts: signposts.collect() }
    }
}

/// The file that holds what a path names: the deepest module on it, signposts followed.
fn file_of<'a>(modules: &Modules<'a>, path: &[String], hops: usize) -> Option<&'a str> {
    let (module, depth) =
        (1..=path.len()).rev().find_map(|depth| modules.get(&path[..depth]).map(|module| (module, depth)))?;
    let signpost = path.get(depth).and_then(|item| module.signposts.get(item.as_str()));
    match signpost {
        Some(onward) if hops > 0 => file_of(modules, onward, hops - 1),
        _ => Some(module.path),
    }
}
