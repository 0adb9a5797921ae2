//! How soon a write is seen: each probe writes an incident of a day that is its own, waits for the event of that state as
//! an open map does, and then asks for the tile and the rating of the commune until both count it. All times run from
//! the acknowledgement.

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::StatusCode;
use http_body_util::BodyExt as _;
use mvt_reader::Reader;
use mvt_reader::feature::Value as TileValue;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::connection::Connection;
use super::places::Place;
use super::timing::Latencies;
use super::writes::incident;

/// 2025-03-01, after all that the workload and the writers write.
const FIRST_OWN_DAY: i64 = 20_148;
const DAY_S: i64 = 86_400;
const ZOOM: u8 = 10;
/// Between two looks where the first came too early, and between two writes of a probe.
const LOOK_AGAIN: Duration = Duration::from_millis(2);
const WRITE_AGAIN: Duration = Duration::from_millis(50);
/// Who waits so long has been forgotten.
const GIVEN_UP: Duration = Duration::from_secs(30);

/// Who probes, and what.
pub(crate) struct Probing {
    pub(crate) server: SocketAddr,
    pub(crate) operator: String,
    pub(crate) commander: String,
    pub(crate) edition: String,
    pub(crate) probes: usize,
    pub(crate) until: Instant,
}

/// What was seen after how long.
#[derive(Debug, Default)]
pub(crate) struct Probed {
    acknowledged: Latencies,
    tile: Latencies,
    rating: Latencies,
    event: Latencies,
}

/// A commune, a day, and the addresses under which they are looked at.
struct Probe {
    place: Place,
    unix_seconds: i64,
    tile: String,
    ratings: String,
}

impl Probing {
    pub(crate) async fn run(self, places: &[Place]) -> Probed {
        let heard = self.states().await;
        let mut probing = JoinSet::new();
        for number in 0..self.probes {
            let probe = Probe::new(places[number * places.len() / self.probes].clone(), number as i64, &self.edition);
            let writer = Connection::open(self.server, Some(&self.operator)).await.uncoded();
            let tiles = Connection::open(self.server, Some(&self.commander)).await.uncoded();
            let ratings = Connection::open(self.server, Some(&self.commander)).await.uncoded();
            probing.spawn(probe.run((writer, tiles, ratings), heard.clone(), self.until));
        }
        let mut probed = Probed::default();
        while let Some(one) = probing.join_next().await {
            let one = one.unwrap();
            probed.acknowledged.append(one.acknowledged);
            probed.tile.append(one.tile);
            probed.rating.append(one.rating);
            probed.event.append(one.event);
        }
        probed
    }

    /// Hears `/events` as the commander; gives the last epoch that was told.
    async fn states(&self) -> watch::Receiver<u64> {
        let (tell, heard) = watch::channel(0);
        let mut body = Connection::open(self.server, Some(&self.commander)).await.uncoded().begun("/events").await;
        tokio::spawn(async move {
            let mut text = String::new();
            while let Some(Ok(frame)) = body.frame().await {
                let Ok(data) = frame.into_data() else { continue };
                text.push_str(std::str::from_utf8(&data).unwrap());
                while let Some(end) = text.find('\n') {
                    let line: String = text.drain(..=end).collect();
                    if let Some(id) = line.trim_end().strip_prefix("id: ") {
                        tell.send_replace(id.parse().unwrap());
                    }
                }
            }
        });
        heard
    }
}

impl Probe {
    fn new(place: Place, number: i64, edition: &str) -> Self {
        let day = |day: i64| jiff::Timestamp::from_second(day * DAY_S).unwrap().strftime("%Y-%m-%d").to_string();
        let first = FIRST_OWN_DAY + 2 * number;
        let filter = format!("edition={edition}&from={}&to={}", day(first), day(first + 1));
        Self {
            unix_seconds: first * DAY_S + 6 * 3_600,
            tile: format!("/tiles/communes/{}?{filter}&properties=code,incidents", place.tile(ZOOM)),
            ratings: format!("/ratings?{filter}&level=commune"),
            place,
        }
    }

    async fn run(
        self,
        (mut writer, mut tiles, mut ratings): (Connection, Connection, Connection),
        heard: watch::Receiver<u64>,
        until: Instant,
    ) -> Probed {
        let mut probed = Probed::default();
        let (status, body) = ratings.get(&self.ratings).await;
        let already = if status.is_success() { count_in_ratings(&body, &self.place.code) } else { 0 };
        for number in 1_u64.. {
            if Instant::now() >= until {
                break;
            }
            let begun = Instant::now();
            let id = format!("probe-{}-{}", self.place.code, already + number);
            let body = incident(&id, &self.place, "trom_cap", self.unix_seconds);
            let (status, answer) = writer.post("/incidents", body).await;
            assert!(status.is_success(), "{status}: {answer:?}");
            let acknowledged = Instant::now();
            let epoch = serde_json::from_slice::<Value>(&answer).unwrap()["epoch"].as_u64().unwrap();
            let told = async |mut heard: watch::Receiver<u64>| {
                let waiting = heard.wait_for(|told| *told >= epoch);
                tokio::time::timeout(GIVEN_UP, waiting).await.unwrap().unwrap();
                acknowledged.elapsed()
            };
            let seen = async |connection: &mut Connection, path: &str, count: fn(&Bytes, &str) -> u64| {
                told(heard.clone()).await;
                loop {
                    let (status, body) = connection.get(path).await;
                    // Days after all that is known are not there before the first write of them is shown.
                    assert!(status.is_success() || status == StatusCode::NOT_FOUND, "{status} for {path}");
                    if status.is_success() && count(&body, &self.place.code) >= already + number {
                        return acknowledged.elapsed();
                    }
                    assert!(acknowledged.elapsed() < GIVEN_UP, "{path} does not show {id}");
                    tokio::time::sleep(LOOK_AGAIN).await;
                }
            };
            let (tile, rating, event) = tokio::join!(
                seen(&mut tiles, &self.tile, count_in_tile),
                seen(&mut ratings, &self.ratings, count_in_ratings),
                told(heard.clone())
            );
            probed.acknowledged.add(acknowledged - begun);
            probed.tile.add(tile);
            probed.rating.add(rating);
            probed.event.add(event);
            tokio::time::sleep_until(begun + WRITE_AGAIN).await;
        }
        probed
    }
}

/// The incidents of an area in a tile; 0 where it has none of it.
fn count_in_tile(body: &Bytes, code: &str) -> u64 {
    let Ok(reader) = Reader::new(body.to_vec()) else { return 0 };
    let features = reader.get_features(0).unwrap();
    let properties = features.into_iter().filter_map(|feature| feature.properties);
    let mut counts = properties.filter_map(|properties| {
        let is_it = properties.get("code").is_some_and(|own| *own == TileValue::String(code.to_owned()));
        is_it.then(|| match properties.get("incidents") {
            Some(TileValue::Int(count) | TileValue::SInt(count)) => *count as u64,
            Some(TileValue::UInt(count)) => *count,
            _ => 0,
        })
    });
    counts.next().unwrap_or_default()
}

fn count_in_ratings(body: &Bytes, code: &str) -> u64 {
    let answer: Value = serde_json::from_slice(body).unwrap();
    let rows = answer["areas"].as_array().into_iter().flatten();
    rows.filter(|row| row["code"] == code).find_map(|row| row["incidents"].as_u64()).unwrap_or_default()
}

impl Probed {
    pub(crate) fn summary(&self) -> Value {
        json!({
            "acknowledged": self.acknowledged.summary(), "tile": self.tile.summary(), "rating": self.rating.summary(),
            "event": self.event.summary(),
        })
    }
}
