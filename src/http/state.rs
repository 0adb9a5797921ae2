//! What the handlers share: how the server is seen from outside, who may ask, and the service that answers.

use std::sync::Arc;

use super::connection_limits::OpenConnections;
use super::extract::access::AccessList;
use super::extract::access_log::RefusedTokens;
use super::layers::response_cache::ResponseCache;
use super::observation::metrics::Metrics;
use super::observation::request_log::RequestLog;
use super::request_rates::RequestRates;
use super::site::Site;
use crate::config::{Logging, ServerLimits};
use crate::service::Service;

/// What the handlers share.
#[derive(Debug)]
pub struct AppState {
    /// The outside view of the server.
    pub(super) site: Arc<Site>,
    local_sites: Vec<(String, Arc<Site>)>,
    pub(super) access: AccessList,
    /// The tokens that opened nothing.
    pub(super) refused_tokens: RefusedTokens,
    /// How many requests each address has sent lately.
    pub(super) request_rates: RequestRates,
    /// The connections that are open.
    pub(super) open_connections: Arc<OpenConnections>,
    pub(super) limits: ServerLimits,
    /// What is counted of requests, and which of them have a line.
    pub(super) metrics: Metrics,
    pub(super) request_log: RequestLog,
    /// What answers.
    pub service: Arc<Service>,
    /// The tiles that were given, to be given again.
    pub(super) response_cache: ResponseCache,
}

impl AppState {
    /// The state of a server that is seen so, open to these tokens, which answers with a service.
    pub fn new(site: Site, access: AccessList, service: Service) -> Self {
        Self {
            site: Arc::new(site),
            local_sites: Vec::new(),
            access,
            refused_tokens: RefusedTokens::default(),
            request_rates: RequestRates::new(&ServerLimits::default()),
            open_connections: Arc::new(OpenConnections::new(&ServerLimits::default())),
            limits: ServerLimits::default(),
            metrics: Metrics::new(),
            request_log: RequestLog::default(),
            response_cache: ResponseCache::new(service.cache_table()),
            service: Arc::new(service),
        }
    }

    /// The same state under other limits than the usual ones.
    #[must_use]
    pub fn limited(self, limits: &ServerLimits) -> Self {
        let open_connections = Arc::new(OpenConnections::new(limits));
        Self { request_rates: RequestRates::new(limits), open_connections, limits: limits.clone(), ..self }
    }

    /// The same state with lines of its requests, as the configuration wants them.
    #[must_use]
    pub fn logging(self, logging: &Logging) -> Self {
        self.request_log.choose_one_in(logging.one_request_in);
        self
    }

    /// The same state for a server that only this machine reaches: requests that name it by one of the
    /// names of this machine get absolute addresses under that name.
    #[must_use]
    pub fn reached_locally(mut self, port: u16) -> Self {
        let names = self.site.local_names(port).into_iter();
        self.local_sites = names.map(|(name, site)| (name, Arc::new(site))).collect();
        self
    }

    /// The outside view for a request from this machine that names its host.
    pub(super) fn site_named(&self, host: Option<&str>) -> Arc<Site> {
        let known = host.and_then(|host| self.local_sites.iter().find(|(name, _)| name == host));
        Arc::clone(known.map_or(&self.site, |(_, site)| site))
    }
}
