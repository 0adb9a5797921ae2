//! The attributes of an area as members of an answer.
//!
//! In: a row of the table that names each attribute, and the area with its assessment. Out: an object with a member
//! for each attribute, and its schema; texts from a closed set name the schema of their words.

use serde::Serialize;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use crate::assessment::clusters::hot_spot::HotSpotKind;
use crate::assessment::comparison::Clarity;
use crate::assessment::rating::grade::{Grade, Letter, WithheldReason};
use crate::assessment::statutory::{Agreement, Statutory};
use crate::assessment::trend::Arrow;
use crate::attributes::{AREA_ATTRIBUTES, AreaAttribute, Attribute, Selection};
use crate::domain::area::{AreaCode, Level};
use crate::domain::standard::movement::MovementGrade;
use crate::service::answers::members::{AttributeMembers, DescribedKey, NamedSchema, named, schema_of, text_schemas};
use crate::tile::area_row::AreaRow;

/// The attributes of an area that tiles carry; what does not exist or is not for the role is null.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(super) struct AreaProperties(AttributeMembers<AreaAttribute>);

/// All attributes of an area that answers carry; what does not exist or is not for the role is null.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(super) struct AreaMembers(AttributeMembers<AreaAttribute>);

impl AreaProperties {
    /// The attributes of an area, as far as the role of the row gets them.
    pub(super) fn of(row: &AreaRow<'_>) -> Self {
        Self(AttributeMembers::of(row.role, Self::attributes(), |attribute| row.value(attribute)))
    }

    pub(super) fn attributes() -> impl Iterator<Item = &'static Attribute<AreaAttribute>> {
        Selection::ALL.attributes()
    }
}

impl AreaMembers {
    /// The attributes of an area, as far as the role of the row gets them.
    pub(super) fn of(row: &AreaRow<'_>) -> Self {
        Self(AttributeMembers::of(row.role, Self::attributes(), |attribute| row.value(attribute)))
    }

    /// The whole number that stands under an attribute; none where the answer has none.
    pub(super) fn integer(&self, attribute: AreaAttribute) -> Option<u64> {
        self.0.integer(&attribute)
    }

    pub(super) fn attributes() -> impl Iterator<Item = &'static Attribute<AreaAttribute>> {
        AREA_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_answers())
    }
}

impl DescribedKey for AreaAttribute {
    fn text_schema(self) -> Option<NamedSchema> {
        use AreaAttribute as Of;
        match self {
            Of::Code | Of::Parent => Some(named::<AreaCode>()),
            Of::Level => Some(named::<Level>()),
            Of::Grade => Some(named::<Grade>()),
            Of::GradeBest | Of::GradeWorst => Some(named::<Letter>()),
            Of::Difference => Some(named::<Clarity>()),
            Of::Trend => Some(named::<Arrow>()),
            Of::HotSpot => Some(named::<HotSpotKind>()),
            Of::Statutory => Some(named::<Statutory>()),
            Of::StatutoryCheck => Some(named::<Agreement>()),
            Of::MovementGrade => Some(named::<MovementGrade>()),
            Of::Withheld => Some(named::<WithheldReason>()),
            _ => None,
        }
    }
}

impl PartialSchema for AreaProperties {
    fn schema() -> RefOr<Schema> {
        schema_of(Self::attributes(), "The attributes of an area that tiles carry.")
    }
}

impl ToSchema for AreaProperties {
    fn schemas(schemas: &mut Vec<NamedSchema>) {
        schemas.extend(text_schemas(Self::attributes()));
    }
}

impl PartialSchema for AreaMembers {
    fn schema() -> RefOr<Schema> {
        schema_of(Self::attributes(), "The attributes of an area that answers carry.")
    }
}

impl ToSchema for AreaMembers {
    fn schemas(schemas: &mut Vec<NamedSchema>) {
        schemas.extend(text_schemas(Self::attributes()));
    }
}
