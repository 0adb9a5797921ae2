//! The catalogue of texts against the code that says them: both languages complete, every argument given and used.
//!
//! Reads `src/texts/{vi,en}/*.ftl` with Fluent's own parser and every `text!` and `text_id!` of the sources.

mod calls;
mod messages;

use calls::{Call, calls_of, calls_of_sources};
use messages::{Messages, messages_of};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every fault of a catalogue in two languages and the calls that use it, in words.
fn faults(vi: &Messages, en: &Messages, calls: &[Call]) -> Vec<String> {
    let mut faults = Vec::new();
    for (one, other, language) in [(vi, en, "English"), (en, vi, "Vietnamese")] {
        let missing = one.ids().filter(|id| !other.contains(id));
        faults.extend(missing.map(|id| format!("{id} is missing in {language}")));
    }
    for call in calls {
        let (Some(of_vi), Some(of_en)) = (vi.variables(&call.id), en.variables(&call.id)) else {
            faults.push(format!("{}: no text {}", call.file, call.id));
            continue;
        };
        let used: BTreeSet<String> = of_vi.union(&of_en).cloned().collect();
        if used != call.arguments {
            faults.push(format!("{}: {} takes {used:?}, the call gives {:?}", call.file, call.id, call.arguments));
        }
    }
    let said: BTreeSet<&str> = calls.iter().map(|call| call.id.as_str()).collect();
    let unused = vi.ids().filter(|id| !said.contains(id) && !vi.is_part_of_another(id));
    faults.extend(unused.map(|id| format!("{id} is said nowhere")));
    faults
}

fn folder(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/texts").join(language)
}

/// The files of a language by name, in order.
fn files_of(language: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder(language)).expect("the folder of a language is there");
    let paths = entries.map(|entry| entry.expect("folder entry is readable").path());
    // `help` below it is the command line's, whose English stands beside the arguments.
    let mut files: Vec<(String, String)> = paths
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a catalogue file is UTF-8"))
        })
        .collect();
    files.sort();
    files
}

fn language(language: &str) -> Messages {
    let texts: Vec<String> = files_of(language).into_iter().map(|(_, text)| text).collect();
    messages_of(&texts.concat())
}

#[test]
fn catalogue_is_complete_in_both_languages_and_every_call_fits_it() {
    let calls = calls_of_sources();
    assert!(calls.len() > 15, "only {} calls were found", calls.len());
    let faults = faults(&language("vi"), &language("en"), &calls);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn both_languages_have_the_same_files_and_each_is_read() {
    let names = |language: &str| files_of(language).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names("vi"), names("en"));
    let catalogue = fs::read_to_string(folder("vi").join("../catalogue.rs")).expect("the catalogue is there");
    let unread: Vec<String> = names("vi")
        .into_iter()
        .filter(|name| !catalogue.contains(&format!("\"{}\"", name.trim_end_matches(".ftl"))))
        .collect();
    assert!(unread.is_empty(), "not named in src/texts/catalogue.rs: {unread:?}");
}

#[test]
fn vietnamese_is_written_with_its_marks() {
    // Text without any mark would be English left behind, or Vietnamese that lost its marks on the way.
    let marked = |text: &str| text.chars().any(|letter| !letter.is_ascii() && letter.is_alphabetic());
    let messages = language("vi");
    let plain: Vec<&str> =
        messages.ids().filter(|id| messages.text(id).is_some_and(|text| text.len() > 25 && !marked(text))).collect();
    assert!(plain.is_empty(), "{plain:?}");
}

#[test]
fn every_fault_is_found() {
    let vi = messages_of("a = Số { $n } vụ { b }\nb = vụ\nc = có\nonly-vi = một\n");
    let en = messages_of("a = { $n ->\n    [one] one\n   *[other] { $n }\n}\nb = incidents\nc = yes\n");
    let source = r#"fn f() { vec![text!("a", n = 1u32), text!("a"), other(text!("a", m = text!("none")))] }"#;
    let found = faults(&vi, &en, &calls_of("f.rs", source));
    assert_eq!(
        found,
        [
            "only-vi is missing in English",
            "f.rs: a takes {\"n\"}, the call gives {}",
            "f.rs: a takes {\"n\"}, the call gives {\"m\"}",
            "f.rs: no text none",
            "c is said nowhere",
            "only-vi is said nowhere",
        ]
    );
}
