//! Judging what is out of the ordinary, beside the questions: when a day begins or the data have changed.
//!
//! In: snapshots as they are served, and the day. Out: alerts in the store. A scan takes seconds of one core, so one
//! judgement runs at a time, on a thread of its own that holds up no question and no write, and changes that follow one
//! another are judged together: the longer a judgement takes, the more of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::alert_webhooks::{AlertTarget, send_due};
use super::background_work::in_background;
use crate::assessment::alerts::judge;
use crate::domain::alert::StoredAlert;
use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;
use crate::store::{Store, StoreError};

/// It is looked so often whether an alert is due to be sent.
const BETWEEN_DELIVERIES: Duration = Duration::from_secs(15);
/// Judgements of changing data begin at least so far apart.
const BETWEEN_JUDGEMENTS: Duration = Duration::from_mins(1);
/// And so many times as far apart as the last one took: all of them take a tenth of one core.
const TIMES_AS_LONG: u64 = 10;

/// Knows when something is to be judged.
#[derive(Debug)]
pub struct AlertKeeper {
    store: Store,
    targets: Arc<[AlertTarget]>,
    last_delivery: Option<Instant>,
    judged: Option<(u64, Day)>,
    last: Option<Instant>,
    /// How long the last judgement took, in milliseconds.
    took_ms: Arc<AtomicU64>,
}

impl AlertKeeper {
    /// Keeps the alerts of a store, and sends new ones to some addresses.
    pub fn new(store: Store, targets: Vec<AlertTarget>) -> Self {
        Self { store, targets: targets.into(), last_delivery: None, judged: None, last: None, took_ms: Arc::default() }
    }

    /// How far apart two judgements begin at least.
    fn pause(&self) -> Duration {
        BETWEEN_JUDGEMENTS.max(Duration::from_millis(TIMES_AS_LONG * self.took_ms.load(Ordering::Relaxed)))
    }

    /// A judgement of a snapshot on a day, where that state has not been judged; at most one a minute, and fewer where one
    /// takes long.
    pub fn due_judgement(&mut self, snapshot: &Arc<Snapshot>, today: Day) -> Option<AlertJudgement> {
        let state = (snapshot.serial(), today);
        let is_early = self.last.is_some_and(|last| last.elapsed() < self.pause());
        if snapshot.editions.is_empty() || self.judged == Some(state) || is_early {
            return None;
        }
        self.judged = Some(state);
        self.last = Some(Instant::now());
        let (store, targets, took_ms) = (self.store.clone(), Arc::clone(&self.targets), Arc::clone(&self.took_ms));
        Some(AlertJudgement { store, targets, snapshot: Arc::clone(snapshot), today, took_ms })
    }

    /// Sends what is due where there is somebody to send to; a fault is logged, and the next round tries again. Nothing
    /// where the last round was a moment ago.
    pub fn due_deliveries(&mut self, snapshot: &Arc<Snapshot>) -> Option<impl Future<Output = ()> + Send + 'static> {
        let is_early = self.last_delivery.is_some_and(|last| last.elapsed() < BETWEEN_DELIVERIES);
        if self.targets.is_empty() || is_early {
            return None;
        }
        self.last_delivery = Some(Instant::now());
        let now_s = Timestamp::now().as_second();
        let (store, targets, snapshot) = (self.store.clone(), Arc::clone(&self.targets), Arc::clone(snapshot));
        Some(async move {
            if let Err(fault) = send_due(&store, &snapshot, &targets, now_s).await {
                tracing::error!(cause = %fault, "alerts could not be sent");
            }
        })
    }
}

/// A judgement that is to be made. It may take seconds.
#[derive(Debug)]
pub struct AlertJudgement {
    store: Store,
    targets: Arc<[AlertTarget]>,
    snapshot: Arc<Snapshot>,
    today: Day,
    took_ms: Arc<AtomicU64>,
}

impl AlertJudgement {
    /// As [`AlertJudgement::made`]; a fault is logged and leaves the alerts that there are.
    pub async fn made_or_logged(self) -> Vec<StoredAlert> {
        self.made().await.unwrap_or_else(|fault| {
            tracing::error!(cause = %fault, "alerts could not be judged; those of before stay");
            Vec::new()
        })
    }

    /// Judges and keeps. Gives the new alerts, the first raised first.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn made(self) -> Result<Vec<StoredAlert>, StoreError> {
        let Self { store, targets, snapshot, today, took_ms } = self;
        let begun = Instant::now();
        let work = tokio::task::spawn_blocking(move || in_background("alerts", || judge(&snapshot, today))).await;
        took_ms.store(begun.elapsed().as_millis() as u64, Ordering::Relaxed);
        let Ok(judgement) = work else {
            tracing::error!("judging alerts failed; those of before stay");
            return Ok(Vec::new());
        };
        let now_s = Timestamp::now().as_second();
        let added = store.keep_alerts(&judgement.judged, &judgement.alerts, now_s).await?;
        let urls: Vec<String> = targets.iter().map(|target| target.url.clone()).collect();
        store.add_alert_deliveries(&added, &urls, now_s).await?;
        tracing::info!(
            alerts.judged = judgement.judged.len(),
            alerts.raised = judgement.alerts.len(),
            alerts.new = added.len(),
            alerts.took_ms = begun.elapsed().as_millis() as u64,
            "what is out of the ordinary was judged"
        );
        if added.is_empty() {
            return Ok(Vec::new());
        }
        let mut raised = store.alerts().await?;
        raised.retain(|alert| added.contains(&alert.number));
        raised.reverse();
        Ok(raised)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::live::today;
    use crate::snapshot::tests::snapshot;

    #[tokio::test]
    async fn a_judgement_that_takes_long_is_made_less_often() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &snapshot().taxonomy).await.unwrap();
        let mut keeper = AlertKeeper::new(store, Vec::new());
        assert_eq!(keeper.pause(), BETWEEN_JUDGEMENTS);
        let first = keeper.due_judgement(&Arc::new(snapshot()), today()).expect("nothing has been judged");
        assert!(keeper.due_judgement(&Arc::new(snapshot()), today()).is_none(), "another state a moment later waits");
        first.made().await.unwrap();
        assert_eq!(keeper.pause(), BETWEEN_JUDGEMENTS, "a small one is over at once");
        keeper.took_ms.store(34_000, Ordering::Relaxed);
        assert_eq!(keeper.pause(), Duration::from_secs(340));
    }
}
