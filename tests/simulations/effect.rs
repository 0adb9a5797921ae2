//! How often a kind of model is called lower or higher where it does nothing, and how often a halving is seen.
//!
//!     cargo run --release --locked --example simulate_effect
//!
//! Prints a table per way of choosing places for models and per method, from fixed seeds.

#![expect(clippy::print_stdout, reason = "its answer is what it prints")]
#![allow(missing_docs, reason = "no library")]

#[path = "effect_world.rs"]
mod effect_world;

use effect_world::{Method, Placed, Province, Verdicts, World};

const SEED: u64 = 20_221_231;
const WORLDS: u32 = 1_000;
const PROVINCES: u32 = 400;
const PLACED: [(Placed, &str); 4] = [
    (Placed::AtRandom, "at random"),
    (Placed::WorstInTruth, "worst in truth"),
    (Placed::WorstLastYear, "worst last year"),
    (Placed::WorstOfThreeYears, "worst of 3 years"),
];
const METHODS: [(Method, &str); 5] = [
    (Method::SharedPlaces, "shared"),
    (Method::EachPlaceOnce, "once"),
    (Method::LastYearLeftOut, "left out"),
    (Method::BothYears, "both years"),
    (Method::BothMustAgree, "AGREE"),
];

fn percent(share: f64) -> String {
    format!("{:>11.1}", 100.0 * share)
}

fn places() {
    println!("Comparison places: verdicts in % of {WORLDS} worlds");
    println!("{:<40}{}", "", METHODS.map(|(_, name)| format!("{name:>11}")).concat());
    for (places, models, mean, spread) in
        [(300, 40, 8.0, 0.0), (300, 40, 8.0, 0.25), (240, 15, 8.0, 0.25), (240, 6, 8.0, 0.25), (600, 100, 3.0, 0.25)]
    {
        for ratio in [1.0, 0.5] {
            for (placed, name) in PLACED {
                let world = World { places, models, mean, spread, placed, ratio };
                let share = |verdicts: Verdicts| if ratio < 1.0 { verdicts.called_lower() } else { verdicts.clear() };
                let row = METHODS.map(|(method, _)| percent(share(world.verdicts(method, WORLDS, SEED))));
                let what = if ratio < 1.0 { "halved" } else { "nothing" };
                println!(
                    "{:<40}{}",
                    format!("{models:>3} of {places}, spread {spread:.2}, {what}, {name}"),
                    row.concat()
                );
            }
        }
    }
}

fn communes() {
    println!("\nCommunes over quarters: verdicts in % of {PROVINCES} provinces, by years left out before a start");
    println!("{:<40}{}", "", [0, 1, 3].map(|years| format!("{years:>11}")).concat());
    for (treated, ratio) in [(30, 1.0), (12, 1.0), (30, 0.5), (12, 0.5)] {
        for (placed, name) in PLACED {
            let row = [0, 4, 12].map(|left_out| {
                let province = Province { communes: 241, treated, mean: 1.0, spread: 0.3, placed, ratio, left_out };
                let verdicts = province.verdicts(PROVINCES, SEED);
                percent(if ratio < 1.0 { verdicts.called_lower() } else { verdicts.clear() })
            });
            let what = if ratio < 1.0 { "halved" } else { "nothing" };
            println!("{:<40}{}", format!("{treated:>3} of 241, {what}, {name}"), row.concat());
        }
    }
}

fn main() {
    places();
    communes();
}
