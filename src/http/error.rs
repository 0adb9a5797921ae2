//! Every way in which a request is refused. This alone knows status codes; how a
//! refusal is written is not decided here.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::layers::problem_kind::summary;
use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::domain::time::period::PeriodDates;
use crate::service::answers::about::problem::ProblemMembers;
use crate::service::answers::writing::RejectedFeature;
use crate::service::error::ServiceError;
pub(crate) use crate::service::error::quoted;
use crate::texts::text;

/// How long a client is asked to wait while there is too much to do: about as long as a queue lasts.
const PAUSE_WHEN_BUSY: Duration = Duration::from_secs(5);
/// How long a client is asked to wait while data are loaded.
const PAUSE_WHILE_LOADING: Duration = Duration::from_secs(1);

/// Why a request gets no answer.
#[derive(Debug, Clone)]
pub(crate) enum ApiError {
    /// The service has no answer to what is asked.
    Service(ServiceError),
    /// A token that is malformed, unknown or used outside its scope.
    InvalidToken,
    /// A token that was good and no longer is.
    TokenExpired,
    /// A token that will be good later.
    TokenNotYetValid,
    /// A token of the provider of sign-ins that opens no role here.
    NoRole,
    /// A token of the provider of sign-ins, whose keys could not be fetched yet.
    ProviderAway,
    /// The address does not take the method.
    MethodNotAllowed,
    /// No offered media type is accepted.
    NotAcceptable { offered: Vec<&'static str> },
    /// What another server could answer, but not this one as it is.
    NotOffered { what: Names },
    /// The server is about to stop.
    Stopping,
    /// The address of the client has sent too many requests.
    TooManyRequests { wait: Duration },
    /// The body of the request is too large.
    TooLarge,
    /// Path and query exceed what the server reads.
    AddressTooLong {
        /// How many bytes it may have.
        most: usize,
    },
    /// The body of the request is of another type than the one that is read.
    UnsupportedMedia { what: Names },
    /// A change that has to name what it changes does not.
    PreconditionRequired { what: Names },
}

impl ApiError {
    /// A parameter with a value that cannot be used.
    pub(crate) fn invalid(name: &'static str, value: &str, expected: Names) -> Self {
        ServiceError::invalid(name, value, expected).into()
    }

    /// A parameter whose value is none of the known ones.
    pub(crate) fn none_of(name: &'static str, value: &str, known: Vec<String>) -> Self {
        ServiceError::none_of(name, value, known).into()
    }

    /// Parameters that exclude or need one another.
    pub(crate) fn conflicting(what: Names) -> Self {
        ServiceError::ConflictingParameters { what }.into()
    }

    /// Something that does not exist.
    pub(crate) fn absent(what: Names) -> Self {
        ServiceError::absent(what).into()
    }

    /// An internal fault, logged with its cause.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Self {
        ServiceError::internal(cause).into()
    }

    /// The status code.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Service(error) => service_status(error),
            Self::InvalidToken | Self::TokenExpired | Self::TokenNotYetValid => StatusCode::UNAUTHORIZED,
            Self::NoRole => StatusCode::FORBIDDEN,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable { .. } => StatusCode::NOT_ACCEPTABLE,
            Self::NotOffered { .. } => StatusCode::NOT_IMPLEMENTED,
            Self::Stopping | Self::ProviderAway => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::AddressTooLong { .. } => StatusCode::URI_TOO_LONG,
            Self::UnsupportedMedia { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::PreconditionRequired { .. } => StatusCode::PRECONDITION_REQUIRED,
        }
    }

    /// The kind, the last part of the problem's type.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Service(error) => service_kind(error),
            Self::InvalidToken => "invalid-token",
            Self::TokenExpired => "token-expired",
            Self::TokenNotYetValid => "token-not-yet-valid",
            Self::NoRole => "no-role",
            Self::ProviderAway => "provider-away",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::NotAcceptable { .. } => "not-acceptable",
            Self::NotOffered { .. } => "not-offered",
            Self::Stopping => "not-ready",
            Self::TooManyRequests { .. } => "too-many-requests",
            Self::TooLarge => "too-large",
            Self::AddressTooLong { .. } => "address-too-long",
            Self::UnsupportedMedia { .. } => "unsupported-media",
            Self::PreconditionRequired { .. } => "precondition-required",
        }
    }

    /// How long to wait before the request is sent again; none where it would be refused again.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooManyRequests { wait } => Some(*wait),
            Self::ProviderAway | Self::Service(ServiceError::Busy | ServiceError::NotAccounted) => {
                Some(PAUSE_WHEN_BUSY)
            }
            Self::Service(ServiceError::NotReady) => Some(PAUSE_WHILE_LOADING),
            _ => None,
        }
    }

    /// What is wrong with this request.
    pub(crate) fn detail(&self) -> Names {
        match self {
            Self::Service(ServiceError::RoleTooLow { needed, role: Role::Public }) => {
                text!("problem-token-needed-role", role = needed.as_str())
            }
            Self::Service(error) => error.detail(),
            Self::NotOffered { what } | Self::UnsupportedMedia { what } | Self::PreconditionRequired { what } => {
                what.clone()
            }
            Self::Stopping => text!("problem-stopping"),
            Self::AddressTooLong { most } => text!("problem-address-too-long-limit", most = most.to_string()),
            Self::InvalidToken => text!("problem-invalid-token-remedy"),
            Self::NotAcceptable { offered } => text!("problem-not-acceptable-offer", offered = offered.join(", ")),
            Self::MethodNotAllowed
            | Self::TokenExpired
            | Self::TokenNotYetValid
            | Self::NoRole
            | Self::ProviderAway
            | Self::TooManyRequests { .. }
            | Self::TooLarge => summary(self.kind()),
        }
    }

    /// The members of the problem that a program can use.
    pub(crate) fn members(&self) -> ProblemMembers {
        match self {
            Self::Service(error) => service_members(error),
            Self::NotAcceptable { offered } => {
                ProblemMembers { offered: Some(offered.clone()), ..ProblemMembers::default() }
            }
            _ => ProblemMembers::default(),
        }
    }
}

