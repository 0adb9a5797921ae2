//! Maps of chance over areas and steps, and the greatest statistic of each.
//!
//! In: a table of cylinders and how events are dealt out. Out: as many maxima as there are maps, each from random numbers
//! of its own, so that the order in which the cores take them changes nothing.

use rayon::prelude::*;

use super::cylinders::CylinderTable;
use super::design::{SpaceTimeCounts, SpaceTimeDesign};
use super::expectation::{Dealing, Expectation};
use crate::statistics::spatial::scan::binomial::{ChanceMap, Randomness};
use crate::statistics::spatial::scan::likelihood::LANES;

/// Where an event lies, as far as cylinders know it.
#[derive(Debug, Clone, Copy)]
struct Event {
    area: usize,
    /// Steps before the last one.
    back: usize,
}

/// The greatest statistic of each map of chance.
pub(super) fn maxima_by_chance(
    table: &CylinderTable<'_>,
    counts: &SpaceTimeCounts,
    expectation: &Expectation,
    design: SpaceTimeDesign,
) -> Vec<f64> {
    let events = events(counts);
    let cells = match &expectation.dealing {
        Dealing::Cells(shares) => Some(ChanceMap::new(shares, events.len() as u64)),
        Dealing::Shuffle => None,
    };
    let replicas = design.replicas as usize;
    let of_block = |block: usize| {
        let mut lanes = vec![[0_i32; LANES]; table.areas() * table.lengths()];
        let numbers = 0..LANES;
        for lane in numbers {
            let mut randomness = Randomness::new(design.seed, (block * LANES + lane) as u64);
            let mut place = |event: Event, count: i32| {
                if event.back < table.lengths() {
                    lanes[event.area * table.lengths() + event.back][lane] += count;
                }
            };
            match &cells {
                Some(map) => {
                    map.draw(&mut randomness, |cell, count| place(event_of_cell(cell, table.lengths()), count as i32));
                }
                None => shuffled(&events, &mut randomness, |event| place(event, 1)),
            }
        }
        add_up(&mut lanes, table.lengths());
        table.maxima(&lanes)
    };
    let maxima: Vec<[f64; LANES]> = (0..replicas.div_ceil(LANES)).into_par_iter().map(of_block).collect();
    maxima.into_iter().flatten().take(replicas).collect()
}

/// Every event by itself.
fn events(counts: &SpaceTimeCounts) -> Vec<Event> {
    let of_area = |area: usize| {
        let last_first = counts.row(area).iter().rev().enumerate();
        last_first.flat_map(move |(back, count)| (0..*count).map(move |_| Event { area, back }))
    };
    (0..counts.areas).flat_map(of_area).collect()
}

/// The cells of an area are its last steps, the last one first, and one for all before.
fn event_of_cell(cell: usize, lengths: usize) -> Event {
    Event { area: cell / (lengths + 1), back: cell % (lengths + 1) }
}

/// Gives every event of an area the step of another event.
fn shuffled(events: &[Event], randomness: &mut Randomness, mut give: impl FnMut(Event)) {
    let mut backs: Vec<usize> = events.iter().map(|event| event.back).collect();
    // Fisher and Yates: what stands before `left` has not been drawn yet, and each of it is as likely to be drawn.
    for left in (1..backs.len()).rev() {
        backs.swap(left, randomness.below(left + 1));
    }
    for (event, back) in events.iter().zip(backs) {
        give(Event { area: event.area, back });
    }
}

/// From counts by step to those of the last step, the last two, and so on.
fn add_up(lanes: &mut [[i32; LANES]], lengths: usize) {
    for of_area in lanes.chunks_mut(lengths.max(1)) {
        for length in 1..of_area.len() {
            let before = of_area[length - 1];
            of_area[length].iter_mut().zip(before).for_each(|(count, before)| *count += before);
        }
    }
}
