//! Tokens of a provider of sign-ins, which really signs and is really asked over HTTP: which are believed, and what
//! becomes of them when it changes its keys or is away.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use binhyen::config::{OidcSettings, PageToken};
use binhyen::http::identity::provider::IdentityProvider;
use hmac::{Hmac, KeyInit as _, Mac as _};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

use crate::support::snapshot::{PLANNER, TestServer};

/// A key of the provider, by its name.
struct SigningPair {
    id: &'static str,
    pair: EcdsaKeyPair,
}

impl SigningPair {
    fn new(id: &'static str) -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap();
        Self { id, pair }
    }

    fn public(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        json!({ "kty": "EC", "crv": "P-256", "kid": self.id, "use": "sig", "alg": "ES256",
                "x": part(&point[1..33]), "y": part(&point[33..]) })
    }

    fn token(&self, header: &Value, claims: &Value) -> String {
        let signed = unsigned(header, claims);
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// A token as the provider makes it.
    fn made(&self, claims: &Value) -> String {
        self.token(&json!({ "alg": "ES256", "kid": self.id, "typ": "at+jwt" }), claims)
    }
}

fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

/// A provider on a port of this machine, whose key set can be changed; none where it is away.
struct Provider {
    issuer: String,
    keys: Arc<Mutex<Option<Value>>>,
    asked: Arc<Mutex<u32>>,
}

impl Provider {
    fn new(keys: Option<Value>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let provider = Self { issuer, keys: Arc::new(Mutex::new(keys)), asked: Arc::default() };
        let (issuer, keys, asked) = (provider.issuer.clone(), Arc::clone(&provider.keys), Arc::clone(&provider.asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                let first = lines.next().unwrap_or_default();
                lines.take_while(|line| !line.is_empty()).for_each(drop);
                let description = json!({ "issuer": issuer, "authorization_endpoint": format!("{issuer}/auth"),
                                          "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys") });
                let keys = keys.lock().unwrap().clone();
                let answer = match (first.contains("/keys"), keys) {
                    (_, None) => ("503 Service Unavailable", Value::Null),
                    (true, Some(keys)) => {
                        *asked.lock().unwrap() += 1;
                        ("200 OK", keys)
                    }
                    (false, Some(_)) => ("200 OK", description),
                };
                let (status, body) = (answer.0, answer.1.to_string());
                let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
                let _ = stream.write_all(format!("{head}{body}").as_bytes());
            }
        });
        provider
    }

    fn settings(&self) -> OidcSettings {
        OidcSettings {
            issuer: self.issuer.clone(),
            client_id: "page".into(),
            audiences: vec!["binhyen".into()],
            role_claim: vec!["roles".into()],
            roles: [("quy-hoach".to_owned(), "planner".to_owned()), ("chi-huy".to_owned(), "commander".to_owned())]
                .into(),
            label: "Công an tỉnh".into(),
            label_claim: None,
            scopes: vec!["openid".into()],
            page_token: PageToken::AccessToken,
            origins: vec![self.issuer.clone()],
            leeway: Duration::from_secs(5),
            refetch: Duration::from_secs(1),
        }
    }

    /// A server that believes it.
    fn server(&self) -> TestServer {
        let provider = Arc::new(IdentityProvider::new(self.settings()));
        TestServer::changed(|state| state.believing(Some(provider)))
    }

    fn claims(&self) -> Value {
        let now = jiff::Timestamp::now().as_second();
        json!({ "iss": self.issuer, "sub": "nguoi-1", "aud": "binhyen", "exp": now + 300, "nbf": now - 1,
                "roles": ["quy-hoach"] })
    }
}

fn set(keys: &[&SigningPair]) -> Value {
    json!({ "keys": keys.iter().map(|key| key.public()).collect::<Vec<_>>() })
}

