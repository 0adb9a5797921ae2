//! Where in a site the answer to an address lies.
//!
//! The rule, which `web/src/api/published/places.ts` follows too: below `answers/`, the path of the address, then its parameters
//! in the order of their names as `name=value` with commas between, or `index` without any. What is about one area of an
//! edition lies with that of all of its level-mates in one file, under its code. Only what speaks one language (TileJSON)
//! is told apart by language.

use crate::domain::text::Language;

/// Where an answer lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AnswerPlace {
    /// The file.
    pub(crate) file: String,
    /// The member of the file that is the answer; none where the file is.
    pub(crate) member: Option<String>,
}

/// The place of the answer to a route, in a language.
pub(crate) fn answer_place(route: &str, language: Language) -> AnswerPlace {
    let (path, query) = route.split_once('?').unwrap_or((route, ""));
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let mut parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    if parts.first() == Some(&"tiles") {
        pairs.push(("lang".to_owned(), language_code(language).to_owned()));
    }
    let member = match parts.as_slice() {
        ["areas", _, code, ..] => {
            let code = (*code).to_owned();
            parts.remove(2);
            Some(code)
        }
        ["series"] => taken(&mut pairs, "areas"),
        _ => None,
    };
    AnswerPlace { file: format!("answers/{}/{}.json.gz", parts.join("/"), parameters_name(pairs)), member }
}

/// Parameters as the last part of the name of a file.
fn parameters_name(mut pairs: Vec<(String, String)>) -> String {
    pairs.sort();
    if pairs.is_empty() {
        return "index".to_owned();
    }
    let named: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", plain(value))).collect();
    named.join(",")
}

/// The place of the tiles that the TileJSON of a route describes.
pub(crate) fn archive_place(route: &str) -> String {
    let (path, query) = route.split_once('?').unwrap_or((route, ""));
    let pairs = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    format!("{}/{}.pmtiles", path.trim_start_matches('/'), parameters_name(pairs))
}

/// The word for a language in the names of files.
fn language_code(language: Language) -> &'static str {
    match language {
        Language::Vietnamese => "vi",
        Language::English => "en",
    }
}

/// A value in letters that every file system and every address takes as they are.
fn plain(value: &str) -> String {
    let kept = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '-' | ',');
    value.chars().map(|sign| if kept(sign) { sign } else { '_' }).collect()
}

/// Takes a parameter out.
fn taken(pairs: &mut Vec<(String, String)>, name: &str) -> Option<String> {
    let index = pairs.iter().position(|(known, _)| known == name)?;
    Some(pairs.remove(index).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases that the test of the page holds its own rule to as well.
    const CASES: &str = include_str!("../../../tests/fixtures/published_places.json");

    #[test]
    fn places_are_those_that_the_page_looks_at() {
        let cases: Vec<serde_json::Value> = serde_json::from_str(CASES).unwrap();
        assert!(cases.len() > 8);
        for case in cases {
            let text = |name: &str| case[name].as_str().map(str::to_owned);
            let language = if case["lang"] == "en" { Language::English } else { Language::Vietnamese };
            let place = answer_place(&text("route").unwrap(), language);
            assert_eq!((Some(place.file), place.member), (text("file"), text("member")), "{case}");
        }
    }

    #[test]
    fn order_of_parameters_does_not_matter() {
        let place = |route| answer_place(route, Language::English);
        assert_eq!(place("/ratings?level=commune&edition=2025-07"), place("/ratings?edition=2025-07&level=commune"));
        assert_eq!(
            archive_place("/tiles/map?window=TK-2025&edition=2025-07"),
            "tiles/map/edition=2025-07,window=TK-2025.pmtiles"
        );
    }
}
