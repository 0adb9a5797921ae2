//! A tile as it is asked for: read from the address, known by its tag, made in the coding the client takes.
//!
//! Used by the handler behind the router and by the lane before it; what they answer is the same.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::HeaderValue;
use axum::response::Response;

use super::answer::{Freshness, Head, MVT, Wording};
use super::ask::Ask;
use super::coded_body::CodedBody;
use super::error::{ApiError, names, shown};
use super::filter::{AskedFilter, FILTER, Stability};
use super::headers::{AGGREGATED, CROSS_ORIGIN_RESOURCE_POLICY};
use super::negotiation::Coding;
use super::query::Query;
use super::state::{AppState, Served};
use crate::domain::area::Level;
use crate::domain::role::Role;
use crate::tile::encode::{Aggregated, Evaluated, Evaluation, TileSource};
use crate::tile::layers::AREA_ATTRIBUTES;
use crate::tile::selection::Selection;
use crate::tile::splice::Spliced;
use crate::tile::tileset::Tileset;
use crate::tile::{MAX_ZOOM, MIN_ZOOM, TileAddress};

/// The parameters of a tile beside the filter.
const TILE: [&str; 4] = ["edition", "properties", "epoch", "revision"];

/// A tile as it is asked for.
#[derive(Debug)]
pub(super) struct TileRequest {
    state: Arc<AppState>,
    served: Arc<Served>,
    asked: AskedFilter,
    role: Role,
    tileset: Tileset,
    selection: Selection,
    address: TileAddress,
    head: Head,
}

/// The bytes of a tile as they are sent.
#[derive(Debug)]
pub(super) struct TileBody {
    coded: CodedBody,
    /// What stands for single incidents; none where each stands for itself, or none is shown.
    aggregated: Option<Aggregated>,
}

impl TileBody {
    fn of(tile: &Spliced, coding: Coding) -> Self {
        Self { coded: CodedBody::of_tile(tile, coding), aggregated: tile.aggregated() }
    }

    /// The bytes.
    pub(super) fn bytes(&self) -> &Bytes {
        self.coded.bytes()
    }
}

/// What has to be known of the areas before the tile can be made.
enum Basis {
    Whole(Vec<Arc<Evaluation>>),
    Counts,
}

impl TileRequest {
    /// The tile that a request asks for, z, x and y as the address writes them.
    ///
    /// # Errors
    /// When the address is none of a tile, a parameter is wrong, or the role may not have it.
    pub(super) fn read(ask: &Ask, tileset: &str, place: [&str; 3]) -> Result<Self, ApiError> {
        let query = ask.query(&parameters())?;
        let tileset = allowed(tileset, ask)?;
        let address = address(place)?;
        let served = ask.served()?;
        let asked = AskedFilter::resolved(&query, &served, ask.role())?;
        let selection = selection(&query)?;
        let freshness = freshness(&query, &served, &asked)?;
        let key = key(&asked, selection, &served);
        let head = Head::new(ask, &served, &key, freshness, Wording::Neutral);
        let (state, role) = (Arc::clone(&ask.state), ask.role());
        Ok(Self { state, served, asked, role, tileset, selection, address, head })
    }

    /// 304 where the client has the tile already.
    pub(super) fn not_modified(&self) -> Option<Response> {
        self.head.not_modified().map(with_policy)
    }

    /// The coded bytes of the tile; none where it is empty. Blocks while areas are assessed.
    ///
    /// # Errors
    /// When the edition is gone or the encoder fails.
    pub(super) fn body(&self) -> Result<Option<TileBody>, ApiError> {
        let basis = if self.counts_are_enough() {
            Basis::Counts
        } else {
            let filter = &self.asked.filter;
            let evaluation = |level| self.state.evaluation(&self.served, level, filter, self.role);
            Basis::Whole(self.levels()?.into_iter().map(evaluation).collect::<Result<_, _>>()?)
        };
        self.made(&basis)
    }

    /// The same, where it takes microseconds: everything but the values of the filter is at hand.
    #[expect(clippy::option_option, reason = "an empty tile is an answer, one that takes longer is none")]
    pub(super) fn quick_body(&self) -> Option<Option<TileBody>> {
        let basis = if self.counts_are_enough() {
            Basis::Counts
        } else {
            let filter = &self.asked.filter;
            let known = |level| self.state.known_evaluation(&self.served, level, filter, self.role);
            Basis::Whole(self.levels().ok()?.into_iter().map(known).collect::<Option<_>>()?)
        };
        let spliced = self.source(&basis).ok()?.spliced_at_once(&self.state.skeletons, self.address)?;
        Some(spliced.map(|tile| TileBody::of(&tile, self.head.coding())))
    }

    /// The answer with a body.
    pub(super) fn response(&self, body: Option<TileBody>) -> Response {
        let Some(TileBody { coded, aggregated }) = body else { return with_policy(self.head.no_content()) };
        let mut response = with_policy(self.head.with(MVT, coded));
        if let Some(aggregated) = aggregated {
            response.headers_mut().insert(AGGREGATED, HeaderValue::from_static(aggregated.as_str()));
        }
        response
    }

    /// Whether the areas of the tile are counted and nothing else: what the public sees of an area depends on
    /// the release of all.
    fn counts_are_enough(&self) -> bool {
        self.role.sees_small_counts() && self.selection.rests_on_counts() && self.tileset.level().is_some()
    }

