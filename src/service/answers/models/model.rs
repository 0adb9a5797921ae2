//! One community model: where it stands, how far it works, whom it came from, what happened to it.

use serde_json::{Map, Value as Json, json};

use crate::domain::model::CommunityModel;
use crate::domain::model::model_event::{ModelEvent, full_history, reviews};
use crate::domain::model::model_stock::events_of;
use crate::domain::rules::{ModelKind, ModelReach};
use crate::service::answers::geometry::point;
use crate::service::answers::object;
use crate::snapshot::{AreaEntry, EditionData, Snapshot};

/// All that is known of the model at a row of the snapshot.
pub(crate) fn model(snapshot: &Snapshot, edition_data: &EditionData, row: usize) -> Option<Json> {
    let model = snapshot.models.get(row)?;
    let events = events_of(&model.id, &snapshot.model_events);
    let mut document = opening(snapshot, edition_data);
    document.insert("model".into(), Json::Object(facts(snapshot, edition_data, row)?));
    document.insert("life_cycle".into(), full_history(model, events).iter().map(event).collect());
    document.insert("reviews".into(), reviews(model, events).into_iter().map(review).collect());
    document.insert("parent".into(), json!(parent(snapshot, model).map(relative)));
    document.insert("children".into(), children(snapshot, model).map(relative).collect());
    Some(Json::Object(document))
}

/// The members with which answers on single models begin.
pub(super) fn opening(snapshot: &Snapshot, edition_data: &EditionData) -> Map<String, Json> {
    object([
        ("sample", json!(snapshot.is_sample())),
        ("epoch", json!(snapshot.epoch)),
        ("edition", json!(edition_data.entry.id)),
        ("rules", json!({ "version": snapshot.rules.version, "hash": snapshot.rules.hash })),
    ])
}

/// The model itself, with the area of the edition in which it stands.
pub(super) fn facts(snapshot: &Snapshot, edition_data: &EditionData, row: usize) -> Option<Map<String, Json>> {
    let model = snapshot.models.get(row)?;
    let kind = snapshot.rules.model_kinds.iter().find(|kind| kind.id == model.kind);
    let commune: Option<&AreaEntry> = commune(edition_data, row);
    Some(object([
        ("id", json!(model.id)),
        ("kind", json!(model.kind)),
        ("kind_name", json!(kind.map(|kind| &kind.names))),
        ("field", json!(kind.map(|kind| &kind.field))),
        ("reach", kind.map_or(Json::Null, reach)),
        ("position", json!(model.position.map(|at| point(at.lon(), at.lat())))),
        ("code", json!(commune.map(|area| &area.code))),
        ("area_name", json!(commune.map(|area| &area.name))),
        ("residential_area", json!(model.residential_area)),
        ("origin", json!(model.origin)),
        ("started_on", json!(model.started_on)),
        ("ended_on", json!(model.ended_on)),
    ]))
}

/// The commune of the edition in which a model stands.
pub(super) fn commune(edition_data: &EditionData, row: usize) -> Option<&AreaEntry> {
    edition_data.shape.communes().get((*edition_data.commune_of_model.get(row)?)?)
}

/// How far a kind works: so many metres, or its whole commune.
pub(super) fn reach(kind: &ModelKind) -> Json {
    match kind.reach {
        ModelReach::Metres(metres) => json!({ "metres": metres }),
        ModelReach::Area => json!({ "area": "commune" }),
    }
}

fn event(event: &ModelEvent) -> Json {
    json!({
        "event": event.kind.as_str(),
        "on": event.on,
        "result": event.kind.result(),
        "decision": event.decision,
    })
}

fn review((on, result): (jiff::civil::Date, crate::domain::model::Review)) -> Json {
    json!({ "on": on, "result": result })
}

fn parent<'a>(snapshot: &'a Snapshot, model: &CommunityModel) -> Option<&'a CommunityModel> {
    let id = model.parent_id.as_ref()?;
    snapshot.models.iter().find(|other| other.id == *id)
}

fn children<'a>(snapshot: &'a Snapshot, model: &'a CommunityModel) -> impl Iterator<Item = &'a CommunityModel> {
    snapshot.models.iter().filter(|other| other.parent_id.as_deref() == Some(&model.id))
}

fn relative(model: &CommunityModel) -> Json {
    json!({ "id": model.id, "kind": model.kind, "started_on": model.started_on, "ended_on": model.ended_on })
}
