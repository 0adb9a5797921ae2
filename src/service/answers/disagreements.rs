//! Where our check contradicts the official decision: the unit, the criteria that speak against it, who is missing.

use serde_json::{Value as Json, json};

use super::statutory::{checked_members, circular, criterion_members, unit_members, window};
use super::{AssessedLevel, facts, heading};
use crate::assessment::statutory::{
    CriterionCheck, Disagreement, Facts, StatutoryEvaluation, StatutoryVerdict, disagreements,
};

/// Every disagreement of the window judged.
pub(crate) fn listed(assessed: &AssessedLevel) -> Json {
    let mut document = heading(assessed.snapshot(), &assessed.requested);
    let reading = StatutoryEvaluation::of(assessed.snapshot(), assessed.requested.filter.period);
    document.insert("judged_window".into(), json!(reading.as_ref().map(|reading| window(reading.window))));
    let by = reading.as_ref().and_then(|reading| reading.circular);
    document.insert("circular".into(), json!(by.map(circular)));
    let found = reading.as_ref().zip(assessed.edition_data());
    let found = found.map_or_else(Vec::new, |(reading, edition_data)| disagreements(reading, edition_data));
    document.insert("count".into(), json!(found.len()));
    document.insert("disagreements".into(), found.iter().map(|one| entry(assessed, one)).collect());
    Json::Object(document)
}

fn entry(assessed: &AssessedLevel, disagreement: &Disagreement<'_>) -> Json {
    let check = &disagreement.check;
    let mut member = unit_members(assessed, check);
    member.extend(checked_members(check));
    let area = assessed.edition_data().and_then(|edition_data| edition_data.shape.communes().get(disagreement.commune));
    member.insert("area".into(), json!(area.map(|area| json!({ "code": area.code, "name": area.name }))));
    let failing = check.criteria.iter().filter(|criterion| criterion.verdict == StatutoryVerdict::NotMet);
    member.insert("failing".into(), failing.map(failed).collect());
    Json::Object(member)
}

fn failed(check: &CriterionCheck<'_>) -> Json {
    let mut member = criterion_members(check);
    if let Facts::Shares(found) = &check.facts {
        let failing = found.kinds.iter().filter(|share| share.verdict == StatutoryVerdict::NotMet);
        let named = failing.map(|share| json!({ "kind": share.kind, "missing": facts::missing(share) }));
        member.insert("missing".into(), named.collect());
    }
    Json::Object(member)
}
