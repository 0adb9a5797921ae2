//! Notes that are the same for every workbook: denominators, limits, what a finding means.

use super::table::Note;
use crate::domain::text::Names;
use crate::service::answers::areas::account::AccountAnswer;
use crate::texts::{TextId, text_id};

/// A note of a subject.
pub(super) fn note(subject: TextId, text: Names) -> Note {
    Note { subject: subject.names(), text }
}

/// How all incidents add up, by how much is known of their places.
pub(super) fn account_note(account: &AccountAnswer) -> Note {
    note(text_id!("method-account-subject"), account.in_words())
}

/// A note that is the same for every workbook.
#[derive(Debug, Clone, Copy)]
pub(super) struct NoteText {
    subject: TextId,
    text: TextId,
}

impl NoteText {
    pub(super) const SAMPLE: Self = Self { subject: text_id!("note-sample-subject"), text: text_id!("note-sample") };
    pub(super) const WITHOUT_POINT: Self =
        Self { subject: text_id!("note-without-point-subject"), text: text_id!("note-without-point") };
    pub(super) const DETECTED: Self =
        Self { subject: text_id!("note-detected-subject"), text: text_id!("note-detected") };
    const RATIO: Self = Self { subject: text_id!("note-ratio-subject"), text: text_id!("note-ratio") };
    const FINDING: Self = Self { subject: text_id!("note-finding-subject"), text: text_id!("note-finding") };
    /// What every table of differences needs.
    pub(super) const DIFFERENCE: [Self; 2] = [Self::RATIO, Self::FINDING];
    pub(super) const ORDER_OF_PERIODS: Self =
        Self { subject: text_id!("note-order-of-periods-subject"), text: text_id!("note-order-of-periods") };
    pub(super) const LEFT_OUT: Self =
        Self { subject: text_id!("note-left-out-subject"), text: text_id!("note-left-out") };

    /// The note itself.
    pub(super) fn note(self) -> Note {
        note(self.subject, self.text.names())
    }
}
