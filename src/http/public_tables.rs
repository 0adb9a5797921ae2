//! Every count that the public can read, gathered from the answers themselves.
//!
//! In: a reader of answers. Out: a [`Reading`] for the audit: counts of areas in all released windows, their
//! components and their years, and the sums that follow from expectations. What one answer publishes is published,
//! whatever the others hide.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::reading::{PublicReader, ReadingError};
use crate::assessment::audit::{ReadCount, ReadSum, Reading};
use crate::assessment::release::AreaRef;
use crate::domain::area::Level;
use crate::domain::edition::EditionId;

type Cell = (usize, Level, usize, usize, Option<usize>);

/// Gathers the counts of all answers.
#[derive(Debug)]
pub struct PublicTables<'a> {
    reader: &'a PublicReader,
    counts: BTreeMap<Cell, (AreaRef, Option<u32>)>,
    sums: Vec<ReadSum>,
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
    pub async fn read(mut self, told: &mut impl FnMut()) -> Result<Reading, ReadingError> {
        let reader = self.reader;
        let windows: Vec<String> = reader.served().release().windows().iter().map(|window| window.id.clone()).collect();
        for (edition_place, edition, level, _) in levels(reader) {
            for (window, id) in windows.iter().enumerate() {
                let answer = reader.json(&format!("/ratings?edition={edition}&level={level}&window={id}")).await?;
                told();
                let rows = answer["areas"].as_array().cloned().unwrap_or_default();
                let area = |place| AreaRef { edition, level, place };
                self.sums.extend(sum_behind(&rows, &area, window));
                for (place, row) in rows.iter().enumerate() {
                    let at = At { edition_place, area: area(place), window };
                    self.keep(&at, None, &row["incidents"]);
                    let code = row["code"].as_str().unwrap_or_default();
                    let one = reader.json(&format!("/areas/{edition}/{code}?window={id}")).await?;
                    told();
                    self.keep_area(&at, &one, &windows);
                }
            }
        }
        let counts = self.counts.into_iter().map(|((_, _, _, window, component), (area, count))| ReadCount {
            area,
            window,
            component,
            count,
        });
        Ok(Reading { counts: counts.collect(), sums: self.sums })
    }

    fn keep_area(&mut self, at: &At, answer: &Json, windows: &[String]) {
        self.keep(at, None, &answer["area"]["incidents"]);
        for (component, part) in answer["components"].as_array().into_iter().flatten().enumerate() {
            self.keep(at, Some(component), &part["observed"]);
        }
        for year in answer["series"].as_array().into_iter().flatten() {
            let id = year["window"]["id"].as_str();
            if let Some(window) = windows.iter().position(|window| Some(window.as_str()) == id) {
                self.keep(&At { window, ..*at }, None, &year["incidents"]);
            }
        }
    }

    /// What is published in one answer is published, whatever the others hide.
    fn keep(&mut self, at: &At, component: Option<usize>, count: &Json) {
        let cell = (at.edition_place, at.area.level, at.area.place, at.window, component);
        let count = count.as_u64().map(|count| count as u32);
        let kept = self.counts.entry(cell).or_insert((at.area, count));
        kept.1 = kept.1.or(count);
    }
}

/// Every level: the place and the id of its edition, the level, how many areas it has.
fn levels(reader: &PublicReader) -> Vec<(usize, EditionId, Level, usize)> {
    let editions = reader.served().snapshot.editions.iter().enumerate();
    let levels = editions.flat_map(|(place, picture)| {
        let levels = picture.shape.levels.iter();
        levels.map(move |areas| (place, picture.entry.id, areas.level, areas.areas.len()))
    });
    levels.collect()
}

#[derive(Debug, Clone, Copy)]
struct At {
    edition_place: usize,
    area: AreaRef,
    window: usize,
}

/// The sum over the level that the expectation of one area gives away, if one is published.
fn sum_behind(rows: &[Json], area: &impl Fn(usize) -> AreaRef, window: usize) -> Option<ReadSum> {
    let person_years = |row: &Json| row["person_years"].as_f64().filter(|years| *years > 0.0);
    let (expected, own) = rows.iter().find_map(|row| Some((row["expected"].as_f64()?, person_years(row)?)))?;
    let exposed = rows.iter().enumerate().filter(|(_, row)| person_years(row).is_some());
    let all: f64 = rows.iter().filter_map(person_years).sum();
    Some(ReadSum {
        areas: exposed.map(|(place, _)| area(place)).collect(),
        window,
        total: (expected / own * all).round() as u32,
    })
}
