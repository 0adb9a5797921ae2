//! Incidents in squares of a fixed grid: what a planner sees in place of points.
//!
//! In: a snapshot and a day. Out: a [`SquareTable`] that answers a closed list of questions: a released window, and all
//! reported categories, one component of them, or its detected ones. Which of these answers a square gives is decided
//! once for all of them together. What is counted in a square falls into parts, by step of time and by group; a square
//! answers only where every part that its answers can be divided into is 0 or at least `k`. Every count that follows
//! from sums and differences of the answers is a sum of such parts, and so never one of 1 to k − 1. There is one grid at
//! every zoom, and a square is counted whole whatever box is asked for. Categories never shown as points are in none.
//!
//! # Reference
//! Deciding on all tables of one source together, and not on each as it is asked for, is the defence against
//! differencing of queries (Duncan, Elliot and Salazar-González, "Statistical Confidentiality", 2011, chapter 4).

use std::collections::BTreeMap;
use std::ops::Range;

use super::rating::component_members;
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};
use crate::domain::rules::window::Window;
use crate::domain::time::period::{Day, Period};
use crate::geometry::projection::{LonLat, LonLatBounds};
use crate::snapshot::Snapshot;

/// Where the grid begins: south-west of the province, in degrees.
const ORIGIN: LonLat = LonLat::new(107.0, 14.5);
/// The parallel on which a cell is square, through the middle of the province, in degrees.
const SQUARE_AT_LAT: f64 = 15.6;
/// Metres along a degree of a meridian (mean radius of the earth).
const METRES_PER_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;

/// The squares of a question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CountGrid {
    /// The squares that answer it with at least one incident, from south to north and west to east.
    pub cells: Vec<CountCell>,
    /// Incidents in all squares together, shown or not.
    pub incidents: u32,
    /// Incidents in squares that do not answer it.
    pub in_small_cells: u32,
}

/// A square of the fixed grid with what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct CountCell {
    /// Its position in the grid: column, row.
    pub id: (i32, i32),
    /// Where it lies.
    pub bounds: LonLatBounds,
    /// Incidents in it.
    pub count: u32,
    /// The id of the component with the most of them, of equally many the first; none where the square does not answer
    /// for single components.
    pub main_component: Option<String>,
}

/// Which squares are asked for: a window and a group of categories, each by its index among those of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SquareQuestion {
    window: usize,
    group: SquareGroup,
}

/// Which incidents of a window are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum SquareGroup {
    /// All reported categories.
    Reported,
    /// One part of the categories.
    Part(usize),
}

/// What can be asked of squares.
#[derive(Debug, Clone, PartialEq)]
pub struct SquareChoices {
    windows: Vec<SquareWindow>,
    /// How many steps of time there are.
    steps: Vec<Period>,
    parts: Vec<SquarePart>,
    /// The categories that can be points.
    drawable: CategorySet,
    reported: CategorySet,
    /// The newest of the longest windows.
    longest: Option<usize>,
}

/// A window that can be asked for, with the steps that it covers.
#[derive(Debug, Clone, PartialEq)]
struct SquareWindow {
    id: String,
    period: Period,
    span: Range<usize>,
}

/// Categories that are counted together: those of a component that are reported, or those that are detected.
#[derive(Debug, Clone, PartialEq)]
struct SquarePart {
    component: String,
    categories: CategorySet,
    is_reported: bool,
}

/// How much a square answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answered {
    Nothing,
    /// All reported categories in the newest of the longest windows.
    Longest,
    /// The same, and each part of the categories in it.
    LongestByPart,
    /// All reported categories in every window.
    Windows,
    /// Every question.
    All,
}

/// What was counted in one square: part after part within a step, step after step.
#[derive(Debug, Clone, PartialEq)]
struct SquareCounts {
    counts: Vec<u32>,
    answered: Answered,
}

/// All squares with incidents, counted for every question that can be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct SquareTable {
    /// What can be asked.
    pub choices: SquareChoices,
    grid: Grid,
    /// By row and column of the grid.
    squares: BTreeMap<(i32, i32), SquareCounts>,
}

impl SquareChoices {
    /// What can be asked of a snapshot on a day: the windows that are released by then, because one that still runs
    /// would give single incidents away from one day to the next.
    pub fn of(snapshot: &Snapshot, today: Day) -> Self {
        let (windows, steps) = windows(snapshot, today);
        let drawable = drawable(snapshot);
        let reported = CategorySet::reported(&snapshot.taxonomy).intersection(drawable);
        let days = |window: &SquareWindow| window.period.to().number() - window.period.from().number();
        let longest = windows.iter().enumerate().max_by_key(|(_, window)| (days(window), window.period.to()));
        Self {
            longest: longest.map(|(index, _)| index),
            parts: parts(snapshot, drawable, reported),
            windows,
            steps,
            drawable,
            reported,
        }
    }

