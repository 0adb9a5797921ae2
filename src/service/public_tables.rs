//! Everything that the public can read of counts, gathered from the answers themselves, and attacked.
//!
//! In: a snapshot. Out: a [`PublicReading`]: counts of areas in all released windows, their components and their years,
//! the answers on levels and areas as they are sent, and certification shares. What one answer publishes is published,
//! whatever the others hide. The counts go to `assessment::audit`; every answer is made anew from the counts that were
//! read, in [`recomputed`], and must come out the same. What rests on counts of the holdings is asked for too, in
//! [`withheld`], and has to be refused.

mod documents;
pub(in crate::service) mod reading;
pub(in crate::service) mod recomputed;
mod revisions;
mod withheld;

use std::collections::BTreeMap;
use std::sync::Arc;

use documents::{area_document, level_document, no_row};
use reading::{AskedFor, TableLevel, levels};
pub use reading::{PublicReading, ReadAnswer, WithheldAnswer};
use recomputed::Recomputation;

use super::Service;
use super::answers::AssessedLevel;
use super::answers::areas::area::AreaAnswer;
use super::answers::areas::ratings::RatingsAnswer;
use super::answers::disclosure_report::AnswerFindings;
pub use super::answers::disclosure_report::{DisclosureReport, ReleasedTable};
use super::error::ServiceError;
use super::live::{CountedSteps, ServedSnapshot};
use super::viewer::Viewer;
use crate::assessment::assess;
use crate::assessment::audit::shares::{PublishedShare, ShareFinding, narrow_shares};
use crate::assessment::audit::{PublishedCount, PublishedNumbers, SystemError, audited};
use crate::assessment::audit::{PublishedSum, SumKind};
use crate::assessment::disclosure::public_shares::is_published_one_by_one;
use crate::assessment::release::{AreaRef, CountKind, ReleaseFault, ReleasedWindowIndex};
use crate::domain::area::edition::EditionIndex;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::holdings::Holdings;
use crate::domain::index::IndexVec;
use crate::domain::rules::rule_set::RuleSet;
use crate::domain::rules::scheme::ComponentIndex;
use crate::domain::time::period::Day;
use crate::snapshot::{BuildError, Snapshot, build};

/// What an attacker reads: the tables that anybody gets of a snapshot.
#[derive(Debug)]
pub struct PublicTables {
    service: Service,
    served: Arc<ServedSnapshot>,
    viewer: Viewer,
}

/// Where a count stands.
#[derive(Debug, Clone, Copy)]
struct CellAddress {
    edition_index: EditionIndex,
    area: AreaRef,
    window: ReleasedWindowIndex,
}

