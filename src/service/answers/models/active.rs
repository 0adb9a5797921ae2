//! The community models active on a day: where they stand, or how many there are in each area.
//!
//! Planners and above get single models; the public gets counts by commune and kind, named one by one.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::ModelDensity;
use crate::assessment::density::{active_models, reference_day};
use crate::domain::area::{AreaCode, Level};
use crate::service::answers::AssessedLevel;
use crate::service::answers::areas::model_density::{KindDensity, by_kind};
use crate::service::answers::geometry::{CollectionType, FeatureType, GeoJsonGeometry, point};
use crate::service::answers::heading::Heading;
use crate::service::answers::models::properties::ModelProperties;
use crate::snapshot::AreaEntry;
use crate::tile::area_row::AreaRow;
use crate::tile::model_record::ModelRecord;

/// What both answers on active models begin with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ActiveModelsHeading {
    #[serde(flatten)]
    heading: Heading,
    /// The day: the last one of the period.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// How many models are active on that day in the edition.
    total: u32,
}

impl ActiveModelsHeading {
    fn of(assessed: &AssessedLevel) -> Self {
        Self {
            heading: Heading::of(assessed.snapshot(), &assessed.requested),
            on: reference_day(assessed.requested.filter.period).date(),
            total: assessed.assessment.totals.models,
        }
    }
}

/// Active community models as a GeoJSON feature collection, for roles that see single models.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelPointsAnswer {
    #[serde(flatten)]
    heading: ActiveModelsHeading,
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    collection_type: CollectionType,
    /// The name of the layer, by which GDAL and programs on top of it call it.
    name: &'static str,
    /// The models.
    features: Vec<ModelFeature>,
}

/// One community model as a GeoJSON feature.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelFeature {
    /// Always `Feature`.
    #[serde(rename = "type")]
    feature_type: FeatureType,
    /// The stable id of the model.
    id: String,
    /// Where it stands; null where only its area is known.
    #[schema(required)]
    geometry: Option<GeoJsonGeometry>,
    /// What is known of it.
    properties: ModelProperties,
}

impl ModelPointsAnswer {
    /// The active models of an assessed level, each with its area.
    pub(crate) fn of(assessed: &AssessedLevel) -> Self {
        Self {
            heading: ActiveModelsHeading::of(assessed),
            collection_type: CollectionType::FeatureCollection,
            name: "models",
            features: features(assessed).unwrap_or_default(),
        }
    }
}

fn features(assessed: &AssessedLevel) -> Option<Vec<ModelFeature>> {
    let (edition_data, areas) = (assessed.edition_data()?, assessed.areas()?);
    let day = reference_day(assessed.requested.filter.period);
    let active = active_models(assessed.snapshot(), edition_data, areas, day);
    let record = |(area_index, model)| {
        let code = areas.areas.at(area_index).map(|area: &AreaEntry| &area.code);
        ModelRecord { model, code, role: assessed.viewer.role() }
    };
    Some(active.map(record).map(ModelFeature::of).collect())
}

impl ModelFeature {
    fn of(record: ModelRecord<'_>) -> Self {
        let ModelRecord { model, code: _, role: _ } = record;
        Self {
            feature_type: FeatureType::Feature,
            id: model.id.clone(),
            geometry: model.position.map(|at| point(at.lon(), at.lat())),
            properties: ModelProperties::of(&record),
        }
    }
}

/// How many community models are active in each area: what the public gets.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelCountsAnswer {
    #[serde(flatten)]
    heading: ActiveModelsHeading,
    /// The areas of the level.
    areas: Vec<ModelCountRow>,
}

/// The active community models of one area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelCountRow {
    /// The code within the edition.
    code: AreaCode,
    /// The official name.
    name: String,
    /// The level.
    level: Level,
    /// How many models are active.
    models: u32,
    /// The same by kind; kinds without a model are left out.
    by_kind: Vec<KindDensity>,
}

impl ModelCountsAnswer {
    /// The counts of an assessed level.
    pub(crate) fn public(assessed: &AssessedLevel) -> Self {
        let areas = assessed.rows().map(|row| ModelCountRow::public(assessed, &row)).collect();
        Self { heading: ActiveModelsHeading::of(assessed), areas }
    }
}

impl ModelCountRow {
    fn public(assessed: &AssessedLevel, row: &AreaRow<'_>) -> Self {
        let AreaRow { area, level, assessment, role: _ } = row;
        // The densities over all kinds are attributes of the area and stand in its row.
        let ModelDensity {
            active,
            per_10k_residents: _,
            per_km2: _,
            per_residential_area: _,
            residential_areas_served: _,
            coverage: _,
        } = &assessment.models;
        Self {
            code: area.code.clone(),
            name: area.name.clone(),
            level: *level,
            models: *active,
            by_kind: by_kind(assessed, &assessment.models_by_kind),
        }
    }
}
