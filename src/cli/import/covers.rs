//! `binhyen import incidents --covers`: the days on which incidents are declared to be known, and what the report says
//! of the days of the rows.
//!
//! In: options and the batches that are imported. Out: declarations for the store, and the coverage that follows from
//! all of them together.

use std::str::FromStr;

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use crate::cli::output;
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, AreaKey, Level};
use crate::domain::incident::Incident;
use crate::domain::incident::coverage::{
    CoverageBasis, CoverageScope, CoveredDays, DataCoverage, DeclaredCoverage, DeclaredDays, IncidentDays,
};
use crate::domain::incident::taxonomy::Taxonomy;
use crate::domain::rules::Rules;
use crate::domain::time::period::{Day, PeriodDates};
use crate::ingest::KnownAreas;
use crate::store::EarlierDeclarations;
use crate::texts::text;

/// Which days a file is declared to cover.
#[derive(Debug, Clone, Default, Args)]
pub(in crate::cli) struct CoversArgs {
    /// All incidents of these days are known: TO is the first day after; FROM.. goes on to the last incident.
    #[arg(long, value_name = "FROM..TO")]
    covers: Vec<DeclaredDays>,
    /// The same of one channel that began later or ended earlier than the others.
    #[arg(long, value_name = "CHANNEL=FROM..TO")]
    covers_channel: Vec<DaysOfCode>,
    /// The same of one district that began later or ended earlier, by its code in the edition of --edition.
    #[arg(long, value_name = "CODE=FROM..TO")]
    covers_district: Vec<DaysOfCode>,
    /// Let these declarations stand in the place of earlier ones of the same; without it both hold together.
    #[arg(long)]
    covers_anew: bool,
}

/// Days that are declared for something with a code.
#[derive(Debug, Clone)]
struct DaysOfCode {
    code: String,
    days: DeclaredDays,
}

impl FromStr for DaysOfCode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (code, days) = text
            .split_once('=')
            .ok_or_else(|| format!("{text:?} is not of the form CODE=FROM..TO, as 503=2023-06-01..2025-12-15"))?;
        let days = days.parse::<DeclaredDays>().map_err(|error| error.to_string())?;
        Ok(Self { code: code.to_owned(), days })
    }
}

impl CoversArgs {
    /// What becomes of earlier declarations.
    pub(in crate::cli) fn earlier(&self) -> EarlierDeclarations {
        if self.covers_anew { EarlierDeclarations::Replaced } else { EarlierDeclarations::Kept }
    }

    /// The declarations, each of something that exists.
    pub(in crate::cli) fn declared(
        &self,
        taxonomy: &Taxonomy,
        areas: &KnownAreas,
        edition: Option<EditionId>,
    ) -> Result<Vec<DeclaredCoverage>, String> {
        let mut declared: Vec<DeclaredCoverage> =
            self.covers.iter().map(|days| DeclaredCoverage { scope: CoverageScope::Everything, days: *days }).collect();
        for DaysOfCode { code, days } in &self.covers_channel {
            if !taxonomy.channels.iter().any(|term| term.id == *code) {
                let known: Vec<&str> = taxonomy.channels.iter().map(|term| term.id.as_str()).collect();
                return Err(format!("--covers-channel {code}: no such channel; there are {}", known.join(", ")));
            }
            declared.push(DeclaredCoverage { scope: CoverageScope::Channel(code.clone()), days: *days });
        }
        for DaysOfCode { code, days } in &self.covers_district {
            let wrong = |what: &dyn std::fmt::Display| format!("--covers-district {code}: {what}");
            let edition = edition.ok_or_else(|| wrong(&"--edition must say of which edition the code is"))?;
            let key = AreaKey { edition, code: code.parse::<AreaCode>().map_err(|error| wrong(&error))? };
            let area = areas.area(&key).map_err(|error| wrong(&error))?;
            if area.level != Level::District {
                return Err(wrong(&format!("{} is no district but a {}", area.name, area.level)));
            }
            declared.push(DeclaredCoverage { scope: CoverageScope::District(key), days: *days });
        }
        if self.covers_anew && declared.is_empty() {
            return Err("--covers-anew needs --covers, --covers-channel or --covers-district beside it".to_owned());
        }
        Ok(declared)
    }
}

/// The days of the incidents that were taken so far.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::cli) struct DaysTaken(pub(in crate::cli) Option<IncidentDays>);

impl DaysTaken {
    /// Adds the days of more incidents.
    pub(in crate::cli) fn add(&mut self, incidents: &[Incident]) {
        for incident in incidents {
            let day = incident.day();
            self.join(IncidentDays { first: day, last: day });
        }
    }

    /// Adds the days of other incidents.
    pub(in crate::cli) fn join(&mut self, other: IncidentDays) {
        self.0 = Some(self.0.map_or(other, |days| IncidentDays {
            first: days.first.min(other.first),
            last: days.last.max(other.last),
        }));
    }
}

/// What the report says of days.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct CoversReport {
    /// The day of the first incident of the file; null where it has none.
    first_day: Option<Date>,
    /// The day of the last.
    last_day: Option<Date>,
    /// The days on which incidents are known now, half-open.
    covered: Vec<PeriodDates>,
    /// Whether they were declared.
    declared: bool,
    /// Days of the file that lie outside of them and are not counted; null where there are none.
    outside: Option<OutsideReport>,
}

/// Incidents that are kept and not counted.
#[derive(Debug, Serialize)]
struct OutsideReport {
    /// The first such day.
    first_day: Date,
    /// The last such day.
    last_day: Date,
}

impl CoversReport {
    /// What follows for the store from all declarations and all incidents.
    pub(in crate::cli) fn of(
        taken: DaysTaken,
        declared: &[DeclaredCoverage],
        known: Option<IncidentDays>,
        rules: &Rules,
    ) -> Self {
        let coverage = DataCoverage::new(declared, known, rules.trend.slack_days);
        let spans = coverage.overall.as_ref().map_or(&[][..], CoveredDays::spans);
        let is_covered = |day: Day| spans.iter().any(|span| span.contains(day));
        let outside = taken.0.filter(|days| !is_covered(days.first) || !is_covered(days.last)).map(|days| {
            // Only the ends are looked at: what they say is enough to declare more.
            let first = if is_covered(days.first) { days.last } else { days.first };
            let last = if is_covered(days.last) { days.first } else { days.last };
            OutsideReport { first_day: first.date(), last_day: last.date() }
        });
        Self {
            first_day: taken.0.map(|days| days.first.date()),
            last_day: taken.0.map(|days| days.last.date()),
            covered: spans.iter().copied().map(PeriodDates::from).collect(),
            declared: coverage.basis == CoverageBasis::Declared,
            outside,
        }
    }

    /// The same as lines.
    pub(in crate::cli) fn print_text(&self) {
        if let (Some(first), Some(last)) = (self.first_day, self.last_day) {
            output::say(&text!("import-days", first = first.to_string(), last = last.to_string()));
        }
        let span = |PeriodDates { from, to }: &PeriodDates| {
            text!("import-days-span", from = from.to_string(), to = to.to_string())
        };
        let spans =
            self.covered.iter().map(span).reduce(|spans, next| text!("import-listed", one = spans, next = next));
        output::say(&match (spans, self.declared) {
            (None, _) => text!("import-covered-nothing"),
            (Some(spans), true) => text!("import-covered-declared", days = spans),
            (Some(spans), false) => text!("import-covered", days = spans),
        });
        if let Some(OutsideReport { first_day, last_day }) = &self.outside {
            output::say(&text!("import-not-covered", first = first_day.to_string(), last = last_day.to_string()));
        }
    }
}
