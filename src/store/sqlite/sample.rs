//! Whether the store wants the embedded sample, so that a filling that was
//! interrupted is resumed.

use super::opening::Store;
use crate::store::error::StoreError;

impl Store {
    /// Whether the sample belongs here: nothing was ever written, or a filling was interrupted.
    pub async fn needs_sample(&self) -> Result<bool, StoreError> {
        let query = "SELECT (SELECT value FROM meta WHERE key = 'epoch') = 0 \
                     OR EXISTS (SELECT 1 FROM meta WHERE key = 'sample_filling')";
        sqlx::query_scalar(query).fetch_one(&self.pool).await.map_err(|source| self.fault(source))
    }

    /// Refuses a store that holds a part of the sample only.
    ///
    /// # Errors
    /// When a filling was interrupted, or the database cannot be read.
    pub async fn refuse_half_sample(&self) -> Result<(), StoreError> {
        let query = "SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'sample_filling')";
        let is_half: bool =
            sqlx::query_scalar(query).fetch_one(&self.pool).await.map_err(|source| self.fault(source))?;
        if is_half { Err(StoreError::HalfSample { folder: self.folder().to_owned() }) } else { Ok(()) }
    }

    /// Notes that filling with the sample begins.
    pub async fn begin_sample(&self) -> Result<(), StoreError> {
        self.note("INSERT INTO meta (key, value) VALUES ('sample_filling', 1) ON CONFLICT DO NOTHING").await
    }

    /// Notes that the sample is complete.
    pub async fn finish_sample(&self) -> Result<(), StoreError> {
        self.note("DELETE FROM meta WHERE key = 'sample_filling'").await
    }

    async fn note(&self, statement: &'static str) -> Result<(), StoreError> {
        sqlx::query(statement).execute(&self.pool).await.map(drop).map_err(|source| self.fault(source))
    }
}
