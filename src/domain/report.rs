//! What people report, before and after an operator has judged it.
//!
//! A report is a place, a category and a time, as far as they are known, and a few words that are kept apart. It holds
//! nothing of a person. It becomes an incident only when an operator takes it up; until then it counts nowhere.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::incident::taxonomy::{CategoryIndex, ChannelIndex};
use super::incident::{Incident, IncidentLocation};

/// The letters of a number: digits and capitals without I, L, O and U, so that none is taken for another when read out.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The number on the receipt of a report: ten letters that nobody guesses.
///
/// ```
/// use binhyen::domain::report::ReportNumber;
/// let number: ReportNumber = "k7p2m-9q4xt".parse()?;
/// assert_eq!(number.as_str(), "K7P2M9Q4XT");
/// assert!("12345".parse::<ReportNumber>().is_err());
/// # Ok::<(), binhyen::domain::report::ReportNumberError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
pub struct ReportNumber(String);

/// Why a text is not the number of a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a number of a report has ten letters and digits")]
pub struct ReportNumberError;

impl ReportNumber {
    /// How many letters a number has: fifty bits.
    pub const LENGTH: usize = 10;

    /// A number from random bytes, five bits of each.
    pub fn of_random(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect())
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ReportNumber {
    type Err = ReportNumberError;

    /// Takes what a person copies: small letters, a hyphen or space between, O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let letters = text.chars().filter(|letter| !matches!(letter, '-' | ' ')).map(|letter| {
            match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            }
        });
        let number: String = letters.take(Self::LENGTH + 1).collect();
        let is_known = |letter: u8| LETTERS.contains(&letter);
        let fits = number.len() == Self::LENGTH && number.bytes().all(is_known);
        if fits { Ok(Self(number)) } else { Err(ReportNumberError) }
    }
}

impl fmt::Display for ReportNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ReportNumber {
    type Error = ReportNumberError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ReportNumber> for String {
    fn from(number: ReportNumber) -> Self {
        number.0
    }
}

/// How far a report is handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportStatus {
    /// Nobody has looked at it yet.
    Received,
    /// An operator looks at it, or has.
    InReview,
    /// It became an incident.
    TakenUp,
    /// It did not, for a reason.
    NotTakenUp,
    /// Another report or an incident says the same.
    Merged,
}

impl ReportStatus {
    /// Every status, in the order of handling.
    pub const ALL: [Self; 5] = [Self::Received, Self::InReview, Self::TakenUp, Self::NotTakenUp, Self::Merged];

    /// The word for the status in addresses and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::InReview => "in_review",
            Self::TakenUp => "taken_up",
            Self::NotTakenUp => "not_taken_up",
            Self::Merged => "merged",
        }
    }

    /// What the sender is told: a report that was merged is taken up with the other.
    #[must_use]
    pub fn public(self) -> Self {
        if self == Self::Merged { Self::TakenUp } else { self }
    }

    /// Whether nobody has judged the report yet.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::InReview)
    }
}

/// Why a text is no status of a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no status of a report")]
pub struct ReportStatusError(String);

impl FromStr for ReportStatus {
    type Err = ReportStatusError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|status| status.as_str() == text);
        found.ok_or_else(|| ReportStatusError(text.to_owned()))
    }
}

/// What somebody says has happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFacts {
    /// The way by which the word came.
    pub channel: ChannelIndex,
    /// What happened, where it was said.
    pub category: Option<CategoryIndex>,
    /// When it happened, in seconds since 1970 UTC, where it was said.
    pub happened_s: Option<i64>,
    /// Where it happened, as far as it was said.
    pub location: IncidentLocation,
    /// What else was said; none where nothing was, or when its days are over.
    pub text: Option<String>,
}

