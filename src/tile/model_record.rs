//! The values of the attributes of one community model.
//!
//! In: a model with its commune, for whom, and a row of the table of attributes. Out: its value, or nothing. Every key
//! of the table is named here, so that the compiler asks for the value of a new one. Tiles and answers find their
//! values here alone.

use jiff::civil::Date;

use crate::attributes::{Attribute, AttributeValue, ModelAttribute};
use crate::domain::area::AreaCode;
use crate::domain::model::CommunityModel;
use crate::domain::role::Role;

/// One community model, the source of every attribute of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ModelRecord<'a> {
    /// What is known of it.
    pub(crate) model: &'a CommunityModel,
    /// The code of the commune in which it stands.
    pub(crate) code: Option<&'a AreaCode>,
    /// For whom: what the role may not have has no value.
    pub(crate) role: Role,
}

impl<'a> ModelRecord<'a> {
    /// The value of an attribute; none where it does not exist or may not be seen.
    pub(crate) fn value(&self, attribute: &Attribute<ModelAttribute>) -> Option<AttributeValue<'a>> {
        use AttributeValue as Value;
        use ModelAttribute as Of;
        if !attribute.is_for(self.role) {
            return None;
        }
        let model = self.model;
        match attribute.key {
            Of::Id => Some(Value::text(&model.id)),
            Of::Kind => Some(Value::text(&model.kind)),
            Of::Code => self.code.map(|code| Value::text(code.as_str())),
            Of::Origin => Some(Value::text(model.origin.as_str())),
            Of::ParentId => model.parent_id.as_deref().map(Value::text),
            Of::StartedOn => Some(day(model.started_on)),
            Of::EndedOn => model.ended_on.map(day),
            Of::ReviewedOn => model.review.map(|(on, _)| day(on)),
            Of::Review => model.review.map(|(_, result)| Value::text(result.as_str())),
        }
    }
}

fn day(date: Date) -> AttributeValue<'static> {
    AttributeValue::Text(date.to_string().into())
}
