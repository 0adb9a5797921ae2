//! An edition: a dated set of boundaries. A code without its edition means
//! nothing, because codes are used again under other names.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::index::list_index;
use crate::domain::text::{Names, short_hash};

/// The name of an edition: the year and month from which it is in force.
///
/// ```
/// use binhyen::domain::area::edition::EditionId;
/// let edition: EditionId = "2025-07".parse()?;
/// assert_eq!(edition.to_string(), "2025-07");
/// assert!("2025-13".parse::<EditionId>().is_err());
/// assert!("2025-+7".parse::<EditionId>().is_err());
/// # Ok::<(), binhyen::domain::area::edition::EditionIdError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EditionId {
    year: i16,
    month: i8,
}

list_index!(
    /// An edition, by its index among those of a snapshot.
    pub EditionIndex
);

/// Why a text is not the name of an edition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("edition {0:?} is not of the form YYYY-MM, for example 2025-07")]
pub struct EditionIdError(String);

impl EditionId {
    /// The first day on which the edition is in force.
    pub fn first_day(self) -> Date {
        jiff::civil::date(self.year, self.month, 1)
    }
}

impl FromStr for EditionId {
    type Err = EditionIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || EditionIdError(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        let is_number = |text: &str, digits| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(year, 4) || !is_number(month, 2) {
            return Err(wrong());
        }
        let year: i16 = year.parse().map_err(|_| wrong())?;
        let month: i8 = month.parse().map_err(|_| wrong())?;
        if !(1900..=2999).contains(&year) || !(1..=12).contains(&month) {
            return Err(wrong());
        }
        Ok(Self { year, month })
    }
}

impl fmt::Display for EditionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl TryFrom<String> for EditionId {
    type Error = EditionIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<EditionId> for String {
    fn from(id: EditionId) -> Self {
        id.to_string()
    }
}

impl PartialSchema for EditionId {
    fn schema() -> RefOr<Schema> {
        let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9]{4}-[0-9]{2}$"));
        schema.description(Some("The name of an edition: the year and month from which it is in force.")).into()
    }
}

impl ToSchema for EditionId {}

/// What is known of an edition beside its boundaries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionEntry {
    /// The edition.
    pub id: EditionId,
    /// Its Vietnamese name; none where the catalogue does not name the edition.
    vi: Option<String>,
    /// Its English name.
    en: Option<String>,
    /// The first day in force.
    pub valid_from: Date,
    /// The day after the last one in force; none for the edition of today.
    pub valid_until: Option<Date>,
    /// The official code of the province.
    pub province_code: String,
    /// The Vietnamese name of the province.
    pub province_vi: String,
    /// The English name of the province.
    pub province_en: String,
    /// What all areas together are called in a Vietnamese sentence: a province, or a part of one.
    #[serde(default = "province_in_vietnamese")]
    whole_vi: String,
    /// The same in English.
    #[serde(default = "province_in_english")]
    whole_en: String,
    /// Whether the embedded sample draws this edition.
    #[serde(default)]
    pub sample: bool,
    /// How many commune-level units the decree names.
    pub communes: u32,
    /// How many districts the decree names.
    pub districts: u32,
}

impl EditionEntry {
    /// An entry for an edition that the catalogue does not name.
    pub fn uncatalogued(id: EditionId) -> Self {
        Self {
            id,
            vi: None,
            en: None,
            valid_from: id.first_day(),
            valid_until: None,
            province_code: "49".to_owned(),
            province_vi: "Quảng Nam".to_owned(),
            province_en: "Quảng Nam".to_owned(),
            whole_vi: province_in_vietnamese(),
            whole_en: province_in_english(),
            sample: false,
            communes: 0,
            districts: 0,
        }
    }

    /// What all areas together are called in a sentence: since July 2025 they are a part of a city and no province.
    pub fn whole(&self) -> Names {
        Names { vi: self.whole_vi.clone(), en: self.whole_en.clone() }
    }

    /// The name that the catalogue gives.
    pub fn catalogued_names(&self) -> Option<Names> {
        Some(Names { vi: self.vi.clone()?, en: self.en.clone()? })
    }
}

fn province_in_vietnamese() -> String {
    "tỉnh".to_owned()
}

fn province_in_english() -> String {
    "province".to_owned()
}

/// The editions whose dates and sizes are published.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionCatalogue {
    edition: Vec<EditionEntry>,
    /// The SHA-256 of the file, shortened.
    #[serde(skip)]
    pub hash: String,
}

