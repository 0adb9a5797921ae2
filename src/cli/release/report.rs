//! A release in lines for people: its windows, and how much of every table is published.

use std::collections::BTreeMap;

use crate::cli::output;
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::release::{FrozenRelease, FrozenWindow, PublishedAreas};
use crate::service::live::releasing::AttackedRelease;

/// At most so many changes are named.
const NAMED: usize = 20;

/// A release in one line.
pub(super) fn headline(release: &FrozenRelease) -> String {
    let reference = release.reference;
    let added: Vec<&str> = release
        .contents
        .windows
        .iter()
        .filter(|window| window.since == reference.number)
        .map(|window| window.id.as_str())
        .collect();
    let added = if added.is_empty() { "no new window".to_owned() } else { format!("adds {}", added.join(", ")) };
    format!(
        "release {} of {}: {} windows, {added} (data of epoch {}, rules {})",
        reference.number,
        reference.made_on,
        release.contents.windows.len(),
        release.epoch,
        release.rule_set_hash,
    )
}

/// Prints a release: its windows, then table by table how many areas are published.
pub(super) fn print(release: &FrozenRelease) {
    output::line(&headline(release));
    for FrozenWindow { id, days, since } in &release.contents.windows {
        output::line(&format!("  {id}: {} to {}, since release {since}", days.from, days.to));
    }
    let mut tables: BTreeMap<(EditionId, Level, &str), [usize; 2]> = BTreeMap::new();
    for (number, published) in [&release.contents.published, &release.contents.detected].into_iter().enumerate() {
        for PublishedAreas { windows, edition, level, codes } in published {
            for window in windows {
                tables.entry((*edition, *level, window)).or_default()[number] += codes.len();
            }
        }
    }
    for ((edition, level, window), [areas, detected]) in tables {
        let line =
            format!("  {edition} {level} {window}: {areas} counts published, {detected} of what police work found");
        output::line(&line);
    }
}

/// Prints what the attack found, and what late reports would change.
pub(super) fn print_attack(attacked: &AttackedRelease) {
    let audit = &attacked.report.audit;
    output::line(&format!(
        "attack on it with all releases before: {} counts and components published, {} hidden, {} of these small",
        audit.published, audit.hidden, audit.hidden_small
    ));
    for finding in attacked.report.findings() {
        output::line(&format!("  {finding}"));
    }
    if !attacked.changes.is_empty() {
        output::line(&format!("late reports change {} counts", attacked.changes.len()));
    }
    for change in attacked.small_changes().take(NAMED) {
        output::line(&format!(
            "  {}, {}: {} became {}, by too few to be revised",
            change.count, change.window, change.before, change.now
        ));
    }
}
