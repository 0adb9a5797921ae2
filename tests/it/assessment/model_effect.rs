//! The effect of community models, from incidents and models to what is said.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::assessment::effect::{
    DesignEffect, EffectVerdict, KindEffect, KindMethod, ModelEffect, Obstacle, Proposal, by_kind, candidates, wording,
};
use binhyen::domain::area::edition::EditionIndex;
use binhyen::domain::area::{CommuneIndex, Position};
use binhyen::domain::holdings::{Holdings, IncidentColumns};
use binhyen::domain::model::model_event::{ModelEvent, ModelEventKind};
use binhyen::domain::model::{CommunityModel, ModelOrigin, Review};
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::domain::time::period::Day;
use binhyen::snapshot::Snapshot;
use binhyen::statistics::{BeforeAfter, EffectTable};
use jiff::civil::{Date, date};

use crate::support::province::{
    CORNER, SIDE, commune, incident, key, point, population, shipped_rules, snapshot, square, two_editions,
};

const THEFT: &str = "trom_cap";
/// About 150 m, outside the reach of a camera and inside its ring.
const IN_RING: f64 = 0.0135;

fn pair(before: u64, after: u64) -> BeforeAfter {
    BeforeAfter { before, after }
}

fn model(id: &str, kind: &str, (column, row): (f64, f64), started_on: Date) -> CommunityModel {
    CommunityModel {
        id: id.to_owned(),
        kind: kind.to_owned(),
        position: Position::new(CORNER.0 + column * SIDE, CORNER.1 + row * SIDE).ok(),
        area: Some(key("2025-01", "20001")),
        residential_area: None,
        origin: ModelOrigin::New,
        parent_id: None,
        started_on,
        ended_on: None,
        review: None,
    }
}

/// A world of clusters of incidents: so many in 2021 and again in 2022, and so many in 2023 at a place; the days around
/// are known.
struct World {
    rules: RuleSet,
    holdings: Holdings,
}

impl World {
    fn new() -> Self {
        let mut world = Self { rules: shipped_rules(), holdings: two_editions() };
        // One district of the plain, so that all four communes are peers.
        for area in world.holdings.areas.iter_mut().filter(|area| area.parent.is_some()) {
            area.parent = Some("502".parse().unwrap());
        }
        world.happens((3.9, 0.9), "2020-12-01", "chay");
        world.happens((3.9, 0.9), "2024-02-01", "chay");
        world
    }

    fn happens(&mut self, (column, row): (f64, f64), day: &str, category: &str) {
        let id = format!("I{}", self.holdings.incidents.len());
        self.holdings.incidents.push(&incident(&self.rules, &id, day, point(column, row), (category, 3)));
    }

    /// Incidents around a place where a model of another kind stands, so that it can be compared with.
    fn cluster(mut self, at: (f64, f64), counts: BeforeAfter) -> Self {
        let standing = format!("S{}", self.holdings.models.len());
        self.holdings.models.push(model(&standing, "to_hoa_giai", at, date(2020, 1, 1)));
        for year in ["2021-06-01", "2022-06-01"] {
            (0..counts.before).for_each(|_| self.happens(at, year, THEFT));
        }
        (0..counts.after).for_each(|_| self.happens(at, "2023-06-01", THEFT));
        self
    }

    fn with(mut self, model: CommunityModel) -> Self {
        self.holdings.models.push(model);
        self
    }

    fn snapshot(self) -> Snapshot {
        snapshot(self.holdings, &self.rules)
    }

    fn effect_of(self, kind: &str) -> KindEffect {
        let snapshot = self.snapshot();
        of_kind(&snapshot, kind)
    }
}

fn of_kind(snapshot: &Snapshot, kind: &str) -> KindEffect {
    let index = snapshot.rules.model_kind_index(kind).unwrap();
    by_kind(snapshot, &snapshot.editions[EditionIndex::new(0)]).into_iter().nth(index.index()).unwrap()
}

