//! One community model: where it stands, how far it works, whom it came from, what happened to it.
//!
//! Planners and above see single models; the public never does.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::area::AreaCode;
use crate::domain::area::edition::EditionId;
use crate::domain::model::model_event::{ModelEvent, ModelEventKind, full_history, reviews};
use crate::domain::model::model_stock::events_of;
use crate::domain::model::{CommunityModel, ModelIndex, ModelOrigin, Review};
use crate::domain::rules::ModelReach;
use crate::domain::text::Names;
use crate::service::answers::about::FileVersion;
use crate::service::answers::geometry::{GeoJsonGeometry, point};
use crate::snapshot::{AreaEntry, EditionData, Snapshot};

/// All that is known of one community model.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelAnswer {
    #[serde(flatten)]
    heading: ModelHeading,
    /// The model itself.
    model: ModelDetails,
    /// What happened to it, the earliest event first.
    life_cycle: Vec<ModelEventAnswer>,
    /// Its reviews, the earliest first.
    reviews: Vec<ReviewAnswer>,
    /// The model it was replicated from; null where it was not, or that one is not known.
    #[schema(required)]
    parent: Option<RelatedModel>,
    /// The models replicated from it.
    children: Vec<RelatedModel>,
}

impl ModelAnswer {
    /// All that is known of a model; none where the snapshot does not know it.
    pub(crate) fn of(snapshot: &Snapshot, edition_data: &EditionData, index: ModelIndex) -> Option<Self> {
        let model = snapshot.models.at(index)?;
        let events = events_of(&model.id, &snapshot.model_events);
        Some(Self {
            heading: ModelHeading::of(snapshot, edition_data),
            model: ModelDetails::of(snapshot, edition_data, index)?,
            life_cycle: full_history(model, events).iter().map(ModelEventAnswer::of).collect(),
            reviews: reviews(model, events).into_iter().map(|(on, result)| ReviewAnswer { on, result }).collect(),
            parent: parent(snapshot, model).map(RelatedModel::of),
            children: children(snapshot, model).map(RelatedModel::of).collect(),
        })
    }
}

/// What answers on single models begin with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelHeading {
    /// Whether the served data is the invented sample.
    sample: bool,
    /// The state of the data; it grows with every change.
    epoch: u64,
    /// The edition of the boundaries.
    edition: EditionId,
    /// The rule file in force.
    rules: FileVersion,
}

impl ModelHeading {
    /// The heading of an answer in an edition.
    pub(super) fn of(snapshot: &Snapshot, edition_data: &EditionData) -> Self {
        let rules = &snapshot.rules;
        Self {
            sample: snapshot.is_sample(),
            epoch: snapshot.epoch,
            edition: edition_data.entry.id,
            rules: FileVersion { version: rules.version.clone(), hash: rules.hash.clone() },
        }
    }
}

/// A community model, with the area of the edition in which it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelDetails {
    /// The stable id.
    id: String,
    /// The id of its kind.
    kind: String,
    /// The name of its kind; null where the rules no longer know the kind.
    #[schema(required)]
    kind_name: Option<Names>,
    /// The id of the field of the movement it belongs to; null as `kind_name` is.
    #[schema(required)]
    field: Option<String>,
    /// How far it works; null as `kind_name` is.
    #[schema(required)]
    reach: Option<ReachAnswer>,
    /// Where it stands; null where only its area is known.
    #[schema(required)]
    position: Option<GeoJsonGeometry>,
    /// The code of its commune; null where it lies in none.
    #[schema(required)]
    code: Option<AreaCode>,
    /// The name of its commune.
    #[schema(required)]
    area_name: Option<String>,
    /// The id of the residential area it serves.
    #[schema(required)]
    residential_area: Option<String>,
    /// How it came to be.
    origin: ModelOrigin,
    /// The first day it ran.
    #[schema(value_type = String, format = Date)]
    started_on: Date,
    /// The first day it no longer ran; null while it runs.
    #[schema(value_type = Option<String>, format = Date, required)]
    ended_on: Option<Date>,
}

impl ModelDetails {
    /// The model; none where the snapshot does not know it.
    pub(super) fn of(snapshot: &Snapshot, edition_data: &EditionData, index: ModelIndex) -> Option<Self> {
        let model = snapshot.models.at(index)?;
        let kind = snapshot.rules.model_kinds.iter().find(|kind| kind.id == model.kind);
        let commune: Option<&AreaEntry> = commune(edition_data, index);
        Some(Self {
            id: model.id.clone(),
            kind: model.kind.clone(),
            kind_name: kind.map(|kind| kind.names.clone()),
            field: kind.map(|kind| kind.field.clone()),
            reach: kind.map(|kind| ReachAnswer::of(kind.reach)),
            position: model.position.map(|at| point(at.lon(), at.lat())),
            code: commune.map(|area| area.code.clone()),
            area_name: commune.map(|area| area.name.clone()),
            residential_area: model.residential_area.clone(),
            origin: model.origin,
            started_on: model.started_on,
            ended_on: model.ended_on,
        })
    }
}

