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

/// Why an area has no grade at all, where it is not for want of residents.
const WITHOUT_GRADE: [CodedWord; 2] =
    [("not_covered", text_id!("word-grade-not-covered")), ("no_exposure", text_id!("word-grade-no-exposure"))];

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

/// The cell of the grade of an area that may have none: its word is the reason.
pub(super) fn grade(code: &str, withheld: Option<&str>) -> TableCell {
    let reason = WITHOUT_GRADE.iter().find(|(reason, _)| code == "none" && withheld == Some(*reason));
    reason.map_or_else(|| ColumnWords::of("grade").cell(code), |(_, said)| word(code, said.names()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn area_without_a_grade_has_the_reason_for_its_word() {
        let said = |code: &str, withheld| match grade(code, withheld) {
            TableCell::Word { code, names } => (code, names.en),
            other => panic!("{other:?}"),
        };
        let none = |word: &str| ("none".to_owned(), word.to_owned());
        assert_eq!(said("none", Some("not_covered")), none("Incidents not known on every day"));
        assert_eq!(said("none", Some("no_exposure")), none("Nothing to divide by known"));
        assert_eq!(said("none", Some("no_population")), none("No residents known"));
        assert_eq!(said("suppressed", Some("count_not_shown")).1, "Not published");
        assert_eq!(grade("B", None), TableCell::text("B"));
    }
}
