//! The series that are followed: places, what is counted of them, and their counts by step.
//!
//! In: a snapshot and today. Out: [`Followed`]. Counting is one pass over the incidents for every part; the series of wider
//! places are sums over their communes.

use super::chances::SeriesNumbers;
use crate::assessment::counting::shown_categories;
use crate::assessment::rating::peers::membership;
use crate::assessment::situation::{each_commune, everything_in, of_component};
use crate::domain::alert::{AlertPlace, AlertScope};
use crate::domain::area::peers::{PeerGroup, PeerIndex};
use crate::domain::area::{AreaIndex, CommuneIndex, Level};
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::index::ListIndex as _;
use crate::domain::time::calendar::{Step, StepExtent, StepLength, steps};
use crate::domain::time::period::{Day, Period};
use crate::snapshot::{AreaEntry, EditionData, Snapshot};

/// Twenty years of weeks: nothing older says what is usual.
const MOST_STEPS: usize = 1_044;
const DAYS_OF_MOST_STEPS: i32 = 7 * MOST_STEPS as i32;

/// A place whose series are followed.
#[derive(Debug, Clone)]
struct FollowedPlace<'a> {
    place: AlertPlace,
    edition_data: &'a EditionData,
    communes: Vec<CommuneIndex>,
}

/// What is counted of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FollowedPart {
    /// The id of the component; none for all.
    component: Option<String>,
    categories: CategorySet,
}

/// One series, by step.
#[derive(Debug, Clone)]
pub(super) struct FollowedSeries<'b> {
    pub(super) place: &'b AlertPlace,
    pub(super) component: Option<&'b str>,
    /// The count of each step; none where its days are not known there.
    pub(super) counts: Vec<Option<u64>>,
}

/// Counts by commune and step of some categories on some boundaries.
struct CommuneCounts {
    shape: u64,
    categories: CategorySet,
    by_commune: Vec<Vec<u32>>,
}

/// What is followed, up to the last whole day that the data cover.
#[derive(Debug)]
pub(super) struct Followed<'a> {
    places: Vec<FollowedPlace<'a>>,
    parts: Vec<FollowedPart>,
    covered: Period,
    /// From this day on reports may still come in.
    incomplete_from: Day,
    snapshot: &'a Snapshot,
}

impl<'a> Followed<'a> {
    /// What is followed; nothing where no day is covered or no boundary known.
    pub(super) fn of(snapshot: &'a Snapshot, today: Day) -> Option<Self> {
        let hull = snapshot.coverage.overall.as_ref()?.hull()?;
        let end = hull.to().min(today);
        let oldest = Day::from_number(end.number() - DAYS_OF_MOST_STEPS);
        let covered = Period::new(hull.from().max(oldest), end).ok()?;
        let late = i32::from(snapshot.rules.situation.incomplete_days);
        let incomplete_from = Day::from_number(today.number() - late);
        Some(Self { places: places(snapshot)?, parts: parts(snapshot), covered, incomplete_from, snapshot })
    }

    /// How many series there are.
    pub(super) fn numbers(&self) -> SeriesNumbers {
        let of = |scope| self.places.iter().filter(|place| place.place.scope == scope).count() * self.parts.len();
        SeriesNumbers {
            province: of(AlertScope::Province),
            districts: of(AlertScope::District),
            groups: of(AlertScope::Group),
        }
    }

    /// The whole steps of a length.
    pub(super) fn steps(&self, length: StepLength) -> Vec<Step> {
        let all = steps(self.covered, length, MOST_STEPS + 2).unwrap_or_default();
        all.into_iter().filter(|step| step.extent == StepExtent::Whole).collect()
    }

    /// Whether reports may still come in for some days.
    pub(super) fn is_incomplete(&self, days: Period) -> bool {
        days.to() > self.incomplete_from
    }