    /// The question that a filter is; none where it is none of them.
    pub fn asked(&self, filter: &Filter) -> Option<SquareQuestion> {
        let window = self.windows.iter().position(|window| window.period == filter.period)?;
        let group = self.group(filter.categories)?;
        (filter.min_severity == Severity::LEAST).then_some(SquareQuestion { window, group })
    }

    /// The question that is answered to a filter that may be none: the shortest window that holds its period, or the
    /// newest of the longest; its categories, or all reported ones.
    pub fn nearest(&self, filter: &Filter) -> Option<SquareQuestion> {
        let holds = |window: &SquareWindow| {
            window.period.from() <= filter.period.from() && filter.period.to() <= window.period.to()
        };
        let days = |window: &SquareWindow| window.period.to().number() - window.period.from().number();
        let around = self.windows.iter().enumerate().filter(|(_, window)| holds(window));
        let window = around.min_by_key(|(_, window)| days(window)).map(|(index, _)| index).or(self.longest)?;
        Some(SquareQuestion { window, group: self.group(filter.categories).unwrap_or(SquareGroup::Reported) })
    }

    fn group(&self, categories: CategorySet) -> Option<SquareGroup> {
        let wanted = categories.intersection(self.drawable);
        if wanted == self.reported {
            return Some(SquareGroup::Reported);
        }
        self.parts.iter().position(|part| part.categories == wanted).map(SquareGroup::Part)
    }

    /// The id of the window of a question.
    pub fn window_id(&self, question: SquareQuestion) -> &str {
        self.windows.get(question.window).map_or("", |window| &window.id)
    }

    /// The component of a question; none for all reported categories.
    pub fn component(&self, question: SquareQuestion) -> Option<&str> {
        match question.group {
            SquareGroup::Reported => None,
            SquareGroup::Part(part) => self.parts.get(part).map(|part| part.component.as_str()),
        }
    }

    /// The ids of the windows that can be asked for.
    pub fn window_ids(&self) -> impl Iterator<Item = &str> {
        self.windows.iter().map(|window| window.id.as_str())
    }

    /// The components that can be asked for, each once.
    pub fn component_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.parts.iter().map(|part| part.component.as_str()).collect();
        ids.dedup();
        ids
    }

    /// Every question that can be asked.
    pub fn questions(&self) -> impl Iterator<Item = SquareQuestion> {
        let groups = move || std::iter::once(SquareGroup::Reported).chain((0..self.parts.len()).map(SquareGroup::Part));
        (0..self.windows.len()).flat_map(move |window| groups().map(move |group| SquareQuestion { window, group }))
    }

    fn step_of(&self, day: Day) -> Option<usize> {
        self.steps.iter().position(|step| step.contains(day))
    }

    /// The cells of a square's counts that a question sums.
    fn summed(&self, question: SquareQuestion) -> impl Iterator<Item = usize> {
        let span = self.windows.get(question.window).map_or(0..0, |window| window.span.clone());
        let width = self.parts.len();
        let counts = move |part: usize| match question.group {
            SquareGroup::Reported => self.parts[part].is_reported,
            SquareGroup::Part(wanted) => part == wanted,
        };
        span.flat_map(move |step| (0..width).filter(move |part| counts(*part)).map(move |part| step * width + part))
    }

    fn count(&self, counts: &[u32], question: SquareQuestion) -> u32 {
        self.summed(question).map(|cell| counts[cell]).sum()
    }

    /// How much a square of some counts may answer: the most that leaves no part small.
    fn answered(&self, counts: &[u32], least: u32) -> Answered {
        let Some(longest) = self.longest else { return Answered::Nothing };
        let is_safe = |count: u32| count == 0 || count >= least;
        let of = |window: usize, group: SquareGroup| self.count(counts, SquareQuestion { window, group });
        let reported_in = |step: usize| {
            let parts = self.parts.iter().enumerate().filter(|(_, part)| part.is_reported);
            parts.map(|(part, _)| counts[step * self.parts.len() + part]).sum::<u32>()
        };
        let whole = is_safe(of(longest, SquareGroup::Reported));
        let by_step = (0..self.steps.len()).all(|step| is_safe(reported_in(step)));
        let by_part = (0..self.parts.len()).all(|part| is_safe(of(longest, SquareGroup::Part(part))));
        if counts.iter().all(|count| is_safe(*count)) {
            Answered::All
        } else if by_step {
            Answered::Windows
        } else if by_part {
            Answered::LongestByPart
        } else if whole {
            Answered::Longest
        } else {
            Answered::Nothing
        }
    }

    fn answers(&self, answered: Answered, question: SquareQuestion) -> bool {
        let is_longest = Some(question.window) == self.longest;
        let is_whole = question.group == SquareGroup::Reported;
        match answered {
            Answered::Nothing => false,
            Answered::Longest => is_longest && is_whole,
            Answered::LongestByPart => is_longest,
            Answered::Windows => is_whole,
            Answered::All => true,
        }
    }
}

