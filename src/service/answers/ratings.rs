//! The vector of ratings: one row per area.

use serde_json::{Map, Value as Json, json};

use super::chance::{funnel, hot_spot, preceding, trend_figures, unweighted};
use super::{AssessedLevel, heading};
use crate::assessment::trend::series::Visibility;
use crate::assessment::{CertificationShare, PeerMethod};
use crate::domain::rules::scheme::PeerUse;
use crate::tile::area_row::{AreaRow, area_members};

/// One row per area, with the method and what could not be put into an area.
pub(crate) fn ratings(assessed: &AssessedLevel) -> Json {
    let (rules, method) = (&assessed.snapshot().rules, &assessed.assessment.method);
    let grade = &assessed.scheme().grade;
    let mut document = heading(assessed.snapshot(), &assessed.requested);
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
            "peers": peers(assessed),
            "hot_spots": {
                "value": "rate standardised by Assuncao and Reis",
                "statistic": "Gi* with queen neighbours, Benjamini-Hochberg over the areas",
                "max_q": rules.hot_spots.max_q,
            },
            "funnel_levels": rules.funnel.levels,
            "rate_unit": "per 100000 person-years",
        }),
    );
    document.insert("trend".into(), preceding(assessed.assessment.preceding.as_ref(), rules));
    document.insert("totals".into(), totals(assessed));
    document.insert("areas".into(), assessed.rows().map(|row| Json::Object(row_members(&row))).collect());
    Json::Object(document)
}

/// The peer groups that the estimates lean on; null where they lean on all areas.
fn peers(assessed: &AssessedLevel) -> Json {
    let (known, grade) = (&assessed.snapshot().peers, &assessed.scheme().grade);
    if grade.peers == PeerUse::None {
        return Json::Null;
    }
    let group = |method: &PeerMethod| {
        json!({
            "group": known.group(method.group).map(|group| &group.id),
            "areas": method.areas,
            "leans_on": if method.prior_mean.is_some() { "peers" } else { "all" },
            "prior_mean": method.prior_mean,
            "prior_variance": method.prior_variance,
            "dispersion": method.dispersion,
        })
    };
    json!({
        "by": grade.peers,
        "expectation": grade.expectation,
        "min_areas": known.min_areas,
        "version": known.version,
        "hash": known.hash,
        "groups": assessed.assessment.method.peers.iter().map(group).collect::<Vec<_>>(),
    })
}

/// Sums over the edition, as far as they may be seen.
fn totals(assessed: &AssessedLevel) -> Json {
    let totals = &assessed.assessment.totals;
    match assessed.served.visibility(assessed.role) {
        Visibility::Full => json!({
            "incidents": totals.incidents,
            "located": totals.located,
            "outside": totals.outside,
            "unlocated": totals.unlocated,
            "district_only": totals.district_only,
            "models": totals.models,
        }),
        Visibility::Published(release) => {
            let published = release.totals(assessed.requested.filter.edition, assessed.requested.filter.period);
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

/// All that is said of an area: its attributes, and the figures behind them.
pub(super) fn row_members(row: &AreaRow<'_>) -> Map<String, Json> {
    let mut members = area_members(row);
    members.insert("unweighted".into(), unweighted(row));
    members.insert("trend_figures".into(), trend_figures(row.assessment));
    members.insert("hot_spot_figures".into(), hot_spot(row.assessment));
    members.insert("funnel".into(), funnel(row.assessment));
    members.insert("certification".into(), shares(&row.assessment.certification));
    members
}

/// Certification shares by kind of unit.
pub(super) fn shares(shares: &[CertificationShare]) -> Json {
    let share = |share: &CertificationShare| {
        json!({
            "kind": share.kind,
            "window": share.window,
            "units": share.counts.map(|counts| counts.units),
            "registered": share.counts.map(|counts| counts.registered),
            "recognised": share.counts.map(|counts| counts.recognised),
            "silent": share.counts.map(|counts| counts.silent),
            "share": share.share(),
        })
    };
    shares.iter().map(share).collect()
}
