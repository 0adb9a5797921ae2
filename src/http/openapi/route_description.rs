//! How one route is described, and how its description becomes operations of the document.
//!
//! A route that is read answers `GET`, and `HEAD` with the same head and no body; one that takes something in is described
//! for itself, under the same path where that is read too. What all routes share (refusals by size and
//! load, entity tags, tokens) is added here, so that a description names only what is its own.

use utoipa::ToSchema;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, PathItem, PathItemBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder, Responses, ResponsesBuilder};
use utoipa::openapi::schema::{AnyOfBuilder, Schema};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{Content, Ref, RefOr, Required};

use super::parameters::{FILTER, reference};
use super::refusals::{ENTITY_TAG, NO_BODY, refusal};
use super::schemas::{described_object, text};
use crate::http::answer::{CSV, JSON, MVT, XLSX};

/// The name of the security scheme.
pub(super) const BEARER: &str = "bearer";

/// The media type of the document, by the convention of OGC API – Common.
pub(in crate::http) const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.1";

/// The media type of the document in the older version.
pub(in crate::http) const OPENAPI_3_0: &str = "application/vnd.oai.openapi+json;version=3.0";

/// A schema with the name under which others refer to it.
pub(super) type NamedSchema = (String, RefOr<Schema>);

/// Who may send the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TokenUse {
    /// Anybody; a token shows more.
    Optional,
    /// Planners and above.
    Required,
    /// No token is read.
    Ignored,
}

/// Whether the answer carries an entity tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caching {
    ByEntityTag,
    Never,
}

/// A route as the document describes it.
pub(super) struct RouteDescription {
    pub(super) path: &'static str,
    id: &'static str,
    tag: &'static str,
    summary: &'static str,
    description: Option<&'static str>,
    parameters: Vec<&'static str>,
    contents: Vec<(&'static str, Content)>,
    statuses: Vec<u16>,
    token_use: TokenUse,
    caching: Caching,
    method: HttpMethod,
    /// The parameters that belong to the operation and not to its path.
    own_parameters: Vec<&'static str>,
    /// What is sent.
    body: Option<Content>,
    /// The status of success.
    success: u16,
    /// The schemas that the answers refer to.
    pub(super) schemas: Vec<NamedSchema>,
}

impl RouteDescription {
    /// A route with what every route has.
    pub(super) fn new(path: &'static str, id: &'static str, tag: &'static str, summary: &'static str) -> Self {
        Self {
            path,
            id,
            tag,
            summary,
            description: None,
            parameters: Vec::new(),
            contents: Vec::new(),
            statuses: vec![400, 413, 414, 429, 500, 503],
            token_use: TokenUse::Optional,
            caching: Caching::ByEntityTag,
            method: HttpMethod::Get,
            own_parameters: Vec::new(),
            body: None,
            success: 200,
            schemas: Vec::new(),
        }
    }

    /// A route that takes something in, and is never kept.
    pub(super) fn taking(self, method: HttpMethod) -> Self {
        Self { method, ..self }.uncached()
    }

