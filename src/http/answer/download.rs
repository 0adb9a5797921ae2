//! Answers that are a document or a table: JSON, CSV or XLSX, in the language requested.
//!
//! In: the parameters `f` and `lang`, the `Accept` and `Accept-Language` headers. Out: an answer with its type, its
//! entity tag and, for a table, a name to save it by. What a table says is not decided here.

use axum::response::Response;
use serde::Serialize;

use super::{CSV, Freshness, Head, JSON, XLSX, bytes, json_bytes};
use crate::domain::text::Language;
use crate::export::{self, Workbook};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::http::extract::negotiation::media;
use crate::service::error::ServiceError;
use crate::service::heavy_work::WorkCost;
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;

/// What writing a workbook costs: cells with formats, packed.
const WORKBOOK: WorkCost = WorkCost::Units(1);

/// The parameters that choose how an answer is written.
pub(in crate::http) const FORM: [&str; 2] = ["f", "lang"];

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum DownloadFormat {
    Json,
    Csv,
    Xlsx,
}

/// What an answer says: JSON as it is sent, or a table before it is written.
#[derive(Debug)]
pub(in crate::http) enum Content {
    Document(Vec<u8>),
    Table(Box<Workbook>),
}

impl Content {
    /// A JSON document.
    pub(in crate::http) fn document(answer: &impl Serialize) -> Result<Self, ServiceError> {
        json_bytes(answer).map(Self::Document)
    }

    /// A workbook, to be sent as CSV or XLSX.
    pub(in crate::http) fn table(workbook: Workbook) -> Self {
        Self::Table(Box::new(workbook))
    }
}

impl DownloadFormat {
    const ALL: [Self; 3] = [Self::Json, Self::Csv, Self::Xlsx];

    /// The parameter `f` before the `Accept` header.
    pub(in crate::http) fn requested(api_request: &ApiRequest, query: &Query) -> Result<Self, ApiError> {
        if let Some(text) = query.value("f") {
            let named = Self::ALL.into_iter().find(|form| form.extension() == text);
            let known = || Self::ALL.iter().map(|form| form.extension().to_owned()).collect();
            return named.ok_or_else(|| ApiError::none_of("f", text, known()));
        }
        let offered = Self::ALL.map(Self::family);
        let accepted = media(&api_request.headers, &offered);
        let named = Self::ALL.into_iter().find(|form| Some(form.family()) == accepted);
        named.ok_or_else(|| ApiError::NotAcceptable { offered: offered.to_vec() })
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The media type without parameters.
    fn family(self) -> &'static str {
        self.media().split(';').next().unwrap_or_default()
    }

    fn media(self) -> &'static str {
        match self {
            Self::Json => JSON,
            Self::Csv => CSV,
            Self::Xlsx => XLSX,
        }
    }

    /// Only a workbook speaks the language of the reader: documents and rows hold both, or codes.
    fn is_in_one_language(self) -> bool {
        self == Self::Xlsx
    }
}

/// The language of the parameter `lang` before that of the header.
pub(in crate::http) fn language(query: &Query, of_client: Language) -> Result<Language, ApiError> {
    match query.value("lang") {
        None => Ok(of_client),
        Some("vi") => Ok(Language::Vietnamese),
        Some("en") => Ok(Language::English),
        Some(other) => Err(ApiError::none_of("lang", other, vec!["vi".into(), "en".into()])),
    }
}

/// The name to save a file by: letters, digits, points, and dashes for all else.
pub(in crate::http) fn file_name(parts: &[impl AsRef<str>], ending: &str) -> String {
    let plain = |sign: char| if sign.is_ascii_alphanumeric() || sign == '.' { sign } else { '-' };
    let parts: Vec<String> = parts.iter().map(|part| part.as_ref().chars().map(plain).collect()).collect();
    format!("binhyen-{}.{ending}", parts.join("-"))
}

/// What decides an answer beside the snapshot and the role.
#[derive(Debug)]
pub(in crate::http) struct TableDownload {
    pub(in crate::http) form: DownloadFormat,
    pub(in crate::http) language: Language,
    /// The canonical text of the whole request, without form and language.
    pub(in crate::http) key: String,
    /// The parts of the name to save a table by.
    pub(in crate::http) name: Vec<String>,
    /// What working the answer out costs, however it is written.
    pub(in crate::http) cost: WorkCost,
}

impl TableDownload {
    /// The form and language of a query.
    pub(in crate::http) fn requested(
        api_request: &ApiRequest,
        query: &Query,
        key: String,
        name: Vec<String>,
    ) -> Result<Self, ApiError> {
        Ok(Self {
            form: DownloadFormat::requested(api_request, query)?,
            language: language(query, api_request.language)?,
            key,
            name,
            cost: WorkCost::Plain,
        })
    }

    /// The same where working the answer out costs more than a document.
    pub(in crate::http) fn at_cost(self, cost: WorkCost) -> Self {
        Self { cost, ..self }
    }

    /// The name to save a table by.
    fn file_name(&self) -> String {
        file_name(&self.name, self.form.extension())
    }

    fn head(&self, api_request: &ApiRequest, served: &ServedSnapshot) -> Head {
        let key = format!("{}&f={}", self.key, self.form.extension());
        let language = self.form.is_in_one_language().then_some(self.language);
        let head_in_language = Head::in_language(api_request, served, &key, Freshness::Revalidate, language);
        let head = head_in_language.varying_by_media().at_cost(self.cost);
        match self.form {
            DownloadFormat::Json => head,
            DownloadFormat::Csv => head.saved_as(self.file_name()),
            DownloadFormat::Xlsx => head.saved_as(self.file_name()).uncompressed().at_cost(self.cost.with(WORKBOOK)),
        }
    }
}

/// Answers in the form that was requested, unless the client has the answer already.
pub(in crate::http) async fn written(
    api_request: &ApiRequest,
    served: &ServedSnapshot,
    requested: TableDownload,
    work: impl FnOnce(DownloadFormat) -> Result<Content, ServiceError> + Send + 'static,
) -> Result<Response, ApiError> {
    let head = requested.head(api_request, served);
    let (form, language) = (requested.form, requested.language);
    bytes(api_request, head, form.media(), move || encoded_body(work(form)?, form, language)).await
}

fn encoded_body(content: Content, form: DownloadFormat, language: Language) -> Result<Vec<u8>, ServiceError> {
    match content {
        Content::Document(document) => Ok(document),
        Content::Table(table) if form == DownloadFormat::Csv => {
            export::csv(&table).map_err(|error| ServiceError::internal(&error))
        }
        Content::Table(table) => export::xlsx(&table, language).map_err(|error| ServiceError::internal(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_of_a_file_is_plain_ascii() {
        let name = vec!["ratings".to_owned(), "3N-2025".to_owned(), "kỳ \"lạ\"/x".to_owned()];
        let requested = TableDownload {
            form: DownloadFormat::Xlsx,
            language: Language::Vietnamese,
            key: String::new(),
            name,
            cost: WorkCost::Plain,
        };
        assert_eq!(requested.file_name(), "binhyen-ratings-3N-2025-k---l---x.xlsx");
    }
}
