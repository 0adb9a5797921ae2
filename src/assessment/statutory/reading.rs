//! One window, read under its circular: every unit, criterion by criterion.
//!
//! In: a snapshot and the period requested. Out: a [`StatutoryEvaluation`] that checks any commune or any
//! unit on its rolls. A commune is judged on the boundaries its rows name, whichever edition
//! is evaluated.

use std::collections::{BTreeMap, BTreeSet};

use super::models::{self, ModelFacts};
use super::register::{RegisterEntry, register_entries};
use super::shares::{KindShare, RegisterCoverage, ShareFacts, kind_share, share_facts};
use super::verdict::{Agreement, Statutory, StatutoryVerdict, unit_verdict};
use super::windows::{judged_window, residential_window};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaKey, CommuneIndex};
use crate::domain::index::IndexVec;
use crate::domain::model::Review;
use crate::domain::rules::window::Window;
use crate::domain::standard::certification::{Declared, UnitKind};
use crate::domain::standard::circular::Circular;
use crate::domain::standard::criterion::{Criterion, CriterionTest, ShareRule};
use crate::domain::time::period::Period;
use crate::snapshot::Snapshot;

/// The facts a verdict rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facts {
    /// What the unit declared; none where it said nothing.
    Declared(Option<Declared>),
    /// Community models; none where no model is known at all.
    Models(Option<ModelFacts>),
    /// Units under the commune.
    Shares(ShareFacts),
}

/// One criterion, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionCheck<'a> {
    /// What the circular requires.
    pub criterion: &'a Criterion,
    /// What the data say about it.
    pub facts: Facts,
    /// What they say.
    pub verdict: StatutoryVerdict,
}

/// One unit, judged, beside the official decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitCheck<'a> {
    /// The unit and where it officially stands.
    pub unit: RegisterEntry<'a>,
    /// The official verdict.
    pub official: Statutory,
    /// Criterion by criterion, in the order of the circular.
    pub criteria: Vec<CriterionCheck<'a>>,
    /// What the criteria say together.
    pub check: Statutory,
    /// The check beside the decision.
    pub agreement: Agreement,
}

/// One window read under its circular.
#[derive(Debug, Clone)]
pub struct StatutoryEvaluation<'a> {
    /// Where registers, models and circulars come from.
    pub snapshot: &'a Snapshot,
    /// The window of communes, agencies, firms and schools.
    pub window: &'a Window,
    /// The window of residential areas that goes with it.
    pub residential: Option<&'a Window>,
    /// The circular in force on its last day.
    pub circular: Option<&'a Circular>,
    communes: BTreeMap<&'a AreaKey, RegisterEntry<'a>>,
    entries_by_commune: BTreeMap<(&'a AreaKey, UnitKind), Vec<RegisterEntry<'a>>>,
    models: BTreeMap<EditionId, Option<IndexVec<CommuneIndex, ModelFacts>>>,
    on_register: BTreeSet<(&'a AreaKey, Part)>,
}

/// The two registers, which are kept and imported apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    ResidentialAreas,
    Institutions,
}

impl Part {
    fn of(kind: UnitKind) -> Self {
        if kind == UnitKind::ResidentialArea { Self::ResidentialAreas } else { Self::Institutions }
    }
}

impl<'a> StatutoryEvaluation<'a> {
    /// The reading of a period; none where no commune was decided on in a window that ended by its end.
    pub fn of(snapshot: &'a Snapshot, period: Period) -> Option<Self> {
        let window = judged_window(snapshot, UnitKind::Commune, period)?;
        let circular = snapshot.circulars.in_force_for(window.period);
        let residential = residential_window(&snapshot.rules, window);
        let communes = communes(snapshot, window, circular);
        let mut evaluation = Self {
            snapshot,
            window,
            residential,
            circular,
            communes,
            entries_by_commune: BTreeMap::new(),
            models: BTreeMap::new(),
            on_register: BTreeSet::new(),
        };
        let register = snapshot.units.register().iter();
        evaluation.on_register =
            register.map(|unit| (evaluation.commune_over(&unit.area), Part::of(unit.kind))).collect();
        for kind in UnitKind::ALL.into_iter().filter(|kind| *kind != UnitKind::Commune) {
            let window = evaluation.window_of(kind);
            for entry in window.map_or_else(Vec::new, |window| register_entries(snapshot, kind, window, circular)) {
                let commune = evaluation.commune_over(entry.area);
                evaluation.entries_by_commune.entry((commune, kind)).or_default().push(entry);
            }
        }
        evaluation.models = evaluation.models_by_edition();
        Some(evaluation)
    }

