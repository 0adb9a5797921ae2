//! Comparison places of the models of a kind: of the same peer group, out of reach of the kind, with a like count before.
//!
//! In: the models and incidents of a kind. Out: for each model and design its counts and those of a few places, each
//! place given to one model of the kind alone. For a reach in metres the places are where models of other kinds stand,
//! never where incidents happened: a place chosen for its incidents calms by itself more than the model's own. For a
//! kind that works over its area they are communes. The order of trying is fixed: the nearest count first, then the
//! nearest place.

use super::compared::{ByDesign, Compared, Design, Obstacle, WindowCounts, Windows};
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
use crate::statistics::{BeforeAfter, DisplacementDesign, EffectTable, each_place_once};

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
    /// Where else may be counted.
    places: Vec<Place>,
}

/// A model with its windows, and what was counted in them or why nothing can be.
pub(super) struct ComparedModel {
    pub(super) model: ModelIndex,
    pub(super) windows: Windows,
    pub(super) compared: Result<ByDesign<Option<Compared>>, Obstacle>,
}

/// A place that may be compared with: a commune, or a position in one where a model of another kind stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    commune: CommuneIndex,
    /// Of the other model; none for a commune.
    standing: Option<Standing>,
}

/// A model of another kind.
#[derive(Debug, Clone, Copy)]
struct Standing {
    at: LonLat,
    started: Day,
    ended: Option<Day>,
}

/// A model that can be evaluated, with its counts.
struct MeasuredModel {
    windows: Windows,
    /// Its position, where its kind reaches some metres.
    at: Option<LonLat>,
    inside: WindowCounts,
    candidates: Vec<PlaceCandidate>,
}

