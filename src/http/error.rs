//! Every way in which a request is refused. This alone knows status codes; how a
//! refusal is written is not decided here.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value as Json, json};

use super::layers::problem_kind::summary;
use crate::assessment::AssessmentError;
use crate::domain::role::Role;
use crate::domain::text::Names;

/// Why a request gets no answer.
#[derive(Debug, Clone)]
pub(crate) enum ApiError {
    /// A parameter that the address does not have.
    UnknownParameter { name: String, allowed: Vec<&'static str> },
    /// A parameter given twice.
    RepeatedParameter { name: String },
    /// A parameter whose value cannot be used.
    InvalidParameter { name: &'static str, value: String, expected: Names, known: Vec<String> },
    /// Parameters that exclude or need one another.
    ConflictingParameters { what: Names },
    /// An address of a tile that no tile can have.
    BadTileAddress { address: String, what: Names },
    /// A filter that is not released to the public.
    NotReleased { released: Vec<String> },
    /// A rating scheme that is not released to the public.
    SchemeNotReleased { released: Vec<String> },
    /// A token that is malformed, unknown or used outside its scope.
    InvalidToken,
    /// The public requests what needs a role.
    TokenNeeded { needed: Role },
    /// A role requests what a higher one may see.
    RoleTooLow { needed: Role, role: Role },
    /// Nothing stands at the address.
    NotFound { what: Names, known: Vec<String> },
    /// The address does not take the method.
    MethodNotAllowed,
    /// No offered media type is accepted.
    NotAcceptable { offered: Vec<&'static str> },
    /// What another server could answer, but not this one as it is.
    NotOffered { what: Names },
    /// The body of the request is too large.
    TooLarge,
    /// Path and query exceed what the server reads.
    AddressTooLong,
    /// No snapshot is served yet.
    NotReady,
    /// The server has too much to do.
    Busy,
    /// A fault of the server; the cause goes to the log, not to the client.
    Internal,
}

/// No value of the client is echoed at greater length.
const MAX_QUOTED_CHARS: usize = 80;

/// A text of the client, short enough to stand in an answer.
pub(crate) fn quoted(text: &str) -> String {
    if text.chars().count() <= MAX_QUOTED_CHARS {
        return text.to_owned();
    }
    text.chars().take(MAX_QUOTED_CHARS).chain(['…']).collect()
}

/// A text in both languages.
pub(crate) fn names(vi: impl Into<String>, en: impl Into<String>) -> Names {
    Names { vi: vi.into(), en: en.into() }
}

impl ApiError {
    /// A parameter with a value that cannot be used.
    pub(crate) fn invalid(name: &'static str, value: &str, expected: Names) -> Self {
        Self::InvalidParameter { name, value: quoted(value), expected, known: Vec::new() }
    }

    /// A parameter whose value is none of the known ones.
    pub(crate) fn none_of(name: &'static str, value: &str, known: Vec<String>) -> Self {
        let list = known.join(", ");
        let expected = names(format!("một trong: {list}"), format!("one of: {list}"));
        Self::InvalidParameter { name, value: quoted(value), expected, known }
    }

    /// Something that does not exist.
    pub(crate) fn absent(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self::NotFound { what: names(vi, en), known: Vec::new() }
    }

    /// An internal fault, logged with its cause.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(cause = %cause, "a request failed by a fault of the server");
        Self::Internal
    }

    /// The status code.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::UnknownParameter { .. }
            | Self::RepeatedParameter { .. }
            | Self::InvalidParameter { .. }
            | Self::ConflictingParameters { .. }
            | Self::BadTileAddress { .. } => StatusCode::BAD_REQUEST,
            Self::InvalidToken | Self::TokenNeeded { .. } => StatusCode::UNAUTHORIZED,
            Self::NotReleased { .. } | Self::SchemeNotReleased { .. } | Self::RoleTooLow { .. } => {
                StatusCode::FORBIDDEN
            }
            Self::NotFound { .. } => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable { .. } => StatusCode::NOT_ACCEPTABLE,
            Self::NotOffered { .. } => StatusCode::NOT_IMPLEMENTED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::NotReady | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The kind, the last part of the problem's type.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::UnknownParameter { .. } => "unknown-parameter",
            Self::RepeatedParameter { .. } => "repeated-parameter",
            Self::InvalidParameter { .. } => "invalid-parameter",
            Self::ConflictingParameters { .. } => "conflicting-parameters",
            Self::BadTileAddress { .. } => "bad-tile-address",
            Self::NotReleased { .. } | Self::SchemeNotReleased { .. } => "not-released",
            Self::InvalidToken => "invalid-token",
            Self::TokenNeeded { .. } => "token-needed",
            Self::RoleTooLow { .. } => "role-too-low",
            Self::NotFound { .. } => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::NotAcceptable { .. } => "not-acceptable",
            Self::NotOffered { .. } => "not-offered",
            Self::TooLarge => "too-large",
            Self::AddressTooLong => "address-too-long",
            Self::NotReady => "not-ready",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }

    /// What is wrong with this request.
    pub(crate) fn detail(&self) -> Names {
        match self {
            Self::UnknownParameter { name, allowed } => unknown_parameter(name, allowed),
            Self::RepeatedParameter { name } => names(
                format!("Tham số “{name}” chỉ được ghi một lần."),
                format!("The parameter \"{name}\" may be given only once."),
            ),
            Self::InvalidParameter { name, value, expected, .. } => names(
                format!("Giá trị “{value}” của tham số “{name}” không dùng được; cần {}.", expected.vi),
                format!("The value \"{value}\" of the parameter \"{name}\" cannot be used; expected {}.", expected.en),
            ),
            Self::ConflictingParameters { what } | Self::NotFound { what, .. } | Self::NotOffered { what } => {
                what.clone()
            }
            Self::BadTileAddress { address, what } => names(
                format!("Không có ô bản đồ nào ở địa chỉ {address}: {}.", what.vi),
                format!("No tile can have the address {address}: {}.", what.en),
            ),
            Self::NotReleased { .. } => names(
                "Công chúng chỉ xem được các kỳ đã công bố (“released”), không lọc tuỳ ý.",
                "The public sees the released windows only (\"released\"); free filters need a role.",
            ),
            Self::SchemeNotReleased { released } => names(
                format!("Công chúng chỉ dùng được các thang xếp loại đã công bố: {}.", released.join(", ")),
                format!("The public may use the released rating schemes only: {}.", released.join(", ")),
            ),
            Self::InvalidToken => names(
                "Mã truy cập sai, không tồn tại hoặc không dùng được ở đây. Bỏ tiêu đề Authorization để xem phần công khai.",
                "The token is malformed, unknown or not valid here. Leave the Authorization header out to see what is public.",
            ),
            Self::TokenNeeded { needed } => names(
                format!("Nội dung này cần mã truy cập với vai trò “{needed}”."),
                format!("This needs a token with the role \"{needed}\"."),
            ),
            Self::RoleTooLow { needed, role } => names(
                format!("Vai trò “{role}” không được xem nội dung này; cần “{needed}”."),
                format!("The role \"{role}\" may not see this; \"{needed}\" is needed."),
            ),
            Self::NotAcceptable { offered } => names(
                format!("Chỉ có các định dạng: {}.", offered.join(", ")),
                format!("Only these media types are offered: {}.", offered.join(", ")),
            ),
            _ => names(summary(self.kind()).vi, summary(self.kind()).en),
        }
    }

    /// The members of the problem that a program can use.
    pub(crate) fn members(&self) -> Vec<(&'static str, Json)> {
        match self {
            Self::UnknownParameter { name, allowed } => {
                vec![("parameter", json!(name)), ("allowed", json!(allowed))]
            }
            Self::RepeatedParameter { name } => vec![("parameter", json!(name))],
            Self::InvalidParameter { name, known, .. } => {
                let known = (!known.is_empty()).then(|| ("known", json!(known)));
                std::iter::once(("parameter", json!(name))).chain(known).collect()
            }
            Self::NotReleased { released } | Self::SchemeNotReleased { released } => {
                vec![("released", json!(released))]
            }
            Self::TokenNeeded { needed } => vec![("needed", json!(needed))],
            Self::RoleTooLow { needed, role } => vec![("needed", json!(needed)), ("role", json!(role))],
            Self::NotFound { known, .. } if !known.is_empty() => vec![("known", json!(known))],
            Self::NotAcceptable { offered } => vec![("offered", json!(offered))],
            _ => Vec::new(),
        }
    }
}

fn unknown_parameter(name: &str, allowed: &[&'static str]) -> Names {
    if allowed.is_empty() {
        return names(
            format!("Không có tham số “{name}”: địa chỉ này không nhận tham số nào."),
            format!("There is no parameter \"{name}\": this address takes none."),
        );
    }
    let list = allowed.join(", ");
    names(
        format!("Không có tham số “{name}”; được dùng: {list}."),
        format!("There is no parameter \"{name}\"; allowed are: {list}."),
    )
}

impl From<AssessmentError> for ApiError {
    fn from(error: AssessmentError) -> Self {
        match error {
            AssessmentError::NoSuchEdition(edition) => Self::absent(
                format!("Bộ địa giới {edition} chưa được nạp."),
                format!("The edition {edition} is not loaded."),
            ),
            AssessmentError::NoSuchLevel { edition, level } => Self::absent(
                format!("Bộ địa giới {edition} không có cấp “{level}”."),
                format!("The edition {edition} has no areas of level {level}."),
            ),
            AssessmentError::NotReleased => Self::NotReleased { released: Vec::new() },
        }
    }
}

impl IntoResponse for ApiError {
    /// The bare status with the error attached; the router writes it out as a problem,
    /// because only there the language and the address of the request are known.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_when_shown() {
        assert_eq!(quoted(&"ô".repeat(200)).chars().count(), MAX_QUOTED_CHARS + 1);
    }
}
