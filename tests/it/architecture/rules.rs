//! The rules, each a function from the files to what breaks it.

use super::imports::{cycles, internal_paths};
use super::reading::{Mention, Role};
use super::source::SourceFile;
use super::table::{
    BARE_COORDINATES_IN, CLOCK_IN, CLOCKS, DISCLOSES, JSON_IN, LAYERS, MAX_FILE_LINES, MAX_FOLDER_FILES,
    MAX_FUNCTION_LINES, ONLY_IN, VIETNAMESE_IN, WITHOUT_TOKIO,
};
use std::collections::BTreeMap;

/// One break of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    /// The rule, as `debts.rs` names it.
    pub(super) rule: String,
    /// What breaks it: a file, a folder, the name of a type.
    pub(super) subject: String,
    pub(super) line: Option<usize>,
    pub(super) detail: String,
}

impl Broken {
    fn at(file: &SourceFile, line: usize, rule: impl Into<String>) -> Self {
        Self { rule: rule.into(), subject: file.path.clone(), line: Some(line), detail: String::new() }
    }

    fn of(subject: impl Into<String>, rule: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { rule: rule.into(), subject: subject.into(), line: None, detail: detail.into() }
    }

    /// One line for a reader: `file:line: rule (detail)`.
    pub(super) fn told(&self) -> String {
        let line = self.line.map_or_else(String::new, |line| format!(":{line}"));
        let detail = if self.detail.is_empty() { String::new() } else { format!(" ({})", self.detail) };
        format!("{}{line}: {}{detail}", self.subject, self.rule)
    }
}

/// Every broken rule, file by file, then of the tree as a whole.
pub(super) fn broken(files: &[SourceFile]) -> Vec<Broken> {
    let mut found = Vec::new();
    for file in files {
        found.extend(unknown_layer(file));
        found.extend(definition_in_lib(file));
        found.extend(imports_beside_the_table(file));
        found.extend(misplaced_crates(file));
        found.extend(clocks(file));
        found.extend(untyped_answers(file));
        found.extend(tuples(file));
        found.extend(bare_coordinates(file));
        found.extend(fields_left_out(file));
        found.extend(vietnamese(file));
    }
    found.extend(names_given_twice(files));
    found.extend(sizes(files));
    found.extend(cycles(files).into_iter().map(|cycle| Broken::of(cycle.join(" → "), "cycle", "")));
    found
}

/// How long files and functions are and how full folders; for tests and benches too.
pub(super) fn sizes(files: &[SourceFile]) -> Vec<Broken> {
    let mut found: Vec<Broken> =
        files.iter().flat_map(|file| long_file(file).into_iter().chain(long_functions(file))).collect();
    found.extend(full_folders(files));
    found
}

fn unknown_layer(file: &SourceFile) -> Option<Broken> {
    let known = LAYERS.iter().any(|(layer, _)| *layer == file.layer());
    (!known).then(|| Broken::of(&file.path, "no layer of ARCHITECTURE.md", file.layer()))
}

fn definition_in_lib(file: &SourceFile) -> Option<Broken> {
    let (item, line) = file.reading.defines.as_ref()?;
    (file.layer() == "lib")
        .then(|| Broken { detail: item.clone(), ..Broken::at(file, *line, "lib.rs defines nothing") })
}

fn imports_beside_the_table(file: &SourceFile) -> Vec<Broken> {
    let layer = file.layer();
    let allowed = LAYERS.iter().find(|(name, _)| *name == layer).map_or(&[][..], |(_, allowed)| allowed);
    internal_paths(file)
        .filter_map(|(mention, path)| path.first().map(|target| (mention, target.clone())))
        .filter(|(_, target)| LAYERS.iter().any(|(name, _)| name == target))
        .filter(|(_, target)| target != layer && !allowed.contains(&target.as_str()))
        .map(|(mention, target)| Broken::at(file, mention.line, format!("{layer} may not name {target}")))
        .collect()
}

fn misplaced_crates(file: &SourceFile) -> Vec<Broken> {
    let mut found = Vec::new();
    for mention in file.reading.mentions.iter().filter(|mention| !names_something_imported(file, mention)) {
        let path = mention.segments.join("::");
        let starts = |name: &str| path == name || path.starts_with(&format!("{name}::"));
        if let Some((name, homes)) = ONLY_IN.iter().find(|(name, homes)| starts(name) && !file.is_in(homes)) {
            found.push(Broken::at(file, mention.line, format!("{name} stands only in {}", homes.join(", "))));
        }
        if starts("tokio") && WITHOUT_TOKIO.contains(&file.layer()) {
            found.push(Broken::at(file, mention.line, "no tokio on the ground"));
        }
    }
    found
}