/// One place that a model may be compared with.
#[derive(Debug, Clone, Copy)]
struct PlaceCandidate {
    /// Its number among the places.
    place: usize,
    counts: WindowCounts,
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
        let places = match kind.reach {
            ModelReach::Metres(_) => standing_places(snapshot, edition_data, kind),
            ModelReach::Area => CommuneIndex::of_all(edition_data.shape.communes().len())
                .map(|commune| Place { commune, standing: None })
                .collect(),
        };
        Self { snapshot, edition_data, kind, incidents_of_kind, rule: &snapshot.rules.effect, peers, places }
    }

    /// The counts of every model of the kind and of its comparison places, by design.
    pub(super) fn compared(&self) -> Vec<ComparedModel> {
        let of_kind = self.snapshot.models.indexed().filter(|(_, model)| model.kind == self.kind.id);
        let models: Vec<(ModelIndex, Windows, Result<MeasuredModel, Obstacle>)> = of_kind
            .map(|(index, model)| {
                let windows = Windows::around(Day::of_date(model.started_on), self.rule.window_days);
                (index, windows, self.measured(index, windows))
            })
            .collect();
        let measured: Vec<&MeasuredModel> =
            models.iter().filter_map(|(_, _, measured)| measured.as_ref().ok()).collect();
        let mut given = ByDesign::each(|design| self.given(&measured, design).into_iter());
        let compared = models.iter().map(|(model, windows, measured)| {
            let compared = measured.as_ref().map_err(|obstacle| *obstacle).and_then(|measured| {
                let compared = ByDesign {
                    last_window_left_out: given
                        .last_window_left_out
                        .next()
                        .and_then(|places| self.beside(measured, &places, Design::LastWindowLeftOut)),
                    both_windows: given
                        .both_windows
                        .next()
                        .and_then(|places| self.beside(measured, &places, Design::BothWindows)),
                };
                let is_alone = compared.last_window_left_out.is_none() && compared.both_windows.is_none();
                if is_alone { Err(Obstacle::NoComparison) } else { Ok(compared) }
            });
            ComparedModel { model: *model, windows: *windows, compared }
        });
        compared.collect()
    }

    /// The counts of a model, and the places that may be compared with it.
    fn measured(&self, index: ModelIndex, windows: Windows) -> Result<MeasuredModel, Obstacle> {
        let model = &self.snapshot.models[index];
        let commune = self.edition_data.commune_of_model[index].ok_or(Obstacle::NoLocation)?;
        if !self.covers(commune, windows) {
            return Err(Obstacle::NotCovered);
        }
        if model.ended_on.is_some_and(|end| Day::of_date(end) < windows.after.to()) {
            return Err(Obstacle::EndedTooSoon);
        }
        match (self.kind.reach, self.position_of(index)) {
            (ModelReach::Metres(reach_m), Some(at)) => {
                self.measured_around(index, &PlacedModel { at, commune, reach_m }, windows)
            }
            (ModelReach::Metres(_), None) => Err(Obstacle::NoLocation),
            (ModelReach::Area, _) => self.measured_over(index, commune, windows),
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

    /// The other models of the kind that run at some time in the windows.
    fn in_windows(&self, index: ModelIndex, windows: Windows) -> impl Iterator<Item = ModelIndex> + '_ {
        let whole = Period::new(windows.earlier.from(), windows.after.to());
        whole.into_iter().flat_map(move |whole| self.others(index, whole))
    }

    /// Whether incidents of a commune are known in all windows, through the same channels.
    fn covers(&self, commune: CommuneIndex, windows: Windows) -> bool {
        let coverage = &self.snapshot.coverage;
        let windows = [windows.earlier, windows.last, windows.after];
        windows.iter().all(|window| self.edition_data.covers(commune, *window, coverage))
            && windows.windows(2).all(|pair| coverage.compares(pair[0], pair[1]))
    }

    fn position_of(&self, model: ModelIndex) -> Option<LonLat> {
        self.snapshot.models[model].position.map(|at| LonLat::new(at.lon(), at.lat()))
    }

    fn measured_around(
        &self,
        index: ModelIndex,
        reach: &PlacedModel,
        windows: Windows,
    ) -> Result<MeasuredModel, Obstacle> {
        let PlacedModel { at, commune, reach_m } = *reach;
        let mut before =
            self.others(index, windows.before(Design::BothWindows)).filter_map(|other| self.position_of(other));
        if before.any(|other| is_nearer(at, other, REACHES_BETWEEN * reach_m)) {
            return Err(Obstacle::KindWasThere);
        }
        let others = self.in_windows(index, windows).filter_map(|other| self.position_of(other));
        let of_kind: Vec<LonLat> = std::iter::once(at).chain(others).collect();
        let is_free = |place: LonLat| of_kind.iter().all(|other| !is_nearer(*other, place, REACHES_APART * reach_m));
        let inside = Rings::of(reach_m).inside;
        let candidates = self.places.iter().enumerate().filter_map(|(number, place)| {
            let Standing { at: there, started, ended } = place.standing?;
            let is_like = windows.meet(started, ended) && self.peers[place.commune] == self.peers[commune];
            (is_like && is_free(there) && self.covers(place.commune, windows)).then(|| PlaceCandidate {
                place: number,
                counts: self.incidents_of_kind.counts(there, inside, windows),
                distance_m: distance_m(at, there),
            })
        });
        Ok(MeasuredModel {
            windows,
            at: Some(at),
            inside: self.incidents_of_kind.counts(at, inside, windows),
            candidates: candidates.collect(),
        })
    }

    fn measured_over(
        &self,
        index: ModelIndex,
        commune: CommuneIndex,
        windows: Windows,
    ) -> Result<MeasuredModel, Obstacle> {
        let of_model = |other: ModelIndex| self.edition_data.commune_of_model[other];
        let mut before = self.others(index, windows.before(Design::BothWindows));
        if before.any(|other| of_model(other) == Some(commune)) {
            return Err(Obstacle::KindWasThere);
        }
        let mut has_model = IndexVec::<CommuneIndex, _>::from(vec![false; self.places.len()]);
        self.in_windows(index, windows).filter_map(of_model).for_each(|commune| has_model[commune] = true);
        let counts = self.commune_counts(windows);
        let is_peer = |place: &Place| {
            place.commune != commune
                && !has_model[place.commune]
                && self.peers[place.commune] == self.peers[commune]
                && self.covers(place.commune, windows)
        };
        // Equally far: of equal counts the lower code comes first.
        let candidate = |(number, place): (usize, &Place)| PlaceCandidate {
            place: number,
            counts: counts[place.commune],
            distance_m: 0.0,
        };
        let candidates = self.places.iter().enumerate().filter(|(_, place)| is_peer(place)).map(candidate).collect();
        Ok(MeasuredModel { windows, at: None, inside: counts[commune], candidates })
    }

    /// The places of every model in a design: the best-matched that are free, as many as the rule allows.
    fn given(&self, measured: &[&MeasuredModel], design: Design) -> Vec<Vec<usize>> {
        let preferences: Vec<Vec<usize>> = measured.iter().map(|model| self.preferred(model, design)).collect();
        let reach_m = match self.kind.reach {
            ModelReach::Metres(reach_m) => reach_m,
            ModelReach::Area => 0.0,
        };
        let conflicts = |one: usize, other: usize| match (self.places[one].standing, self.places[other].standing) {
            // Their reaches meet: an incident would be counted for two places.
            (Some(one), Some(other)) => is_nearer(one.at, other.at, REACHES_BETWEEN * reach_m),
            _ => false,
        };
        each_place_once(self.places.len(), &preferences, self.rule.comparison_places as usize, conflicts)
    }

    fn preferred(&self, model: &MeasuredModel, design: Design) -> Vec<usize> {
        let wanted = design.matched(model.inside);
        let mut candidates: Vec<&PlaceCandidate> =
            model.candidates.iter().filter(|place| self.is_like(design.matched(place.counts), wanted)).collect();
        candidates.sort_by(|a, b| {
            let apart = |place: &PlaceCandidate| design.matched(place.counts).abs_diff(wanted);
            let by_count = apart(a).cmp(&apart(b)).then(a.distance_m.total_cmp(&b.distance_m));
            by_count.then(a.place.cmp(&b.place))
        });
        candidates.into_iter().map(|candidate| candidate.place).collect()
    }

    /// Whether a count is close enough to that of the model; one more or less always is.
    fn is_like(&self, count: u64, wanted: u64) -> bool {
        let most = (self.rule.match_tolerance * wanted as f64).max(1.0);
        count.abs_diff(wanted) as f64 <= most
    }

    /// The counts of a model beside those of the places it got; none without a place.
    fn beside(&self, model: &MeasuredModel, places: &[usize], design: Design) -> Option<Compared> {
        let nearest = places.first()?;
        let found = |place: &usize| model.candidates.iter().find(|candidate| candidate.place == *place);
        let inside = |places: &[usize]| EffectTable {
            treated: design.compared(model.inside),
            comparison: summed(places.iter().filter_map(found).map(|found| design.compared(found.counts))),
        };
        let ring = |places: &[usize]| self.ring(model, places, design);
        let best = std::slice::from_ref(nearest);
        Some(Compared {
            inside: inside(places),
            ring: ring(places),
            nearest: DisplacementDesign { inside: inside(best), ring: ring(best).unwrap_or_default() },
            communes: places.iter().map(|place| self.places[*place].commune).collect(),
        })
    }

    /// The counts in the ring of one to two reaches; none where the kind works over its area.
    fn ring(&self, model: &MeasuredModel, places: &[usize], design: Design) -> Option<EffectTable> {
        let ModelReach::Metres(reach_m) = self.kind.reach else { return None };
        let ring = Rings::of(reach_m).ring;
        let counts = |at: LonLat| design.compared(self.incidents_of_kind.counts(at, ring, model.windows));
        let standing = places.iter().filter_map(|place| self.places[*place].standing);
        Some(EffectTable {
            treated: counts(model.at?),
            comparison: summed(standing.map(|standing| counts(standing.at))),
        })
    }

    /// The incidents of every commune, with a point or without, by window.
    fn commune_counts(&self, windows: Windows) -> IndexVec<CommuneIndex, WindowCounts> {
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
            self.edition_data.placed_totals(&filter).in_communes.into_iter().map(u64::from).collect::<Vec<u64>>()
        };
        let (earlier, last) = (in_period(windows.earlier), in_period(windows.last));
        let counts = earlier.into_iter().zip(last).zip(in_period(windows.after));
        counts.map(|((earlier, last), after)| WindowCounts { earlier, last, after }).collect()
    }
}

