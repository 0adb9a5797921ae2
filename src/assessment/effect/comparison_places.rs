//! Comparison places of a model: of the same peer group, out of reach of its kind, with a like count before.
//!
//! In: the models and incidents of a kind. Out: the counts of a model and of a few places. For a reach in metres the
//! places are candidates around the places where models of other kinds stand, never where incidents happened: a place
//! chosen for its incidents calms by itself more than the model's own. For a kind that works over its area they are
//! communes. The order of trying is fixed: the nearest count first, then the nearest place.

use super::compared::{Compared, Obstacle, Windows};
use super::kind_incidents::{KindIncidents, Ring};
use crate::assessment::rating::peers::membership;
use crate::domain::area::peers::PeerIndex;
use crate::domain::area::{CommuneIndex, Level};
use crate::domain::filter::Filter;
use crate::domain::incident::taxonomy::Severity;
use crate::domain::index::IndexVec;
use crate::domain::model::ModelIndex;
use crate::domain::rules::{EffectRule, ModelKind, ModelReach};
use crate::domain::time::period::{Day, Period};
use crate::geometry::local_metres::LocalFrame;
use crate::geometry::projection::LonLat;
use crate::snapshot::{EditionData, Snapshot};
use crate::statistics::{BeforeAfter, DisplacementDesign, EffectTable};

/// Reaches between a model's centre and a comparison place: the reach of one and the ring of the other stay apart.
const REACHES_APART: f64 = 3.0;
/// Reaches between two comparison places: their reaches stay apart.
const REACHES_BETWEEN: f64 = 2.0;

/// A degree of latitude is nowhere shorter, in metres.
const LEAST_M_PER_LAT: f64 = 110_500.0;

/// All that is needed to evaluate the models of one kind.
pub(super) struct ComparisonSearch<'a> {
    snapshot: &'a Snapshot,
    edition_data: &'a EditionData,
    kind: &'a ModelKind,
    incidents_of_kind: &'a KindIncidents,
    rule: &'a EffectRule,
    /// The peer group of every commune.
    peers: IndexVec<CommuneIndex, Option<PeerIndex>>,
}

/// A model with a position, and the commune it stands in.
struct ModelPlace {
    index: ModelIndex,
    at: LonLat,
    commune: CommuneIndex,
}

/// One place that may be compared with.
#[derive(Debug, Clone, Copy)]
struct PlaceCandidate {
    at: LonLat,
    commune: CommuneIndex,
    before: u64,
    distance_m: f64,
}

impl<'a> ComparisonSearch<'a> {
    pub(super) fn new(
        snapshot: &'a Snapshot,
        edition_data: &'a EditionData,
        kind: &'a ModelKind,
        incidents_of_kind: &'a KindIncidents,
    ) -> Self {
        let communes = edition_data.shape.level(Level::Commune);
        let peers = communes
            .map_or_else(IndexVec::default, |communes| membership(snapshot, edition_data, communes).groups.renamed());
        Self { snapshot, edition_data, kind, incidents_of_kind, rule: &snapshot.rules.effect, peers }
    }

    /// The first day of a model.
    pub(super) fn started(&self, model: ModelIndex) -> Day {
        Day::of_date(self.snapshot.models[model].started_on)
    }

    /// The counts of a model and of its comparison places.
    pub(super) fn compared(&self, index: ModelIndex, windows: Windows) -> Result<Compared, Obstacle> {
        let model = &self.snapshot.models[index];
        let commune = self.edition_data.commune_of_model[index].ok_or(Obstacle::NoLocation)?;
        let days = self.snapshot.days.ok_or(Obstacle::NotCovered)?;
        if windows.before.from() < days.0 || days.1.number() + 1 < windows.after.to().number() {
            return Err(Obstacle::NotCovered);
        }
        if model.ended_on.is_some_and(|end| Day::of_date(end) < windows.after.to()) {
            return Err(Obstacle::EndedTooSoon);
        }
        match (self.kind.reach, model.position) {
            (ModelReach::Metres(reach_m), Some(at)) => {
                self.around(&ModelPlace { index, at: LonLat::new(at.lon(), at.lat()), commune }, reach_m, windows)
            }
            (ModelReach::Metres(_), None) => Err(Obstacle::NoLocation),
            (ModelReach::Area, _) => self.over_communes(index, commune, windows),
        }
    }

