//! Judging what is out of the ordinary, beside the questions: when a day begins or the data have changed.
//!
//! In: snapshots as they are served, and the day. Out: alerts in the store. A scan takes seconds of one core, so one
//! judgement runs at a time, and changes that follow one another are judged together.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::alert_webhooks::{AlertTarget, send_due};
use crate::assessment::alerts::judge;
use crate::domain::alert::StoredAlert;
use crate::domain::time::period::Day;
use crate::snapshot::Snapshot;
use crate::store::{Store, StoreError};

/// It is looked so often whether an alert is due to be sent.
const BETWEEN_DELIVERIES: Duration = Duration::from_secs(15);
/// Judgements of changing data are at least so far apart.
const BETWEEN_JUDGEMENTS: Duration = Duration::from_mins(1);

/// Knows when something is to be judged.
#[derive(Debug)]
pub struct AlertKeeper {
    store: Store,
    targets: Arc<[AlertTarget]>,
    last_delivery: Option<Instant>,
    judged: Option<(u64, Day)>,
    last: Option<Instant>,
}

impl AlertKeeper {
    /// Keeps the alerts of a store, and sends new ones to some addresses.
    pub fn new(store: Store, targets: Vec<AlertTarget>) -> Self {
        Self { store, targets: targets.into(), last_delivery: None, judged: None, last: None }
    }

    /// A judgement of a snapshot on a day, where that state has not been judged; at most one a minute.
    pub fn due_judgement(&mut self, snapshot: &Arc<Snapshot>, today: Day) -> Option<AlertJudgement> {
        let state = (snapshot.serial(), today);
        let is_early = self.last.is_some_and(|last| last.elapsed() < BETWEEN_JUDGEMENTS);
        if snapshot.editions.is_empty() || self.judged == Some(state) || is_early {
            return None;
        }
        self.judged = Some(state);
        self.last = Some(Instant::now());
        let (store, targets) = (self.store.clone(), Arc::clone(&self.targets));
        Some(AlertJudgement { store, targets, snapshot: Arc::clone(snapshot), today })
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
        let Self { store, targets, snapshot, today } = self;
        let begun = Instant::now();
        let Ok(judgement) = tokio::task::spawn_blocking(move || judge(&snapshot, today)).await else {
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