    fn levels(&self) -> Result<Vec<Level>, ApiError> {
        let picture = self.served.snapshot.edition(self.asked.filter.edition).ok_or(ApiError::NotReady)?;
        Ok(self.tileset.levels().into_iter().filter(|level| picture.shape.level(*level).is_some()).collect())
    }

    fn source<'a>(&'a self, basis: &'a Basis) -> Result<TileSource<'a>, ApiError> {
        let (snapshot, filter) = (&self.served.snapshot, &self.asked.filter);
        Ok(TileSource {
            snapshot,
            picture: snapshot.edition(filter.edition).ok_or(ApiError::NotReady)?,
            tileset: self.tileset,
            role: self.role,
            filter,
            selection: self.selection,
            evaluated: match basis {
                Basis::Whole(evaluations) => Evaluated::Whole(evaluations),
                Basis::Counts => Evaluated::Counts,
            },
        })
    }

    fn made(&self, basis: &Basis) -> Result<Option<TileBody>, ApiError> {
        let spliced = self.source(basis)?.spliced(&self.state.skeletons, self.address);
        let spliced = spliced.map_err(|error| ApiError::internal(&error))?;
        Ok(spliced.map(|tile| TileBody::of(&tile, self.head.coding())))
    }
}

/// The parameters that a tile may have.
pub(super) fn parameters() -> Vec<&'static str> {
    FILTER.iter().chain(&TILE).copied().collect()
}

fn with_policy(mut response: Response) -> Response {
    response.headers_mut().insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    response
}

/// The canonical text of everything that is asked for.
pub(super) fn key(asked: &AskedFilter, selection: Selection, served: &Served) -> String {
    let mut key = asked.key(&served.snapshot);
    key.push_str(&properties(selection));
    key
}

/// The selection as a parameter of an address; empty where nothing is left out.
pub(super) fn properties(selection: Selection) -> String {
    if selection == Selection::ALL { String::new() } else { format!("&properties={}", selection.names().join(",")) }
}

/// The attributes that are asked for; all where none is named.
pub(super) fn selection(query: &Query) -> Result<Selection, ApiError> {
    let Some(text) = query.value("properties") else { return Ok(Selection::ALL) };
    Selection::listed(text).map_err(|unknown| {
        let known = AREA_ATTRIBUTES.iter().map(|attribute| attribute.name.to_owned()).collect();
        ApiError::none_of("properties", &unknown.0, known)
    })
}

/// The tileset of a name, if the role may have it.
pub(super) fn allowed(name: &str, ask: &Ask) -> Result<Tileset, ApiError> {
    let tileset: Tileset = name.parse().map_err(|_| ApiError::NotFound {
        what: names(
            format!("Không có bộ ô bản đồ “{}”.", shown(name)),
            format!("No tileset is called \"{}\".", shown(name)),
        ),
        known: Tileset::ALL.iter().map(|tileset| tileset.as_str().to_owned()).collect(),
    })?;
    if !tileset.is_allowed_to(ask.role()) {
        ask.viewer.at_least(Role::Planner)?;
    }
    Ok(tileset)
}

fn address([z, x, y]: [&str; 3]) -> Result<TileAddress, ApiError> {
    let wrong =
        |vi: &str, en: &str| ApiError::BadTileAddress { address: shown(&format!("{z}/{x}/{y}")), what: names(vi, en) };
    let number = |text: &str| whole_number(text).and_then(|number| u32::try_from(number).ok());
    let (Some(z), Some(x), Some(y)) = (number(z), number(x), number(y)) else {
        return Err(wrong("z, x, y phải là số nguyên không âm", "z, x and y must be whole numbers from 0 up"));
    };
    let zoom = u8::try_from(z).ok().filter(|zoom| (MIN_ZOOM..=MAX_ZOOM).contains(zoom));
    let Some(zoom) = zoom else {
        return Err(ApiError::absent(
            format!("Mức phóng {z} không được phục vụ; có từ {MIN_ZOOM} đến {MAX_ZOOM}."),
            format!("Zoom {z} is not served; {MIN_ZOOM} to {MAX_ZOOM} are."),
        ));
    };
    TileAddress::new(zoom, x, y)
        .map_err(|_| wrong("x hoặc y nằm ngoài bản đồ thế giới", "x or y lies outside the world"))
}

/// A number that is written in the one way there is, so that a tile has one address.
fn whole_number(text: &str) -> Option<u64> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = text == "0" || !text.starts_with('0');
    (is_plain && is_short).then(|| text.parse().ok()).flatten()
}

/// An address that names the revision never changes its meaning; one that names another
/// revision is answered from this one, and asked for again.
fn freshness(query: &Query, served: &Served, asked: &AskedFilter) -> Result<Freshness, ApiError> {
    let epoch = match query.value("epoch") {
        None => None,
        Some(text) => {
            let expected = || names("một số nguyên", "a whole number");
            Some(whole_number(text).ok_or_else(|| ApiError::invalid("epoch", text, expected()))?)
        }
    };
    let same_epoch = epoch == Some(served.snapshot.epoch);
    let same_revision = query.value("revision").is_none_or(|revision| *revision == *served.revision);
    let lasting = same_epoch && same_revision && asked.stability == Stability::Fixed;
    Ok(if lasting { Freshness::Immutable } else { Freshness::Revalidate })
}
