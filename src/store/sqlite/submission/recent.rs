//! The history of incidents, read for what is new, other or gone since a moment.
//!
//! In: a moment, and of which categories single incidents are wanted. Out: [`RecentChanges`]. What it costs grows with
//! the writes since that moment, not with the incidents there are.

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, Sqlite};

use crate::domain::filter::CategorySet;
use crate::store::error::StoreError;
use crate::store::recent_changes::{RecentChange, RecentChanges, RecentIncident};
use crate::store::sqlite::opening::Store;

/// The first and the last write to each incident since a moment.
const RECENT: &str = "WITH recent AS (SELECT incident_id, min(number) AS earliest, max(number) AS latest \
                      FROM incident_history WHERE moment_s >= ";
const COUNTS: &str = " GROUP BY incident_id) \
     SELECT coalesce(sum(earliest.action = 'added' AND incident.id IS NOT NULL), 0), \
     coalesce(sum(earliest.action <> 'added' AND incident.id IS NOT NULL), 0), \
     coalesce(sum(earliest.action <> 'added' AND incident.id IS NULL), 0), coalesce(max(recent.latest), 0) \
     FROM recent JOIN incident_history AS earliest ON earliest.number = recent.earliest \
     LEFT JOIN incident ON incident.id = recent.incident_id";
/// What is there no more is told as the last write found it.
const NEWEST: &str = " GROUP BY incident_id), changed AS (\
     SELECT recent.latest AS number, recent.incident_id AS id, incident.id IS NOT NULL AS is_there, \
     earliest.action <> 'added' AS was_there, latest.moment_s AS moment_s, \
     iif(incident.id IS NULL, latest.unix_seconds, incident.unix_seconds) AS unix_seconds, \
     iif(incident.id IS NULL, latest.lon_e7, incident.lon_e7) AS lon_e7, \
     iif(incident.id IS NULL, latest.lat_e7, incident.lat_e7) AS lat_e7, \
     iif(incident.id IS NULL, latest.edition, incident.edition) AS edition, \
     iif(incident.id IS NULL, latest.area_code, incident.area_code) AS area_code, \
     iif(incident.id IS NULL, latest.category, incident.category) AS category, \
     iif(incident.id IS NULL, latest.severity, incident.severity) AS severity, \
     iif(incident.id IS NULL, latest.status, incident.status) AS status, \
     iif(incident.id IS NULL, latest.channel, incident.channel) AS channel, \
     iif(incident.id IS NULL, latest.precision, incident.precision) AS precision \
     FROM recent JOIN incident_history AS earliest ON earliest.number = recent.earliest \
     JOIN incident_history AS latest ON latest.number = recent.latest \
     LEFT JOIN incident ON incident.id = recent.incident_id) \
     SELECT id, unix_seconds, lon_e7, lat_e7, edition, area_code, category, severity, status, channel, precision, \
     moment_s, was_there, is_there FROM changed WHERE (was_there OR is_there) AND category IN (";

impl Store {
    /// What requests changed since a moment, in seconds since 1970 UTC; of some categories the newest incidents, so many
    /// at most.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn recent_changes(
        &self,
        since_s: i64,
        categories: CategorySet,
        most: usize,
    ) -> Result<RecentChanges, StoreError> {
        let fault = |source| self.fault(source);
        let mut reading = self.reading().await?;
        let mut counts = QueryBuilder::<Sqlite>::new(RECENT);
        counts.push_bind(since_s).push(COUNTS);
        let (added, corrected, withdrawn, last_write): (i64, i64, i64, i64) =
            counts.build_query_as().fetch_one(&mut *reading).await.map_err(fault)?;
        let numbers: Vec<i64> =
            categories.iter().filter_map(|category| self.vocabulary.categories.number(category.index())).collect();
        let newest = if last_write == 0 || numbers.is_empty() || most == 0 {
            Vec::new()
        } else {
            let mut query = QueryBuilder::<Sqlite>::new(RECENT);
            query.push_bind(since_s).push(NEWEST);
            let mut list = query.separated(", ");
            for number in numbers {
                list.push_bind(number);
            }
            query.push(") ORDER BY number DESC LIMIT ").push_bind(most as i64);
            query.build().fetch_all(&mut *reading).await.map_err(fault)?
        };
        Ok(RecentChanges {
            last_write: last_write.cast_unsigned(),
            added: added.cast_unsigned(),
            corrected: corrected.cast_unsigned(),
            withdrawn: withdrawn.cast_unsigned(),
            newest: newest.iter().map(|row| self.recent_incident(row)).collect::<Result<_, _>>()?,
        })
    }

    fn recent_incident(&self, row: &SqliteRow) -> Result<RecentIncident, StoreError> {
        let fault = |source| self.fault(source);
        let (was_there, is_there): (bool, bool) = (row.try_get(12).map_err(fault)?, row.try_get(13).map_err(fault)?);
        let change = match (was_there, is_there) {
            (false, _) => RecentChange::Added,
            (true, true) => RecentChange::Corrected,
            (true, false) => RecentChange::Withdrawn,
        };
        Ok(RecentIncident { incident: self.incident(row)?, change, moment_s: row.try_get(11).map_err(fault)? })
    }
}
