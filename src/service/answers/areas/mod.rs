//! What is said of areas: rows of a level, one area with all that is known of it, why it has its letter.
//!
//! In: a level assessed for a role. Out: answers of which those for the public are built by naming what goes
//! in: their constructors take an assessment apart field by field, so that a new field reaches nobody unnamed.

pub(crate) mod account;
pub(crate) mod area;
pub(crate) mod chance;
pub(crate) mod class_counts;
pub(crate) mod collection;
pub(crate) mod components;
pub(crate) mod explained_class;
pub(crate) mod explanation;
pub(crate) mod method;
pub(crate) mod model_density;
mod properties;
pub(crate) mod ratings;
pub(crate) mod row;

use crate::assessment::rating::grade::WithheldReason;

/// The word for why there is no letter.
pub(crate) fn withheld_word(reason: Option<WithheldReason>) -> Option<&'static str> {
    reason.map(WithheldReason::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::Value;
    use utoipa::{PartialSchema as _, ToSchema};

    use super::area::AreaAnswer;
    use super::collection::AreaCollection;
    use super::explanation::ExplanationAnswer;
    use super::properties::{AreaMembers, AreaProperties};
    use super::ratings::RatingsAnswer;
    use crate::attributes::Attribute;
    use crate::service::answers::about::gazetteer::GazetteerAnswer;
    use crate::service::answers::about::meta::MetaAnswer;
    use crate::service::answers::about::oembed::OembedAnswer;
    use crate::service::answers::about::problem::ProblemKindAnswer;
    use crate::service::answers::about::server::VersionAnswer;
    use crate::service::answers::comparison::against::AgainstAnswer;
    use crate::service::answers::comparison::beside::BesideAnswer;
    use crate::service::answers::comparison::two_periods::TwoPeriodsAnswer;
    use crate::service::answers::incidents::cells::IncidentCellsAnswer;
    use crate::service::answers::incidents::points::IncidentPointsAnswer;
    use crate::service::answers::incidents::properties::IncidentProperties;
    use crate::service::answers::maps::styles::StylesAnswer;
    use crate::service::answers::maps::tilesets::TilesetsAnswer;
    use crate::service::answers::models::active::{ModelCountsAnswer, ModelPointsAnswer};
    use crate::service::answers::models::effect::ModelEffectAnswer;
    use crate::service::answers::models::kinds::ModelKindsAnswer;
    use crate::service::answers::models::model::ModelAnswer;
    use crate::service::answers::models::properties::ModelProperties;
    use crate::service::answers::series::SeriesAnswer;
    use crate::service::answers::statutory::certifications::CertificationsAnswer;
    use crate::service::answers::statutory::disagreements::DisagreementsAnswer;
    use crate::tile::tilejson::TileJson;

    /// Members that some answers leave out: what is not for the public, and what few criteria have.
    const MAY_BE_ABSENT: [&str; 9] = [
        "agreement",
        "check",
        "counts",
        "criteria",
        "evidence",
        "missing",
        "movement_grade",
        "movement_grade_before",
        "registered",
    ];

    /// Members that one answer alone leaves out: single models for the public, the window of a step that is no year.
    const ABSENT_IN_ONE: [(&str, &str); 4] = [
        ("GazetteerAnswer", "models"),
        ("SeriesStep", "window"),
        // Links as the standards of OGC have them.
        ("TypedLink", "templated"),
        ("TypedLink", "title"),
    ];

    /// Every schema that the answers rest on, by name.
    fn schemas() -> Vec<(String, Value)> {
        let mut found = Vec::new();
        RatingsAnswer::schemas(&mut found);
        AreaAnswer::schemas(&mut found);
        AreaCollection::schemas(&mut found);
        ExplanationAnswer::schemas(&mut found);
        CertificationsAnswer::schemas(&mut found);
        DisagreementsAnswer::schemas(&mut found);
        GazetteerAnswer::schemas(&mut found);
        MetaAnswer::schemas(&mut found);
        TilesetsAnswer::schemas(&mut found);
        StylesAnswer::schemas(&mut found);
        OembedAnswer::schemas(&mut found);
        ProblemKindAnswer::schemas(&mut found);
        VersionAnswer::schemas(&mut found);
        TileJson::schemas(&mut found);
        ModelPointsAnswer::schemas(&mut found);
        ModelCountsAnswer::schemas(&mut found);
        ModelKindsAnswer::schemas(&mut found);
        ModelAnswer::schemas(&mut found);
        ModelEffectAnswer::schemas(&mut found);
        IncidentPointsAnswer::schemas(&mut found);
        IncidentCellsAnswer::schemas(&mut found);
        SeriesAnswer::schemas(&mut found);
        BesideAnswer::schemas(&mut found);
        AgainstAnswer::schemas(&mut found);
        TwoPeriodsAnswer::schemas(&mut found);
        found.extend([
            (GazetteerAnswer::name().into_owned(), GazetteerAnswer::schema()),
            (SeriesAnswer::name().into_owned(), SeriesAnswer::schema()),
            (ModelKindsAnswer::name().into_owned(), ModelKindsAnswer::schema()),
            (MetaAnswer::name().into_owned(), MetaAnswer::schema()),
        ]);
        found.into_iter().map(|(name, schema)| (name, serde_json::to_value(schema).unwrap())).collect()
    }

    /// The object schemas within a schema: itself, or the parts that are flattened into it.
    fn objects(schema: &Value) -> Vec<&Value> {
        let parts = schema["allOf"].as_array().map_or_else(|| vec![schema], |parts| parts.iter().collect());
        parts.into_iter().filter(|part| part["properties"].is_object()).collect()
    }

    #[test]
    fn a_name_stands_for_one_schema() {
        let mut known = BTreeMap::new();
        for (name, schema) in schemas() {
            let first = known.entry(name.clone()).or_insert_with(|| schema.clone());
            assert_eq!(*first, schema, "{name}");
        }
        assert!(known.contains_key("RatingRow") && known.contains_key("CommuneAnswer"));
    }

    #[test]
    fn members_are_always_there_but_for_those_that_say_when() {
        for (name, schema) in schemas() {
            for object in objects(&schema) {
                let required: Vec<&str> =
                    object["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                let members = object["properties"].as_object().unwrap().keys();
                let absent: Vec<&str> =
                    members.map(String::as_str).filter(|member| !required.contains(member)).collect();
                let is_known =
                    |member: &&str| MAY_BE_ABSENT.contains(member) || ABSENT_IN_ONE.contains(&(name.as_str(), *member));
                assert!(absent.iter().all(is_known), "{name}: {absent:?} may be left out");
            }
        }
    }

    #[test]
    fn attributes_have_the_types_and_meanings_of_their_table() {
        let schemas: BTreeMap<String, Value> = schemas().into_iter().collect();
        assert_of_table(&schemas, "AreaMembers", AreaMembers::attributes());
        assert_of_table(&schemas, "AreaProperties", AreaProperties::attributes());
        assert_of_table(&schemas, "IncidentProperties", IncidentProperties::attributes());
        assert_of_table(&schemas, "ModelProperties", ModelProperties::attributes());
    }

    /// A schema has a member for each row and no other, of the row's type and meaning.
    fn assert_of_table<K: 'static>(
        schemas: &BTreeMap<String, Value>,
        name: &str,
        attributes: impl Iterator<Item = &'static Attribute<K>>,
    ) {
        let mut left = schemas[name]["properties"].as_object().unwrap().clone();
        for attribute in attributes {
            let member = left.remove(attribute.name).unwrap_or_else(|| panic!("{name} has no {}", attribute.name));
            let options = member["oneOf"].as_array().map_or_else(|| vec![&member], |options| options.iter().collect());
            let types: Vec<&str> = options.iter().flat_map(|option| types(schemas, option)).collect();
            let null = (!attribute.is_always_known).then_some("null");
            let expected: Vec<&str> = [attribute.value_type.json_word()].into_iter().chain(null).collect();
            assert_eq!(types, expected, "{name}.{}", attribute.name);
            assert_eq!(options[0]["description"], attribute.description, "{name}.{}", attribute.name);
        }
        assert!(left.is_empty(), "{name} has members of no row: {left:?}");
    }

    /// What answers repeat of a single model outside its properties is of the type that its row says.
    #[test]
    fn members_named_like_an_attribute_of_models_are_of_its_type() {
        let mut found = 0;
        for (name, schema) in schemas().into_iter().filter(|(name, _)| name == "ModelDetails" || name == "RelatedModel")
        {
            for attribute in ModelProperties::attributes() {
                let Some(member) = schema["properties"].get(attribute.name) else { continue };
                found += 1;
                let is_of_type = member.to_string().contains(attribute.value_type.json_word());
                assert!(is_of_type || member.to_string().contains("$ref"), "{name}.{}: {member}", attribute.name);
            }
        }
        assert!(found >= 10, "{found} members");
    }

    /// The types that a schema allows, or the one that it names.
    fn types<'a>(schemas: &'a BTreeMap<String, Value>, schema: &'a Value) -> Vec<&'a str> {
        let name = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
        let types = &name.map_or(schema, |name| &schemas[name])["type"];
        types
            .as_array()
            .map_or_else(|| vec![types.as_str().unwrap()], |types| types.iter().filter_map(Value::as_str).collect())
    }
}
