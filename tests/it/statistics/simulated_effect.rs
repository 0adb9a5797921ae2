//! The small, fast edition of `make simulate`: what is said of models that do nothing, and of models that halve.

#[path = "../../simulations/effect_world.rs"]
mod effect_world;

use effect_world::{Method, Placed, Province, World};

const SEED: u64 = 5;
const PLACED: [Placed; 4] = [Placed::AtRandom, Placed::WorstInTruth, Placed::WorstLastYear, Placed::WorstOfThreeYears];

fn world(placed: Placed, ratio: f64) -> World {
    World { places: 240, models: 15, mean: 8.0, spread: 0.25, placed, ratio }
}

fn province(placed: Placed, ratio: f64) -> Province {
    Province { communes: 120, treated: 25, mean: 2.0, spread: 0.3, placed, ratio, left_out: 12 }
}

#[test]
fn models_at_the_worst_places_are_seldom_called_anything_where_they_do_nothing() {
    for placed in PLACED {
        let agreed = world(placed, 1.0).verdicts(Method::BothMustAgree, 120, SEED);
        assert!(agreed.clear() <= 0.06, "{placed:?}: {agreed:?}");
    }
    // As it was: the same worlds, the same seed.
    let shared = |placed: Placed| world(placed, 1.0).verdicts(Method::SharedPlaces, 120, SEED).clear();
    assert!(shared(Placed::WorstInTruth) > 0.4 && shared(Placed::WorstLastYear) > 0.15);
}

#[test]
fn halving_is_seen_wherever_the_models_stand() {
    for placed in PLACED {
        let agreed = world(placed, 0.5).verdicts(Method::BothMustAgree, 40, SEED);
        assert!(agreed.called_lower() > 0.75 && agreed.higher == 0, "{placed:?}: {agreed:?}");
    }
}

#[test]
fn communes_with_a_bad_year_before_a_start_are_not_called_lower_once_that_time_is_left_out() {
    let nothing = province(Placed::WorstLastYear, 1.0);
    let (kept, left_out) = (Province { left_out: 0, ..nothing }.verdicts(15, SEED), nothing.verdicts(15, SEED));
    assert!(kept.called_lower() >= 0.2, "{kept:?}");
    assert!(left_out.clear() <= 0.10, "{left_out:?}");
    assert!(province(Placed::WorstLastYear, 0.5).verdicts(10, SEED).called_lower() > 0.75);
}