    /// The window in which a kind of unit is judged.
    pub fn window_of(&self, kind: UnitKind) -> Option<&'a Window> {
        match kind {
            UnitKind::ResidentialArea => self.residential,
            _ => Some(self.window),
        }
    }

    /// The communes of which something is known in the window, in the order of editions and codes.
    pub fn communes(&self) -> impl Iterator<Item = &RegisterEntry<'a>> {
        self.communes.values()
    }

    /// The units under the communes, by commune and kind.
    pub fn units(&self) -> impl Iterator<Item = &RegisterEntry<'a>> {
        self.entries_by_commune.values().flatten()
    }

    /// What is known of a commune.
    pub fn commune(&self, key: &AreaKey) -> Option<&RegisterEntry<'a>> {
        self.communes.get(key)
    }

    /// A unit, judged beside its decision.
    pub fn check(&self, unit: &RegisterEntry<'a>) -> UnitCheck<'a> {
        let criteria: Vec<CriterionCheck<'a>> = self.circular.map_or_else(Vec::new, |circular| {
            circular.criteria_of(unit.kind).map(|criterion| self.criterion(unit, criterion)).collect()
        });
        let official = match unit.recognised {
            Some(Declared::Yes) => Statutory::Met,
            Some(Declared::No) => Statutory::NotMet,
            None => Statutory::Insufficient,
        };
        let check = unit_verdict(criteria.iter().map(|criterion| criterion.verdict));
        UnitCheck { unit: *unit, official, criteria, check, agreement: Agreement::of(official, check) }
    }

    fn criterion(&self, unit: &RegisterEntry<'a>, criterion: &'a Criterion) -> CriterionCheck<'a> {
        let (facts, verdict) = match &criterion.test {
            CriterionTest::Declared | CriterionTest::Evidence => {
                let window = self.window_of(unit.kind).map_or("", |window| window.id.as_str());
                let declared = self.snapshot.units.declared(window, unit.unit_id, &criterion.id);
                (Facts::Declared(declared), declared_verdict(declared))
            }
            CriterionTest::EffectiveModel { .. } => {
                let facts = self.models_of(unit.area);
                (Facts::Models(facts), facts.map_or(StatutoryVerdict::NoData, ModelFacts::verdict))
            }
            CriterionTest::Shares(rule) => {
                let facts = self.shares(unit.area, rule);
                let verdict = facts.verdict;
                (Facts::Shares(facts), verdict)
            }
        };
        CriterionCheck { criterion, facts, verdict }
    }

    /// The commune of the reading under which an area falls: the area itself, or, where it is one of another edition,
    /// the one in which most of it lies. A register keeps units under the codes by which they were entered.
    fn commune_over(&self, area: &'a AreaKey) -> &'a AreaKey {
        if self.communes.contains_key(area) {
            return area;
        }
        let mut over = self.snapshot.editions.iter().filter_map(|edition_data| {
            let commune = edition_data.shape.commune(*edition_data.commune_of_key.get(area)?)?;
            let key = AreaKey { edition: edition_data.entry.id, code: commune.code.clone() };
            self.communes.get_key_value(&key).map(|(key, _)| *key)
        });
        over.next_back().unwrap_or(area)
    }

    fn models_by_edition(&self) -> BTreeMap<EditionId, Option<IndexVec<CommuneIndex, ModelFacts>>> {
        let Some(least) = self.least_review() else { return BTreeMap::new() };
        let editions = self.snapshot.editions.iter().map(|edition_data| edition_data.entry.id);
        editions.map(|edition| (edition, models::by_commune(self.snapshot, edition, self.window, least))).collect()
    }

    /// The least review of an effective model, where the circular requires one.
    fn least_review(&self) -> Option<Review> {
        self.circular?.criteria_of(UnitKind::Commune).find_map(|criterion| match criterion.test {
            CriterionTest::EffectiveModel { least_review } => Some(least_review),
            _ => None,
        })
    }

    fn models_of(&self, commune: &AreaKey) -> Option<ModelFacts> {
        let communes = self.snapshot.edition(commune.edition)?.shape.communes();
        let index = communes.binary_search_by(|area| area.code.cmp(&commune.code)).ok().map(CommuneIndex::new)?;
        self.models.get(&commune.edition)?.as_ref()?.at(index).copied()
    }

    fn shares(&self, commune: &AreaKey, rule: &ShareRule) -> ShareFacts {
        let kinds: Vec<KindShare> = rule.of.iter().map(|kind| self.kind_share(commune, *kind, rule)).collect();
        share_facts(kinds, rule)
    }

    fn kind_share(&self, commune: &AreaKey, kind: UnitKind, rule: &ShareRule) -> KindShare {
        let entries: Vec<&RegisterEntry<'a>> =
            self.entries_by_commune.get(&(commune, kind)).into_iter().flatten().collect();
        let window = self.window_of(kind).map_or("", |window| window.id.as_str());
        kind_share(kind, window, &entries, self.coverage(commune, kind), rule)
    }

    /// A commune has residential areas, and institutions: a register that knows none of them is not complete.
    fn coverage(&self, commune: &AreaKey, kind: UnitKind) -> RegisterCoverage {
        let is_known = self.on_register.contains(&(commune, Part::of(kind)));
        if is_known { RegisterCoverage::Complete } else { RegisterCoverage::Unknown }
    }
}

fn declared_verdict(declared: Option<Declared>) -> StatutoryVerdict {
    match declared {
        Some(Declared::Yes) => StatutoryVerdict::Met,
        Some(Declared::No) => StatutoryVerdict::NotMet,
        None => StatutoryVerdict::NoData,
    }
}

/// The communes that are decided on, or declare something, in a window.
fn communes<'a>(
    snapshot: &'a Snapshot,
    window: &'a Window,
    circular: Option<&Circular>,
) -> BTreeMap<&'a AreaKey, RegisterEntry<'a>> {
    let mut communes: BTreeMap<&AreaKey, RegisterEntry<'a>> = BTreeMap::new();
    for entry in register_entries(snapshot, UnitKind::Commune, window, circular) {
        communes.entry(entry.area).or_insert(entry);
    }
    let declaring = snapshot.units.declarations(&window.id).iter().filter(|row| row.unit_kind == UnitKind::Commune);
    for row in declaring {
        communes.entry(&row.area).or_insert_with(|| RegisterEntry::unknown(UnitKind::Commune, &row.unit_id, &row.area));
    }
    communes
}
