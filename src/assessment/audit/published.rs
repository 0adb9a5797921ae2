//! Counts as the public read them, from answers or from a release itself.
//!
//! In: what was read. Out: cells, each with its area, its window, which incidents it counts, and the number or none.

use crate::assessment::release::{AreaRef, CountKind, Release, ReleasedWindowIndex, TrueCounts};
use crate::domain::area::edition::EditionId;

/// One count as the public read it: null where it is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCount {
    /// Edition, level and row of the area.
    pub area: AreaRef,
    /// The window.
    pub window: ReleasedWindowIndex,
    /// Which incidents it is of.
    pub kind: CountKind,
    /// What stood there.
    pub count: Option<u32>,
}

/// A term of the account of incidents, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SumKind {
    /// All incidents.
    Incidents,
    /// At a point inside the province.
    WithPoint,
    /// In the province by their commune alone.
    ByCommune,
    /// Known by a district or a province alone.
    ByWiderArea,
    /// Outside every area.
    Outside,
    /// Without any place.
    Unplaced,
}

impl SumKind {
    /// The word in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::WithPoint => "with_point",
            Self::ByCommune => "by_commune",
            Self::ByWiderArea => "by_wider_area",
            Self::Outside => "outside",
            Self::Unplaced => "unplaced",
        }
    }
}

/// One sum as the public read it: null where it is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedSum {
    /// The edition whose account it stands in.
    pub edition: EditionId,
    /// The window.
    pub window: ReleasedWindowIndex,
    /// Which incidents it is of.
    pub kind: SumKind,
    /// What stood there.
    pub count: Option<u32>,
}

/// Everything that the public read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PublishedNumbers {
    /// Every count that an answer showed or hid.
    pub counts: Vec<PublishedCount>,
    /// Every sum of an account that an answer showed or hid, edition by edition.
    pub sums: Vec<PublishedSum>,
}

impl PublishedNumbers {
    /// What a release publishes, as it says itself.
    pub fn of_release(release: &Release) -> Self {
        let parts = release.component_indices().map(CountKind::Component);
        let kinds: Vec<CountKind> = [CountKind::Reported, CountKind::Detected].into_iter().chain(parts).collect();
        let truth = TrueCounts::of(release);
        let mut counts = Vec::new();
        for area in release.areas() {
            for (window, released) in release.windows().indexed() {
                for kind in kinds.iter().copied() {
                    let is_shown = match kind {
                        CountKind::Reported => release.shows(area, released.period),
                        CountKind::Detected => release.shows_detected(area, released.period),
                        CountKind::Component(_) => release.shows_components(area, released.period),
                    };
                    let count = is_shown.then(|| truth.count(area, window, kind)).flatten();
                    counts.push(PublishedCount { area, window, kind, count });
                }
            }
        }
        Self { counts, sums: release.editions().flat_map(|edition| sums_of(release, edition)).collect() }
    }
}

/// The account of an edition in every window, as the release publishes it.
fn sums_of(release: &Release, edition: EditionId) -> impl Iterator<Item = PublishedSum> {
    release.windows().indexed().flat_map(move |(window, released)| {
        let totals = release.totals(edition, released.period);
        let counts = [
            (SumKind::Incidents, totals.incidents()),
            (SumKind::WithPoint, totals.with_point()),
            (SumKind::ByCommune, totals.by_commune.filter(|_| totals.with_point().is_some())),
            (SumKind::ByWiderArea, totals.by_wider_area),
            (SumKind::Outside, totals.outside),
            (SumKind::Unplaced, totals.unplaced),
        ];
        counts.map(|(kind, count)| PublishedSum { edition, window, kind, count })
    })
}
