//! `binhyen import incidents|models|certifications|population|exposures`: one thread reads
//! and checks, this one writes, batch by batch.

use std::cell::RefCell;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::Date;
use tokio::runtime::{Builder, Runtime};

use super::covers::{CoversArgs, CoversReport, DaysTaken};
use super::incident_report::IncidentTally;
use super::rows_args::RowsArgs;
use super::summary::ImportSummary;
use super::writing_args::WritingReport;
use crate::cli::data_folder::DataFolder;
use crate::cli::exit::{CommandResult, REJECTED};
use crate::cli::output;
use crate::cli::output::{OutputFormat, Progress};
use crate::cli::sample;
use crate::domain::area::edition::EditionCatalogue;
use crate::domain::incident::coverage::DeclaredCoverage;
use crate::domain::standard::circulars::Circulars;
use crate::domain::time::period::Day;
use crate::domain::unsaid::UnsaidFields;
use crate::export::guarded;
use crate::ingest::{
    Batch, Certifications, Exposures, ImportReport, Incidents, IngestError, KnownAreas, Mapping, NaiveZone, Places,
    Populations, RecordBatches, RegisteredUnits, Reject, RowKind, RowSource, SeverityFrom, UnitRows,
};
use crate::service::writing::kept_records::kept_units;
use crate::store::{BulkImport, EarlierDeclarations, HeldImport, Records, SourceKind, Store, StoreError};

/// Batches waiting between the reader and the writer.
const BATCHES_AHEAD: usize = 2;

/// Imports incidents.
pub(in crate::cli) fn incidents(
    args: &RowsArgs,
    zone: NaiveZone,
    severity_from: Option<SeverityFrom>,
    covers: &CoversArgs,
) -> CommandResult {
    let session = Session { severity_from, ..Session::open(args)? };
    let loaded_rules = &session.folder.loaded_rules;
    let now_s = Timestamp::now().as_second();
    let kind = Incidents {
        taxonomy: &loaded_rules.taxonomy,
        areas: &session.areas,
        zone,
        edition: args.edition,
        now_s,
        severity_from,
    };
    let declared = covers.declared(&loaded_rules.taxonomy, &session.areas, args.edition)?;
    let mut summary = session.imported(&kind)?;
    session.declare_coverage(&declared, covers.earlier(), &mut summary)?;
    session.print_report(&summary)
}

/// Imports certifications.
pub(in crate::cli) fn certifications(args: &RowsArgs) -> CommandResult {
    let session = Session::open(args)?;
    let kind = Certifications(session.unit_rows());
    session.import(&kind)
}

/// Imports populations.
pub(in crate::cli) fn population(args: &RowsArgs) -> CommandResult {
    let session = Session::open(args)?;
    let kind = Populations { areas: &session.areas, edition: args.edition };
    session.import(&kind)
}

/// Imports figures of exposure beside residents.
pub(in crate::cli) fn exposures(args: &RowsArgs) -> CommandResult {
    let session = Session::open(args)?;
    let kind = Exposures(session.unit_rows());
    session.import(&kind)
}

/// Everything an import of rows needs.
pub(in crate::cli) struct Session<'a> {
    pub(in crate::cli) args: &'a RowsArgs,
    pub(in crate::cli) folder: DataFolder,
    pub(in crate::cli) runtime: Runtime,
    /// None on a dry run into a folder that has no store.
    pub(in crate::cli) store: Option<Store>,
    /// Keeps what is written from being shown before all of it is there.
    held: RefCell<Option<HeldImport>>,
    pub(in crate::cli) areas: KnownAreas,
    register: RegisteredUnits,
    pub(in crate::cli) today: Date,
    mapping: Mapping,
    source: RowSource,
    /// The severity of incidents whose rows say none.
    severity_from: Option<SeverityFrom>,
}

