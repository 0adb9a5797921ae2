//! What a running server does with its audit log beside writing it: old lines go as it is configured, and the end of the
//! chain is told to the log of the program, which usually lies elsewhere.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::http::state::AppState;
use crate::store::Store;

/// How often old lines are looked for, and the end is told.
const BETWEEN: Duration = Duration::from_hours(1);
/// Between two parts of old lines, so that others can write.
const PAUSE: Duration = Duration::from_millis(250);
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Keeps the log of a store. Ends never.
pub(super) async fn keep_audit(store: &Store, state: &AppState) {
    let mut times = interval(BETWEEN);
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        times.tick().await;
        cut(store, state.service.accounting().retention_days()).await;
        match store.audit_span().await {
            Ok(span) if span.end.number > 0 => {
                tracing::info!(target: "binhyen::access", end = %span.end, "the audit log ends with this line");
            }
            Ok(_) => {}
            Err(fault) => tracing::warn!(cause = %fault, "the audit log could not be read"),
        }
    }
}

/// Removes lines that are older than so many days, part by part; none for 0 days.
async fn cut(store: &Store, days: u32) {
    if days == 0 {
        return;
    }
    let mut removed = 0;
    loop {
        let now_ms = Timestamp::now().as_millisecond();
        match store.cut_audit(now_ms - i64::from(days) * DAY_MS, now_ms).await {
            Ok(0) => break,
            Ok(lines) => removed += lines,
            Err(fault) => {
                tracing::warn!(cause = %fault, "old lines of the audit log could not be removed");
                break;
            }
        }
        sleep(PAUSE).await;
    }
    if removed > 0 {
        tracing::info!(lines = removed, days, "old lines of the audit log were removed");
    }
}