/// Where a model stands, and how far it reaches.
struct PlacedModel {
    at: LonLat,
    commune: CommuneIndex,
    reach_m: f64,
}

struct Rings {
    inside: Ring,
    ring: Ring,
}

impl Rings {
    fn of(reach_m: f64) -> Self {
        Self { inside: Ring { from_m: -1.0, to_m: reach_m }, ring: Ring { from_m: reach_m, to_m: 2.0 * reach_m } }
    }
}

/// Where models of other kinds stand, in a fixed order of positions.
fn standing_places(snapshot: &Snapshot, edition_data: &EditionData, kind: &ModelKind) -> Vec<Place> {
    let others = snapshot.models.iter().filter(|model| model.kind != kind.id);
    let mut places: Vec<(LonLat, Place)> = others
        .filter_map(|model| {
            let at = model.position.map(|at| LonLat::new(at.lon(), at.lat()))?;
            let commune = edition_data.shape.commune_at(at)?;
            let (started, ended) = (Day::of_date(model.started_on), model.ended_on.map(Day::of_date));
            Some((at, Place { commune, standing: Some(Standing { at, started, ended }) }))
        })
        .collect();
    places.sort_by(|(a, _), (b, _)| a.lon.total_cmp(&b.lon).then(a.lat.total_cmp(&b.lat)));
    places.into_iter().map(|(_, place)| place).collect()
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
