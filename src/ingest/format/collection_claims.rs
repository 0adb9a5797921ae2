//! What a `FeatureCollection` says of itself besides its features: that it is one page of many, that the server gave up
//! under way, and how many features it should have.
//!
//! In: the members of the collection, wherever they stand in the file. Out: the first claim that the features do not
//! bear out. Servers cut their answers at a limit and say so in a member that no map shows: `ArcGIS`
//! (`exceededTransferLimit`), WFS and OGC API (`numberMatched`, a link to the next page), CKAN and Socrata (`total`,
//! `next`), Overpass (`remark`).

use std::collections::BTreeSet;

use super::json_members::{JsonFault, Member, members, text};

/// What to do about a file that says that it is a part of something longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartOfMore {
    /// Refuse it, because what is missing would look like nothing there.
    #[default]
    Refused,
    /// Take it as it is.
    Taken,
}

/// What is said of JSON that is a table and no map.
pub(in crate::ingest) const LIST_OF_RECORDS: &str =
    "this is JSON with a list of records, not GeoJSON: ask the source for CSV or GeoJSON";

/// Members that say that more was to come. All names stand here without signs, in lower case.
const CUT: [&str; 12] = [
    "exceededtransferlimit",
    "truncated",
    "istruncated",
    "hasmore",
    "moreresults",
    "morerecords",
    "hasnext",
    "hasnextpage",
    "incomplete",
    "incompleteresults",
    "partial",
    "ispartial",
];
/// Members that lead to the next page.
const NEXT: [&str; 10] = [
    "next",
    "nextpage",
    "nextlink",
    "nexturl",
    "nexthref",
    "odatanextlink",
    "nextpagetoken",
    "nextcursor",
    "nexttoken",
    "continuationtoken",
];
/// Members that count features: of the answer, or of all that match.
const COUNTS: [&str; 21] = [
    "numberreturned",
    "numbermatched",
    "numberoffeatures",
    "totalfeatures",
    "count",
    "total",
    "totalcount",
    "totalresults",
    "totalrecords",
    "totalrows",
    "totalmatched",
    "totalhits",
    "featurecount",
    "resultcount",
    "recordcount",
    "rowcount",
    "numfeatures",
    "numrecords",
    "numfound",
    "returned",
    "matched",
];
/// Members in which servers say that they gave up.
const FAILURES: [&str; 6] = ["error", "errors", "exception", "exceptions", "exceptionreport", "fault"];
/// Members that tell something, which may be that the server gave up.
const REMARKS: [&str; 6] = ["remark", "remarks", "warning", "warnings", "message", "note"];
/// Words by which a remark tells it.
const GIVEN_UP: [&str; 10] = [
    "timed out",
    "timeout",
    "time out",
    "runtime error",
    "out of memory",
    "truncated",
    "limit exceeded",
    "exceeded",
    "incomplete",
    "aborted",
];
/// Members that hold such members in their turn.
const HOLDERS: [&str; 12] = [
    "properties",
    "metadata",
    "meta",
    "context",
    "result",
    "results",
    "paging",
    "pagination",
    "page",
    "response",
    "extra",
    "searchinformation",
];
/// Members that hold links.
const LINKS: [&str; 2] = ["links", "link"];

/// The claims met so far.
#[derive(Debug, Default)]
pub(in crate::ingest) struct CollectionClaims {
    names: BTreeSet<String>,
    cut: Option<String>,
    counts: Vec<(String, u64)>,
}

impl CollectionClaims {
    /// Notes a member's name.
    ///
    /// # Errors
    /// When it has come before.
    pub(in crate::ingest) fn note_name(&mut self, name: &str) -> Result<(), JsonFault> {
        if self.names.insert(name.to_owned()) { Ok(()) } else { Err(JsonFault::NameTwice { name: name.to_owned() }) }
    }

    /// Notes a member's value.
    ///
    /// # Errors
    /// When an object inside it gives a name twice, or is no JSON.
    pub(in crate::ingest) fn note_value(&mut self, name: &str, value: &[u8]) -> Result<(), JsonFault> {
        self.note(name, value);
        let plain = plain_name(name);
        let is_holder = HOLDERS.contains(&plain.as_str()) || LINKS.contains(&plain.as_str());
        if is_holder && value.first() == Some(&b'{') {
            for Member { name, value } in members(value)? {
                self.note(&name, value);
            }
        }
        Ok(())
    }

