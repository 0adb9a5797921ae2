//! The kinds of community model: stock by window, density of the province, pooled effect, candidates.
//!
//! The public gets the first two; effects and candidates point at single models and are added for roles that see them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::effect::PooledEffect;
use super::effect_method::EffectMethod;
use super::model::{ReachAnswer, commune};
use crate::assessment::ModelDensity;
use crate::assessment::density::reference_day;
use crate::assessment::effect::{Candidate, KindEffect, Proposal, candidates};
use crate::domain::area::AreaCode;
use crate::domain::model::model_stock::{ModelHistory, Stock};
use crate::domain::rules::window::Window;
use crate::domain::rules::{ModelField, ModelKind};
use crate::domain::text::Names;
use crate::service::answers::AssessedLevel;
use crate::service::answers::areas::model_density::{CountedDensity, KindReach};
use crate::service::answers::heading::{Heading, WindowSpan};
use crate::snapshot::EditionData;

/// Every kind of community model.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelKindsAnswer {
    #[serde(flatten)]
    heading: Heading,
    /// The day of the densities: the last one of the period.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// The kinds in the order of the rule file.
    kinds: Vec<ModelKindAnswer>,
    /// The stock of all kinds together, by window.
    stock: Vec<StockAnswer>,
    /// The density of all kinds together in the province; null where the edition has no province.
    #[schema(required)]
    density: Option<CountedDensity>,
    /// How effects are looked at; null for the public, which gets none.
    #[schema(required)]
    method: Option<EffectMethod>,
}

/// One kind of community model.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelKindAnswer {
    /// The id.
    id: String,
    /// Its name for people.
    name: Names,
    /// The field of the movement it belongs to.
    #[schema(required)]
    field: Option<ModelFieldAnswer>,
    /// How far it works.
    reach: ReachAnswer,
    /// The ids of the components whose incidents it is meant to touch.
    components: BTreeSet<String>,
    /// Its stock by window.
    stock: Vec<StockAnswer>,
    /// Its density in the province; null where the edition has no province.
    #[schema(required)]
    density: Option<KindReach>,
    /// Its pooled effect; null for the public.
    #[schema(required)]
    effect: Option<PooledEffect>,
    /// Models that should be looked at; null for the public.
    #[schema(required)]
    candidates: Option<Vec<CandidateAnswer>>,
}

/// A field of the movement.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ModelFieldAnswer {
    /// The id.
    id: String,
    /// The Vietnamese name.
    vi: String,
    /// The English name.
    en: String,
}

/// How many models ran, came and went in a window.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StockAnswer {
    /// The window.
    window: WindowSpan,
    /// Running on the day before the window.
    start: u32,
    /// Built in it.
    new: u32,
    /// Replicated in it.
    replicated: u32,
    /// Retired in it.
    retired: u32,
    /// Running on its last day.
    end: u32,
    /// Running from before the window to its end.
    kept: u32,
    /// Whether start + new + replicated − retired = end.
    balances: bool,
}

/// One model that should be looked at, and why.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CandidateAnswer {
    /// The stable id of the model.
    #[schema(required)]
    id: Option<String>,
    /// The code of its commune; null where it lies in none.
    #[schema(required)]
    code: Option<AreaCode>,
    /// What is proposed.
    proposal: Proposal,
    /// The reasons, a sentence each.
    reasons: Vec<Names>,
}

/// The parts from which the answer on one kind is made.
struct KindParts<'a> {
    assessed: &'a AssessedLevel,
    windows: &'a [&'a Window],
    kind: &'a ModelKind,
    histories: Vec<ModelHistory<'a>>,
    density: Option<&'a ModelDensity>,
}

