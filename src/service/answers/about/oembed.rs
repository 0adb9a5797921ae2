//! How a page of this server is put into an article.
//!
//! # Reference
//! oEmbed 1.0, <https://oembed.com>.

use serde::Serialize;
use utoipa::ToSchema;

/// The frame for an address of this server, by oEmbed 1.0.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OembedAnswer {
    /// The version of oEmbed.
    pub(crate) version: &'static str,
    /// What is embedded: HTML.
    #[serde(rename = "type")]
    pub(crate) resource_type: OembedType,
    /// The name of this site.
    pub(crate) provider_name: &'static str,
    /// The address of this site.
    pub(crate) provider_url: String,
    /// The title of the view.
    pub(crate) title: String,
    /// The frame.
    pub(crate) html: String,
    /// Width of the frame in CSS pixels.
    pub(crate) width: u32,
    /// Height of the frame in CSS pixels.
    pub(crate) height: u32,
    /// The address of an image of the view.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) thumbnail_url: Option<String>,
    /// Width of that image in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) thumbnail_width: Option<u32>,
    /// Height of that image in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(crate) thumbnail_height: Option<u32>,
    /// Seconds for which the answer may be kept.
    pub(crate) cache_age: u32,
}

/// The type of an oEmbed resource.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OembedType {
    Rich,
}
