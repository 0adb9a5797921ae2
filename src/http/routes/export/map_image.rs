//! `/export/svg` and `/export/png`: a view as a drawn map, with its title, legend and sources.

use axum::response::Response;

use crate::domain::area::{AreaIndex, Level};
use crate::domain::role::Role;
use crate::export::map_image::{Framing, Legend, MapImageOptions, level_image, style_ids, themes};
use crate::http::answer::download::language;
use crate::http::answer::{Freshness, Head, PNG, SVG, map_image};
use crate::http::error::ApiError;
use crate::http::extract::api_request::ApiRequest;
use crate::http::layers::headers::{CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY};
use crate::http::page::map_image_size::{MOST_PUBLIC_PIXELS, MapImageSize};
use crate::http::routes::{AssessmentRequest, filter_and};
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::service::heavy_work::WorkCost;
use crate::service::query::Query;
use crate::service::questions::areas::LevelView;
use crate::service::questions::clusters::ClusterQuestion;
use crate::texts::text;

/// The parameters of a map image beside the filter.
const IMAGE_PARAMETERS: [&str; 10] =
    ["edition", "level", "layer", "area", "fit", "lang", "theme", "width", "height", "legend"];
const SIZES_PX: std::ops::RangeInclusive<u32> = 200..=2400;
const SCALES: std::ops::RangeInclusive<u32> = 1..=3;
/// The theme of clusters, which are asked for beside the numbers; it is for roles, so that no shared view has it.
const CLUSTERS: &str = "clusters";
/// The most pixels of a PNG; four bytes each while it is drawn.
const MOST_PIXELS: u64 = 9_000_000;

/// A view as a drawing.
pub(in crate::http) async fn svg(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&[&filter_and(&IMAGE_PARAMETERS)[..], &["text"]].concat())?;
    let requested = MapImageRequest::of(&api_request, &query)?;
    let text = SvgText::of(&query)?;
    let head = requested.head(&api_request, &format!("&text={text:?}")).at_cost(text.cost());
    let draw = move || {
        let svg = requested.svg()?;
        match text {
            SvgText::Letters => Ok(svg.into_bytes()),
            SvgText::Paths => crate::export::map_image::outlined(&svg)
                .map(String::into_bytes)
                .map_err(|error| ServiceError::internal(&error)),
        }
    };
    drawn(&api_request, head, SVG, draw).await
}

/// What the words of a drawing are made of.
#[derive(Debug, Clone, Copy)]
enum SvgText {
    /// Letters, which can be searched and edited, in the font of the reader's machine where it has not ours.
    Letters,
    /// Outlines of our own font, which look the same everywhere.
    Paths,
}

impl SvgText {
    /// What the drawing costs: outlines are read and written once more.
    fn cost(self) -> WorkCost {
        match self {
            Self::Letters => WorkCost::Units(1),
            Self::Paths => WorkCost::Units(2),
        }
    }

    fn of(query: &Query) -> Result<Self, ApiError> {
        match query.value("text") {
            None | Some("letters") => Ok(Self::Letters),
            Some("paths") => Ok(Self::Paths),
            Some(other) => Err(ApiError::none_of("text", other, vec!["letters".into(), "paths".into()])),
        }
    }
}

/// A view in pixels.
pub(in crate::http) async fn png(api_request: ApiRequest) -> Result<Response, ApiError> {
    let query = api_request.query(&[&filter_and(&IMAGE_PARAMETERS)[..], &["scale"]].concat())?;
    let requested = MapImageRequest::of(&api_request, &query)?;
    let size = requested.size();
    let scale = scale(&query, size, api_request.role())?;
    let head = requested.head(&api_request, &format!("&scale={scale}")).uncompressed();
    let head = head.at_cost(WorkCost::of_pixels(size.pixels(scale)));
    let draw = move || {
        let svg = requested.svg()?;
        crate::export::map_image::png(&svg, scale).map_err(|error| ServiceError::internal(&error))
    };
    drawn(&api_request, head, PNG, draw).await
}

/// A map image that pages of every origin may show.
async fn drawn(
    api_request: &ApiRequest,
    head: Head,
    media: &'static str,
    draw: impl FnOnce() -> Result<Vec<u8>, ServiceError> + Send + 'static,
) -> Result<Response, ApiError> {
    let mut response = map_image(api_request, head, media, draw).await?;
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, CROSS_ORIGIN);
    Ok(response)
}

/// What a request wants drawn.
struct MapImageRequest {
    assessment_request: AssessmentRequest,
    level: Level,
    options: MapImageOptions,
    /// The clusters that the image shows, where it shows those.
    clusters: Option<ClusterQuestion>,
}

