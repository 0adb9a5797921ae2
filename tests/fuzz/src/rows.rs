//! What must hold of a file of rows, whatever it holds.

use std::ops::ControlFlow;

use binhyen::domain::incident::{Incident, IncidentLocation};
use binhyen::ingest::{
    Batch, DateOrder, Decimal, IngestError, Mapping, RecordBatches, Reject, RowKind, RowSource, TimeFormat, Writing,
};
use jiff::Timestamp;

use crate::choices::Choices;
use crate::world::WORLD;

/// How a file may be said to be written.
const DECIMALS: [Option<Decimal>; 3] = [None, Some(Decimal::Point), Some(Decimal::Comma)];
const ORDERS: [Option<DateOrder>; 4] =
    [None, Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst), Some(DateOrder::YearFirst)];
const TIMES: [TimeFormat; 4] = [TimeFormat::Written, TimeFormat::Epoch, TimeFormat::EpochMs, TimeFormat::Excel];
/// Rows of a batch: few, so that short files have several.
const ROWS: usize = 3;

/// The way of writing that three choices say.
pub fn writing<const N: usize>(choices: &Choices<N>, place: usize) -> Writing {
    Writing {
        decimal: choices.of(place, &DECIMALS),
        dates: choices.of(place + 1, &ORDERS),
        times: choices.of(place + 2, &TIMES),
    }
}

/// Reads a file of rows on one core and on all. Both say the same, rows add up, and whatever is said can be said.
pub fn read_in_both_ways<K: RowKind>(source: &RowSource, mapping: &Mapping, kind: &K) -> Vec<K::Output> {
    let one = on_one_core(source, mapping, kind);
    let all = on_all_cores(source, mapping, kind);
    match (one, all) {
        (Ok(one), Ok(all)) => {
            assert!(one.records == all.records, "the records differ by how the file is read");
            assert!(one.rejects == all.rejects, "the rejects differ: {:?} / {:?}", one.rejects, all.rejects);
            assert_eq!(one.read, all.read);
            assert_eq!(one.read, one.records.len() as u64 + one.rejects.len() as u64, "rows do not add up");
            assert_eq!(one.read, one.announced, "the first pass counted other rows");
            serde_json::to_string(&one.rejects).expect("rejects can be written");
            one.records
        }
        (Err(one), Err(all)) => {
            assert_eq!(one.to_string(), all.to_string());
            Vec::new()
        }
        (one, all) => panic!("read in one way alone: {:?} / {:?}", one.err(), all.err()),
    }
}

/// Everything that a file gave.
struct Taken<T> {
    announced: u64,
    read: u64,
    records: Vec<T>,
    rejects: Vec<Reject>,
}

impl<T> Taken<T> {
    fn new(announced: u64) -> Self {
        Self { announced, read: 0, records: Vec::new(), rejects: Vec::new() }
    }

    fn add(&mut self, batch: Batch<T>) {
        self.read += batch.read;
        assert!(batch.blank.len() == batch.records.len() && batch.unsaid.len() == batch.records.len());
        self.records.extend(batch.records);
        self.rejects.extend(batch.rejects);
    }
}

fn on_one_core<K: RowKind>(source: &RowSource, mapping: &Mapping, kind: &K) -> Result<Taken<K::Output>, IngestError> {
    let mut batches = RecordBatches::open(source, mapping, kind)?;
    let mut taken = Taken::new(batches.rows());
    while let Some(batch) = batches.next_batch(ROWS)? {
        taken.add(batch);
    }
    Ok(taken)
}

fn on_all_cores<K: RowKind>(source: &RowSource, mapping: &Mapping, kind: &K) -> Result<Taken<K::Output>, IngestError> {
    let batches = RecordBatches::open(source, mapping, kind)?;
    let mut taken = Taken::new(batches.rows());
    batches.each_batch(ROWS, |batch| {
        taken.add(batch);
        ControlFlow::Continue(())
    })?;
    Ok(taken)
}

/// Accepted incidents as a file of our own making, which gives the same incidents again.
pub fn incidents_as_csv(incidents: &[Incident]) -> Vec<u8> {
    let words = &WORLD.words.taxonomy;
    let mut lines = vec!["id,time,lon,lat,area_code,edition,category,severity,status,channel,precision".to_owned()];
    for incident in incidents {
        let (lon, lat, code, edition) = match &incident.location {
            IncidentLocation::Point(at) => (at.lon().to_string(), at.lat().to_string(), String::new(), String::new()),
            IncidentLocation::Area(key) => {
                (String::new(), String::new(), key.code.to_string(), key.edition.to_string())
            }
            IncidentLocation::Unknown => Default::default(),
        };
        let time = Timestamp::from_second(incident.unix_seconds).expect("an accepted moment is one");
        let category = words.category_entry(incident.category).expect("an accepted category is one");
        lines.push(format!(
            "\"{}\",{time},{lon},{lat},{code},{edition},{},{},{},{},{}",
            incident.id.replace('"', "\"\""),
            category.id,
            incident.severity.number(),
            words.statuses[incident.status.index()].id,
            words.channels[incident.channel.index()].id,
            words.precisions[incident.precision.index()].id,
        ));
    }
    (lines.join("\n") + "\n").into_bytes()
}
