//! Evidence for "crime, social evils and accidents restrained or reduced": the counts of this window and of
//! the one before, by severity, with the exact conditional probability of such a change by chance.
//!
//! It decides nothing. At two incidents a year an unchanged commune "gets worse" in two years of five, which
//! is why every change stands beside its p.

use super::windows::window_before;
use crate::assessment::counting::{Counted, counted, exposures};
use crate::domain::area::{AreaIndex, AreaKey, Level};
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::incident::taxonomy::{CategoryIndex, Severity};
use crate::domain::rules::window::Window;
use crate::domain::standard::circular::EvidenceRule;
use crate::domain::time::period::{Day, Period};
use crate::snapshot::Snapshot;
use crate::statistics::{ExposedCount, compare_counts};

/// Two counts and what chance says of their difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountChange {
    /// Incidents of the window.
    pub now: u32,
    /// Incidents of the window before.
    pub before: u32,
    /// Two-sided exact conditional probability of a split at least as uneven under equal rates.
    pub p: f64,
    /// Above this probability the change is called chance.
    pub chance_above_p: f64,
}

impl CountChange {
    /// Whether the change lies within chance.
    pub fn is_within_chance(&self) -> bool {
        self.p > self.chance_above_p
    }
}

/// The counts of a commune in a window and the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The window before.
    pub before: Period,
    /// All severities together.
    pub total: CountChange,
    /// By severity, the least severe first.
    pub by_severity: Vec<(Severity, CountChange)>,
}

/// The evidence of a commune; none where its edition, residents, or incidents of both windows are not known.
pub fn evidence(snapshot: &Snapshot, commune: &AreaKey, window: &Window, rule: &EvidenceRule) -> Option<Evidence> {
    let before = period_before(snapshot, window)?;
    let now = CommuneCounts::of(snapshot, commune, window.period, rule)?;
    let then = CommuneCounts::of(snapshot, commune, before, rule)?;
    let change = |count: &dyn Fn(&CommuneCounts) -> u32| {
        let exposed = |counts: &CommuneCounts| ExposedCount {
            count: u64::from(count(counts)),
            person_years: counts.person_years,
        };
        let p = compare_counts(exposed(&now), exposed(&then))?.exact_p;
        Some(CountChange { now: count(&now), before: count(&then), p, chance_above_p: rule.chance_above_p })
    };
    let severities = (1..=Severity::COUNT as u8).filter_map(|number| Severity::new(number).ok());
    let by_severity = severities.map(|severity| Some((severity, change(&|counts| counts.of_severity(severity))?)));
    let by_severity = by_severity.collect::<Option<Vec<_>>>()?;
    Some(Evidence { before, total: change(&CommuneCounts::total)?, by_severity })
}

/// The window before, or as many days before where none has a name; none where the incidents do not reach back.
fn period_before(snapshot: &Snapshot, window: &Window) -> Option<Period> {
    let (from, to) = (window.period.from(), window.period.to());
    let unnamed = Period::new(Day::from_number(2 * from.number() - to.number()), from).ok();
    let before = window_before(&snapshot.rules, window).map(|window| window.period).or(unnamed)?;
    snapshot.coverage.compares(before, window.period).then_some(before)
}

/// What was counted in one commune and period.
struct CommuneCounts {
    counted: Counted,
    area_index: AreaIndex,
    person_years: f64,
}

impl CommuneCounts {
    fn of(snapshot: &Snapshot, commune: &AreaKey, period: Period, rule: &EvidenceRule) -> Option<Self> {
        let edition_data = snapshot.edition(commune.edition)?;
        let areas = edition_data.shape.level(Level::Commune)?;
        let area_index = areas.index_of(&commune.code)?;
        let categories = categories(snapshot, rule);
        let scheme = snapshot.schemes.default_index();
        let min_severity = Severity::LEAST;
        let filter = Filter { edition: commune.edition, period, categories, min_severity, scheme };
        let exposure = exposures(edition_data, areas, &snapshot.coverage, period);
        let person_years = exposure.person_years.at(area_index).copied().flatten()?;
        Some(Self { counted: counted(snapshot, edition_data, areas, &filter), area_index, person_years })
    }

    fn total(&self) -> u32 {
        self.counted.incidents[self.area_index]
    }

    fn of_severity(&self, severity: Severity) -> u32 {
        let shown = self.counted.categories.iter();
        shown.map(|category| self.counted.table.count(self.area_index, category, severity)).sum()
    }
}

/// The categories of the components that count as evidence.
fn categories(snapshot: &Snapshot, rule: &EvidenceRule) -> CategorySet {
    let categories = snapshot.taxonomy.categories.iter().enumerate();
    let counted = categories.filter(|(_, category)| rule.components.contains(&category.component));
    counted.fold(CategorySet::EMPTY, |set, (index, _)| set.with(CategoryIndex::new(index as u8)))
}