fn service_status(error: &ServiceError) -> StatusCode {
    match error {
        ServiceError::UnknownParameter { .. }
        | ServiceError::RepeatedParameter { .. }
        | ServiceError::InvalidParameter { .. }
        | ServiceError::ConflictingParameters { .. }
        | ServiceError::BadBody { .. }
        | ServiceError::InvalidField { .. }
        | ServiceError::BadTileAddress { .. } => StatusCode::BAD_REQUEST,
        ServiceError::RoleTooLow { role: Role::Public, .. } | ServiceError::Unsigned { .. } => StatusCode::UNAUTHORIZED,
        ServiceError::Conflict { .. } => StatusCode::CONFLICT,
        ServiceError::Outdated { .. } | ServiceError::OtherVersion { .. } => StatusCode::PRECONDITION_FAILED,
        ServiceError::RejectedFeatures { .. } | ServiceError::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        ServiceError::NotReleased { .. }
        | ServiceError::NoRelease
        | ServiceError::SchemeNotReleased { .. }
        | ServiceError::RoleTooLow { .. } => StatusCode::FORBIDDEN,
        ServiceError::NotFound { .. } | ServiceError::NotCovered { .. } => StatusCode::NOT_FOUND,
        ServiceError::NotReady
        | ServiceError::EmptyStore
        | ServiceError::StoreFault { .. }
        | ServiceError::NotAccounted
        | ServiceError::NotWritable
        | ServiceError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        ServiceError::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn service_kind(error: &ServiceError) -> &'static str {
    match error {
        ServiceError::UnknownParameter { .. } => "unknown-parameter",
        ServiceError::RepeatedParameter { .. } => "repeated-parameter",
        ServiceError::InvalidParameter { .. } => "invalid-parameter",
        ServiceError::ConflictingParameters { .. } => "conflicting-parameters",
        ServiceError::BadTileAddress { .. } => "bad-tile-address",
        ServiceError::BadBody { .. } => "bad-request",
        ServiceError::InvalidField { .. } => "invalid-field",
        ServiceError::Unsigned { .. } => "invalid-signature",
        ServiceError::Conflict { .. } => "conflict",
        ServiceError::Outdated { .. } | ServiceError::OtherVersion { .. } => "outdated",
        ServiceError::NotReleased { .. } | ServiceError::NoRelease | ServiceError::SchemeNotReleased { .. } => {
            "not-released"
        }
        ServiceError::RoleTooLow { role: Role::Public, .. } => "token-needed",
        ServiceError::RoleTooLow { .. } => "role-too-low",
        ServiceError::NotFound { .. } => "not-found",
        ServiceError::NotCovered { .. } => "not-covered",
        ServiceError::NotReady | ServiceError::EmptyStore | ServiceError::StoreFault { .. } => "not-ready",
        ServiceError::NotAccounted => "not-accounted",
        ServiceError::RejectedFeatures { .. } => "rejected-features",
        ServiceError::KeyReused => "key-reused",
        ServiceError::NotWritable => "not-writable",
        ServiceError::Busy => "busy",
        ServiceError::Internal => "internal",
    }
}

fn service_members(error: &ServiceError) -> ProblemMembers {
    let none = ProblemMembers::default();
    match error {
        ServiceError::UnknownParameter { name, allowed } => {
            ProblemMembers { parameter: Some(name.clone()), allowed: Some(allowed.clone()), ..none }
        }
        ServiceError::InvalidField { field, .. } => ProblemMembers { field: Some(field.clone()), ..none },
        ServiceError::RepeatedParameter { name } => ProblemMembers { parameter: Some(name.clone()), ..none },
        ServiceError::InvalidParameter { name, known, .. } => {
            ProblemMembers { parameter: Some((*name).to_owned()), known: known.clone(), ..none }
        }
        ServiceError::NotReleased { released } | ServiceError::SchemeNotReleased { released } => {
            ProblemMembers { released: Some(released.clone()), ..none }
        }
        ServiceError::NoRelease => ProblemMembers { released: Some(Vec::new()), ..none },
        ServiceError::RoleTooLow { needed, role: Role::Public } => ProblemMembers { needed: Some(*needed), ..none },
        ServiceError::RoleTooLow { needed, role } => {
            ProblemMembers { needed: Some(*needed), role: Some(*role), ..none }
        }
        ServiceError::RejectedFeatures { rejects, .. } => {
            ProblemMembers { rejected: Some(rejects.iter().map(RejectedFeature::of).collect()), ..none }
        }
        ServiceError::OtherVersion { version } => ProblemMembers { version: Some(version.clone()), ..none },
        ServiceError::NotFound { known, .. } => ProblemMembers { known: known.clone(), ..none },
        ServiceError::NotCovered { covered, .. } => {
            let covered = covered.iter().copied().map(PeriodDates::from).collect();
            ProblemMembers { covered: Some(covered), ..none }
        }
        _ => none,
    }
}

impl From<ServiceError> for ApiError {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
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