/// The released windows, cut to the days that are covered as requests are, and the steps that none of them divides.
fn windows(snapshot: &Snapshot, today: Day) -> (Vec<SquareWindow>, Vec<Period>) {
    let cut = |window: &Window| Some((window.id.clone(), snapshot.coverage.cut(window.period)?));
    let released: Vec<(String, Period)> = snapshot.rules.released_windows(today).filter_map(cut).collect();
    let mut ends: Vec<Day> = released.iter().flat_map(|(_, period)| [period.from(), period.to()]).collect();
    ends.sort_unstable();
    ends.dedup();
    let step_at = |day: Day| ends.partition_point(|end| *end < day);
    let window = |(id, period): (String, Period)| SquareWindow {
        span: step_at(period.from())..step_at(period.to()),
        id,
        period,
    };
    let windows = released.into_iter().map(window).collect();
    (windows, ends.windows(2).filter_map(|pair| Period::new(pair[0], pair[1]).ok()).collect())
}

/// The categories that may be points.
fn drawable(snapshot: &Snapshot) -> CategorySet {
    let never = &snapshot.rules.disclosure.never_below_district;
    let categories = snapshot.taxonomy.categories.iter().enumerate();
    let drawn =
        categories.filter(|(_, category)| !category.sensitive && !category.unmapped && !never.contains(&category.id));
    drawn.fold(CategorySet::EMPTY, |set, (index, _)| set.with(CategoryIndex::new(index as u8)))
}

/// The parts of the drawable categories: of each component the reported and the detected ones, and what is in none.
fn parts(snapshot: &Snapshot, drawable: CategorySet, reported: CategorySet) -> Vec<SquarePart> {
    let scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
    let members = component_members(&snapshot.taxonomy, scheme, drawable);
    let set = |members: &[CategoryIndex], is_reported: bool| {
        let kind = members.iter().filter(|category| reported.contains(**category) == is_reported);
        kind.fold(CategorySet::EMPTY, |set, category| set.with(*category))
    };
    let mut parts = Vec::new();
    let mut rest = drawable;
    for (component, members) in scheme.components.iter().zip(members.iter()) {
        for is_reported in [true, false] {
            let categories = set(members, is_reported);
            if !categories.is_empty() {
                parts.push(SquarePart { component: component.id.clone(), categories, is_reported });
            }
        }
        rest = members.iter().fold(rest, |rest, category| rest.without(*category));
    }
    for is_reported in [true, false] {
        let categories = set(&rest.iter().collect::<Vec<_>>(), is_reported);
        if !categories.is_empty() {
            parts.push(SquarePart { component: String::new(), categories, is_reported });
        }
    }
    parts
}

impl SquareTable {
    /// Counts all squares of a snapshot, and decides what each may answer on a day.
    pub fn of(snapshot: &Snapshot, today: Day) -> Self {
        let (choices, rule) = (SquareChoices::of(snapshot, today), &snapshot.rules.disclosure);
        let (grid, width) = (Grid::new(rule.planner_cell_m), choices.parts.len());
        let part_of =
            |category: CategoryIndex| choices.parts.iter().position(|part| part.categories.contains(category));
        let mut counted: BTreeMap<(i32, i32), Vec<u32>> = BTreeMap::new();
        let (pieces, incidents) = (snapshot.points.rows(), &snapshot.incidents);
        for row in pieces.iter().flat_map(|piece| incidents.rows_of(piece)) {
            let step = choices.step_of(Day::of_unix_seconds(incidents.unix_seconds(row)));
            let place = incidents.position(row).zip(step).zip(part_of(incidents.category(row)));
            if let Some(((at, step), part)) = place {
                // Rows further north come later in the order of the answer.
                let (column, line) = grid.cell_of(at.lon(), at.lat());
                let none = || vec![0; choices.steps.len() * width];
                counted.entry((line, column)).or_insert_with(none)[step * width + part] += 1;
            }
        }
        let square = |counts: Vec<u32>| SquareCounts { answered: choices.answered(&counts, rule.k), counts };
        let squares = counted.into_iter().map(|(at, counts)| (at, square(counts))).collect();
        Self { choices, grid, squares }
    }