    fn note(&mut self, name: &str, value: &[u8]) {
        let plain = plain_name(name);
        let is_one_of = |names: &[&str]| names.contains(&plain.as_str());
        let written = value_text(value);
        if is_one_of(&CUT) && is_truthy(&written) {
            self.note_cut(format!("the file says {name:?}: {written}, so it is the first part of a longer answer"));
        }
        if is_one_of(&NEXT) && is_truthy(&written) {
            self.note_cut(format!("the file leads to a next page ({name:?}: {})", beginning(&written)));
        }
        if is_one_of(&LINKS) && links_to_next(value) {
            self.note_cut("the file has a link to a next page (\"rel\":\"next\")".to_owned());
        }
        let told = written.to_lowercase();
        let has_given_up = is_one_of(&FAILURES) && is_truthy(&written)
            || is_one_of(&REMARKS) && GIVEN_UP.iter().any(|words| told.contains(words));
        if has_given_up {
            self.note_cut(format!("the server gave up under way: the file says {name:?}: {}", beginning(&written)));
        }
        if let (true, Ok(count)) = (is_one_of(&COUNTS), written.parse::<f64>()) {
            self.counts.push((name.to_owned(), count as u64));
        }
    }

    /// Keeps the first claim.
    fn note_cut(&mut self, claim: String) {
        self.cut.get_or_insert(claim);
    }

    /// What a file without features is, by the members that it has.
    pub(in crate::ingest) fn other_form(&self) -> Option<&'static str> {
        let has = |name: &str| self.names.contains(name);
        if has("elements") {
            return Some(
                "this is an answer of Overpass, not GeoJSON: turn it into GeoJSON, for example with osmtogeojson",
            );
        }
        if ["result", "results", "records", "rows", "value", "items", "data"].into_iter().any(has) {
            return Some(LIST_OF_RECORDS);
        }
        None
    }

    /// What the file says of itself that so many features do not bear out.
    pub(in crate::ingest) fn broken_claim(&self, features: u64) -> Option<String> {
        let wrong = self.counts.iter().find(|(_, count)| *count != features);
        let counted =
            wrong.map(|(name, count)| format!("the file says {name:?}: {count}, and it holds {features} features"));
        self.cut.clone().or(counted)
    }
}

