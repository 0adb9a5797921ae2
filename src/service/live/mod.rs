//! The snapshot that is served now, swapped whole.
//!
//! In: snapshots as they are built, and the day. Out: a [`ServedSnapshot`] that a question reads from its beginning to
//! its end, whatever is swapped in meanwhile. Nothing here is computed for a filter. The public is shown the newest
//! release of the store, and a state of the data that incidents alone do not move.

pub mod alert_webhooks;
pub mod alerting;
pub(crate) mod background_work;
pub(crate) mod epochs;
pub mod keeper;
pub mod loading;
pub mod releasing;
mod shape_cache_folder;
pub mod store_monitor;

use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwapOption;
use jiff::Timestamp;

use crate::assessment::cells::{SquareChoices, SquareTable};
use crate::assessment::release::Release;
use crate::assessment::trend::series::Visibility;
use crate::domain::holdings::Holdings;
use crate::domain::incident::coverage::DataCoverage;
use crate::domain::release::ReleaseReference;
use crate::domain::role::Role;
use crate::domain::rules::rule_set::RuleSet;
use crate::domain::rules::window::Window;
use crate::domain::time::period::{Day, Period};
use crate::service::revision::{public_revision, revision};
use crate::snapshot::{BuildError, Snapshot, build};

/// The local day of this moment. Only the edge reads it; everybody else is given a day.
pub fn today() -> Day {
    Day::of_unix_seconds(Timestamp::now().as_second())
}

/// This moment in seconds since 1970 UTC, for whoever stands at the edge too.
pub fn now_s() -> i64 {
    Timestamp::now().as_second()
}

/// A snapshot as it is served.
#[derive(Debug)]
pub struct ServedSnapshot {
    /// The data that all its answers are made from.
    pub snapshot: Arc<Snapshot>,
    /// What names the data to those who see all of it.
    whole: DataState,
    /// What names it to the public, which a change of incidents alone leaves as it is.
    public: DataState,
    today: Day,
    source: ReleaseSource,
    /// Put together when it is first requested, and shared with snapshots that the public cannot tell apart.
    release: Arc<OnceLock<Release>>,
    squares: OnceLock<SquareTable>,
}

/// Which release the public is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReleaseSource {
    /// The newest one of the store; nothing where there is none.
    Stored,
    /// The one that would be made now.
    Proposed(CountedSteps),
}

/// Which steps a release that is made counts anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedSteps {
    /// Those that no release holds yet.
    New,
    /// All of them: late reports of published steps come in.
    All,
}

/// What names the state of the data for a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataState {
    /// A number that grows with every change that the role may notice.
    pub epoch: u64,
    /// A name for all that answers depend on: holdings, rules, taxonomy, release, program. Unlike the
    /// epoch it also distinguishes two data folders that are served at the same address.
    pub revision: Arc<str>,
    /// The release that the numbers are from; none where they are counted from the holdings.
    pub release: Option<ReleaseReference>,
}

impl ServedSnapshot {
    /// A snapshot ready to be served on a day, the newest release of its store to the public.
    pub fn new(snapshot: Arc<Snapshot>, today: Day) -> Self {
        let release = snapshot.releases.last().map(|release| release.reference);
        Self::of(snapshot, today, ReleaseSource::Stored, release)
    }

    /// The same with the release that would be made of it on the day.
    pub fn proposing(snapshot: Arc<Snapshot>, today: Day, steps: CountedSteps) -> Self {
        let number = snapshot.releases.last().map_or(0, |release| release.reference.number) + 1;
        let release = ReleaseReference { number, made_on: today.date() };
        Self::of(snapshot, today, ReleaseSource::Proposed(steps), Some(release))
    }

    /// What a store holds that nobody serves, on a day. The sample alone is shown to the public as its release would be
    /// made on the day, because nobody is harmed by it; anything else only as released.
    ///
    /// # Errors
    /// When no snapshot can be built.
    pub fn of_holdings(holdings: Holdings, rule_set: &RuleSet, today: Day) -> Result<Self, BuildError> {
        let snapshot = Arc::new(build(holdings, rule_set, None)?);
        let is_unreleased_sample = snapshot.releases.is_empty() && snapshot.is_only_sample();
        Ok(if is_unreleased_sample {
            Self::proposing(snapshot, today, CountedSteps::New)
        } else {
            Self::new(snapshot, today)
        })
    }

    fn of(snapshot: Arc<Snapshot>, today: Day, source: ReleaseSource, release: Option<ReleaseReference>) -> Self {
        let whole = DataState { epoch: snapshot.epoch, revision: revision(&snapshot, today).into(), release: None };
        let open = snapshot.open_change.epoch;
        let public = DataState { epoch: open, revision: public_revision(&snapshot, release).into(), release };
        Self { snapshot, whole, public, today, source, release: Arc::default(), squares: OnceLock::new() }
    }