async fn kind(server: &TestServer, token: &str) -> String {
    let answer = server.with_token(token, "/version").await;
    if answer.status == 200 {
        return answer.json()["role"].as_str().unwrap().to_owned();
    }
    let kind = answer.json()["type"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    format!("{} {kind}", answer.status.as_u16())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_the_provider_made_for_us_opens_its_role_and_no_other_token_does() {
    let (key, stranger) = (SigningPair::new("a"), SigningPair::new("a"));
    let provider = Provider::new(Some(set(&[&key])));
    let (server, claims) = (provider.server(), provider.claims());
    let with = |name: &str, value: Value| {
        let mut changed = claims.clone();
        changed[name] = value;
        changed
    };
    let now = jiff::Timestamp::now().as_second();
    assert_eq!(kind(&server, &key.made(&claims)).await, "planner");
    assert_eq!(kind(&server, &key.made(&with("roles", json!(["quy-hoach", "chi-huy"])))).await, "commander");
    let hmac_with_public_key = {
        let signed = unsigned(&json!({ "alg": "HS256", "kid": "a" }), &claims);
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.pair.public_key().as_ref()).unwrap();
        mac.update(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    };
    let none = format!("{}.", unsigned(&json!({ "alg": "none" }), &claims));
    let own = key.made(&claims);
    let (head, signature) = own.rsplit_once('.').unwrap();
    let widened = format!(
        "{}.{signature}",
        unsigned(&json!({ "alg": "ES256", "kid": "a", "typ": "at+jwt" }), &with("roles", json!(["chi-huy"])))
    );
    for (what, token, expected) in [
        ("expired", key.made(&with("exp", json!(now - 10))), "401 token-expired"),
        ("later", key.made(&with("nbf", json!(now + 60))), "401 token-not-yet-valid"),
        ("audience", key.made(&with("aud", json!("another"))), "401 invalid-token"),
        ("issuer", key.made(&with("iss", json!("https://id.example"))), "401 invalid-token"),
        ("no role", key.made(&with("roles", json!(["khac"]))), "403 no-role"),
        ("unknown key", key.token(&json!({ "alg": "ES256", "kid": "zz" }), &claims), "401 invalid-token"),
        ("none", none, "401 invalid-token"),
        ("HMAC with the public key", hmac_with_public_key, "401 invalid-token"),
        ("another's signature", stranger.made(&claims), "401 invalid-token"),
        ("other claims under the signature", widened, "401 invalid-token"),
        ("no signature", format!("{head}."), "401 invalid-token"),
        ("RS256 by name", key.token(&json!({ "alg": "RS256", "kid": "a" }), &claims), "401 invalid-token"),
        (
            "critical",
            key.token(&json!({ "alg": "ES256", "kid": "a", "crit": ["x"], "x": 1 }), &claims),
            "401 invalid-token",
        ),
    ] {
        assert_eq!(kind(&server, &token).await, expected, "{what}");
    }
    assert_eq!(kind(&server, PLANNER).await, "planner", "tokens of the configuration go on working");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_token_of_a_new_key_is_believed_and_those_of_an_old_one_no_more() {
    let (old, new) = (SigningPair::new("old"), SigningPair::new("new"));
    let provider = Provider::new(Some(set(&[&old])));
    let (server, claims) = (provider.server(), provider.claims());
    assert_eq!(kind(&server, &old.made(&claims)).await, "planner");
    *provider.keys.lock().unwrap() = Some(set(&[&new]));
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(kind(&server, &new.made(&claims)).await, "planner");
    assert_eq!(kind(&server, &old.made(&claims)).await, "401 invalid-token", "its key was taken back");
    // Whoever invents names of keys has the provider asked no more often than the settings say.
    let before = *provider.asked.lock().unwrap();
    for _ in 0..50 {
        kind(&server, &new.token(&json!({ "alg": "ES256", "kid": "invented" }), &claims)).await;
    }
    let asked = *provider.asked.lock().unwrap() - before;
    assert!(asked <= 3, "asked {asked} times");
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_provider_is_away_only_its_own_tokens_wait() {
    let key = SigningPair::new("a");
    let provider = Provider::new(None);
    let (server, claims) = (provider.server(), provider.claims());
    assert_eq!(kind(&server, &key.made(&claims)).await, "503 provider-away");
    assert_eq!(kind(&server, PLANNER).await, "planner");
    assert_eq!(server.public("/version").await.status, 200);
    let said = server.public("/sign-in").await.json();
    assert_eq!((&said["provider"]["available"], &said["provider"]["label"]), (&json!(false), &json!("Công an tỉnh")));
    *provider.keys.lock().unwrap() = Some(set(&[&key]));
    tokio::time::sleep(Duration::from_millis(1100)).await;
    assert_eq!(kind(&server, &key.made(&claims)).await, "planner");
    let said = server.public("/sign-in").await.json();
    assert_eq!(said["provider"]["available"], json!(true));
    assert_eq!(said["provider"]["authorization_endpoint"], json!(format!("{}/auth", provider.issuer)));
    let text = said.to_string();
    assert!(!text.contains("nguoi-1") && !text.contains("roles"), "{text}");
    // What is known stays in use when it goes away again.
    *provider.keys.lock().unwrap() = None;
    assert_eq!(kind(&server, &key.made(&claims)).await, "planner");
}

#[tokio::test]
async fn without_a_provider_a_web_token_is_a_token_like_any_other() {
    let server = TestServer::new();
    let key = SigningPair::new("a");
    assert_eq!(kind(&server, &key.made(&json!({}))).await, "401 invalid-token");
    assert_eq!(server.public("/sign-in").await.json(), json!({ "provider": null }));
    let page = server.public("/signed-in?code=secret&state=x").await;
    assert!([200, 404].contains(&page.status.as_u16()), "the page, where it was built in");
}
