//! A leak of each kind planted in random provinces, held against linear constraints on counts alone and against the whole
//! audit: what either finds.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::assessment::audit::audited;
use binhyen::assessment::audit::shares::PublishedShare;
use binhyen::domain::area::Level;
use binhyen::domain::rules::rule_set::RuleSet;
use binhyen::service::public_tables::{PublicReading, PublicTables};

use super::{NUMBERS, WORDS, clean_reading, of_seed, other_number, other_word};
use crate::support::golden::say;
use crate::support::province::shipped_rules;

/// What is planted, and how often either audit found it.
struct LeakKind {
    name: String,
    planted: usize,
    found_by_counts: usize,
    found: usize,
}

/// One thing changed in what was read.
type Leak = Box<dyn Fn(&mut PublicReading)>;

fn exchanged(from: String, to: String) -> Leak {
    Box::new(move |reading| {
        let answer = reading.answers.iter_mut().find(|answer| answer.document.contains(&from)).unwrap();
        answer.document = answer.document.replacen(&from, &to, 1);
    })
}

/// The leaks that can be planted in a reading.
fn leaks(reading: &PublicReading) -> Vec<(String, Leak)> {
    let numbers = NUMBERS.into_iter().map(|name| (name, other_number(reading, name)));
    let words = WORDS.into_iter().map(|(name, words)| (name, other_word(reading, name, words)));
    let densities = ["model_density_residential", "residential_served"].map(|name| {
        let null = format!("\"{name}\":null");
        let is_published = reading.answers.iter().any(|answer| answer.document.contains(&null));
        (name, is_published.then(|| (null, format!("\"{name}\":0.6"))))
    });
    let members = numbers.chain(words).chain(densities);
    let mut leaks: Vec<(String, Leak)> =
        members.filter_map(|(name, change)| change.map(|(from, to)| (name.to_owned(), exchanged(from, to)))).collect();
    let is_exactable = |share: &&PublishedShare| {
        // A fraction that is a tenth already says no more than is published.
        let is_tenth = (share.counts.recognised * 10).is_multiple_of(share.counts.units.max(1));
        share.area.level == Level::Commune && share.counts.units >= 10 && !is_tenth
    };
    if let Some(place) = reading.shares.iter().position(|share| is_exactable(&share)) {
        leaks.push((
            "share, exact".to_owned(),
            Box::new(move |reading| {
                let share = &mut reading.shares[place];
                share.share = f64::from(share.counts.recognised) / f64::from(share.counts.units) + 1e-9;
            }),
        ));
    }
    // What anybody is refused, given all the same.
    for (place, read) in reading.withheld.iter().enumerate() {
        let name = read.path.split('?').next().unwrap_or_default().to_owned();
        if leaks.iter().all(|(known, _)| *known != name) {
            let document = "{\"sample\":false,\"open\":1}".to_owned();
            let leak: Leak = Box::new(move |reading| reading.withheld[place].document = Some(document.clone()));
            leaks.push((name, leak));
        }
    }
    leaks
}

/// Plants every leak in turn, and counts those that are found.
fn plant(reader: &PublicTables, reading: &PublicReading, rules: &RuleSet, kinds: &mut Vec<LeakKind>) {
    for (name, leak) in leaks(reading) {
        let mut changed = reading.clone();
        leak(&mut changed);
        let of_counts = audited(reader.served().release(), &changed.numbers, &rules.rules.disclosure).unwrap();
        let whole = reader.audited(&changed).unwrap();
        let place = kinds.iter().position(|kind| kind.name == name).unwrap_or_else(|| {
            kinds.push(LeakKind { name, planted: 0, found_by_counts: 0, found: 0 });
            kinds.len() - 1
        });
        let kind = &mut kinds[place];
        kind.planted += 1;
        kind.found_by_counts += usize::from(!of_counts.is_passed());
        kind.found += usize::from(!whole.passed);
    }
}

/// `BINHYEN_LEAKY_PROVINCES=50` for the committed run (`make audit-provinces`).
#[test]
fn leak_of_every_kind_is_found_wherever_it_is_planted() {
    let provinces = std::env::var("BINHYEN_LEAKY_PROVINCES").ok().map_or(2, |text| text.parse().unwrap());
    let rules = shipped_rules();
    let mut kinds = Vec::new();
    for seed in 0..provinces {
        let reader = of_seed(&rules, 5 + seed, 12 + (seed as usize * 7) % 19);
        plant(&reader, &clean_reading(&reader), &rules, &mut kinds);
    }
    say("leak                       planted  found by counts alone  found by all attacks");
    for LeakKind { name, planted, found_by_counts, found } in &kinds {
        say(&format!("{name:<26} {planted:>7}  {found_by_counts:>21}  {found:>20}"));
    }
    assert!(kinds.len() >= NUMBERS.len() + WORDS.len() + 2 + 3, "{}", kinds.len());
    for path in ["/situation", "/alerts", "/events"] {
        assert!(kinds.iter().any(|kind| kind.name == path), "{path} is not asked for");
    }
    for LeakKind { name, planted, found, .. } in &kinds {
        assert_eq!(found, planted, "{name}");
    }
}