/// A camera on the first day of 2023 in the middle of the first commune.
fn camera() -> CommunityModel {
    model("M", "camera", (0.5, 0.5), date(2023, 1, 1))
}

/// 40 → 10 within reach of the camera, 3 → 6 in its ring; 40 → 40 and 3 → 3 at a place of another commune.
fn world() -> World {
    let world = World::new().cluster((0.5, 0.5), pair(40, 10)).cluster((0.5 + IN_RING, 0.5), pair(3, 6));
    world.cluster((2.5, 0.5), pair(40, 40)).cluster((2.5 + IN_RING, 0.5), pair(3, 3))
}

fn only(effect: &KindEffect) -> &ModelEffect {
    assert_eq!(effect.models.len(), 1);
    &effect.models[0]
}

/// What the comparison without the last window found.
fn left_out(effect: &ModelEffect) -> &DesignEffect {
    effect.designs.last_window_left_out.as_ref().unwrap()
}

fn obstacle(world: World) -> Obstacle {
    only(&world.effect_of("camera")).verdict.obstacle().unwrap()
}

#[test]
fn model_is_held_against_the_place_with_a_like_count_before() {
    let effect = world().with(camera()).effect_of("camera");
    let model = only(&effect);
    let found = left_out(model);
    let compared = &found.compared;
    assert_eq!(compared.inside, EffectTable { treated: pair(40, 10), comparison: pair(40, 40) });
    assert_eq!(compared.ring, Some(EffectTable { treated: pair(3, 6), comparison: pair(3, 3) }));
    assert_eq!(compared.communes, [2].map(CommuneIndex::new));
    // Woolf: ln ratio = ln ¼, variance 1/10 + 3/40.
    let ratio = found.ratio.unwrap();
    assert!((ratio.ratio - 0.25).abs() < 1e-12);
    let reach = 1.959_963_984_540_054 * (0.1_f64 + 3.0 / 40.0).sqrt();
    assert!((ratio.limits.high - 0.25 * reach.exp()).abs() < 1e-9);
    let both = model.designs.both_windows.as_ref().unwrap();
    assert_eq!(both.compared.inside, EffectTable { treated: pair(80, 10), comparison: pair(80, 40) });
    assert_eq!(model.verdict, EffectVerdict::Lower);
    let displacement = found.displacement;
    assert_eq!(displacement.local.unwrap().difference, -30.0);
    assert_eq!(displacement.displaced.unwrap().difference, 3.0);
    assert_eq!(displacement.total.unwrap().standard_error, 145_f64.sqrt());
    // One stratum pools to itself, and one kind is a family of its own.
    let KindMethod::Places(ratios) = &effect.method else { panic!("{:?}", effect.method) };
    assert!((ratios.both_windows.unwrap().ratio - 0.25).abs() < 1e-12);
    assert!((effect.pooled.unwrap().ratio - 0.25).abs() < 1e-12);
    assert_eq!(effect.p, effect.q);
    assert_eq!((effect.strata, effect.before, effect.verdict), (1, 40, EffectVerdict::Lower));
}

#[test]
fn incidents_of_other_components_do_not_count() {
    let mut world = world().with(camera());
    (0..20).for_each(|_| world.happens((0.5, 0.5), "2022-06-01", "chay"));
    let effect = world.effect_of("camera");
    assert_eq!(left_out(only(&effect)).compared.inside.treated, pair(40, 10));
}

