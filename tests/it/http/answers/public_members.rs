//! What the public gets of an area, member by member: a new member of an answer reaches the public only when somebody
//! writes it down here.

use serde_json::Value;

use crate::support::snapshot::{COMMANDER, PLANNER, TestServer, WINDOW};

const AREA: &str = "/areas/2025-01/20335";

const HEADING: [&str; 8] = ["edition", "epoch", "filter", "release", "requested", "sample", "scheme", "window"];

/// The attributes of the map.
const ATTRIBUTES: [&str; 32] = [
    "area_km2",
    "certified_share",
    "code",
    "difference",
    "grade",
    "grade_best",
    "grade_worst",
    "hot_spot",
    "incidents",
    "level",
    "model_density",
    "model_density_km2",
    "model_density_residential",
    "models",
    "movement_grade",
    "name",
    "parent",
    "peer_group",
    "population",
    "prob_letter",
    "rate",
    "rate_high",
    "rate_low",
    "rate_smoothed",
    "ratio",
    "ratio_high",
    "ratio_low",
    "reliability",
    "residential_served",
    "statutory",
    "statutory_check",
    "trend",
];

/// What a row holds beside them.
const BESIDE_ATTRIBUTES: [&str; 11] = [
    "certification",
    "detected",
    "expected",
    "funnel",
    "hot_spot_figures",
    "person_years",
    "prob_above_1",
    "trend_figures",
    "unweighted",
    "withheld",
    "without_point",
];

/// Members that the public finds, and finds empty.
const WITHHELD: [&str; 9] = [
    "/area/funnel",
    "/area/hot_spot",
    "/area/hot_spot_figures",
    "/area/model_density_residential",
    "/area/movement_grade",
    "/area/residential_served",
    "/area/statutory_check",
    "/area/trend_figures",
    "/area/without_point",
];

fn members(answer: &Value, pointer: &str) -> Vec<String> {
    let object = answer.pointer(pointer).and_then(Value::as_object);
    let mut names: Vec<String> = object.unwrap_or_else(|| panic!("{pointer} is no object")).keys().cloned().collect();
    names.sort();
    names
}

fn sorted(parts: &[&[&str]]) -> Vec<String> {
    let mut names: Vec<String> = parts.concat().into_iter().map(str::to_owned).collect();
    names.sort();
    names
}

#[tokio::test]
async fn public_row_of_the_ratings_has_these_members_and_no_other() {
    let server = TestServer::new();
    let ratings = server.public(&format!("/ratings?edition=2025-01&level=commune&window={WINDOW}")).await.json();
    let own: &[&str] = &["areas", "level", "method", "totals", "trend"];
    assert_eq!(members(&ratings, ""), sorted(&[&HEADING, own]));
    assert_eq!(
        members(&ratings, "/totals"),
        ["by_commune", "by_wider_area", "district_only", "incidents", "models", "outside", "unplaced", "with_point"]
    );
    let rows = ratings["areas"].as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        assert_eq!(members(row, ""), sorted(&[&ATTRIBUTES, &BESIDE_ATTRIBUTES]));
    }
}

#[tokio::test]
async fn public_answer_on_an_area_has_these_members_and_no_other() {
    let server = TestServer::new();
    let area = server.public(&format!("{AREA}?window={WINDOW}")).await.json();
    let own: &[&str] =
        &["area", "bounds", "certification", "components", "label", "level", "models", "series", "statutory", "trend"];
    assert_eq!(members(&area, ""), sorted(&[&HEADING, own]));
    assert_eq!(members(&area, "/area"), sorted(&[&ATTRIBUTES, &BESIDE_ATTRIBUTES]));
    for (pointer, expected) in [
        (
            "/components/0",
            "contribution expected exposure exposure_unit exposure_value id in_total name observed rated reason",
        ),
        (
            "/trend",
            "arrow before high incidents incidents_before level low p person_years person_years_before q rate_ratio",
        ),
        ("/models", "by_kind per_10k_residents per_km2 per_residential_area residential_areas_served total"),
        ("/certification/0", "kind recognised registered share silent units window"),
        ("/statutory", "circular communes verdict window"),
        ("/statutory/communes/0", "commune decision kind label unit_id"),
        ("/statutory/communes/0/decision", "body decided_on number verdict"),
        ("/series/0", "incidents window year"),
    ] {
        assert_eq!(members(&area, pointer).join(" "), expected, "{pointer}");
    }
}

