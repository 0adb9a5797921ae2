//! `/export/svg` and `/export/png`: a view as a drawn map, with its title, legend and sources.

use axum::response::Response;

use super::areas::{absent, found};
use super::{Question, filter_and};
use crate::domain::area::Level;
use crate::export::picture::{Framing, Legend, Look, style_ids, themes};
use crate::http::answer::{Freshness, Head, PNG, SVG, Wording, picture};
use crate::http::ask::Ask;
use crate::http::documents;
use crate::http::download::language;
use crate::http::error::{ApiError, names};
use crate::http::filter::{AskedFilter, level};
use crate::http::headers::{CROSS_ORIGIN, CROSS_ORIGIN_RESOURCE_POLICY};
use crate::http::query::Query;
use crate::http::state::Served;

/// The parameters of a picture beside the filter.
const LOOK: [&str; 10] = ["edition", "level", "layer", "area", "fit", "lang", "theme", "width", "height", "legend"];
const SIZES_PX: std::ops::RangeInclusive<u32> = 200..=2400;
const SCALES: std::ops::RangeInclusive<u32> = 1..=3;
/// The most pixels of a PNG; four bytes each while it is drawn.
const MOST_PIXELS: u64 = 9_000_000;

/// A view as a drawing.
pub(in crate::http) async fn svg(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&[&filter_and(&LOOK)[..], &["text"]].concat())?;
    let asked = AskedPicture::of(&ask, &query)?;
    let text = Text::of(&query)?;
    let head = asked.head(&ask, &format!("&text={text:?}"));
    let draw = move || {
        let svg = asked.svg()?;
        match text {
            Text::Letters => Ok(svg.into_bytes()),
            Text::Paths => crate::export::picture::outlined(&svg)
                .map(String::into_bytes)
                .map_err(|error| ApiError::internal(&error)),
        }
    };
    drawn(&ask, head, SVG, draw).await
}

/// What the words of a drawing are made of.
#[derive(Debug, Clone, Copy)]
enum Text {
    /// Letters, which can be searched and edited, in the font of the reader's machine where it has not ours.
    Letters,
    /// Outlines of our own font, which look the same everywhere.
    Paths,
}

impl Text {
    fn of(query: &Query) -> Result<Self, ApiError> {
        match query.value("text") {
            None | Some("letters") => Ok(Self::Letters),
            Some("paths") => Ok(Self::Paths),
            Some(other) => Err(ApiError::none_of("text", other, vec!["letters".into(), "paths".into()])),
        }
    }
}

/// A view in pixels.
pub(in crate::http) async fn png(ask: Ask) -> Result<Response, ApiError> {
    let query = ask.query(&[&filter_and(&LOOK)[..], &["scale"]].concat())?;
    let asked = AskedPicture::of(&ask, &query)?;
    let scale = scale(&query, &asked.look)?;
    let head = asked.head(&ask, &format!("&scale={scale}")).uncompressed();
    let draw = move || {
        let svg = asked.svg()?;
        crate::export::picture::png(&svg, scale).map_err(|error| ApiError::internal(&error))
    };
    drawn(&ask, head, PNG, draw).await
}

/// A picture that pages of every origin may show.
async fn drawn(
    ask: &Ask,
    head: Head,
    media: &'static str,
    draw: impl FnOnce() -> Result<Vec<u8>, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let mut response = picture(ask, head, media, draw).await?;
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, CROSS_ORIGIN);
    Ok(response)
}

/// What a request wants drawn.
struct AskedPicture {
    question: Question,
    level: Level,
    look: Look,
}

impl AskedPicture {
    fn of(ask: &Ask, query: &Query) -> Result<Self, ApiError> {
        let served = ask.served()?;
        let asked = AskedFilter::resolved(query, &served, ask.role())?;
        let (level, selected) = place(query, &served, &asked)?;
        let style = style(query)?;
        let look = Look {
            theme: theme(query, &style)?,
            style,
            language: language(ask, query)?,
            width_px: number(query, "width", 1200, &SIZES_PX)?,
            height_px: number(query, "height", 800, &SIZES_PX)?,
            selected,
            framing: framing(query, selected)?,
            legend: legend(query)?,
        };
        Ok(Self { question: Question::new(ask, &served, asked), level, look })
    }

