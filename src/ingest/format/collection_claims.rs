//! What a `FeatureCollection` says of itself besides its features: that it is one page of many, and how many features it
//! should have.
//!
//! In: the members of the collection, wherever they stand in the file. Out: the first claim that the features do not
//! bear out. Servers cut their answers at a limit and say so in a member that no map shows.

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

/// Members that say that more was to come.
const CUT: [&str; 1] = ["exceededtransferlimit"];
/// Members that count features: of the answer, or of all that match.
const COUNTS: [&str; 9] = [
    "numberreturned",
    "numbermatched",
    "totalfeatures",
    "count",
    "totalcount",
    "featurecount",
    "numfeatures",
    "returned",
    "matched",
];
/// Members that hold such members in their turn.
const HOLDERS: [&str; 3] = ["properties", "metadata", "context"];

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
        if name == "links" && links_to_next(value) {
            self.cut = Some("the file has a link to a next page (\"rel\":\"next\")".to_owned());
        }
        if HOLDERS.contains(&name) && value.first() == Some(&b'{') {
            for Member { name, value } in members(value)? {
                self.note(&name, value);
            }
        }
        Ok(())
    }

    fn note(&mut self, name: &str, value: &[u8]) {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let plain = plain.to_ascii_lowercase();
        let written = value_text(value);
        if CUT.contains(&plain.as_str()) && is_truthy(&written) {
            self.cut = Some(format!("the file says {name:?}: {written}, so it is the first part of a longer answer"));
        }
        if let (true, Ok(count)) = (COUNTS.contains(&plain.as_str()), written.parse::<f64>()) {
            self.counts.push((name.to_owned(), count as u64));
        }
    }

    /// What the file says of itself that so many features do not bear out.
    pub(in crate::ingest) fn broken_claim(&self, features: u64) -> Option<String> {
        let wrong = self.counts.iter().find(|(_, count)| *count != features);
        let counted =
            wrong.map(|(name, count)| format!("the file says {name:?}: {count}, and it holds {features} features"));
        self.cut.clone().or(counted)
    }
}

fn value_text(value: &[u8]) -> String {
    match value.first() {
        Some(b'"') => text(value).unwrap_or_default(),
        _ => String::from_utf8_lossy(value).into_owned(),
    }
}

fn is_truthy(written: &str) -> bool {
    let no = ["", "false", "null", "no", "n", "f", "[]", "{}"];
    let written = written.trim().to_lowercase();
    !no.contains(&written.as_str()) && written.parse::<f64>() != Ok(0.0)
}

/// Whether one of the links of a page (OGC API – Features) leads to the next one.
fn links_to_next(links: &[u8]) -> bool {
    let links: Vec<serde_json::Value> = serde_json::from_slice(links).unwrap_or_default();
    links.iter().any(|link| link.get("rel").and_then(serde_json::Value::as_str) == Some("next"))
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
        assert!(claim(&[("links", r#"[{"rel":"self"},{"rel":"next","href":"x"}]"#)], 2).is_some());
        assert_eq!(claim(&[("links", r#"[{"rel":"self"}]"#)], 2), None);
    }

    #[test]
    fn name_given_twice_is_a_fault() {
        let mut claims = CollectionClaims::default();
        claims.note_name("features").unwrap();
        assert!(claims.note_name("features").is_err());
        assert!(claims.note_value("properties", br#"{"a":1,"a":2}"#).is_err());
    }
}