#[tokio::test]
async fn public_finds_null_where_a_planner_finds_a_figure() {
    let server = TestServer::new();
    let address = format!("{AREA}?window={WINDOW}");
    let (public, planner) = (server.public(&address).await.json(), server.with_token(PLANNER, &address).await.json());
    for pointer in WITHHELD {
        assert_eq!(public.pointer(pointer), Some(&Value::Null), "{pointer}");
        assert!(planner.pointer(pointer).is_some(), "{pointer}");
    }
    for pointer in ["/area/funnel", "/area/detected", "/area/without_point", "/components/0/contribution"] {
        assert_ne!(planner.pointer(pointer), Some(&Value::Null), "{pointer}");
    }
    assert_eq!(public.pointer("/components/0/contribution"), Some(&Value::Null));
    assert_eq!(
        public.pointer("/area/detected"),
        planner.pointer("/area/detected"),
        "none was found, which is published"
    );
    assert!(planner["statutory"].get("counts").is_some() && public["statutory"].get("counts").is_none());
}

/// What is said of a difference.
const DIFFERENCE: [&str; 8] = ["difference", "high", "low", "p", "q", "rate_difference", "rate_ratio", "sentence"];

/// What is said of a count.
const MEASURED: [&str; 6] = ["incidents", "person_years", "population", "rate", "rate_high", "rate_low"];

/// What is said of a density.
const DENSITIES: [&str; 5] =
    ["coverage", "per_10k_residents", "per_km2", "per_residential_area", "residential_areas_served"];

#[tokio::test]
async fn public_gets_models_as_counts_with_these_members_and_no_other() {
    let server = TestServer::new();
    let models = server.public(&format!("/models?edition=2025-01&window={WINDOW}")).await.json();
    assert_eq!(members(&models, ""), sorted(&[&HEADING, &["areas", "on", "total"]]));
    let areas = models["areas"].as_array().unwrap();
    assert!(!areas.is_empty());
    for area in areas {
        assert_eq!(members(area, ""), ["by_kind", "code", "level", "models", "name"]);
        for (index, _) in area["by_kind"].as_array().unwrap().iter().enumerate() {
            let kind = format!("/by_kind/{index}");
            assert_eq!(members(area, &kind), sorted(&[&DENSITIES, &["count", "kind", "name"]]));
            assert_eq!(area.pointer(&format!("{kind}/coverage")), Some(&Value::Null));
        }
    }
}

#[tokio::test]
async fn public_gets_kinds_of_model_with_these_members_and_no_effect() {
    let server = TestServer::new();
    let address = format!("/models/kinds?edition=2025-01&window={WINDOW}");
    let (public, planner) = (server.public(&address).await.json(), server.with_token(PLANNER, &address).await.json());
    assert_eq!(members(&public, ""), sorted(&[&HEADING, &["density", "kinds", "method", "on", "stock"]]));
    assert_eq!(public["method"], Value::Null);
    for kind in public["kinds"].as_array().unwrap() {
        assert_eq!(members(kind, "").join(" "), "candidates components density effect field id name reach stock");
        assert_eq!((&kind["effect"], &kind["candidates"]), (&Value::Null, &Value::Null));
        assert_eq!(members(kind, "/density"), sorted(&[&DENSITIES, &["count"]]));
        assert_eq!(members(kind, "/stock/0").join(" "), "balances end kept new replicated retired start window");
    }
    assert!(planner["method"].is_object());
    assert!(planner["kinds"].as_array().unwrap().iter().all(|kind| kind["effect"].is_object()));
}

