//! Keeps the directions of ARCHITECTURE.md: who may import whom, where outside crates may stand, how long a file may be.
//!
//! Reads the sources as text. A finding is a design question: move the helper down, do not add an exception here.

mod files;
mod lex;
mod scan;

use files::{SourceFile, cycles, internal_paths};
use scan::{Mention, Role};
use std::path::Path;

const MAX_LINES: usize = 500;

/// Each layer with the layers it may name. A layer may always name itself.
const LAYERS: [(&str, &[&str]); 14] = [
    ("main", &["cli"]),
    (
        "cli",
        &["http", "export", "ingest", "store", "snapshot", "assessment", "config", "domain", "geometry", "statistics"],
    ),
    ("http", &["export", "tile", "assessment", "snapshot", "store", "domain", "config"]),
    ("export", &["tile", "assessment", "snapshot", "domain"]),
    ("tile", &["assessment", "snapshot", "geometry", "domain"]),
    ("assessment", &["snapshot", "statistics", "geometry", "domain"]),
    ("snapshot", &["geometry", "domain"]),
    ("ingest", &["geometry", "domain"]),
    ("store", &["domain"]),
    ("config", &[]),
    ("domain", &[]),
    ("geometry", &[]),
    ("statistics", &[]),
    ("lib", &[]),
];

/// Outside crates (or their modules) that one layer alone may name.
const ONLY_IN: [(&str, &str); 8] = [
    ("sqlx", "store"),
    ("axum", "http"),
    ("tower", "http"),
    ("tower_http", "http"),
    ("http_body_util", "http"),
    ("mvt", "tile"),
    ("rust_xlsxwriter", "export"),
    ("std::env", "config"),
];

/// The ground computes and never waits.
const WITHOUT_TOKIO: [&str; 3] = ["domain", "geometry", "statistics"];

/// Every broken rule, one line each, in the order of the files.
fn violations(files: &[SourceFile]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        found.extend(long_file(file));
        found.extend(unknown_layer(file));
        found.extend(definition_in_lib(file));
        found.extend(upward_imports(file));
        found.extend(misplaced_crates(file));
        found.extend(wide_store_door(file));
    }
    found.extend(cycles(files).into_iter().map(|cycle| format!("cycle: {}", cycle.join(" → "))));
    found
}

fn long_file(file: &SourceFile) -> Option<String> {
    (file.lines > MAX_LINES).then(|| format!("{}: {} lines, {MAX_LINES} at most", file.path, file.lines))
}

fn unknown_layer(file: &SourceFile) -> Option<String> {
    let known = LAYERS.iter().any(|(layer, _)| *layer == file.layer());
    (!known).then(|| format!("{}: '{}' is no layer of ARCHITECTURE.md", file.path, file.layer()))
}

fn definition_in_lib(file: &SourceFile) -> Option<String> {
    let (item, line) = file.scan.defines.as_ref()?;
    (file.layer() == "lib").then(|| format!("{}:{line}: `{item}` in lib.rs, which defines nothing", file.path))
}

fn upward_imports(file: &SourceFile) -> Vec<String> {
    let layer = file.layer();
    let allowed = LAYERS.iter().find(|(name, _)| *name == layer).map_or(&[][..], |(_, allowed)| allowed);
    internal_paths(file)
        .filter_map(|(mention, path)| path.first().map(|target| (mention, target.clone())))
        .filter(|(_, target)| LAYERS.iter().any(|(name, _)| name == target))
        .filter(|(_, target)| target != layer && !allowed.contains(&target.as_str()))
        .map(|(mention, target)| format!("{}:{}: {layer} may not name {target}", file.path, mention.line))
        .collect()
}

fn misplaced_crates(file: &SourceFile) -> Vec<String> {
    let layer = file.layer();
    let mut found = Vec::new();
    for mention in file.scan.mentions.iter().filter(|mention| !names_something_imported(file, mention)) {
        let path = mention.segments.join("::");
        let starts = |name: &str| path == name || path.starts_with(&format!("{name}::"));
        let only = ONLY_IN.iter().find(|(name, home)| starts(name) && *home != layer);
        if let Some((name, home)) = only {
            found.push(format!("{}:{}: {name} stands only in {home}", file.path, mention.line));
        }
        if starts("tokio") && WITHOUT_TOKIO.contains(&layer) {
            found.push(format!("{}:{}: no tokio in {layer}", file.path, mention.line));
        }
    }
    found
}