    /// The other models of the kind whose life meets a period.
    fn others(&self, index: ModelIndex, period: Period) -> impl Iterator<Item = ModelIndex> + '_ {
        let alive = self.snapshot.models.indexed().filter(move |(other, model)| {
            let ended = model.ended_on.map(Day::of_date);
            *other != index
                && model.kind == self.kind.id
                && Day::of_date(model.started_on) < period.to()
                && ended.is_none_or(|end| period.from() < end)
        });
        alive.map(|(other, _)| other)
    }

    fn place_of(&self, model: ModelIndex) -> Option<LonLat> {
        self.snapshot.models[model].position.map(|at| LonLat::new(at.lon(), at.lat()))
    }

    fn around(&self, model: &ModelPlace, reach_m: f64, windows: Windows) -> Result<Compared, Obstacle> {
        let at = model.at;
        let mut before = self.others(model.index, windows.before).filter_map(|other| self.place_of(other));
        if before.any(|other| is_nearer(at, other, REACHES_BETWEEN * reach_m)) {
            return Err(Obstacle::KindWasThere);
        }
        let rings =
            Rings { inside: Ring { from_m: -1.0, to_m: reach_m }, ring: Ring { from_m: reach_m, to_m: 2.0 * reach_m } };
        let treated = self.incidents_of_kind.counts(at, rings.inside, windows);
        let candidates_around = self.candidates_around(model, rings.inside, windows);
        let selected = self.selected(candidates_around, treated.before, reach_m);
        let nearest = selected.first().ok_or(Obstacle::NoComparison)?;
        let table = |ring: Ring, places: &[PlaceCandidate]| EffectTable {
            treated: self.incidents_of_kind.counts(at, ring, windows),
            comparison: summed(places.iter().map(|place| self.incidents_of_kind.counts(place.at, ring, windows))),
        };
        let best = std::slice::from_ref(nearest);
        Ok(Compared {
            inside: table(rings.inside, &selected),
            ring: Some(table(rings.ring, &selected)),
            nearest: DisplacementDesign { inside: table(rings.inside, best), ring: table(rings.ring, best) },
            communes: selected.iter().map(|place| place.commune).collect(),
        })
    }

    /// Places of the peer group, out of reach of the kind in both windows, with their count before.
    fn candidates_around(&self, model: &ModelPlace, inside: Ring, windows: Windows) -> Vec<PlaceCandidate> {
        let (at, group) = (model.at, self.peers[model.commune]);
        let others = self.both_windows(model.index, windows).filter_map(|other| self.place_of(other));
        let of_kind: Vec<LonLat> = std::iter::once(at).chain(others).collect();
        let apart_m = REACHES_APART * inside.to_m;
        let standing = self.snapshot.models.iter().filter(|model| {
            model.kind != self.kind.id && windows.meet(Day::of_date(model.started_on), model.ended_on.map(Day::of_date))
        });
        let standing = standing.filter_map(|model| model.position).map(|at| LonLat::new(at.lon(), at.lat()));
        let places = standing.filter_map(|place| {
            let commune = self.edition_data.shape.commune_at(place)?;
            let is_free = of_kind.iter().all(|other| !is_nearer(*other, place, apart_m));
            (is_free && self.peers[commune] == group).then_some((place, commune))
        });
        let candidates_around = places.map(|(place, commune)| {
            let before = self.incidents_of_kind.counts(place, inside, windows).before;
            PlaceCandidate { at: place, commune, before, distance_m: distance_m(at, place) }
        });
        candidates_around.collect()
    }

    fn both_windows(&self, model: ModelIndex, windows: Windows) -> impl Iterator<Item = ModelIndex> + '_ {
        let whole = Period::new(windows.before.from(), windows.after.to());
        whole.into_iter().flat_map(move |whole| self.others(model, whole))
    }

    /// The best-matched places that do not overlap, as many as the rule requires.
    fn selected(&self, mut candidates_around: Vec<PlaceCandidate>, before: u64, reach_m: f64) -> Vec<PlaceCandidate> {
        candidates_around.retain(|place| self.matches(place.before, before));
        candidates_around.sort_by(|a, b| {
            let count = |place: &PlaceCandidate| place.before.abs_diff(before);
            let by_count = count(a).cmp(&count(b)).then(a.distance_m.total_cmp(&b.distance_m));
            by_count.then(a.at.lon.total_cmp(&b.at.lon)).then(a.at.lat.total_cmp(&b.at.lat))
        });
        let mut selected: Vec<PlaceCandidate> = Vec::new();
        // Greedy in a fixed order: every place taken is the best of those whose reach meets none taken before, so
        // no incident is counted for two places.
        for place in candidates_around {
            if selected.len() >= self.rule.comparison_places as usize {
                break;
            }
            if selected.iter().all(|other| !is_nearer(other.at, place.at, REACHES_BETWEEN * reach_m)) {
                selected.push(place);
            }
        }
        selected
    }

    /// Whether a count before is close enough to that of the model; one more or less always is.
    fn matches(&self, count: u64, wanted: u64) -> bool {
        let most = (self.rule.match_tolerance * wanted as f64).max(1.0);
        count.abs_diff(wanted) as f64 <= most
    }

    fn over_communes(&self, model: ModelIndex, commune: CommuneIndex, windows: Windows) -> Result<Compared, Obstacle> {
        let communes = self.edition_data.shape.communes();
        let of_model = |other: ModelIndex| self.edition_data.commune_of_model[other];
        if self.others(model, windows.before).any(|other| of_model(other) == Some(commune)) {
            return Err(Obstacle::KindWasThere);
        }
        let mut has_model = IndexVec::<CommuneIndex, _>::from(vec![false; communes.len()]);
        self.both_windows(model, windows).filter_map(of_model).for_each(|commune| has_model[commune] = true);
        let counts = self.commune_counts(windows);
        let (treated, group) = (counts[commune], self.peers[commune]);
        let is_peer = |other: &CommuneIndex| *other != commune && !has_model[*other] && self.peers[*other] == group;
        let mut selected: Vec<CommuneIndex> = CommuneIndex::of_all(communes.len())
            .filter(is_peer)
            .filter(|other| self.matches(counts[*other].before, treated.before))
            .collect();
        // A stable sort: of equal counts the lower code comes first.
        selected.sort_by_key(|other| counts[*other].before.abs_diff(treated.before));
        selected.truncate(self.rule.comparison_places as usize);
        let nearest = *selected.first().ok_or(Obstacle::NoComparison)?;
        let table = |comparison: BeforeAfter| EffectTable { treated, comparison };
        Ok(Compared {
            inside: table(summed(selected.iter().map(|other| counts[*other]))),
            ring: None,
            nearest: DisplacementDesign { inside: table(counts[nearest]), ring: EffectTable::default() },
            communes: selected,
        })
    }

    /// The located incidents of every commune, before and after.
    fn commune_counts(&self, windows: Windows) -> IndexVec<CommuneIndex, BeforeAfter> {
        // Which scheme rates what is counted does not matter to a count.
        let (edition, scheme) = (self.edition_data.entry.id, self.snapshot.schemes.default_index());
        let in_period = |period: Period| {
            let filter = Filter {
                edition,
                period,
                categories: self.incidents_of_kind.categories,
                min_severity: Severity::LEAST,
                scheme,
            };
            self.edition_data.placed_totals(&filter).located.into_iter().map(u64::from).collect::<Vec<u64>>()
        };
        let (before, after) = (in_period(windows.before), in_period(windows.after));
        before.into_iter().zip(after).map(|(before, after)| BeforeAfter { before, after }).collect()
    }
}

struct Rings {
    inside: Ring,
    ring: Ring,
}

fn summed(counts: impl Iterator<Item = BeforeAfter>) -> BeforeAfter {
    counts.fold(BeforeAfter::default(), |sum, next| BeforeAfter {
        before: sum.before + next.before,
        after: sum.after + next.after,
    })
}

fn distance_m(from: LonLat, to: LonLat) -> f64 {
    let frame = LocalFrame::around(from);
    frame.to_local(from).distance_m(frame.to_local(to))
}

/// Whether two places are nearer than a distance; most are separated by their latitudes alone.
fn is_nearer(from: LonLat, to: LonLat, limit_m: f64) -> bool {
    (from.lat - to.lat).abs() * LEAST_M_PER_LAT < limit_m && distance_m(from, to) < limit_m
}
