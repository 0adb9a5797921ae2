//! What a row of the table says of an attribute, and the few words in which rows are written.
//!
//! In: nothing but constants. Out: rows of which everything that shows an attribute is derived. The rows themselves
//! stand in `area`, `incident` and `model`, the values with the tiles.

use super::format::{ValueFormat, ValueType};
use crate::domain::role::Role;
use crate::domain::text::Names;

/// A fixed text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// In Vietnamese.
    pub vi: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Label {
    /// The text as answers carry it.
    pub fn names(self) -> Names {
        Names { vi: self.vi.to_owned(), en: self.en.to_owned() }
    }
}

/// What a number is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeUnit {
    /// Residents times years.
    PersonYears,
    /// Incidents per 100,000 person-years.
    Per100kPersonYears,
    /// Square kilometres.
    SquareKilometres,
    /// For every 10,000 residents.
    Per10kResidents,
    /// For every square kilometre.
    PerSquareKilometre,
    /// For every residential area.
    PerResidentialArea,
}

impl AttributeUnit {
    /// The unit as it stands behind a number or a label.
    pub fn label(self) -> Label {
        let (vi, en) = match self {
            Self::PersonYears => ("người-năm", "person-years"),
            Self::Per100kPersonYears => ("trên 100.000 người-năm", "per 100,000 person-years"),
            Self::SquareKilometres => ("km²", "km²"),
            Self::Per10kResidents => ("trên 10.000 dân", "per 10,000 residents"),
            Self::PerSquareKilometre => ("trên km²", "per km²"),
            Self::PerResidentialArea => ("trên mỗi khu dân cư", "per residential area"),
        };
        Label { vi, en }
    }

    /// The same as answers carry it.
    pub fn names(self) -> Names {
        self.label().names()
    }
}

/// What the value of an attribute rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueSource {
    /// The boundaries alone: the same under every filter.
    Boundaries,
    /// What was counted in the area itself.
    Counts,
    /// The assessment, for which every area is looked at.
    Assessment,
    /// The stored record of the single thing, or the records that a cell or square holds.
    Records,
}

/// Where an attribute appears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// In tiles, in JSON answers, in tables.
    Everywhere,
    /// In tiles alone, whose layers mix things of several kinds.
    Tiles,
    /// In JSON answers and tables.
    AnswersAndTables,
    /// In JSON answers alone.
    Answers,
}

impl Carrier {
    /// Whether tiles carry it.
    pub const fn is_in_tiles(self) -> bool {
        matches!(self, Self::Everywhere | Self::Tiles)
    }

    /// Whether JSON answers carry it.
    pub const fn is_in_answers(self) -> bool {
        !matches!(self, Self::Tiles)
    }

    /// Whether it is a column of tables.
    pub const fn is_in_tables(self) -> bool {
        matches!(self, Self::Everywhere | Self::AnswersAndTables)
    }
}

/// One row of the table. `K` is the key by which the value is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attribute<K> {
    /// By which its value is found.
    pub key: K,
    /// The name in tiles, answers and data files.
    pub name: &'static str,
    /// The name for people.
    pub label: Label,
    /// The name where there is little room, as in a table on a screen.
    pub short_label: Label,
    /// The unit of its numbers.
    pub unit: Option<AttributeUnit>,
    /// Whether the label says the unit already.
    pub is_unit_in_label: bool,
    /// How its values are written.
    pub format: ValueFormat,
    /// What its values are.
    pub value_type: ValueType,
    /// Who gets it; for everybody below, it has no value.
    pub least_role: Role,
    /// What its value rests on.
    pub source: ValueSource,
    /// Where it appears.
    pub carrier: Carrier,
    /// Whether everything it is said of has a value.
    pub is_always_known: bool,
    /// What it means.
    pub description: &'static str,
}

impl<K> Attribute<K> {
    /// Whether a role gets it.
    pub fn is_for(&self, role: Role) -> bool {
        self.least_role <= role
    }

    /// The label with the unit, as the heading of a column.
    pub fn heading(&self) -> Names {
        let Label { vi, en } = self.label;
        match self.unit.filter(|_| !self.is_unit_in_label).map(AttributeUnit::label) {
            Some(unit) => Names { vi: format!("{vi} ({})", unit.vi), en: format!("{en} ({})", unit.en) },
            None => self.label.names(),
        }
    }
}

/// A row before it has its key.
pub(super) type UnkeyedAttribute = Attribute<()>;

impl UnkeyedAttribute {
    const fn new(name: &'static str, label: Label, format: ValueFormat, value_type: ValueType) -> Self {
        Self {
            key: (),
            name,
            label,
            short_label: label,
            unit: None,
            is_unit_in_label: false,
            format,
            value_type,
            least_role: Role::Operator,
            source: ValueSource::Assessment,
            carrier: Carrier::Everywhere,
            is_always_known: false,
            description: "",
        }
    }

