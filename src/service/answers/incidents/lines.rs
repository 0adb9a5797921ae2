//! Single incidents as lines of a table.
//!
//! In: the rows of a filter and for whom. Out: for each the values of its attributes and where it is shown. How a file
//! writes them is not decided here.

use super::points::shown_position;
use super::properties::IncidentProperties;
use crate::attributes::AttributeValue;
use crate::domain::area::Position;
use crate::domain::area::edition::EditionId;
use crate::domain::incident::IncidentRow;
use crate::domain::role::Role;
use crate::service::filter::RequestedFilter;
use crate::snapshot::Snapshot;
use crate::tile::incident_record::IncidentRecord;

/// The incidents of a filter as a role gets them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IncidentLines<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) requested: &'a RequestedFilter,
    pub(crate) role: Role,
    pub(crate) rows: &'a [IncidentRow],
}

/// One of them.
#[derive(Debug)]
pub(crate) struct IncidentLine<'a> {
    /// The values in the order of the names; none where there is none for the role.
    pub(crate) values: Vec<Option<AttributeValue<'a>>>,
    /// Where it is shown; none where it is shown at no point.
    pub(crate) position: Option<Position>,
}

impl<'a> IncidentLines<'a> {
    /// The names of the values.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        IncidentProperties::attributes().map(|attribute| attribute.name)
    }

    /// The edition in which their communes are looked for.
    pub(crate) fn edition(&self) -> EditionId {
        self.requested.filter.edition
    }

    /// Whether any of it is the embedded sample.
    pub(crate) fn is_sample(&self) -> bool {
        self.snapshot.is_sample()
    }

    /// The lines, in the order of the rows.
    pub(crate) fn lines(&self) -> impl Iterator<Item = IncidentLine<'a>> {
        let Self { snapshot, requested: _, role, rows } = *self;
        let edition_data = snapshot.edition(self.edition());
        rows.iter().map(move |row| {
            let record = IncidentRecord { snapshot, edition_data, row: *row, role };
            let values = IncidentProperties::attributes().map(|attribute| record.value(attribute)).collect();
            IncidentLine { values, position: shown_position(snapshot, *row) }
        })
    }
}
