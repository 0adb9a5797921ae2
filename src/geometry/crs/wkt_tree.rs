//! Well-known text as a tree: `KEYWORD["text", 1.5, WORD, KEYWORD[…]]`.
//!
//! Nesting and length are bounded, and no text makes it panic. What the keywords mean is said in `wkt`.

/// Levels of nesting; a WKT of a compound system has eight.
const MAX_DEPTH: usize = 32;

/// A keyword with what stands in its brackets.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct WktNode {
    /// In upper case.
    pub(super) keyword: String,
    pub(super) values: Vec<WktValue>,
}

/// Something between two commas.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum WktValue {
    Text(String),
    Number(f64),
    Word(String),
    Node(WktNode),
}

impl WktNode {
    /// The first child with one of some keywords.
    pub(super) fn child(&self, keywords: &[&str]) -> Option<&Self> {
        self.children().find(|child| keywords.contains(&child.keyword.as_str()))
    }

    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.values.iter().filter_map(|value| match value {
            WktValue::Node(node) => Some(node),
            _ => None,
        })
    }

    /// The text or word at a place among the values.
    pub(super) fn text(&self, place: usize) -> Option<&str> {
        match self.values.get(place)? {
            WktValue::Text(text) | WktValue::Word(text) => Some(text),
            _ => None,
        }
    }

    /// Its name: the first value.
    pub(super) fn name(&self) -> &str {
        self.text(0).unwrap_or_default()
    }

    /// The number at a place among the values.
    pub(super) fn number(&self, place: usize) -> Option<f64> {
        match self.values.get(place)? {
            WktValue::Number(number) => Some(*number),
            WktValue::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

/// The tree of a text, or what is wrong with it.
pub(super) fn tree(text: &str) -> Result<WktNode, String> {
    let mut scanner = Scanner { rest: text, depth: 0 };
    let keyword = scanner.word();
    let node = scanner.node(keyword)?;
    if scanner.rest.trim().is_empty() {
        Ok(node)
    } else {
        Err("is a WKT with something behind its last bracket".to_owned())
    }
}

struct Scanner<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Scanner<'a> {
    fn word(&mut self) -> &'a str {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || "_.+-".contains(letter)));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }

    fn take(&mut self, signs: [char; 2]) -> bool {
        self.rest = self.rest.trim_start();
        let taken = self.rest.strip_prefix(signs);
        self.rest = taken.unwrap_or(self.rest);
        taken.is_some()
    }

    fn node(&mut self, keyword: &str) -> Result<WktNode, String> {
        if !self.take(['[', '(']) {
            return Err(format!("is no WKT: a bracket is expected behind {keyword:?}"));
        }
        if self.depth == MAX_DEPTH {
            return Err(format!("is a WKT nested deeper than {MAX_DEPTH} levels"));
        }
        self.depth += 1;
        let mut node = WktNode { keyword: keyword.to_ascii_uppercase(), values: Vec::new() };
        while !self.take([']', ')']) {
            if !node.values.is_empty() && !self.take([',', ',']) {
                return Err(format!("is a WKT that is cut off or lacks a comma in {}", node.keyword));
            }
            let value = self.value()?;
            node.values.push(value);
        }
        self.depth -= 1;
        Ok(node)
    }

    fn value(&mut self) -> Result<WktValue, String> {
        if self.take(['"', '"']) {
            return self.quoted().map(WktValue::Text);
        }
        let word = self.word();
        if self.rest.trim_start().starts_with(['[', '(']) && !word.is_empty() {
            return self.node(word).map(WktValue::Node);
        }
        match word.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(WktValue::Number(number)),
            _ if word.is_empty() => Err("is a WKT with an empty value or a sign that does not belong there".to_owned()),
            _ => Ok(WktValue::Word(word.to_owned())),
        }
    }

    /// A text up to its closing mark; two marks in it stand for one.
    fn quoted(&mut self) -> Result<String, String> {
        let mut text = String::new();
        loop {
            let (part, rest) = self.rest.split_once('"').ok_or("is a WKT with a text that does not end")?;
            text.push_str(part);
            self.rest = rest;
            match rest.strip_prefix('"') {
                Some(rest) => {
                    text.push('"');
                    self.rest = rest;
                }
                None => return Ok(text),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::*;

    #[test]
    fn texts_numbers_words_and_nodes_are_told_apart() {
        let node = tree(" GeogCS [ \"a \"\"b\"\"\", -1.5e2 ,EAST, UNIT(\"m\",1)] ").unwrap();
        assert_eq!(node.keyword, "GEOGCS");
        assert_eq!((node.name(), node.number(1), node.text(2)), ("a \"b\"", Some(-150.0), Some("EAST")));
        assert_eq!(node.child(&["UNIT"]).and_then(|unit| unit.number(1)), Some(1.0));
    }

    #[test]
    fn broken_texts_are_refused_in_words() {
        for (text, why) in [
            ("", "is no WKT"),
            ("A", "is no WKT"),
            ("A[", "empty value"),
            ("A[\"b", "does not end"),
            ("A[\"b\"", "cut off or lacks a comma in A"),
            ("A[1 2]", "cut off or lacks a comma in A"),
            ("A[1,]", "empty value"),
            ("A[1]]", "behind its last bracket"),
        ] {
            let refusal = tree(text).unwrap_err();
            assert!(refusal.contains(why), "{text}: {refusal}");
        }
        assert!(tree(&"A[".repeat(100_000)).unwrap_err().contains("nested deeper than 32"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[A-B\\[\\](),\"0-9. \u{e9}]{0,60}") {
            let _ = tree(&text);
        }
    }
}
