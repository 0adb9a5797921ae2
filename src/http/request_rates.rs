//! How many requests each address has sent lately.
//!
//! In: a request, the address it came from, and the time. Out: whether it is on time, or how long to wait. This machine
//! is not limited: a proxy on it stands for many clients, unless the configuration trusts its word on who they are.
//!
//! # Reference
//! The generic cell rate algorithm: ITU-T I.371, annex A, virtual scheduling.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use foldhash::fast::RandomState;

use super::extract::access::Peer;
use super::extract::client_address::{client_address, limited_address};
use crate::config::ServerLimits;

/// Once so many addresses are remembered, those at rest are forgotten.
const FORGETTING_STARTS_AT: usize = 4096;

/// How many requests each address has sent lately.
#[derive(Debug)]
pub(in crate::http) struct RequestRates {
    /// The time that a request takes of its address; none where there is no limit.
    spacing: Option<Duration>,
    /// How far ahead of the clock an address may be.
    tolerance: Duration,
    trusted_proxies: Vec<IpAddr>,
    arrivals: Mutex<Arrivals>,
}

/// When the next request of each address would be on time.
#[derive(Debug)]
struct Arrivals {
    expected: HashMap<IpAddr, Instant, RandomState>,
    forget_at: usize,
}

impl RequestRates {
    /// No request yet, under the limits of the configuration.
    pub(in crate::http) fn new(limits: &ServerLimits) -> Self {
        let rates = Self::in_time(Duration::from_secs(1), limits.requests_per_second, limits.burst);
        Self { trusted_proxies: limits.trusted_proxies.clone(), ..rates }
    }

    /// No request yet; of each address so many in some time (none for no limit), and so many at once after a rest.
    pub(in crate::http) fn in_time(time: Duration, count: u32, burst: u32) -> Self {
        let spacing = (count > 0).then(|| time / count);
        Self {
            spacing,
            tolerance: spacing.unwrap_or_default() * burst.saturating_sub(1),
            trusted_proxies: Vec::new(),
            arrivals: Mutex::new(Arrivals { expected: HashMap::default(), forget_at: FORGETTING_STARTS_AT }),
        }
    }

    /// The address of the client of a request; none where the server does not know its other end.
    pub(in crate::http) fn client(&self, peer: Option<Peer>, headers: &HeaderMap) -> Option<IpAddr> {
        peer.map(|peer| client_address(peer, headers, &self.trusted_proxies))
    }

    /// How long the address of a request has to wait; nothing where the request is on time.
    pub(in crate::http) fn wait(&self, peer: Option<Peer>, headers: &HeaderMap, now: Instant) -> Option<Duration> {
        self.wait_of(self.client(peer, headers), now)
    }

    /// The same for an address; nothing where it is not known.
    pub(in crate::http) fn wait_of(&self, address: Option<IpAddr>, now: Instant) -> Option<Duration> {
        let spacing = self.spacing?;
        let address = address.filter(|address| !address.is_loopback())?;
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        let expected = arrivals.expected.entry(limited_address(address)).or_insert(now);
        let due = (*expected).max(now);
        let early = due.duration_since(now).saturating_sub(self.tolerance);
        if !early.is_zero() {
            return Some(early);
        }
        *expected = due + spacing;
        arrivals.forget_resting(now);
        None
    }
}

impl Arrivals {
    /// Forgets who has been quiet long enough to be as new, once there are many.
    fn forget_resting(&mut self, now: Instant) {
        if self.expected.len() >= self.forget_at {
            self.expected.retain(|_, expected| *expected > now);
            self.forget_at = (2 * self.expected.len()).max(FORGETTING_STARTS_AT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(requests_per_second: u32, burst: u32) -> RequestRates {
        RequestRates::new(&ServerLimits { requests_per_second, burst, ..ServerLimits::default() })
    }

    fn wait(rates: &RequestRates, peer: &str, now: Instant) -> Option<Duration> {
        rates.wait(Some(Peer(peer.parse().unwrap())), &HeaderMap::new(), now)
    }

    #[test]
    fn a_burst_then_one_for_each_span() {
        let (rates, begun) = (rates(10, 3), Instant::now());
        let now = |millis| begun + Duration::from_millis(millis);
        let taken = [0, 0, 0, 0, 99, 100, 100, 200].map(|millis| wait(&rates, "192.0.2.1:1", now(millis)).is_none());
        assert_eq!(taken, [true, true, true, false, false, true, false, true]);
        assert_eq!(
            wait(&rates, "192.0.2.1:2", now(250)),
            Some(Duration::from_millis(50)),
            "another port, the same address"
        );
        assert_eq!(wait(&rates, "192.0.2.2:1", now(250)), None, "another address");
        assert_eq!(wait(&rates, "192.0.2.1:1", now(10_000)), None, "after a rest");
    }

    #[test]
    fn this_machine_and_a_rate_of_zero_have_no_limit() {
        let (limited, free, now) = (rates(1, 1), rates(0, 1), Instant::now());
        for _ in 0..10 {
            assert_eq!(wait(&limited, "127.0.0.1:1", now), None);
            assert_eq!(wait(&free, "192.0.2.1:1", now), None);
        }
    }

    #[test]
    fn addresses_at_rest_are_forgotten() {
        let (rates, begun) = (rates(1000, 1), Instant::now());
        for number in 0..20_000_u32 {
            let peer = format!("10.{}.{}.1:1", number / 256, number % 256);
            wait(&rates, &peer, begun + Duration::from_millis(number.into()));
        }
        let kept = rates.arrivals.lock().unwrap().expected.len();
        assert!(kept <= FORGETTING_STARTS_AT, "{kept}");
    }
}
