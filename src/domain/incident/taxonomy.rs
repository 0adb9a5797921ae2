//! The taxonomy file: categories, severities, statuses, channels, precisions.
//!
//! The lists live in `geodata/taxonomy.toml`; code holds indices into them.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::text::{Culprit, Names, nfc, short_hash};

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u8);

        impl $name {
            /// The index of the entry at an index of the list.
            pub fn new(index: u8) -> Self {
                Self(index)
            }

            /// The index in the list.
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    };
}

index!(
    /// A category, by its index in the taxonomy.
    CategoryIndex
);
index!(
    /// A status, by its index in the taxonomy.
    StatusIndex
);
index!(
    /// A channel, by its index in the taxonomy.
    ChannelIndex
);
index!(
    /// A precision, by its index in the taxonomy.
    PrecisionIndex
);

/// A severity from 1 (administrative) to 5 (exceptionally serious).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "u8", into = "u8")]
pub struct Severity(u8);

/// Why a number is not a severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("severity {0} is not between 1 and 5")]
pub struct SeverityError(u8);

impl Severity {
    /// How many severities there are.
    pub const COUNT: usize = 5;
    /// The least severity.
    pub const LEAST: Self = Self(1);

    /// A severity from its number, 1 to 5.
    pub fn new(number: u8) -> Result<Self, SeverityError> {
        if (1..=5).contains(&number) { Ok(Self(number)) } else { Err(SeverityError(number)) }
    }

    /// Its number, 1 to 5.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Its index, 0 to 4.
    pub fn index(self) -> usize {
        usize::from(self.0 - 1)
    }
}

impl TryFrom<u8> for Severity {
    type Error = SeverityError;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number)
    }
}

impl From<Severity> for u8 {
    fn from(severity: Severity) -> Self {
        severity.0
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// One category of incident.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The id in files and addresses.
    pub id: String,
    /// The integer that files may use instead.
    pub number: u8,
    /// The component of the rating that it belongs to.
    pub component: String,
    /// The Vietnamese name.
    pub vi: String,
    /// The English name.
    pub en: String,
    /// The severity of its incidents where a file says none and asks for this.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Found by police work: shown as activity, never rated.
    #[serde(default)]
    pub detected: bool,
    /// Has no location (online fraud): counted, never mapped.
    #[serde(default)]
    pub unmapped: bool,
    /// Never shown below district, never as a point.
    #[serde(default)]
    pub sensitive: bool,
}

impl Category {
    /// The name in both languages.
    pub fn names(&self) -> Names {
        Names { vi: self.vi.clone(), en: self.en.clone() }
    }
}

/// One entry of the other lists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The id in files and addresses.
    pub id: String,
    /// The integer that files may use instead.
    #[serde(default)]
    pub number: Option<u8>,
    /// The Vietnamese name.
    pub vi: String,
    /// The English name.
    pub en: String,
    /// For a status: whether its incidents are counted; those of the others are only kept.
    #[serde(default = "counted")]
    pub counted: bool,
}

impl Term {
    /// The name in both languages.
    pub fn names(&self) -> Names {
        Names { vi: self.vi.clone(), en: self.en.clone() }
    }
}

fn counted() -> bool {
    true
}

/// Why a taxonomy file is refused.
#[derive(Debug, thiserror::Error)]
pub enum TaxonomyError {
    /// The text is not TOML of the expected shape.
    #[error("taxonomy: {0}")]
    Shape(#[from] toml::de::Error),
    /// Two entries share an id or a number.
    #[error("taxonomy: two entries of [[{list}]] are called {id:?}")]
    Duplicate {
        /// The list of the taxonomy file.
        list: &'static str,
        /// The id or number.
        id: String,
    },
    /// A list is empty or too long.
    #[error("taxonomy: [[{list}]] has {count} entries, expected {expected}")]
    Count {
        /// The list of the taxonomy file.
        list: &'static str,
        /// How many it has.
        count: usize,
        /// What is allowed.
        expected: &'static str,
    },
}

impl TaxonomyError {
    /// The name at fault, to be looked for in the file.
    pub fn culprit(&self) -> Option<Culprit<'_>> {
        match self {
            Self::Shape(_) | Self::Count { .. } => None,
            Self::Duplicate { id, .. } => Some(Culprit::Name(id)),
        }
    }
}