/// `mvt::encode` after `use crate::tile::mvt` is about our module; the import itself has been judged.
fn names_something_imported(file: &SourceFile, mention: &Mention) -> bool {
    mention.role == Role::Inline
        && file.scan.mentions.iter().any(|other| match &other.role {
            Role::Import { name } | Role::Export { name } => {
                Some(name) == mention.segments.first() && other.segments.len() > 1
            }
            Role::Inline => false,
        })
}

/// Handlers write through one intake handle: `http` names one thing of `store`.
fn wide_store_door(file: &SourceFile) -> Option<String> {
    if file.layer() != "http" {
        return None;
    }
    let mut doors: Vec<String> = internal_paths(file)
        .filter(|(_, path)| path.first().is_some_and(|first| first == "store"))
        .filter_map(|(_, path)| path.get(1).cloned())
        .collect();
    doors.sort();
    doors.dedup();
    (doors.len() > 1)
        .then(|| format!("{}: http names {} of store, one intake handle at most", file.path, doors.join(", ")))
}

fn sources_of_this_crate() -> Vec<SourceFile> {
    files::read_tree(Path::new(env!("CARGO_MANIFEST_DIR")), "src")
}

#[test]
fn the_sources_keep_the_architecture() {
    let files = sources_of_this_crate();
    assert!(files.iter().any(|file| file.path == "src/lib.rs"), "src/lib.rs was not read");
    let found = violations(&files);
    assert!(found.is_empty(), "{} broken rules:\n{}", found.len(), found.join("\n"));
}

#[test]
fn tests_and_benches_are_short_files_too() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found: Vec<String> = ["tests", "benches"]
        .iter()
        .flat_map(|folder| files::read_tree(root, folder))
        .filter_map(|file| long_file(&file))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Findings for invented sources, given as (path, text).
fn found_in(sources: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<SourceFile> = sources.iter().map(|(path, text)| SourceFile::new(path, text)).collect();
    violations(&files)
}

