//! Who saw and changed what, as lines of which each holds the hash of the line before.
//!
//! In: an entry, and the line that it follows. Out: the line with its number and hash. A line that was changed no longer
//! has its hash, and one that is missing or stands elsewhere breaks the chain. What is told of whom is decided where
//! something happens; where lines are kept is not known here.

mod line;
mod walk;

pub use line::{AuditAction, AuditEntry, AuditLine, ChainEnd, ChainEndError, LineHash, cut_question};
pub use walk::{ChainFault, ChainReport, ChainWalk};
