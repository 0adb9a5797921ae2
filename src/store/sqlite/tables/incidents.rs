//! Incidents as rows.

use std::cmp::Ordering;

use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row as _, Sqlite, Transaction};

use crate::domain::area::{AreaKey, Position};
use crate::domain::content::RowDigest;
use crate::domain::holdings::{Dataset, IncidentColumns};
use crate::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};
use crate::domain::incident::{Incident, IncidentLocation};
use crate::store::error::StoreError;
use crate::store::sqlite::location_columns::{LocationColumns, area_key, position};
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::tables::row_digests::{INCIDENT, RowText};
use crate::store::sqlite::upsert::{UpsertRow, UpsertTable};
use crate::store::sqlite::values::Values;
use crate::store::sqlite::vocabulary::Vocabulary;

/// Rows read at once: large enough to forget the cost of a query, small enough to stay in the cache.
const PAGE_ROWS: i64 = 50_000;

const PAGE: &str = "SELECT id, unix_seconds, lon_e7, lat_e7, edition, area_code, category, severity, status, channel, \
                    precision FROM incident WHERE id > ? ORDER BY id LIMIT ?";

const OF_IDS: &str = "SELECT id, unix_seconds, lon_e7, lat_e7, edition, area_code, category, severity, status, channel, \
                      precision FROM incident WHERE id IN (";

/// Changes that were listed before epochs were kept with them stand at epoch 0.
const BEFORE_ALL_EPOCHS: i64 = -1;

const CHANGED: &str = "SELECT incident_change.id, unix_seconds, lon_e7, lat_e7, edition, area_code, category, severity, \
                       status, channel, precision FROM incident_change LEFT JOIN incident USING (id) WHERE epoch > ? \
                       ORDER BY incident_change.id";

/// The incidents on the list of changes, in the order of their ids.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::store) struct ListedIncidents {
    /// Those that are there, as they are now.
    pub(in crate::store) current: Vec<Incident>,
    /// The ids of those that are not there any more.
    pub(in crate::store) removed: Vec<String>,
}

impl UpsertRow for Incident {
    const TABLE: UpsertTable = UpsertTable {
        name: "incident",
        keys: &["id"],
        columns: &[
            "unix_seconds",
            "lon_e7",
            "lat_e7",
            "edition",
            "area_code",
            "category",
            "severity",
            "status",
            "channel",
            "precision",
        ],
        fields: &[("unix_seconds", "time"), ("lon_e7", "lon"), ("lat_e7", "lat"), ("edition", "area_code")],
    };

    /// A location is one: a point takes the place of an area, and an area never that of a point.
    fn update_of(column: &'static str, is_unsaid: &dyn Fn(&str) -> bool) -> Option<String> {
        match column {
            "edition" | "area_code" if !is_unsaid("lon") => Some(format!("excluded.{column}")),
            "edition" | "area_code" if !is_unsaid("area_code") => {
                Some(format!("CASE WHEN incident.lon_e7 IS NULL THEN excluded.{column} ELSE incident.{column} END"))
            }
            column => (!is_unsaid(Self::TABLE.field(column))).then(|| format!("excluded.{column}")),
        }
    }

    fn part(&self) -> Dataset {
        Dataset::Incidents
    }

    fn incident_id(&self) -> Option<&str> {
        Some(&self.id)
    }

    fn digest(&self, vocabulary: &Vocabulary) -> Option<RowDigest> {
        Some(incident_digest(self, vocabulary))
    }

    fn compare_keys(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }

    fn bind_key(&self, values: &mut Values) {
        values.bind(self.id.as_str());
    }

    fn bind_columns(&self, values: &mut Values, vocabulary: &Vocabulary) {
        values.bind(self.unix_seconds);
        let (position, area) = position_and_area(self);
        LocationColumns::of(position, area).bind(values);
        values.bind(vocabulary.categories.number(self.category.index()));
        values.bind(self.severity.number());
        values.bind(vocabulary.statuses.number(self.status.index()));
        values.bind(vocabulary.channels.number(self.channel.index()));
        values.bind(vocabulary.precisions.number(self.precision.index()));
    }
}

/// The digest of an incident as a row.
pub(in crate::store) fn incident_digest(incident: &Incident, vocabulary: &Vocabulary) -> RowDigest {
    let (position, area) = position_and_area(incident);
    let mut row = RowText::default();
    row.text(Some(&incident.id));
    row.integer(Some(incident.unix_seconds));
    LocationColumns::of(position, area).put(&mut row);
    row.integer(vocabulary.categories.number(incident.category.index()));
    row.integer(Some(i64::from(incident.severity.number())));
    row.integer(vocabulary.statuses.number(incident.status.index()));
    row.integer(vocabulary.channels.number(incident.channel.index()));
    row.integer(vocabulary.precisions.number(incident.precision.index()));
    row.digest(INCIDENT)
}

pub(in crate::store) fn position_and_area(incident: &Incident) -> (Option<Position>, Option<&AreaKey>) {
    match &incident.location {
        IncidentLocation::Point(position) => (Some(*position), None),
        IncidentLocation::Area(key) => (None, Some(key)),
        IncidentLocation::Unknown => (None, None),
    }
}