    /// Takes parameters that other operations of the path do not have.
    pub(super) fn with_own(mut self, keys: &[&'static str]) -> Self {
        self.own_parameters.extend_from_slice(keys);
        self
    }

    /// Takes a JSON document whose type describes it.
    pub(super) fn sent<T: ToSchema>(mut self) -> Self {
        self.schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(&mut self.schemas);
        Self { body: Some(Content::new(Some(Ref::from_schema_name(T::name())))), ..self }
    }

    /// Takes an object of which the meaning is said.
    pub(super) fn sent_object(self, description: &str) -> Self {
        Self { body: Some(Content::new(Some(described_object(description)))), ..self }
    }

    /// Says by 201 that something new is there; 200 that it was there already.
    pub(super) fn creating(self) -> Self {
        Self { success: 201, ..self }
    }

    /// More than the summary says.
    pub(super) fn described(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    /// Takes the filter and the edition.
    pub(super) fn filtered(self) -> Self {
        self.filtered_on_edition().with(&["edition"])
    }

    /// Takes the filter; the path names the edition.
    pub(super) fn filtered_on_edition(self) -> Self {
        self.with(&FILTER).refused(&[403, 404])
    }

    /// Takes parameters, by their keys.
    pub(super) fn with(mut self, keys: &[&'static str]) -> Self {
        self.parameters.extend_from_slice(keys);
        self
    }

    /// Is refused with these statuses too.
    pub(super) fn refused(mut self, statuses: &[u16]) -> Self {
        self.statuses.extend_from_slice(statuses);
        self
    }

    /// Needs a token.
    pub(super) fn for_planners(self) -> Self {
        Self { token_use: TokenUse::Required, ..self }
    }

    /// Needs the token of an operator.
    pub(super) fn for_operators(self) -> Self {
        Self { token_use: TokenUse::Required, ..self }
    }

    /// Reads no token.
    pub(super) fn public(self) -> Self {
        Self { token_use: TokenUse::Ignored, ..self }
    }

    /// Is never kept by a client.
    pub(super) fn uncached(self) -> Self {
        Self { caching: Caching::Never, ..self }
    }

    /// Answers with a document whose type describes it.
    pub(super) fn typed<T: ToSchema>(mut self, media: &'static str) -> Self {
        self.schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(&mut self.schemas);
        self.contents.push((media, Content::new(Some(Ref::from_schema_name(T::name())))));
        self
    }

    /// Answers with the same media type by another document, for another role or question.
    pub(super) fn or_typed<T: ToSchema>(self) -> Self {
        let mut described = self.typed::<T>("");
        let other = described.contents.pop().and_then(|(_, content)| content.schema);
        if let Some((_, content)) = described.contents.last_mut() {
            content.schema = Some(either(content.schema.take(), other));
        }
        described
    }

    /// Answers with an object of which the meaning is said.
    pub(super) fn object(mut self, media: &'static str, description: &str) -> Self {
        self.contents.push((media, Content::new(Some(described_object(description)))));
        self
    }

    /// Answers with text.
    pub(super) fn text(mut self, media: &'static str) -> Self {
        self.contents.push((media, Content::new(Some(text()))));
        self
    }

    /// Answers with bytes.
    pub(super) fn bytes(mut self, media: &'static str) -> Self {
        self.contents.push((media, Content::new(None::<Schema>)));
        self
    }

    /// Answers with CSV or a workbook too, where they are asked for.
    pub(super) fn table(self) -> Self {
        self.with(&["f", "lang"]).refused(&[406]).text(CSV).bytes(XLSX)
    }

    /// The path with its operations.
    pub(super) fn path_item(&self) -> PathItem {
        let mut keys = self.parameters.clone();
        if self.caching == Caching::ByEntityTag {
            keys.push("ifNoneMatch");
        }
        keys.push("acceptLanguage");
        let operation = self.operation(self.id.to_owned(), self.responses());
        let item = PathItemBuilder::new()
            .parameter_refs(Some(keys.into_iter().map(reference)))
            .operation(self.method.clone(), operation);
        if self.method == HttpMethod::Get {
            return item.operation(HttpMethod::Head, self.operation(format!("{}Head", self.id), self.heads())).build();
        }
        item.build()
    }

    fn operation(&self, id: String, responses: Responses) -> Operation {
        let body = self
            .body
            .clone()
            .map(|content| RequestBodyBuilder::new().content(JSON, content).required(Some(Required::True)).build());
        let own = self.own_parameters.iter().map(|key| reference(key));
        own.fold(OperationBuilder::new(), OperationBuilder::parameter_ref)
            .request_body(body)
            .operation_id(Some(id))
            .tag(self.tag)
            .summary(Some(self.summary))
            .description(self.description)
            .securities(Some(self.securities()))
            .responses(responses)
            .build()
    }

    fn securities(&self) -> Vec<SecurityRequirement> {
        let token = || SecurityRequirement::new(BEARER, std::iter::empty::<String>());
        match self.token_use {
            TokenUse::Optional => vec![SecurityRequirement::default(), token()],
            TokenUse::Required => vec![token()],
            TokenUse::Ignored => Vec::new(),
        }
    }

    /// The statuses of refusals, each once.
    fn refusals(&self) -> Vec<u16> {
        let unauthorised = (self.token_use != TokenUse::Ignored).then_some(401);
        let mut statuses: Vec<u16> = self.statuses.iter().copied().chain(unauthorised).collect();
        statuses.sort_unstable();
        statuses.dedup();
        statuses
    }

    fn responses(&self) -> Responses {
        let refusals = self.refusals().into_iter().map(|status| (status.to_string(), refusal(status)));
        let builder = ResponsesBuilder::new().response(self.success.to_string(), self.answer());
        let builder = if self.success == 200 { builder } else { builder.response("200", self.answer()) };
        let builder = builder.responses_from_iter(refusals);
        builder.responses_from_iter(self.others()).build()
    }

    /// What `HEAD` answers: the same statuses without a body.
    fn heads(&self) -> Responses {
        let others = self.others().into_iter().map(|(status, _)| status);
        let statuses = self.refusals().into_iter().map(|status| status.to_string()).chain(others).chain(["200".into()]);
        let nothing = || RefOr::<Response>::Ref(Ref::from_response_name(NO_BODY));
        ResponsesBuilder::new().responses_from_iter(statuses.map(|status| (status, nothing()))).build()
    }

    /// The answers beside 200 that are no refusals.
    fn others(&self) -> Vec<(String, RefOr<Response>)> {
        let known = (self.caching == Caching::ByEntityTag).then(|| ("304".to_owned(), named("NotModified")));
        let empty = self.contents.iter().any(|(media, _)| *media == MVT);
        let empty = empty.then(|| ("204".to_owned(), named("NothingInTile")));
        known.into_iter().chain(empty).collect()
    }

    fn answer(&self) -> Response {
        let mut builder = ResponseBuilder::new().description(self.summary);
        for (media, content) in &self.contents {
            builder = builder.content(media.split(';').next().unwrap_or(media), content.clone());
        }
        if self.caching == Caching::ByEntityTag {
            builder = builder.header_ref("ETag", Ref::new(format!("#/components/headers/{ENTITY_TAG}")));
        }
        builder.build()
    }
}

/// Any of the schemas given.
fn either(one: Option<RefOr<Schema>>, other: Option<RefOr<Schema>>) -> RefOr<Schema> {
    let choice = match one {
        Some(RefOr::T(Schema::AnyOf(choice))) => AnyOfBuilder::from(choice),
        one => one.into_iter().fold(AnyOfBuilder::new(), AnyOfBuilder::item),
    };
    RefOr::T(Schema::AnyOf(other.into_iter().fold(choice, AnyOfBuilder::item).build()))
}

fn named(response: &str) -> RefOr<Response> {
    RefOr::Ref(Ref::from_response_name(response))
}
