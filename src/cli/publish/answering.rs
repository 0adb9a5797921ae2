//! What anybody is answered, asked of the routes of this very program without a network.

use std::error::Error;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

use crate::cli::export::open_data::{DataArgs, advised, opened};
use crate::config::{Config, Flags};
use crate::domain::text::Language;
use crate::export::site::SiteError;
use crate::http::extract::access::AccessList;
use crate::http::in_process::{InProcess, OwnRefusal};
use crate::http::site::Site;
use crate::http::state::AppState;
use crate::service::Service;
use crate::service::live::ServedSnapshot;
use crate::service::questions::published::PublishedScope;
use crate::service::viewer::Viewer;

/// The routes on the data of a folder, open to nobody's token.
pub(super) struct OwnAnswers {
    routes: InProcess,
    runtime: Runtime,
    pub(super) service: Arc<Service>,
    pub(super) served: Arc<ServedSnapshot>,
    pub(super) scope: PublishedScope,
}

impl OwnAnswers {
    /// The routes on the data that options name.
    ///
    /// # Errors
    /// When the data cannot be read, or nothing of them is released.
    pub(super) fn of(source: &DataArgs) -> Result<Self, Box<dyn Error>> {
        let (served, service) = opened(source)?;
        let scope = PublishedScope::of(&served).map_err(advised)?;
        // A site lies anywhere: no address of a configuration goes into it.
        let site = Site::new(&Config::from_sources(Flags::default(), &|_| Ok(None))?);
        let state = AppState::new(site, AccessList::default(), service);
        state.service.serve_at_rest(Arc::clone(&served));
        let service = Arc::clone(&state.service);
        let runtime = Builder::new_multi_thread().enable_all().build()?;
        let routes = InProcess::new(Arc::new(state));
        Ok(Self { routes, runtime, service, served, scope })
    }

    /// Who looks at the site.
    pub(super) fn viewer(&self) -> Viewer {
        Viewer::public(self.served.public_day())
    }

    /// What anybody is answered at a route.
    ///
    /// # Errors
    /// When the route refuses.
    pub(super) fn asked(&self, route: &str, language: Language) -> Result<Vec<u8>, SiteError> {
        let answer = self.runtime.block_on(self.routes.answer(route, language));
        answer.map(|answer| answer.body.to_vec()).map_err(|error| SiteError::unanswered(route, &error))
    }

    /// The same; none where anybody would be refused, as for a window that an edition has no numbers of.
    ///
    /// # Errors
    /// When the answer cannot be read.
    pub(super) fn asked_if_there(&self, route: &str, language: Language) -> Result<Option<Vec<u8>>, SiteError> {
        match self.runtime.block_on(self.routes.answer(route, language)) {
            Ok(answer) => Ok(Some(answer.body.to_vec())),
            Err(OwnRefusal::Refused { status: 404, .. }) => Ok(None),
            Err(error) => Err(SiteError::unanswered(route, &error)),
        }
    }
}
