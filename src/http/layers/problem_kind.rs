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
    kind("token-needed", text_id!("problem-token-needed"), text_id!("problem-token-needed-summary")),
    kind("role-too-low", text_id!("problem-role-too-low"), text_id!("problem-role-too-low-summary")),
    kind("not-found", text_id!("problem-not-found"), text_id!("problem-not-found-summary")),
    kind("method-not-allowed", text_id!("problem-method-not-allowed"), text_id!("problem-method-not-allowed-summary")),
    kind("not-acceptable", text_id!("problem-not-acceptable"), text_id!("problem-not-acceptable-summary")),
    kind("not-offered", text_id!("problem-not-offered"), text_id!("problem-not-offered-summary")),
    kind("too-large", text_id!("problem-too-large"), text_id!("problem-too-large-summary")),
    kind("address-too-long", text_id!("problem-address-too-long"), text_id!("problem-address-too-long-summary")),
    kind("too-many-requests", text_id!("problem-too-many-requests"), text_id!("problem-too-many-requests-summary")),
    kind("not-ready", text_id!("problem-not-ready"), text_id!("refusal-not-ready")),
    kind("busy", text_id!("problem-busy"), text_id!("refusal-busy")),
    kind("internal", text_id!("problem-internal"), text_id!("refusal-internal")),
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
