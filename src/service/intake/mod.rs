//! Word from people: taken in, checked, kept until an operator has judged it.
//!
//! In: reports of the form, with the work they prove; signed messages of other servers; what operators decide. Out: a
//! number for the sender, a queue for operators, and an incident where one of them takes a report up. What was said stands
//! in the store before it is acknowledged. No name, number or address of anybody is kept: senders are keyed hashes, and
//! these, like the words, go on their day. Nothing here is counted or drawn.

mod challenge;
mod desk;
mod hooks;
pub(crate) mod json_fields;
mod judgement;
mod keys;
mod moment;
pub(crate) mod place;
mod submission;
mod words;

use crate::domain::report::{NewReport, ReportFacts, ReportNumber, ReportStatus, SenderTrace};
use crate::service::error::ServiceError;
use crate::service::live::store_monitor::StoreCondition;
use crate::snapshot::Snapshot;
use crate::store::{ReportArrival, Store, StoreError};
use crate::texts::text;
pub(crate) use challenge::Challenge;
pub(crate) use desk::{Acting, IncomingJudgement, NearReport, QueueView, ReportPage, ReviewedReport, incidents_near};
pub use hooks::{Hook, HookHead, HookRules, SecretBytes};
use hooks::{HookContext, HookMessage};
pub(crate) use judgement::JudgementRequest;
use keys::HashKey;
use submission::CheckedAgainst;
pub(crate) use submission::ReportSubmission;

const DAY_S: i64 = 24 * 3600;
/// How long a repeat is known as one: longer than any network repeats, and than a phone keeps what it could not send.
const REPEATS_KNOWN_S: i64 = 7 * DAY_S;
/// Within which time what one sender writes belongs together.
const TOGETHER_S: i64 = 15 * 60;
/// How many reports one sender may begin in that time: who sends more than belongs together is acknowledged and left.
const MOST_OF_SENDER: u32 = 5;

/// How word from people is taken in.
#[derive(Debug, Clone)]
pub struct IntakeRules {
    /// Whether the form takes reports.
    pub is_open: bool,
    /// Days for which texts are kept.
    pub text_days: u32,
    /// The most characters of a text.
    pub text_chars: u32,
    /// The zero bits that a solution has to show.
    pub proof_bits: u8,
    /// What hashes are keyed with; none where the data folder has its own.
    pub secret: Option<SecretBytes>,
    /// The channels by which other servers send word.
    pub hooks: Vec<Hook>,
}

/// What takes word from people in, over the store in which it stands.
#[derive(Debug)]
pub(crate) struct Intake {
    rules: IntakeRules,
    key: HashKey,
    store: Store,
}

/// A report of the form, as far as it is read.
#[derive(Debug)]
pub(crate) enum ReadReport {
    /// It came before, and its sender did not learn that.
    Known(ReportNumber),
    /// It is to be taken in.
    New(Box<NewReport>),
}

impl Intake {
    /// The intake of a store.
    pub(super) fn new(store: &Store, rules: IntakeRules) -> Self {
        let secret = rules.secret.clone().unwrap_or_else(|| secret_of(store));
        Self { key: HashKey::new(&secret.0), rules, store: store.clone() }
    }

    /// By which rules word is taken in.
    pub(crate) fn rules(&self) -> &IntakeRules {
        &self.rules
    }

    /// A fresh challenge for the form.
    pub(crate) fn challenge(&self, now_s: i64) -> Result<Challenge, ServiceError> {
        Ok(Challenge::issued(&self.key, self.rules.proof_bits, now_s, random()?))
    }

    /// Reads and checks a report of the form.
    ///
    /// # Errors
    /// When a member cannot be used, the challenge is not ours or over, or the solution none.
    pub(crate) async fn read_submission(
        &self,
        body: &[u8],
        snapshot: &Snapshot,
        now_s: i64,
    ) -> Result<ReadReport, ServiceError> {
        let fields = submission::read(body)?;
        let challenge = Challenge::read(&self.key, fields.needed_text("challenge")?);
        let challenge =
            challenge.ok_or_else(|| json_fields::field_fault("challenge", text!("report-challenge-unknown")))?;
        let arrival = self.key.hash("arrival of the form", &[challenge.text.as_bytes()]);
        let contents = self.key.hash("contents", &[body]);
        // Whoever lost the answer on the way asks again with the same challenge, which may be over by then.
        if let Some(known) = self.store.known_report(arrival, contents).await.map_err(|error| unwritten(&error))? {
            return number_of(known).map(ReadReport::Known);
        }
        if challenge.expires_s < now_s {
            return Err(json_fields::field_fault("challenge", text!("report-challenge-over")));
        }
        if !challenge.is_solved_by(fields.needed_text("solution")?) {
            return Err(json_fields::field_fault("solution", text!("report-no-solution")));
        }
        let most_chars = self.rules.text_chars as usize;
        let facts = submission::facts(&fields, CheckedAgainst { snapshot, now_s, most_chars })?;
        Ok(ReadReport::New(Box::new(NewReport { arrival, contents, ..self.new_report(facts, now_s) })))
    }

