//! Writes as requests of an operator would make them.

use binhyen::domain::audit::{AuditAction, AuditEntry};
use binhyen::store::{RecordWrite, SourceKind, WriteAction, WriteOrigin};

/// A write of own records, at a moment in seconds since 1970 UTC.
pub(crate) fn write_at(moment_s: i64, action: WriteAction) -> RecordWrite {
    let account = AuditEntry {
        moment_ms: 1,
        token_id: "t".into(),
        label: "desk".into(),
        role: "operator".into(),
        action: AuditAction::Write.as_str().into(),
        question: "/incidents".into(),
        rows: None,
        request_id: "r".into(),
    };
    let (author, request_id) = ("desk".to_owned(), "r".to_owned());
    let origin = WriteOrigin { author, moment_s, reason: None, request_id, account, source: SourceKind::Own };
    RecordWrite { action, origin, key: None }
}
