//! Features as GeoJSON: a page of them, or one.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::links::ApiLink;
use super::sources::item_source::ItemSource;
use crate::attributes::AttributeValue;
use crate::features::column::FeatureColumn;
use crate::features::crs::CoordinateSystem;
use crate::service::answers::geometry::{CollectionType, FeatureType, GeoJsonGeometry, GeometryDetail};

/// How features are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemForm {
    /// The columns that are shown, by their indices.
    pub(crate) columns: Vec<usize>,
    /// The reference system of coordinates.
    pub(crate) system: CoordinateSystem,
    /// How much of boundaries is shown.
    pub(crate) detail: GeometryDetail,
}

/// A page of features.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ItemsAnswer {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    collection_type: CollectionType,
    /// How many features the question holds.
    #[serde(rename = "numberMatched")]
    pub(crate) number_matched: usize,
    /// How many of them stand on this page.
    #[serde(rename = "numberReturned")]
    pub(crate) number_returned: usize,
    /// This page, its other forms, and the next one where there is one.
    pub(crate) links: Vec<ApiLink>,
    /// The features.
    pub(crate) features: Vec<ItemFeature>,
}

/// One feature of a collection.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ItemFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    feature_type: FeatureType,
    /// The id within the collection.
    pub(crate) id: String,
    /// Where it is; null where it is nowhere.
    #[schema(required)]
    pub(crate) geometry: Option<GeoJsonGeometry>,
    /// What is said of it; what is not known is null.
    #[schema(value_type = Object)]
    pub(crate) properties: ItemProperties,
}

/// One feature of a collection with its links.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ItemAnswer {
    /// The feature.
    #[serde(flatten)]
    pub(crate) feature: ItemFeature,
    /// This feature, its other form, and its collection.
    pub(crate) links: Vec<ApiLink>,
}

/// What is said of a feature, in the order of the columns.
#[derive(Debug, Clone)]
pub(crate) struct ItemProperties(pub(crate) Vec<(&'static str, Option<AttributeValue<'static>>)>);

impl Serialize for ItemProperties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            object.serialize_entry(name, value)?;
        }
        object.end()
    }
}

impl ItemFeature {
    /// A feature of a source.
    pub(crate) fn of(source: &dyn ItemSource, row: usize, form: &ItemForm) -> Self {
        let columns: &[FeatureColumn] = source.columns();
        let shown = form.columns.iter().filter_map(|index| Some((*index, columns.get(*index)?)));
        let value = |(index, column): (usize, &FeatureColumn)| {
            (column.name, source.value(row, index).map(AttributeValue::into_owned))
        };
        Self {
            feature_type: FeatureType::Feature,
            id: source.id(row).into_owned(),
            geometry: source.geometry(row, form.detail).and_then(|geometry| geometry.in_system(form.system)),
            properties: ItemProperties(shown.map(value).collect()),
        }
    }
}

impl ItemsAnswer {
    /// A page of features of those that a question holds.
    pub(crate) fn new(number_matched: usize, features: Vec<ItemFeature>, links: Vec<ApiLink>) -> Self {
        Self {
            collection_type: CollectionType::FeatureCollection,
            number_matched,
            number_returned: features.len(),
            links,
            features,
        }
    }
}