impl<'a> Session<'a> {
    pub(in crate::cli) fn open(args: &'a RowsArgs) -> Result<Self, Box<dyn std::error::Error>> {
        let folder = DataFolder::new(&args.data.folder)?;
        let mapping = args.mapping()?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let taxonomy = &folder.loaded_rules.taxonomy;
        let store = runtime.block_on(async {
            if !args.dry_run {
                return Store::open_for_batches(&folder.path, taxonomy).await.map(Some);
            }
            match Store::open_existing(&folder.path, taxonomy).await {
                Err(StoreError::Missing { .. }) => Ok(None),
                opened => opened.map(Some),
            }
        })?;
        let areas = known_areas(&runtime, store.as_ref(), &folder.loaded_rules.editions)?;
        let register = match &store {
            Some(store) => RegisteredUnits::new(&runtime.block_on(kept_units(store, SourceKind::Own))?),
            None => RegisteredUnits::default(),
        };
        let today = Day::of_unix_seconds(Timestamp::now().as_second()).date();
        let held = match &store {
            Some(store) if !args.dry_run && !args.publish_batches => Some(runtime.block_on(store.hold_back())?),
            _ => None,
        };
        let (held, source) = (RefCell::new(held), args.source());
        let severity_from = None;
        Ok(Self { args, folder, runtime, store, held, areas, register, today, mapping, source, severity_from })
    }