#[test]
fn year_before_the_start_decides_which_places_are_like_and_is_not_compared() {
    // 20 → 60 → 20: what brought the camera was one bad year. The place that was like it in that year calmed as well;
    // that of another commune, like it over both years, did not.
    let mut world = World::new().cluster((0.5, 0.5), pair(20, 20)).cluster((2.5, 0.5), pair(20, 20));
    world = world.cluster((3.5, 0.5), pair(40, 40)).with(camera());
    for at in [(0.5, 0.5), (2.5, 0.5)] {
        (0..40).for_each(|_| world.happens(at, "2022-07-01", THEFT));
    }
    let effect = world.effect_of("camera");
    let model = only(&effect);
    assert_eq!(left_out(model).compared.inside, EffectTable { treated: pair(20, 20), comparison: pair(20, 20) });
    let both = &model.designs.both_windows.as_ref().unwrap().compared.inside;
    assert_eq!(*both, EffectTable { treated: pair(80, 20), comparison: pair(80 + 80, 20 + 40) });
    assert_eq!(model.verdict, EffectVerdict::NotClear);
}

#[test]
fn place_serves_one_model_of_the_kind_alone() {
    // Two cameras some kilometres apart, and one place for both.
    let second = model("N", "camera", (0.9, 0.5), date(2023, 1, 1));
    let world = world().cluster((0.9, 0.5), pair(40, 10)).with(camera()).with(second);
    let effect = world.effect_of("camera");
    let obstacles: Vec<Option<Obstacle>> = effect.models.iter().map(|model| model.verdict.obstacle()).collect();
    assert_eq!(obstacles, [None, Some(Obstacle::NoComparison)]);
    assert_eq!((effect.strata, effect.before), (1, 40));
}

#[test]
fn fewer_than_ten_before_is_no_conclusion() {
    let world = World::new().cluster((0.5, 0.5), pair(9, 1)).cluster((2.5, 0.5), pair(9, 9)).with(camera());
    let effect = world.effect_of("camera");
    assert_eq!(left_out(only(&effect)).compared.inside.treated, pair(9, 1));
    assert_eq!(only(&effect).verdict, EffectVerdict::CannotTell(Obstacle::TooFew));
    // Too few inside for the kind as well, and one commune is no panel.
    assert_eq!(effect.method, KindMethod::Communes(None));
    assert_eq!(effect.verdict, EffectVerdict::CannotTell(Obstacle::TooFewCommunes));
    let said = wording::of_model(only(&effect), &shipped_rules().rules.effect);
    assert!(said.vi.contains("Chưa thể kết luận: dưới 10 vụ"), "{}", said.vi);
}

#[test]
fn places_within_reach_of_the_kind_or_with_another_count_are_no_comparison() {
    let other = model("N", "camera", (2.5, 0.5), date(2020, 1, 1));
    assert_eq!(obstacle_of_first(world().with(camera()).with(other)), Obstacle::NoComparison);
    // A quarter of 40 is 10: 29 is too far away, 30 is not.
    let far = World::new().cluster((0.5, 0.5), pair(40, 10)).cluster((2.5, 0.5), pair(29, 29)).with(camera());
    assert_eq!(obstacle(far), Obstacle::NoComparison);
    let near = World::new().cluster((0.5, 0.5), pair(40, 10)).cluster((2.5, 0.5), pair(30, 30)).with(camera());
    assert!(only(&near.effect_of("camera")).designs.last_window_left_out.is_some());
}

fn obstacle_of_first(world: World) -> Obstacle {
    world.effect_of("camera").models[0].verdict.obstacle().unwrap()
}

#[test]
fn other_peer_groups_are_no_comparison() {
    let mut world = world().with(camera());
    for area in &mut world.holdings.areas {
        if area.key.code.as_str() == "20003" {
            area.name = "Phường Ba".to_owned();
        }
    }
    assert_eq!(obstacle(world), Obstacle::NoComparison);
}

