//! Single community models with their lives, for roles that see them.

use std::borrow::Cow;

use jiff::ToSpan as _;

use super::item_source::{ItemSource, columns_of};
use crate::attributes::{Attribute, AttributeValue, MODEL_ATTRIBUTES, ModelAttribute};
use crate::domain::model::CommunityModel;
use crate::domain::role::Role;
use crate::features::column::FeatureColumn;
use crate::features::shape::FeatureShape;
use crate::features::source::FeatureSource;
use crate::features::time_span::TimeSpan;
use crate::service::answers::geometry::{GeoJsonGeometry, GeometryDetail, point};
use crate::service::answers::models::model::commune;
use crate::snapshot::{EditionData, Snapshot};
use crate::tile::LonLat;
use crate::tile::model_record::ModelRecord;

/// The attributes of models that answers carry and the role gets.
pub(crate) fn attributes(role: Role) -> Vec<&'static Attribute<ModelAttribute>> {
    let in_answers = MODEL_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_answers());
    in_answers.filter(|attribute| attribute.is_for(role)).collect()
}

/// All models.
pub(crate) struct ModelSource<'a> {
    records: Vec<ModelRecord<'a>>,
    attributes: Vec<&'static Attribute<ModelAttribute>>,
    columns: Vec<FeatureColumn>,
}

impl<'a> ModelSource<'a> {
    /// The models of a snapshot with their communes of an edition, for a role.
    pub(crate) fn of(snapshot: &'a Snapshot, edition_data: &'a EditionData, role: Role) -> Self {
        let record = |(index, model)| {
            let code = commune(edition_data, index).map(|area| &area.code);
            ModelRecord { model, code, role }
        };
        let records =
            if role.sees_model_positions() { snapshot.models.indexed().map(record).collect() } else { Vec::new() };
        let attributes = attributes(role);
        Self { records, columns: columns_of(&attributes), attributes }
    }
}

impl FeatureSource for ModelSource<'_> {
    fn columns(&self) -> &[FeatureColumn] {
        &self.columns
    }

    fn count(&self) -> usize {
        self.records.len()
    }

    fn id(&self, row: usize) -> Cow<'_, str> {
        self.records.get(row).map_or_else(Cow::default, |record| Cow::Borrowed(record.model.id.as_str()))
    }

    fn value(&self, row: usize, column: usize) -> Option<AttributeValue<'_>> {
        self.records.get(row)?.value(self.attributes.get(column)?)
    }

    fn shape(&self, row: usize) -> Option<FeatureShape<'_>> {
        let at = self.records.get(row)?.model.position?;
        Some(FeatureShape::Point(LonLat::new(at.lon(), at.lat())))
    }

    fn time(&self, row: usize) -> Option<TimeSpan> {
        life(self.records.get(row)?.model)
    }
}

/// The days on which a model is active: it ends before the day on which it is no longer.
fn life(model: &CommunityModel) -> Option<TimeSpan> {
    let last = match model.ended_on {
        None => TimeSpan::ALWAYS,
        Some(day) => TimeSpan::day(day.checked_sub(1.day()).ok()?),
    };
    TimeSpan::between(TimeSpan::day(model.started_on), last)
}

impl ItemSource for ModelSource<'_> {
    fn geometry(&self, row: usize, _detail: GeometryDetail) -> Option<GeoJsonGeometry> {
        let at = self.records.get(row)?.model.position?;
        Some(point(at.lon(), at.lat()))
    }
}
