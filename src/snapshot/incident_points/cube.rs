//! Days of the drawn incidents by cell, category and severity, sorted, so that a count over a period is the distance
//! between two searches, whatever the number of incidents.
//!
//! In: the drawn rows in Hilbert order. Out: counts of a cell for a filter. Stored only for the zooms at which some
//! tile holds more incidents than may be read one by one; two bytes for each incident and stored zoom.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::cell_changes::{CellChanges, CountedChanges};
use super::order::OrderedIncidents;
use super::tiles::OccupiedTiles;
use crate::domain::filter::Filter;
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::row_filter::{Counts, RowFilter};
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};
use crate::domain::time::period::{Day, Period};
use crate::geometry::projection::MAX_ZOOM;

/// The days on which something happened, each known by its rank, which fits sixteen bits.
#[derive(Debug, Clone, Default)]
struct KnownDays {
    days: Vec<i32>,
}

/// The cells of one zoom.
#[derive(Debug, Clone)]
struct CellLevel {
    /// The zoom whose tiles are the cells.
    zoom: u8,
    /// The indices of the cells along the curve of their zoom.
    keys: Vec<u32>,
    /// The first series of each cell, and the end of the last.
    first_series: Vec<u32>,
    /// Category and severity of each series.
    kinds: Vec<(CategoryIndex, Severity)>,
    /// The first rank of each series, and the end of the last.
    first_ranks: Vec<u32>,
    /// The ranks of the days, ascending within a series.
    ranks: Vec<u16>,
}

/// Sorted days of cells at one or more zooms.
#[derive(Debug, Clone, Default)]
struct CountedCells {
    days: KnownDays,
    levels: Vec<CellLevel>,
}

/// The cells as they were counted ahead, which snapshots share, and what changed since.
#[derive(Debug, Clone, Default)]
pub(super) struct CellCube {
    counted: Arc<CountedCells>,
    changes: CellChanges,
}

impl CellCube {
    /// The cube of all drawn rows, for cells `cell_depth` zooms below the tiles that show them. A zoom is stored while
    /// some tile that shows its cells has more than `max_rows_read` rows.
    pub(super) fn new(
        incidents: &IncidentColumns,
        tiles: &OccupiedTiles,
        first_zoom: u8,
        cell_depth: u8,
        max_rows_read: usize,
    ) -> Self {
        let zooms = first_zoom..=MAX_ZOOM - cell_depth;
        // A deeper tile holds no more than the one above it, so the first zoom that can be read row by row ends
        // the list.
        let kept: Vec<u8> = zooms.take_while(|zoom| tiles.most_rows(MAX_ZOOM - zoom) > max_rows_read).collect();
        if kept.is_empty() {
            return Self::default();
        }
        let Some((days, ranks)) = ranked(incidents, tiles.all_rows()) else { return Self::default() };
        let level = |zoom: &u8| CellLevel::new(incidents, tiles, zoom + cell_depth, &ranks);
        let counted = CountedCells { days, levels: kept.iter().map(level).collect() };
        Self { counted: Arc::new(counted), changes: CellChanges::default() }
    }

    /// The cube when some rows have gone and others have come. Nothing is counted anew.
    pub(super) fn changed(&self, lost: &OrderedIncidents, gained: &OrderedIncidents) -> Self {
        if self.counted.levels.is_empty() {
            return self.clone();
        }
        Self { counted: Arc::clone(&self.counted), changes: self.changes.with(lost, gained) }
    }

    /// The counts of a filter in the cells of a zoom and a key that are given one after another, ascending.
    pub(super) fn reader<'a>(&'a self, zoom: u8, filter: &Filter, rows: &'a RowFilter) -> Option<CellReader<'a>> {
        // Levels ascend by zoom; the first that is as deep serves shallower ones by summing its cells.
        let CountedCells { days, levels } = &*self.counted;
        let level = levels.iter().find(|level| level.zoom >= zoom)?;
        Some(CellReader {
            level,
            levels_up: level.zoom - zoom,
            ranks: days.ranks(filter.period),
            known: days.days.len() as u32,
            rows,
            changes: self.changes.counted(zoom, filter.period, rows),
            next: 0,
        })
    }

    /// The memory it takes.
    pub(super) fn bytes(&self) -> usize {
        let level = |level: &CellLevel| {
            4 * (level.keys.capacity() + level.first_series.capacity() + level.first_ranks.capacity())
                + 2 * (level.kinds.capacity() + level.ranks.capacity())
        };
        let CountedCells { days, levels } = &*self.counted;
        4 * days.days.capacity() + levels.iter().map(level).sum::<usize>() + self.changes.bytes()
    }
}

impl KnownDays {
    /// The ranks of the days of a period.
    fn ranks(&self, period: Period) -> Range<u32> {
        let rank = |day: Day| self.days.partition_point(|known| *known < day.number()) as u32;
        rank(period.from())..rank(period.to())
    }
}

