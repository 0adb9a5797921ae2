//! The kinds of community model: stock by window, density of the province, pooled effect, candidates.

use serde_json::{Value as Json, json};

use super::effect::{method, pooled};
use super::model::{commune, reach};
use crate::assessment::ModelDensity;
use crate::assessment::density::reference_day;
use crate::assessment::effect::{Candidate, KindEffect, candidates};
use crate::domain::model::model_stock::{ModelHistory, Stock};
use crate::domain::rules::ModelKind;
use crate::domain::rules::window::Window;
use crate::domain::time::period::PeriodDates;
use crate::service::answers::areas::model_density::CountedDensity;
use crate::service::answers::{AssessedLevel, heading};
use crate::snapshot::EditionData;

/// Every kind; `assessed` is the province. Effects are there for roles that see single models.
pub(crate) fn kinds(assessed: &AssessedLevel, effects: Option<&[KindEffect]>) -> Json {
    let snapshot = assessed.snapshot();
    let lives: Vec<ModelHistory<'_>> =
        snapshot.models.iter().map(|model| ModelHistory::of(model, &snapshot.model_events)).collect();
    let windows: Vec<&Window> = windows(assessed).collect();
    let row = assessed.assessment.rows.first();
    let of_kind = snapshot.rules.model_kinds.iter().enumerate().map(|(place, kind)| {
        let own: Vec<ModelHistory<'_>> = lives.iter().copied().filter(|life| life.model.kind == kind.id).collect();
        let density = row.and_then(|row| row.models_by_kind.get(place));
        let effect = effects.and_then(|effects| effects.iter().find(|effect| effect.kind == place));
        entry(assessed, (kind, &own, density), &windows, effect)
    });
    let mut document = heading(snapshot, &assessed.requested);
    document.insert("on".into(), json!(reference_day(assessed.requested.filter.period).date()));
    document.insert("kinds".into(), of_kind.collect());
    document.insert("stock".into(), stocks(&lives, &windows));
    document.insert("density".into(), json!(row.map(|row| CountedDensity::of(&row.models, assessed.role))));
    document.insert("method".into(), effects.map_or(Json::Null, |_| method(snapshot)));
    Json::Object(document)
}

/// The windows of the rule file that the role may request.
fn windows(assessed: &AssessedLevel) -> impl Iterator<Item = &Window> {
    let (rules, today) = (&assessed.snapshot().rules, assessed.today);
    let sees_all = assessed.role.sees_small_counts();
    rules.windows.iter().filter(move |window| sees_all || rules.is_released(window, today))
}

fn entry(
    assessed: &AssessedLevel,
    (kind, lives, of_province): (&ModelKind, &[ModelHistory<'_>], Option<&ModelDensity>),
    windows: &[&Window],
    effect: Option<&KindEffect>,
) -> Json {
    let snapshot = assessed.snapshot();
    let field = snapshot.rules.model_fields.iter().find(|field| field.id == kind.field);
    json!({
        "id": kind.id,
        "name": kind.names,
        "field": field.map(|field| json!({ "id": field.id, "vi": field.vi, "en": field.en })),
        "reach": reach(kind),
        "components": kind.components,
        "stock": stocks(lives, windows),
        "density": of_province.map(|density| CountedDensity::of(density, assessed.role)),
        "effect": effect.map(|effect| pooled(snapshot, effect)),
        "candidates": effect.map(|effect| proposals(assessed, effect)),
    })
}

fn stocks(lives: &[ModelHistory<'_>], windows: &[&Window]) -> Json {
    let of_window = windows.iter().map(|window| {
        let stock = Stock::of(lives.iter().copied(), window.period);
        let dates = PeriodDates::from(window.period);
        json!({
            "window": { "id": window.id, "from": dates.from, "to": dates.to },
            "start": stock.start,
            "new": stock.new,
            "replicated": stock.replicated,
            "retired": stock.retired,
            "end": stock.end,
            "kept": stock.kept,
            "balances": stock.balances(),
        })
    });
    of_window.collect()
}

fn proposals(assessed: &AssessedLevel, effect: &KindEffect) -> Json {
    let day = reference_day(assessed.requested.filter.period);
    let Some(edition_data) = assessed.edition_data() else { return json!([]) };
    let found = candidates(assessed.snapshot(), effect, day);
    found.iter().map(|candidate| proposal(assessed, edition_data, candidate)).collect()
}

fn proposal(assessed: &AssessedLevel, edition_data: &EditionData, candidate: &Candidate) -> Json {
    json!({
        "id": assessed.snapshot().models.get(candidate.model).map(|model| &model.id),
        "code": commune(edition_data, candidate.model).map(|area| &area.code),
        "proposal": candidate.proposal.as_str(),
        "reasons": candidate.reasons,
    })
}
