//! Latencies and what is said of them.

use std::time::Duration;

use serde_json::{Value, json};

/// Latencies in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Latencies(Vec<Duration>);

impl Latencies {
    pub(crate) fn add(&mut self, latency: Duration) {
        self.0.push(latency);
    }

    pub(crate) fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// Count, quantiles and the longest, in milliseconds; a quantile is the smallest that so many do not exceed.
    pub(crate) fn summary(&self) -> Value {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let quantile = |share: f64| {
            let rank = (share * sorted.len() as f64).ceil() as usize;
            let latency = sorted.get(rank.max(1) - 1).copied().unwrap_or_default();
            (latency.as_secs_f64() * 1e5).round() / 1e2
        };
        json!({
            "count": sorted.len(), "p50_ms": quantile(0.5), "p90_ms": quantile(0.9), "p99_ms": quantile(0.99),
            "most_ms": quantile(1.0),
        })
    }
}
