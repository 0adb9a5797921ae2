//! Numbers for a monitoring system, as Prometheus reads them.
//!
//! In: every request as it was answered, and, when they are asked for, what service, caches, pools and process say of
//! themselves. Out: the text of `/metrics`. Names begin with `binhyen_`, times are in seconds, sizes in bytes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::prometheus_text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::process::resident_bytes;
use crate::service::Service;
use crate::service::writing::{WriteTotals, Writer};

/// The media type of the text.
pub(in crate::http) const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";
/// The bounds of the histogram of times: from a cached tile to the time limit.
const BOUNDS_S: [f64; 14] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];

/// What requests are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(in crate::http) struct RequestLabels {
    pub(in crate::http) route: &'static str,
    pub(in crate::http) role: &'static str,
    pub(in crate::http) status: u32,
}

/// What times are measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: &'static str,
    role: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CacheLabels {
    cache: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct PoolLabels {
    pool: &'static str,
}

type Seconds = Gauge<f64, AtomicU64>;

/// The numbers of a running server.
#[derive(Debug)]
pub(in crate::http) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    durations: Family<RouteLabels, Histogram, fn() -> Histogram>,
    connections: Gauge,
    connections_refused: Counter,
    event_listeners: Gauge,
    writes: Counter,
    write_commits: Counter,
    caches: CacheMetrics,
    pools: PoolMetrics,
    data: DataMetrics,
    resident: Gauge,
}

#[derive(Debug, Default)]
struct CacheMetrics {
    bytes: Family<CacheLabels, Gauge>,
    budget_bytes: Family<CacheLabels, Gauge>,
    entries: Family<CacheLabels, Gauge>,
    hits: Family<CacheLabels, Counter>,
    misses: Family<CacheLabels, Counter>,
}

#[derive(Debug, Default)]
struct PoolMetrics {
    running: Family<PoolLabels, Gauge>,
    waiting: Family<PoolLabels, Gauge>,
    refused: Family<PoolLabels, Counter>,
}

#[derive(Debug, Default)]
struct DataMetrics {
    epoch: Gauge,
    snapshots: Counter,
    read: Seconds,
    build: Seconds,
    store_latency: Seconds,
    ready: Gauge,
}

/// The connections of a server, as its listener counts them.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::http) struct ConnectionCounts {
    pub(in crate::http) open: u64,
    pub(in crate::http) refused: u64,
}

impl Metrics {
    /// Nothing counted yet.
    pub(in crate::http) fn new() -> Self {
        let durations = Family::new_with_constructor((|| Histogram::new(BOUNDS_S)) as fn() -> Histogram);
        let mut metrics = Self {
            registry: Registry::with_prefix("binhyen"),
            requests: Family::default(),
            durations,
            connections: Gauge::default(),
            connections_refused: Counter::default(),
            event_listeners: Gauge::default(),
            writes: Counter::default(),
            write_commits: Counter::default(),
            caches: CacheMetrics::default(),
            pools: PoolMetrics::default(),
            data: DataMetrics::default(),
            resident: Gauge::default(),
        };
        metrics.register_requests();
        metrics.caches.register(&mut metrics.registry);
        metrics.pools.register(&mut metrics.registry);
        metrics.data.register(&mut metrics.registry);
        metrics
    }

