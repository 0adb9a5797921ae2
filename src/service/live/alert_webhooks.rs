//! Sends new alerts to the addresses that the configuration names.
//!
//! In: deliveries that are due. Out: a signed request for each, and in the store whether it was taken or when it is tried
//! again. The signature is HMAC-SHA256 over the moment, a dot and the body, so that whoever listens knows the sender
//! and that it is fresh. An address that leads into a private network is refused, also by its name, unless the
//! configuration allows it; redirects are not followed.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use crate::domain::role::Role;
use crate::service::answers::alerts::AlertAnswer;
use crate::snapshot::Snapshot;
use crate::store::{AlertDelivery, DeliveryOutcome, Store, StoreError};

/// No receiver needs longer for a few hundred bytes.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// Seconds until the next try, after each that failed; after the last an alert is given up.
const PAUSES_S: [i64; 8] = [60, 300, 900, 3_600, 4 * 3_600, 12 * 3_600, 24 * 3_600, 24 * 3_600];

/// An address that gets every new alert.
#[derive(Clone, PartialEq, Eq)]
pub struct AlertTarget {
    /// Where to.
    pub url: String,
    /// What signs it.
    pub secret: String,
    /// Whether it may lie in a private network.
    pub network: TargetNetwork,
}

/// Where a target may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetNetwork {
    /// On the public internet alone.
    Public,
    /// Anywhere.
    Any,
}

/// The secret reaches no log.
impl fmt::Debug for AlertTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AlertTarget").field("url", &self.url).field("network", &self.network).finish_non_exhaustive()
    }
}

/// Sends what is due at a moment, in seconds since 1970 UTC, one delivery after the other.
///
/// # Errors
/// When the store cannot be read or written; a receiver that does not answer is none.
pub async fn send_due(
    store: &Store,
    snapshot: &Arc<Snapshot>,
    targets: &[AlertTarget],
    now_s: i64,
) -> Result<(), StoreError> {
    for delivery in store.due_alert_deliveries(now_s).await? {
        let target = targets.iter().find(|target| target.url == delivery.target).cloned();
        let outcome = match target {
            // The configuration names it no more.
            None => DeliveryOutcome::Ended,
            Some(target) => sent(target, snapshot, &delivery, now_s).await,
        };
        store.note_alert_delivery(&delivery, outcome).await?;
    }
    Ok(())
}

async fn sent(target: AlertTarget, snapshot: &Arc<Snapshot>, delivery: &AlertDelivery, now_s: i64) -> DeliveryOutcome {
    let (number, tries) = (delivery.alert.number, delivery.tries);
    let Ok(body) = serde_json::to_vec(&AlertAnswer::of(snapshot, Role::Planner, &delivery.alert)) else {
        return DeliveryOutcome::Ended;
    };
    let url = target.url.clone();
    let answered = tokio::task::spawn_blocking(move || posted(&target, number, now_s, &body)).await;
    let fault = match answered {
        Ok(Ok(())) => return DeliveryOutcome::Ended,
        Ok(Err(fault)) => fault,
        Err(panic) => panic.to_string(),
    };
    let pause_s = PAUSES_S.get(tries as usize);
    tracing::warn!(
        alert.number = number,
        target = url,
        tries = tries + 1,
        given_up = pause_s.is_none(),
        cause = fault,
        "an alert was not taken by its receiver"
    );
    pause_s.map_or(DeliveryOutcome::Ended, |pause_s| DeliveryOutcome::AgainAt(now_s + pause_s))
}

