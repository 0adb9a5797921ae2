//! What the public gets of an area, member by member: a new member of an answer reaches the public only when somebody
//! writes it down here.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use serde_json::Value;

use crate::support::snapshot::{PLANNER, TestServer, WINDOW};

const AREA: &str = "/areas/2025-01/20335";

const HEADING: [&str; 6] = ["edition", "epoch", "filter", "sample", "scheme", "window"];

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
    "model_coverage",
    "model_density",
    "model_density_km2",
    "model_density_residential",
    "models",
    "movement_grade",
    "name",
    "parent",
    "peer_group",
    "population",
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
const BESIDE_ATTRIBUTES: [&str; 10] = [
    "certification",
    "expected",
    "funnel",
    "hot_spot_figures",
    "person_years",
    "prob_above_1",
    "trend_figures",
    "unlocated",
    "unweighted",
    "withheld",
];

/// Members that the public finds, and finds empty.
const WITHHELD: [&str; 7] = [
    "/area/funnel",
    "/area/model_coverage",
    "/area/movement_grade",
    "/area/residential_served",
    "/area/statutory_check",
    "/area/trend_figures",
    "/area/unlocated",
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
        ["district_only", "incidents", "located", "models", "outside", "unlocated"]
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
        ("/components/0", "contribution expected exposure exposure_unit exposure_value id name observed rated reason"),
        (
            "/trend",
            "arrow before high incidents incidents_before level low p person_years person_years_before q rate_ratio",
        ),
        ("/models", "by_kind coverage per_10k_residents per_km2 per_residential_area residential_areas_served total"),
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
    for pointer in ["/area/funnel", "/area/unlocated", "/area/model_coverage", "/components/0/contribution"] {
        assert_ne!(planner.pointer(pointer), Some(&Value::Null), "{pointer}");
    }
    assert_eq!(public.pointer("/components/0/contribution"), Some(&Value::Null));
    assert!(planner["statutory"].get("counts").is_some() && public["statutory"].get("counts").is_none());
}
