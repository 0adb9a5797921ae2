//! Every sentence on an area of the sample, for every role, window and scheme, read by rule in both languages.
//!
//! The rules are those of METHODS.md, section "What may be said when". They are written here from the numbers of the
//! answer alone, not from the program that makes the sentence.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::support::golden::say;
use crate::support::{Role, ServerProcess};

/// So many ask at a time.
const READERS: usize = 4;

/// One explanation, and who asked for it.
struct Read<'a> {
    role: Role,
    edition: &'a str,
    scheme: &'a str,
    answer: &'a Value,
}

/// A phrase in both languages.
struct Phrase {
    vi: &'static str,
    en: &'static str,
}

const HIDDEN: Phrase =
    Phrase { vi: "số vụ không được công bố", en: "number of incidents is not published" };
const RECORDED: Phrase = Phrase { vi: "ghi nhận ", en: " recorded" };
const BY_SEVERITY: Phrase = Phrase { vi: "Tính cả mức độ nghiêm trọng", en: "Counting severity" };
const ABOVE: Phrase = Phrase { vi: "cao hơn rõ rệt", en: "clearly above it" };
const BELOW: Phrase = Phrase { vi: "thấp hơn rõ rệt", en: "clearly below it" };
const UNCLEAR: Phrase = Phrase { vi: "Không khác biệt rõ so với", en: "does not clearly differ from" };
const PROVINCE: Phrase = Phrase { vi: "mức chung của tỉnh", en: "of the province" };
const REGION: Phrase = Phrase { vi: "mức chung của vùng", en: "of the region" };
const TOO_FEW: Phrase = Phrase { vi: "chỉ được công bố từ", en: "published from" };
const APART: [Phrase; 2] = [
    Phrase { vi: "Số vụ nhiều hơn mức chung mà tỷ số thấp hơn", en: "yet a lower ratio" },
    Phrase { vi: "Số vụ ít hơn mức chung mà tỷ số cao hơn", en: "yet a higher ratio" },
];

impl Read<'_> {
    fn number(&self, path: [&str; 2]) -> Option<f64> {
        self.answer[path[0]][path[1]].as_f64()
    }

    fn is_public(&self) -> bool {
        matches!(self.role, Role::Public)
    }

    /// Asserts that both languages say a phrase, or that neither does.
    fn says(&self, phrase: &Phrase, expected: bool) {
        let sentence = &self.answer["sentence"];
        for (language, words) in [("vi", phrase.vi), ("en", phrase.en)] {
            let text = sentence[language].as_str().unwrap_or_default();
            assert_eq!(text.contains(words), expected, "{words:?} in {text:?}: {}", self.answer);
        }
    }

    fn check(&self) {
        let observed = self.number(["unweighted", "observed"]);
        self.says(&RECORDED, observed.is_some());
        self.says(&HIDDEN, observed.is_none() && self.is_public());
        let expected = self.number(["unweighted", "expected"]);
        let grade = self.answer["grade"].as_str().unwrap_or_default();
        self.check_grade(grade);
        let is_graded = matches!(grade, "A" | "B" | "C" | "D" | "E" | "range");
        let is_compared = expected.is_some() || (is_graded && self.number(["weighted", "ratio"]).is_some());
        let is_region = self.edition == "2025-07";
        self.says(&PROVINCE, is_compared && !is_region);
        self.says(&REGION, is_compared && is_region);
        self.check_comparison(is_graded);
        self.says(&TOO_FEW, grade == "suppressed" && observed.is_some());
        self.check_english();
    }

    fn check_grade(&self, grade: &str) {
        for letter in ["A", "B", "C", "D", "E"] {
            let sentence = self.answer["sentence"]["vi"].as_str().unwrap_or_default();
            let is_said = sentence.contains(&format!("Xếp loại {letter}"));
            assert_eq!(is_said, grade == letter, "{}", self.answer);
        }
        if grade.len() == 1 && !self.is_public() {
            let probability = self.answer["prob_letter"].as_f64();
            assert!(probability.is_some_and(|probability| probability >= 0.5), "{}", self.answer);
        }
    }

    fn check_comparison(&self, is_graded: bool) {
        let difference = self.answer["difference"].as_str().filter(|_| is_graded);
        self.says(&ABOVE, difference == Some("higher"));
        self.says(&BELOW, difference == Some("lower"));
        self.says(&UNCLEAR, difference == Some("not_clearly_different"));
        let is_clear = matches!(difference, Some("higher" | "lower"));
        self.says(&BY_SEVERITY, is_clear && !self.is_public() && self.scheme != "khong_trong_so");
        let unweighted = self.number(["unweighted", "observed"]).zip(self.number(["unweighted", "expected"]));
        let more = unweighted.is_some_and(|(observed, expected)| observed > expected);
        let fewer = unweighted.is_some_and(|(observed, expected)| observed < expected);
        self.says(&APART[0], more && difference == Some("lower"));
        self.says(&APART[1], fewer && difference == Some("higher"));
    }

    /// Singular and plural agree, nothing is left unfilled.
    fn check_english(&self) {
        let text = self.answer["sentence"]["en"].as_str().unwrap_or_default();
        let padded = format!(" {text}");
        assert!(!padded.contains(" 1 incidents") && !padded.contains("incident were"), "{text}");
        assert!(!text.contains('{') && !text.contains("null") && !text.contains("NaN"), "{text}");
        let vietnamese = self.answer["sentence"]["vi"].as_str().unwrap_or_default();
        assert!(!vietnamese.contains('{') && vietnamese.ends_with('.') && text.ends_with('.'), "{vietnamese} {text}");
    }
}