impl ReportFacts {
    /// The same with what the same person says a little later; none where that says something else, or too much to stand
    /// together in so many characters of text.
    pub fn completed_with(&self, later: &Self, most_chars: usize) -> Option<Self> {
        let location = match (&self.location, &later.location) {
            (known, IncidentLocation::Unknown) => known,
            (IncidentLocation::Unknown, said) => said,
            (known, said) => (known == said).then_some(known)?,
        };
        Some(Self {
            channel: self.channel,
            category: either(self.category, later.category).ok()?,
            happened_s: either(self.happened_s, later.happened_s).ok()?,
            location: location.clone(),
            text: joined(self.text.as_deref(), later.text.as_deref(), most_chars).ok()?,
        })
    }
}

/// That two things which were said do not belong to one report.
struct Differs;

/// The one of two that is said, where both are the same one.
fn either<T: PartialEq>(one: Option<T>, other: Option<T>) -> Result<Option<T>, Differs> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Err(Differs),
        (one, other) => Ok(one.or(other)),
    }
}

/// Two texts one below the other, a repeated one once, where they are not too long.
fn joined(one: Option<&str>, other: Option<&str>, most_chars: usize) -> Result<Option<String>, Differs> {
    let (Some(one), Some(other)) = (one, other) else { return Ok(one.or(other).map(str::to_owned)) };
    if one.lines().any(|line| line == other) || one == other {
        return Ok(Some(one.to_owned()));
    }
    let both = format!("{one}\n{other}");
    if both.chars().count() <= most_chars { Ok(Some(both)) } else { Err(Differs) }
}

/// A hash that only who has the secret of the data folder can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyedHash(pub [u8; 32]);

/// A report as it comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReport {
    /// What it says.
    pub facts: ReportFacts,
    /// When it came, in seconds since 1970 UTC.
    pub received_s: i64,
    /// By what it came: a challenge that is spent, an event of a network.
    pub arrival: KeyedHash,
    /// What came, so that a repeat is told from something else.
    pub contents: KeyedHash,
    /// Until when a repeat is known, in seconds since 1970 UTC.
    pub arrival_expires_s: i64,
    /// When the text goes, in seconds since 1970 UTC.
    pub text_expires_s: i64,
    /// Who wrote through a network; none for the form.
    pub sender: Option<SenderTrace>,
}

/// The trace of a sender by which what is sent in pieces is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SenderTrace {
    /// The keyed hash of who it is.
    pub hash: KeyedHash,
    /// A report of the same sender since then is completed, in seconds since 1970 UTC.
    pub since_s: i64,
    /// When the trace goes, in seconds since 1970 UTC.
    pub expires_s: i64,
    /// The most characters of text that a report has.
    pub most_chars: usize,
    /// The most reports that the sender may begin while the trace is kept.
    pub most_reports: u32,
}

/// What an operator decides of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportDecision {
    /// It is an incident.
    Accept(Incident),
    /// Another report says the same.
    MergeWithReport(ReportNumber),
    /// An incident says the same.
    MergeWithIncident {
        /// Its id.
        incident_id: String,
    },
    /// It is none.
    Reject {
        /// Why, in the operator's words.
        reason: String,
    },
}

/// That an operator looks at a report, so that no other one does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportClaim {
    /// The label of the operator's token.
    pub by: String,
    /// Until when, in seconds since 1970 UTC.
    pub until_s: i64,
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportOutcome {
    /// It is this incident.
    TakenUp {
        /// The id of the incident.
        incident_id: String,
    },
    /// It is none.
    NotTakenUp {
        /// Why, in the words of the operator.
        reason: String,
    },
    /// It says what another report says.
    MergedWithReport(ReportNumber),
    /// It says what an incident says.
    MergedWithIncident {
        /// The id of the incident.
        incident_id: String,
    },
}

/// How a report was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportJudgement {
    /// The label of the operator's token.
    pub by: String,
    /// When, in seconds since 1970 UTC.
    pub judged_s: i64,
    /// What became of it.
    pub outcome: ReportOutcome,
}

