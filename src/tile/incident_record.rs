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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attributes::INCIDENT_ATTRIBUTES;
    use crate::snapshot::tests::{EDITION, OUTSIDE, row_of, snapshot};

    /// A value with the name of its attribute.
    type NamedValue = (&'static str, AttributeValue<'static>);

    /// Everything that an incident says to a role, in the order of the table.
    fn record(snapshot: &Snapshot, id: &str, role: Role) -> Vec<NamedValue> {
        let edition_data = snapshot.edition(EDITION.parse().unwrap());
        let record = IncidentRecord { snapshot, edition_data, row: row_of(snapshot, id), role };
        values(|attribute| record.value(attribute))
    }

    fn values<'a>(value: impl Fn(&Attribute<IncidentAttribute>) -> Option<AttributeValue<'a>>) -> Vec<NamedValue> {
        let found = INCIDENT_ATTRIBUTES.iter().map(|attribute| (attribute.name, value(attribute)));
        found.filter_map(|(name, value)| Some((name, value?.into_owned()))).collect()
    }

    fn names(values: &[NamedValue]) -> Vec<&'static str> {
        values.iter().map(|(name, _)| *name).collect()
    }

    #[test]
    fn commander_gets_everything_of_an_incident() {
        let text = AttributeValue::text;
        let expected = [
            ("kind", text("incident")),
            ("id", text("case-0001")),
            ("time", text("2022-06-01T12:00:00+07:00")),
            ("precision", text("exact")),
            ("category", text("trom_cap")),
            ("severity", AttributeValue::Integer(3)),
            ("count", AttributeValue::Integer(1)),
            ("status", text("recorded")),
            ("channel", text("113")),
            ("code", text("20001")),
        ];
        assert_eq!(record(&snapshot(), "case-0001", Role::Commander), expected);
    }

    #[test]
    fn lower_roles_get_what_their_rows_say_and_the_public_nothing() {
        let snapshot = snapshot();
        assert_eq!(names(&record(&snapshot, "case-0001", Role::Planner)), ["kind", "category", "count"]);
        assert!(record(&snapshot, "case-0001", Role::Public).is_empty());
    }

    #[test]
    fn incident_outside_every_commune_has_no_code() {
        let snapshot = snapshot();
        let outside = names(&record(&snapshot, OUTSIDE, Role::Commander));
        assert!(outside.contains(&"id") && !outside.contains(&"code"), "{outside:?}");
        let row = row_of(&snapshot, "case-0001");
        let without_edition = IncidentRecord { snapshot: &snapshot, edition_data: None, row, role: Role::Commander };
        assert!(!names(&values(|attribute| without_edition.value(attribute))).contains(&"code"));
    }

    #[test]
    fn group_names_no_single_incident_to_anybody() {
        let group = |role, severity| {
            let group = IncidentGroup { kind: "cell", category: Some("trom_cap"), severity, count: 12, role };
            names(&values(|attribute| group.value(attribute)))
        };
        assert_eq!(group(Role::Operator, Some(4)), ["kind", "category", "severity", "count"]);
        assert_eq!(group(Role::Operator, None), ["kind", "category", "count"]);
        assert_eq!(group(Role::Planner, Some(4)), ["kind", "category", "count"], "a planner gets no severity");
        assert!(group(Role::Public, Some(4)).is_empty());
    }
}
