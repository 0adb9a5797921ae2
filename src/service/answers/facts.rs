//! The facts behind a criterion, its threshold, and the evidence beside it.

use serde_json::{Value as Json, json};

use crate::assessment::statutory::{CountChange, CriterionCheck, Evidence, Facts, KindCounts, KindShare};
use crate::domain::incident::taxonomy::Taxonomy;
use crate::domain::standard::certification::Declared;
use crate::domain::standard::criterion::CriterionTest;
use crate::domain::standard::fraction::Fraction;
use crate::domain::time::period::PeriodDates;

/// What the criterion is compared with; null where it is declared.
pub(super) fn threshold(check: &CriterionCheck<'_>) -> Json {
    match &check.criterion.test {
        CriterionTest::Declared | CriterionTest::Evidence => Json::Null,
        CriterionTest::EffectiveModel { least_review } => {
            json!({ "effective_models": 1, "least_review": least_review })
        }
        CriterionTest::Shares(rule) => json!({
            "registered_min": rule.registered_min,
            "recognised_min": rule.recognised_min,
            "pool": rule.pool,
            "of": rule.of,
        }),
    }
}

/// The facts of the criterion.
pub(super) fn facts(check: &CriterionCheck<'_>) -> Json {
    match (&check.facts, &check.criterion.test) {
        (Facts::Declared(declared), _) => json!({ "declared": declared.map(Declared::holds) }),
        (Facts::Models(found), _) => json!(found.map(|found| {
            json!({ "active": found.active, "effective": found.effective, "unreviewed": found.unreviewed })
        })),
        (Facts::Shares(found), CriterionTest::Shares(rule)) => json!({
            "kinds": found.kinds.iter().map(|share| kind_share(share, rule.recognised_min)).collect::<Vec<_>>(),
            "together": counts(&found.together, rule.recognised_min),
        }),
        (Facts::Shares(_), _) => Json::Null,
    }
}

fn kind_share(share: &KindShare, recognised_min: Fraction) -> Json {
    json!({
        "kind": share.kind,
        "window": share.window,
        "counts": counts(&share.counts, recognised_min),
        "verdict": share.verdict,
        "missing": missing(share),
    })
}

/// The units that are missing, by name.
pub(super) fn missing(share: &KindShare) -> Json {
    json!({ "silent": share.silent, "unregistered": share.unregistered, "unrecognised": share.unrecognised })
}

fn counts(counts: &KindCounts, recognised_min: Fraction) -> Json {
    json!({
        "register": counts.coverage,
        "units": counts.units,
        "registered": counts.registered,
        "unregistered": counts.unregistered,
        "recognised": counts.recognised,
        "unrecognised": counts.unrecognised,
        "recognised_needed": recognised_min.least_part_of(counts.units),
    })
}

/// The incidents of this window and the one before; null where one of them is not known.
pub(super) fn evidence(evidence: Option<&Evidence>, taxonomy: &Taxonomy) -> Json {
    json!(evidence.map(|evidence| {
        let before = PeriodDates::from(evidence.before);
        let classes = evidence.by_severity.iter().filter_map(|(severity, counts)| {
            let term = taxonomy.severities.get(severity.index())?;
            let name = json!({ "vi": term.vi, "en": term.en });
            Some(json!({ "severity": term.id, "severity_name": name, "change": change(counts) }))
        });
        json!({
            "before": { "from": before.from, "to": before.to },
            "total": change(&evidence.total),
            "by_severity": classes.collect::<Vec<_>>(),
            "method": "exact conditional, two-sided; equal rates per person-year",
        })
    }))
}

fn change(change: &CountChange) -> Json {
    json!({
        "now": change.now,
        "before": change.before,
        "p": change.p,
        "within_chance": change.is_within_chance(),
        "sentence": sentence(change),
    })
}

/// What a person would say of two counts.
fn sentence(change: &CountChange) -> Json {
    let CountChange { now, before, p, .. } = *change;
    let chance = change.is_within_chance();
    let (vi, en) = match (chance, now.cmp(&before)) {
        (true, _) => ("nằm trong dao động ngẫu nhiên", "within chance"),
        (false, std::cmp::Ordering::Less) => ("giảm rõ", "clearly down"),
        (false, _) => ("tăng rõ", "clearly up"),
    };
    let (p_en, p_vi) = (format!("{p:.3}"), format!("{p:.3}").replace('.', ","));
    json!({
        "vi": format!("{now} vụ, kỳ trước {before} vụ: {vi} (p = {p_vi})."),
        "en": format!("Incidents: {now}, in the window before {before}: {en} (p = {p_en})."),
    })
}