/// Why nothing can be said of what was read.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The published numbers contradict each other, or the solver gives up.
    #[error(transparent)]
    System(#[from] SystemError),
    /// An answer could not be made anew.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// A release before cannot be read over the boundaries of today.
    #[error(transparent)]
    Release(#[from] ReleaseFault),
}

/// What is read, by edition, level, area, window and kind.
type CellKey = (EditionIndex, Level, AreaIndex, ReleasedWindowIndex, CountKind);

impl PublicTables {
    /// The tables of a snapshot on a day, asked of a service of their own: those of its newest release, or of the one that
    /// would be made where there is none.
    pub fn new(snapshot: Arc<Snapshot>, today: Day, cache_bytes: u64) -> Self {
        let served = if snapshot.releases.is_empty() {
            ServedSnapshot::proposing(snapshot, today, CountedSteps::New)
        } else {
            ServedSnapshot::new(snapshot, today)
        };
        Self::of_served(served, cache_bytes)
    }

    /// The tables of what is served, or would be.
    pub fn of_served(served: ServedSnapshot, cache_bytes: u64) -> Self {
        let viewer = Viewer::public(served.public_day());
        Self { service: Service::new(cache_bytes), served: Arc::new(served), viewer }
    }

    /// The same of what a store holds.
    ///
    /// # Errors
    /// When no snapshot can be built of it.
    pub fn of_holdings(
        holdings: Holdings,
        rule_set: &RuleSet,
        today: Day,
        cache_bytes: u64,
    ) -> Result<Self, BuildError> {
        let snapshot = build(holdings, rule_set, None)?;
        Ok(Self::new(Arc::new(snapshot), today, cache_bytes))
    }

    /// What is served.
    pub fn served(&self) -> &ServedSnapshot {
        &self.served
    }

    /// How many answers there are to read.
    pub fn answers(&self) -> usize {
        let schemes = self.schemes().len();
        levels(&self.served.snapshot).map(|level| level.areas + schemes).sum::<usize>()
            * self.served.release().windows().len()
    }

    /// Whether there are boundaries to publish counts of.
    pub fn has_editions(&self) -> bool {
        !self.served.snapshot.editions.is_empty()
    }

    /// Reads every rating, area and series in every released window, and reports each answer. Blocks.
    ///
    /// # Errors
    /// When an answer is refused.
    pub fn read(&self, on_progress: &mut impl FnMut()) -> Result<PublicReading, ServiceError> {
        let windows = self.window_ids();
        let mut gathered = Gathered {
            windows: &windows,
            counts: BTreeMap::new(),
            sums: BTreeMap::new(),
            answers: Vec::new(),
            shares: Vec::new(),
        };
        for table in levels(&self.served.snapshot) {
            for (window, id) in windows.indexed() {
                for scheme in self.schemes() {
                    let assessed = self.assessed(table, id, &scheme)?;
                    gathered.add_ratings(table, window, &RatingsAnswer::of(&assessed));
                    let read = ReadAnswer { table, window, scheme, area: None, document: String::new() };
                    gathered.answers.push(ReadAnswer { document: level_document(&assessed)?, ..read });
                    on_progress();
                }
                self.read_areas(table, window, &mut gathered, on_progress)?;
            }
        }
        Ok(PublicReading { withheld: withheld::withheld(&self.served, self.viewer)?, ..gathered.reading() })
    }

    /// Reads what is said of every area of a level in a window, by the default scheme.
    fn read_areas(
        &self,
        table: TableLevel,
        window: ReleasedWindowIndex,
        gathered: &mut Gathered<'_>,
        on_progress: &mut impl FnMut(),
    ) -> Result<(), ServiceError> {
        let schemes = &self.served.snapshot.schemes;
        let scheme = schemes.scheme(schemes.default_index()).id.clone();
        let assessed = self.assessed(table, gathered.windows[window], &scheme)?;
        gathered.shares.extend(published_shares(table, &assessed)?);
        for area_index in AreaIndex::of_all(table.areas) {
            let answer = AreaAnswer::of(&assessed, area_index).ok_or_else(no_row)?;
            gathered.add_area(CellAddress::of(table, area_index, window), &answer);
            let document = area_document(&assessed, area_index)?;
            let scheme = scheme.clone();
            gathered.answers.push(ReadAnswer { table, window, scheme, area: Some(area_index), document });
            on_progress();
        }
        Ok(())
    }

    /// Attacks what was read, together with releases before whose steps were counted anew, and reports how far what is
    /// hidden can be computed from it. Blocks.
    ///
    /// # Errors
    /// When the published numbers contradict each other, the solver gives up, or an answer cannot be made anew.
    pub fn audited(&self, reading: &PublicReading) -> Result<DisclosureReport, AuditError> {
        let rule = &self.served.snapshot.rules.disclosure;
        let audit = audited(self.served.release(), &reading.numbers, rule)?;
        let recomputed = Recomputation { served: &self.served, viewer: self.viewer }.of(reading)?;
        let shares = self.narrow_shares(reading);
        let revisions = self.revisions(reading)?;
        Ok(DisclosureReport::of(audit, reading, AnswerFindings { recomputed, shares, revisions }, &self.served))
    }

    /// The shares that leave a count too little room, area by area and kind by kind.
    fn narrow_shares(&self, reading: &PublicReading) -> Vec<ShareFinding> {
        let rule = &self.served.snapshot.rules.disclosure;
        let mut groups: BTreeMap<_, Vec<PublishedShare>> = BTreeMap::new();
        for share in reading.shares.iter().filter(|share| !is_published_one_by_one(share.kind)) {
            let AreaRef { edition, level, area_index } = share.area;
            groups.entry((edition, level, area_index, share.kind)).or_default().push(share.clone());
        }
        groups.values().flat_map(|shares| narrow_shares(shares, rule)).collect()
    }

    /// The ids of the released windows.
    fn window_ids(&self) -> IndexVec<ReleasedWindowIndex, &str> {
        self.served.release().windows().iter().map(|window| window.id.as_str()).collect()
    }

    /// The ids of the schemes that the public may ask for.
    fn schemes(&self) -> Vec<String> {
        let released = self.viewer.schemes(&self.served.snapshot.schemes);
        released.map(|scheme| scheme.id.clone()).collect()
    }

    /// A level as anybody gets it.
    fn assessed(&self, table: TableLevel, window: &str, scheme: &str) -> Result<AssessedLevel, ServiceError> {
        let requested = table.requested(&self.served, self.viewer, AskedFor { window, scheme })?;
        self.service.assessed(&self.served, requested, table.level, self.viewer)
    }
}

impl CellAddress {
    /// The cell of an area of a level in a window.
    fn of(table: TableLevel, area_index: AreaIndex, window: ReleasedWindowIndex) -> Self {
        let TableLevel { edition_index, edition, level, areas: _ } = table;
        Self { edition_index, area: AreaRef { edition, level, area_index }, window }
    }
}

/// The certification shares of a level as they are published, with the counts that are not.
fn published_shares(table: TableLevel, assessed: &AssessedLevel) -> Result<Vec<PublishedShare>, ServiceError> {
    let full = assess(assessed.snapshot(), table.level, &assessed.requested.filter)?;
    let areas = AreaIndex::of_all(table.areas).zip(assessed.assessment().rows.iter().zip(&full.rows));
    let shares = areas.flat_map(|(area_index, (public, full))| {
        let area = AreaRef { edition: table.edition, level: table.level, area_index };
        let pairs = public.certification.iter().zip(full.certification.iter());
        pairs.filter_map(move |(public, full)| {
            let window = public.window.clone();
            Some(PublishedShare { area, kind: public.kind, window, share: public.share?, counts: full.counts? })
        })
    });
    Ok(shares.collect())
}

/// What was read so far.
struct Gathered<'a> {
    windows: &'a IndexVec<ReleasedWindowIndex, &'a str>,
    counts: BTreeMap<CellKey, (AreaRef, Option<u32>)>,
    sums: BTreeMap<(EditionIndex, ReleasedWindowIndex, SumKind), PublishedSum>,
    answers: Vec<ReadAnswer>,
    shares: Vec<PublishedShare>,
}

