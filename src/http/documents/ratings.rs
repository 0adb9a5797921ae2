//! The vector of ratings: one row per area.

use serde_json::{Map, Value as Json, json};

use super::{Assessed, heading};
use crate::assessment::CertificationShare;
use crate::assessment::series::Sight;
use crate::tile::layers::{AreaRow, area_properties};

/// One row per area, with the method and what could not be put into an area.
pub(in crate::http) fn ratings(assessed: &Assessed) -> Json {
    let method = assessed.assessment.method;
    let grade = &assessed.scheme().grade;
    let mut document = heading(assessed.snapshot(), &assessed.asked);
    document.insert("level".into(), json!(assessed.assessment.level));
    document.insert(
        "method".into(),
        json!({
            "bands": grade.bands,
            "interval": grade.interval,
            "min_reliability": grade.min_reliability,
            "prior_mean": method.prior_mean,
            "prior_variance": method.prior_variance,
            "dispersion": method.dispersion,
            "rate_unit": "per 100000 person-years",
        }),
    );
    document.insert("totals".into(), totals(assessed));
    document.insert("areas".into(), assessed.rows().map(|row| Json::Object(row_members(&row))).collect());
    Json::Object(document)
}

/// Sums over the edition, as far as they may be seen.
fn totals(assessed: &Assessed) -> Json {
    let totals = &assessed.assessment.totals;
    match assessed.served.sight(assessed.role) {
        Sight::Everything => json!({
            "incidents": totals.incidents,
            "located": totals.located,
            "outside": totals.outside,
            "unlocated": totals.unlocated,
            "district_only": totals.district_only,
            "models": totals.models,
        }),
        Sight::Published(release) => {
            let published = release.totals(assessed.asked.filter.edition, assessed.asked.filter.period);
            json!({
                "incidents": published.incidents(),
                "located": published.located,
                "outside": published.outside,
                "unlocated": published.unlocated,
                "district_only": null,
                "models": totals.models,
            })
        }
    }
}

/// All that is said of an area: the attributes of the map, and what a table has room for.
pub(super) fn row_members(row: &AreaRow<'_>) -> Map<String, Json> {
    let mut members = area_properties(row);
    members.insert("person_years".into(), json!(row.assessment.person_years));
    members.insert("unlocated".into(), json!(row.assessment.unlocated));
    members.insert("expected".into(), json!(row.assessment.expected));
    members.insert("prob_above_1".into(), json!(row.assessment.prob_above_1));
    members.insert("certification".into(), shares(&row.assessment.certification));
    members
}

/// Certification shares by kind of unit.
pub(super) fn shares(shares: &[CertificationShare]) -> Json {
    let share = |share: &CertificationShare| {
        json!({
            "kind": share.kind,
            "window": share.window,
            "units": share.units,
            "registered": share.registered,
            "recognised": share.recognised,
            "share": share.share(),
        })
    };
    shares.iter().map(share).collect()
}