impl ModelKindsAnswer {
    /// Every kind; `assessed` is the province. Effects are there for roles that see single models.
    pub(crate) fn of(assessed: &AssessedLevel, effects: Option<&[KindEffect]>) -> Self {
        let snapshot = assessed.snapshot();
        let histories: Vec<ModelHistory<'_>> =
            snapshot.models.iter().map(|model| ModelHistory::of(model, &snapshot.model_events)).collect();
        let windows: Vec<&Window> = windows(assessed).collect();
        let row = assessed.assessment.rows.first();
        let kinds = snapshot.rules.model_kinds.indexed().map(|(index, kind)| {
            let parts = KindParts {
                assessed,
                windows: &windows,
                kind,
                histories: histories.iter().copied().filter(|history| history.model.kind == kind.id).collect(),
                density: row.and_then(|row| row.models_by_kind.get(index.index())),
            };
            let effect = effects.and_then(|effects| effects.iter().find(|effect| effect.kind == index));
            effect.map_or_else(|| ModelKindAnswer::public(&parts), |effect| ModelKindAnswer::full(&parts, effect))
        });
        Self {
            heading: Heading::of(snapshot, &assessed.requested),
            on: reference_day(assessed.requested.filter.period).date(),
            kinds: kinds.collect(),
            stock: stocks(&histories, &windows),
            density: row.map(|row| CountedDensity::of(&row.models, assessed.viewer.role())),
            method: effects.map(|_| EffectMethod::of(&snapshot.rules.effect)),
        }
    }
}

/// The windows of the rule file that the role may request.
fn windows(assessed: &AssessedLevel) -> impl Iterator<Item = &Window> {
    assessed.viewer.windows(&assessed.snapshot().rules)
}

impl ModelKindAnswer {
    fn full(parts: &KindParts<'_>, effect: &KindEffect) -> Self {
        Self {
            effect: Some(PooledEffect::of(parts.assessed.snapshot(), effect)),
            candidates: Some(proposals(parts.assessed, effect)),
            ..Self::public(parts)
        }
    }

    fn public(parts: &KindParts<'_>) -> Self {
        let ModelKind { id, number: _, names, field, reach, components } = parts.kind;
        let fields = &parts.assessed.snapshot().rules.model_fields;
        Self {
            id: id.clone(),
            name: names.clone(),
            field: fields.iter().find(|known| known.id == *field).map(ModelFieldAnswer::of),
            reach: ReachAnswer::of(*reach),
            components: components.clone(),
            stock: stocks(&parts.histories, parts.windows),
            density: parts.density.map(|density| KindReach::of(density, parts.assessed.viewer.role())),
            effect: None,
            candidates: None,
        }
    }
}

impl ModelFieldAnswer {
    fn of(field: &ModelField) -> Self {
        let ModelField { id, vi, en } = field;
        Self { id: id.clone(), vi: vi.clone(), en: en.clone() }
    }
}

fn stocks(histories: &[ModelHistory<'_>], windows: &[&Window]) -> Vec<StockAnswer> {
    let of_window =
        windows.iter().map(|window| StockAnswer::of(window, Stock::of(histories.iter().copied(), window.period)));
    of_window.collect()
}

impl StockAnswer {
    fn of(window: &Window, stock: Stock) -> Self {
        let Stock { start, new, replicated, retired, kept, end } = stock;
        let balances = stock.balances();
        let window = WindowSpan::of(Some(&window.id), window.period);
        Self { window, start, new, replicated, retired, end, kept, balances }
    }
}

fn proposals(assessed: &AssessedLevel, effect: &KindEffect) -> Vec<CandidateAnswer> {
    let day = reference_day(assessed.requested.filter.period);
    let Some(edition_data) = assessed.edition_data() else { return Vec::new() };
    let found = candidates(assessed.snapshot(), effect, day);
    found.into_iter().map(|candidate| CandidateAnswer::of(assessed, edition_data, candidate)).collect()
}

impl CandidateAnswer {
    fn of(assessed: &AssessedLevel, edition_data: &EditionData, candidate: Candidate) -> Self {
        let Candidate { model, proposal, reasons } = candidate;
        Self {
            id: assessed.snapshot().models.at(model).map(|model| model.id.clone()),
            code: commune(edition_data, model).map(|area| area.code.clone()),
            proposal,
            reasons,
        }
    }
}
