//! What the handlers share: how the server is seen from outside, who may ask, and the service that answers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};

use arc_swap::{ArcSwap, Guard};
use axum::http::HeaderMap;

use super::connection_limits::OpenConnections;
use super::extract::access::{AccessList, foreign_host};
use super::extract::access_log::RefusedTokens;
use super::layers::response_cache::ResponseCache;
use super::observation::metrics::Metrics;
use super::observation::request_log::RequestLog;
use super::request_rates::RequestRates;
use super::site::{KnownHost, Site};
use crate::config::{Logging, ServerLimits};
use crate::service::Service;

/// What the handlers share.
#[derive(Debug)]
pub struct AppState {
    /// The outside view of the server.
    pub(super) site: Arc<Site>,
    local_sites: Vec<(String, Arc<Site>)>,
    access: ArcSwap<AccessList>,
    is_stopping: AtomicBool,
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
    /// Said once: that the outside knows the server by a name that the server does not.
    foreign_host_warning: Once,
}

impl AppState {
    /// The state of a server that is seen so, open to these tokens, which answers with a service.
    pub fn new(site: Site, access: AccessList, service: Service) -> Self {
        Self {
            site: Arc::new(site),
            local_sites: Vec::new(),
            access: ArcSwap::from_pointee(access),
            is_stopping: AtomicBool::new(false),
            refused_tokens: RefusedTokens::default(),
            request_rates: RequestRates::new(&ServerLimits::default()),
            open_connections: Arc::new(OpenConnections::new(&ServerLimits::default())),
            limits: ServerLimits::default(),
            metrics: Metrics::new(),
            request_log: RequestLog::default(),
            response_cache: ResponseCache::new(service.cache_table()),
            service: Arc::new(service),
            foreign_host_warning: Once::new(),
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
        self.choose_request_lines(logging);
        self
    }

    /// Gives requests lines in the log as a configuration wants them, from now on.
    pub fn choose_request_lines(&self, logging: &Logging) {
        self.request_log.choose_one_in(logging.one_request_in);
    }

    /// Lets other tokens in from now on, and those before no more.
    pub fn replace_access(&self, access: AccessList) {
        self.access.store(Arc::new(access));
    }

    /// The tokens that open roles now.
    pub(super) fn access(&self) -> Guard<Arc<AccessList>> {
        self.access.load()
    }

    /// Says from now on that the server is not ready, because it is about to stop.
    pub(super) fn begin_to_stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server is about to stop.
    pub(super) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    /// The same state for a server that only this machine reaches: requests that name it by one of the
    /// names of this machine get absolute addresses under that name.
    #[must_use]
    pub fn reached_locally(mut self, port: u16) -> Self {
        let names = self.site.local_names(port).into_iter();
        self.local_sites = names.map(|(name, site)| (name, Arc::new(site))).collect();
        self
    }

    /// Whether a request names a host that the server knows of; the first one that it does not is logged.
    pub(super) fn note_host(&self, headers: &HeaderMap) -> KnownHost {
        let foreign = foreign_host(headers).filter(|_| !self.site.is_absolute());
        foreign.map_or(KnownHost::Own, |host| {
            self.foreign_host_warning.call_once(|| {
                tracing::warn!(
                    http.host = host,
                    "requests come for a host that the configuration does not name: set public_url, or TileJSON, oEmbed \
                     and the cards of shared views stay without addresses"
                );
            });
            KnownHost::Foreign
        })
    }

    /// The outside view for a request from this machine that names its host.
    pub(super) fn site_named(&self, host: Option<&str>) -> Arc<Site> {
        let known = host.and_then(|host| self.local_sites.iter().find(|(name, _)| name == host));
        Arc::clone(known.map_or(&self.site, |(_, site)| site))
    }
}
