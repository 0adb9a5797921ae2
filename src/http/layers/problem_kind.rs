//! The kinds of problem: their names in addresses, their titles, what they mean.

use crate::domain::text::Names;
use crate::texts::{TextId, text_id};

/// One kind of problem: its name in addresses, its status, its title, what it means.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct ProblemKind {
    pub(in crate::http) name: &'static str,
    pub(in crate::http) title: TextId,
    pub(in crate::http) summary: TextId,
}

const fn kind(name: &'static str, title: TextId, summary: TextId) -> ProblemKind {
    ProblemKind { name, title, summary }
}

/// Every kind of problem.
pub(in crate::http) const PROBLEM_KINDS: &[ProblemKind] = &[
    kind("unknown-parameter", text_id!("problem-unknown-parameter"), text_id!("problem-unknown-parameter-summary")),
    kind("repeated-parameter", text_id!("problem-repeated-parameter"), text_id!("problem-repeated-parameter-summary")),
    kind("invalid-parameter", text_id!("problem-invalid-parameter"), text_id!("problem-invalid-parameter-summary")),
    kind(
        "conflicting-parameters",
        text_id!("problem-conflicting-parameters"),
        text_id!("problem-conflicting-parameters-summary"),
    ),
    kind("bad-tile-address", text_id!("problem-bad-tile-address"), text_id!("problem-bad-tile-address-summary")),
    kind("not-released", text_id!("problem-not-released"), text_id!("problem-not-released-summary")),
    kind("not-covered", text_id!("problem-not-covered"), text_id!("problem-not-covered-summary")),
    kind("invalid-token", text_id!("problem-invalid-token"), text_id!("problem-invalid-token-summary")),
    kind("token-expired", text_id!("problem-token-expired"), text_id!("problem-token-expired-summary")),
    kind(
        "token-not-yet-valid",
        text_id!("problem-token-not-yet-valid"),
        text_id!("problem-token-not-yet-valid-summary"),
    ),
    kind("no-role", text_id!("problem-no-role"), text_id!("problem-no-role-summary")),
    kind("provider-away", text_id!("problem-provider-away"), text_id!("problem-provider-away-summary")),
    kind("token-needed", text_id!("problem-token-needed"), text_id!("problem-token-needed-summary")),
    kind("role-too-low", text_id!("problem-role-too-low"), text_id!("problem-role-too-low-summary")),
    kind("not-found", text_id!("problem-not-found"), text_id!("problem-not-found-summary")),
    kind("method-not-allowed", text_id!("problem-method-not-allowed"), text_id!("problem-method-not-allowed-summary")),
    kind("not-acceptable", text_id!("problem-not-acceptable"), text_id!("problem-not-acceptable-summary")),
    kind("not-offered", text_id!("problem-not-offered"), text_id!("problem-not-offered-summary")),
    kind("too-large", text_id!("problem-too-large"), text_id!("problem-too-large-summary")),
    kind("address-too-long", text_id!("problem-address-too-long"), text_id!("problem-address-too-long-summary")),
    kind("too-many-requests", text_id!("problem-too-many-requests"), text_id!("problem-too-many-requests-summary")),
    kind("rejected-features", text_id!("problem-rejected-features"), text_id!("problem-rejected-features-summary")),
    kind("key-reused", text_id!("problem-key-reused"), text_id!("refusal-key-reused")),
    kind("not-writable", text_id!("problem-not-writable"), text_id!("refusal-not-writable")),
    kind("not-ready", text_id!("problem-not-ready"), text_id!("refusal-not-ready")),
    kind("not-accounted", text_id!("problem-not-accounted"), text_id!("refusal-not-accounted")),
    kind("busy", text_id!("problem-busy"), text_id!("refusal-busy")),
    kind("internal", text_id!("problem-internal"), text_id!("refusal-internal")),
    kind("invalid-field", text_id!("problem-invalid-field"), text_id!("problem-invalid-field-summary")),
    kind("invalid-signature", text_id!("problem-invalid-signature"), text_id!("problem-invalid-signature-summary")),
    kind("conflict", text_id!("problem-conflict"), text_id!("problem-conflict-summary")),
    kind("outdated", text_id!("problem-outdated"), text_id!("problem-outdated-summary")),
    kind(
        "precondition-required",
        text_id!("problem-precondition-required"),
        text_id!("problem-precondition-required-summary"),
    ),
    kind("unsupported-media", text_id!("problem-unsupported-media"), text_id!("problem-unsupported-media-summary")),
    kind("bad-request", text_id!("problem-bad-request"), text_id!("problem-bad-request-summary")),
];

/// The kind of a name.
pub(in crate::http) fn kind_of(name: &str) -> Option<&'static ProblemKind> {
    PROBLEM_KINDS.iter().find(|kind| kind.name == name)
}

/// What a kind means.
pub(in crate::http) fn summary(name: &str) -> Names {
    kind_of(name).map_or_else(|| Names::same(""), |kind| kind.summary.names())
}
