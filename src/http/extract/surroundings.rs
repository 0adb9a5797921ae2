//! Whether a request comes from this machine, to this machine, by no way round.
//!
//! In: the other end of the connection, the address and the headers. Out: yes or no, and the host that a request names
//! where that is a foreign one. Any doubt is a no.

use std::net::IpAddr;

use axum::http::header::HOST;
use axum::http::{HeaderMap, Uri};

use super::access::Peer;

/// The surroundings of a request: a peer on this machine that addresses this machine, by one name, and did not come
/// through a proxy. A proxy on this machine may say no more of itself than a foreign host, a second one, or a target
/// that names a host itself (RFC 9112, 3.2.2).
pub(in crate::http) fn is_local(peer: Option<Peer>, uri: &Uri, headers: &HeaderMap) -> bool {
    let direct = uri.authority().is_none() && !headers.keys().any(|name| is_of_proxy(name.as_str()));
    let mut hosts = headers.get_all(HOST).iter();
    let asks_for_here = hosts.next().is_none_or(|host| host.to_str().is_ok_and(is_this_machine));
    let names_one_host = hosts.next().is_none();
    let here = peer.is_some_and(|Peer(address)| address.ip().to_canonical().is_loopback());
    direct && asks_for_here && names_one_host && here
}

/// Whether a header is of those that proxies, load balancers and content networks add. Of the names that begin with
/// `x-` only three are known to come from clients, one of them from the client that tests every operation; no browser
/// needs any other here.
fn is_of_proxy(name: &str) -> bool {
    const OF_CLIENTS: [&str; 3] = ["x-request-id", "x-requested-with", "x-schemathesis-testcaseid"];
    const WHOLE: [&str; 6] = ["via", "cdn-loop", "max-forwards", "client-ip", "remote-addr", "surrogate-capability"];
    const BEGINNINGS: [&str; 10] = [
        "x-",
        "cf-",
        "fastly-",
        "akamai-",
        "cloudfront-",
        "true-client-",
        "proxy-",
        "wl-proxy-",
        "ssl-client",
        "incap-",
    ];
    if OF_CLIENTS.contains(&name) {
        return false;
    }
    WHOLE.contains(&name) || name.contains("forwarded") || BEGINNINGS.iter().any(|start| name.starts_with(start))
}

/// Whether a host, with its port or without, is a name that every machine has for itself.
fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).map_or(host, |(name, _)| name);
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.to_canonical().is_loopback())
}

/// The host that a request names, where it is no name of this machine for itself.
pub(in crate::http) fn foreign_host(headers: &HeaderMap) -> Option<&str> {
    headers.get_all(HOST).iter().filter_map(|host| host.to_str().ok()).find(|host| !is_this_machine(host))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn a_request_through_a_proxy_is_not_local() {
        let peer = Some(Peer("127.0.0.1:5000".parse().unwrap()));
        let is_local = |peer, headers: &HeaderMap| is_local(peer, &Uri::from_static("/meta"), headers);
        let mut headers = HeaderMap::new();
        assert!(is_local(peer, &headers));
        assert!(is_local(Some(Peer("[::ffff:127.0.0.1]:5000".parse().unwrap())), &headers));
        assert!(!is_local(Some(Peer("192.0.2.1:5000".parse().unwrap())), &headers));
        headers.insert("x-forwarded-for", HeaderValue::from_static("192.0.2.1"));
        assert!(!is_local(peer, &headers));
        assert!(!is_local(None, &HeaderMap::new()));
    }

    #[test]
    fn a_request_for_another_host_or_with_any_forwarded_header_is_not_local() {
        let peer = Some(Peer("127.0.0.1:5000".parse().unwrap()));
        let local = |name: &'static str, value: &'static str| {
            let headers = HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))]);
            is_local(peer, &Uri::from_static("/meta"), &headers)
        };
        for host in ["localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080", "[::1]", "127.0.0.1"]
        {
            assert!(local("host", host), "{host}");
        }
        for host in ["evil.example", "evil.example:8080", "localhost.evil.example", "192.0.2.1:8080", "", "[::2]:80"] {
            assert!(!local("host", host), "{host:?}");
        }
        for name in ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-for", "forwarded", "via", "x-real-ip"] {
            assert!(!local(name, "127.0.0.1"), "{name}");
        }
        for name in [
            "x-client-ip",
            "x-cluster-client-ip",
            "x-original-host",
            "x-envoy-external-address",
            "x-amzn-trace-id",
            "true-client-ip",
            "cf-connecting-ip",
            "fastly-client-ip",
            "forwarded-for",
            "cdn-loop",
            "client-ip",
            "proxy-client-ip",
        ] {
            assert!(!local(name, "127.0.0.1"), "{name}");
        }
        for name in ["user-agent", "sec-fetch-site", "x-requested-with", "x-request-id", "traceparent", "cookie"] {
            assert!(local(name, "127.0.0.1"), "{name}");
        }
    }

    #[test]
    fn a_target_that_names_a_host_or_a_second_host_is_not_local() {
        let peer = Some(Peer("127.0.0.1:5000".parse().unwrap()));
        let mut headers = HeaderMap::from_iter([(HOST, HeaderValue::from_static("127.0.0.1:8080"))]);
        let here = |uri: &'static str, headers: &HeaderMap| is_local(peer, &Uri::from_static(uri), headers);
        assert!(here("/meta", &headers));
        for uri in ["http://127.0.0.1:8080/meta", "http://evil.example/meta"] {
            assert!(!here(uri, &headers), "{uri}");
        }
        headers.append(HOST, HeaderValue::from_static("localhost:8080"));
        assert!(!here("/meta", &headers), "two names of this machine");
    }
}
