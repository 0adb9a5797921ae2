//! How much of the server one address, and everybody together, may take, and how long a connection may keep it waiting.
//!
//! In: the table `[limits]` of the configuration. Out: [`ServerLimits`], every number within its bounds.

use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::time::Duration;

use serde::Deserialize;

use super::error::ConfigError;

/// The limits of a running server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerLimits {
    /// How many connections are open at once.
    pub connections: usize,
    /// How many of them one address may hold; 0 for as many as there are.
    pub connections_per_address: usize,
    /// How many requests of the public one address may send in a second, over some time; 0 for as many as it likes.
    pub requests_per_second: u32,
    /// How many of them it may send at once after a rest.
    pub burst: u32,
    /// How many connections the system keeps until they are accepted.
    pub backlog: u32,
    /// How long a connection may take to send the head of a request, or send none.
    pub idle_timeout: Duration,
    /// How long a client may leave an answer unread.
    pub write_timeout: Duration,
    /// How long after the signal to stop requests may still end.
    pub drain_timeout: Duration,
    /// The proxies whose word on the address of the client is taken.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            connections: 4096,
            connections_per_address: 512,
            requests_per_second: 200,
            burst: 2000,
            backlog: 4096,
            idle_timeout: Duration::from_secs(15),
            write_timeout: Duration::from_secs(20),
            drain_timeout: Duration::from_secs(8),
            trusted_proxies: Vec::new(),
        }
    }
}

/// The table as it stands in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServerLimitsTable {
    connections: Option<u64>,
    connections_per_address: Option<u64>,
    requests_per_second: Option<u64>,
    burst: Option<u64>,
    backlog: Option<u64>,
    idle_timeout_s: Option<u64>,
    write_timeout_s: Option<u64>,
    drain_timeout_s: Option<u64>,
    #[serde(default)]
    trusted_proxies: Vec<String>,
}

impl ServerLimitsTable {
    pub(super) fn checked(self) -> Result<ServerLimits, ConfigError> {
        let usual = ServerLimits::default();
        let seconds = |setting: Setting, usual: Duration| setting.within(usual.as_secs()).map(Duration::from_secs);
        Ok(ServerLimits {
            connections: CONNECTIONS.of(self.connections).within(usual.connections as u64)? as usize,
            connections_per_address: PER_ADDRESS
                .of(self.connections_per_address)
                .within(usual.connections_per_address as u64)? as usize,
            requests_per_second: RATE.of(self.requests_per_second).within(usual.requests_per_second.into())? as u32,
            burst: BURST.of(self.burst).within(usual.burst.into())? as u32,
            backlog: BACKLOG.of(self.backlog).within(usual.backlog.into())? as u32,
            idle_timeout: seconds(IDLE.of(self.idle_timeout_s), usual.idle_timeout)?,
            write_timeout: seconds(WRITE.of(self.write_timeout_s), usual.write_timeout)?,
            drain_timeout: seconds(DRAIN.of(self.drain_timeout_s), usual.drain_timeout)?,
            trusted_proxies: self.trusted_proxies.into_iter().map(proxy).collect::<Result<_, _>>()?,
        })
    }
}

/// A number of the table: its name, its bounds, and what the file gives.
#[derive(Debug, Clone)]
struct Setting {
    key: &'static str,
    bounds: RangeInclusive<u64>,
    expected: &'static str,
    given: Option<u64>,
}

const fn setting(key: &'static str, bounds: RangeInclusive<u64>, expected: &'static str) -> Setting {
    Setting { key, bounds, expected, given: None }
}

const CONNECTIONS: Setting = setting("limits.connections", 16..=1_000_000, "a whole number from 16 to 1000000");
const PER_ADDRESS: Setting =
    setting("limits.connections_per_address", 0..=1_000_000, "a whole number up to 1000000, 0 for no limit");
const RATE: Setting =
    setting("limits.requests_per_second", 0..=1_000_000, "a whole number up to 1000000, 0 for no limit");
const BURST: Setting = setting("limits.burst", 1..=1_000_000, "a whole number from 1 to 1000000");
const BACKLOG: Setting = setting("limits.backlog", 1..=65_535, "a whole number from 1 to 65535");
const IDLE: Setting = setting("limits.idle_timeout_s", 1..=3600, "a whole number of seconds from 1 to 3600");
const WRITE: Setting = setting("limits.write_timeout_s", 1..=3600, "a whole number of seconds from 1 to 3600");
const DRAIN: Setting = setting("limits.drain_timeout_s", 1..=3600, "a whole number of seconds from 1 to 3600");

impl Setting {
    fn of(self, given: Option<u64>) -> Self {
        Self { given, ..self }
    }

    /// What is given, or what is usual.
    fn within(self, usual: u64) -> Result<u64, ConfigError> {
        let number = self.given.unwrap_or(usual);
        let refused = || ConfigError::Value { key: self.key, value: number.to_string(), expected: self.expected };
        if self.bounds.contains(&number) { Ok(number) } else { Err(refused()) }
    }
}

fn proxy(text: String) -> Result<IpAddr, ConfigError> {
    let expected = "the address of a proxy, for example 10.0.0.5 or ::1";
    match text.parse::<IpAddr>() {
        Ok(address) => Ok(address.to_canonical()),
        Err(_) => Err(ConfigError::Value { key: "limits.trusted_proxies", value: text, expected }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ServerLimits, ConfigError> {
        toml::from_str::<ServerLimitsTable>(text).unwrap().checked()
    }

    #[test]
    fn an_empty_table_is_the_usual_limits() {
        assert_eq!(read("").unwrap(), ServerLimits::default());
    }

    #[test]
    fn given_numbers_stand() {
        let limits =
            read("connections_per_address = 0\nrequests_per_second = 7\nidle_timeout_s = 60\ntrusted_proxies = [\"::ffff:10.0.0.5\"]")
                .unwrap();
        assert_eq!((limits.connections_per_address, limits.requests_per_second), (0, 7));
        assert_eq!(limits.idle_timeout, Duration::from_mins(1));
        assert_eq!(limits.trusted_proxies, ["10.0.0.5".parse::<IpAddr>().unwrap()]);
    }

    #[test]
    fn a_number_out_of_bounds_is_named_with_its_bounds() {
        for (line, key) in [
            ("connections = 0", "limits.connections"),
            ("backlog = 0", "limits.backlog"),
            ("burst = 0", "limits.burst"),
            ("idle_timeout_s = 0", "limits.idle_timeout_s"),
            ("drain_timeout_s = 4000", "limits.drain_timeout_s"),
            ("trusted_proxies = [\"proxy.example\"]", "limits.trusted_proxies"),
        ] {
            let message = read(line).unwrap_err().to_string();
            assert!(message.contains(key) && message.contains("expected"), "{message}");
        }
        assert!(toml::from_str::<ServerLimitsTable>("conections = 1").is_err());
    }
}
