//! `/oembed`: how a page of this server is put into an article, for editors that request it.
//!
//! # Reference
//! oEmbed 1.0, <https://oembed.com>.

use axum::response::Response;
use maud::html;

use crate::http::answer::{Freshness, Head, JSON, LanguageVariance, document};
use crate::http::error::{ApiError, quoted};
use crate::http::extract::api_request::PublicRequest;
use crate::http::extract::resolved_view::ResolvedView;
use crate::http::page::map_image_size::MapImageSize;
use crate::http::page::shared_view::SharedView;
use crate::http::site::Site;
use crate::service::answers::about::oembed::{OembedAnswer, OembedType};
use crate::service::query::Query;
use crate::texts::{PRODUCT_NAME, text};

/// The frame of a page that gives no bounds, in CSS pixels.
const USUAL_PX: (u32, u32) = (720, 540);
/// How long an editor may keep the answer.
const CACHE_AGE_S: u32 = 3600;

/// The frame that shows the view of an address of this server.
pub(in crate::http) async fn frame(requested: PublicRequest) -> Result<Response, ApiError> {
    let PublicRequest(api_request) = &requested;
    // Consumers may add names of their own (oEmbed 1.0, 2.2), such as the `dnt` of WordPress.
    let query = Query::of_link(Some(api_request.raw_query()), &["url", "maxwidth", "maxheight", "format"])?;
    format(&query)?;
    let width = side(&query, "maxwidth", USUAL_PX.0)?;
    let height = side(&query, "maxheight", USUAL_PX.1)?;
    let url = query.value("url").filter(|url| !url.is_empty());
    let url = url.ok_or_else(|| ApiError::invalid("url", "", text!("oembed-url")))?;
    api_request.state.note_host(&api_request.headers);
    if !api_request.site.is_absolute() {
        return Err(ApiError::NotOffered { what: text!("oembed-needs-public-url") });
    }
    let view = view_at(&api_request.site, url).ok_or_else(|| elsewhere(url))?;
    let view = ResolvedView::of(&requested, view)?;
    let served = api_request.served()?;
    let key = format!("{}&size={width}x{height}", view.key());
    let thumbnail = MapImageSize::fitting(MapImageSize { width_px: width, height_px: height });
    // A frame smaller than the smallest picture comes without one.
    let is_within = thumbnail.width_px <= width && thumbnail.height_px <= height;
    let head = Head::new(api_request, &served, &key, Freshness::Revalidate, LanguageVariance::Neutral);
    let site = api_request.site.clone();
    document(api_request, head, JSON, move || {
        let title = view.title();
        let source = site.address(&format!("/embed#{}", view.view.fragment()));
        // The attributes that the page writes into its own snippet.
        let frame = html! {
            iframe src=(source) title=(title) width=(width) height=(height) loading="lazy" frameborder="0" allow="fullscreen" {}
        };
        Ok(OembedAnswer {
            version: "1.0",
            resource_type: OembedType::Rich,
            provider_name: PRODUCT_NAME,
            provider_url: site.address("/"),
            title,
            html: frame.into_string(),
            width,
            height,
            thumbnail_url: is_within.then(|| site.address(&view.map_image_route(thumbnail))),
            thumbnail_width: is_within.then_some(thumbnail.width_px),
            thumbnail_height: is_within.then_some(thumbnail.height_px),
            cache_age: CACHE_AGE_S,
        })
    })
    .await
}

/// Refuses every form but JSON.
fn format(query: &Query) -> Result<(), ApiError> {
    match query.value("format") {
        None | Some("json") => Ok(()),
        Some("xml") => Err(ApiError::NotOffered { what: text!("oembed-json-only") }),
        Some(other) => Err(ApiError::none_of("format", other, vec!["json".to_owned()])),
    }
}

/// A side of the frame: the usual one, or less where the bound is less, however small: it is the article's to say.
fn side(query: &Query, name: &'static str, usual: u32) -> Result<u32, ApiError> {
    let Some(text) = query.value(name) else { return Ok(usual) };
    let bound = text.parse::<u32>().ok().filter(|bound| *bound > 0 && text.bytes().all(|byte| byte.is_ascii_digit()));
    let expected = || text!("expected-whole-number-from", least = 1_u32);
    bound.map(|bound| bound.min(usual)).ok_or_else(|| ApiError::invalid(name, text, expected()))
}

/// The view that an address of this server shows; none where it shows no map.
fn view_at(site: &Site, url: &str) -> Option<SharedView> {
    let route = site.route_of(url)?;
    let (route, fragment) = route.split_once('#').map_or((route, None), |(route, fragment)| (route, Some(fragment)));
    let (path, query) = route.split_once('?').map_or((route, ""), |(path, query)| (path, query));
    match path {
        "" | "/" => Some(SharedView::of_fragment(fragment.unwrap_or_default())),
        "/embed" => Some(SharedView::of_fragment(fragment.unwrap_or(query))),
        path => SharedView::of_id(path.strip_prefix("/share/").filter(|id| !id.is_empty())?).ok(),
    }
}

fn elsewhere(url: &str) -> ApiError {
    ApiError::absent(text!("oembed-url-elsewhere", url = quoted(url)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sized(query: &str) -> Result<u32, ApiError> {
        side(&Query::parse(Some(query), &["maxwidth"]).unwrap(), "maxwidth", 720)
    }

    #[test]
    fn frame_is_never_wider_than_its_bound() {
        assert_eq!(sized("").unwrap(), 720);
        assert_eq!(sized("maxwidth=400").unwrap(), 400);
        for bound in [1, 200, 300, 319, 320] {
            assert_eq!(sized(&format!("maxwidth={bound}")).unwrap(), bound);
        }
        assert_eq!(sized("maxwidth=5000").unwrap(), 720);
        for query in ["maxwidth=0", "maxwidth=", "maxwidth=-1", "maxwidth=%2B400", "maxwidth=wide"] {
            assert!(sized(query).is_err(), "{query}");
        }
    }
}
