//! Codes of the product as texts for people, where a column holds codes.
//!
//! In: the name of a column and a code. Out: the word in both languages. Codes that are words already (letters, ids)
//! have no entry.

use super::cell::TableCell;
use crate::assessment::comparison::Clarity;
use crate::domain::text::Names;
use crate::texts::phrasing::names;

type Word = (&'static str, &'static str, &'static str);

const LEVELS: [Word; 3] = [
    ("commune", "Xã, phường, thị trấn", "Commune, ward, township"),
    ("district", "Huyện, thị xã, thành phố", "District"),
    ("province", "Tỉnh, thành phố", "Province"),
];

const GRADES: [Word; 3] = [
    ("insufficient", "Chưa đủ số liệu", "Not enough data"),
    ("suppressed", "Không công bố", "Not published"),
    ("none", "Chưa có số dân", "No population"),
];

const STATUTORY: [Word; 3] =
    [("met", "Đạt", "Met"), ("not_met", "Chưa đạt", "Not met"), ("insufficient", "Chưa đủ căn cứ", "No decision")];

/// The cell of a code in a column.
pub(super) fn cell(column: &str, code: &str) -> TableCell {
    let words: &[Word] = match column {
        "level" => &LEVELS,
        "grade" => &GRADES,
        "statutory" => &STATUTORY,
        _ => &[],
    };
    let found = words.iter().find(|(known, ..)| *known == code);
    match found {
        Some((_, vi, en)) => TableCell::Word { code: code.to_owned(), names: names(*vi, *en) },
        None => TableCell::text(code),
    }
}

/// The cell of what can be said of a difference.
pub(super) fn clarity(found: Option<Clarity>) -> TableCell {
    let Some(found) = found else { return TableCell::Absent };
    let (vi, en) = match found {
        Clarity::Higher => ("Cao hơn rõ", "Clearly higher"),
        Clarity::Lower => ("Thấp hơn rõ", "Clearly lower"),
        Clarity::Unclear => ("Không khác biệt rõ", "Not clearly different"),
    };
    TableCell::Word { code: found.as_str().to_owned(), names: names(vi, en) }
}

/// The cell of a sentence: data files have both languages of nothing else, so they take the Vietnamese one.
pub(super) fn sentence(said: &Names) -> TableCell {
    TableCell::Word { code: said.vi.clone(), names: said.clone() }
}

/// The cell of whether something holds.
pub(super) fn whether(code: &'static str, said: Option<(&str, &str)>) -> TableCell {
    said.map_or(TableCell::Absent, |(vi, en)| TableCell::Word { code: code.to_owned(), names: names(vi, en) })
}