#[tokio::test]
async fn public_gazetteer_has_areas_and_no_models() {
    let server = TestServer::new();
    let public = server.public("/gazetteer").await.json();
    assert_eq!(members(&public, ""), ["areas", "default_edition", "editions", "epoch", "sample"]);
    assert_eq!(members(&public, "/areas/0").join(" "), "code counterparts edition label level name parent");
    let planner = server.with_token(PLANNER, "/gazetteer").await.json();
    assert_eq!(members(&planner, "/models/0"), ["code", "id", "kind"]);
}

#[tokio::test]
async fn public_series_has_these_members_and_no_other() {
    let server = TestServer::new();
    let series = server.public("/series?edition=2025-01&window=3N-2023&areas=20335&by=year").await.json();
    assert_eq!(members(&series, ""), sorted(&[&HEADING, &["areas", "by", "level", "method"]]));
    assert_eq!(members(&series, "/areas/0"), ["code", "name", "points", "tendency"]);
    assert_eq!(members(&series, "/areas/0/points/0"), sorted(&[&MEASURED, &["from", "partial", "to", "window"]]));
    let method = "days level limits partial rate_unit tendency time_zone week year";
    assert_eq!(members(&series, "/method").join(" "), method);
}

#[tokio::test]
async fn public_comparisons_have_these_members_and_no_other() {
    let server = TestServer::new();
    let answer = async |query: &str| server.public(&format!("/comparison?edition=2025-01&{query}")).await.json();
    let beside = answer(&format!("window={WINDOW}&areas=20335,20338")).await;
    assert_eq!(members(&beside, ""), sorted(&[&HEADING, &["areas", "level", "method", "pairs"]]));
    assert_eq!(members(&beside, "/areas/0"), sorted(&[&ATTRIBUTES, &BESIDE_ATTRIBUTES]));
    assert_eq!(members(&beside, "/pairs/0"), sorted(&[&DIFFERENCE, &["first", "second"]]));
    let against = answer(&format!("window={WINDOW}&areas=20335&with=province")).await;
    let own: &[&str] = &["area", "level", "method", "others"];
    assert_eq!(members(&against, ""), sorted(&[&HEADING, &DIFFERENCE, own]));
    let others: &[&str] = &["area_itself", "areas", "group", "name", "without_population"];
    assert_eq!(members(&against, "/others"), sorted(&[&MEASURED, others]));
    let periods = answer("areas=20335&periods=TK-2021,TK-2022").await;
    let own = "areas edition epoch filter level method periods release same_seasons sample scheme";
    assert_eq!(members(&periods, "").join(" "), own);
    assert_eq!(members(&periods, "/filter"), ["categories", "edition", "min_severity"]);
    assert_eq!(members(&periods, "/periods/0"), ["from", "id", "requested", "to", "years"]);
    assert_eq!(members(&periods, "/areas/0"), sorted(&[&DIFFERENCE, &["code", "first", "name", "second"]]));
    assert_eq!(members(&periods, "/areas/0/first"), sorted(&[&MEASURED]));
}

#[tokio::test]
async fn planners_get_cells_of_incidents_with_these_members_and_the_public_none() {
    let server = TestServer::new();
    let address = format!("/incidents?edition=2025-01&window={WINDOW}");
    assert_eq!(server.public(&address).await.status, 401);
    let cells = server.with_token(PLANNER, &address).await.json();
    assert_eq!(members(&cells, ""), sorted(&[&HEADING, &["cells", "features", "name", "type"]]));
    assert_eq!(members(&cells, "/cells"), ["component", "in_small_cells", "incidents", "least", "side_m"]);
    for feature in cells["features"].as_array().unwrap() {
        assert_eq!(members(feature, ""), ["geometry", "id", "properties", "type"]);
        assert_eq!(members(feature, "/properties"), ["count", "main_component"]);
    }
    let points = server.with_token(COMMANDER, &address).await.json();
    let own: &[&str] = &["features", "links", "name", "numberMatched", "numberReturned", "type"];
    assert_eq!(members(&points, ""), sorted(&[&HEADING, own]));
    let properties = "category channel code id precision severity status time";
    assert_eq!(members(&points, "/features/0/properties").join(" "), properties);
}
