//! What the handlers share: how the server is seen from outside, who may ask, and the service that answers.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once, OnceLock};
use std::time::Instant;

use arc_swap::{ArcSwap, Guard};
use axum::http::HeaderMap;
use jiff::Timestamp;

use super::connection_limits::OpenConnections;
use super::extract::access::AccessList;
use super::extract::access_log::RefusedTokens;
use super::extract::account::{AccountedDeed, entry_of};
use super::extract::surroundings::foreign_host;
use super::extract::tile_signature::SigningKey;
use super::identity::provider::IdentityProvider;
use super::layers::response_cache::ResponseCache;
use super::observation::metrics::{ConnectionCounts, Metrics};
use super::observation::process::resident_bytes;
use super::observation::request_log::RequestLog;
use super::report_rates::ReportRates;
use super::request_rates::RequestRates;
use super::site::{KnownHost, Site};
use crate::config::{HookKind, HookSettings, Logging, ReportSettings, Secret, ServerLimits};
use crate::domain::audit::AuditAction;
use crate::service::Service;
use crate::service::answers::about::desk::{ConnectionsAnswer, ProcessState};
use crate::service::intake::{Hook, HookRules, IntakeRules, SecretBytes};

/// What the handlers share.
#[derive(Debug)]
pub struct AppState {
    /// The outside view of the server.
    pub(super) site: Arc<Site>,
    local_sites: Vec<(String, Arc<Site>)>,
    access: ArcSwap<AccessList>,
    is_stopping: AtomicBool,
    started: (Timestamp, Instant),
    /// The tokens that opened nothing.
    pub(super) refused_tokens: RefusedTokens,
    /// The requests that were refused for want of a role, as the audit log counts them.
    pub(super) refusals: RefusedTokens,
    /// The provider of sign-ins; none where only tokens of the configuration open roles.
    pub(super) identity: Option<Arc<IdentityProvider>>,
    signing_key: OnceLock<SigningKey>,
    /// For how many hours signed addresses of tiles are good at most.
    pub(super) template_hours: u32,
    /// How many requests each address has sent lately.
    pub(super) request_rates: RequestRates,
    /// How many reports have come in lately.
    pub(super) report_rates: ReportRates,
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
            started: (Timestamp::now(), Instant::now()),
            refused_tokens: RefusedTokens::default(),
            refusals: RefusedTokens::default(),
            identity: None,
            signing_key: OnceLock::new(),
            template_hours: 0,
            request_rates: RequestRates::new(&ServerLimits::default()),
            report_rates: ReportRates::new(&ReportSettings::default()),
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

    /// The same state, which takes word from people in as the configuration wants it, once a store is followed.
    #[must_use]
    pub fn receiving(self, settings: &ReportSettings) -> Self {
        self.service.set_intake_rules(intake_rules(settings));
        Self { report_rates: ReportRates::new(settings), ..self }
    }

    /// The same state, which believes a provider of sign-ins.
    #[must_use]
    pub fn believing(self, identity: Option<Arc<IdentityProvider>>) -> Self {
        Self { identity, ..self }
    }

    /// The same state, whose signed addresses of tiles are good for so many hours at most; for 0 it signs none.
    #[must_use]
    pub fn signing_for(self, template_hours: u32) -> Self {
        Self { template_hours, ..self }
    }

    /// Signs addresses of tiles with a key from now on. The first one stays.
    pub fn sign_with(&self, key: SigningKey) {
        self.signing_key.get_or_init(|| key);
    }

    /// The key that addresses of tiles are signed with; none where none are, or not yet.
    pub(super) fn signing_key(&self) -> Option<&SigningKey> {
        self.signing_key.get().filter(|_| self.template_hours > 0)
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

    /// Lets other tokens in from now on, and those before no more. What stays in is counted on.
    pub fn replace_access(&self, access: AccessList) {
        self.account_tokens(&access, &self.access(), "reload");
        self.access.store(Arc::new(access.counting_on(&self.access())));
    }

    /// Writes the tokens of now into the audit log: what a start changes of them is told by the line of the start before.
    pub fn account_start(&self) {
        self.account_tokens(&self.access(), &AccessList::default(), "start");
    }

    fn account_tokens(&self, access: &AccessList, before: &AccessList, occasion: &str) {
        if let Some(changes) = access.changes_since(before) {
            let question = format!("{occasion}: {changes}").into();
            let deed = AccountedDeed { action: AuditAction::Tokens, question, rows: None, request_id: "" };
            self.service.accounting().note_beside(entry_of(None, deed));
        }
    }

    /// The tokens that open roles now.
    pub(super) fn access(&self) -> Guard<Arc<AccessList>> {
        self.access.load()
    }

    /// When the server was started, in seconds since 1970 UTC.
    pub(super) fn started_s(&self) -> i64 {
        self.started.0.as_second()
    }

    /// How the process does.
    pub(super) fn process(&self) -> ProcessState {
        let ConnectionCounts { open, refused } = self.open_connections.totals();
        ProcessState {
            started_s: self.started_s(),
            uptime_s: self.started.1.elapsed().as_secs(),
            resident_bytes: resident_bytes(),
            connections: ConnectionsAnswer { open, refused },
        }
    }

    /// Says from now on that the server is not ready, because it is about to stop.
    pub(super) fn begin_to_stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
        // Streams would otherwise hold the server up until they are cut off.
        self.service.epochs().end();
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

fn intake_rules(settings: &ReportSettings) -> IntakeRules {
    let ReportSettings { is_open, text_days, text_chars, proof_bits, secret, hooks, .. } = settings;
    IntakeRules {
        is_open: *is_open,
        text_days: *text_days,
        text_chars: *text_chars,
        proof_bits: *proof_bits,
        secret: secret.as_ref().map(secret_bytes),
        hooks: hooks.iter().map(hook).collect(),
    }
}

fn hook(settings: &HookSettings) -> Hook {
    let HookSettings { channel, kind, secret, app_id, verify_token } = settings;
    let secret = secret_bytes(secret);
    let rules = match kind {
        HookKind::Signed => HookRules::Signed { secret },
        HookKind::Zalo => HookRules::Zalo { app_id: app_id.clone(), secret },
        HookKind::Facebook => {
            // The configuration asks for one; without it nothing is verified.
            let verify_token = verify_token.as_ref().map_or_else(|| secret.clone(), secret_bytes);
            HookRules::Facebook { secret, verify_token }
        }
    };
    Hook { channel: channel.clone(), rules }
}

fn secret_bytes(secret: &Secret) -> SecretBytes {
    SecretBytes(secret.bytes().to_vec())
}
