//! Model density: how many community models run, over residents, land and residential areas, and whom they reach.
//!
//! In: the models placed in an edition. Out: four densities of every area, by kind and over all kinds, on the last
//! day of the period. A model counts in the area in which it stands. The reach of a kind is the exact union of discs
//! around its models, residents taken as spread evenly over their commune, because nothing finer is known; a kind that
//! works over an area reaches the residential areas that its models name, each with an equal part of the residents of
//! its commune. Reaches of different kinds are not united: there is no coverage over all kinds.

use std::collections::{BTreeMap, BTreeSet};

use super::area::{ModelDensities, ModelDensity};
use super::context::AssessmentContext;
use crate::domain::area::{AreaIndex, CommuneIndex, Level};
use crate::domain::index::IndexVec;
use crate::domain::model::CommunityModel;
use crate::domain::rules::{ModelKindIndex, ModelReach};
use crate::domain::time::period::{Day, Period};
use crate::snapshot::{EditionData, LevelData, ReachShares, Snapshot};

/// The day on which models are counted for a period: its last day.
pub fn reference_day(period: Period) -> Day {
    Day::from_number(period.to().number() - 1)
}

/// The models of a level on a day, whatever the residents: what many periods share.
pub(super) struct LevelModels {
    /// By area the densities of every kind, as far as residents do not matter.
    of_kinds: IndexVec<AreaIndex, IndexVec<ModelKindIndex, ModelDensity>>,
    /// By area those of all kinds.
    of_all: IndexVec<AreaIndex, ModelDensity>,
    teams: TeamShares,
}

/// How many models there are, and how many residential areas they serve.
#[derive(Debug, Clone, Copy, Default)]
struct ModelTally {
    active: u32,
    served: u32,
}

impl LevelModels {
    /// Those of the areas of a level.
    pub(super) fn of(snapshot: &Snapshot, edition_data: &EditionData, areas: &LevelData, day: Day) -> Self {
        let tallies = tallies(snapshot, edition_data, areas, day);
        let mut residential_areas = IndexVec::<AreaIndex, _>::from(vec![0; areas.areas.len()]);
        for area in edition_data.residential_areas.iter().filter_map(|unit| areas.area_of_commune[unit.commune]) {
            residential_areas[area] += 1;
        }
        let under = areas.areas.iter().zip(&residential_areas);
        let under = under.map(|(area, units)| Denominators { area_km2: area.area_km2, residential_areas: *units });
        let (of_kinds, of_all) = tallies
            .iter()
            .zip(under)
            .map(|(kinds, under)| {
                let by_kind = kinds.iter().map(|kind| under.density(kind.counted())).collect();
                // A residential area served by two kinds counts once over all of them: sets are united, only the
                // models are added.
                let all = kinds.iter().fold(Tally::default(), Tally::with);
                (by_kind, under.density(all.counted()))
            })
            .unzip::<_, _, Vec<_>, Vec<_>>();
        Self { of_kinds: of_kinds.into(), of_all: of_all.into(), teams: TeamShares::of(snapshot, edition_data, day) }
    }

    /// The model densities of every area on the reference day of the period, with what models reach that day.
    pub(super) fn densities(&self, context: &AssessmentContext<'_>, reach: &ReachShares) -> Vec<ModelDensities> {
        let AssessmentContext { snapshot, edition_data, areas, filter, .. } = *context;
        let coverage = ResidentShares::new(edition_data, areas, filter.period);
        let least = snapshot.rules.density.min_residents.max(1);
        let residents = super::counting::residents(edition_data, areas, filter.period);
        let densities = self.of_kinds.indexed().zip(&residents).map(|((area, kinds), residents)| {
            let residents = residents.filter(|count| *count >= least);
            let by_kind = kinds.indexed().map(|(kind, density)| {
                let share = |commune: CommuneIndex| match snapshot.rules.model_kinds[kind].reach {
                    ModelReach::Metres(_) => reach.by_kind[kind].at(commune).copied(),
                    ModelReach::Area => self.teams.share(kind, commune),
                };
                ModelDensity { coverage: coverage.of(area, share), ..density.per_residents(residents) }
            });
            ModelDensities { by_kind: by_kind.collect(), all: self.of_all[area].per_residents(residents) }
        });
        densities.collect()
    }

