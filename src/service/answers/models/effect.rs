//! What was counted around the start of a model, beside its comparison places.

use serde_json::{Value as Json, json};

use super::model::{facts, opening};
use crate::assessment::effect::{
    BeforeAfter, ChangeEstimate, DisplacementDifference, EffectTable, EffectVerdict, KindEffect, ModelEffect, Obstacle,
    RatioEstimate, wording,
};
use crate::domain::time::period::{Period, PeriodDates};
use crate::snapshot::{EditionData, Snapshot};

/// The effect of one model, with that of its kind.
pub(crate) fn effect(
    snapshot: &Snapshot,
    edition_data: &EditionData,
    (effect, of_kind): (&ModelEffect, &KindEffect),
) -> Option<Json> {
    let rule = &snapshot.rules.effect;
    let compared = effect.compared.as_ref();
    let communes = edition_data.shape.communes();
    let places = compared.map(|compared| {
        compared.communes.iter().filter_map(|place| communes.get(*place)).map(|area| &area.code).collect::<Vec<_>>()
    });
    let mut document = opening(snapshot, edition_data);
    document.insert("model".into(), Json::Object(facts(snapshot, edition_data, effect.model)?));
    document.insert("components".into(), json!(snapshot.rules.model_kinds.get(of_kind.kind)?.components));
    document.insert("before".into(), dates(effect.windows.before));
    document.insert("after".into(), dates(effect.windows.after));
    document.insert("inside".into(), compared.map_or(Json::Null, |compared| table(compared.inside)));
    document.insert("ring".into(), compared.and_then(|compared| compared.ring).map_or(Json::Null, table));
    document.insert("comparison_areas".into(), json!(places));
    document.insert("ratio".into(), ratio(effect.ratio));
    document.insert("ring_ratio".into(), ratio(effect.ring_ratio));
    document.insert("displacement".into(), effect.displacement.map_or(Json::Null, displacement));
    document.insert("verdict".into(), verdict(effect.verdict));
    document.insert("sentence".into(), json!(wording::of_model(effect, rule)));
    document.insert("of_kind".into(), pooled(snapshot, of_kind));
    document.insert("method".into(), method(snapshot));
    Some(Json::Object(document))
}

/// The pooled effect of a kind.
pub(super) fn pooled(snapshot: &Snapshot, effect: &KindEffect) -> Json {
    json!({
        "kind": snapshot.rules.model_kinds.get(effect.kind).map(|kind| &kind.id),
        "models": effect.strata,
        "before": effect.before,
        "ratio": ratio(effect.pooled),
        "verdict": verdict(effect.verdict),
        "sentence": wording::of_kind(effect, &snapshot.rules.effect),
    })
}

/// How effects are evaluated, with the values used.
pub(super) fn method(snapshot: &Snapshot) -> Json {
    let rule = &snapshot.rules.effect;
    json!({
        "text": wording::method(rule),
        "window_days": rule.window_days,
        "comparison_places": rule.comparison_places,
        "match_tolerance": rule.match_tolerance,
        "min_before": rule.min_before,
        "min_before_of_kind": rule.min_before_of_kind,
        "level": rule.level,
        "useful_ratio": rule.useful_ratio,
        "reviews": rule.reviews,
        "ratio": "ratio of ratios, limits on the logarithm (Woolf; one half added to each cell of a table with an empty one)",
        "pooled": "Mantel-Haenszel, limits by Robins, Breslow and Greenland",
        "displacement": "weighted displacement difference against the best-matched place (Wheeler and Ratcliffe 2018)",
    })
}

fn dates(period: Period) -> Json {
    json!(PeriodDates::from(period))
}

fn table(table: EffectTable) -> Json {
    let counts = |counts: BeforeAfter| json!({ "before": counts.before, "after": counts.after });
    json!({ "model": counts(table.treated), "comparison": counts(table.comparison) })
}

fn ratio(ratio: Option<RatioEstimate>) -> Json {
    ratio.map_or(
        Json::Null,
        |found| json!({ "ratio": found.ratio, "low": found.limits.low, "high": found.limits.high, "p": found.p }),
    )
}

fn displacement(difference: DisplacementDifference) -> Json {
    let change = |change: Option<ChangeEstimate>| {
        change.map_or(Json::Null, |found| {
            json!({ "difference": found.difference, "low": found.limits.low, "high": found.limits.high, "p": found.p })
        })
    };
    json!({
        "local": change(difference.local),
        "displaced": change(difference.displaced),
        "total": change(difference.total),
    })
}

fn verdict(verdict: EffectVerdict) -> Json {
    json!({ "word": verdict.as_str(), "obstacle": verdict.obstacle().map(Obstacle::as_str) })
}