#[test]
fn what_stands_in_the_way_is_named() {
    let with = |model: CommunityModel| obstacle(world().with(model));
    assert_eq!(with(CommunityModel { position: None, area: None, ..camera() }), Obstacle::NoLocation);
    assert_eq!(
        with(CommunityModel { position: None, ..camera() }),
        Obstacle::NoLocation,
        "the commune alone is no place"
    );
    assert_eq!(with(CommunityModel { started_on: date(2022, 6, 1), ..camera() }), Obstacle::NotCovered);
    assert_eq!(with(CommunityModel { started_on: date(2023, 6, 1), ..camera() }), Obstacle::NotCovered);
    assert_eq!(with(CommunityModel { ended_on: Some(date(2023, 12, 31)), ..camera() }), Obstacle::EndedTooSoon);
    let older = model("A", "camera", (0.505, 0.5), date(2020, 6, 1));
    let snapshot = world().with(camera()).with(older).snapshot();
    let effect = of_kind(&snapshot, "camera");
    let camera = effect.models.iter().find(|found| snapshot.models[found.model].id == "M").unwrap();
    assert_eq!(camera.verdict.obstacle(), Some(Obstacle::KindWasThere));
    assert_eq!(World::new().effect_of("camera").models, []);
    assert_eq!(
        World::new().effect_of("camera").verdict,
        EffectVerdict::CannotTell(Obstacle::TooFew),
        "nothing happened"
    );
}

#[test]
fn kind_over_its_area_is_held_against_communes_without_it() {
    let team = model("T", "to_tu_quan", (0.1, 0.1), date(2023, 1, 1));
    let other = model("U", "to_tu_quan", (1.5, 0.5), date(2023, 1, 1));
    let world = world().cluster((1.5, 0.5), pair(43, 5)).with(team).with(other);
    let effect = world.effect_of("to_tu_quan");
    // Both find the one commune like them, and it serves the first: the second has nothing to be held against.
    let compared = &left_out(&effect.models[0]).compared;
    assert_eq!(compared.inside, EffectTable { treated: pair(43, 16), comparison: pair(43, 43) });
    assert_eq!((compared.ring, compared.communes.as_slice()), (None, &[CommuneIndex::new(2)][..]));
    assert_eq!(effect.models[1].verdict, EffectVerdict::CannotTell(Obstacle::NoComparison));
}

#[test]
fn same_incidents_in_any_order_give_the_same_places() {
    let mut world = world().with(camera()).cluster((3.5, 0.5), pair(40, 20)).cluster((3.2, 0.2), pair(38, 30));
    let rows: Vec<_> =
        world.holdings.incidents.rows().rev().map(|row| world.holdings.incidents.at(row).unwrap()).collect();
    let mut turned = Holdings { incidents: IncidentColumns::default(), ..world.holdings.clone() };
    for row in &rows {
        turned.incidents.push(row);
    }
    let found = |holdings: Holdings| of_kind(&snapshot(holdings, &shipped_rules()), "camera");
    let first = found(std::mem::take(&mut world.holdings));
    assert_eq!(left_out(only(&first)).compared.communes, [2, 3, 3].map(CommuneIndex::new));
    assert_eq!(first, found(turned));
}

/// Twenty-four communes over eight years of quarters, far from every camera; twelve get one in 2022, after three bad
/// years, and have a quarter of what they had while it runs.
fn province_of_cameras() -> Snapshot {
    let rules = shipped_rules();
    let mut holdings = Holdings::default();
    for column in 0_u32..24 {
        let code = (20_001 + column).to_string();
        holdings.areas.push(commune("2025-01", &code, None, square(column, 0, 1)));
        holdings.populations.push(population("2025-01", &code, 10_000));
        let has_camera = column < 12;
        if has_camera {
            holdings.models.push(model(
                &format!("M{column:02}"),
                "camera",
                (f64::from(column) + 0.5, 0.5),
                date(2022, 1, 1),
            ));
        }
        for (year, month) in (2017..2025).flat_map(|year| [1, 4, 7, 10].map(|month| (year, month))) {
            let count = match (has_camera, year) {
                (true, 2019..=2021) => 9,
                (true, 2022..) => 1,
                _ => 4,
            };
            for number in 0..count {
                let (id, day) = (format!("I{column}-{year}-{month}-{number}"), format!("{year}-{month:02}-01"));
                let at = point(f64::from(column) + 0.1, 0.1);
                holdings.incidents.push(&incident(&rules, &id, &day, at, (THEFT, 3)));
            }
        }
    }
    // The last quarter is known whole.
    holdings.incidents.push(&incident(&rules, "last", "2024-12-31", point(23.1, 0.1), ("chay", 3)));
    snapshot(holdings, &rules)
}

