//! Reports coming in: each once, whatever is repeated, and what one person sends in pieces put together.

use sqlx::{Sqlite, Transaction};

use super::rows::wrong;
use crate::domain::area::AreaKey;
use crate::domain::area::Position;
use crate::domain::incident::IncidentLocation;
use crate::domain::report::{KeyedHash, NewReport, Report, ReportFacts, ReportNumber, ReportStatus};
use crate::store::error::StoreError;
use crate::store::sqlite::location_columns::LocationColumns;
use crate::store::sqlite::opening::Store;
use crate::store::sqlite::values::Values;

/// What became of a report that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportArrival {
    /// It is a new one.
    Added(ReportNumber),
    /// It completes one of the same sender.
    Completed(ReportNumber),
    /// It came before; nothing was done.
    Known(ReportNumber),
    /// Its sender has sent too many that do not belong together; the last of them. Nothing was done.
    Flood(ReportNumber),
    /// Something else came before by the same challenge or under the same id; nothing was done.
    OtherContents,
}

impl Store {
    /// Takes a report in, under a number where it is a new one, and returns when it is on the disk.
    ///
    /// # Errors
    /// When the database refuses; nothing is kept then.
    pub async fn add_report(&self, new: &NewReport, number: &ReportNumber) -> Result<ReportArrival, StoreError> {
        let mut transaction = self.writing().await?;
        if let Some(known) = self.known_arrival(&mut transaction, new.arrival, new.contents).await? {
            return Ok(known);
        }
        if let Some(last) = self.flood(&mut transaction, new).await? {
            return Ok(ReportArrival::Flood(last));
        }
        let completed = self.completed_report(&mut transaction, new).await?;
        let (id, arrival) = if let Some(report) = completed {
            (report.sequence, ReportArrival::Completed(report.number))
        } else {
            (self.insert_report(&mut transaction, new, number).await?, ReportArrival::Added(number.clone()))
        };
        self.note_arrival(&mut transaction, new, id).await?;
        transaction.commit().await.map_err(|source| self.fault(source))?;
        if !self.syncs_each_commit() {
            self.sync_to_disk().await?;
        }
        Ok(arrival)
    }

