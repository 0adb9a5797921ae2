//! Idle listeners of `/events`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http_body_util::BodyExt as _;
use tokio::task::JoinSet;

use super::ListenArguments;
use super::connection::Connection;

/// How long the server is left alone before its memory is read.
const SETTLING: Duration = Duration::from_secs(3);

/// What listeners cost the server.
pub(crate) struct Listened {
    pub(crate) before_kib: i64,
    pub(crate) with_kib: i64,
    /// Events that all of them heard.
    pub(crate) heard: u64,
}

pub(crate) async fn listen(given: &ListenArguments) -> Listened {
    let heard = Arc::new(AtomicU64::new(0));
    let mut listening = JoinSet::new();
    tokio::time::sleep(SETTLING).await;
    let before_kib = resident_kib(given.process);
    for _ in 0..given.listeners {
        let mut connection = Connection::open(given.server, given.token.as_deref()).await.uncoded();
        let mut body = connection.begun("/events").await;
        let heard = Arc::clone(&heard);
        listening.spawn(async move {
            while let Some(Ok(frame)) = body.frame().await {
                let is_event = frame.into_data().is_ok_and(|data| data.starts_with(b"event:"));
                heard.fetch_add(u64::from(is_event), Ordering::Relaxed);
            }
            // The connection stays open as long as somebody could ask on it.
            drop(connection);
        });
    }
    tokio::time::sleep(SETTLING).await;
    let with_kib = resident_kib(given.process);
    tokio::time::sleep(Duration::from_secs(given.seconds)).await;
    assert_eq!(listening.len(), given.listeners, "some were turned away");
    Listened { before_kib, with_kib, heard: heard.load(Ordering::Relaxed) }
}

fn resident_kib(process: u32) -> i64 {
    let said = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap();
    let line = said.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