    /// The bytes of memory that it holds.
    pub(super) fn held_bytes(&self) -> usize {
        let kinds: usize = self.of_kinds.iter().map(|kinds| kinds.len() + 1).sum();
        kinds * size_of::<ModelDensity>() + self.teams.units.len() * size_of::<u32>() + self.teams.held_bytes()
    }
}

impl ModelDensity {
    /// The same with the density per residents; none where they are unknown or too few for a rate.
    fn per_residents(self, residents: Option<u32>) -> Self {
        let per_10k_residents = residents.map(|count| f64::from(self.active) / f64::from(count) * 10_000.0);
        Self { per_10k_residents, ..self }
    }
}

/// The models active on a day with the area of the level in which each stands.
pub fn active_models<'a>(
    snapshot: &'a Snapshot,
    edition_data: &'a EditionData,
    areas: &'a LevelData,
    day: Day,
) -> impl Iterator<Item = (AreaIndex, &'a CommunityModel)> {
    let placed = snapshot.models.iter().zip(edition_data.commune_of_model.iter());
    placed.filter_map(move |(model, commune)| {
        let area = areas.area_of_commune[(*commune)?]?;
        model.is_active_on(day).then_some((area, model))
    })
}

/// Active models, and the residential areas of the register that they serve.
#[derive(Debug, Clone, Default)]
struct Tally {
    active: u32,
    served: BTreeSet<usize>,
}

impl Tally {
    fn with(mut self, other: &Self) -> Self {
        self.active += other.active;
        self.served.extend(&other.served);
        self
    }

    fn counted(&self) -> ModelTally {
        ModelTally { active: self.active, served: self.served.len() as u32 }
    }
}

/// For every area of the level the tally of every kind.
fn tallies(
    snapshot: &Snapshot,
    edition_data: &EditionData,
    areas: &LevelData,
    day: Day,
) -> IndexVec<AreaIndex, IndexVec<ModelKindIndex, Tally>> {
    let register = edition_data.residential_areas.iter().enumerate();
    let units: BTreeMap<&str, usize> = register.map(|(area_index, unit)| (unit.id.as_str(), area_index)).collect();
    let of_kinds = IndexVec::from(vec![Tally::default(); snapshot.rules.model_kinds.len()]);
    let mut tallies = IndexVec::<AreaIndex, IndexVec<ModelKindIndex, Tally>>::from(vec![of_kinds; areas.areas.len()]);
    for (area, model) in active_models(snapshot, edition_data, areas, day) {
        let Some(kind) = snapshot.rules.model_kind_index(&model.kind) else { continue };
        tallies[area][kind].active += 1;
        let unit = model.residential_area.as_deref().and_then(|id| units.get(id)).copied();
        let Some(unit) = unit else { continue };
        // A model may stand across a border of the area it serves.
        if let Some(served) = areas.area_of_commune[edition_data.residential_areas[unit].commune] {
            tallies[served][kind].served.insert(unit);
        }
    }
    tallies
}

/// What the numbers of models of an area are divided by, whatever the period.
struct Denominators {
    area_km2: f64,
    residential_areas: u32,
}

impl Denominators {
    /// The densities that need no residents.
    fn density(&self, tally: ModelTally) -> ModelDensity {
        let active = f64::from(tally.active);
        let units = (self.residential_areas > 0).then_some(f64::from(self.residential_areas));
        ModelDensity {
            active: tally.active,
            per_10k_residents: None,
            per_km2: (self.area_km2 > 0.0).then(|| active / self.area_km2),
            per_residential_area: units.map(|units| active / units),
            residential_areas_served: units.map(|units| f64::from(tally.served) / units),
            coverage: None,
        }
    }
}

