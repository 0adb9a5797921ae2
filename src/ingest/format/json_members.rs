//! A JSON object cut into its members, with every value as it is written.
//!
//! In: the bytes of one value. Out: names with the bytes of their values, so that the digits of a number stay what they
//! were. What `serde_json` takes without a word (a name given twice), or refuses without saying what it is (NaN), has a
//! fault of its own here. What a member means is not decided here.

use std::collections::BTreeSet;

/// Objects and lists inside one another.
const MAX_DEPTH: usize = 64;
/// Names of one object.
const MAX_NAMES: usize = 4096;
/// Bytes of a name.
const MAX_NAME_BYTES: usize = 1000;
/// Characters of a value that a message quotes.
const QUOTED_CHARS: usize = 40;
/// What programs write for "no number", in lower case and without a sign.
const NO_NUMBERS: [&str; 10] =
    ["nan", "inf", "infinity", "none", "undefined", "nil", "na", "nan(ind)", "nan(snan)", "missing"];

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Member<'a> {
    /// Its name, decoded.
    pub(in crate::ingest) name: String,
    /// Its value as it is written, without space around it.
    pub(in crate::ingest) value: &'a [u8],
}

/// Why a value is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::ingest) enum JsonFault {
    /// A name stands twice in one object, and which value counts is anybody's guess.
    #[error("{name:?} stands twice in one object")]
    NameTwice { name: String },
    /// A word that JSON does not know.
    #[error("{}{word} is no JSON; {}", of_member(member.as_deref()), way_out(word))]
    Word { member: Option<String>, word: String },
    /// A number that is not written as JSON writes it, or is too large for any program.
    #[error("{}{text} is no JSON number", of_member(member.as_deref()))]
    Number { member: Option<String>, text: String },
    /// A text with a raw control character, a wrong escape or half a surrogate pair.
    #[error("{}the text holds a control character or a wrong escape", of_member(member.as_deref()))]
    Text { member: Option<String> },
    /// Values inside values without end.
    #[error("values are nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// More names than anything has attributes.
    #[error("an object has more than {MAX_NAMES} names")]
    TooManyNames,
    /// A name longer than any.
    #[error("a name is longer than {MAX_NAME_BYTES} bytes")]
    LongName,
    /// The brackets, marks and texts do not fit together: nothing behind this can be trusted.
    #[error("{expected} is expected")]
    Broken { byte: usize, expected: &'static str },
}

fn of_member(member: Option<&str>) -> String {
    member.map_or_else(String::new, |name| format!("{name:?}: "))
}

fn way_out(word: &str) -> &'static str {
    let is_no_number = NO_NUMBERS.contains(&word.trim_start_matches(['-', '+']).to_lowercase().as_str());
    if is_no_number || word.contains('#') { "write null" } else { "texts stand in quotation marks" }
}

impl JsonFault {
    /// The same fault with the name of the innermost member that it is in.
    fn of(mut self, name: &str) -> Self {
        if let Self::Word { member, .. } | Self::Number { member, .. } | Self::Text { member } = &mut self {
            member.get_or_insert_with(|| name.to_owned());
        }
        self
    }
}

/// The members of an object, in the order of the text; every value inside it was checked.
pub(in crate::ingest) fn members(object: &[u8]) -> Result<Vec<Member<'_>>, JsonFault> {
    let mut walk = Walk { bytes: object, at: 0 };
    walk.skip_space();
    if walk.next() != Some(b'{') {
        return Err(walk.broken("an object"));
    }
    let members = walk.object(0)?;
    walk.skip_space();
    if walk.next().is_some() { Err(walk.broken("the end of the object")) } else { Ok(members) }
}

/// The items of a list, in the order of the text; every value inside it was checked.
pub(in crate::ingest) fn items(list: &[u8]) -> Result<Vec<&[u8]>, JsonFault> {
    let mut walk = Walk { bytes: list, at: 0 };
    let mut items = Vec::new();
    walk.expect(b'[', "a list")?;
    if walk.take(b']') {
        return Ok(items);
    }
    loop {
        items.push(walk.value(1)?);
        if walk.take(b']') {
            return Ok(items);
        }
        walk.expect(b',', "a comma or the end of the list")?;
    }
}