    fn register_requests(&mut self) {
        let registry = &mut self.registry;
        registry.register("http_requests", "Requests answered", self.requests.clone());
        let help = "Time until an answer begins";
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, self.durations.clone());
        registry.register("connections", "Connections that are open", self.connections.clone());
        let help = "Connections turned away because their address has its share";
        registry.register("connections_refused", help, self.connections_refused.clone());
        registry.register("event_listeners", "Clients that hear of new states", self.event_listeners.clone());
        registry.register("writes", "Requests that wrote", self.writes.clone());
        registry.register("write_commits", "Commits of what requests wrote", self.write_commits.clone());
        registry.register_with_unit("resident", "Memory that is resident", Unit::Bytes, self.resident.clone());
    }

    /// Counts a request that was answered in a time.
    pub(in crate::http) fn count(&self, labels: RequestLabels, took: Duration) {
        let RequestLabels { route, role, .. } = labels;
        self.requests.get_or_create(&labels).inc();
        self.durations.get_or_create(&RouteLabels { route, role }).observe(took.as_secs_f64());
    }

    /// All numbers, with those that are read now.
    ///
    /// # Errors
    /// When the text cannot be written.
    pub(in crate::http) fn text(
        &self,
        service: &Service,
        connections: ConnectionCounts,
    ) -> Result<String, std::fmt::Error> {
        self.connections.set(connections.open as i64);
        self.event_listeners.set(service.epochs().listeners() as i64);
        let WriteTotals { commits, writes } = service.writer().map(Writer::totals).unwrap_or_default();
        self.writes.inner().store(writes, Ordering::Relaxed);
        self.write_commits.inner().store(commits, Ordering::Relaxed);
        self.connections_refused.inner().store(connections.refused, Ordering::Relaxed);
        self.resident.set(resident_bytes().unwrap_or_default() as i64);
        self.caches.read(service);
        self.pools.read(service);
        self.data.read(service);
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

impl CacheMetrics {
    fn register(&self, registry: &mut Registry) {
        registry.register_with_unit("cache", "What a cache holds", Unit::Bytes, self.bytes.clone());
        let help = "What a cache may hold";
        registry.register_with_unit("cache_budget", help, Unit::Bytes, self.budget_bytes.clone());
        registry.register("cache_entries", "Entries of a cache", self.entries.clone());
        registry.register("cache_hits", "Answers that a cache had", self.hits.clone());
        registry.register("cache_misses", "Answers that had to be made", self.misses.clone());
    }

    fn read(&self, service: &Service) {
        for cache in service.caches() {
            let labels = CacheLabels { cache: cache.name };
            self.bytes.get_or_create(&labels).set(cache.bytes as i64);
            self.budget_bytes.get_or_create(&labels).set(cache.budget_bytes as i64);
            self.entries.get_or_create(&labels).set(cache.entries as i64);
            if let Some(count) = cache.hits {
                self.hits.get_or_create(&labels).inner().store(count.hits, Ordering::Relaxed);
                self.misses.get_or_create(&labels).inner().store(count.misses, Ordering::Relaxed);
            }
        }
    }
}

impl PoolMetrics {
    fn register(&self, registry: &mut Registry) {
        registry.register("work_running", "Works that run in a pool", self.running.clone());
        registry.register("work_waiting", "Works that wait for a turn in a pool", self.waiting.clone());
        registry.register("work_refused", "Works that a pool turned away", self.refused.clone());
    }

    fn read(&self, service: &Service) {
        for pool in service.pools() {
            let labels = PoolLabels { pool: pool.name };
            self.running.get_or_create(&labels).set(pool.running as i64);
            self.waiting.get_or_create(&labels).set(pool.waiting as i64);
            self.refused.get_or_create(&labels).inner().store(pool.refused, Ordering::Relaxed);
        }
    }
}

impl DataMetrics {
    fn register(&self, registry: &mut Registry) {
        registry.register("ready", "1 while /readyz answers 200", self.ready.clone());
        registry.register("epoch", "The state of the data that is served to roles", self.epoch.clone());
        registry.register("snapshots", "Snapshots built since the start", self.snapshots.clone());
        let help = "Time in which the last snapshot was read from the store";
        registry.register_with_unit("snapshot_read", help, Unit::Seconds, self.read.clone());
        let help = "Time in which the last snapshot was built";
        registry.register_with_unit("snapshot_build", help, Unit::Seconds, self.build.clone());
        let help = "Time in which the store gave its shortest answer last; 0 where it gave none";
        registry.register_with_unit("store_latency", help, Unit::Seconds, self.store_latency.clone());
    }

    fn read(&self, service: &Service) {
        self.ready.set(service.ready_epoch().is_ok().into());
        self.epoch.set(service.current().map_or(0, |served| served.snapshot.epoch as i64));
        let loads = service.loads();
        self.snapshots.inner().store(loads.count, Ordering::Relaxed);
        self.read.set(loads.last.read.as_secs_f64());
        self.build.set(loads.last.build.as_secs_f64());
        self.store_latency.set(service.store().latency.unwrap_or_default().as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_route_role_and_status() {
        let metrics = Metrics::new();
        let labels = |status| RequestLabels { route: "/meta", role: "public", status };
        metrics.count(labels(200), Duration::from_millis(3));
        metrics.count(labels(200), Duration::from_millis(300));
        metrics.count(labels(429), Duration::from_micros(100));
        let connections = ConnectionCounts { open: 3, refused: 2 };
        let text = metrics.text(&Service::new(16 << 20), connections).unwrap();
        for line in [
            "binhyen_http_requests_total{route=\"/meta\",role=\"public\",status=\"200\"} 2",
            "binhyen_http_requests_total{route=\"/meta\",role=\"public\",status=\"429\"} 1",
            "binhyen_http_request_duration_seconds_bucket{route=\"/meta\",role=\"public\",le=\"0.005\"} 2",
            "binhyen_http_request_duration_seconds_count{route=\"/meta\",role=\"public\"} 3",
            "binhyen_connections 3",
            "binhyen_connections_refused_total 2",
            "binhyen_cache_bytes{cache=\"assessments\"} 0",
            "binhyen_work_refused_total{pool=\"costly_public\"} 0",
            "binhyen_ready 0",
        ] {
            assert!(text.lines().any(|written| written == line), "{line} is not in\n{text}");
        }
    }
}
