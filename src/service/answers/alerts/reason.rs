//! The words of an alert: the name of its place, its title, its reason, and the view that shows it.

use std::fmt::Write as _;

use crate::domain::alert::{Alert, AlertKind, AlertMethod, AlertPlace, AlertScope};
use crate::domain::area::{AreaCode, Level};
use crate::domain::text::Names;
use crate::domain::time::period::{Day, Period, PeriodDates};
use crate::snapshot::Snapshot;
use crate::texts::phrasing::days;
use crate::texts::{decimal, text};

/// Odds beyond this are told as more than it.
const LONGEST_ODDS: f64 = 10_000.0;

/// The name of the place of an alert; its codes where the boundaries are gone.
pub(super) fn place_name(snapshot: &Snapshot, place: &AlertPlace) -> Names {
    let codes = || Names::same(&place.codes.iter().map(AreaCode::as_str).collect::<Vec<_>>().join(", "));
    let Some(edition_data) = snapshot.edition(place.edition) else { return codes() };
    let area = |level: Level, code: Option<&AreaCode>| {
        let areas = edition_data.shape.level(level)?;
        Some(Names::same(areas.areas.at(areas.index_of(code?)?)?.name.as_str()))
    };
    let first = place.codes.first();
    let name = match place.scope {
        AlertScope::Province => Some(edition_data.entry.whole()),
        AlertScope::District => area(Level::District, first),
        AlertScope::Group => group_name(snapshot, place.group.as_deref()),
        AlertScope::Communes => area(Level::Commune, first).map(|first| {
            let others = place.codes.len().saturating_sub(1);
            text!("alert-communes", first = first, others = others)
        }),
    };
    name.unwrap_or_else(codes)
}

fn group_name(snapshot: &Snapshot, id: Option<&str>) -> Option<Names> {
    snapshot
        .peers
        .groups()
        .map(|(_, group)| group)
        .find(|group| Some(group.id.as_str()) == id)
        .map(|group| group.names.clone())
}

/// What an alert is of, in a few words.
pub(super) fn title(snapshot: &Snapshot, alert: &Alert, place: &Names) -> Names {
    let kind = match alert.kind {
        AlertKind::Week => text!("alert-title-week"),
        AlertKind::Month => text!("alert-title-month"),
        AlertKind::Cluster => text!("alert-title-cluster"),
    };
    let (days, part) = (written_days(alert.period), part_name(snapshot, alert));
    let joined = |kind: &str, days: &str, place: &str, part: &str| format!("{kind} {days} · {place} · {part}");
    Names { vi: joined(&kind.vi, &days.vi, &place.vi, &part.vi), en: joined(&kind.en, &days.en, &place.en, &part.en) }
}

/// Why an alert was raised, in a sentence, and that it may still change.
pub(super) fn reason(snapshot: &Snapshot, alert: &Alert, place: &Names) -> Names {
    let (days, part, odds) = (written_days(alert.period), part_name(snapshot, alert), odds(alert.p));
    let expected = decimal(alert.expected, usize::from(alert.expected < 10.0));
    let said = match alert.method {
        AlertMethod::Farrington => text!(
            "alert-reason-series",
            place = place,
            days = days,
            observed = alert.observed,
            part = part,
            expected = expected,
            limit = alert.limit.unwrap_or(alert.observed),
            odds = odds
        ),
        AlertMethod::Ears => text!(
            "alert-reason-short",
            place = place,
            days = days,
            observed = alert.observed,
            part = part,
            expected = expected,
            odds = odds
        ),
        AlertMethod::SpaceTimeScan => text!(
            "alert-reason-cluster",
            place = place,
            days = days,
            observed = alert.observed,
            expected = expected,
            odds = odds
        ),
    };
    if !alert.is_incomplete {
        return said;
    }
    said.joined([text!("alert-incomplete")])
}

/// How often chance does so, in words.
fn odds(p: f64) -> Names {
    let times = (1.0 / p.max(f64::MIN_POSITIVE)).floor();
    if times > LONGEST_ODDS {
        text!("alert-odds-more", times = decimal(LONGEST_ODDS, 0))
    } else {
        text!("alert-odds", times = decimal(times, 0))
    }
}

fn part_name(snapshot: &Snapshot, alert: &Alert) -> Names {
    let scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
    let named = |id: &String| scheme.components.iter().find(|component| component.id == *id);
    let component = alert.component.as_ref().and_then(named).map(|component| component.names.clone());
    component.unwrap_or_else(|| text!("alert-all-incidents"))
}

fn written_days(period: PeriodDates) -> Names {
    let (from, to) = (Day::of_date(period.from), Day::of_date(period.to));
    Period::new(from, to).map_or_else(|_| Names::same(&from.to_string()), days)
}

/// The fragment of the page's address that shows the place over the days of the alert.
pub(super) fn view(alert: &Alert) -> String {
    let PeriodDates { from, to } = alert.period;
    let AlertPlace { scope, edition, codes, group } = &alert.place;
    let level = if *scope == AlertScope::District { Level::District } else { Level::Commune };
    let mut view = format!("edition={edition}&from={from}&to={to}&level={level}&layer=count");
    if let (Some(code), AlertScope::District | AlertScope::Communes) = (codes.first(), scope) {
        let _ = write!(view, "&area={code}");
    }
    if let Some(group) = group {
        let _ = write!(view, "&group={group}");
    }
    view
}