/// `mvt::encode` after `use crate::tile::mvt` is about our module; the import itself has been judged.
fn names_something_imported(file: &SourceFile, mention: &Mention) -> bool {
    mention.role == Role::Inline
        && file.reading.mentions.iter().any(|other| match &other.role {
            Role::Import { name } | Role::Export { name } => {
                Some(name) == mention.segments.first() && other.segments.len() > 1
            }
            Role::Inline => false,
        })
}

fn clocks(file: &SourceFile) -> Vec<Broken> {
    if file.is_in(CLOCK_IN) {
        return Vec::new();
    }
    let reads = |mention: &&Mention| {
        !mention.in_test
            && mention.segments.windows(2).any(|pair| pair[1] == "now" && CLOCKS.contains(&pair[0].as_str()))
    };
    let found = file.reading.mentions.iter().filter(reads);
    found.map(|mention| Broken::at(file, mention.line, "the clock is read only at the edge")).collect()
}

fn untyped_answers(file: &SourceFile) -> Vec<Broken> {
    if file.is_in(JSON_IN) {
        return Vec::new();
    }
    let calls = file.reading.macros.iter().filter(|(name, _)| name == "json");
    calls.map(|(_, line)| Broken::at(file, *line, "json! outside tests and service/answers")).collect()
}

/// A field that is left out of a pattern reaches the public, or does not, without anybody saying so.
fn fields_left_out(file: &SourceFile) -> Vec<Broken> {
    if !file.is_in(DISCLOSES) {
        return Vec::new();
    }
    let patterns = file.reading.partial_patterns.iter();
    let told = patterns.map(|(name, line)| Broken {
        detail: name.clone(),
        ..Broken::at(file, *line, "what answers are made of is taken apart whole, without `..`")
    });
    told.collect()
}

fn tuples(file: &SourceFile) -> Vec<Broken> {
    let functions = file.reading.functions.iter().filter(|function| function.tuples > 0 && !function.in_test);
    let told = functions.map(|function| Broken {
        detail: function.name.clone(),
        ..Broken::at(file, function.line, "a parameter takes a tuple apart")
    });
    told.collect()
}

fn bare_coordinates(file: &SourceFile) -> Vec<Broken> {
    if file.is_in(BARE_COORDINATES_IN) {
        return Vec::new();
    }
    let told = file.reading.bare_coordinates.iter().map(|(name, line)| Broken {
        detail: name.clone(),
        ..Broken::at(file, *line, "bare coordinates cross a module")
    });
    told.collect()
}

fn vietnamese(file: &SourceFile) -> Vec<Broken> {
    if VIETNAMESE_IN.iter().any(|(room, _)| file.is_in(&[room])) {
        return Vec::new();
    }
    let lines = file.reading.vietnamese.iter();
    lines.map(|line| Broken::at(file, *line, "Vietnamese stands in the catalogue, src/texts")).collect()
}

fn names_given_twice(files: &[SourceFile]) -> Vec<Broken> {
    let mut homes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for file in files {
        for (name, line) in &file.reading.public_types {
            homes.entry(name).or_default().push(format!("{}:{line}", file.path));
        }
    }
    homes.retain(|_, places| places.len() > 1);
    let found = homes.into_iter().map(|(name, at)| Broken::of(name, "public type name given twice", at.join(", ")));
    found.collect()
}

fn long_file(file: &SourceFile) -> Option<Broken> {
    let rule = format!("a file has at most {MAX_FILE_LINES} lines");
    (file.lines > MAX_FILE_LINES).then(|| Broken::of(&file.path, rule, file.lines.to_string()))
}

fn long_functions(file: &SourceFile) -> Vec<Broken> {
    let functions = file.reading.functions.iter().filter(|function| function.lines > MAX_FUNCTION_LINES);
    let told = functions.map(|function| Broken {
        detail: format!("{} has {}", function.name, function.lines),
        ..Broken::at(file, function.line, format!("a function has at most {MAX_FUNCTION_LINES} lines"))
    });
    told.collect()
}

fn full_folders(files: &[SourceFile]) -> Vec<Broken> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.path.ends_with("/mod.rs")) {
        *counts.entry(file.folder()).or_default() += 1;
    }
    counts.retain(|_, count| *count > MAX_FOLDER_FILES);
    let rule = format!("a folder has at most {MAX_FOLDER_FILES} files");
    counts.into_iter().map(|(folder, count)| Broken::of(folder, &rule, count.to_string())).collect()
}
