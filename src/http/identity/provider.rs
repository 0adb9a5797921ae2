//! The provider as the server knows it now: its keys, its addresses, and the tokens that were believed lately.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use foldhash::fast::RandomState;
use moka::sync::Cache;
use sha2::{Digest as _, Sha256};

use super::claims::{Claims, Principal};
use super::fetching::{Description, client, described};
use super::key_set::KeySet;
use super::web_token::{TokenFault, WebToken};
use crate::config::OidcSettings;
use crate::http::error::ApiError;
use crate::http::extract::access::{HolderNames, TokenHolder};
use crate::http::extract::token_activity::TokenActivity;

/// Tokens that are remembered: checking a signature costs more than a tile.
const REMEMBERED_TOKENS: u64 = 10_000;
/// How long a token is believed without being checked again.
const REMEMBERED_FOR: Duration = Duration::from_mins(5);
/// How often the provider is asked anew while it answers.
const BETWEEN_LOOKS: Duration = Duration::from_mins(15);
/// How long it is left alone after it did not, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// Digits of a name that this provider's people have in signatures.
const NAME_DIGITS: usize = 16;

/// What is known of the provider.
#[derive(Debug)]
struct KnownProvider {
    description: Description,
    keys: KeySet,
    /// The tokens that these keys have signed, by their hash. Other keys begin with none.
    believed: Cache<[u8; 32], Arc<Principal>, RandomState>,
}

/// Where somebody signs in, for the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::http) struct SignInAddresses {
    pub(in crate::http) authorization: String,
    pub(in crate::http) token: String,
}

/// The provider of sign-ins.
#[derive(Debug)]
pub struct IdentityProvider {
    settings: OidcSettings,
    client: ureq::Agent,
    known: ArcSwapOption<KnownProvider>,
    /// When it was asked last, and whether that is going on; who asks holds the lock.
    asked: tokio::sync::Mutex<Option<Instant>>,
    /// What went wrong last; none where nothing did.
    fault: Mutex<Option<String>>,
    /// The use of it by each of its people.
    activities: Cache<String, Arc<TokenActivity>, RandomState>,
}

impl IdentityProvider {
    /// A provider of which nothing is known yet.
    pub fn new(settings: OidcSettings) -> Self {
        Self {
            settings,
            client: client(),
            known: ArcSwapOption::empty(),
            asked: tokio::sync::Mutex::new(None),
            fault: Mutex::default(),
            activities: Cache::builder().max_capacity(REMEMBERED_TOKENS).build_with_hasher(RandomState::default()),
        }
    }

