//! The address that a request came from, as limits and logs name it.
//!
//! In: the other end of the connection, the headers, the proxies that are trusted. Out: the address of the client, of
//! which a proxy that is not trusted can say nothing. Addresses of one IPv6 network are one client to limits.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::HeaderMap;

use super::access::Peer;

/// The header in which proxies list the addresses that a request came through, each adding the one it saw.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of the client: the last one that no trusted proxy has, or the other end of the connection.
pub(in crate::http) fn client_address(peer: Peer, headers: &HeaderMap, trusted_proxies: &[IpAddr]) -> IpAddr {
    let mut client = peer.0.ip().to_canonical();
    if !trusted_proxies.contains(&client) {
        return client;
    }
    let lists: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok()).collect();
    for text in lists.iter().rev().flat_map(|list| list.rsplit(',')) {
        // Whatever stands before what cannot be read was not added by a proxy that is trusted.
        let Ok(address) = text.trim().parse::<IpAddr>() else { break };
        client = address.to_canonical();
        if !trusted_proxies.contains(&client) {
            break;
        }
    }
    client
}

/// What a limit counts as one address: an IPv4 address, or the /64 network that one IPv6 client has to itself.
pub(in crate::http) fn limited_address(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(peer: &str, lists: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(list));
        }
        let trusted = ["10.0.0.5".parse().unwrap(), "10.0.0.6".parse().unwrap()];
        client_address(Peer(peer.parse().unwrap()), &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_names_the_client() {
        assert_eq!(client("192.0.2.1:5000", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(client("10.0.0.5:5000", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(client("10.0.0.5:5000", &[]), "10.0.0.5");
    }

    #[test]
    fn what_the_client_wrote_before_the_proxies_is_not_believed() {
        assert_eq!(client("10.0.0.5:5000", &["203.0.113.9, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(client("10.0.0.5:5000", &["203.0.113.9", "198.51.100.7, 10.0.0.6"]), "198.51.100.7");
        assert_eq!(client("10.0.0.5:5000", &["203.0.113.9, unknown"]), "10.0.0.5");
    }

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        let limited = |text: &str| limited_address(text.parse().unwrap()).to_string();
        assert_eq!(limited("2001:db8:1:2:aaaa::1"), limited("2001:db8:1:2::ffff"));
        assert_ne!(limited("2001:db8:1:3::1"), limited("2001:db8:1:2::1"));
        assert_eq!(limited("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
