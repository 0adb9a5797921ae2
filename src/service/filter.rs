//! The filter of a request: read, checked against what the role may request, and made canonical.
//!
//! In: a query, a viewer and what is served. Out: a [`RequestedFilter`] with its canonical text, so that the same
//! meaning has one cache key and one tag; or the refusal that says what may be asked for. A period that reaches beyond
//! the days on which incidents are known is cut to them here, before anything is counted. Nothing is counted here.

use super::query::{Query, encoded};
use super::viewer::{FilterLifetime, Viewer};
use crate::assessment::AssessmentError;
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::incident::coverage::CoveredDays;
use crate::domain::incident::taxonomy::{Severity, Taxonomy};
use crate::domain::rules::Rules;
use crate::domain::rules::scheme::{SchemeIndex, Schemes};
use crate::domain::rules::window::Window;
use crate::domain::text::Names;
use crate::domain::time::period::{Day, Period};
use crate::service::error::{ServiceError, quoted};
use crate::service::live::{DataState, ServedSnapshot};
use crate::snapshot::Snapshot;
use crate::texts::phrasing::{cut_period, days, listed_days};
use crate::texts::text;

/// The parameters that make a filter, but for the edition.
pub(crate) const FILTER: [&str; 6] = ["window", "from", "to", "categories", "min_severity", "scheme"];
/// The parameters that the public may not use.
const FREE: [&str; 4] = ["from", "to", "categories", "min_severity"];
/// How the pairs of a canonical filter begin that stand beside a window in an address.
const BESIDE_WINDOW: [&str; 3] = ["categories=", "min_severity=", "scheme="];

/// A filter that the role may use, with its canonical text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestedFilter {
    pub(crate) filter: Filter,
    /// The id of the window, where the period is a named one.
    pub(crate) window: Option<String>,
    pub(crate) lifetime: FilterLifetime,
    /// The period that was asked for, where days of it are not covered and the filter counts fewer.
    pub(crate) requested: Option<Period>,
    /// What names the data to who asks.
    pub(crate) state: DataState,
}

impl RequestedFilter {
    /// The filter of a query that may name the edition.
    pub(crate) fn resolved(query: &Query, served: &ServedSnapshot, viewer: Viewer) -> Result<Self, ServiceError> {
        Self::on_edition(named_edition(query, &served.snapshot)?, query, served, viewer)
    }

    /// The filter of a query about units, of which more is known than their incidents: nothing is cut. The public has
    /// what is released, whose windows are cut for all answers alike.
    pub(crate) fn of_units(query: &Query, served: &ServedSnapshot, viewer: Viewer) -> Result<Self, ServiceError> {
        let edition = named_edition(query, &served.snapshot)?;
        let all: fn(&Snapshot, Period) -> Result<Period, ServiceError> = |_, days| Ok(days);
        let counted = if viewer.filters_freely() { all } else { covered };
        Self::counting(edition, query, served, viewer, counted)
    }

    /// The filter of a query on an edition that the address names.
    pub(crate) fn on_edition(
        edition: EditionId,
        query: &Query,
        served: &ServedSnapshot,
        viewer: Viewer,
    ) -> Result<Self, ServiceError> {
        Self::counting(edition, query, served, viewer, covered)
    }

    /// The filter of a query of whose days those are counted that `counted` gives.
    fn counting(
        edition: EditionId,
        query: &Query,
        served: &ServedSnapshot,
        viewer: Viewer,
        counted: fn(&Snapshot, Period) -> Result<Period, ServiceError>,
    ) -> Result<Self, ServiceError> {
        let snapshot = &served.snapshot;
        if !viewer.filters_freely() && served.state(viewer.role()).release.is_none() {
            return Err(ServiceError::NoRelease);
        }
        if !viewer.filters_freely() && query.first_of(&FREE).is_some() {
            return Err(viewer.not_released(&snapshot.rules));
        }
        let scheme = scheme(query, &snapshot.schemes, viewer)?;
        let requested = requested_period(query, served, viewer)?;
        let period = if viewer.filters_freely() {
            counted(snapshot, requested.period)?
        } else {
            released_days(served, &requested, viewer)?
        };
        let is_cut = period != requested.period;
        Ok(Self {
            filter: Filter {
                edition,
                period,
                categories: categories(query, &snapshot.taxonomy)?,
                min_severity: min_severity(query)?,
                scheme,
            },
            window: requested.window.or_else(|| window_of(&snapshot.rules, period).filter(|_| is_cut)),
            lifetime: requested.lifetime,
            requested: is_cut.then_some(requested.period),
            state: served.state(viewer.role()).clone(),
        })
    }