    /// Asks the provider now and then, as long as the server runs. Ends never.
    pub async fn keep_up(self: Arc<Self>) {
        let mut pause = FIRST_PAUSE;
        loop {
            if self.look().await {
                pause = FIRST_PAUSE;
                tokio::time::sleep(BETWEEN_LOOKS).await;
            } else {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }

    /// The settings.
    pub(in crate::http) fn settings(&self) -> &OidcSettings {
        &self.settings
    }

    /// Where somebody signs in; none while nothing is known of the provider.
    pub(in crate::http) fn addresses(&self) -> Option<SignInAddresses> {
        let known = self.known.load();
        let Description { authorization_endpoint, token_endpoint, .. } = &known.as_ref()?.description;
        Some(SignInAddresses { authorization: authorization_endpoint.clone(), token: token_endpoint.clone() })
    }

    /// What went wrong when it was asked last; none where nothing did.
    pub(in crate::http) fn fault(&self) -> Option<String> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a name has the form of those that people of a provider have.
    pub(in crate::http) fn names(token_id: &str) -> bool {
        token_id.len() == NAME_DIGITS && token_id.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    /// Whether a token may be one of the provider's, with a key that is not known: then it is worth asking for it.
    pub(in crate::http) fn lacks_key_of(&self, token: &str) -> bool {
        if !WebToken::is_one(token) {
            return false;
        }
        let Ok(read) = WebToken::read(token) else { return false };
        self.known.load().as_ref().is_none_or(|known| known.keys.key_of(&read) == Err(TokenFault::UnknownKey))
    }

    /// Asks for the keys once more, unless that was done lately. Who comes meanwhile waits for the same answer.
    pub(in crate::http) async fn refreshed(&self) {
        let mut asked = self.asked.lock().await;
        if asked.is_none_or(|last| last.elapsed() >= self.settings.refetch) {
            self.look_noted(&mut asked).await;
        }
    }

    /// Whose a token is.
    ///
    /// # Errors
    /// When it is not one of the provider's, not good here or now, or the provider could not be asked yet.
    pub(in crate::http) fn holder(&self, token: &str, now_s: i64) -> Result<TokenHolder, ApiError> {
        if !WebToken::is_one(token) {
            return Err(ApiError::InvalidToken);
        }
        let known = self.known.load();
        let Some(known) = known.as_ref() else { return Err(ApiError::ProviderAway) };
        let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let principal = if let Some(principal) = known.believed.get(&hash) {
            principal
        } else {
            let principal = Arc::new(self.principal(known, token, now_s).map_err(refusal)?);
            known.believed.insert(hash, Arc::clone(&principal));
            principal
        };
        if now_s >= principal.good_until_s {
            return Err(ApiError::TokenExpired);
        }
        let activity = self.activities.get_with(principal.subject_hash.clone(), Arc::default);
        let names =
            HolderNames { label: principal.label.as_str().into(), token_id: principal.subject_hash.as_str().into() };
        Ok(TokenHolder::new(principal.role, names, Some(activity)))
    }

    fn principal(&self, known: &KnownProvider, token: &str, now_s: i64) -> Result<Principal, TokenFault> {
        let read = WebToken::read(token)?;
        let claims: Claims = read.claims(known.keys.key_of(&read)?)?;
        claims.principal(&self.settings, now_s)
    }

    /// Asks the provider; gives whether it answered. What was known stays where it did not.
    async fn look(&self) -> bool {
        let mut asked = self.asked.lock().await;
        self.look_noted(&mut asked).await
    }

    async fn look_noted(&self, asked: &mut Option<Instant>) -> bool {
        let (client, settings) = (self.client.clone(), self.settings.clone());
        let found = tokio::task::spawn_blocking(move || described(&client, &settings).map_err(|e| e.to_string())).await;
        *asked = Some(Instant::now());
        match found.unwrap_or_else(|fault| Err(fault.to_string())) {
            Ok((description, keys)) => {
                self.know(description, keys);
                self.note(None);
                true
            }
            Err(fault) => {
                self.note(Some(fault));
                false
            }
        }
    }

    fn know(&self, description: Description, keys: KeySet) {
        let known = self.known.load();
        if known.as_ref().is_some_and(|known| known.keys == keys && known.description == description) {
            return;
        }
        tracing::info!(issuer = self.settings.issuer, keys = keys.len(), "the provider of sign-ins is known");
        let believed = Cache::builder().max_capacity(REMEMBERED_TOKENS).time_to_live(REMEMBERED_FOR);
        let believed = believed.build_with_hasher(RandomState::default());
        self.known.store(Some(Arc::new(KnownProvider { description, keys, believed })));
    }

    /// Takes note of what went wrong. A change is a line in the log.
    fn note(&self, fault: Option<String>) {
        let mut kept = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        match (&fault, kept.is_some()) {
            (Some(cause), false) => tracing::warn!(
                issuer = self.settings.issuer, cause = %cause,
                "the provider of sign-ins cannot be asked; tokens of the configuration go on working"
            ),
            (None, true) => tracing::info!(issuer = self.settings.issuer, "the provider of sign-ins answers again"),
            _ => {}
        }
        *kept = fault;
    }
}

/// What is said of a token that is not believed. The reason goes to the log: whoever forges learns nothing by it.
fn refusal(fault: TokenFault) -> ApiError {
    tracing::debug!(target: "binhyen::access", reason = %fault, "a token of the provider of sign-ins was not believed");
    match fault {
        TokenFault::Expired => ApiError::TokenExpired,
        TokenFault::NotYetValid => ApiError::TokenNotYetValid,
        TokenFault::NoRole => ApiError::NoRole,
        TokenFault::Malformed
        | TokenFault::Algorithm
        | TokenFault::UnknownKey
        | TokenFault::Signature
        | TokenFault::Issuer
        | TokenFault::Audience => ApiError::InvalidToken,
    }
}