    fn head(&self, ask: &Ask, more: &str) -> Head {
        let key = format!("{}&level={}&{:?}{more}", self.question.key(), self.level, self.look);
        let wording = (Wording::Spoken, self.look.language);
        Head::spoken(ask, &self.question.served, &key, Freshness::Revalidate, wording)
    }

    /// The drawing. Blocks while it is made.
    fn svg(&self) -> Result<String, ApiError> {
        documents::picture::svg(&self.question.assessed(self.level)?, &self.look)
    }
}

/// The level, and the row of the area that the picture is about. An area alone names its level.
fn place(query: &Query, served: &Served, asked: &AskedFilter) -> Result<(Level, Option<usize>), ApiError> {
    let edition = asked.filter.edition;
    let of_query = level(query, &served.snapshot, edition)?;
    let Some(code) = query.value("area") else { return Ok((of_query, None)) };
    let unknown = || absent(&edition.to_string(), code);
    let picture = served.snapshot.edition(edition).ok_or_else(unknown)?;
    if query.value("level").is_none() {
        let (level, row) = found(picture, code).ok_or_else(unknown)?;
        return Ok((level, Some(row)));
    }
    let areas = picture.shape.level(of_query).ok_or_else(unknown)?;
    let row = code.parse().ok().and_then(|code| areas.place(&code)).ok_or_else(unknown)?;
    Ok((of_query, Some(row)))
}

fn style(query: &Query) -> Result<String, ApiError> {
    let asked = query.value("theme").unwrap_or("light");
    if style_ids().iter().any(|id| id == asked) {
        return Ok(asked.to_owned());
    }
    Err(ApiError::none_of("theme", asked, style_ids()))
}

fn theme(query: &Query, style: &str) -> Result<String, ApiError> {
    let (asked, known) = (query.value("layer").unwrap_or("grade"), themes(style));
    if known.iter().any(|theme| theme == asked) {
        return Ok(asked.to_owned());
    }
    Err(ApiError::none_of("layer", asked, known))
}

fn framing(query: &Query, selected: Option<usize>) -> Result<Framing, ApiError> {
    match (query.value("fit"), selected) {
        (None | Some("edition"), _) => Ok(Framing::Edition),
        (Some("area"), Some(_)) => Ok(Framing::Selected),
        (Some("area"), None) => Err(ApiError::ConflictingParameters {
            what: names("“fit=area” cần thêm “area”.", "\"fit=area\" needs \"area\" as well."),
        }),
        (Some(other), _) => Err(ApiError::none_of("fit", other, vec!["edition".into(), "area".into()])),
    }
}

fn legend(query: &Query) -> Result<Legend, ApiError> {
    match query.value("legend") {
        None | Some("full") => Ok(Legend::Shown),
        Some("none") => Ok(Legend::Omitted),
        Some(other) => Err(ApiError::none_of("legend", other, vec!["full".into(), "none".into()])),
    }
}

fn scale(query: &Query, look: &Look) -> Result<u32, ApiError> {
    let scale = number(query, "scale", 1, &SCALES)?;
    let pixels = u64::from(look.width_px) * u64::from(look.height_px) * u64::from(scale) * u64::from(scale);
    if pixels <= MOST_PIXELS {
        return Ok(scale);
    }
    Err(ApiError::ConflictingParameters {
        what: names(
            format!("Ảnh {pixels} điểm quá lớn: “width” × “height” × “scale”² tối đa {MOST_PIXELS}."),
            format!("A picture of {pixels} pixels is too large: width × height × scale² is {MOST_PIXELS} at most."),
        ),
    })
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
    let expected =
        || names(format!("số nguyên từ {least} đến {most}"), format!("a whole number from {least} to {most}"));
    number.ok_or_else(|| ApiError::invalid(name, text, expected()))
}
