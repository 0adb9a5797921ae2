//! What the page needs to draw itself: editions, windows, taxonomy, rules.

use serde_json::{Map, Value as Json, json};

use crate::domain::role::Role;
use crate::domain::rules::ModelReach;
use crate::domain::rules::scheme::{Component, ComponentUse, Scheme};
use crate::domain::time::period::{Day, PeriodDates};
use crate::service::answers::attributes::AttributeTables;
use crate::service::answers::geometry::rounded;
use crate::service::filter::{default_window, usable_schemes};
use crate::snapshot::{EditionData, Snapshot};

/// The choices that a role has.
pub(crate) fn meta(snapshot: &Snapshot, role: Role, today: Day) -> Json {
    let rules = &snapshot.rules;
    let default_scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
    let default_edition = snapshot.default_edition().map(|edition_data| edition_data.entry.id);
    json!({
        "sample": snapshot.is_sample(),
        "epoch": snapshot.epoch,
        "role": role,
        "default_edition": default_edition,
        "default_window": default_window(rules, role, today).map(|(window, _)| &window.id),
        "editions": snapshot.editions.iter().map(edition).collect::<Vec<_>>(),
        "windows": windows(snapshot, role, today),
        "categories": categories(snapshot),
        "components": components(default_scheme),
        "severities": severities(snapshot),
        "grade": grade(default_scheme),
        "default_scheme": default_scheme.id,
        "schemes": schemes(snapshot, role),
        "peer_groups": peer_groups(snapshot),
        "rules": { "version": rules.version, "hash": rules.hash },
        "model_kinds": model_kinds(snapshot),
        "attributes": AttributeTables::for_role(role),
    })
}

fn edition(edition_data: &EditionData) -> Json {
    let levels: Vec<&str> = edition_data.shape.levels.iter().map(|areas| areas.level.as_str()).collect();
    let areas: Map<String, Json> = edition_data
        .shape
        .levels
        .iter()
        .map(|areas| (areas.level.as_str().to_owned(), json!(areas.areas.len())))
        .collect();
    json!({
        "id": edition_data.entry.id,
        "name": edition_data.entry.names(),
        "valid_from": edition_data.entry.valid_from,
        "valid_until": edition_data.entry.valid_until,
        "levels": levels,
        "bounds": edition_data.shape.bounds.map(rounded),
        "areas": areas,
    })
}

/// The windows that the role may request.
fn windows(snapshot: &Snapshot, role: Role, today: Day) -> Json {
    let rules = &snapshot.rules;
    let usable = rules.windows.iter().filter(|window| role != Role::Public || rules.is_released(window, today));
    let window = usable.map(|window| {
        let dates = PeriodDates::from(window.period);
        json!({
            "id": window.id,
            "name": window.names,
            "from": dates.from,
            "to": dates.to,
            "use": window.serves,
            "released": rules.is_released(window, today),
        })
    });
    window.collect()
}

fn categories(snapshot: &Snapshot) -> Json {
    let category = |category: &crate::domain::incident::taxonomy::Category| json!({ "id": category.id, "name": category.names(), "component": category.component });
    snapshot.taxonomy.categories.iter().map(category).collect()
}

fn components(scheme: &Scheme) -> Json {
    let component = |component: &Component| {
        json!({
            "id": component.id,
            "name": component.names,
            "exposure": component.exposure.as_str(),
            "rated": component.use_in_grade == ComponentUse::Rated,
            "weights": component.weights,
        })
    };
    scheme.components.iter().map(component).collect()
}

fn grade(scheme: &Scheme) -> Json {
    json!({
        "bands": scheme.grade.bands,
        "interval": scheme.grade.interval,
        "min_reliability": scheme.grade.min_reliability,
        "unclear": scheme.grade.unclear,
        "peers": scheme.grade.peers,
        "expectation": scheme.grade.expectation,
    })
}

/// The rating schemes that the role may request.
fn schemes(snapshot: &Snapshot, role: Role) -> Json {
    let scheme = |scheme: &Scheme| {
        json!({
            "id": scheme.id,
            "name": scheme.names,
            "version": scheme.version,
            "hash": scheme.hash,
            "released": scheme.is_released,
            "components": components(scheme),
            "grade": grade(scheme),
        })
    };
    usable_schemes(&snapshot.schemes, role).map(scheme).collect()
}

fn peer_groups(snapshot: &Snapshot) -> Json {
    snapshot.peers.groups().map(|(_, group)| json!({ "id": group.id, "name": group.names })).collect()
}

fn severities(snapshot: &Snapshot) -> Json {
    let severities = snapshot.taxonomy.severities.iter().zip(1_u8..);
    severities
        .map(|(term, number)| json!({ "id": term.id, "number": number, "name": { "vi": term.vi, "en": term.en } }))
        .collect()
}

fn model_kinds(snapshot: &Snapshot) -> Json {
    let kind = |kind: &crate::domain::rules::ModelKind| {
        let reach_m = match kind.reach {
            ModelReach::Metres(metres) => Some(metres),
            ModelReach::Area => None,
        };
        json!({ "id": kind.id, "name": kind.names, "field": kind.field, "reach_m": reach_m })
    };
    snapshot.rules.model_kinds.iter().map(kind).collect()
}
