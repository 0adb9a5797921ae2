//! The attack on the sums that no single area publishes: incidents with a point, by their commune alone, by a wider area,
//! outside, without a place.
//!
//! In: the account of incidents as it was read, edition by edition and window by window, and a release. Out: how many of
//! the sums are published, and every hidden small one that the others leave too little room. The unknowns are the terms
//! of the account in every step; what an account shows are sums of them, and so is the count of the province.

use serde::Serialize;

use super::published::{PublishedNumbers, PublishedSum, SumKind};
use super::system::{Interval, Reduced, System, SystemError};
use crate::assessment::release::{CountKind, Release, ReleasedWindowIndex};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::rules::DisclosureRule;

/// The terms of the account, in the order of their variables.
const TERMS: [SumKind; 5] =
    [SumKind::WithPoint, SumKind::ByCommune, SumKind::ByWiderArea, SumKind::Outside, SumKind::Unplaced];

/// The terms that a sum adds up.
fn terms_of(kind: SumKind) -> impl Iterator<Item = usize> {
    let terms = TERMS.into_iter().enumerate();
    terms.filter(move |(_, term)| kind == SumKind::Incidents || kind == *term).map(|(number, _)| number)
}

/// A hidden sum and what can be said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SumFinding {
    /// Where it stands.
    pub sum: PublishedSum,
    /// What is hidden.
    pub hidden: u32,
    /// What everything published forces it into.
    pub interval: Interval,
}

/// What the attack on the sums found.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SumsAudit {
    /// Sums published.
    pub sums_published: usize,
    /// Hidden sums that are small.
    pub sums_hidden_small: usize,
    /// Published sums that are small.
    pub sums_published_small: usize,
    /// The small hidden sums that are known too nearly.
    #[serde(skip)]
    pub sums_too_narrow: Vec<SumFinding>,
}

impl SumsAudit {
    /// Whether nothing is given away.
    pub fn is_passed(&self) -> bool {
        self.sums_too_narrow.is_empty() && self.sums_published_small == 0
    }

    fn add(&mut self, other: Self) {
        self.sums_published += other.sums_published;
        self.sums_hidden_small += other.sums_hidden_small;
        self.sums_published_small += other.sums_published_small;
        self.sums_too_narrow.extend(other.sums_too_narrow);
    }
}

/// Attacks the sums of every edition that were read.
///
/// # Errors
/// When the published numbers contradict each other, or the solver gives up.
pub(super) fn audited_sums(
    release: &Release,
    reading: &PublishedNumbers,
    rule: &DisclosureRule,
) -> Result<SumsAudit, SystemError> {
    let mut editions: Vec<EditionId> = reading.sums.iter().map(|sum| sum.edition).collect();
    editions.dedup();
    let mut all = SumsAudit::default();
    for edition in editions {
        all.add(audited_edition(release, reading, edition, rule)?);
    }
    Ok(all)
}

fn audited_edition(
    release: &Release,
    reading: &PublishedNumbers,
    edition: EditionId,
    rule: &DisclosureRule,
) -> Result<SumsAudit, SystemError> {
    let account = Account { release, steps: release.account_steps(edition) };
    let system = account.system(reading, edition)?;
    let is_small = |count: u32| (1..rule.k).contains(&count);
    let mut audit = SumsAudit::default();
    for sum in reading.sums.iter().filter(|sum| sum.edition == edition) {
        match (sum.count, account.truth(sum)) {
            (Some(count), _) => {
                audit.sums_published += 1;
                audit.sums_published_small += usize::from(is_small(count));
            }
            (None, Some(hidden)) if is_small(hidden) => {
                audit.sums_hidden_small += 1;
                let interval = system.bounds(&account.variables(sum.kind, sum.window))?;
                if interval.width().is_some_and(|width| width < rule.interval_width) {
                    audit.sums_too_narrow.push(SumFinding { sum: *sum, hidden, interval });
                }
            }
            (None, _) => {}
        }
    }
    Ok(audit)
}

/// The terms of the account of one edition.
struct Account<'a> {
    release: &'a Release,
    /// The true count of each term, step by step; none of a term that the edition does not have.
    steps: [Option<Vec<u64>>; 5],
}

impl Account<'_> {
    /// The variables of a sum: those of its terms in the steps of the window.
    fn variables(&self, kind: SumKind, window: ReleasedWindowIndex) -> Vec<usize> {
        let (steps, span) = (self.release.step_count(), &self.release.windows()[window].span);
        terms_of(kind).flat_map(|term| span.clone().map(move |step| term * steps + step)).collect()
    }

    /// The true count of a sum.
    fn truth(&self, sum: &PublishedSum) -> Option<u32> {
        let span = self.release.windows()[sum.window].span.clone();
        let of_term = |term: usize| Some(self.steps[term].as_ref()?[span.clone()].iter().sum::<u64>());
        terms_of(sum.kind).map(of_term).sum::<Option<u64>>().and_then(|count| u32::try_from(count).ok())
    }

    /// What the sums and the counts of the province say of the terms.
    fn system(&self, reading: &PublishedNumbers, edition: EditionId) -> Result<Reduced, SystemError> {
        let mut system = System::default();
        system.add_variables(TERMS.len() * self.release.step_count());
        for sum in reading.sums.iter().filter(|sum| sum.edition == edition) {
            if let Some(count) = sum.count {
                system.add_equation(&self.variables(sum.kind, sum.window), count);
            }
        }
        // What the province counts has a point or none. The two are counted over different outlines where editions do
        // not cover the same land; then they say nothing of each other.
        let counts_of_province = reading.counts.iter().filter(|cell| {
            let is_of_edition = cell.area.edition == edition && cell.area.level == Level::Province;
            is_of_edition && cell.kind == CountKind::Reported && self.steps[0].is_some()
        });
        for cell in counts_of_province {
            if let Some(count) = cell.count {
                let terms = [SumKind::WithPoint, SumKind::ByCommune];
                let variables: Vec<usize> =
                    terms.into_iter().flat_map(|term| self.variables(term, cell.window)).collect();
                system.add_equation(&variables, count);
            }
        }
        system.reduced()
    }
}
