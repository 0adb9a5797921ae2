//! How many connections each address has open.
//!
//! In: the address of a connection as it opens. Out: its place, which is free again when it is dropped, or none where the
//! address has all it may. This machine and trusted proxies, which stand for many clients, have as many as there are.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;

use super::extract::client_address::limited_address;
use super::observation::metrics::ConnectionCounts;
use crate::config::ServerLimits;

/// The open connections of each address.
#[derive(Debug)]
pub(super) struct OpenConnections {
    /// None where there is no limit.
    most: Option<usize>,
    trusted_proxies: Vec<IpAddr>,
    counts: Mutex<HashMap<IpAddr, usize, RandomState>>,
    open: AtomicU64,
    refused: AtomicU64,
}

/// The place of an open connection.
#[derive(Debug)]
pub(super) struct OpenConnection {
    open: Arc<OpenConnections>,
    /// The address that it counts for; none where that has no limit.
    address: Option<IpAddr>,
}

impl OpenConnections {
    /// None open yet, under the limits of the configuration.
    pub(super) fn new(limits: &ServerLimits) -> Self {
        let most = Some(limits.connections_per_address).filter(|most| *most > 0);
        Self {
            most,
            trusted_proxies: limits.trusted_proxies.clone(),
            counts: Mutex::default(),
            open: 0.into(),
            refused: 0.into(),
        }
    }

    /// A place for one more connection of an address; none where it has all it may.
    pub(super) fn opened(self: &Arc<Self>, peer: IpAddr) -> Option<OpenConnection> {
        let peer = peer.to_canonical();
        let Some(most) = self.most.filter(|_| !peer.is_loopback() && !self.trusted_proxies.contains(&peer)) else {
            return Some(self.place(None));
        };
        let address = limited_address(peer);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_insert(0);
        if *count >= most {
            self.refused.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        *count += 1;
        Some(self.place(Some(address)))
    }

    fn place(self: &Arc<Self>, address: Option<IpAddr>) -> OpenConnection {
        self.open.fetch_add(1, Ordering::Relaxed);
        OpenConnection { open: Arc::clone(self), address }
    }

    /// How many connections are open, and how many were turned away.
    pub(super) fn totals(&self) -> ConnectionCounts {
        let (open, refused) = (self.open.load(Ordering::Relaxed), self.refused.load(Ordering::Relaxed));
        ConnectionCounts { open, refused }
    }

    fn closed(&self, address: IpAddr) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&address);
            }
        }
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.open.open.fetch_sub(1, Ordering::Relaxed);
        if let Some(address) = self.address {
            self.open.closed(address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(connections_per_address: usize) -> Arc<OpenConnections> {
        let trusted_proxies = vec!["10.0.0.5".parse().unwrap()];
        Arc::new(OpenConnections::new(&ServerLimits {
            connections_per_address,
            trusted_proxies,
            ..ServerLimits::default()
        }))
    }

    #[test]
    fn an_address_has_its_share_and_a_closed_connection_gives_its_place_back() {
        let open = open(2);
        let of = |text: &str| open.opened(text.parse().unwrap());
        let places = [of("192.0.2.1"), of("::ffff:192.0.2.1")];
        assert!(places.iter().all(Option::is_some) && of("192.0.2.1").is_none());
        assert!(of("192.0.2.2").is_some(), "another address");
        assert_eq!((open.totals().open, open.totals().refused), (2, 1));
        drop(places);
        assert!(of("192.0.2.1").is_some());
        assert!(open.counts.lock().unwrap().is_empty(), "nothing is kept of who has left");
    }

    #[test]
    fn this_machine_trusted_proxies_and_a_share_of_zero_have_no_limit() {
        let (limited, free) = (open(1), open(0));
        for text in ["127.0.0.1", "::1", "10.0.0.5"] {
            let places: Vec<_> = (0..5).map(|_| limited.opened(text.parse().unwrap())).collect();
            assert!(places.iter().all(Option::is_some), "{text}");
        }
        let places: Vec<_> = (0..5).map(|_| free.opened("192.0.2.1".parse().unwrap())).collect();
        assert!(places.iter().all(Option::is_some));
    }
}
