//! One area's rating as a person would say it, in both languages.
//!
//! In: the row of an area as far as the role may see it. Out: two or three plain sentences. What is
//! hidden is said to be hidden; what does not differ beyond chance is said not to differ.

use super::area::{AreaAssessment, InTotal};
use super::rating::clarity::Clarity;
use super::rating::grade::{Grade, Insufficiency, Letter};
use super::rating::weighting::Weighting;
use crate::domain::area::Level;
use crate::domain::rules::DisclosureRule;
use crate::domain::rules::scheme::GradeRule;
use crate::domain::text::Names;
use crate::domain::time::period::Period;
use crate::texts::phrasing::days;
use crate::texts::{decimal, text};

/// An area and what is said of it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The official name.
    pub name: &'a str,
    /// The administrative level of the area.
    pub level: Level,
    /// The days that the sentence speaks of.
    pub period: Period,
    /// What was assessed of the area, already cut to the role.
    pub row: &'a AreaAssessment,
    /// What all areas of the edition together are called.
    pub whole: &'a Names,
}

/// Who reads a sentence, which decides what is the true reason for a number that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Anybody: small counts are hidden.
    Public,
    /// A role that sees small counts: what it does not see nobody sees at the level.
    Internal,
}

/// By which files an area is judged, and for whom.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// Who reads it.
    pub reader: Reader,
    /// What an incident weighs in the ratio.
    pub weighting: Weighting,
    /// What is published from which count.
    pub disclosure: &'a DisclosureRule,
    /// How a letter follows.
    pub grade: &'a GradeRule,
    /// The peers whose rates are expected; none where those of the province are.
    pub peers: Option<&'a Names>,
}

/// The sentences on an area.
pub fn sentence(subject: &Subject<'_>, by: Judged<'_>) -> Names {
    if subject.row.not_covered {
        return text!("rating-not-covered", name = subject.name, days = days(subject.period));
    }
    counts(subject, by.reader).joined(detected(subject.row)).joined(verdict(subject, by)).joined(left_out(subject.row))
}

/// What police work found, where it stands beside the count.
fn detected(row: &AreaAssessment) -> Option<Names> {
    let is_beside = row.components.iter().any(|component| component.in_total == InTotal::Beside);
    let found = row.detected.filter(|found| is_beside && *found > 0)?;
    Some(text!("rating-detected", incidents = found))
}

/// That a grade rests on some of its components only.
fn left_out(row: &AreaAssessment) -> Option<Names> {
    let is_left_out = row.missing_measure().is_some()
        && matches!(row.grade, Grade::Insufficient(_) | Grade::Range | Grade::Letter(_));
    is_left_out.then(|| text!("rating-component-left-out"))
}

fn counts(subject: &Subject<'_>, reader: Reader) -> Names {
    let (name, days, row) = (subject.name, days(subject.period), subject.row);
    let Some(incidents) = row.incidents else {
        return match reader {
            Reader::Public => text!("rating-counts-hidden", name = name, days = days),
            Reader::Internal => text!("rating-counts-at-no-such-level", name = name),
        };
    };
    match row.expected.filter(|_| subject.level != Level::Province) {
        None => text!("rating-counts", name = name, days = days, incidents = incidents),
        Some(expected) => text!(
            "rating-counts-beside-expected",
            name = name,
            days = days,
            incidents = incidents,
            whole = subject.whole,
            expected = decimal(expected, 1)
        ),
    }
}

/// The grade or why there is none, a sentence each.
fn verdict(subject: &Subject<'_>, by: Judged<'_>) -> Vec<Names> {
    let row = subject.row;
    let why_none = match row.grade {
        _ if subject.level == Level::Province => text!("rating-province"),
        Grade::NoExposure if row.missing_measure().is_some() => text!("rating-no-measure"),
        Grade::NoExposure => text!("rating-no-population"),
        Grade::Suppressed if row.incidents.is_none() => text!("rating-uncounted"),
        Grade::Suppressed => text!("rating-suppressed", least = by.disclosure.min_events_weighted),
        Grade::Insufficient(insufficiency) => insufficient(row, insufficiency, by.grade.min_reliability),
        Grade::Range => return [ranged(row, by)].into_iter().chain(compared(subject, by)).collect(),
        Grade::Letter(letter) => return [graded(row, letter)].into_iter().chain(compared(subject, by)).collect(),
    };
    vec![why_none]
}