/// The terms with which incidents are described.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taxonomy {
    /// The version printed with every answer.
    pub version: String,
    /// The SHA-256 of the file, shortened.
    #[serde(skip)]
    pub hash: String,
    /// The kinds of incident, in the order of the file.
    #[serde(rename = "category")]
    pub categories: Vec<Category>,
    /// The five severities, the least first.
    #[serde(rename = "severity")]
    pub severities: Vec<Term>,
    /// The statuses; the first is the default.
    #[serde(rename = "status")]
    pub statuses: Vec<Term>,
    /// The channels; the last is the default.
    #[serde(rename = "channel")]
    pub channels: Vec<Term>,
    /// The precisions; the first is the default for a point, the last for an area.
    #[serde(rename = "precision")]
    pub precisions: Vec<Term>,
}

impl Taxonomy {
    /// Reads and checks the taxonomy from its TOML text.
    pub fn from_toml(text: &str) -> Result<Self, TaxonomyError> {
        let taxonomy: Self = toml::from_str(text)?;
        taxonomy.check()?;
        Ok(Self { hash: short_hash(text), ..taxonomy })
    }

    fn check(&self) -> Result<(), TaxonomyError> {
        let numbers: Vec<String> = self.categories.iter().map(|category| category.number.to_string()).collect();
        let ids: Vec<String> = self.categories.iter().map(|category| category.id.clone()).collect();
        check_list("category", &ids)?;
        check_list("category", &numbers)?;
        for (list, terms) in [
            ("severity", &self.severities),
            ("status", &self.statuses),
            ("channel", &self.channels),
            ("precision", &self.precisions),
        ] {
            check_list(list, &terms.iter().map(|term| term.id.clone()).collect::<Vec<_>>())?;
        }
        if self.severities.len() != Severity::COUNT {
            return Err(TaxonomyError::Count { list: "severity", count: self.severities.len(), expected: "5" });
        }
        Ok(())
    }

    /// The category of an id, of its number, or of one of its names in any case.
    pub fn category(&self, text: &str) -> Option<CategoryIndex> {
        let number = text.parse::<u8>().ok();
        let index = self.categories.iter().position(|entry| entry.id == text || Some(entry.number) == number);
        let labels = self.categories.iter().map(|entry| [&entry.id, &entry.vi, &entry.en]);
        Some(CategoryIndex::new(index.or_else(|| labelled(labels, text))? as u8))
    }

    /// The severity of an id, of its number, or of one of its names in any case.
    pub fn severity(&self, text: &str) -> Option<Severity> {
        let index = index_of(&self.severities, text)?;
        Severity::new(index as u8 + 1).ok()
    }

    /// The status of an id or a name.
    pub fn status(&self, text: &str) -> Option<StatusIndex> {
        index_of(&self.statuses, text).map(|index| StatusIndex::new(index as u8))
    }

    /// The channel of an id or a name.
    pub fn channel(&self, text: &str) -> Option<ChannelIndex> {
        index_of(&self.channels, text).map(|index| ChannelIndex::new(index as u8))
    }

    /// The precision of an id or a name.
    pub fn precision(&self, text: &str) -> Option<PrecisionIndex> {
        index_of(&self.precisions, text).map(|index| PrecisionIndex::new(index as u8))
    }

    /// What the taxonomy says of a category; none for an index beyond the list.
    pub fn category_entry(&self, index: CategoryIndex) -> Option<&Category> {
        self.categories.get(index.index())
    }