/// Posts one alert. Blocks.
fn posted(target: &AlertTarget, number: u64, now_s: i64, body: &[u8]) -> Result<(), String> {
    let signature = signature(&target.secret, now_s, body).ok_or("the secret cannot be used")?;
    let config = Agent::config_builder().timeout_global(Some(TIME_LIMIT)).max_redirects(0).proxy(None).build();
    let resolver = GuardedResolver { inner: DefaultResolver::default(), network: target.network };
    let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
    let request = agent
        .post(&target.url)
        .header("Content-Type", "application/json")
        .header("Binhyen-Alert", number.to_string())
        .header("Binhyen-Timestamp", now_s.to_string())
        .header("Binhyen-Signature", format!("sha256={signature}"));
    let response = request.send(body).map_err(|fault| fault.to_string())?;
    let status = response.status();
    if status.is_success() { Ok(()) } else { Err(format!("it answers {status}")) }
}

/// HMAC-SHA256 of the moment, a dot and the body, in hexadecimal digits.
fn signature(secret: &str, now_s: i64, body: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(now_s.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(hex::encode(mac.finalize().into_bytes()))
}

/// Names lead nowhere but where the configuration allows. The check is of the addresses that are then connected to, so
/// that a name cannot mean another address a moment later.
#[derive(Debug)]
struct GuardedResolver {
    inner: DefaultResolver,
    network: TargetNetwork,
}

impl Resolver for GuardedResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let is_allowed = |address: &SocketAddr| self.network == TargetNetwork::Any || is_public(address.ip());
        if found.iter().all(is_allowed) { Ok(found) } else { Err(ureq::Error::HostNotFound) }
    }
}

/// Whether an address is one of the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            let is_shared = a == 100 && (64..128).contains(&b);
            let is_reserved = a == 0 || a >= 240 || (a == 198 && (18..20).contains(&b)) || (a == 192 && b == 0);
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_multicast()
                || is_shared
                || is_reserved)
        }
        IpAddr::V6(v6) => {
            let [first, second, ..] = v6.segments();
            // 2000::/3 is all that is given out; 2001:db8::/32 and 2002::/16 are documentation and tunnels.
            let is_given_out =
                (0x2000..0x4000).contains(&first) && first != 0x2002 && (first, second) != (0x2001, 0x0db8);
            v6.to_ipv4().map_or(is_given_out, |v4| is_public(IpAddr::V4(v4)))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::TcpListener;

    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn target(port: u16, network: TargetNetwork) -> AlertTarget {
        AlertTarget { url: format!("http://127.0.0.1:{port}/alerts"), secret: SECRET.to_owned(), network }
    }

    #[test]
    fn signature_is_that_of_rfc_2104_over_moment_and_body() {
        // `printf '1700000000.{}' | openssl dgst -sha256 -hmac key`.
        let expected = "9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae";
        assert_eq!(signature("key", 1_700_000_000, b"{}").unwrap(), expected);
        assert_ne!(signature("key", 1_700_000_001, b"{}").unwrap(), expected);
    }

    #[test]
    fn private_addresses_are_known() {
        for address in [
            "10.1.2.3",
            "127.0.0.1",
            "192.168.1.1",
            "169.254.1.1",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "fd00::1",
            "fe80::1",
            "::ffff:10.0.0.1",
            "2001:db8::1",
            "224.0.0.1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in ["203.113.131.1", "8.8.8.8", "2402:800::1"] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn a_private_receiver_is_reached_where_it_is_allowed_and_gets_a_signed_body() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(posted(&target(port, TargetNetwork::Public), 7, 1_700_000_000, b"{}").is_err());
        let heard = std::thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                reader.read_line(&mut head).unwrap();
            }
            let mut body = [0; 2];
            reader.read_exact(&mut body).unwrap();
            (&stream).write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").unwrap();
            (head.to_ascii_lowercase(), body)
        });
        posted(&target(port, TargetNetwork::Any), 7, 1_700_000_000, b"{}").unwrap();
        let (head, body) = heard.join().unwrap();
        let expected = signature(SECRET, 1_700_000_000, b"{}").unwrap();
        assert!(head.starts_with("post /alerts http/1.1") && head.contains("binhyen-alert: 7"), "{head}");
        assert!(head.contains(&format!("binhyen-signature: sha256={expected}")), "{head}");
        assert_eq!(&body, b"{}");
    }
}
