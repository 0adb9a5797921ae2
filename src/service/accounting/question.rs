//! What was asked, written one way: the address below the base path, its parameters in order, without signatures.

use crate::service::query::encoded;

/// The parameter that carries the signature of an address. It opens a role, so it stands in no log.
pub(crate) const SIGNATURE: &str = "signature";
/// No question is kept at greater length.
const MOST_BYTES: usize = 1000;

/// A question as the audit log keeps it.
pub(crate) fn canonical_question(route: &str, raw_query: &str) -> String {
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(raw_query.as_bytes())
        .filter(|(name, _)| name != SIGNATURE)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    pairs.sort_unstable();
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let mark = if pairs.is_empty() { "" } else { "?" };
    cut(format!("{route}{mark}{}", pairs.join("&")))
}

/// A query as it was sent, without the signature in it.
pub(crate) fn without_signature(raw_query: &str) -> String {
    // Nearly no query has one.
    if !raw_query.contains(SIGNATURE) && !raw_query.contains('%') {
        return raw_query.to_owned();
    }
    let is_signature = |part: &&str| form_urlencoded::parse(part.as_bytes()).any(|(name, _)| name == SIGNATURE);
    let kept: Vec<&str> = raw_query.split('&').filter(|part| !is_signature(part)).collect();
    kept.join("&")
}

fn cut(mut text: String) -> String {
    if text.len() > MOST_BYTES {
        let end = (0..=MOST_BYTES).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_question_is_written_one_way_and_without_its_signature() {
        let written = "/incidents?bbox=107%2C15%2C109%2C16&window=TK-2022";
        for query in ["window=TK-2022&bbox=107,15,109,16", "bbox=107%2C15,109,16&signature=secret&window=TK%2D2022"] {
            assert_eq!(canonical_question("/incidents", query), written);
        }
        assert_eq!(canonical_question("/desk", ""), "/desk");
        assert!(canonical_question("/a", &format!("x={}", "ô".repeat(2000))).len() < MOST_BYTES + 4);
    }

    #[test]
    fn a_signature_is_taken_out_however_its_name_is_written() {
        for query in [
            "a=1&signature=secret",
            "signature=secret&a=1",
            "a=1&%73ignature=secret",
            "a=1&signature=secret&signature=secret",
        ] {
            assert_eq!(without_signature(query), "a=1");
        }
        for query in ["", "a=1", "a=signature", "a=%20"] {
            assert_eq!(without_signature(query), query);
        }
    }
}
