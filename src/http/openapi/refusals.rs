//! Answers that many routes share: refusals as problems (RFC 9457), and those without a body.

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::ComponentsBuilder;
use utoipa::openapi::{Content, Ref, RefOr};
use utoipa::{PartialSchema as _, ToSchema as _};

use super::schemas::text;
use crate::service::answers::about::problem::ProblemAnswer;

/// The header that names a version of an answer.
pub(super) const ENTITY_TAG: &str = "EntityTag";
/// What `HEAD` answers.
pub(super) const NO_BODY: &str = "NoBody";
const PROBLEM_JSON: &str = "application/problem+json";

/// Each refusal with its name and what it means.
const REFUSALS: [(u16, &str, &str); 15] = [
    (400, "BadRequest", "A parameter, or a member of the body, is unknown, given twice or cannot be used."),
    (401, "TokenNeeded", "The token is malformed, unknown or not valid here, or there is none where one is needed."),
    (403, "NotReleased", "The public asks for what is not released, or the role of the token is too low."),
    (404, "NotFound", "There is nothing of that name; `known` may list what there is."),
    (406, "NotAcceptable", "None of the media types offered is accepted."),
    (409, "Conflict", "Somebody else was first."),
    (412, "Outdated", "What is to be changed is no longer what `If-Match` names."),
    (413, "TooLarge", "The body of the request is over the limit."),
    (414, "AddressTooLong", "The address is over the limit."),
    (415, "UnsupportedMedia", "The body is of another media type than the one that is read."),
    (428, "PreconditionRequired", "A change has to name what it changes in `If-Match`."),
    (429, "TooManyRequests", "The address sends more requests than it may: wait as long as `Retry-After` says."),
    (500, "Internal", "The server failed; the cause is in its log."),
    (501, "NotOffered", "This server, as it is configured, does not offer what was requested."),
    (503, "NotReady", "Data are being loaded, or the server has too much to do: try again in a moment."),
];

/// The reference to the refusal of a status.
pub(super) fn refusal(status: u16) -> RefOr<Response> {
    let name = REFUSALS.iter().find(|(known, ..)| *known == status).map_or("Internal", |(_, name, _)| name);
    RefOr::Ref(Ref::from_response_name(name))
}

/// Adds the shared answers and what they refer to.
pub(super) fn added_to(components: ComponentsBuilder) -> ComponentsBuilder {
    let mut schemas = vec![(ProblemAnswer::name().into_owned(), ProblemAnswer::schema())];
    ProblemAnswer::schemas(&mut schemas);
    let problem = |meaning: &str| {
        let content = Content::new(Some(Ref::from_schema_name(ProblemAnswer::name())));
        ResponseBuilder::new().description(meaning).content(PROBLEM_JSON, content).build()
    };
    let tag =
        HeaderBuilder::new().schema(Some(text())).description(Some("The strong entity tag of the answer (RFC 9110)."));
    let refused = REFUSALS.iter().map(|(_, name, meaning)| (*name, problem(meaning)));
    let bare = |meaning: &str| Response::new(meaning);
    components
        .schemas_from_iter(schemas)
        .header(ENTITY_TAG, tag.build())
        .responses_from_iter(refused)
        .response("NotModified", bare("The client has the answer already."))
        .response("NothingInTile", bare("The address is right and nothing lies in the tile."))
        .response(NO_BODY, bare("The head of what `GET` answers, without its body."))
}
