//! What somebody declares of the days on which incidents are known, and how such days are written.
//!
//! In: a text, `FROM..TO` or `FROM..`. Out: the days, or why the text names none. What follows from several declarations
//! stands in `coverage.rs`.

use std::str::FromStr;

use crate::domain::area::AreaKey;
use crate::domain::time::period::Day;

/// What a declaration is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverageScope {
    /// All incidents.
    Everything,
    /// Those that came by one channel, by its id.
    Channel(String),
    /// Those of one district, by its code in an edition.
    District(AreaKey),
}

/// The days that a declaration names: half-open, the end left out where it moves with the last incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeclaredDays {
    /// The first day.
    pub from: Day,
    /// The day after the last; absent where the days go on to the last incident known.
    pub to: Option<Day>,
}

/// That all incidents of a scope are known on some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredCoverage {
    /// Which incidents.
    pub scope: CoverageScope,
    /// On which days.
    pub days: DeclaredDays,
}

/// Why a text names no days.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeclaredDaysError {
    /// It has another form.
    #[error(
        "{0:?} is not of the form FROM..TO, as 2022-12-15..2025-12-15 (TO is the first day after), or FROM.. up to the \
         last incident"
    )]
    Form(String),
    /// A part of it is no day.
    #[error("{0:?} is not a day of the calendar; write it as 2025-12-31")]
    NoDay(String),
    /// Nothing lies between its ends.
    #[error("{0:?} covers no day: TO is the first day that is not covered and must be later than FROM")]
    Empty(String),
}

impl FromStr for DeclaredDays {
    type Err = DeclaredDaysError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (from, to) = text.split_once("..").ok_or_else(|| DeclaredDaysError::Form(text.to_owned()))?;
        let from = day(from, text)?;
        let to = if to.is_empty() { None } else { Some(day(to, text)?) };
        if to.is_some_and(|to| to <= from) {
            return Err(DeclaredDaysError::Empty(text.to_owned()));
        }
        Ok(Self { from, to })
    }
}

fn day(text: &str, whole: &str) -> Result<Day, DeclaredDaysError> {
    let is_plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !is_plain {
        return Err(DeclaredDaysError::Form(whole.to_owned()));
    }
    text.parse().map(Day::of_date).map_err(|_| DeclaredDaysError::NoDay(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_names_no_days_is_refused_with_the_form() {
        let error = |text: &str| text.parse::<DeclaredDays>().unwrap_err().to_string();
        assert!(error("2022-12-15").contains("FROM..TO, as 2022-12-15..2025-12-15"));
        assert!(error("15/12/2022..15/12/2025").contains("not of the form FROM..TO"));
        assert!(error("2022-02-30..2025-12-15").contains("\"2022-02-30\" is not a day"));
        assert!(error("2025-12-15..2025-12-15").contains("covers no day"));
        assert!(error("..2025-12-15").contains("not of the form"));
    }
}