    /// The same with the release that was put together for an earlier snapshot, where the public cannot tell the two
    /// apart.
    #[must_use]
    fn after(self, earlier: Option<&Self>) -> Self {
        let is_same = |earlier: &&Self| earlier.public == self.public && earlier.source == self.source;
        match earlier.filter(is_same) {
            Some(earlier) => Self { release: Arc::clone(&earlier.release), ..self },
            None => self,
        }
    }

    /// What names the data for a role.
    pub fn state(&self, role: Role) -> &DataState {
        if role == Role::Public { &self.public } else { &self.whole }
    }

    /// The name for all that answers to a role depend on.
    pub(crate) fn revision(&self, role: Role) -> &Arc<str> {
        &self.state(role).revision
    }

    /// What the public may see; put together when it is first requested. Nothing where no release is stored, or the one
    /// that is cannot be shown over the boundaries of today.
    pub fn release(&self) -> &Release {
        self.release.get_or_init(|| {
            let made = match self.source {
                ReleaseSource::Proposed(CountedSteps::New) => Release::new(&self.snapshot, self.today),
                ReleaseSource::Proposed(CountedSteps::All) => Release::revised(&self.snapshot, self.today),
                ReleaseSource::Stored => match self.snapshot.releases.last() {
                    Some(stored) => Release::stored(&self.snapshot, &stored.contents),
                    None => Ok(Release::empty(&self.snapshot)),
                },
            };
            made.unwrap_or_else(|fault| {
                tracing::error!(cause = %fault, "the release cannot be shown; the public gets no numbers");
                Release::empty(&self.snapshot)
            })
        })
    }

    /// The squares of planners; counted when they are first requested.
    pub(crate) fn squares(&self) -> &SquareTable {
        self.squares.get_or_init(|| SquareTable::of(&self.snapshot, self.today))
    }

    /// What can be asked of them.
    pub(crate) fn square_choices(&self) -> SquareChoices {
        SquareChoices::of(&self.snapshot, self.today)
    }

    /// The day on which the public asks: that of the release it is shown, so that windows released since wait for the
    /// next one. Without a release it is before all windows.
    pub(crate) fn public_day(&self) -> Day {
        self.public.release.map_or(Day::from_number(0), |release| Day::of_date(release.made_on))
    }

    /// On which days incidents are known, as far as a role may know it.
    pub(crate) fn coverage(&self, role: Role) -> &DataCoverage {
        if role == Role::Public { self.release().coverage() } else { &self.snapshot.coverage }
    }

    /// The days of a window that are counted for a role; none where nothing is.
    pub(crate) fn counted_days(&self, window: &Window, role: Role) -> Option<Period> {
        if role == Role::Public {
            self.release().days_of(&window.id)
        } else {
            self.snapshot.coverage.cut(window.period)
        }
    }

    /// What a role sees of counts.
    pub(crate) fn visibility(&self, role: Role) -> Visibility<'_> {
        if role.sees_small_counts() { Visibility::Full } else { Visibility::Published(self.release()) }
    }

    /// Whether the public may use other windows today than when the snapshot was first served.
    fn is_outdated(&self, today: Day) -> bool {
        let windows = |day| self.snapshot.rules.released_windows(day).map(|window| window.id.as_str());
        !windows(self.today).eq(windows(today))
    }

    /// Whether everything that is not public anyway is the embedded sample.
    pub fn is_only_sample(&self) -> bool {
        self.snapshot.is_only_sample()
    }
}

/// The place of the snapshot that is served now; empty until the first is built.
#[derive(Debug, Default)]
pub(in crate::service) struct LiveSnapshot(ArcSwapOption<ServedSnapshot>);

impl LiveSnapshot {
    /// What is served now.
    pub(in crate::service) fn current(&self) -> Option<Arc<ServedSnapshot>> {
        self.0.load_full()
    }

    /// Serves this from now on.
    pub(in crate::service) fn put(&self, served: Arc<ServedSnapshot>) {
        self.0.store(Some(served));
    }

    /// Serves another snapshot from now on. Questions already running keep the one they began with.
    pub(in crate::service) fn swap(&self, snapshot: Arc<Snapshot>, today: Day) {
        let served = ServedSnapshot::new(snapshot, today).after(self.current().as_deref());
        self.0.store(Some(Arc::new(served)));
    }

    /// Serves the same snapshot anew where another day has released another window; gives whether it has.
    pub(in crate::service) fn keep_up_with(&self, today: Day) -> bool {
        let outdated = self.current().filter(|served| served.is_outdated(today));
        let is_outdated = outdated.is_some();
        if let Some(served) = outdated {
            self.swap(Arc::clone(&served.snapshot), today);
        }
        is_outdated
    }
}
