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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::attributes::MODEL_ATTRIBUTES;
    use crate::domain::model::{ModelOrigin, Review};

    fn model() -> CommunityModel {
        CommunityModel {
            id: "model-02".to_owned(),
            kind: "camera".to_owned(),
            position: None,
            area: None,
            residential_area: None,
            origin: ModelOrigin::Replicated,
            parent_id: Some("model-01".to_owned()),
            started_on: date(2021, 3, 4),
            ended_on: Some(date(2023, 1, 2)),
            review: Some((date(2022, 12, 31), Review::Weak)),
        }
    }

    /// Everything that a model says to a role, in the order of the table.
    fn values(model: &CommunityModel, code: Option<&AreaCode>, role: Role) -> Vec<(&'static str, String)> {
        let record = ModelRecord { model, code, role };
        let text = |value| match value {
            AttributeValue::Text(text) => text.into_owned(),
            other => panic!("{other:?} is no text"),
        };
        MODEL_ATTRIBUTES.iter().filter_map(|row| Some((row.name, text(record.value(row)?)))).collect()
    }

    #[test]
    fn planner_gets_everything_of_a_model() {
        let code: AreaCode = "20335".parse().unwrap();
        let expected = [
            ("id", "model-02"),
            ("kind", "camera"),
            ("code", "20335"),
            ("origin", "replicated"),
            ("parent_id", "model-01"),
            ("started_on", "2021-03-04"),
            ("ended_on", "2023-01-02"),
            ("reviewed_on", "2022-12-31"),
            ("review", "weak"),
        ];
        let expected = expected.map(|(name, value)| (name, value.to_owned()));
        assert_eq!(values(&model(), Some(&code), Role::Planner), expected);
    }

    #[test]
    fn what_never_happened_has_no_value() {
        let running = CommunityModel { parent_id: None, ended_on: None, review: None, ..model() };
        let found = values(&running, None, Role::Operator);
        let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["id", "kind", "origin", "started_on"]);
    }

    #[test]
    fn public_gets_nothing_of_a_single_model() {
        assert!(values(&model(), Some(&"20335".parse().unwrap()), Role::Public).is_empty());
    }
}
