//! What is out of the ordinary: the last days, alerts, and notes on them.

use utoipa::openapi::path::HttpMethod;

use super::route_description::RouteDescription;
use crate::http::answer::JSON;
use crate::http::routes::situation::ATOM;
use crate::service::answers::alerts::{AlertAnswer, AlertsAnswer};
use crate::service::answers::situation::SituationAnswer;

const SITUATION: &str = "situation";

/// The descriptions of these routes.
pub(super) fn all() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/situation", "situation", SITUATION, "The last days against the usual, for planners.")
            .described(
                "Counts of the last day, week or four weeks that the data cover, by area, component and category, with \
                 the range in which former years let them lie. Commanders get the newest incidents one by one.",
            )
            .with(&["days", "edition"])
            .refused(&[403, 404])
            .for_planners()
            .typed::<SituationAnswer>(JSON),
        RouteDescription::new("/alerts", "alerts", SITUATION, "What was out of the ordinary, for planners.")
            .described("The newest alerts with their reasons; what was noted of them for commanders.")
            .refused(&[403])
            .for_planners()
            .uncached()
            .typed::<AlertsAnswer>(JSON),
        RouteDescription::new("/alerts.atom", "alertFeed", SITUATION, "The same as an Atom feed, for planners.")
            .refused(&[403])
            .for_planners()
            .uncached()
            .text(ATOM),
        RouteDescription::new(
            "/alerts/{number}/acknowledgement",
            "acknowledgeAlert",
            SITUATION,
            "Takes note of an alert, for commanders.",
        )
        .described("A body is not needed; it may hold a `text`.")
        .with(&["alertNumber"])
        .refused(&[403, 404])
        .for_planners()
        .uncached()
        .taking(HttpMethod::Post)
        .sent_object("An object with a `text`.")
        .typed::<AlertAnswer>(JSON),
        RouteDescription::new("/alerts/{number}/comments", "commentAlert", SITUATION, "Says something of an alert.")
            .described("The body is an object with a `text`. For commanders.")
            .with(&["alertNumber"])
            .refused(&[403, 404])
            .for_planners()
            .uncached()
            .taking(HttpMethod::Post)
            .typed::<AlertAnswer>(JSON),
    ]
}