    /// Every series over some steps that follow one another.
    pub(super) fn series(&self, steps: &[Step]) -> Vec<FollowedSeries<'_>> {
        let mut series = Vec::new();
        // Districts may be of another edition than the rest, and groups count fewer categories: each is counted once.
        let mut counted: Vec<CommuneCounts> = Vec::new();
        for part in &self.parts {
            for followed in &self.places {
                let categories = self.categories(followed, part);
                if categories.is_empty() {
                    continue;
                }
                let shape = followed.edition_data.shape.serial;
                let known = counted.iter().position(|of| of.shape == shape && of.categories == categories);
                let known = known.unwrap_or_else(|| {
                    let by_commune = self.by_commune(followed.edition_data, categories, steps);
                    counted.push(CommuneCounts { shape, categories, by_commune });
                    counted.len() - 1
                });
                let counts = self.sums(followed, &counted[known].by_commune, steps);
                series.push(FollowedSeries { place: &followed.place, component: part.component.as_deref(), counts });
            }
        }
        series
    }

    fn categories(&self, followed: &FollowedPlace<'_>, part: &FollowedPart) -> CategorySet {
        let level = if followed.place.scope == AlertScope::Group { Level::Commune } else { Level::District };
        shown_categories(self.snapshot, level, part.categories)
    }

    fn by_commune(&self, edition_data: &EditionData, categories: CategorySet, steps: &[Step]) -> Vec<Vec<u32>> {
        let Some(last) = steps.last() else { return Vec::new() };
        let bounds: Vec<Day> = steps.iter().map(|step| step.period.from()).chain([last.period.to()]).collect();
        let filter = everything_in(self.snapshot, edition_data.entry.id, self.covered);
        let communes = each_commune(edition_data);
        edition_data.counts_by_step(&Filter { categories, ..filter }, &communes, communes.len(), &bounds)
    }

    fn sums(&self, followed: &FollowedPlace<'_>, by_commune: &[Vec<u32>], steps: &[Step]) -> Vec<Option<u64>> {
        let coverage = &self.snapshot.coverage;
        let covers = |period: Period| {
            let mut communes = followed.communes.iter();
            let is_known = |commune: &CommuneIndex| followed.edition_data.covers(*commune, period, coverage);
            coverage.covers(period) && (coverage.districts.is_empty() || communes.all(is_known))
        };
        let count = |(number, step): (usize, &Step)| {
            let of_commune = |commune: &CommuneIndex| by_commune.get(commune.number())?.get(number).copied();
            let counts = followed.communes.iter().filter_map(of_commune);
            covers(step.period).then(|| counts.map(u64::from).sum())
        };
        steps.iter().enumerate().map(count).collect()
    }
}

/// All reported incidents, and those of each component of the default scheme.
fn parts(snapshot: &Snapshot) -> Vec<FollowedPart> {
    let reported = CategorySet::reported(&snapshot.taxonomy);
    let scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
    let of_components = scheme.components.iter().map(|component| FollowedPart {
        component: Some(component.id.clone()),
        categories: of_component(snapshot, reported, &component.id),
    });
    let all = FollowedPart { component: None, categories: reported };
    std::iter::once(all).chain(of_components).filter(|part| !part.categories.is_empty()).collect()
}

/// The province, the districts of the newest edition that has them, and the groups of communes that are large enough.
fn places(snapshot: &Snapshot) -> Option<Vec<FollowedPlace<'_>>> {
    let newest = snapshot.default_edition()?;
    let with_districts = snapshot.editions.iter().rev().find(|edition| edition.shape.level(Level::District).is_some());
    let districts = with_districts.map(|edition| of_level(edition, Level::District, AlertScope::District));
    let mut places = of_level(newest, Level::Province, AlertScope::Province);
    places.extend(districts.unwrap_or_default());
    places.extend(groups(snapshot, newest));
    Some(places)
}

fn of_level(edition_data: &EditionData, level: Level, scope: AlertScope) -> Vec<FollowedPlace<'_>> {
    let Some(areas) = edition_data.shape.level(level) else { return Vec::new() };
    let members = areas.members();
    let place = |(index, area): (AreaIndex, &AreaEntry)| FollowedPlace {
        place: AlertPlace { scope, edition: edition_data.entry.id, codes: vec![area.code.clone()], group: None },
        edition_data,
        communes: members[index].clone(),
    };
    areas.areas.indexed().map(place).collect()
}

fn groups<'a>(snapshot: &'a Snapshot, edition_data: &'a EditionData) -> Vec<FollowedPlace<'a>> {
    let Some(communes) = edition_data.shape.level(Level::Commune) else { return Vec::new() };
    let membership = membership(snapshot, edition_data, communes);
    let of_group = |(index, group): (PeerIndex, &PeerGroup)| {
        let own = membership.groups.indexed().filter(|(_, of)| **of == Some(index));
        let members: Vec<CommuneIndex> = own.map(|(area, _)| CommuneIndex::new(area.index())).collect();
        (members.len() >= membership.min_areas).then(|| FollowedPlace {
            place: AlertPlace {
                scope: AlertScope::Group,
                edition: edition_data.entry.id,
                codes: Vec::new(),
                group: Some(group.id.clone()),
            },
            edition_data,
            communes: members,
        })
    };
    snapshot.peers.groups().filter_map(of_group).collect()
}
