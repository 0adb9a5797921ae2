//! How many reports come in, from one address and from all together.
//!
//! In: a report that could be taken in, with the address it came from, and the time. Out: whether it is on time. Whoever
//! changes addresses is stopped by the rate of all. What other servers send has a rate of its own: a flood of messages
//! does not close the form.

use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use super::request_rates::RequestRates;
use crate::config::ReportSettings;

const HOUR: Duration = Duration::from_hours(1);
/// Everybody together, as one address.
const ALL: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
/// Which part of an hour's reports may come at once.
const BURST_PART: u32 = 4;

/// How many reports have come in lately.
#[derive(Debug)]
pub(in crate::http) struct ReportRates {
    address: RequestRates,
    form: RequestRates,
    hooks: RequestRates,
}

impl ReportRates {
    /// No report yet, under the settings of the configuration.
    pub(in crate::http) fn new(settings: &ReportSettings) -> Self {
        let rates = |count: u32| RequestRates::in_time(HOUR, count, (count / BURST_PART).max(1));
        Self {
            address: rates(settings.per_address_per_hour),
            form: rates(settings.per_hour),
            hooks: rates(settings.per_hour),
        }
    }

    /// How long a report of an address has to wait; nothing where it is on time. What comes from this machine, or from
    /// nobody knows where, counts among all only.
    pub(in crate::http) fn wait(&self, address: Option<IpAddr>, now: Instant) -> Option<Duration> {
        self.address.wait_of(address, now).or_else(|| self.form.wait_of(Some(ALL), now))
    }

    /// The same for what another server sends, which stands for many people.
    pub(in crate::http) fn wait_of_hooks(&self, now: Instant) -> Option<Duration> {
        self.hooks.wait_of(Some(ALL), now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(per_address_per_hour: u32, per_hour: u32) -> ReportRates {
        ReportRates::new(&ReportSettings { per_address_per_hour, per_hour, ..ReportSettings::default() })
    }

    fn address(last: u8) -> IpAddr {
        IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))
    }

    #[test]
    fn an_address_and_all_together_have_their_rates() {
        let (rates, now) = (rates(8, 20), Instant::now());
        let taken = |last: u8| rates.wait(Some(address(last)), now).is_none();
        // A quarter of an hour's reports at once: two of an address, five of all.
        assert_eq!([taken(1), taken(1), taken(1)], [true, true, false]);
        assert_eq!([taken(2), taken(3), taken(4), taken(5)], [true, true, true, false]);
        assert_eq!(rates.wait(Some(address(5)), now + Duration::from_mins(3)), None, "twenty in an hour: one in 180 s");
    }

    #[test]
    fn no_limit_is_none_and_this_machine_counts_among_all() {
        let now = Instant::now();
        let free = rates(0, 0);
        assert!((0..100).all(|_| free.wait(Some(address(1)), now).is_none()));
        let limited = rates(4, 8);
        let here = Some(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let taken: Vec<bool> = (0..3).map(|_| limited.wait(here, now).is_none()).collect();
        assert_eq!(taken, [true, true, false]);
        assert_eq!(limited.wait_of_hooks(now), None, "what other servers send is counted apart");
    }
}
