//! The routes that answer on areas, community models and incidents.

use super::route_description::RouteDescription;
use crate::http::answer::{GEOJSON, JSON};
use crate::service::answers::areas::area::AreaAnswer;
use crate::service::answers::areas::collection::AreaCollection;
use crate::service::answers::areas::explanation::ExplanationAnswer;
use crate::service::answers::areas::ratings::RatingsAnswer;
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
        RouteDescription::new("/gazetteer", "gazetteer", AREAS, "Every area of every edition by its name.")
            .described("With the area of each other edition that holds most of it; planners and above also see models.")
            .object(JSON, "The areas under `areas`, with their editions."),
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
            .object(JSON, "The areas with their figures, and the differences with limits, p and q.")
            .table(),
        RouteDescription::new("/series", "series", AREAS, "Counts and rates of areas, step by step.")
            .described("At most 5,000 points. The public reads years of statistics that are released.")
            .filtered()
            .with(&["areas", "by"])
            .object(JSON, "The areas with their points and, from five whole steps on, their tendency.")
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
        .object(JSON, "Counts by commune and kind.")
        .object(GEOJSON, "A feature collection (RFC 7946), one point per model."),
        RouteDescription::new("/models/kinds", "modelKinds", MODELS, "Every kind of model: stock, density, effect.")
            .filtered()
            .object(JSON, "The kinds under `kinds`; effects and candidates are null for the public."),
        RouteDescription::new("/models/{id}", "model", MODELS, "One model: its life, reviews, parent and children.")
            .with(&["modelId", "edition"])
            .refused(&[404])
            .for_planners()
            .object(JSON, "The model under `model`, with its events and reviews."),
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
        .object(JSON, "Counts before and after, the ratio with its limits, displacement and the verdict."),
    ]
}

fn of_incidents() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/incidents", "incidents", INCIDENTS, "Incidents as points, or as cells of them.")
            .described(
                "Commander and above: single incidents, page by page by the link `next`; each look is logged. Planners: \
                 cells of 500 m with at least 5 incidents, without `bbox`, `limit` and `cursor`.",
            )
            .filtered()
            .with(&["bbox", "limit", "cursor"])
            .for_planners()
            .object(GEOJSON, "A feature collection (RFC 7946): incidents with `links`, or cells with `cells`."),
    ]
}