    /// What rows about units are understood with.
    pub(in crate::cli) fn unit_rows(&self) -> UnitRows<'_> {
        UnitRows {
            rules: &self.folder.loaded_rules.rules,
            areas: &self.areas,
            edition: self.args.edition,
            register: &self.register,
            today: self.today,
        }
    }

    /// The circulars that hold in the folder.
    pub(in crate::cli) fn circulars(&self) -> &Circulars {
        &self.folder.loaded_rules.circulars
    }

    /// Reads, checks and writes all rows of the file, and reports what became of them.
    pub(in crate::cli) fn import<K: RowKind>(&self, kind: &K) -> CommandResult
    where
        for<'r> Records<'r>: From<&'r [K::Output]>,
    {
        self.print_report(&self.imported(kind)?)
    }

    /// The rows of the file that can be imported, none of them written.
    pub(in crate::cli) fn records<K: RowKind>(&self, kind: &K) -> Result<Vec<K::Output>, IngestError> {
        let mut intake = RecordBatches::open(&self.source, &self.mapping, kind)?;
        let mut records = Vec::new();
        while let Some(batch) = intake.next_batch(self.args.batch as usize)? {
            records.extend(batch.records);
        }
        Ok(records)
    }

    /// Takes the rows of the file.
    pub(in crate::cli) fn imported<K: RowKind>(&self, kind: &K) -> Result<ImportSummary<'_>, Box<dyn std::error::Error>>
    where
        for<'r> Records<'r>: From<&'r [K::Output]>,
    {
        let begun = Instant::now();
        let intake = RecordBatches::open(&self.source, &self.mapping, kind)?;
        let mut progress = Progress::new(K::NAME, intake.rows());
        let mut rejects = RejectFile::create(self.args)?;
        let mut report = ImportReport::default();
        let mut epoch = None;
        let mut days = DaysTaken::default();
        let (writing, crs) = (intake.writing(), intake.crs_use());
        let mut tally = self.tally::<K>()?;
        let mut writer = self.store.as_ref().filter(|_| !self.args.dry_run).map(Store::bulk_import);
        let (batch_rows, (sender, batches)) = (self.args.batch as usize, sync_channel(BATCHES_AHEAD));
        let outcome_of_batches = std::thread::scope(|scope| -> Result<(), Box<dyn std::error::Error>> {
            scope.spawn(move || send_batches(intake, batch_rows, &sender));
            for batch in batches {
                let batch: Batch<K::Output> = batch?;
                report.add_read(batch.read, &batch.rejects);
                if let Records::Incidents(incidents) = Records::from(batch.records.as_slice()) {
                    days.add(incidents);
                    if let Some(tally) = &mut tally {
                        tally.add(incidents, &batch.blank);
                    }
                }
                rejects.write(&batch.rejects)?;
                epoch = self.written::<K>(&batch, writer.as_mut(), &mut report)?.or(epoch);
                progress.add(batch.read);
            }
            Ok(())
        });
        let ended = self.ended(writer, &outcome_of_batches);
        progress.finish();
        let outcome_of_batches = outcome_of_batches.and_then(|()| Ok(ended?)).and_then(|()| Ok(rejects.finish()?));
        if let (Err(_), true) = (&outcome_of_batches, epoch.is_some()) {
            output::remark(&format!(
                "{} rows had been written when the import stopped; they remain in the store",
                report.imported()
            ));
        }
        outcome_of_batches?;
        let (file, dry_run) = (self.source.name(), self.args.dry_run);
        let incidents = tally.map(IncidentTally::report);
        let writing = WritingReport::of(writing);
        Ok(ImportSummary {
            kind: K::NAME,
            file,
            dry_run,
            report,
            writing,
            crs,
            incidents,
            stock: None,
            days,
            coverage: None,
            epoch,
            seconds: begun.elapsed().as_secs_f64(),
        })
    }

    /// Writes what was declared of the days covered, and reports which are covered now.
    fn declare_coverage(
        &self,
        declared: &[DeclaredCoverage],
        earlier: EarlierDeclarations,
        summary: &mut ImportSummary<'_>,
    ) -> Result<(), StoreError> {
        let mut all = declared.to_vec();
        let mut known = summary.days;
        if let Some(store) = &self.store {
            self.runtime.block_on(async {
                if !self.args.dry_run && !declared.is_empty() {
                    summary.epoch = Some(store.declare_coverage(declared, earlier, SourceKind::Own).await?.epoch);
                }
                let is_replaced = |old: &DeclaredCoverage| {
                    earlier == EarlierDeclarations::Replaced && declared.iter().any(|new| new.scope == old.scope)
                };
                all.extend(store.declared_coverage().await?.into_iter().filter(|old| !is_replaced(old)));
                if let Some(days) = store.incident_days().await? {
                    known.join(days);
                }
                Ok::<(), StoreError>(())
            })?;
        }
        let rules = &self.folder.loaded_rules.rules;
        summary.coverage = Some(CoversReport::of(summary.days, &all, known.0, rules));
        Ok(())
    }

    /// Ends the writing, which came to its end or had to stop.
    fn ended<E>(&self, writer: Option<BulkImport>, outcome: &Result<(), E>) -> Result<(), StoreError> {
        match writer {
            Some(writer) if outcome.is_ok() => self.runtime.block_on(writer.finish()),
            Some(writer) => self.runtime.block_on(writer.stop()),
            None => Ok(()),
        }
    }

    /// What is to be counted of incidents; none for other kinds of rows.
    fn tally<K: RowKind>(&self) -> Result<Option<IncidentTally<'_>>, StoreError>
    where
        for<'r> Records<'r>: From<&'r [K::Output]>,
    {
        let none: &[K::Output] = &[];
        if !matches!(Records::from(none), Records::Incidents(_)) {
            return Ok(None);
        }
        let areas = match &self.store {
            Some(store) => self.runtime.block_on(store.areas())?,
            None => Vec::new(),
        };
        Ok(Some(IncidentTally::new(Places::new(&areas), &self.areas, self.severity_from)))
    }

    fn written<K: RowKind>(
        &self,
        batch: &Batch<K::Output>,
        writer: Option<&mut BulkImport>,
        report: &mut ImportReport,
    ) -> Result<Option<u64>, StoreError>
    where
        for<'r> Records<'r>: From<&'r [K::Output]>,
    {
        let Some(writer) = writer else {
            report.accepted += batch.records.len() as u64;
            return Ok(None);
        };
        let names: Vec<&'static str> = K::FIELDS.iter().map(|field| field.name).collect();
        let unsaid = UnsaidFields { names: &names, sets: &batch.unsaid };
        let outcome = self.runtime.block_on(writer.import_said(batch.records.as_slice(), unsaid))?;
        report.accepted += outcome.inserted;
        report.updated += outcome.updated;
        report.unchanged += outcome.unchanged;
        report.sample_removed += outcome.sample_removed;
        Ok(Some(outcome.epoch))
    }

    /// Shows what was imported, prints what became of it, and closes the store.
    pub(in crate::cli) fn print_report(&self, summary: &ImportSummary<'_>) -> CommandResult {
        let record = summary.record(Timestamp::now().as_second());
        match (self.held.take(), &self.store) {
            (Some(held), _) => self.runtime.block_on(held.publish_recorded(&record))?,
            (None, Some(store)) if !self.args.dry_run => self.runtime.block_on(store.add_import_record(&record))?,
            _ => {}
        }
        match self.args.format {
            OutputFormat::Json => output::json(summary)?,
            OutputFormat::Text => summary.print_text(self.args),
        }
        if let Some(store) = self.store.clone() {
            self.runtime.block_on(store.close());
        }
        Ok(if summary.report.rejected > 0 { ExitCode::from(REJECTED) } else { ExitCode::SUCCESS })
    }
}

