//! `/models` and below: places for roles that see them, counts by commune for the public; single models and effects
//! from planners up.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;

use super::{Question, filter_and};
use crate::domain::area::Level;
use crate::domain::edition::EditionId;
use crate::domain::role::Role;
use crate::http::answer::{Freshness, GEOJSON, Head, JSON, Wording, document};
use crate::http::ask::Ask;
use crate::http::documents;
use crate::http::error::{ApiError, shown};
use crate::http::filter::{AskedFilter, default_edition, edition};
use crate::http::state::{AppState, Served};

/// The models active on the last day of the period.
pub(in crate::http) async fn active(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&filter_and(&["edition"]))?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let question = Question::new(&ask, &served, asked);
    let head = Head::new(&ask, &served, &question.key(), Freshness::Revalidate, Wording::Neutral);
    if ask.role().sees_model_positions() {
        document(&ask, head, GEOJSON, move || Ok(documents::models::places(&question.assessed(Level::Commune)?))).await
    } else {
        document(&ask, head, JSON, move || Ok(documents::models::counts(&question.assessed(Level::Commune)?))).await
    }
}

/// One model with its life.
pub(in crate::http) async fn one(ask: Ask, Path(id): Path<String>) -> Result<Response, ApiError> {
    let AskedModel { served, edition, row, head, .. } = AskedModel::of(&ask, &id)?;
    document(&ask, head, JSON, move || {
        let picture = served.snapshot.edition(edition);
        let found = picture.and_then(|picture| documents::model::model(&served.snapshot, picture, row));
        found.ok_or_else(|| ApiError::internal(&"a model without its row"))
    })
    .await
}

/// What was counted around the start of one model.
pub(in crate::http) async fn effect(ask: Ask, Path(id): Path<String>) -> Result<Response, ApiError> {
    let AskedModel { state, served, edition, row, head } = AskedModel::of(&ask, &id)?;
    document(&ask, head, JSON, move || {
        let effects = state.effects(&served, edition)?;
        let found = effects.iter().find_map(|kind| {
            let effect = kind.models.iter().find(|effect| effect.model == row)?;
            documents::model_effect::effect(&served.snapshot, served.snapshot.edition(edition)?, (effect, kind))
        });
        found.ok_or_else(|| unknown_kind(&id))
    })
    .await
}

/// The kinds of model: stock, density, pooled effect, candidates.
pub(in crate::http) async fn kinds(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&filter_and(&["edition"]))?;
    let served = ask.served()?;
    let asked = AskedFilter::resolved(&query, &served, ask.role())?;
    let question = Question::new(&ask, &served, asked);
    let head = Head::new(&ask, &served, &question.key(), Freshness::Revalidate, Wording::Neutral);
    document(&ask, head, JSON, move || {
        let assessed = question.assessed(Level::Province)?;
        let effects = question.effects()?;
        Ok(documents::model_kinds::kinds(&assessed, effects.as_deref().map(Vec::as_slice)))
    })
    .await
}

/// A question on the model that an address names.
struct AskedModel {
    state: Arc<AppState>,
    served: Arc<Served>,
    edition: EditionId,
    row: usize,
    head: Head,
}

impl AskedModel {
    fn of(ask: &Ask, id: &str) -> Result<Self, ApiError> {
        ask.viewer.at_least(Role::Planner)?;
        let query = ask.query(&["edition"])?;
        let served = ask.served()?;
        let edition = match query.value("edition") {
            Some(text) => edition(&served.snapshot, text)?,
            None => default_edition(&served.snapshot)?,
        };
        let row = served.snapshot.models.iter().position(|model| model.id == id).ok_or_else(|| unknown_model(id))?;
        let key = format!("edition={edition}");
        let head = Head::new(ask, &served, &key, Freshness::Revalidate, Wording::Neutral);
        Ok(Self { state: Arc::clone(&ask.state), served, edition, row, head })
    }
}

fn unknown_model(id: &str) -> ApiError {
    let id = shown(id);
    ApiError::absent(
        format!("Không có mô hình nào mang mã “{id}”."),
        format!("There is no model with the id \"{id}\"."),
    )
}

fn unknown_kind(id: &str) -> ApiError {
    let id = shown(id);
    ApiError::absent(
        format!("Loại của mô hình “{id}” không còn trong quy tắc."),
        format!("The kind of the model \"{id}\" is no longer among the rules."),
    )
}