    /// Takes a report in. When this returns, it is on the disk.
    pub(crate) async fn take_in(&self, new: &NewReport) -> Result<ReportNumber, ServiceError> {
        let number = ReportNumber::of_random(random()?);
        let arrival = self.store.add_report(new, &number).await.map_err(|error| unwritten(&error))?;
        number_of(arrival)
    }

    /// The hook of a channel; none where the channel has none.
    pub(crate) fn hook(&self, channel: &str) -> Option<&Hook> {
        self.rules.hooks.iter().find(|hook| hook.channel == channel)
    }

    /// The reports in a message of another server.
    ///
    /// # Errors
    /// When the message is not signed, is too old, or does not read.
    pub(crate) fn read_message(
        &self,
        hook: &Hook,
        head: HookHead<'_>,
        body: &[u8],
        read_at: ReadAt<'_>,
    ) -> Result<Vec<NewReport>, ServiceError> {
        let ReadAt { snapshot, now_s } = read_at;
        let context = HookContext { snapshot, now_s, most_chars: self.rules.text_chars as usize };
        let messages = hook.messages(head, body, context)?;
        Ok(messages.into_iter().map(|message| self.report_of_message(hook, message, read_at)).collect())
    }

    fn report_of_message(&self, hook: &Hook, message: HookMessage, read_at: ReadAt<'_>) -> NewReport {
        let HookMessage { event_id, sender, category, happened_s, location, text } = message;
        let ReadAt { snapshot, now_s } = read_at;
        let channel = hook.channel.as_bytes();
        let trace = |sender: String| SenderTrace {
            hash: self.key.hash("sender", &[channel, sender.as_bytes()]),
            since_s: now_s - TOGETHER_S,
            expires_s: now_s + TOGETHER_S,
            most_chars: self.rules.text_chars as usize,
            most_reports: MOST_OF_SENDER,
        };
        let channel_index = submission::channel(&snapshot.taxonomy, &hook.channel);
        let facts = ReportFacts { channel: channel_index, category, happened_s, location, text };
        NewReport {
            arrival: self.key.hash("arrival of a hook", &[channel, event_id.as_bytes()]),
            sender: sender.map(trace),
            ..self.new_report(facts, now_s)
        }
    }

    fn new_report(&self, facts: ReportFacts, now_s: i64) -> NewReport {
        NewReport {
            facts,
            received_s: now_s,
            arrival: self.key.hash("nothing", &[]),
            contents: self.key.hash("contents", &[]),
            arrival_expires_s: now_s + REPEATS_KNOWN_S,
            text_expires_s: now_s + i64::from(self.rules.text_days) * DAY_S,
            sender: None,
        }
    }

    /// How far a report is handled, as its sender is told.
    pub(crate) async fn status(&self, number: &ReportNumber) -> Result<Option<ReportStatus>, ServiceError> {
        self.store.public_report_status(number).await.map_err(|error| unwritten(&error))
    }

    /// Deletes words, traces of senders and what is known of repeats, as far as their day has come.
    pub(crate) async fn delete_expired(&self, now_s: i64) -> Result<(), StoreError> {
        let deleted = self.store.delete_expired_reports(now_s).await?;
        if deleted.texts > 0 {
            tracing::info!(texts = deleted.texts, "texts of reports were deleted because their days are over");
        }
        Ok(())
    }

    /// The id of the incident that a report becomes: the same whenever it is asked for, and no way back to the number.
    fn incident_id(&self, number: &ReportNumber) -> String {
        let hash = self.key.hash("incident", &[number.as_str().as_bytes()]);
        format!("bao-tin-{}", hex::encode(&hash.0[..8]))
    }
}

/// Against what and when a message is read.
#[derive(Debug, Clone, Copy)]
pub struct ReadAt<'a> {
    /// The words and boundaries of now.
    pub snapshot: &'a Snapshot,
    /// The moment, in seconds since 1970 UTC.
    pub now_s: i64,
}

fn number_of(arrival: ReportArrival) -> Result<ReportNumber, ServiceError> {
    match arrival {
        ReportArrival::Added(number) | ReportArrival::Completed(number) | ReportArrival::Known(number) => Ok(number),
        ReportArrival::Flood(last) => {
            tracing::warn!("a sender has sent more reports than one may; what comes from it is left for a while");
            Ok(last)
        }
        ReportArrival::OtherContents => Err(ServiceError::Conflict { what: text!("report-challenge-spent") }),
    }
}

/// The secret of the data folder; where it can neither be read nor made, one that lasts as long as the process.
fn secret_of(store: &Store) -> SecretBytes {
    let secret = store.folder_secret().unwrap_or_else(|fault| {
        tracing::warn!(
            cause = %fault,
            "the secret of the data folder cannot be kept: what is sent twice over a restart counts twice"
        );
        random().unwrap_or_default()
    });
    SecretBytes(secret.to_vec())
}

fn random<const N: usize>() -> Result<[u8; N], ServiceError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| ServiceError::internal(&error))?;
    Ok(bytes)
}

/// A store that could not be read or written for a report.
fn unwritten(error: &StoreError) -> ServiceError {
    tracing::warn!(cause = %error, "the store could not be read or written for a report");
    ServiceError::StoreFault { condition: StoreCondition::Unreadable }
}