/// The days of some rows, and the rank of the day of each; none where the days are too many for ranks of 16 bits.
fn ranked(incidents: &IncidentColumns, rows: Range<usize>) -> Option<(KnownDays, Vec<u16>)> {
    let day = |row: usize| Day::of_unix_seconds(incidents.unix_seconds(IncidentRow::new(row))).number();
    let span = rows.clone().into_par_iter().map(day).map(|day| (day, day));
    let (first, last) = span.reduce_with(|one, other| (one.0.min(other.0), one.1.max(other.1)))?;
    let mut is_known = vec![false; (last - first) as usize + 1];
    for row in rows.clone() {
        // Days that no incident has need no rank. Ranks keep the order of the days, so a period is a range of
        // ranks.
        is_known[(day(row) - first) as usize] = true;
    }
    let days: Vec<i32> = (first..=last).filter(|day| is_known[(day - first) as usize]).collect();
    if days.len() > 1 << 16 {
        return None;
    }
    let mut rank_of = vec![0_u16; is_known.len()];
    for (rank, day) in days.iter().enumerate() {
        rank_of[(day - first) as usize] = rank as u16;
    }
    let ranks = rows.into_par_iter().map(|row| rank_of[(day(row) - first) as usize]).collect();
    Some((KnownDays { days }, ranks))
}

struct CellSeries {
    kinds: Vec<(CategoryIndex, Severity)>,
    lengths: Vec<u32>,
    ranks: Vec<u16>,
}

impl CellLevel {
    fn new(incidents: &IncidentColumns, tiles: &OccupiedTiles, zoom: u8, ranks: &[u16]) -> Self {
        let cells: Vec<(u32, Range<usize>)> = tiles.grouped(tiles.all(), MAX_ZOOM - zoom).collect();
        let of_cell = |(_, cell): &(u32, Range<usize>)| series(incidents, tiles.rows(cell.clone()), ranks);
        let all: Vec<CellSeries> = cells.par_iter().map(of_cell).collect();
        let mut level = Self {
            zoom,
            keys: cells.into_iter().map(|(key, _)| key).collect(),
            first_series: vec![0],
            kinds: Vec::new(),
            first_ranks: vec![0],
            ranks: Vec::with_capacity(ranks.len()),
        };
        // Cells are laid end to end in the order of their keys. Before each turn `first_series` and `first_ranks`
        // end with the starts of this cell, and each push adds the start of what follows.
        for cell in all {
            level.kinds.extend(cell.kinds);
            level.first_series.push(level.kinds.len() as u32);
            let mut end = level.ranks.len() as u32;
            level.first_ranks.extend(cell.lengths.into_iter().map(|length| {
                end += length;
                end
            }));
            level.ranks.extend(cell.ranks);
        }
        level
    }

    fn ranks_of(&self, series: usize) -> &[u16] {
        &self.ranks[self.first_ranks[series] as usize..self.first_ranks[series + 1] as usize]
    }
}

/// The ranks of some rows by category and severity, sorted.
fn series(incidents: &IncidentColumns, rows: Range<usize>, ranks: &[u16]) -> CellSeries {
    let mut entries: Vec<u32> = rows
        .map(IncidentRow::new)
        .map(|row| {
            let (category, severity) = (incidents.category(row), incidents.severity(row));
            (category.index() as u32) << 24 | u32::from(severity.number()) << 16 | u32::from(ranks[row.index()])
        })
        .collect();
    entries.sort_unstable();
    let mut found = CellSeries { kinds: Vec::new(), lengths: Vec::new(), ranks: Vec::with_capacity(entries.len()) };
    // Category, severity and rank are packed from the high bits down, so one sort of whole numbers groups the
    // kinds and orders the days within each.
    for run in entries.chunk_by(|one, next| one >> 16 == next >> 16) {
        let severity = Severity::new((run[0] >> 16) as u8).unwrap_or(Severity::LEAST);
        found.kinds.push((CategoryIndex::new((run[0] >> 24) as u8), severity));
        found.lengths.push(run.len() as u32);
        found.ranks.extend(run.iter().map(|entry| *entry as u16));
    }
    found
}

/// Reads cells of one zoom in the order of the curve.
#[derive(Debug)]
pub(super) struct CellReader<'a> {
    level: &'a CellLevel,
    levels_up: u8,
    ranks: Range<u32>,
    known: u32,
    rows: &'a RowFilter,
    changes: CountedChanges<'a>,
    next: usize,
}

impl CellReader<'_> {
    /// Adds the counts of the cell with a key, which is greater than all before.
    pub(super) fn add_cell(&mut self, key: u32, counts: &mut Counts) {
        let shift = 2 * u32::from(self.levels_up);
        let coarse = |fine: u32| if shift < u32::BITS { fine >> shift } else { 0 };
        let keys = &self.level.keys;
        if self.next == 0 {
            self.next = keys.partition_point(|fine| coarse(*fine) < key);
        }
        // Keys are requested in ascending order, and `next` is the first cell not yet passed: all requests
        // together walk the keys once. A coarser key is the finer one without its last bits, because the curve
        // leaves no tile before it has visited all of it.
        while self.next < keys.len() && coarse(keys[self.next]) <= key {
            if coarse(keys[self.next]) == key {
                self.add_fine_cell(self.next, counts);
            }
            self.next += 1;
        }
        self.changes.apply(key, counts);
    }

    fn add_fine_cell(&self, cell: usize, counts: &mut Counts) {
        let level = self.level;
        for series in level.first_series[cell] as usize..level.first_series[cell + 1] as usize {
            let (category, severity) = level.kinds[series];
            if self.rows.counts_kind(category, severity) {
                let ranks = level.ranks_of(series);
                let count = self.before(ranks, self.ranks.end) - self.before(ranks, self.ranks.start);
                counts.add(category, severity, count as u32);
            }
        }
    }

    /// How many ranks lie before one.
    fn before(&self, ranks: &[u16], rank: u32) -> usize {
        match rank {
            0 => 0,
            rank if rank == self.known => ranks.len(),
            rank => ranks.partition_point(|known| u32::from(*known) < rank),
        }
    }
}
