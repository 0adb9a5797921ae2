//! Writes of single incidents at a steady rate.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::connection::Connection;
use super::places::Place;
use super::timing::Latencies;

/// Connections that take turns: enough that a slow answer holds nobody up.
const CONNECTIONS: u32 = 50;
/// One write in so many amends an incident that was written before.
const AMENDED_ONE_IN: u64 = 10;
const CATEGORIES: [&str; 4] = ["trom_cap", "danh_bac", "cuop_cuop_giat", "tai_nan_giao_thong"];
/// 2020-01-01, and the days of the workload.
const FIRST_DAY: i64 = 18_262;
const DAYS: u64 = 1_827;

/// What is written, and how.
pub(crate) struct Writing {
    pub(crate) server: SocketAddr,
    pub(crate) token: String,
    pub(crate) places: Arc<[Place]>,
    pub(crate) per_second: u32,
    pub(crate) until: Instant,
}

/// What was written.
#[derive(Debug, Default)]
pub(crate) struct Written {
    acknowledged: Latencies,
    refused: u64,
    seconds: f64,
}

impl Writing {
    pub(crate) async fn run(self) -> Written {
        if self.per_second == 0 {
            return Written::default();
        }
        let begun = Instant::now();
        let period = Duration::from_secs_f64(f64::from(CONNECTIONS) / f64::from(self.per_second));
        let numbers = Arc::new(AtomicU64::new(0));
        let mut writers = JoinSet::new();
        for number in 0..CONNECTIONS {
            let connection = Connection::open(self.server, Some(&self.token)).await;
            let first = begun + period * number / CONNECTIONS;
            let (places, numbers) = (Arc::clone(&self.places), Arc::clone(&numbers));
            writers.spawn(write(connection, places, numbers, (first, period, self.until)));
        }
        let mut written = Written::default();
        while let Some(one) = writers.join_next().await {
            let one = one.unwrap();
            written.acknowledged.append(one.acknowledged);
            written.refused += one.refused;
        }
        written.seconds = begun.elapsed().as_secs_f64();
        written
    }
}

async fn write(
    mut connection: Connection,
    places: Arc<[Place]>,
    numbers: Arc<AtomicU64>,
    (first, period, until): (Instant, Duration, Instant),
) -> Written {
    let mut ticks = interval_at(first, period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut done = Written::default();
    loop {
        let due = ticks.tick().await;
        if Instant::now() >= until {
            return done;
        }
        let number = numbers.fetch_add(1, Ordering::Relaxed);
        let id = if number.is_multiple_of(AMENDED_ONE_IN) { number / 2 } else { number };
        let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
        let place = &places[mixed as usize % places.len()];
        let seconds = (FIRST_DAY + (mixed % DAYS) as i64) * 86_400 + (mixed % 86_400) as i64;
        let body = incident(&format!("live-{id}"), place, CATEGORIES[mixed as usize % CATEGORIES.len()], seconds);
        match connection.post("/incidents", body).await.0 {
            StatusCode::OK | StatusCode::CREATED => done.acknowledged.add(due.elapsed()),
            _ => done.refused += 1,
        }
    }
}

/// A collection of one incident.
pub(crate) fn incident(id: &str, place: &Place, category: &str, unix_seconds: i64) -> Vec<u8> {
    let time = jiff::Timestamp::from_second(unix_seconds).unwrap().to_string();
    json!({ "type": "FeatureCollection", "features": [{
        "type": "Feature", "id": id, "geometry": { "type": "Point", "coordinates": [place.lon, place.lat] },
        "properties": { "time": time, "category": category, "severity": "2" },
    }] })
    .to_string()
    .into_bytes()
}

impl Written {
    pub(crate) fn summary(&self) -> Value {
        let per_s = self.acknowledged.count() as f64 / self.seconds.max(f64::MIN_POSITIVE);
        json!({ "per_s": per_s, "refused": self.refused, "acknowledged": self.acknowledged.summary() })
    }
}