impl Gathered<'_> {
    fn add_ratings(&mut self, table: TableLevel, window: ReleasedWindowIndex, answer: &RatingsAnswer) {
        for (area_index, row) in AreaIndex::of_all(answer.areas.len()).zip(&answer.areas) {
            let at = CellAddress::of(table, area_index, window);
            self.add(at, CountKind::Reported, row.incidents());
            self.add(at, CountKind::Detected, row.detected());
        }
        let account = &answer.totals.account;
        let sums = [
            (SumKind::Incidents, account.incidents),
            (SumKind::WithPoint, account.with_point),
            (SumKind::ByCommune, account.by_commune),
            (SumKind::ByWiderArea, account.by_wider_area),
            (SumKind::Outside, account.outside),
            (SumKind::Unplaced, account.unplaced),
        ];
        for (kind, count) in sums {
            let sum = PublishedSum { edition: table.edition, window, kind, count };
            let kept = self.sums.entry((table.edition_index, window, kind)).or_insert(sum);
            kept.count = kept.count.or(count);
        }
    }

    fn add_area(&mut self, at: CellAddress, answer: &AreaAnswer) {
        self.add(at, CountKind::Reported, answer.area.incidents());
        self.add(at, CountKind::Detected, answer.area.detected());
        for (component, part) in ComponentIndex::of_all(answer.components.len()).zip(&answer.components) {
            // What stands beside the count is no part of it, and published where it is all that police work found.
            let kind = if part.in_total { CountKind::Component(component) } else { CountKind::Detected };
            self.add(at, kind, part.observed);
        }
        for year in &answer.series {
            let id = year.window.id.as_deref();
            if let Some((window, _)) = self.windows.indexed().find(|(_, window)| Some(**window) == id) {
                self.add(CellAddress { window, ..at }, CountKind::Reported, year.incidents);
            }
        }
    }

    /// What is published in one answer is published, whatever the others hide.
    fn add(&mut self, at: CellAddress, kind: CountKind, count: Option<u32>) {
        let cell = (at.edition_index, at.area.level, at.area.area_index, at.window, kind);
        let kept = self.counts.entry(cell).or_insert((at.area, count));
        kept.1 = kept.1.or(count);
    }

    fn reading(self) -> PublicReading {
        let count = |((_, _, _, window, kind), (area, count))| PublishedCount { area, window, kind, count };
        let mut shares = self.shares;
        // A share is judged by windows of its own: several released windows show the same one.
        shares.sort_by(|one, other| (one.kind, &one.window).cmp(&(other.kind, &other.window)));
        let mut kept: Vec<PublishedShare> = Vec::new();
        for share in shares {
            let is_same = |known: &&PublishedShare| known.kind == share.kind && known.window == share.window;
            if !kept.iter().rev().take_while(is_same).any(|known| *known == share) {
                kept.push(share);
            }
        }
        let numbers = PublishedNumbers {
            counts: self.counts.into_iter().map(count).collect(),
            sums: self.sums.into_values().collect(),
        };
        PublicReading { numbers, answers: self.answers, shares: kept, withheld: Vec::new() }
    }
}