/// A name without the signs and capitals that servers write it with.
fn plain_name(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn value_text(value: &[u8]) -> String {
    match value.first() {
        Some(b'"') => text(value).unwrap_or_default(),
        _ => String::from_utf8_lossy(value).into_owned(),
    }
}

/// Characters of a value that a message quotes.
const QUOTED_CHARS: usize = 80;

fn beginning(written: &str) -> String {
    let short: String = written.chars().take(QUOTED_CHARS).collect();
    if short.len() < written.len() { format!("{short}…") } else { short }
}

fn is_truthy(written: &str) -> bool {
    let no = ["", "false", "null", "no", "none", "n", "f", "[]", "{}"];
    let written = written.trim().to_lowercase();
    !no.contains(&written.as_str()) && written.parse::<f64>() != Ok(0.0)
}

/// Whether one of the links of a page (OGC API – Features) leads to the next one.
fn links_to_next(links: &[u8]) -> bool {
    use serde_json::Value;
    let links: Vec<Value> = serde_json::from_slice(links).unwrap_or_default();
    let is_next = |rel: &Value| rel.as_str().is_some_and(|rel| rel.trim().eq_ignore_ascii_case("next"));
    links.iter().filter_map(|link| link.get("rel")).any(|rel| match rel {
        Value::Array(all) => all.iter().any(is_next),
        rel => is_next(rel),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(given: &[(&str, &str)], features: u64) -> Option<String> {
        let mut claims = CollectionClaims::default();
        for (name, value) in given {
            claims.note_name(name).unwrap();
            claims.note_value(name, value.as_bytes()).unwrap();
        }
        claims.broken_claim(features)
    }

    #[test]
    fn cut_answer_is_told_in_every_truthy_form() {
        for value in ["true", "1", "\"true\"", "\"True\"", "\"yes\"", "2.0"] {
            let told = claim(&[("exceededTransferLimit", value)], 2).unwrap();
            assert!(told.starts_with("the file says \"exceededTransferLimit\": "), "{told}");
        }
        assert!(claim(&[("properties", r#"{"exceededTransferLimit":true}"#)], 2).is_some());
        assert!(claim(&[("exceeded_transfer_limit", "true")], 2).is_some());
        for value in ["false", "0", "null", "\"false\"", "\"\"", "\"no\""] {
            assert_eq!(claim(&[("exceededTransferLimit", value)], 2), None, "{value}");
        }
    }

    #[test]
    fn counts_must_be_those_of_the_file() {
        assert_eq!(
            claim(&[("numberReturned", "2"), ("numberMatched", "5000")], 2).unwrap(),
            "the file says \"numberMatched\": 5000, and it holds 2 features"
        );
        for name in ["totalFeatures", "count", "numberReturned"] {
            assert_eq!(claim(&[(name, "2")], 2), None);
            assert!(claim(&[(name, "\"3\"")], 2).is_some(), "{name}");
        }
        assert!(claim(&[("metadata", r#"{"count":3,"title":"x"}"#)], 2).is_some());
        assert_eq!(claim(&[("totalFeatures", "\"unknown\""), ("name", "\"x\"")], 2), None);
    }

    #[test]
    fn link_to_the_next_page_is_a_claim() {
        for (name, value) in [
            ("links", r#"[{"rel":"self"},{"rel":"next","href":"x"}]"#),
            ("links", r#"[{"rel":["NEXT"],"href":"x"}]"#),
            ("links", r#"{"self":"a","next":"b"}"#),
            ("_links", r#"{"next":{"href":"b"}}"#),
            ("@odata.nextLink", r#""https://example.vn/?$skiptoken=2""#),
            ("paging", r#"{"next":"abc"}"#),
            ("next", r#""?page=2""#),
            ("meta", r#"{"next_cursor":"x"}"#),
        ] {
            assert!(claim(&[(name, value)], 2).is_some(), "{name} {value}");
        }
        for (name, value) in [
            ("links", r#"[{"rel":"self"},{"rel":"prev"}]"#),
            ("links", r#"{"self":"a","next":null}"#),
            ("next", "null"),
            ("next", r#""""#),
            ("paging", r#"{"next":false}"#),
        ] {
            assert_eq!(claim(&[(name, value)], 2), None, "{name} {value}");
        }
    }

    #[test]
    fn counts_of_catalogues_are_held_against_the_file() {
        for (name, value) in [
            ("total", "5000"),
            ("result", r#"{"total":5000,"limit":100}"#),
            ("meta", r#"{"total_count":"5000"}"#),
            ("result_count", "3"),
        ] {
            assert!(claim(&[(name, value)], 2).unwrap().contains("and it holds 2 features"), "{name}");
        }
        assert_eq!(claim(&[("total", "2"), ("result", r#"{"total":2}"#), ("limit", "100")], 2), None);
    }

    #[test]
    fn a_server_that_gave_up_is_told() {
        let remark = r#""runtime error: Query timed out in \"query\" at line 3 after 25 seconds.""#;
        let told = claim(&[("remark", remark)], 2).unwrap();
        assert!(told.starts_with("the server gave up under way: the file says \"remark\": runtime error"), "{told}");
        assert!(claim(&[("error", r#"{"code":500,"message":"x"}"#)], 2).is_some());
        assert!(claim(&[("metadata", r#"{"warning":"Response truncated"}"#)], 2).is_some());
        for (name, value) in [("remark", r#""made by hand""#), ("error", "null"), ("errors", "[]"), ("note", r#""ok""#)]
        {
            assert_eq!(claim(&[(name, value)], 2), None, "{name}");
        }
    }

    #[test]
    fn name_given_twice_is_a_fault() {
        let mut claims = CollectionClaims::default();
        claims.note_name("features").unwrap();
        assert!(claims.note_name("features").is_err());
        assert!(claims.note_value("properties", br#"{"a":1,"a":2}"#).is_err());
    }
}