    /// The canonical text of the filter: the same meaning gives the same text. Two questions that are cut to the same
    /// period count the same and have one assessment; their answers differ in what they say was asked for.
    pub(crate) fn key(&self, snapshot: &Snapshot) -> String {
        let requested = self.requested.map(|period| format!("&requested={}..{}", period.from(), period.to()));
        let window = self.window.as_deref().unwrap_or_default();
        format!("{}&window={window}{}", self.canonical(snapshot), requested.unwrap_or_default())
    }

    /// That the period was cut, and to which days; nothing where it was not.
    pub(crate) fn cut(&self) -> Option<Names> {
        self.requested.map(|requested| cut_period(self.filter.period, requested))
    }

    fn canonical(&self, snapshot: &Snapshot) -> String {
        self.filter.canonical(&snapshot.taxonomy, &snapshot.schemes)
    }

    /// Edition and period as part of the name of a file.
    pub(crate) fn file_name(&self) -> String {
        let Filter { edition, period, .. } = self.filter;
        match &self.window {
            Some(window) => format!("{edition}-{window}"),
            None => format!("{edition}-{}-{}", period.from(), period.to()),
        }
    }

    /// The filter as the query of an address.
    pub(crate) fn address(&self, snapshot: &Snapshot) -> String {
        match &self.window {
            None => self.canonical(snapshot),
            Some(window) => {
                let canonical = self.canonical(snapshot);
                let is_free = |pair: &&str| BESIDE_WINDOW.iter().any(|name| pair.starts_with(name));
                let free = canonical.split('&').filter(is_free).fold(String::new(), |free, pair| free + "&" + pair);
                format!("edition={}&window={}{free}", self.filter.edition, encoded(window))
            }
        }
    }
}

struct RequestedPeriod {
    period: Period,
    window: Option<String>,
    lifetime: FilterLifetime,
}

impl RequestedPeriod {
    fn of(window: &Window, lifetime: FilterLifetime) -> Self {
        Self { period: window.period, window: Some(window.id.clone()), lifetime }
    }
}

fn named_edition(query: &Query, snapshot: &Snapshot) -> Result<EditionId, ServiceError> {
    query.value("edition").map_or_else(|| default_edition(snapshot), |text| edition(snapshot, text))
}

/// The days of a window as its release counted them, whatever is covered by now.
fn released_days(served: &ServedSnapshot, requested: &RequestedPeriod, viewer: Viewer) -> Result<Period, ServiceError> {
    let days = requested.window.as_ref().and_then(|window| served.release().days_of(window));
    days.ok_or_else(|| viewer.not_released(&served.snapshot.rules))
}

/// The days of a period on which incidents are known.
fn covered(snapshot: &Snapshot, requested: Period) -> Result<Period, ServiceError> {
    let coverage = &snapshot.coverage;
    coverage.cut(requested).ok_or_else(|| {
        let spans = coverage.overall.as_ref().map_or(&[][..], CoveredDays::spans);
        ServiceError::NotCovered {
            what: text!("refusal-not-covered", requested = days(requested), covered = listed_days(spans)),
            covered: spans.to_vec(),
        }
    })
}

/// The id of the window that is exactly a period.
fn window_of(rules: &Rules, period: Period) -> Option<String> {
    rules.windows.iter().find(|window| window.period == period).map(|window| window.id.clone())
}

fn requested_period(query: &Query, served: &ServedSnapshot, viewer: Viewer) -> Result<RequestedPeriod, ServiceError> {
    let rules = &served.snapshot.rules;
    match (query.value("window"), query.value("from"), query.value("to")) {
        (None, None, None) => {
            let (window, lifetime) = viewer.default_window(served).ok_or_else(|| viewer.not_released(rules))?;
            Ok(RequestedPeriod::of(window, lifetime))
        }
        (Some(id), None, None) => {
            let window = rules.window(id);
            let window = window.ok_or_else(|| ServiceError::none_of("window", id, viewer.window_ids(rules)))?;
            if !viewer.windows(rules).any(|known| known.id == window.id) {
                return Err(viewer.not_released(rules));
            }
            Ok(RequestedPeriod::of(window, FilterLifetime::Fixed))
        }
        (None, Some(from), Some(to)) => {
            let period = period(from, to)?;
            Ok(RequestedPeriod { period, window: window_of(rules, period), lifetime: FilterLifetime::Fixed })
        }
        (Some(_), ..) => Err(ServiceError::ConflictingParameters { what: text!("refusal-window-and-days") }),
        (None, ..) => Err(ServiceError::ConflictingParameters { what: text!("refusal-one-day-only") }),
    }
}