/// The text of a value that is one.
pub(in crate::ingest) fn text(value: &[u8]) -> Result<String, JsonFault> {
    serde_json::from_slice(value).map_err(|_| JsonFault::Text { member: None })
}

/// The way through the bytes of a value.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    fn next(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.next().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn broken(&self, expected: &'static str) -> JsonFault {
        JsonFault::Broken { byte: self.at, expected }
    }

    fn take(&mut self, mark: u8) -> bool {
        self.skip_space();
        let is_next = self.next() == Some(mark);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, mark: u8, expected: &'static str) -> Result<(), JsonFault> {
        if self.take(mark) { Ok(()) } else { Err(self.broken(expected)) }
    }

    fn from(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    /// Walks over the next value, `depth` objects and lists being open around it.
    fn value(&mut self, depth: usize) -> Result<&'a [u8], JsonFault> {
        self.skip_space();
        let start = self.at;
        match self.next() {
            Some(b'{') => self.object(depth).map(|_| ())?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => self.text()?,
            _ => self.bare()?,
        }
        Ok(self.from(start))
    }

    fn object(&mut self, depth: usize) -> Result<Vec<Member<'a>>, JsonFault> {
        if depth == MAX_DEPTH {
            return Err(JsonFault::TooDeep);
        }
        self.expect(b'{', "an object")?;
        let (mut members, mut names) = (Vec::new(), BTreeSet::new());
        if self.take(b'}') {
            return Ok(members);
        }
        loop {
            let name = self.name()?;
            self.expect(b':', "the : after a member's name")?;
            let value = self.value(depth + 1).map_err(|fault| fault.of(&name))?;
            if !names.insert(name.clone()) {
                return Err(JsonFault::NameTwice { name });
            }
            if names.len() > MAX_NAMES {
                return Err(JsonFault::TooManyNames);
            }
            members.push(Member { name, value });
            if self.take(b'}') {
                return Ok(members);
            }
            self.expect(b',', "a comma or the end of the object")?;
        }
    }

    fn list(&mut self, depth: usize) -> Result<(), JsonFault> {
        if depth == MAX_DEPTH {
            return Err(JsonFault::TooDeep);
        }
        self.expect(b'[', "a list")?;
        if self.take(b']') {
            return Ok(());
        }
        loop {
            self.value(depth + 1)?;
            if self.take(b']') {
                return Ok(());
            }
            self.expect(b',', "a comma or the end of the list")?;
        }
    }

    fn name(&mut self) -> Result<String, JsonFault> {
        self.skip_space();
        let start = self.at;
        self.text()?;
        let written = self.from(start);
        if written.len() > MAX_NAME_BYTES { Err(JsonFault::LongName) } else { text(written) }
    }

    fn text(&mut self) -> Result<(), JsonFault> {
        self.expect(b'"', "a text in quotation marks")?;
        while let Some(byte) = self.next() {
            self.at += 1;
            match byte {
                b'"' => return Ok(()),
                b'\\' => self.at += 1,
                _ => {}
            }
        }
        Err(self.broken("the end of a text"))
    }

    /// A number, `true`, `false` or `null`.
    fn bare(&mut self) -> Result<(), JsonFault> {
        let start = self.at;
        let ends = |byte: u8| byte.is_ascii_whitespace() || b",:]}[{\"".contains(&byte);
        while self.next().is_some_and(|byte| !ends(byte)) {
            self.at += 1;
        }
        let word = String::from_utf8_lossy(self.from(start)).chars().take(QUOTED_CHARS).collect::<String>();
        let unsigned = word.trim_start_matches(['-', '+']);
        match word.as_str() {
            "" => Err(self.broken("a value")),
            "true" | "false" | "null" => Ok(()),
            _ if is_number(self.from(start)) => Ok(()),
            _ if unsigned.starts_with(|first: char| !first.is_ascii_digit() && first != '.') || word.contains('#') => {
                Err(JsonFault::Word { member: None, word })
            }
            _ => Err(JsonFault::Number { member: None, text: word }),
        }
    }
}