#[test]
fn downward_imports_are_allowed() {
    let found = found_in(&[
        ("src/main.rs", "fn main() { binhyen::cli::run(); }"),
        ("src/lib.rs", "//! Doc.\npub mod cli;\npub mod domain;\npub mod http;\n"),
        ("src/cli/mod.rs", "mod serve;\nuse crate::{http::Server, domain::edition::Edition};"),
        ("src/cli/serve.rs", "use crate::config::Config; use crate::store;"),
        ("src/http/mod.rs", "use axum::Router; use tower::Service; use crate::tile::layers;"),
        ("src/store/mod.rs", "use sqlx::SqlitePool; use crate::domain::Area;"),
        ("src/config.rs", "use std::env;"),
    ]);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn upward_import_is_caught_with_its_line() {
    let found = found_in(&[("src/domain/area.rs", "//! Areas.\n\nuse crate::http::Server;\n")]);
    assert_eq!(found, ["src/domain/area.rs:3: domain may not name http"]);
}

#[test]
fn upward_import_in_a_group_a_rename_or_inline_is_caught() {
    let group = found_in(&[("src/tile/mod.rs", "use crate::{domain::Area, snapshot::{self, Epoch}, http::{state}};")]);
    assert_eq!(group, ["src/tile/mod.rs:1: tile may not name http"]);
    let renamed = found_in(&[("src/statistics/rate.rs", "use crate::domain::Area as Unit;")]);
    assert_eq!(renamed, ["src/statistics/rate.rs:1: statistics may not name domain"]);
    let inline = found_in(&[("src/geometry/clip.rs", "fn f() -> u8 {\n    crate::config::read()\n}")]);
    assert_eq!(inline, ["src/geometry/clip.rs:2: geometry may not name config"]);
    let by_super = found_in(&[("src/geometry/clip.rs", "use super::super::snapshot::Epoch;")]);
    assert_eq!(by_super, ["src/geometry/clip.rs:1: geometry may not name snapshot"]);
    let sideways = found_in(&[("src/http/areas.rs", "use crate::ingest::Report;")]);
    assert_eq!(sideways, ["src/http/areas.rs:1: http may not name ingest"]);
}

#[test]
fn comments_and_strings_name_nothing() {
    let text = "//! See crate::http::x.\n/* use crate::cli; /* crate::cli */ */\nconst S: &str = \"crate::http::y \\\" sqlx::z\";\n\
                const R: &str = r#\"use crate::cli::\"#; fn f<'a>(c: char) -> bool { c == '\"' || c == '\\'' }\n";
    assert_eq!(found_in(&[("src/domain/a.rs", text)]), Vec::<String>::new());
}

#[test]
fn outside_crates_stay_in_their_layer() {
    let found = found_in(&[
        ("src/cli/import.rs", "async fn f() { sqlx::query(\"\").await; }"),
        ("src/export/png.rs", "use axum::body::Body;\nuse tower_http::cors;"),
        ("src/http/tiles.rs", "use mvt::Tile;"),
        ("src/tile/mod.rs", "use mvt::{Tile, Layer};"),
        ("src/http/table.rs", "use rust_xlsxwriter::Workbook;"),
        ("src/export/xlsx.rs", "use rust_xlsxwriter::Workbook;"),
        ("src/domain/period.rs", "use tokio::sync::Mutex;"),
        ("src/geometry/locate.rs", "#[tokio::test] async fn t() {}"),
        ("src/cli/serve.rs", "use std::{env, fs};"),
        ("src/ingest/csv.rs", "fn f() { std::env::var(\"X\"); ::sqlx::query(\"\"); }"),
    ]);
    let expected = [
        "src/cli/import.rs:1: sqlx stands only in store",
        "src/export/png.rs:1: axum stands only in http",
        "src/export/png.rs:2: tower_http stands only in http",
        "src/http/tiles.rs:1: mvt stands only in tile",
        "src/http/table.rs:1: rust_xlsxwriter stands only in export",
        "src/domain/period.rs:1: no tokio in domain",
        "src/geometry/locate.rs:1: no tokio in geometry",
        "src/cli/serve.rs:1: std::env stands only in config",
        "src/ingest/csv.rs:1: std::env stands only in config",
        "src/ingest/csv.rs:1: sqlx stands only in store",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_module_of_ours_is_not_the_crate_of_the_same_name() {
    let found = found_in(&[
        ("src/export/pmtiles.rs", "use crate::tile::mvt;\nfn f() { mvt::encode(); }"),
        ("src/tile/mvt.rs", ""),
    ]);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn long_files_unknown_layers_and_items_in_lib_are_caught() {
    let long = "\n".repeat(MAX_LINES + 1);
    let found = found_in(&[
        ("src/domain/long.rs", &long),
        ("src/util/mod.rs", ""),
        ("src/lib.rs", "//! Doc.\npub mod domain;\npub fn helper() {}\n"),
    ]);
    let expected = [
        "src/domain/long.rs: 501 lines, 500 at most",
        "src/util/mod.rs: 'util' is no layer of ARCHITECTURE.md",
        "src/lib.rs:3: `fn` in lib.rs, which defines nothing",
    ];
    assert_eq!(found, expected);
}

#[test]
fn cycle_between_files_is_caught_once() {
    let found = found_in(&[
        ("src/domain/a.rs", "use super::b::B;"),
        ("src/domain/b.rs", "fn f() { crate::domain::c::g(); }"),
        ("src/domain/c.rs", "use crate::domain::a::A;"),
        ("src/domain/mod.rs", "pub mod a;\npub mod b;\npub mod c;"),
    ]);
    assert_eq!(found, ["cycle: src/domain/a.rs → src/domain/b.rs → src/domain/c.rs → src/domain/a.rs"]);
}

#[test]
fn parent_that_calls_a_child_that_calls_back_is_a_cycle() {
    let found = found_in(&[
        ("src/tile/mod.rs", "mod clip;\npub struct Tile;\npub fn tile() { clip::clip(); }"),
        ("src/tile/clip.rs", "use super::Tile;"),
    ]);
    assert_eq!(found, ["cycle: src/tile/clip.rs → src/tile/mod.rs → src/tile/clip.rs"]);
}

#[test]
fn signposts_and_unit_tests_make_no_cycle() {
    let found = found_in(&[
        ("src/domain/mod.rs", "mod area;\nmod edition;\npub use area::Area;\npub use edition::Edition as Bounds;"),
        (
            "src/domain/area.rs",
            "use super::Bounds;\n#[cfg(test)]\nmod tests {\n    use super::*;\n    use crate::snapshot::S;\n}",
        ),
        ("src/domain/edition.rs", "#[cfg(test)]\nmod tests {\n    use crate::domain::Area;\n}"),
    ]);
    assert_eq!(found, ["src/domain/area.rs:5: domain may not name snapshot"]);
}

#[test]
fn http_reaches_the_store_through_one_handle() {
    let one = found_in(&[("src/http/state.rs", "use crate::store::Intake; fn f(i: crate::store::Intake) {}")]);
    assert_eq!(one, Vec::<String>::new());
    let two = found_in(&[("src/http/state.rs", "use crate::store::{Intake, sqlite::Sqlite};")]);
    assert_eq!(two, ["src/http/state.rs: http names Intake, sqlite of store, one intake handle at most"]);
}