    /// Its name where there is little room, where that is not the label.
    pub(super) const fn short(self, vi: &'static str, en: &'static str) -> Self {
        Self { short_label: Label { vi, en }, ..self }
    }

    /// Its unit, which a heading adds to the label.
    pub(super) const fn unit(self, unit: AttributeUnit) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// Its unit, which the label says already.
    pub(super) const fn unit_in_label(self, unit: AttributeUnit) -> Self {
        Self { unit: Some(unit), is_unit_in_label: true, ..self }
    }

    /// What its value rests on, where that is not the assessment.
    pub(super) const fn from(self, source: ValueSource) -> Self {
        Self { source, ..self }
    }

    /// Where it appears, where that is not everywhere.
    pub(super) const fn only_in(self, carrier: Carrier) -> Self {
        Self { carrier, ..self }
    }

    /// Who gets it. A row that does not say so is for operators alone.
    pub(super) const fn least(self, least_role: Role) -> Self {
        Self { least_role, ..self }
    }

    /// For everybody.
    pub(super) const fn public(self) -> Self {
        self.least(Role::Public)
    }

    /// Everything it is said of has a value.
    pub(super) const fn always_known(self) -> Self {
        Self { is_always_known: true, ..self }
    }

    /// The finished row.
    pub(super) const fn with_key<K: Copy>(self, key: K, description: &'static str) -> Attribute<K> {
        Attribute {
            key,
            name: self.name,
            label: self.label,
            short_label: self.short_label,
            unit: self.unit,
            is_unit_in_label: self.is_unit_in_label,
            format: self.format,
            value_type: self.value_type,
            least_role: self.least_role,
            source: self.source,
            carrier: self.carrier,
            is_always_known: self.is_always_known,
            description,
        }
    }
}

/// A row of texts, or of codes that stand for words.
pub(super) const fn text(name: &'static str, vi: &'static str, en: &'static str) -> UnkeyedAttribute {
    UnkeyedAttribute::new(name, Label { vi, en }, ValueFormat::Text, ValueType::Text)
}

/// A row of texts of a form of their own, such as times.
pub(super) const fn written_as(
    format: ValueFormat,
    name: &'static str,
    vi: &'static str,
    en: &'static str,
) -> UnkeyedAttribute {
    UnkeyedAttribute::new(name, Label { vi, en }, format, ValueType::Text)
}

/// A row of whole numbers.
pub(super) const fn count(name: &'static str, vi: &'static str, en: &'static str) -> UnkeyedAttribute {
    UnkeyedAttribute::new(name, Label { vi, en }, ValueFormat::Count, ValueType::Integer)
}

/// A row of numbers written in a form.
pub(super) const fn number(
    format: ValueFormat,
    name: &'static str,
    vi: &'static str,
    en: &'static str,
) -> UnkeyedAttribute {
    UnkeyedAttribute::new(name, Label { vi, en }, format, ValueType::Number)
}

/// Makes the keys and the table of one subject from its rows, so that a row is written once.
macro_rules! attributes {
    ($(#[$about:meta])* $key:ident in $rows:ident; $($variant:ident: $description:literal => $row:expr;)+) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(clippy::doc_markdown, reason = "answers carry the descriptions too, without marks")]
        pub enum $key {
            $(#[doc = $description] $variant,)+
        }

        $(#[$about])*
        pub const $rows: &[$crate::attributes::Attribute<$key>] =
            &[$($row.with_key($key::$variant, $description)),+];
    };
}

pub(super) use attributes;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attributes::test_table::TEST_ATTRIBUTES;

    #[test]
    fn heading_names_the_unit_once() {
        let apart = number(ValueFormat::Rate, "rate", "Tỷ suất", "Rate").unit(AttributeUnit::Per100kPersonYears);
        assert_eq!(apart.heading().en, "Rate (per 100,000 person-years)");
        assert_eq!(apart.heading().vi, "Tỷ suất (trên 100.000 người-năm)");
        let within = count("person_years", "Người-năm", "Person-years").unit_in_label(AttributeUnit::PersonYears);
        assert_eq!(within.heading().en, "Person-years");
    }

    #[test]
    fn row_that_does_not_say_for_whom_is_hidden_from_all_but_operators() {
        let [known, added] = TEST_ATTRIBUTES else { panic!("two rows") };
        assert!(Role::ALL.into_iter().all(|role| known.is_for(role)));
        assert_eq!(Role::ALL.map(|role| added.is_for(role)), [false, false, false, true]);
    }

    #[test]
    fn carriers_differ_in_what_they_hold() {
        let of = |carrier: Carrier| [carrier.is_in_tiles(), carrier.is_in_answers(), carrier.is_in_tables()];
        assert_eq!(of(Carrier::Everywhere), [true, true, true]);
        assert_eq!(of(Carrier::Tiles), [true, false, false]);
        assert_eq!(of(Carrier::AnswersAndTables), [false, true, true]);
        assert_eq!(of(Carrier::Answers), [false, true, false]);
    }
}