    /// All squares that answer a question.
    pub fn grid(&self, question: SquareQuestion) -> CountGrid {
        let mut grid = CountGrid::default();
        for (at, square) in &self.squares {
            let count = self.choices.count(&square.counts, question);
            grid.incidents += count;
            match self.cell(*at, square, question) {
                Some(cell) => grid.cells.push(cell),
                None => grid.in_small_cells += count,
            }
        }
        grid
    }

    /// The squares that answer a question and meet a box, each with all its incidents, those outside the box too, so that
    /// no two boxes give different counts of a square. None where more than `most_cells` meet the box.
    pub fn meeting(&self, question: SquareQuestion, bounds: LonLatBounds, most_cells: usize) -> Vec<CountCell> {
        let first = self.grid.cell_of(bounds.west, bounds.south);
        let last = self.grid.cell_of(bounds.east, bounds.north);
        let sides = [last.0.saturating_sub(first.0), last.1.saturating_sub(first.1)];
        let [width, height] = sides.map(|side| usize::try_from(side).unwrap_or(0).saturating_add(1));
        if width.saturating_mul(height) > most_cells {
            return Vec::new();
        }
        let lines = (first.1..=last.1).flat_map(|line| self.squares.range((line, first.0)..=(line, last.0)));
        lines.filter_map(|(at, square)| self.cell(*at, square, question)).collect()
    }

    fn cell(&self, at: (i32, i32), square: &SquareCounts, question: SquareQuestion) -> Option<CountCell> {
        let (line, column) = at;
        let count = self.choices.count(&square.counts, question);
        let shown = count > 0 && self.choices.answers(square.answered, question);
        shown.then(|| CountCell {
            id: (column, line),
            bounds: self.grid.bounds(column, line),
            count,
            main_component: self.main_component(square, question),
        })
    }

    /// The component with the most incidents of a question, where the square answers for each.
    fn main_component(&self, square: &SquareCounts, question: SquareQuestion) -> Option<String> {
        let by_part = |part: usize| SquareQuestion { group: SquareGroup::Part(part), ..question };
        let counted = (0..self.choices.parts.len()).filter(|part| match question.group {
            SquareGroup::Reported => self.choices.parts[*part].is_reported,
            SquareGroup::Part(wanted) => *part == wanted,
        });
        let most = counted
            .map(|part| (self.choices.count(&square.counts, by_part(part)), std::cmp::Reverse(part)))
            .max()
            .filter(|(_, part)| self.choices.answers(square.answered, by_part(part.0)))?;
        self.choices.component(by_part(most.1.0)).filter(|id| !id.is_empty()).map(str::to_owned)
    }
}

/// A grid of cells that are as many metres wide as high on one parallel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Grid {
    lon_step: f64,
    lat_step: f64,
}

impl Grid {
    pub(super) fn new(side_m: f64) -> Self {
        let lat_step = side_m / METRES_PER_DEGREE;
        Self { lon_step: lat_step / SQUARE_AT_LAT.to_radians().cos(), lat_step }
    }

    pub(super) fn cell_of(self, lon: f64, lat: f64) -> (i32, i32) {
        let line = |degrees: f64, origin: f64, step: f64| ((degrees - origin) / step).floor() as i32;
        (line(lon, ORIGIN.lon, self.lon_step), line(lat, ORIGIN.lat, self.lat_step))
    }

    pub(super) fn bounds(self, column: i32, line: i32) -> LonLatBounds {
        let (west, south) =
            (ORIGIN.lon + f64::from(column) * self.lon_step, ORIGIN.lat + f64::from(line) * self.lat_step);
        LonLatBounds { west, south, east: west + self.lon_step, north: south + self.lat_step }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_is_as_wide_as_it_is_asked_for_and_holds_its_points() {
        let grid = Grid::new(500.0);
        let (column, line) = grid.cell_of(108.474, 15.6);
        let LonLatBounds { west, south, east, north } = grid.bounds(column, line);
        assert!((west..east).contains(&108.474) && (south..north).contains(&15.6));
        let height_m = (north - south) * METRES_PER_DEGREE;
        let width_m = (east - west) * METRES_PER_DEGREE * SQUARE_AT_LAT.to_radians().cos();
        assert!((height_m - 500.0).abs() < 1e-6 && (width_m - 500.0).abs() < 1e-6);
    }
}