/// Sends one batch after the other while the receiver exists.
fn send_batches<K: RowKind>(
    intake: RecordBatches<'_, K>,
    rows: usize,
    sender: &SyncSender<Result<Batch<K::Output>, IngestError>>,
) {
    let send = |batch| match sender.send(batch) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()), // the writer has stopped
    };
    if let Err(fault) = intake.each_batch(rows, |batch| send(Ok(batch))) {
        let _ = send(Err(fault));
    }
}

/// The areas that codes may name: those loaded, and those of the sample for other editions, with their provinces.
pub(in crate::cli) fn known_areas(
    runtime: &Runtime,
    store: Option<&Store>,
    catalogue: &EditionCatalogue,
) -> Result<KnownAreas, Box<dyn std::error::Error>> {
    let loaded = match store {
        Some(store) => runtime.block_on(store.areas_without_boundaries())?,
        None => Vec::new(),
    };
    Ok(KnownAreas::new(&loaded, &sample::register()?).with_provinces(catalogue))
}

/// The file of rejected rows.
struct RejectFile(Option<(PathBuf, csv::Writer<File>)>);

impl RejectFile {
    fn create(args: &RowsArgs) -> Result<Self, Box<dyn std::error::Error>> {
        let Some(path) = &args.rejects else { return Ok(Self(None)) };
        if path.canonicalize().is_ok_and(|path| args.file.canonicalize().is_ok_and(|file| file == path)) {
            return Err(format!("{}: --rejects would overwrite the file that is imported", path.display()).into());
        }
        let file = File::create(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(["line", "field", "value", "reason"])?;
        Ok(Self(Some((path.clone(), writer))))
    }

    fn write(&mut self, rejects: &[Reject]) -> Result<(), String> {
        let Some((path, writer)) = &mut self.0 else { return Ok(()) };
        for Reject { line, row: _, field, column, value, reason } in rejects {
            let field = if column.is_empty() { (*field).to_owned() } else { format!("{field} (column {column:?})") };
            let texts = [&field, value, reason].map(|text| guarded(text));
            let written = writer.write_record(std::iter::once(line.to_string()).chain(texts));
            written.map_err(|error| format!("{}: {error}", path.display()))?;
        }
        Ok(())
    }

    fn finish(self) -> Result<(), String> {
        let Some((path, mut writer)) = self.0 else { return Ok(()) };
        writer.flush().map_err(|error| format!("{}: {error}", path.display()))
    }
}