/// From parts of communes to parts of residents.
struct ResidentShares<'a> {
    edition_data: &'a EditionData,
    /// The communes of every area; none where every area is a commune.
    members: Option<IndexVec<AreaIndex, Vec<CommuneIndex>>>,
    period: Period,
}

impl<'a> ResidentShares<'a> {
    fn new(edition_data: &'a EditionData, areas: &LevelData, period: Period) -> Self {
        let members = (areas.level != Level::Commune).then(|| areas.members());
        Self { edition_data, members, period }
    }

    /// The share of the residents of an area within reach. Inside one commune it is the share of the land or of the
    /// residential areas, whatever the number of residents; over several it needs the number in each.
    fn of(&self, area: AreaIndex, share: impl Fn(CommuneIndex) -> Option<f64>) -> Option<f64> {
        let Some(members) = &self.members else { return share(CommuneIndex::from(area)) };
        let communes = &members[area];
        // The share of one commune's area needs no residents: they are spread evenly over it.
        if let [commune] = communes.as_slice() {
            return share(*commune);
        }
        let (mut reached, mut all) = (0.0, 0.0);
        // One commune without a figure leaves the weighted mean unknown, so the answer is none and not a mean of
        // the rest.
        for commune in communes {
            let residents = f64::from(self.edition_data.residents_in(*commune, self.period)?);
            reached += residents * share(*commune)?;
            all += residents;
        }
        (all > 0.0).then(|| reached / all)
    }
}

/// The part of the residential areas of every commune that the teams of a kind name.
struct TeamShares {
    /// By kind the communes in which a team stands or names a residential area, with the residential areas named there.
    named: IndexVec<ModelKindIndex, BTreeMap<CommuneIndex, BTreeSet<usize>>>,
    /// The residential areas of every commune.
    units: IndexVec<CommuneIndex, u32>,
}

impl TeamShares {
    fn of(snapshot: &Snapshot, edition_data: &EditionData, day: Day) -> Self {
        let register = edition_data.residential_areas.iter().enumerate();
        let by_id: BTreeMap<&str, usize> = register.map(|(unit, entry)| (entry.id.as_str(), unit)).collect();
        let mut units = IndexVec::from(vec![0; edition_data.shape.communes().len()]);
        edition_data.residential_areas.iter().for_each(|unit| units[unit.commune] += 1);
        let mut named: IndexVec<ModelKindIndex, BTreeMap<CommuneIndex, BTreeSet<usize>>> =
            vec![BTreeMap::new(); snapshot.rules.model_kinds.len()].into();
        let placed = snapshot.models.iter().zip(edition_data.commune_of_model.iter());
        for (model, stands) in placed.filter(|(model, _)| model.is_active_on(day)) {
            let Some(kind) = snapshot.rules.model_kind_index(&model.kind) else { continue };
            let unit = model.residential_area.as_deref().and_then(|id| by_id.get(id)).copied();
            // A team works where the residential area lies that it names, else where it stands.
            let commune = unit.map(|unit| edition_data.residential_areas[unit].commune).or(*stands);
            let Some(commune) = commune else { continue };
            named[kind].entry(commune).or_default().extend(unit);
        }
        Self { named, units }
    }

    fn held_bytes(&self) -> usize {
        let communes = self.named.iter().flat_map(BTreeMap::values);
        communes.map(|units| size_of::<BTreeSet<usize>>() + (units.len() + 1) * size_of::<usize>()).sum()
    }

    /// None where a team works in the commune and no residential area is known that it works for.
    fn share(&self, kind: ModelKindIndex, commune: CommuneIndex) -> Option<f64> {
        let Some(named) = self.named[kind].get(&commune) else { return Some(0.0) };
        let units = *self.units.at(commune)?;
        (!named.is_empty() && units > 0).then(|| named.len() as f64 / f64::from(units))
    }
}