/// The commune of the edition in which a model stands.
pub(crate) fn commune(edition_data: &EditionData, index: ModelIndex) -> Option<&AreaEntry> {
    edition_data.shape.commune((*edition_data.commune_of_model.at(index)?)?)
}

/// How far a kind of model works.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum ReachAnswer {
    /// Within a distance.
    Distance {
        /// The distance in metres.
        metres: f64,
    },
    /// Over a whole area.
    Area {
        /// The level of that area.
        area: ReachArea,
    },
}

/// The areas over which a kind of model may work.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReachArea {
    /// The commune in which it stands.
    Commune,
}

impl ReachAnswer {
    /// The reach that the rules give.
    pub(super) fn of(reach: ModelReach) -> Self {
        match reach {
            ModelReach::Metres(metres) => Self::Distance { metres },
            ModelReach::Area => Self::Area { area: ReachArea::Commune },
        }
    }
}

/// One event in the history of a model.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelEventAnswer {
    /// What happened.
    event: ModelEventWord,
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// The result of a review; null for anything else.
    #[schema(required)]
    result: Option<Review>,
    /// The number of the decision, where one was given.
    #[schema(required)]
    decision: Option<String>,
}

/// What happened to a model, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ModelEventWord {
    Built,
    Replicated,
    Kept,
    Reviewed,
    Adjusted,
    Retired,
}

impl ModelEventAnswer {
    fn of(event: &ModelEvent) -> Self {
        let ModelEvent { model_id: _, kind, on, decision } = event;
        Self { event: ModelEventWord::of(*kind), on: *on, result: kind.result(), decision: decision.clone() }
    }
}

impl ModelEventWord {
    fn of(kind: ModelEventKind) -> Self {
        match kind {
            ModelEventKind::Built => Self::Built,
            ModelEventKind::Replicated => Self::Replicated,
            ModelEventKind::Kept => Self::Kept,
            ModelEventKind::Reviewed(_) => Self::Reviewed,
            ModelEventKind::Adjusted => Self::Adjusted,
            ModelEventKind::Retired => Self::Retired,
        }
    }
}

/// One review of a model.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReviewAnswer {
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// The result.
    result: Review,
}

/// A model from which another was replicated, or that was replicated from it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RelatedModel {
    /// The stable id.
    id: String,
    /// The id of its kind.
    kind: String,
    /// The first day it ran.
    #[schema(value_type = String, format = Date)]
    started_on: Date,
    /// The first day it no longer ran; null while it runs.
    #[schema(value_type = Option<String>, format = Date, required)]
    ended_on: Option<Date>,
}

impl RelatedModel {
    fn of(model: &CommunityModel) -> Self {
        Self { id: model.id.clone(), kind: model.kind.clone(), started_on: model.started_on, ended_on: model.ended_on }
    }
}

fn parent<'a>(snapshot: &'a Snapshot, model: &CommunityModel) -> Option<&'a CommunityModel> {
    let id = model.parent_id.as_ref()?;
    snapshot.models.iter().find(|other| other.id == *id)
}

fn children<'a>(snapshot: &'a Snapshot, model: &'a CommunityModel) -> impl Iterator<Item = &'a CommunityModel> {
    snapshot.models.iter().filter(|other| other.parent_id.as_deref() == Some(&model.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_events_are_those_of_the_files() {
        let kinds = [
            ModelEventKind::Built,
            ModelEventKind::Replicated,
            ModelEventKind::Kept,
            ModelEventKind::Reviewed(Review::Good),
            ModelEventKind::Adjusted,
            ModelEventKind::Retired,
        ];
        for kind in kinds {
            assert_eq!(serde_json::to_value(ModelEventWord::of(kind)).unwrap(), kind.as_str());
        }
    }

    #[test]
    fn reach_is_metres_or_the_commune() {
        let text = |reach| serde_json::to_string(&ReachAnswer::of(reach)).unwrap();
        assert_eq!(text(ModelReach::Metres(150.0)), r#"{"metres":150.0}"#);
        assert_eq!(text(ModelReach::Area), r#"{"area":"commune"}"#);
    }
}