/// Whether a text is a number as JSON writes it, and finite as programs hold it.
fn is_number(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else { return false };
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) =
        unsigned.split_once(['e', 'E']).map_or((unsigned, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let (whole, fraction) =
        mantissa.split_once('.').map_or((mantissa, None), |(whole, fraction)| (whole, Some(fraction)));
    is_digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(|exponent| is_digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
        && text.parse::<f64>().is_ok_and(f64::is_finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(object: &str) -> Result<Vec<(String, String)>, String> {
        let members = members(object.as_bytes()).map_err(|fault| fault.to_string())?;
        let written = |value: &[u8]| String::from_utf8(value.to_vec()).unwrap();
        Ok(members.into_iter().map(|member| (member.name, written(member.value))).collect())
    }

    fn fault(object: &str) -> String {
        cut(object).unwrap_err()
    }

    #[test]
    fn values_stay_as_they_are_written() {
        let object = r#" { "id" : 20240301081500123451 , "a":[1, {"b":"}"}],"t\u00ean":"x\"y","n":-1.50e+3, "e":{} } "#;
        let expected = [
            ("id", "20240301081500123451"),
            ("a", r#"[1, {"b":"}"}]"#),
            ("tên", r#""x\"y""#),
            ("n", "-1.50e+3"),
            ("e", "{}"),
        ];
        let expected: Vec<_> = expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(cut(object), Ok(expected));
        assert_eq!(cut("{}"), Ok(Vec::new()));
    }

    #[test]
    fn name_given_twice_is_named_at_any_depth() {
        assert_eq!(fault(r#"{"a":1,"b":2,"a":1}"#), "\"a\" stands twice in one object");
        assert_eq!(fault(r#"{"x":{"sever\u0069ty":1,"severity":5}}"#), "\"severity\" stands twice in one object");
        assert!(cut(r#"{"a":{"a":[{"a":1},{"a":2}]}}"#).is_ok());
    }

    #[test]
    fn words_that_are_no_json_are_named_with_the_way_out() {
        assert_eq!(fault(r#"{"severity":NaN}"#), "\"severity\": NaN is no JSON; write null");
        for word in ["-Infinity", "Infinity", "nan", "-inf", "None", "undefined", "1.#QNAN", "-1.#IND", "NA"] {
            assert_eq!(fault(&format!("{{\"a\":[1,{word}]}}")), format!("\"a\": {word} is no JSON; write null"));
        }
        assert_eq!(fault(r#"{"a":trộm}"#), "\"a\": trộm is no JSON; texts stand in quotation marks");
    }

    #[test]
    fn numbers_that_json_does_not_write_are_named() {
        for number in ["01", "+5", ".5", "5.", "1e", "1,5", "0x1F", "1e999", "1_000", "108°"] {
            let found = fault(&format!("{{\"n\":{number}}}"));
            let is_named = found.starts_with("\"n\": ") && found.ends_with(" is no JSON number");
            assert!(is_named || number == "1,5", "{number}: {found}");
        }
        for number in ["0", "-0", "10", "1.50", "1E5", "1e-05", "-12.5e+3"] {
            assert!(is_number(number.as_bytes()), "{number}");
        }
    }

    #[test]
    fn broken_marks_are_told_from_wrong_values() {
        for object in [r#"{"a"}"#, r#"{"a":1 "b":2}"#, r#"{"a":[1}"#, r#"{"a":}"#, "{a:1}", "[1]", r#"{"a":1}x"#, "{"] {
            assert!(matches!(members(object.as_bytes()), Err(JsonFault::Broken { .. })), "{object}");
        }
        assert_eq!(members(br#"{"a":1,}"#), Err(JsonFault::Broken { byte: 7, expected: "a text in quotation marks" }));
        assert_eq!(text(b"\"a\nb\""), Err(JsonFault::Text { member: None }));
    }

    #[test]
    fn nesting_and_names_have_bounds() {
        let nested = |levels: usize| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
        assert!(cut(&nested(MAX_DEPTH - 1)).is_ok());
        assert_eq!(fault(&nested(MAX_DEPTH)), "values are nested deeper than 64 levels");
        assert_eq!(members(format!("{{\"a\":{}", "[".repeat(1_000_000)).as_bytes()), Err(JsonFault::TooDeep));
        let many: Vec<String> = (0..=MAX_NAMES).map(|number| format!("\"{number}\":1")).collect();
        assert_eq!(fault(&format!("{{{}}}", many.join(","))), "an object has more than 4096 names");
        assert_eq!(fault(&format!("{{\"{}\":1}}", "x".repeat(1000))), "a name is longer than 1000 bytes");
    }
}