fn strings(list: &Value, member: &str) -> Vec<String> {
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|item| Some(item[member].as_str()?.to_owned())).collect()
}

/// The codes of the communes of an edition.
fn codes(server: &ServerProcess, edition: &str) -> Vec<String> {
    strings(&server.get(&format!("/ratings?edition={edition}")).json()["areas"], "code")
}

/// What is read with one assessment behind it: every eleventh commune, other ones in other windows, so that all are.
#[derive(Debug)]
struct Group {
    role: Role,
    edition: &'static str,
    scheme: String,
    window: String,
    codes: Vec<String>,
}

impl Group {
    /// Reads the sentences of the group; how many they are.
    fn read(&self, server: &ServerProcess) -> usize {
        let Self { role, edition, scheme, window, codes } = self;
        let sentences = codes.iter().map(|code| {
            let address = format!("/areas/{edition}/{code}/explanation?window={window}&scheme={scheme}");
            let reply = server.get_as(*role, &address);
            // A window that no incident falls into is refused with its reason, and has no sentence.
            if reply.status != 200 {
                assert!((400..500).contains(&reply.status), "{address}: {}", reply.text());
                return 0;
            }
            Read { role: *role, edition, scheme, answer: &reply.json() }.check();
            1
        });
        sentences.sum()
    }
}

/// All groups of a role, by what `/meta` offers it.
fn groups(server: &ServerProcess, role: Role) -> Vec<Group> {
    let meta = server.get_as(role, "/meta").json();
    let windows: Vec<&str> = meta["windows"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .filter(|window| matches!(role, Role::Public) || window["use"] != "certification_residential_area")
        .filter_map(|window| window["id"].as_str())
        .collect();
    let schemes = strings(&meta["schemes"], "id");
    assert!(windows.len() > 2 && !schemes.is_empty(), "{meta}");
    let mut groups = Vec::new();
    for edition in ["2025-01", "2025-07"] {
        let codes = codes(server, edition);
        for (turn, window) in windows.iter().enumerate() {
            let chosen: Vec<String> = codes.iter().skip(turn % 11).step_by(11).cloned().collect();
            groups.extend(schemes.iter().map(|scheme| Group {
                role,
                edition,
                scheme: scheme.clone(),
                window: (*window).to_owned(),
                codes: chosen.clone(),
            }));
        }
    }
    groups
}

#[test]
fn every_sentence_of_the_sample_says_what_its_numbers_carry() {
    let server = ServerProcess::on_sample();
    let groups: Vec<Group> = [Role::Public, Role::Planner].into_iter().flat_map(|role| groups(&server, role)).collect();
    let next = AtomicUsize::new(0);
    // The server answers on all cores; whoever asks one question after the other waits for a single one of them.
    let reader = || {
        let mut read = 0;
        while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
            read += group.read(&server);
        }
        read
    };
    let read: usize = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS).map(|_| scope.spawn(reader)).collect();
        readers.into_iter().map(|reader| reader.join().expect("every sentence keeps the rules")).sum()
    });
    say(&format!("{read} sentences were read"));
    assert!(read > 1_000, "{read} sentences were read");
}
