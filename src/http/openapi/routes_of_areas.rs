//! The routes that answer on areas, community models and incidents.

use super::route_description::RouteDescription;
use crate::http::answer::{CSV, GEOJSON, JSON};
use crate::service::answers::about::gazetteer::GazetteerAnswer;
use crate::service::answers::areas::area::AreaAnswer;
use crate::service::answers::areas::collection::AreaCollection;
use crate::service::answers::areas::explanation::ExplanationAnswer;
use crate::service::answers::areas::ratings::RatingsAnswer;
use crate::service::answers::clusters::ClustersAnswer;
use crate::service::answers::comparison::against::AgainstAnswer;
use crate::service::answers::comparison::beside::BesideAnswer;
use crate::service::answers::comparison::two_periods::TwoPeriodsAnswer;
use crate::service::answers::incidents::cells::IncidentCellsAnswer;
use crate::service::answers::incidents::points::IncidentPointsAnswer;
use crate::service::answers::models::active::{ModelCountsAnswer, ModelPointsAnswer};
use crate::service::answers::models::effect::ModelEffectAnswer;
use crate::service::answers::models::kinds::ModelKindsAnswer;
use crate::service::answers::models::model::ModelAnswer;
use crate::service::answers::series::SeriesAnswer;
use crate::service::answers::statutory::certifications::CertificationsAnswer;
use crate::service::answers::statutory::disagreements::DisagreementsAnswer;

const AREAS: &str = "areas";
const MODELS: &str = "models";
const INCIDENTS: &str = "incidents";

/// The descriptions of these routes.
pub(super) fn all() -> Vec<RouteDescription> {
    [of_areas(), of_comparisons(), of_certification(), of_models(), of_incidents()].into_iter().flatten().collect()
}

fn of_areas() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/areas", "areas", AREAS, "The areas of a level with their ratings, as GeoJSON.")
            .filtered()
            .with(&["level", "geometry"])
            .typed::<AreaCollection>(GEOJSON),
        RouteDescription::new("/areas/{edition}/{code}", "area", AREAS, "One area with all that is known of it.")
            .with(&["editionOfArea", "code"])
            .filtered_on_edition()
            .typed::<AreaAnswer>(JSON),
        RouteDescription::new(
            "/areas/{edition}/{code}/explanation",
            "explanation",
            AREAS,
            "Why an area has its letter, step by step.",
        )
        .with(&["editionOfArea", "code"])
        .filtered_on_edition()
        .typed::<ExplanationAnswer>(JSON)
        .table(),
        RouteDescription::new("/ratings", "ratings", AREAS, "One row per area of a level.")
            .filtered()
            .with(&["level"])
            .typed::<RatingsAnswer>(JSON)
            .table(),
        RouteDescription::new("/clusters", "clusters", AREAS, "Clusters of areas above the common level.")
            .described(
                "Kulldorff's spatial scan over label points: members, observed, expected, likelihood ratio and p. Valid for \
                 few incidents; computed when it is asked for. Planners and above.",
            )
            .filtered()
            .with(&["level", "shape"])
            .for_planners()
            .typed::<ClustersAnswer>(JSON)
            .table(),
        RouteDescription::new("/gazetteer", "gazetteer", AREAS, "Every area of every edition by its name.")
            .described("With the area of each other edition that holds most of it; planners and above also see models.")
            .typed::<GazetteerAnswer>(JSON),
    ]
}

fn of_comparisons() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/comparison", "comparison", AREAS, "Differences between areas, periods or groups.")
            .described(
                "`areas` alone: 2 to 6 areas in pairs. With `periods`: up to 300 areas, two periods each. With `with`: \
                 one area and the rest of a group. There is no rank.",
            )
            .filtered()
            .with(&["areas", "periods", "with"])
            .typed::<BesideAnswer>(JSON)
            .or_typed::<TwoPeriodsAnswer>()
            .or_typed::<AgainstAnswer>()
            .table(),
        RouteDescription::new("/series", "series", AREAS, "Counts and rates of areas, step by step.")
            .described("At most 5,000 points. The public reads years of statistics that are released.")
            .filtered()
            .with(&["areas", "by"])
            .typed::<SeriesAnswer>(JSON)
            .table(),
    ]
}

fn of_certification() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/certifications", "certifications", AREAS, "Shares of recognised units by kind.")
            .with(&["edition", "level", "window"])
            .refused(&[403, 404])
            .typed::<CertificationsAnswer>(JSON),
        RouteDescription::new(
            "/disagreements",
            "disagreements",
            AREAS,
            "Units whose check by the criteria contradicts their official decision.",
        )
        .with(&["edition", "window"])
        .refused(&[403, 404])
        .for_planners()
        .typed::<DisagreementsAnswer>(JSON),
    ]
}

fn of_models() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new(
            "/models",
            "models",
            MODELS,
            "The community models active on the last day of the period.",
        )
        .described("Planners and above: points as GeoJSON. The public: counts by commune and kind as JSON.")
        .filtered()
        .typed::<ModelCountsAnswer>(JSON)
        .typed::<ModelPointsAnswer>(GEOJSON),
        RouteDescription::new("/models/kinds", "modelKinds", MODELS, "Every kind of model: stock, density, effect.")
            .filtered()
            .typed::<ModelKindsAnswer>(JSON),
        RouteDescription::new("/models/{id}", "model", MODELS, "One model: its life, reviews, parent and children.")
            .with(&["modelId", "edition"])
            .refused(&[404])
            .for_planners()
            .typed::<ModelAnswer>(JSON),
        RouteDescription::new(
            "/models/{id}/effect",
            "modelEffect",
            MODELS,
            "Incidents around the start of a model beside comparison areas.",
        )
        .described("It tells what happened beside what happened elsewhere, not why.")
        .with(&["modelId", "edition"])
        .refused(&[404])
        .for_planners()
        .typed::<ModelEffectAnswer>(JSON),
    ]
}

fn of_incidents() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/incidents", "incidents", INCIDENTS, "Incidents as points, or as cells of them.")
            .described(
                "Commander and above: single incidents, page by page by the link `next`, or all in one CSV; each look is \
                 logged. `located=false` gives those without a place, `shape=squares` counts in squares of 1 km. \
                 Planners: cells of 500 m with at least 5 incidents, by the filter and `edition` alone.",
            )
            .filtered()
            .with(&["bbox", "limit", "cursor", "located", "shape", "formOfIncidents"])
            .for_planners()
            .typed::<IncidentPointsAnswer>(GEOJSON)
            .or_typed::<IncidentCellsAnswer>()
            .text(CSV),
    ]
}