/// A report as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its place in the order of arrival.
    pub sequence: i64,
    /// The number on its receipt.
    pub number: ReportNumber,
    /// When it came, in seconds since 1970 UTC.
    pub received_s: i64,
    /// What it says.
    pub facts: ReportFacts,
    /// How far it is handled.
    pub status: ReportStatus,
    /// Grows with every change.
    pub version: u32,
    /// Who looks at it, or did.
    pub claim: Option<ReportClaim>,
    /// How it was judged.
    pub judgement: Option<ReportJudgement>,
}

impl Report {
    /// When it happened as far as is known: as it was said, else when the word came.
    pub fn moment_s(&self) -> i64 {
        self.facts.happened_s.unwrap_or(self.received_s)
    }

    /// Who looks at it now.
    pub fn holder(&self, now_s: i64) -> Option<&ReportClaim> {
        self.claim.as_ref().filter(|claim| self.status.is_open() && claim.until_s > now_s)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::area::Position;

    #[test]
    fn a_number_is_read_as_people_copy_it() {
        let number = ReportNumber::of_random([0, 1, 2, 3, 4, 5, 6, 7, 8, 31]);
        assert_eq!(number.as_str(), "012345678Z");
        for copied in ["o123456 78z", "0I234-5678Z", "0l2345678z"] {
            assert_eq!(copied.parse::<ReportNumber>().as_ref(), Ok(&number), "{copied}");
        }
        for wrong in ["", "012345678", "012345678ZZ", "01234567 8Ư", "012345678U"] {
            assert_eq!(wrong.parse::<ReportNumber>(), Err(ReportNumberError), "{wrong}");
        }
    }

    #[test]
    fn every_status_is_read_as_it_is_written() {
        for status in ReportStatus::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
        assert!("judged".parse::<ReportStatus>().is_err());
    }

    fn facts(text: Option<&str>, place: Option<f64>) -> ReportFacts {
        let at = |lon| IncidentLocation::Point(Position::new(lon, 15.5).unwrap());
        let location = place.map_or(IncidentLocation::Unknown, at);
        let (category, happened_s, text) = (None, None, text.map(str::to_owned));
        ReportFacts { channel: ChannelIndex::new(4), category, happened_s, location, text }
    }

    #[test]
    fn a_place_completes_the_words_sent_before_it_and_the_other_way_round() {
        let whole = facts(Some("Mất xe"), Some(108.1));
        assert_eq!(facts(Some("Mất xe"), None).completed_with(&facts(None, Some(108.1)), 50), Some(whole.clone()));
        assert_eq!(facts(None, Some(108.1)).completed_with(&facts(Some("Mất xe"), None), 50), Some(whole.clone()));
        assert_eq!(
            whole.completed_with(&facts(Some("Mất xe"), None), 50),
            Some(whole.clone()),
            "a repeat adds nothing"
        );
        let more = whole.completed_with(&facts(Some("lúc 7 giờ"), None), 50).unwrap();
        assert_eq!(more.text.as_deref(), Some("Mất xe\nlúc 7 giờ"));
        assert_eq!(more.completed_with(&facts(Some("lúc 7 giờ"), None), 50), Some(more.clone()));
    }

    #[test]
    fn another_place_or_too_much_text_is_another_report() {
        let whole = facts(Some("Mất xe"), Some(108.1));
        assert_eq!(whole.completed_with(&facts(None, Some(108.2)), 50), None);
        assert_eq!(whole.completed_with(&facts(Some("lúc 7 giờ"), None), 15), None);
        let (mut theft, mut fire) = (whole.clone(), whole.clone());
        (theft.category, fire.category) = (Some(CategoryIndex::new(0)), Some(CategoryIndex::new(10)));
        assert_eq!(theft.completed_with(&fire, 50), None);
        assert_eq!(whole.completed_with(&theft, 50), Some(theft));
    }

    proptest! {
        #[test]
        fn every_number_is_read_as_it_is_written(bytes: [u8; ReportNumber::LENGTH]) {
            let number = ReportNumber::of_random(bytes);
            prop_assert_eq!(number.as_str().parse::<ReportNumber>(), Ok(number.clone()));
            prop_assert_eq!(number.as_str().to_lowercase().parse::<ReportNumber>(), Ok(number));
        }
    }
}