fn period(from: &str, to: &str) -> Result<Period, ServiceError> {
    let (from, to) = (day("from", from)?, day("to", to)?);
    Period::new(from, to).map_err(|_| ServiceError::ConflictingParameters {
        what: text!("refusal-empty-period", from = from.to_string(), to = to.to_string()),
    })
}

fn day(name: &'static str, text: &str) -> Result<Day, ServiceError> {
    let wrong = || ServiceError::invalid(name, text, text!("expected-date"));
    let is_plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !is_plain {
        return Err(wrong());
    }
    text.parse::<jiff::civil::Date>().map(Day::of_date).map_err(|_| wrong())
}

fn categories(query: &Query, taxonomy: &Taxonomy) -> Result<CategorySet, ServiceError> {
    let Some(text) = query.value("categories") else { return Ok(CategorySet::reported(taxonomy)) };
    let mut set = CategorySet::EMPTY;
    for id in text.split(',') {
        let index = taxonomy.categories.iter().position(|category| category.id == id);
        let Some(index) = index else {
            let known = taxonomy.categories.iter().map(|category| category.id.clone()).collect();
            return Err(ServiceError::none_of("categories", id, known));
        };
        set = set.with(crate::domain::incident::taxonomy::CategoryIndex::new(index as u8));
    }
    Ok(set)
}

fn min_severity(query: &Query) -> Result<Severity, ServiceError> {
    let Some(text) = query.value("min_severity") else { return Ok(Severity::LEAST) };
    let wrong = || ServiceError::invalid("min_severity", text, text!("expected-severity"));
    text.parse::<u8>().ok().and_then(|number| Severity::new(number).ok()).ok_or_else(wrong)
}

/// The scheme of an id or a hash; the default one where none is named. The public has the released ones.
fn scheme(query: &Query, schemes: &Schemes, viewer: Viewer) -> Result<SchemeIndex, ServiceError> {
    let Some(text) = query.value("scheme") else { return Ok(schemes.default_index()) };
    let usable = || viewer.schemes(schemes).map(|scheme| scheme.id.clone()).collect();
    let index = schemes.named(text).ok_or_else(|| ServiceError::none_of("scheme", text, usable()))?;
    if viewer.schemes(schemes).any(|scheme| scheme.id == schemes.scheme(index).id) {
        Ok(index)
    } else {
        Err(ServiceError::SchemeNotReleased { released: usable() })
    }
}

/// The edition of a text: 400 where it is no edition, 404 where it is not loaded.
pub(crate) fn edition(snapshot: &Snapshot, text: &str) -> Result<EditionId, ServiceError> {
    let id: EditionId = text.parse().map_err(|_| ServiceError::invalid("edition", text, text!("expected-edition")))?;
    if snapshot.edition(id).is_some() {
        return Ok(id);
    }
    let known: Vec<String> = snapshot.editions.iter().map(|edition_data| edition_data.entry.id.to_string()).collect();
    let what = text!("refusal-edition-not-among", edition = id.to_string(), loaded = known.join(", "));
    Err(ServiceError::NotFound { what, known })
}

pub(crate) fn default_edition(snapshot: &Snapshot) -> Result<EditionId, ServiceError> {
    snapshot
        .default_edition()
        .map(|edition_data| edition_data.entry.id)
        .ok_or_else(|| ServiceError::absent(text!("refusal-no-edition")))
}

/// The level of a query; communes where none is named.
pub(crate) fn level(query: &Query, snapshot: &Snapshot, edition: EditionId) -> Result<Level, ServiceError> {
    let level = match query.value("level") {
        None => Level::Commune,
        Some(text) => text.parse().map_err(|_| {
            ServiceError::none_of("level", &quoted(text), Level::ALL.iter().rev().map(ToString::to_string).collect())
        })?,
    };
    let edition_data = snapshot.edition(edition).ok_or(AssessmentError::NoSuchEdition(edition))?;
    match edition_data.shape.level(level) {
        Some(_) => Ok(level),
        None => Err(AssessmentError::NoSuchLevel { edition, level }.into()),
    }
}
