//! The history of incidents that requests wrote: each as it was before.
//!
//! In: a round of writes, and what was there. Out: rows of `incident_history`. Imports are not listed here: of them there
//! are records.

use sqlx::{AssertSqlSafe, Sqlite, Transaction};

use super::{ROWS, Round};
use crate::domain::incident::Incident;
use crate::store::error::StoreError;
use crate::store::sqlite::location_columns::LocationColumns;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::tables::incidents::position_and_area;
use crate::store::sqlite::values::Values;
use crate::store::submission::{RecordWrite, WriteOrigin};

const HISTORY: &str = "INSERT INTO incident_history (incident_id, epoch, moment_s, action, author, reason, request_id, \
                       unix_seconds, lon_e7, lat_e7, edition, area_code, category, severity, status, channel, \
                       precision) VALUES ";
const HISTORY_ROW: &str = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
/// The columns of a row.
const COLUMNS: usize = 17;

/// One row of the history.
struct HistoryRow<'a> {
    origin: &'a WriteOrigin,
    id: &'a str,
    action: &'static str,
    before: Option<&'a Incident>,
}

impl Store {
    /// Lists what a round changed, as it was before.
    pub(super) async fn list_history(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        round: &Round<'_>,
        epoch: u64,
    ) -> Result<(), StoreError> {
        let rows = round.history();
        for chunk in rows.chunks(ROWS) {
            let mut values = Values::with_room_for(COLUMNS * chunk.len());
            for row in chunk {
                self.bind_history(row, epoch, &mut values);
            }
            let statement = HISTORY.to_owned() + &vec![HISTORY_ROW; chunk.len()].join(", ");
            let values = values.finished().map_err(|source| self.fault(source))?;
            let insert = sqlx::query_with(AssertSqlSafe(statement), values);
            insert.execute(&mut **transaction).await.map_err(|source| self.fault(source))?;
        }
        Ok(())
    }

    fn bind_history(&self, row: &HistoryRow<'_>, epoch: u64, values: &mut Values) {
        let HistoryRow { origin, id, action, before } = row;
        values.bind(*id);
        values.bind(epoch.cast_signed());
        values.bind(origin.moment_s);
        values.bind(*action);
        values.bind(origin.author.as_str());
        values.bind(origin.reason.as_deref());
        values.bind(origin.request_id.as_str());
        values.bind(before.map(|incident| incident.unix_seconds));
        let (position, area) = before.map_or((None, None), position_and_area);
        LocationColumns::of(position, area).bind(values);
        let words = &self.vocabulary;
        values.bind(before.and_then(|incident| words.categories.number(incident.category.index())));
        values.bind(before.map(|incident| incident.severity.number()));
        values.bind(before.and_then(|incident| words.statuses.number(incident.status.index())));
        values.bind(before.and_then(|incident| words.channels.number(incident.channel.index())));
        values.bind(before.and_then(|incident| words.precisions.number(incident.precision.index())));
    }
}

impl Round<'_> {
    fn history(&self) -> Vec<HistoryRow<'_>> {
        let mut rows = Vec::new();
        for (_, RecordWrite { action, origin, .. }) in &self.writes {
            for id in action.ids() {
                let before = self.before.get(id);
                let action = match (before, self.after.get(id)) {
                    (None, _) => "added",
                    (Some(_), None) => "withdrawn",
                    (Some(before), Some(after)) if before == after => continue,
                    (Some(_), Some(_)) => "amended",
                };
                rows.push(HistoryRow { origin, id, action, before });
            }
        }
        rows
    }
}
