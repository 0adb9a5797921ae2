//! Every count that the public can read, gathered from the answers themselves.
//!
//! In: a reader of answers. Out: a [`PublishedNumbers`] for the audit: counts of areas in all released windows, their
//! components and their years, and the sums that follow from expectations. What one answer publishes is published,
//! whatever the others hide.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::public_reader::{PublicReader, PublicReaderError};
use crate::assessment::audit::{PublishedCount, PublishedNumbers, PublishedSum};
use crate::assessment::release::AreaRef;
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;

type CellKey = (usize, Level, usize, usize, Option<usize>);

/// Gathers the counts of all answers.
#[derive(Debug)]
pub struct PublicTables<'a> {
    reader: &'a PublicReader,
    counts: BTreeMap<CellKey, (AreaRef, Option<u32>)>,
    sums: Vec<PublishedSum>,
}

impl<'a> PublicTables<'a> {
    /// Nothing gathered yet.
    pub fn new(reader: &'a PublicReader) -> Self {
        Self { reader, counts: BTreeMap::new(), sums: Vec::new() }
    }

    /// How many answers there are to read.
    pub fn answers(reader: &PublicReader) -> usize {
        let levels = levels(reader);
        levels.iter().map(|(.., areas)| areas + 1).sum::<usize>() * reader.served().release().windows().len()
    }

    /// Reads every rating, area and series in every released window, telling of each answer.
    ///
    /// # Errors
    /// When an answer is refused or is not what it should be.
    pub async fn read(mut self, on_progress: &mut impl FnMut()) -> Result<PublishedNumbers, PublicReaderError> {
        let reader = self.reader;
        let windows: Vec<String> = reader.served().release().windows().iter().map(|window| window.id.clone()).collect();
        for (edition_place, edition, level, _) in levels(reader) {
            for (window, id) in windows.iter().enumerate() {
                let answer = reader.json(&format!("/ratings?edition={edition}&level={level}&window={id}")).await?;
                on_progress();
                let rows = answer["areas"].as_array().cloned().unwrap_or_default();
                let area = |area_index| AreaRef { edition, level, area_index };
                self.sums.extend(sum_behind(&rows, &area, window));
                for (area_index, row) in rows.iter().enumerate() {
                    let at = TableAddress { edition_place, area: area(area_index), window };
                    self.keep(&at, None, &row["incidents"]);
                    let code = row["code"].as_str().unwrap_or_default();
                    let one = reader.json(&format!("/areas/{edition}/{code}?window={id}")).await?;
                    on_progress();
                    self.keep_area(&at, &one, &windows);
                }
            }
        }
        let counts = self.counts.into_iter().map(|((_, _, _, window, component), (area, count))| PublishedCount {
            area,
            window,
            component,
            count,
        });
        Ok(PublishedNumbers { counts: counts.collect(), sums: self.sums })
    }

    fn keep_area(&mut self, at: &TableAddress, answer: &Json, windows: &[String]) {
        self.keep(at, None, &answer["area"]["incidents"]);
        for (component, part) in answer["components"].as_array().into_iter().flatten().enumerate() {
            self.keep(at, Some(component), &part["observed"]);
        }
        for year in answer["series"].as_array().into_iter().flatten() {
            let id = year["window"]["id"].as_str();
            if let Some(window) = windows.iter().position(|window| Some(window.as_str()) == id) {
                self.keep(&TableAddress { window, ..*at }, None, &year["incidents"]);
            }
        }
    }

    /// What is published in one answer is published, whatever the others hide.
    fn keep(&mut self, at: &TableAddress, component: Option<usize>, count: &Json) {
        let cell = (at.edition_place, at.area.level, at.area.area_index, at.window, component);
        let count = count.as_u64().map(|count| count as u32);
        let kept = self.counts.entry(cell).or_insert((at.area, count));
        kept.1 = kept.1.or(count);
    }
}

/// Every level: the index and the id of its edition, the level, how many areas it has.
fn levels(reader: &PublicReader) -> Vec<(usize, EditionId, Level, usize)> {
    let editions = reader.served().snapshot.editions.iter().enumerate();
    let levels = editions.flat_map(|(area_index, edition_data)| {
        let levels = edition_data.shape.levels.iter();
        levels.map(move |areas| (area_index, edition_data.entry.id, areas.level, areas.areas.len()))
    });
    levels.collect()
}

#[derive(Debug, Clone, Copy)]
struct TableAddress {
    edition_place: usize,
    area: AreaRef,
    window: usize,
}

/// The sum over the level that the expectation of one area gives away, if one is published.
fn sum_behind(rows: &[Json], area: &impl Fn(usize) -> AreaRef, window: usize) -> Option<PublishedSum> {
    let person_years = |row: &Json| row["person_years"].as_f64().filter(|years| *years > 0.0);
    let (expected, own) = rows.iter().find_map(|row| Some((row["expected"].as_f64()?, person_years(row)?)))?;
    let exposed = rows.iter().enumerate().filter(|(_, row)| person_years(row).is_some());
    let all: f64 = rows.iter().filter_map(person_years).sum();
    Some(PublishedSum {
        areas: exposed.map(|(area_index, _)| area(area_index)).collect(),
        window,
        total: (expected / own * all).round() as u32,
    })
}