    /// Whether incidents of a status are counted.
    pub fn is_counted(&self, status: StatusIndex) -> bool {
        self.statuses.get(status.index()).is_some_and(|term| term.counted)
    }
}

fn index_of(terms: &[Term], text: &str) -> Option<usize> {
    let number = text.parse::<u8>().ok();
    let index = terms.iter().position(|term| term.id == text || (number.is_some() && term.number == number));
    index.or_else(|| labelled(terms.iter().map(|term| [&term.id, &term.vi, &term.en]), text))
}

/// The one entry that has a label, in any case; none where two have it.
fn labelled<'a>(labels: impl Iterator<Item = [&'a String; 3]>, text: &str) -> Option<usize> {
    let wanted = nfc(text).to_lowercase();
    let has = |labels: &[&String; 3]| labels.iter().any(|label| nfc(label).to_lowercase() == wanted);
    let mut found = labels.enumerate().filter(|(_, labels)| has(labels)).map(|(index, _)| index);
    found.next().filter(|_| found.next().is_none())
}

fn check_list(list: &'static str, ids: &[String]) -> Result<(), TaxonomyError> {
    if ids.is_empty() || ids.len() > 250 {
        return Err(TaxonomyError::Count { list, count: ids.len(), expected: "1 to 250" });
    }
    let mut seen = std::collections::BTreeSet::new();
    match ids.iter().find(|id| !seen.insert(id.as_str())) {
        Some(id) => Err(TaxonomyError::Duplicate { list, id: id.clone() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../geodata/taxonomy.toml");

    #[test]
    fn the_shipped_taxonomy_is_accepted_and_numbers_name_categories() {
        let taxonomy = Taxonomy::from_toml(SHIPPED).unwrap();
        assert_eq!(taxonomy.category("trom_cap"), taxonomy.category("0"));
        assert!((0..12).all(|number| taxonomy.category(&number.to_string()).is_some()));
        assert_eq!(taxonomy.severity("5"), taxonomy.severity("dac_biet_nghiem_trong"));
        assert!(taxonomy.status("unfounded").is_some_and(|status| !taxonomy.is_counted(status)));
        assert_eq!(taxonomy.category("tu_tuong"), None);
    }

    #[test]
    fn names_in_both_languages_and_any_case_say_the_same() {
        let taxonomy = Taxonomy::from_toml(SHIPPED).unwrap();
        for text in
            ["Trộm cắp tài sản", "trộm cắp tài sản", "Theft", "THEFT", "TROM_CAP", "Tro\u{323}\u{302}m cắp tài sản"]
        {
            assert_eq!(taxonomy.category(text), taxonomy.category("trom_cap"), "{text}");
        }
        assert_eq!(taxonomy.severity("Nghiêm trọng"), taxonomy.severity("3"));
        assert_eq!(taxonomy.status("đã xác minh"), taxonomy.status("verified"));
        assert_eq!(taxonomy.category("Trộm"), None);
        assert_eq!(taxonomy.category(""), None);
    }

    #[test]
    fn the_shipped_categories_have_a_severity_where_files_say_none() {
        let taxonomy = Taxonomy::from_toml(SHIPPED).unwrap();
        let severity = |id| taxonomy.category(id).and_then(|index| taxonomy.category_entry(index)?.severity);
        assert_eq!(severity("giet_nguoi"), Severity::new(5).ok());
        assert!(taxonomy.categories.iter().all(|category| category.severity.is_some()));
    }

    #[test]
    fn two_categories_of_one_id_are_refused() {
        let twice = SHIPPED.replacen("id = \"danh_bac\"", "id = \"trom_cap\"", 1);
        assert!(matches!(Taxonomy::from_toml(&twice), Err(TaxonomyError::Duplicate { list: "category", .. })));
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let unknown = SHIPPED.replacen("[[category]]", "[[category]]\nperson = 1", 1);
        assert!(matches!(Taxonomy::from_toml(&unknown), Err(TaxonomyError::Shape(_))));
    }
}
