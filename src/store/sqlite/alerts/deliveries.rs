//! To whom alerts have been sent, and when it is tried again.

use crate::domain::alert::StoredAlert;
use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;

/// An alert that is due to be sent to an address.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertDelivery {
    /// The alert.
    pub alert: StoredAlert,
    /// The address.
    pub target: String,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// It was taken, or is given up.
    Ended,
    /// It is tried again at this moment, in seconds since 1970 UTC.
    AgainAt(i64),
}

impl Store {
    /// Puts new alerts down to be sent to some addresses.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_alert_deliveries(
        &self,
        numbers: &[u64],
        targets: &[String],
        now_s: i64,
    ) -> Result<(), StoreError> {
        const ADD: &str = "INSERT OR IGNORE INTO alert_delivery (alert, target, tries, next_s) VALUES (?, ?, 0, ?)";
        if numbers.is_empty() || targets.is_empty() {
            return Ok(());
        }
        let fault = |source| self.fault(source);
        let mut transaction = self.writing().await?;
        for number in numbers {
            for target in targets {
                let insert = sqlx::query(ADD).bind(number.cast_signed()).bind(target.as_str()).bind(now_s);
                insert.execute(&mut *transaction).await.map_err(fault)?;
            }
        }
        transaction.commit().await.map_err(fault)
    }

    /// The deliveries that are due at a moment.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn due_alert_deliveries(&self, now_s: i64) -> Result<Vec<AlertDelivery>, StoreError> {
        const DUE: &str = "SELECT alert, target, tries FROM alert_delivery WHERE next_s <= ? ORDER BY alert, target";
        let mut reading = self.reading().await?;
        let due: Vec<(i64, String, u32)> =
            sqlx::query_as(DUE).bind(now_s).fetch_all(&mut *reading).await.map_err(|source| self.fault(source))?;
        drop(reading);
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let alerts = self.alerts().await?;
        let delivery = |(number, target, tries): (i64, String, u32)| {
            let alert = alerts.iter().find(|alert| alert.number == number.cast_unsigned())?.clone();
            Some(AlertDelivery { alert, target, tries })
        };
        Ok(due.into_iter().filter_map(delivery).collect())
    }

    /// Takes note of what became of a delivery.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn note_alert_delivery(
        &self,
        delivery: &AlertDelivery,
        outcome: DeliveryOutcome,
    ) -> Result<(), StoreError> {
        const NOTE: &str = "UPDATE alert_delivery SET tries = tries + 1, next_s = ? WHERE alert = ? AND target = ?";
        let next_s = match outcome {
            DeliveryOutcome::Ended => None,
            DeliveryOutcome::AgainAt(moment_s) => Some(moment_s),
        };
        let mut transaction = self.writing().await?;
        let update =
            sqlx::query(NOTE).bind(next_s).bind(delivery.alert.number.cast_signed()).bind(delivery.target.as_str());
        update.execute(&mut *transaction).await.map_err(|source| self.fault(source))?;
        transaction.commit().await.map_err(|source| self.fault(source))
    }
}
