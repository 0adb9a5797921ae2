//! What is said of every feature of a collection, before there is any.

use super::item_source::columns_of;
use super::named_areas::{NamedAreaColumn, NamedAreaList};
use super::{areas, incidents, models, squares};
use crate::domain::role::Role;
use crate::features::column::FeatureColumn;
use crate::service::features::collection::CollectionName;

/// What is said of every feature of a collection to a role.
pub(crate) fn columns(collection: CollectionName, role: Role) -> Vec<FeatureColumn> {
    match collection {
        CollectionName::Areas(_, _) => columns_of(&areas::attributes(role)),
        CollectionName::Labels => NamedAreaColumn::columns(NamedAreaList::Labels),
        CollectionName::Gazetteer => NamedAreaColumn::columns(NamedAreaList::Gazetteer),
        CollectionName::Models => columns_of(&models::attributes(role)),
        CollectionName::Incidents => columns_of(&incidents::attributes(role)),
        CollectionName::IncidentSquares => squares::columns(),
    }
}
