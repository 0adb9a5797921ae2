//! Communes over quarters, for kinds of models within whose reach too little happens to be counted.
//!
//! In: the models of a kind and the incidents it is meant to touch. Out: by how much the rate of a commune is lower or
//! higher while the kind runs in it, beside what commune and quarter make expect ([`panel_effect`]). A commune counts
//! whole, so an effect within a few metres is thinned by all that happens beyond: the ratio is not that of the place.
//! The windows before a start are left out, because what happened in them may be why the models came.

use super::compared::Obstacle;
use crate::domain::area::CommuneIndex;
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::incident::coverage::CoveredDays;
use crate::domain::incident::taxonomy::Severity;
use crate::domain::index::IndexVec;
use crate::domain::rules::{EffectRule, ModelKind};
use crate::domain::time::calendar::{Step, StepExtent, StepLength, steps};
use crate::domain::time::period::{Day, Period};
use crate::snapshot::{EditionData, Snapshot};
use crate::statistics::{ConfidenceLevel, PanelCell, PanelEffect, PanelObstacle, panel_effect};

/// Quarters of a hundred years.
const MOST_QUARTERS: usize = 400;

/// The days on which at least one model of a kind runs in a commune.
type Runs = Vec<(Day, Option<Day>)>;

/// The effect of a kind over all communes, or why there is none.
pub(super) fn over_communes(
    snapshot: &Snapshot,
    edition_data: &EditionData,
    kind: &ModelKind,
    categories: CategorySet,
) -> Result<PanelEffect, Obstacle> {
    let rule = &snapshot.rules.effect;
    let level = ConfidenceLevel::new(rule.level).map_err(|_| Obstacle::TooFew)?;
    let quarters = whole_quarters(snapshot).ok_or(Obstacle::NotCovered)?;
    let runs = runs_by_commune(snapshot, edition_data, kind);
    let counts = counts(snapshot, edition_data, categories, &quarters);
    let rows: Vec<Vec<Option<PanelCell>>> = CommuneIndex::of_all(runs.len())
        .zip(counts)
        .map(|(commune, counts)| {
            let cells = quarters.iter().zip(counts).map(|(quarter, events)| {
                if !snapshot.coverage.covers(*quarter) || !edition_data.covers(commune, *quarter, &snapshot.coverage) {
                    return None;
                }
                let residents = edition_data.residents_in(commune, *quarter)?;
                let exposure = f64::from(residents) * quarter.years();
                let treatment = treatment(&runs[commune], *quarter, rule)?;
                Some(PanelCell { events: u64::from(events), exposure, treatment })
            });
            cells.collect()
        })
        .collect();
    let effect = panel_effect(&rows, level).map_err(|obstacle| match obstacle {
        PanelObstacle::NoEvents | PanelObstacle::Separated => Obstacle::TooFew,
        PanelObstacle::NoContrast => Obstacle::TooFewCommunes,
    })?;
    if effect.switching < rule.min_communes { Err(Obstacle::TooFewCommunes) } else { Ok(effect) }
}

/// The quarters from the first day that the incidents cover to the last; one in a gap between has no cells.
fn whole_quarters(snapshot: &Snapshot) -> Option<Vec<Period>> {
    let covered = snapshot.coverage.overall.as_ref().and_then(CoveredDays::hull)?;
    let all = steps(covered, StepLength::Quarter, MOST_QUARTERS).ok()?;
    let whole = |step: &Step| (step.extent == StepExtent::Whole).then_some(step.period);
    Some(all.iter().filter_map(whole).collect())
}

/// By commune the times in which the kind runs there, joined where they meet, in order.
fn runs_by_commune(snapshot: &Snapshot, edition_data: &EditionData, kind: &ModelKind) -> IndexVec<CommuneIndex, Runs> {
    let mut runs = IndexVec::<CommuneIndex, Runs>::from(vec![Vec::new(); edition_data.shape.communes().len()]);
    for (model, commune) in snapshot.models.iter().zip(edition_data.commune_of_model.iter()) {
        if let Some(commune) = commune.filter(|_| model.kind == kind.id) {
            runs[commune].push((Day::of_date(model.started_on), model.ended_on.map(Day::of_date)));
        }
    }
    runs.iter().map(|own| joined(own)).collect()
}

