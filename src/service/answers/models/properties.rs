//! The attributes of a community model as members of an answer.
//!
//! In: a model and for whom. Out: an object with a member for each row of the table that answers carry, and its
//! schema.

use serde::Serialize;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use crate::attributes::{Attribute, MODEL_ATTRIBUTES, ModelAttribute};
use crate::domain::area::AreaCode;
use crate::domain::model::{ModelOrigin, Review};
use crate::service::answers::members::{AttributeMembers, DescribedKey, NamedSchema, named, schema_of, text_schemas};
use crate::tile::model_record::ModelRecord;

/// The attributes of a community model that answers carry; what does not exist or is not for the role is null.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(crate) struct ModelProperties(AttributeMembers<ModelAttribute>);

impl ModelProperties {
    /// The attributes of a model, as far as the role of the record gets them.
    pub(super) fn of(record: &ModelRecord<'_>) -> Self {
        Self(AttributeMembers::of(record.role, Self::attributes(), |attribute| record.value(attribute)))
    }

    /// The rows of the table that answers carry.
    pub(crate) fn attributes() -> impl Iterator<Item = &'static Attribute<ModelAttribute>> {
        MODEL_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_answers())
    }
}

impl DescribedKey for ModelAttribute {
    fn text_schema(self) -> Option<NamedSchema> {
        match self {
            Self::Code => Some(named::<AreaCode>()),
            Self::Origin => Some(named::<ModelOrigin>()),
            Self::Review => Some(named::<Review>()),
            _ => None,
        }
    }
}

impl PartialSchema for ModelProperties {
    fn schema() -> RefOr<Schema> {
        schema_of(Self::attributes(), "The attributes of a community model.")
    }
}

impl ToSchema for ModelProperties {
    fn schemas(schemas: &mut Vec<NamedSchema>) {
        schemas.extend(text_schemas(Self::attributes()));
    }
}
