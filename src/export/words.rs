//! Codes of the product as texts for people, where a column holds codes.
//!
//! In: the name of a column and a code. Out: the word in both languages. Codes that are words already (letters, ids)
//! have no entry.

use super::cell::TableCell;
use crate::domain::text::Names;
use crate::service::answers::comparison::Clarity;
use crate::texts::{TextId, text_id};

/// A code and its word.
type CodedWord = (&'static str, TextId);

const LEVELS: [CodedWord; 3] = [
    ("commune", text_id!("word-level-commune")),
    ("district", text_id!("word-level-district")),
    ("province", text_id!("word-level-province")),
];

const GRADES: [CodedWord; 4] = [
    ("range", text_id!("word-grade-range")),
    ("insufficient", text_id!("word-grade-insufficient")),
    ("suppressed", text_id!("word-grade-suppressed")),
    ("none", text_id!("word-grade-none")),
];

const STATUTORY: [CodedWord; 3] = [
    ("met", text_id!("word-statutory-met")),
    ("not_met", text_id!("word-statutory-not-met")),
    ("insufficient", text_id!("word-statutory-insufficient")),
];

/// The words of one column, taken from the catalogue once for all its cells.
#[derive(Debug)]
pub(super) struct ColumnWords(Vec<(&'static str, Names)>);

impl ColumnWords {
    /// The words of a column by its name; none where its codes are words already.
    pub(super) fn of(column: &str) -> Self {
        let words: &[CodedWord] = match column {
            "level" => &LEVELS,
            "grade" => &GRADES,
            "statutory" => &STATUTORY,
            _ => &[],
        };
        Self(words.iter().map(|(code, word)| (*code, word.names())).collect())
    }

    /// The cell of a code.
    pub(super) fn cell(&self, code: &str) -> TableCell {
        let found = self.0.iter().find(|(known, _)| *known == code);
        found.map_or_else(|| TableCell::text(code), |(code, names)| word(code, names.clone()))
    }
}

/// The cell of a code with its word.
pub(super) fn word(code: &str, names: Names) -> TableCell {
    TableCell::Word { code: code.to_owned(), names }
}

/// The cell of what can be said of a difference.
pub(super) fn clarity(found: Option<Clarity>) -> TableCell {
    let Some(found) = found else { return TableCell::Absent };
    let said = match found {
        Clarity::Higher => text_id!("word-clearly-higher"),
        Clarity::Lower => text_id!("word-clearly-lower"),
        Clarity::Unclear => text_id!("word-unclear"),
    };
    word(found.as_str(), said.names())
}

/// The cell of a sentence: data files have both languages of nothing else, so they take the Vietnamese one.
pub(super) fn sentence(said: &Names) -> TableCell {
    word(&said.vi, said.clone())
}

/// The cell of whether something holds.
pub(super) fn whether(code: &'static str, said: Option<TextId>) -> TableCell {
    said.map_or(TableCell::Absent, |said| word(code, said.names()))
}
