//! The rules themselves, on small sources with one break each: every rule finds its own, and nothing else.

use super::debts::Debt;
use super::judged;
use super::rules::{Broken, broken};
use super::source::SourceFile;
use super::table::{MAX_FILE_LINES, MAX_FOLDER_FILES, MAX_FUNCTION_LINES};

fn breaks(sources: &[(&str, &str)]) -> Vec<Broken> {
    let files: Vec<SourceFile> = sources.iter().map(|(path, text)| SourceFile::new(path, text)).collect();
    broken(&files)
}

/// Findings for invented sources, given as (path, text).
fn found_in(sources: &[(&str, &str)]) -> Vec<String> {
    breaks(sources).iter().map(Broken::told).collect()
}

fn nothing() -> Vec<String> {
    Vec::new()
}

#[test]
fn downward_imports_are_allowed() {
    let found = found_in(&[
        ("src/main.rs", "fn main() { binhyen::cli::run(); }"),
        ("src/lib.rs", "//! Doc.\npub mod cli;\npub mod domain;\npub mod http;\n"),
        ("src/cli/mod.rs", "mod serve;\nuse crate::{http::Server, service::Service};"),
        ("src/cli/serve.rs", "use crate::config::Config; use crate::store;"),
        ("src/http/mod.rs", "use axum::Router; use tower::Service; use crate::service::viewer;"),
        ("src/service/viewer.rs", "use crate::features::page; use crate::attributes::TABLE;"),
        ("src/attributes/mod.rs", "use crate::domain::Area;"),
        ("src/features/page.rs", "use crate::attributes::Attribute;"),
        ("src/store/mod.rs", "use sqlx::SqlitePool; use crate::domain::Area;"),
        ("src/ingest/format/geopackage.rs", "use sqlx::SqlitePool;"),
        ("src/config.rs", "use std::env;"),
    ]);
    assert_eq!(found, nothing());
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
fn import_in_a_type_behind_a_turbofish_or_in_a_macro_is_caught() {
    let in_type = found_in(&[("src/geometry/a.rs", "struct A(Vec<Option<crate::store::Row>>);")]);
    assert_eq!(in_type, ["src/geometry/a.rs:1: geometry may not name store"]);
    let turbofish = found_in(&[("src/geometry/a.rs", "fn f() { Vec::<crate::store::Row>::new(); }")]);
    assert_eq!(turbofish, ["src/geometry/a.rs:1: geometry may not name store"]);
    let in_macro = found_in(&[("src/geometry/a.rs", "fn f() {\n  assert!(x.y && {\n crate::store::open() });\n}")]);
    assert_eq!(in_macro, ["src/geometry/a.rs:3: geometry may not name store"]);
    let in_attribute = found_in(&[("src/domain/a.rs", "#[tokio::test]\nasync fn t() {}")]);
    assert_eq!(in_attribute, ["src/domain/a.rs:1: no tokio on the ground"]);
}

#[test]
fn comments_strings_and_visibilities_name_nothing() {
    let text = "//! See crate::http::x.\n/* use crate::cli; /* crate::cli */ */\nconst S: &str = \"crate::http::y \\\" sqlx::z\";\n\
                const R: &str = r#\"use crate::cli::\"#; fn f<'a>(c: char) -> bool { c == '\"' || c == '\\'' }\n\
                pub(in crate::http) struct T;\n";
    assert_eq!(found_in(&[("src/domain/a.rs", text)]), nothing());
}

#[test]
fn outside_crates_stay_in_their_layer() {
    let found = found_in(&[
        ("src/cli/import.rs", "async fn f() { sqlx::query(\"\").await; }"),
        ("src/export/png.rs", "use axum::body::Body;\nuse tower_http::cors;\nuse hyper::Request;"),
        ("src/http/tiles.rs", "use mvt::Tile;"),
        ("src/tile/mod.rs", "use mvt::{Tile, Layer};"),
        ("src/http/table.rs", "use rust_xlsxwriter::Workbook;"),
        ("src/export/xlsx.rs", "use rust_xlsxwriter::Workbook;"),
        ("src/domain/period.rs", "use tokio::sync::Mutex;"),
        ("src/cli/serve.rs", "use std::{env, fs};"),
        ("src/ingest/csv.rs", "fn f() { std::env::var(\"X\"); ::sqlx::query(\"\"); }"),
    ]);
    let expected = [
        "src/cli/import.rs:1: sqlx stands only in store, ingest/format/geopackage, export/archive/mbtiles",
        "src/export/png.rs:1: axum stands only in http",
        "src/export/png.rs:2: tower_http stands only in http",
        "src/export/png.rs:3: hyper stands only in http",
        "src/http/tiles.rs:1: mvt stands only in tile",
        "src/http/table.rs:1: rust_xlsxwriter stands only in export",
        "src/domain/period.rs:1: no tokio on the ground",
        "src/cli/serve.rs:1: std::env stands only in config",
        "src/ingest/csv.rs:1: std::env stands only in config",
        "src/ingest/csv.rs:1: sqlx stands only in store, ingest/format/geopackage, export/archive/mbtiles",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_module_of_ours_is_not_the_crate_of_the_same_name() {
    let found = found_in(&[
        ("src/export/pmtiles.rs", "use crate::tile::mvt;\nfn f() { mvt::encode(); }"),
        ("src/tile/mvt.rs", ""),
    ]);
    assert_eq!(found, nothing());
}

#[test]
fn the_clock_is_read_at_the_edge_alone() {
    let now =
        "fn f() { jiff::Timestamp::now(); }\n#[cfg(test)]\nmod tests {\n fn g() { std::time::Instant::now(); }\n}";
    let edge =
        [("src/cli/a.rs", now), ("src/http/a.rs", now), ("src/service/live.rs", now), ("src/service/live/a.rs", now)];
    assert_eq!(found_in(&edge), nothing());
    let deeper = found_in(&[("src/domain/a.rs", now), ("src/service/caches.rs", now)]);
    let rule = "the clock is read only at the edge";
    assert_eq!(deeper, [format!("src/domain/a.rs:1: {rule}"), format!("src/service/caches.rs:1: {rule}")]);
}

#[test]
fn untyped_answers_stand_in_tests_and_service_answers_alone() {
    let text = "fn f() -> Value { json!({}) }\nfn g() -> Value { serde_json::json!([]) }\n#[test]\nfn t() { json!(1); }\n\
                #[cfg(test)]\nmod tests {\n    fn h() { json!(2); }\n}";
    let allowed = [("src/service/answers/a.rs", text), ("src/service/tests.rs", text)];
    assert_eq!(found_in(&allowed), nothing());
    let rule = "json! outside tests and service/answers";
    let found = found_in(&[("src/http/a.rs", text)]);
    assert_eq!(found, [format!("src/http/a.rs:1: {rule}"), format!("src/http/a.rs:2: {rule}")]);
}

#[test]
fn vietnamese_in_code_is_caught_in_macros_attributes_and_escapes_too() {
    let text = "/// Xã.\nfn f() -> &'static str { \"xã\" }\nfn g() -> String {\n    format!(\"{} vụ\", 1)\n}\n\
                #[error(\"kh\\u{f4}ng\")]\nstruct E;\nfn h() { m!({ #[doc = \"Đ\"] x(\"Bo\\u{302}\") }); }\n\
                fn fine() { (\"µ × … “a”\", 'đ'); }\n#[test]\nfn t() { \"xã\"; }";
    let rule = "Vietnamese stands in the catalogue, src/texts";
    let expected = [2, 4, 6, 8].map(|line| format!("src/tile/a.rs:{line}: {rule}"));
    assert_eq!(found_in(&[("src/tile/a.rs", text)]), expected);
    assert_eq!(found_in(&[("src/texts/a.rs", text), ("src/attributes/a.rs", text)]), nothing());
    assert_eq!(found_in(&[("src/tile/tests.rs", text)]), nothing());
}

#[test]
fn public_name_of_a_type_given_twice_is_caught() {
    let found = found_in(&[
        ("src/domain/a.rs", "pub struct Level;\nstruct Own;\npub(super) enum Near {}"),
        ("src/statistics/b.rs", "\npub(crate) type Level = f64;\nstruct Own;\npub(super) enum Near {}"),
    ]);
    assert_eq!(found, ["Level: public type name given twice (src/domain/a.rs:1, src/statistics/b.rs:2)"]);
}

#[test]
fn parameter_that_takes_a_tuple_apart_is_caught_in_functions_and_methods() {
    let text = "fn free((a, b): (u8, u8)) {}\nimpl T {\n    fn method(&self, &(a, b): &(u8, u8)) {}\n}\n\
                fn fine(pair: (u8, u8)) { pairs.map(|(a, b)| a); }\n#[cfg(test)]\nmod tests {\n    fn t((a, b): P) {}\n}";
    let rule = "a parameter takes a tuple apart";
    let expected = [format!("src/domain/a.rs:1: {rule} (free)"), format!("src/domain/a.rs:3: {rule} (method)")];
    assert_eq!(found_in(&[("src/domain/a.rs", text)]), expected);
}

#[test]
fn bare_coordinates_that_other_modules_see_are_caught() {
    let text = "pub struct S { pub(crate) bounds: [f64; 4], own: [f64; 4], pub weights: [f64; 3], pub(super) z: Range<f64> }\n\
                pub(super) enum E { A(Vec<(f64, f64)>), B(f64, f64) }\npub type Line = Vec<[f64; 2]>;\n\
                pub fn free(bounds: Option<&[f64; 4]>) {}\nimpl S {\n    pub fn middle(&self) -> (f64, f64) { pair }\n\
                fn own(&self) -> [f64; 2] { pair }\n}\nimpl From<S> for [f64; 4] {\n    fn from(s: S) -> [f64; 4] { s.own }\n}\n\
                pub fn fine(at: impl Fn(f64, f64) -> f64) -> (f64, f64, f64) { 0 }\npub trait T { fn limits(&self) -> (f64, f64); }\n\
                #[cfg(test)]\nmod tests {\n    pub fn t(p: [f64; 2]) {}\n}";
    let caught =
        |(line, name): (usize, &str)| format!("src/domain/a.rs:{line}: bare coordinates cross a module ({name})");
    let expected = [(1, "S.bounds"), (2, "A.0"), (3, "Line"), (4, "free"), (6, "middle"), (13, "limits")].map(caught);
    assert_eq!(found_in(&[("src/domain/a.rs", text)]), expected);
    assert_eq!(found_in(&[("src/service/answers/geometry.rs", "pub enum G { Point([f64; 2]) }")]), nothing());
}

#[test]
fn field_left_out_of_an_answer_is_caught() {
    let text = "fn f(row: Row) -> A {\n    let Row { grade, .. } = row;\n    let Row { grade: _, count: _ } = row;\n\
                if let Kind::One { .. } = k {}\n    let [first, ..] = all;\n    A { grade, ..public }\n}\n\
                #[cfg(test)]\nmod tests {\n    fn t() { let Row { grade, .. } = row; }\n}";
    let rule = "what answers are made of is taken apart whole, without `..`";
    let at = |path: &str| [format!("{path}:2: {rule} (Row)"), format!("{path}:4: {rule} (One)")];
    for path in ["src/service/answers/areas/row.rs", "src/assessment/disclosure.rs"] {
        assert_eq!(found_in(&[(path, text)]), at(path));
    }
    assert_eq!(found_in(&[("src/assessment/effect.rs", text)]), nothing());
}

#[test]
fn long_files_unknown_layers_and_items_in_lib_are_caught() {
    let long = "\n".repeat(MAX_FILE_LINES + 1);
    let found = found_in(&[
        ("src/domain/long.rs", &long),
        ("src/domain/full.rs", &long[1..]),
        ("src/util/mod.rs", ""),
        ("src/lib.rs", "//! Doc.\npub mod domain;\npub fn helper() {}\n"),
    ]);
    let expected = [
        "src/util/mod.rs: no layer of ARCHITECTURE.md (util)",
        "src/lib.rs:3: lib.rs defines nothing (fn helper)",
        "src/domain/long.rs: a file has at most 500 lines (501)",
    ];
    assert_eq!(found, expected);
}

#[test]
fn long_function_is_caught_in_tests_too() {
    let function = |name: &str, lines: usize| format!("fn {name}() {{{}}}\n", "\n".repeat(lines - 1));
    let text = format!(
        "{}#[cfg(test)]\nmod tests {{\n{}}}",
        function("fits", MAX_FUNCTION_LINES),
        function("long", MAX_FUNCTION_LINES + 1)
    );
    let found = found_in(&[("src/domain/a.rs", &text)]);
    assert_eq!(found, ["src/domain/a.rs:63: a function has at most 60 lines (long has 61)"]);
}

#[test]
fn full_folder_is_caught_and_its_mod_is_not_counted() {
    let paths: Vec<String> = (0..=MAX_FOLDER_FILES).map(|number| format!("src/domain/file_{number}.rs")).collect();
    let mut sources: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
    assert_eq!(found_in(&sources), ["src/domain: a folder has at most 15 files (16)"]);
    sources[0] = ("src/domain/mod.rs", "");
    assert_eq!(found_in(&sources), nothing());
}

#[test]
fn cycle_between_files_is_caught_once() {
    let found = found_in(&[
        ("src/domain/a.rs", "use super::b::B;"),
        ("src/domain/b.rs", "fn f() { crate::domain::c::g(); }"),
        ("src/domain/c.rs", "use crate::domain::a::A;"),
        ("src/domain/mod.rs", "pub mod a;\npub mod b;\npub mod c;"),
    ]);
    assert_eq!(found, ["src/domain/a.rs → src/domain/b.rs → src/domain/c.rs → src/domain/a.rs: cycle"]);
}

#[test]
fn parent_that_calls_a_child_that_calls_back_is_a_cycle() {
    let found = found_in(&[
        ("src/tile/mod.rs", "mod clip;\npub struct Tile;\npub fn tile() { clip::clip(); }"),
        ("src/tile/clip.rs", "use super::Tile;"),
    ]);
    assert_eq!(found, ["src/tile/clip.rs → src/tile/mod.rs → src/tile/clip.rs: cycle"]);
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
fn debts_excuse_their_entry_alone_and_must_go_once_paid() {
    let found =
        breaks(&[("src/http/a.rs", "fn f() { json!({}); json!([]); }"), ("src/http/b.rs", "fn f() { json!({}); }")]);
    let debts: &[Debt] = &[("json! outside tests and service/answers", &["src/http/a.rs", "src/http/gone.rs"])];
    let (new, paid) = judged(&found, debts);
    let new: Vec<String> = new.iter().map(Broken::told).collect();
    assert_eq!(new, ["src/http/b.rs:1: json! outside tests and service/answers"]);
    assert_eq!(paid, ["json! outside tests and service/answers: src/http/gone.rs"]);
}
