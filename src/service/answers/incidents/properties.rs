//! The attributes of an incident as members of an answer.
//!
//! In: an incident and for whom. Out: an object with a member for each row of the table that answers carry, and its
//! schema.

use serde::Serialize;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use crate::attributes::{Attribute, INCIDENT_ATTRIBUTES, IncidentAttribute};
use crate::domain::area::AreaCode;
use crate::service::answers::members::{AttributeMembers, DescribedKey, NamedSchema, named, schema_of, text_schemas};
use crate::tile::incident_record::IncidentRecord;

/// The attributes of an incident that answers carry; what does not exist or is not for the role is null.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(crate) struct IncidentProperties(AttributeMembers<IncidentAttribute>);

impl IncidentProperties {
    /// The attributes of an incident, as far as the role of the record gets them.
    pub(super) fn of(record: &IncidentRecord<'_>) -> Self {
        Self(AttributeMembers::of(record.role, Self::attributes(), |attribute| record.value(attribute)))
    }

    /// The rows of the table that answers carry.
    pub(crate) fn attributes() -> impl Iterator<Item = &'static Attribute<IncidentAttribute>> {
        INCIDENT_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_answers())
    }
}

impl DescribedKey for IncidentAttribute {
    fn text_schema(self) -> Option<NamedSchema> {
        match self {
            Self::Code => Some(named::<AreaCode>()),
            _ => None,
        }
    }
}

impl PartialSchema for IncidentProperties {
    fn schema() -> RefOr<Schema> {
        schema_of(Self::attributes(), "The attributes of an incident.")
    }
}

impl ToSchema for IncidentProperties {
    fn schemas(schemas: &mut Vec<NamedSchema>) {
        schemas.extend(text_schemas(Self::attributes()));
    }
}
