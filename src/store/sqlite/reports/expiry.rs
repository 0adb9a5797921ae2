//! What of reports goes when its day has come: words, traces of senders, what is known of repeats.

use sqlx::Executor as _;

use crate::store::error::StoreError;
use crate::store::sqlite::opening::Store;

/// What went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExpiredReports {
    /// Texts.
    pub texts: u64,
    /// Traces of senders.
    pub senders: u64,
    /// What was known of repeats.
    pub arrivals: u64,
}

impl Store {
    /// Deletes what has expired at a moment, in seconds since 1970 UTC. Its bytes are overwritten in the database.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn delete_expired_reports(&self, now_s: i64) -> Result<ExpiredReports, StoreError> {
        const DUE: &str = "SELECT EXISTS (SELECT 1 FROM report_text WHERE expires_s <= ?1) \
                           OR EXISTS (SELECT 1 FROM report_sender WHERE expires_s <= ?1) \
                           OR EXISTS (SELECT 1 FROM report_arrival WHERE expires_s <= ?1)";
        const DELETE: [&str; 3] = [
            "DELETE FROM report_text WHERE expires_s <= ?",
            "DELETE FROM report_sender WHERE expires_s <= ?",
            "DELETE FROM report_arrival WHERE expires_s <= ?",
        ];
        let fault = |source| self.fault(source);
        let is_due = sqlx::query_scalar::<_, bool>(DUE).bind(now_s).fetch_one(&self.pool).await.map_err(fault)?;
        if !is_due {
            return Ok(ExpiredReports::default());
        }
        let mut transaction = self.writing().await?;
        transaction.execute("PRAGMA secure_delete = ON").await.map_err(fault)?;
        let mut counts = [0; 3];
        for (statement, count) in DELETE.into_iter().zip(&mut counts) {
            let deleted = sqlx::query(statement).bind(now_s).execute(&mut *transaction).await.map_err(fault)?;
            *count = deleted.rows_affected();
        }
        // Only these few rows: overwriting what an import replaces would cost it time.
        transaction.execute("PRAGMA secure_delete = OFF").await.map_err(fault)?;
        transaction.commit().await.map_err(fault)?;
        let [texts, senders, arrivals] = counts;
        Ok(ExpiredReports { texts, senders, arrivals })
    }
}