fn joined(runs: &[(Day, Option<Day>)]) -> Runs {
    let mut sorted = runs.to_vec();
    sorted.sort_by_key(|(started, _)| *started);
    let mut joined: Runs = Vec::new();
    // Runs so far are in order and apart; one that begins before the last has ended prolongs it.
    for (started, ended) in sorted {
        match joined.last_mut() {
            Some((_, last)) if last.is_none_or(|last| started <= last) => {
                *last = last.and_then(|last| Some(last.max(ended?)));
            }
            _ => joined.push((started, ended)),
        }
    }
    joined
}

/// The part of a quarter in which the kind runs; none where the quarter meets the windows before a start.
fn treatment(runs: &Runs, quarter: Period, rule: &EffectRule) -> Option<f64> {
    let left_out = (rule.panel_windows_left_out * rule.window_days) as i32;
    let (from, to) = (quarter.from().number(), quarter.to().number());
    let mut days = 0;
    for (started, ended) in runs {
        let started = started.number();
        let ended = ended.map_or(i32::MAX, Day::number);
        if from < started && started - left_out < to {
            return None;
        }
        days += (to.min(ended) - from.max(started)).max(0);
    }
    Some(f64::from(days) / f64::from(to - from))
}

/// The incidents of every commune in every quarter.
fn counts(
    snapshot: &Snapshot,
    edition_data: &EditionData,
    categories: CategorySet,
    quarters: &[Period],
) -> Vec<Vec<u32>> {
    let communes = edition_data.shape.communes().len();
    let (Some(first), Some(last)) = (quarters.first(), quarters.last()) else { return vec![Vec::new(); communes] };
    let bounds: Vec<Day> = quarters.iter().map(|quarter| quarter.from()).chain([last.to()]).collect();
    let Ok(period) = Period::new(first.from(), last.to()) else { return vec![Vec::new(); communes] };
    let filter = Filter {
        edition: edition_data.entry.id,
        period,
        categories,
        min_severity: Severity::LEAST,
        // Which scheme rates what is counted does not matter to a count.
        scheme: snapshot.schemes.default_index(),
    };
    let alone: Vec<Option<usize>> = (0..communes).map(Some).collect();
    edition_data.counts_by_step(&filter, &alone, communes, &bounds)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn day(year: i16, month: i8) -> Day {
        Day::of_date(date(year, month, 1))
    }

    #[test]
    fn runs_that_meet_are_one() {
        let runs = [(day(2021, 1), Some(day(2022, 1))), (day(2019, 1), Some(day(2021, 1))), (day(2023, 1), None)];
        assert_eq!(joined(&runs), [(day(2019, 1), Some(day(2022, 1))), (day(2023, 1), None)]);
        let inside = [(day(2019, 1), None), (day(2020, 1), Some(day(2021, 1)))];
        assert_eq!(joined(&inside), [(day(2019, 1), None)]);
        assert!(joined(&[]).is_empty());
    }

    #[test]
    fn quarters_before_a_start_are_left_out_and_those_after_it_are_treated() {
        let rule = EffectRule { window_days: 365, panel_windows_left_out: 1, ..EffectRule::for_tests() };
        let runs = vec![(day(2021, 5), Some(day(2022, 1)))];
        let of = |year, month, next: (i16, i8)| {
            treatment(&runs, Period::new(day(year, month), day(next.0, next.1)).unwrap(), &rule)
        };
        assert_eq!(of(2020, 1, (2020, 4)), Some(0.0), "more than a window before");
        assert_eq!(of(2020, 4, (2020, 7)), None);
        assert_eq!(of(2021, 4, (2021, 7)), None, "it begins within the quarter");
        assert_eq!((of(2021, 7, (2021, 10)), of(2022, 1, (2022, 4))), (Some(1.0), Some(0.0)));
        assert_eq!(of(2021, 12, (2022, 2)), Some(0.5));
    }
}
