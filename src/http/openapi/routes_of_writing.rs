//! Writing, and hearing of what was written.

use utoipa::openapi::path::HttpMethod;

use super::route_description::RouteDescription;
use crate::http::answer::{GEOJSON, JSON};
use crate::service::answers::incidents::single::SingleIncidentAnswer;
use crate::service::answers::writing::WriteAnswer;

const AREAS: &str = "areas";
const INCIDENTS: &str = "incidents";
const MODELS: &str = "models";
/// Server-Sent Events.
const EVENT_STREAM: &str = "text/event-stream";

/// The descriptions of these routes.
pub(super) fn all() -> Vec<RouteDescription> {
    let mut all = of_incidents();
    all.extend(of_records());
    all.push(
        RouteDescription::new("/events", "events", "server", "The states of the data as they follow on each other.")
            .described(
                "Server-Sent Events named `epoch`: the id is the epoch, the data an `EpochEvent`. For planners and above \
                 also events named `alert`, without an id: an alert that was raised, by number, place, days and title. \
                 Who comes back with `Last-Event-ID` is told what it missed. The public hears of what it is shown alone.",
            )
            .with_own(&["lastEventId"])
            .uncached()
            .text(EVENT_STREAM),
    );
    all
}

fn of_incidents() -> Vec<RouteDescription> {
    vec![
        collection(RouteDescription::new("/incidents", "putIncidents", INCIDENTS, "Puts incidents, new or other than they were.")
            .described(
                "A GeoJSON `FeatureCollection` of at most 1,000 features: `id` is the id of the incident, `properties` are \
                 the fields of an import; a feature without geometry names `area_code` and `edition`. The same features \
                 again change nothing. All are taken or none, with `partial=true` those that can be: then 207 lists the \
                 others. Answered when it is on the disk.",
            )),
        RouteDescription::new("/incidents/{id}", "incident", INCIDENTS, "One incident with its version.")
            .described(
                "In the fields of an import. The entity tag is the version that `PATCH` and `DELETE` name in `If-Match`. \
                 Each look is logged.",
            )
            .with(&["incidentId"])
            .for_planners()
            .refused(&[403, 404])
            .uncached()
            .typed::<SingleIncidentAnswer>(GEOJSON),
        RouteDescription::new("/incidents/{id}", "amendIncident", INCIDENTS, "Amends an incident.")
            .described(
                "A GeoJSON feature with what changes, and why in its member `reason`. Everything else stays; what was is \
                 kept in the history.",
            )
            .taking(HttpMethod::Patch)
            .with(&["incidentId"])
            .with_own(&["ifMatch", "idempotencyKey"])
            .for_operators()
            .refused(&[403, 404, 412, 415, 422, 428])
            .sent_object("A GeoJSON Feature with what changes, and its member `reason`.")
            .typed::<WriteAnswer>(JSON),
        RouteDescription::new("/incidents/{id}", "withdrawIncident", INCIDENTS, "Takes an incident away.")
            .described("What it was is kept in the history.")
            .taking(HttpMethod::Delete)
            .with(&["incidentId"])
            .with_own(&["reason", "ifMatch", "idempotencyKey"])
            .for_operators()
            .refused(&[403, 404, 412, 422, 428])
            .typed::<WriteAnswer>(JSON),
    ]
}

fn of_records() -> Vec<RouteDescription> {
    vec![
        collection(
            RouteDescription::new("/models", "putModels", MODELS, "Puts community models, new or other than they were.")
                .described(
                    "A GeoJSON `FeatureCollection` of at most 1,000 features: `id` is the id of the model, `properties` \
                     are the fields of an import; a model without geometry names `area_code` and `edition`. A parent is \
                     in the collection or there already. Taken and answered as incidents are.",
                ),
        ),
        collection(
            RouteDescription::new("/models/{id}/events", "putModelEvents", MODELS, "Puts what happened to a model.")
                .described(
                    "Features without geometry with `event` (built, replicated, kept, reviewed, adjusted, retired), `on`, \
                     of a review its `result`, and the number of a `decision`. What contradicts the model is rejected.",
                ),
        )
        .with(&["modelId"])
        .refused(&[404]),
        collection(
            RouteDescription::new("/decisions", "putDecisions", AREAS, "Puts official decisions, by unit and window.")
                .described("Features without geometry in the fields of an import. Taken and answered as incidents are."),
        ),
        collection(
            RouteDescription::new("/declarations", "putDeclarations", AREAS, "Puts what units declare of criteria.")
                .described(
                    "Features without geometry in the fields of an import, by unit, window and criterion. Taken and \
                     answered as incidents are.",
                ),
        ),
    ]
}

/// What takes a collection of features.
fn collection(description: RouteDescription) -> RouteDescription {
    description
        .taking(HttpMethod::Post)
        .with_own(&["partial", "idempotencyKey"])
        .for_operators()
        .refused(&[403, 415, 422])
        .sent_object("A GeoJSON FeatureCollection; also as `application/geo+json`.")
        .creating()
        .typed::<WriteAnswer>(JSON)
}
