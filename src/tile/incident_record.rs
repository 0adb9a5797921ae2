//! The values of the attributes of one incident, and of several together.
//!
//! In: an incident or a count of several, for whom, and a row of the table of attributes. Out: its value, or nothing.
//! Every key of the table is named twice here, so that the compiler asks for both values of a new one. Tiles and
//! answers find their values here alone.

use crate::attributes::{Attribute, AttributeValue, IncidentAttribute};
use crate::domain::incident::IncidentRow;
use crate::domain::incident::taxonomy::Term;
use crate::domain::role::Role;
use crate::domain::time::period::local_time;
use crate::snapshot::{EditionData, Snapshot};

/// One incident, the source of every attribute of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IncidentRecord<'a> {
    /// The data it is part of.
    pub(crate) snapshot: &'a Snapshot,
    /// The edition in which its commune is looked for.
    pub(crate) edition_data: Option<&'a EditionData>,
    /// Its row among the incidents of the snapshot.
    pub(crate) row: IncidentRow,
    /// For whom: what the role may not have has no value.
    pub(crate) role: Role,
}

/// Several incidents that are shown as one feature.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IncidentGroup<'a> {
    /// Whether it is a cell or a square.
    pub(crate) kind: &'static str,
    /// The most frequent category.
    pub(crate) category: Option<&'a str>,
    /// The greatest severity, where it is known.
    pub(crate) severity: Option<u8>,
    /// How many there are.
    pub(crate) count: u32,
    /// For whom: what the role may not have has no value.
    pub(crate) role: Role,
}

impl<'a> IncidentRecord<'a> {
    /// The value of an attribute; none where it does not exist or may not be seen.
    pub(crate) fn value(&self, attribute: &Attribute<IncidentAttribute>) -> Option<AttributeValue<'a>> {
        use AttributeValue as Value;
        use IncidentAttribute as Of;
        if !attribute.is_for(self.role) {
            return None;
        }
        let (incidents, taxonomy, row) = (&self.snapshot.incidents, &self.snapshot.taxonomy, self.row);
        match attribute.key {
            Of::Kind => Some(Value::text("incident")),
            Of::Id => Some(Value::text(incidents.id(row))),
            Of::Time => Some(Value::Text(local_time(incidents.unix_seconds(row)).into())),
            Of::Precision => id_of(taxonomy.precisions.get(incidents.precision(row).index())),
            Of::Category => taxonomy.category_entry(incidents.category(row)).map(|category| Value::text(&category.id)),
            Of::Severity => Value::integer(Some(u32::from(incidents.severity(row).number()))),
            Of::Count => Value::integer(Some(1)),
            Of::Status => id_of(taxonomy.statuses.get(incidents.status(row).index())),
            Of::Channel => id_of(taxonomy.channels.get(incidents.channel(row).index())),
            Of::Code => self.commune_code().map(Value::text),
        }
    }

    fn commune_code(&self) -> Option<&'a str> {
        let edition_data = self.edition_data?;
        let commune = edition_data.shape.commune(edition_data.commune_of_incident(self.row)?)?;
        Some(commune.code.as_str())
    }
}

fn id_of(term: Option<&Term>) -> Option<AttributeValue<'_>> {
    term.map(|term| AttributeValue::text(&term.id))
}

impl<'a> IncidentGroup<'a> {
    /// The value of an attribute; none where it does not exist or may not be seen.
    pub(crate) fn value(&self, attribute: &Attribute<IncidentAttribute>) -> Option<AttributeValue<'a>> {
        use AttributeValue as Value;
        use IncidentAttribute as Of;
        if !attribute.is_for(self.role) {
            return None;
        }
        match attribute.key {
            Of::Kind => Some(Value::text(self.kind)),
            Of::Category => self.category.map(Value::text),
            Of::Severity => Value::integer(self.severity.map(u32::from)),
            Of::Count => Value::integer(Some(self.count)),
            Of::Id | Of::Time | Of::Precision | Of::Status | Of::Channel | Of::Code => None,
        }
    }
}
