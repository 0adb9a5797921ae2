//! The handlers: each extracts, asks and answers.

pub(super) mod areas;
pub(super) mod certifications;
mod chosen;
pub(super) mod comparison;
pub(super) mod export;
pub(super) mod gazetteer;
pub(super) mod incidents;
pub(super) mod models;
pub(super) mod oembed;
pub(super) mod page;
pub(super) mod ratings;
pub(super) mod series;
pub(super) mod service;
pub(super) mod share;
mod shown;
pub(super) mod styles;
pub(super) mod tiles;

use std::sync::Arc;

use super::ask::Ask;
use super::documents::Assessed;
use super::error::ApiError;
use super::filter::{AskedFilter, FILTER};
use super::site::Site;
use super::state::{AppState, Served};
use crate::assessment::effect::KindEffect;
use crate::domain::area::Level;
use crate::domain::role::Role;

/// The parameters of the filter and some more.
fn filter_and(more: &[&'static str]) -> Vec<&'static str> {
    FILTER.iter().chain(more).copied().collect()
}

/// What an assessment is asked for with, free of the request so that a worker can take it.
#[derive(Debug, Clone)]
struct Question {
    state: Arc<AppState>,
    site: Arc<Site>,
    served: Arc<Served>,
    asked: AskedFilter,
    role: Role,
}

impl Question {
    fn new(ask: &Ask, served: &Arc<Served>, asked: AskedFilter) -> Self {
        let (state, site) = (Arc::clone(&ask.state), Arc::clone(&ask.site));
        Self { state, site, served: Arc::clone(served), asked, role: ask.role() }
    }

    /// The canonical text of the filter.
    fn key(&self) -> String {
        self.asked.key(&self.served.snapshot)
    }

    /// The assessment of a level. Blocks while it is made.
    fn assessed(&self, level: Level) -> Result<Assessed, ApiError> {
        let assessment = self.state.assessment(&self.served, level, &self.asked.filter, self.role)?;
        Ok(Assessed { served: Arc::clone(&self.served), asked: self.asked.clone(), role: self.role, assessment })
    }

    /// The effects of every kind of model, for roles that see single models. Blocks while they are made.
    fn effects(&self) -> Result<Option<Arc<Vec<KindEffect>>>, ApiError> {
        let may_see = self.role.sees_model_positions();
        may_see.then(|| self.state.effects(&self.served, self.asked.filter.edition)).transpose()
    }
}