impl MapImageRequest {
    fn of(api_request: &ApiRequest, query: &Query) -> Result<Self, ApiError> {
        let served = api_request.served()?;
        // Whatever the window, the public has no clusters.
        if query.value("layer") == Some(CLUSTERS) {
            api_request.viewer.at_least(Role::Planner)?;
        }
        let requested = RequestedFilter::resolved(query, &served, api_request.viewer)?;
        let edition = requested.filter.edition;
        // The area that the image is about, where one is named.
        let LevelView { level, area_index: selected } = LevelView::requested(query, &served.snapshot, edition)?;
        let style = style(query)?;
        let options = MapImageOptions {
            theme: theme(query, &style)?,
            style,
            language: language(query, api_request.language)?,
            width_px: number(query, "width", 1200, &SIZES_PX)?,
            height_px: number(query, "height", 800, &SIZES_PX)?,
            selected,
            framing: framing(query, selected)?,
            legend: legend(query)?,
        };
        let clusters = (options.theme == CLUSTERS)
            .then(|| ClusterQuestion::by_circles(requested.clone(), level, api_request.viewer))
            .transpose()?;
        let assessment_request = AssessmentRequest::new(api_request, &served, requested);
        Ok(Self { assessment_request, level, options, clusters })
    }

    fn size(&self) -> MapImageSize {
        MapImageSize { width_px: self.options.width_px, height_px: self.options.height_px }
    }

    fn head(&self, api_request: &ApiRequest, more: &str) -> Head {
        let key = format!("{}&level={}&{:?}{more}", self.assessment_request.key(), self.level, self.options);
        let language = Some(self.options.language);
        Head::in_language(api_request, &self.assessment_request.served, &key, Freshness::Revalidate, language)
    }

    /// The drawing. Blocks while it is made.
    fn svg(&self) -> Result<String, ServiceError> {
        let request = &self.assessment_request;
        let found = |question| request.state.service.clusters(&request.served, question);
        let clusters = self.clusters.as_ref().map(found).transpose()?;
        level_image::svg(&request.assessed(self.level)?, &self.options, clusters.as_ref())
    }
}

fn style(query: &Query) -> Result<String, ApiError> {
    let requested = query.value("theme").unwrap_or("light");
    if style_ids().iter().any(|id| id == requested) {
        return Ok(requested.to_owned());
    }
    Err(ApiError::none_of("theme", requested, style_ids()))
}

fn theme(query: &Query, style: &str) -> Result<String, ApiError> {
    let (requested, mut known) = (query.value("layer").unwrap_or("grade"), themes(style));
    known.push(CLUSTERS.to_owned());
    if known.iter().any(|theme| theme == requested) {
        return Ok(requested.to_owned());
    }
    Err(ApiError::none_of("layer", requested, known))
}

fn framing(query: &Query, selected: Option<AreaIndex>) -> Result<Framing, ApiError> {
    match (query.value("fit"), selected) {
        (None | Some("edition"), _) => Ok(Framing::Edition),
        (Some("area"), Some(_)) => Ok(Framing::Selected),
        (Some("area"), None) => Err(ApiError::conflicting(text!("request-fit-without-area"))),
        (Some(other), _) => Err(ApiError::none_of("fit", other, vec!["edition".into(), "area".into()])),
    }
}

fn legend(query: &Query) -> Result<Legend, ApiError> {
    match query.value("legend") {
        None | Some("full") => Ok(Legend::Visible),
        Some("none") => Ok(Legend::Omitted),
        Some(other) => Err(ApiError::none_of("legend", other, vec!["full".into(), "none".into()])),
    }
}

/// The scale, where the picture is not too large and of a size that the role may ask for.
fn scale(query: &Query, size: MapImageSize, role: Role) -> Result<u32, ApiError> {
    let scale = number(query, "scale", 1, &SCALES)?;
    let pixels = size.pixels(scale);
    if pixels <= MOST_PIXELS {
        return if role != Role::Public || size.is_public(scale) { Ok(scale) } else { Err(not_public(size, scale)) };
    }
    Err(ApiError::conflicting(text!(
        "request-image-too-large",
        pixels = pixels.to_string(),
        most = MOST_PIXELS.to_string()
    )))
}

/// The refusal of a size that only roles may ask for, with those that anybody may.
fn not_public(size: MapImageSize, scale: u32) -> ApiError {
    let known = MapImageSize::public_names();
    let most = MOST_PUBLIC_PIXELS.to_string();
    ServiceError::InvalidParameter {
        name: "width",
        value: format!("{}x{} × {scale}", size.width_px, size.height_px),
        expected: text!("expected-public-image-size", known = known.join(", "), most = most),
        known,
    }
    .into()
}

fn number(
    query: &Query,
    name: &'static str,
    otherwise: u32,
    range: &std::ops::RangeInclusive<u32>,
) -> Result<u32, ApiError> {
    let Some(text) = query.value(name) else { return Ok(otherwise) };
    let is_plain = !text.is_empty() && text.len() <= 4 && text.bytes().all(|digit| digit.is_ascii_digit());
    let number = is_plain.then(|| text.parse().ok()).flatten().filter(|number| range.contains(number));
    let (least, most) = (range.start(), range.end());
    // As the parameter is written: without a mark between thousands.
    let expected = || text!("expected-whole-number-between", least = least.to_string(), most = most.to_string());
    number.ok_or_else(|| ApiError::invalid(name, text, expected()))
}