/// Why the catalogue of editions is refused.
#[derive(Debug, thiserror::Error)]
pub enum EditionsError {
    /// The text is not TOML of the expected shape.
    #[error("editions: {0}")]
    Shape(#[from] toml::de::Error),
    /// Two entries have one id.
    #[error("editions: two entries are called {0:?}")]
    Duplicate(String),
    /// An edition ends before it begins.
    #[error("editions: {id:?} is in force from {from} until {until}, which is not later")]
    Empty {
        /// The edition.
        id: String,
        /// Its first day.
        from: Date,
        /// The day after its last one.
        until: Date,
    },
    /// Two editions are in force on one day, and a code would mean two places.
    #[error("editions: {first:?} and {second:?} are both in force on {day}")]
    Overlap {
        /// The one that begins first.
        first: String,
        /// The other.
        second: String,
        /// The first day on which both are.
        day: Date,
    },
}

impl EditionsError {
    /// The edition at fault.
    pub fn edition(&self) -> Option<&str> {
        match self {
            Self::Shape(_) => None,
            Self::Duplicate(id) | Self::Empty { id, .. } => Some(id),
            Self::Overlap { second, .. } => Some(second),
        }
    }
}

impl EditionCatalogue {
    /// Reads the catalogue from its TOML text.
    ///
    /// # Errors
    /// When the text has another shape, or on some day two editions are in force.
    pub fn from_toml(text: &str) -> Result<Self, EditionsError> {
        let mut catalogue: Self = toml::from_str(text)?;
        catalogue.edition.sort_by_key(|entry| entry.id);
        catalogue.hash = short_hash(text);
        catalogue.check()?;
        Ok(catalogue)
    }

    fn check(&self) -> Result<(), EditionsError> {
        if let Some(pair) = self.edition.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(EditionsError::Duplicate(pair[0].id.to_string()));
        }
        for EditionEntry { id, valid_from: from, valid_until, .. } in &self.edition {
            if let Some(until) = valid_until.filter(|until| until <= from) {
                return Err(EditionsError::Empty { id: id.to_string(), from: *from, until });
            }
        }
        let mut by_day: Vec<&EditionEntry> = self.edition.iter().collect();
        by_day.sort_by_key(|entry| entry.valid_from);
        let overlaps = |pair: &&[&EditionEntry]| pair[0].valid_until.is_none_or(|end| end > pair[1].valid_from);
        match by_day.windows(2).find(overlaps) {
            Some(pair) => Err(EditionsError::Overlap {
                first: pair[0].id.to_string(),
                second: pair[1].id.to_string(),
                day: pair[1].valid_from,
            }),
            None => Ok(()),
        }
    }

    /// The entry of an edition; one made from its name where the catalogue has none.
    pub fn entry(&self, id: EditionId) -> EditionEntry {
        let known = self.edition.iter().find(|entry| entry.id == id);
        known.cloned().unwrap_or_else(|| EditionEntry::uncatalogued(id))
    }

    /// The edition in force on a day.
    pub fn in_force(&self, day: Date) -> Option<EditionId> {
        let holds = |entry: &&EditionEntry| entry.valid_from <= day && entry.valid_until.is_none_or(|end| day < end);
        self.edition.iter().find(holds).map(|entry| entry.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_catalogue_names_the_edition_in_force_on_a_day() {
        let catalogue = EditionCatalogue::from_toml(include_str!("../../../geodata/editions.toml")).unwrap();
        let on = |text: &str| catalogue.in_force(text.parse().unwrap()).map(|id| id.to_string());
        assert_eq!(on("2022-06-01").as_deref(), Some("2020-02"));
        assert_eq!(on("2025-06-30").as_deref(), Some("2025-01"));
        assert_eq!(on("2025-07-01").as_deref(), Some("2025-07"));
        let current = catalogue.entry("2025-07".parse().unwrap());
        assert!(current.communes == 78 && current.catalogued_names().is_some());
        assert_eq!((current.whole().vi.as_str(), current.whole().en.as_str()), ("vùng", "region"));
        assert_eq!(catalogue.entry("2025-01".parse().unwrap()).whole().vi, "tỉnh");
    }

    #[test]
    fn two_editions_are_never_in_force_on_one_day() {
        let shipped = include_str!("../../../geodata/editions.toml");
        let refusal = |from: &str, to: &str| {
            assert!(shipped.contains(from), "{from}");
            EditionCatalogue::from_toml(&shipped.replacen(from, to, 1)).unwrap_err().to_string()
        };
        assert_eq!(
            refusal("valid_until = \"2025-07-01\"", "valid_until = \"2025-08-01\""),
            "editions: \"2025-01\" and \"2025-07\" are both in force on 2025-07-01"
        );
        assert!(refusal("valid_until = \"2025-07-01\"\n", "").contains("are both in force"));
        assert!(refusal("valid_until = \"2025-07-01\"", "valid_until = \"2024-01-01\"").contains("which is not later"));
        assert!(refusal("id = \"2025-07\"", "id = \"2025-01\"").contains("two entries are called \"2025-01\""));
    }

    #[test]
    fn an_edition_outside_the_catalogue_gets_an_entry_of_its_own() {
        let entry = EditionCatalogue::default().entry("2031-01".parse().unwrap());
        assert_eq!((entry.valid_from.to_string(), entry.communes), ("2031-01-01".to_owned(), 0));
        assert_eq!(entry.catalogued_names(), None);
    }
}