    /// What came by a challenge or under an id before; none where nothing did.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn known_report(
        &self,
        arrival: KeyedHash,
        contents: KeyedHash,
    ) -> Result<Option<ReportArrival>, StoreError> {
        let mut reading = self.reading().await?;
        self.known_arrival(&mut reading, arrival, contents).await
    }

    async fn known_arrival(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        arrival: KeyedHash,
        contents: KeyedHash,
    ) -> Result<Option<ReportArrival>, StoreError> {
        const KNOWN: &str = "SELECT a.contents, r.number FROM report_arrival AS a \
                             JOIN report AS r ON r.id = a.report WHERE a.arrival = ?";
        let query = sqlx::query_as::<_, (Vec<u8>, String)>(KNOWN).bind(bytes(arrival));
        let known = query.fetch_optional(&mut **transaction).await.map_err(|source| self.fault(source))?;
        let Some((kept, number)) = known else { return Ok(None) };
        if kept != contents.0 {
            return Ok(Some(ReportArrival::OtherContents));
        }
        let number = number.parse().map_err(|error| wrong(&number, &error))?;
        Ok(Some(ReportArrival::Known(number)))
    }

    async fn note_arrival(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        new: &NewReport,
        report: i64,
    ) -> Result<(), StoreError> {
        const NOTE: &str = "INSERT INTO report_arrival (arrival, contents, report, expires_s) VALUES (?, ?, ?, ?)";
        let note = sqlx::query(NOTE).bind(bytes(new.arrival)).bind(bytes(new.contents));
        let note = note.bind(report).bind(new.arrival_expires_s).execute(&mut **transaction).await;
        note.map(drop).map_err(|source| self.fault(source))
    }

    /// The last report of a sender who has sent as many as one may while his trace is kept.
    async fn flood(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        new: &NewReport,
    ) -> Result<Option<ReportNumber>, StoreError> {
        const SENT: &str = "SELECT count(*), max(r.number) FROM report_sender AS s JOIN report AS r ON r.id = s.report \
                            WHERE s.sender = ? AND s.expires_s > ?";
        let Some(sender) = new.sender else { return Ok(None) };
        let sent = sqlx::query_as::<_, (i64, Option<String>)>(SENT).bind(bytes(sender.hash)).bind(new.received_s);
        let (count, last) = sent.fetch_one(&mut **transaction).await.map_err(|source| self.fault(source))?;
        let Some(last) = last.filter(|_| count >= i64::from(sender.most_reports)) else { return Ok(None) };
        last.parse().map(Some).map_err(|error| wrong(&last, &error))
    }

    /// The report that the same sender began a little before, with what was said now.
    async fn completed_report(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        new: &NewReport,
    ) -> Result<Option<Report>, StoreError> {
        const LAST: &str = "SELECT r.id FROM report_sender AS s JOIN report AS r ON r.id = s.report \
                            WHERE s.sender = ? AND r.received_s >= ? AND r.status IN ('received', 'in_review') \
                            ORDER BY r.id DESC LIMIT 1";
        let Some(sender) = new.sender else { return Ok(None) };
        let last = sqlx::query_scalar::<_, i64>(LAST).bind(bytes(sender.hash)).bind(sender.since_s);
        let last = last.fetch_optional(&mut **transaction).await.map_err(|source| self.fault(source))?;
        let Some(id) = last else { return Ok(None) };
        let Some(report) = self.report_of_id(transaction, id).await? else { return Ok(None) };
        let Some(facts) = report.facts.completed_with(&new.facts, sender.most_chars) else { return Ok(None) };
        if facts != report.facts {
            self.replace_facts(transaction, id, &facts).await?;
            self.put_text(transaction, id, facts.text.as_deref(), new.text_expires_s).await?;
        }
        Ok(Some(report))
    }

    async fn insert_report(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        new: &NewReport,
        number: &ReportNumber,
    ) -> Result<i64, StoreError> {
        const INSERT: &str = "INSERT INTO report (number, received_s, status, version, channel, category, happened_s, \
                              lon_e7, lat_e7, edition, area_code) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
        const SENDER: &str = "INSERT INTO report_sender (report, sender, expires_s) VALUES (?, ?, ?)";
        let fault = |source| self.fault(source);
        let mut values = Values::default();
        values.bind(number.as_str().to_owned());
        values.bind(new.received_s);
        values.bind(ReportStatus::Received.as_str());
        self.bind_facts(&mut values, &new.facts);
        let insert = sqlx::query_scalar_with::<_, i64, _>(INSERT, values.finished().map_err(fault)?);
        let id = insert.fetch_one(&mut **transaction).await.map_err(fault)?;
        self.put_text(transaction, id, new.facts.text.as_deref(), new.text_expires_s).await?;
        if let Some(sender) = new.sender {
            let insert = sqlx::query(SENDER).bind(id).bind(bytes(sender.hash)).bind(sender.expires_s);
            insert.execute(&mut **transaction).await.map_err(fault)?;
        }
        Ok(id)
    }

    async fn replace_facts(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        id: i64,
        facts: &ReportFacts,
    ) -> Result<(), StoreError> {
        const REPLACE: &str = "UPDATE report SET version = version + 1, channel = ?, category = ?, happened_s = ?, \
                               lon_e7 = ?, lat_e7 = ?, edition = ?, area_code = ? WHERE id = ?";
        let fault = |source| self.fault(source);
        let mut values = Values::default();
        self.bind_facts(&mut values, facts);
        values.bind(id);
        let replace = sqlx::query_with(REPLACE, values.finished().map_err(fault)?);
        replace.execute(&mut **transaction).await.map(drop).map_err(fault)
    }

    /// Puts the text of a report apart. The day on which one goes that is there already stays.
    async fn put_text(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        id: i64,
        text: Option<&str>,
        expires_s: i64,
    ) -> Result<(), StoreError> {
        const PUT: &str = "INSERT INTO report_text (report, text, expires_s) VALUES (?, ?, ?) \
                           ON CONFLICT (report) DO UPDATE SET text = excluded.text";
        let Some(text) = text else { return Ok(()) };
        let put = sqlx::query(PUT).bind(id).bind(text).bind(expires_s).execute(&mut **transaction).await;
        put.map(drop).map_err(|source| self.fault(source))
    }

    fn bind_facts(&self, values: &mut Values, facts: &ReportFacts) {
        values.bind(self.vocabulary.channels.number(facts.channel.index()));
        values.bind(facts.category.and_then(|category| self.vocabulary.categories.number(category.index())));
        values.bind(facts.happened_s);
        let (position, area) = position_and_area(&facts.location);
        LocationColumns::of(position, area).bind(values);
    }
}

fn position_and_area(location: &IncidentLocation) -> (Option<Position>, Option<&AreaKey>) {
    match location {
        IncidentLocation::Point(position) => (Some(*position), None),
        IncidentLocation::Area(key) => (None, Some(key)),
        IncidentLocation::Unknown => (None, None),
    }
}

fn bytes(hash: KeyedHash) -> Vec<u8> {
    hash.0.to_vec()
}