fn insufficient(row: &AreaAssessment, insufficiency: Insufficiency, least: f64) -> Names {
    match insufficiency {
        Insufficiency::Unreliable => withheld(row, least),
        Insufficiency::NothingRated => text!("rating-nothing-rated"),
        Insufficiency::NoRatedEvents => text!("rating-no-rated-events"),
        Insufficiency::NothingExpected => text!("rating-nothing-expected"),
        Insufficiency::NoSpread => text!("rating-no-spread"),
        Insufficiency::SingleArea => text!("rating-single-area"),
        Insufficiency::FewAreasPublished => text!("rating-few-areas-published"),
    }
}

/// The letters of both ends of the interval, because no letter is likely enough.
fn ranged(row: &AreaAssessment, by: Judged<'_>) -> Names {
    let least = decimal(by.grade.min_letter_probability, 2);
    match row.grade_best.zip(row.grade_worst) {
        None => text!("rating-range-unsaid", least = least),
        Some((best, worst)) => text!("rating-range", best = best.as_str(), worst = worst.as_str(), least = least),
    }
}

fn withheld(row: &AreaAssessment, least: f64) -> Names {
    let (reliability, least) = (decimal(row.reliability.unwrap_or(0.0), 2), decimal(least, 2));
    match row.grade_best.zip(row.grade_worst) {
        None => text!("rating-withheld", reliability = reliability, least = least),
        Some((best, worst)) if best == worst => {
            text!("rating-withheld-likely", reliability = reliability, least = least, grade = best.as_str())
        }
        Some((best, worst)) => text!(
            "rating-withheld-between",
            reliability = reliability,
            least = least,
            best = best.as_str(),
            worst = worst.as_str()
        ),
    }
}

fn graded(row: &AreaAssessment, letter: Letter) -> Names {
    let range = row.grade_best.zip(row.grade_worst).filter(|(best, worst)| best != worst);
    let (grade, probability) = (letter.as_str(), row.prob_letter.map(|probability| decimal(probability, 2)));
    match (range, probability) {
        (None, None) => text!("rating-grade", grade = grade),
        (None, Some(probability)) => text!("rating-grade-likely", grade = grade, probability = probability),
        (Some((best, worst)), None) => {
            text!("rating-grade-between", grade = grade, best = best.as_str(), worst = worst.as_str())
        }
        (Some((best, worst)), Some(probability)) => text!(
            "rating-grade-likely-between",
            grade = grade,
            probability = probability,
            best = best.as_str(),
            worst = worst.as_str()
        ),
    }
}

/// The ratio beside the common level; nothing where the row does not say it.
fn compared(subject: &Subject<'_>, by: Judged<'_>) -> Option<Names> {
    let (ratio, difference) = subject.row.ratio.zip(subject.row.difference)?;
    let common = by.peers.map_or_else(
        || text!("rating-common-level", whole = subject.whole),
        |peers| text!("rating-common-level-of-peers", peers = peers),
    );
    let times = decimal(ratio, 2);
    let said = match (difference, by.weighting) {
        (Clarity::Unclear, _) => return Some(text!("rating-unclear", common = common)),
        (Clarity::Higher, Weighting::BySeverity) => {
            text!("rating-higher-by-severity", ratio = times, common = common)
        }
        (Clarity::Lower, Weighting::BySeverity) => text!("rating-lower-by-severity", ratio = times, common = common),
        (Clarity::Higher, Weighting::Equal) => text!("rating-higher", ratio = times, common = common),
        (Clarity::Lower, Weighting::Equal) => text!("rating-lower", ratio = times, common = common),
    };
    Some(said.joined(apart(subject.row, ratio)))
}

/// Why the ratio lies clearly on the other side of the common level than the plain count; nothing where it does not.
fn apart(row: &AreaAssessment, ratio: f64) -> Option<Names> {
    let (incidents, expected) = (f64::from(row.incidents?), row.expected?);
    if incidents > expected && ratio < 1.0 {
        Some(text!("rating-more-but-lighter"))
    } else if incidents < expected && ratio > 1.0 {
        Some(text!("rating-fewer-but-graver"))
    } else {
        None
    }
}
