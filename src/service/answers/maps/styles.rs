//! The list of styles and what each of them is, by OGC API – Styles.

use serde::Serialize;
use utoipa::ToSchema;

use super::link::TypedLink;

/// The media type of GL styles.
pub(crate) const GL_STYLE: &str = "application/vnd.mapbox.style+json";
/// The media type of layer properties of QGIS.
const XML: &str = "text/xml";
/// The style that is meant where none is named.
const DEFAULT: &str = "light";

/// The styles there are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StylesAnswer {
    /// Whether the served data is the invented sample.
    sample: bool,
    /// The id of the style that is meant where none is named.
    default: &'static str,
    /// The styles.
    styles: Vec<StyleEntry>,
    /// This list.
    links: Vec<TypedLink>,
}

impl StylesAnswer {
    /// The list of styles; `address` completes a route to an address.
    pub(crate) fn of(is_sample: bool, styles: Vec<StyleEntry>, address: impl Fn(&str) -> String) -> Self {
        let links = TypedLink::here(address("/styles"));
        Self { sample: is_sample, default: DEFAULT, styles, links }
    }
}

/// One MapLibre style.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StyleEntry {
    /// The id.
    id: String,
    /// The name that the style gives itself.
    #[schema(required)]
    name: Option<String>,
    /// The same name, as OGC API – Styles calls it.
    #[schema(required)]
    title: Option<String>,
    /// The address of the style.
    url: String,
    /// The style in its forms, and what it is.
    links: Vec<TypedLink>,
}

impl StyleEntry {
    /// A style with its name.
    pub(crate) fn of(name: Option<String>, id: String, address: impl Fn(&str) -> String) -> Self {
        let url = address(&format!("/styles/{id}"));
        let mut links = stylesheets(&id, &address);
        links.push(TypedLink::json("describedby", address(&format!("/styles/{id}/metadata"))));
        Self { title: name.clone(), name, id, url, links }
    }
}

/// What a style is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct StyleMetadata {
    /// The id.
    id: String,
    /// The name that the style gives itself.
    #[schema(required)]
    title: Option<String>,
    /// What it is of.
    scope: StyleScope,
    /// The themes that the parameter `layer` chooses from.
    themes: Vec<String>,
    /// The style in its forms.
    stylesheets: Vec<Stylesheet>,
    /// This document.
    links: Vec<TypedLink>,
}

/// What a style is of.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StyleScope {
    /// A whole map.
    Style,
}

/// One form of a style.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Stylesheet {
    /// What it is called.
    title: &'static str,
    /// The version of its format.
    version: &'static str,
    /// The address of the specification.
    specification: &'static str,
    /// Whether it is the form in which the style was made.
    native: bool,
    /// Its address.
    link: TypedLink,
}

impl StyleMetadata {
    /// What the style of an id is.
    pub(crate) fn of(title: Option<String>, id: &str, themes: Vec<String>, address: impl Fn(&str) -> String) -> Self {
        let specifications = [
            ("MapLibre", "8", "https://maplibre.org/maplibre-style-spec/"),
            ("QGIS", "3", "https://docs.qgis.org/latest/en/docs/user_manual/appendices/qgis_file_formats.html"),
        ];
        let forms = specifications.into_iter().zip(stylesheets(id, &address));
        let stylesheet = |((title, version, specification), link)| Stylesheet {
            title,
            version,
            specification,
            native: title == "MapLibre",
            link,
        };
        Self {
            id: id.to_owned(),
            title,
            scope: StyleScope::Style,
            themes,
            stylesheets: forms.map(stylesheet).collect(),
            links: TypedLink::here(address(&format!("/styles/{id}/metadata"))),
        }
    }
}

/// The forms of a style: for GL clients, and for QGIS.
fn stylesheets(id: &str, address: impl Fn(&str) -> String) -> Vec<TypedLink> {
    vec![
        TypedLink::typed("stylesheet", GL_STYLE, address(&format!("/styles/{id}"))).titled("MapLibre"),
        TypedLink::typed("stylesheet", XML, address(&format!("/styles/{id}.qml"))).titled("QGIS"),
    ]
}
