//! Answers that are a document or a table: JSON, CSV or XLSX, in the language asked for.
//!
//! In: the parameters `f` and `lang`, the `Accept` and `Accept-Language` headers. Out: an answer with its type, its
//! entity tag and, for a table, a name to save it by. What a table says is not decided here.

use axum::response::Response;
use serde_json::Value as Json;

use super::answer::{CSV, Freshness, Head, JSON, Wording, XLSX, bytes};
use super::ask::Ask;
use super::error::ApiError;
use super::negotiation::media;
use super::query::Query;
use super::state::Served;
use crate::domain::text::Language;
use crate::export::{self, Workbook};

/// The parameters that choose how an answer is written.
pub(super) const FORM: [&str; 2] = ["f", "lang"];

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Csv,
    Xlsx,
}

/// What an answer says, before it is written.
#[derive(Debug)]
pub(super) enum Content {
    Document(Json),
    Table(Box<Workbook>),
}

impl Content {
    /// A table.
    pub(super) fn table(workbook: Workbook) -> Self {
        Self::Table(Box::new(workbook))
    }
}

impl Form {
    const ALL: [Self; 3] = [Self::Json, Self::Csv, Self::Xlsx];

    /// The parameter `f` before the `Accept` header.
    pub(super) fn asked(ask: &Ask, query: &Query) -> Result<Self, ApiError> {
        if let Some(text) = query.value("f") {
            let named = Self::ALL.into_iter().find(|form| form.extension() == text);
            let known = || Self::ALL.iter().map(|form| form.extension().to_owned()).collect();
            return named.ok_or_else(|| ApiError::none_of("f", text, known()));
        }
        let offered = Self::ALL.map(Self::family);
        let accepted = media(&ask.headers, &offered);
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
    fn wording(self) -> Wording {
        if self == Self::Xlsx { Wording::Spoken } else { Wording::Neutral }
    }
}

/// The language of the parameter `lang` before that of the header.
pub(super) fn language(ask: &Ask, query: &Query) -> Result<Language, ApiError> {
    match query.value("lang") {
        None => Ok(ask.language),
        Some("vi") => Ok(Language::Vietnamese),
        Some("en") => Ok(Language::English),
        Some(other) => Err(ApiError::none_of("lang", other, vec!["vi".into(), "en".into()])),
    }
}

/// What decides an answer beside the snapshot and the role.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) form: Form,
    pub(super) language: Language,
    /// The canonical text of everything that was asked, without form and language.
    pub(super) key: String,
    /// The parts of the name to save a table by.
    pub(super) name: Vec<String>,
}

impl Written {
    /// The form and language of a query.
    pub(super) fn asked(ask: &Ask, query: &Query, key: String, name: Vec<String>) -> Result<Self, ApiError> {
        Ok(Self { form: Form::asked(ask, query)?, language: language(ask, query)?, key, name })
    }

    /// The name to save a table by: letters, digits, points, and dashes for all else.
    fn file_name(&self) -> String {
        let plain = |sign: char| if sign.is_ascii_alphanumeric() || sign == '.' { sign } else { '-' };
        let parts: Vec<String> = self.name.iter().map(|part| part.chars().map(plain).collect()).collect();
        format!("binhyen-{}.{}", parts.join("-"), self.form.extension())
    }

    fn head(&self, ask: &Ask, served: &Served) -> Head {
        let key = format!("{}&f={}", self.key, self.form.extension());
        let spoken = Head::spoken(ask, served, &key, Freshness::Revalidate, (self.form.wording(), self.language));
        let head = spoken.varying_by_media();
        match self.form {
            Form::Json => head,
            Form::Csv => head.saved_as(self.file_name()),
            Form::Xlsx => head.saved_as(self.file_name()).uncompressed(),
        }
    }
}

/// Answers in the form that was asked for, unless the client has the answer already.
pub(super) async fn written(
    ask: &Ask,
    served: &Served,
    asked: Written,
    work: impl FnOnce(Form) -> Result<Content, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let head = asked.head(ask, served);
    let (form, language) = (asked.form, asked.language);
    bytes(ask, head, form.media(), move || written_out(work(form)?, form, language)).await
}

fn written_out(content: Content, form: Form, language: Language) -> Result<Vec<u8>, ApiError> {
    match content {
        Content::Document(document) => Ok(document.to_string().into_bytes()),
        Content::Table(table) if form == Form::Csv => export::csv(&table).map_err(|error| ApiError::internal(&error)),
        Content::Table(table) => export::xlsx(&table, language).map_err(|error| ApiError::internal(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_of_a_file_is_plain_ascii() {
        let name = vec!["ratings".to_owned(), "3N-2025".to_owned(), "kỳ \"lạ\"/x".to_owned()];
        let asked = Written { form: Form::Xlsx, language: Language::Vietnamese, key: String::new(), name };
        assert_eq!(asked.file_name(), "binhyen-ratings-3N-2025-k---l---x.xlsx");
    }
}