impl Store {
    /// The digest of incidents as rows.
    pub(in crate::store) fn digest_of<'a>(&self, incidents: impl IntoIterator<Item = &'a Incident>) -> RowDigest {
        let digests = incidents.into_iter().map(|incident| incident_digest(incident, &self.vocabulary));
        digests.fold(RowDigest::default(), RowDigest::with)
    }

    /// The digest of the rows that there are of some ids.
    pub(in crate::store) async fn digest_of_incidents(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        ids: &[&str],
    ) -> Result<RowDigest, StoreError> {
        Ok(self.digest_of(&self.incidents_with_ids(transaction, ids).await?))
    }

    /// The incident of an id, as it is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn incident_of_id(&self, id: &str) -> Result<Option<Incident>, StoreError> {
        let mut reading = self.reading().await?;
        Ok(self.incidents_with_ids(&mut reading, &[id]).await?.pop())
    }

    /// The incidents that there are of some ids.
    pub(in crate::store) async fn incidents_with_ids(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        ids: &[&str],
    ) -> Result<Vec<Incident>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new(OF_IDS);
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")");
        let rows = query.build().fetch_all(&mut **transaction).await.map_err(|source| self.fault(source))?;
        rows.iter().map(|row| self.incident(row)).collect()
    }

    /// Every incident, in the order of the ids.
    ///
    /// # Errors
    /// When the rows are not those that were written, or cannot be read.
    pub(in crate::store) async fn incidents_within(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<IncidentColumns, StoreError> {
        let kept = self.incident_digest_within(reading).await?;
        let mut found = RowDigest::default();
        let mut incidents = IncidentColumns::default();
        let mut last = String::new();
        loop {
            let page = sqlx::query(PAGE).bind(&last).bind(PAGE_ROWS).fetch_all(&mut **reading).await;
            let page = page.map_err(|source| self.fault(source))?;
            for row in &page {
                let incident = self.incident(row)?;
                found = found.with(incident_digest(&incident, &self.vocabulary));
                incidents.push(&incident);
            }
            match incidents.rows().last() {
                Some(row) if page.len() as i64 == PAGE_ROWS => incidents.id(row).clone_into(&mut last),
                _ if found == kept => return Ok(incidents),
                _ => return Err(StoreError::Altered { path: self.path.clone(), table: INCIDENT }),
            }
        }
    }

    /// The incidents that are listed with an epoch after another one, as they are now.
    pub(in crate::store) async fn incidents_changed_since(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        epoch: u64,
    ) -> Result<ListedIncidents, StoreError> {
        self.listed_incidents(reading, epoch as i64).await
    }

    /// Every incident on the list of changes, as it is now.
    pub(in crate::store) async fn changed_incidents(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
    ) -> Result<ListedIncidents, StoreError> {
        self.listed_incidents(reading, BEFORE_ALL_EPOCHS).await
    }

    async fn listed_incidents(
        &self,
        reading: &mut Transaction<'static, Sqlite>,
        after_epoch: i64,
    ) -> Result<ListedIncidents, StoreError> {
        let query = sqlx::query(CHANGED).bind(after_epoch);
        let rows = query.fetch_all(&mut **reading).await.map_err(|source| self.fault(source))?;
        let mut listed = ListedIncidents::default();
        for row in &rows {
            let moment: Option<i64> = row.try_get(1).map_err(|source| self.fault(source))?;
            match moment {
                Some(_) => listed.current.push(self.incident(row)?),
                None => listed.removed.push(row.try_get(0).map_err(|source| self.fault(source))?),
            }
        }
        Ok(listed)
    }

    /// An incident as its row has it.
    pub(in crate::store) fn incident(&self, row: &SqliteRow) -> Result<Incident, StoreError> {
        let id: String = row.try_get(0).map_err(|source| self.fault(source))?;
        let number = |column: usize| row.try_get::<i64, _>(column).map_err(|source| self.fault(source));
        let severity = u8::try_from(number(7)?).ok().and_then(|number| Severity::new(number).ok());
        let wrong = |what: &str| StoreError::Value { table: "incident", row: id.clone(), what: what.to_owned() };
        Ok(Incident {
            unix_seconds: number(1)?,
            location: self.incident_location(row, &id)?,
            category: CategoryIndex::new(self.vocabulary.categories.index_of(number(6)?)?),
            severity: severity.ok_or_else(|| wrong("severity is not 1 to 5"))?,
            status: StatusIndex::new(self.vocabulary.statuses.index_of(number(8)?)?),
            channel: ChannelIndex::new(self.vocabulary.channels.index_of(number(9)?)?),
            precision: PrecisionIndex::new(self.vocabulary.precisions.index_of(number(10)?)?),
            id,
        })
    }

    fn incident_location(&self, row: &SqliteRow, id: &str) -> Result<IncidentLocation, StoreError> {
        let columns = LocationColumns::read(row, 2).map_err(|source| self.fault(source))?;
        let wrong = |what| StoreError::Value { table: "incident", row: id.to_owned(), what };
        if let Some(position) = position(&columns).map_err(wrong)? {
            return Ok(IncidentLocation::Point(position));
        }
        Ok(area_key(&columns).map_err(wrong)?.map_or(IncidentLocation::Unknown, IncidentLocation::Area))
    }
}