#[test]
fn kind_with_nothing_in_reach_is_held_against_communes_and_quarters() {
    let effect = of_kind(&province_of_cameras(), "camera");
    let KindMethod::Communes(Some(panel)) = &effect.method else { panic!("{:?}", effect.method) };
    // 4 → 1 where it came, 4 → 4 elsewhere; the three bad years before are left out.
    assert!((panel.ratio.ratio - 0.25).abs() < 1e-9, "{panel:?}");
    assert_eq!((panel.places, panel.switching, panel.silent, panel.periods), (24, 12, 0, 32));
    assert_eq!((effect.before, effect.verdict), (0, EffectVerdict::Lower));
    assert!(effect.q.unwrap() < 0.001 && effect.q_useful.is_none());
    let said = wording::of_kind(&effect, &shipped_rules().rules.effect);
    assert!(said.en.contains("communes are compared over quarters") && said.en.contains("0.25"), "{}", said.en);
    assert!(said.vi.contains("so sánh các xã, phường theo quý"), "{}", said.vi);
}

fn reviewed(on: Date, result: Review) -> ModelEvent {
    ModelEvent { model_id: "M".to_owned(), kind: ModelEventKind::Reviewed(result), on, decision: None }
}

/// The proposals for the camera after two reviews, the last of which stands in its own row.
fn proposals(mut world: World, [first, last]: [Review; 2]) -> Vec<(Proposal, Vec<String>)> {
    world.holdings.model_events.push(reviewed(date(2023, 11, 5), first));
    let snapshot = world.with(CommunityModel { review: Some((date(2024, 11, 6), last)), ..camera() }).snapshot();
    let effect = of_kind(&snapshot, "camera");
    let found = candidates(&snapshot, &effect, Day::of_date(date(2025, 1, 1)));
    found
        .into_iter()
        .map(|found| (found.proposal, found.reasons.into_iter().map(|reason| reason.vi).collect()))
        .collect()
}

#[test]
fn retirement_needs_weak_reviews_twice_and_an_interval_without_a_useful_drop() {
    let unchanged = || World::new().cluster((0.5, 0.5), pair(400, 400)).cluster((2.5, 0.5), pair(400, 400));
    let found = proposals(unchanged(), [Review::Weak, Review::Weak]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, Proposal::Retire);
    assert_eq!(found[0].1[0], "2 lần rà soát gần nhất đều yếu (05/11/2023, 06/11/2024).");
    // Limits of 1 with variance 4/400: exp(∓0.196).
    assert!(found[0].1[1].contains("1,00 (95 %: 0,82–1,22)"), "{}", found[0].1[1]);
    assert_eq!(proposals(unchanged(), [Review::Fair, Review::Weak]), []);
    assert_eq!(proposals(world(), [Review::Weak, Review::Weak]), [], "the interval leaves room for a useful drop");
}

#[test]
fn replication_needs_good_reviews_and_an_interval_below_one() {
    let found = proposals(world(), [Review::Good, Review::Good]);
    assert_eq!((found.len(), found[0].0), (1, Proposal::Replicate));
    assert_eq!(proposals(world(), [Review::Weak, Review::Good]), []);
    let few = World::new().cluster((0.5, 0.5), pair(9, 0)).cluster((2.5, 0.5), pair(9, 9));
    assert_eq!(proposals(few, [Review::Good, Review::Good]), [], "never on fewer than ten before");
}
