//! Reads of tiles.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::ReadArguments;
use super::connection::Connection;
use super::timing::Latencies;

/// What is read, and how.
pub(crate) struct Reading {
    server: SocketAddr,
    token: Option<String>,
    paths: Arc<[String]>,
    connections: usize,
    /// Requests a second; none where each follows on the answer before.
    per_second: Option<u32>,
    seconds: u64,
}

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Read {
    latencies: Latencies,
    bytes: u64,
    seconds: f64,
}

impl Reading {
    pub(crate) fn of(given: &ReadArguments) -> Self {
        let text = std::fs::read_to_string(&given.paths).unwrap();
        Self {
            server: given.server,
            token: given.token.clone(),
            paths: text.lines().map(str::to_owned).collect(),
            connections: given.connections,
            per_second: Some(given.rate).filter(|rate| *rate > 0),
            seconds: given.seconds,
        }
    }

    pub(crate) async fn run(self) -> Read {
        let begun = Instant::now();
        let until = begun + Duration::from_secs(self.seconds);
        let mut readers = JoinSet::new();
        for number in 0..self.connections {
            let connection = Connection::open(self.server, self.token.as_deref()).await;
            let period = self.per_second.map(|rate| Duration::from_secs_f64(self.connections as f64 / f64::from(rate)));
            let paths = Arc::clone(&self.paths);
            // Each begins elsewhere in the list.
            let first = number * paths.len() / self.connections;
            readers.spawn(read(connection, paths, first, period, until));
        }
        let mut read = Read::default();
        while let Some(one) = readers.join_next().await {
            let one = one.unwrap();
            read.latencies.append(one.latencies);
            read.bytes += one.bytes;
        }
        read.seconds = begun.elapsed().as_secs_f64();
        read
    }
}

async fn read(
    mut connection: Connection,
    paths: Arc<[String]>,
    first: usize,
    period: Option<Duration>,
    until: Instant,
) -> Read {
    let mut ticks = period.map(|period| {
        let mut ticks = interval_at(Instant::now(), period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        ticks
    });
    let mut done = Read::default();
    for path in paths.iter().cycle().skip(first) {
        let due = match &mut ticks {
            Some(ticks) => ticks.tick().await,
            None => Instant::now(),
        };
        if Instant::now() >= until {
            break;
        }
        let (status, body) = connection.get(path).await;
        assert!(status.is_success(), "{status} for {path}");
        done.latencies.add(due.elapsed());
        done.bytes += body.len() as u64;
    }
    done
}

impl Read {
    pub(crate) fn summary(&self) -> Value {
        let count = self.latencies.count();
        json!({
            "per_s": count as f64 / self.seconds, "latency": self.latencies.summary(),
            "bytes": self.bytes as f64 / count.max(1) as f64,
        })
    }
}
