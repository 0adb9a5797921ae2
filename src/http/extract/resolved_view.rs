//! A shared view on the snapshot that is served, as the public may see it.
//!
//! In: a shared view and what is served. Out: its title, sentence and image for a page that networks read; what only
//! planners may ask for is taken out. The token of whoever asks makes no difference.

use super::api_request::PublicRequest;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::release::ReleaseReference;
use crate::domain::text::Language;
use crate::export::map_image::{style_ids, themes};
use crate::http::error::ApiError;
use crate::http::page::map_image_size::MapImageSize;
use crate::http::page::shared_view::{SharedView, ViewExtent};
use crate::http::routes::AssessmentRequest;
use crate::service::answers;
use crate::service::error::ServiceError;
use crate::service::filter::RequestedFilter;
use crate::service::query::Query;
use crate::service::questions::areas::{LevelView, NamedArea};
use crate::service::questions::shared_view::{BY_ZOOM, ViewNames};

/// The keys of a view that make its filter.
const FILTER: [&str; 3] = ["edition", "window", "scheme"];
/// The keys of a view that choose what is drawn.
const DRAWN: [&str; 3] = ["layer", "area", "lang"];

/// A view of which everything exists and is released.
#[derive(Debug, Clone)]
pub(in crate::http) struct ResolvedView {
    pub(in crate::http) view: SharedView,
    assessment_request: AssessmentRequest,
    /// The level and the chosen area of it.
    level_view: LevelView,
}

impl ResolvedView {
    /// As much of a view as there is. What is unknown or not released falls back to the default, as on the page.
    pub(in crate::http) fn of(
        PublicRequest(api_request): &PublicRequest,
        mut view: SharedView,
    ) -> Result<Self, ApiError> {
        let served = api_request.served()?;
        let viewer = api_request.viewer.as_public();
        let names = ViewNames::of(&served, viewer);
        keep_to_released(&mut view, names);
        view.keep(|key, value| is_known(key, value, names));
        let query = Query::parse(Some(&view.query(&FILTER)), &FILTER)?;
        let requested = RequestedFilter::resolved(&query, &served, viewer)?;
        let edition = requested.filter.edition;
        let level_view = names.level_view(edition, view.value("level"), view.value("area"))?;
        view.keep(|key, value| match key {
            "level" => value == level_view.level.as_str() || value == BY_ZOOM,
            "area" => level_view.area_index.is_some(),
            _ => true,
        });
        Ok(Self { view, assessment_request: AssessmentRequest::new(api_request, &served, requested), level_view })
    }

    /// The language of the view.
    pub(in crate::http) fn language(&self) -> Language {
        self.view.language()
    }

    /// The canonical text of all that is shown.
    pub(in crate::http) fn key(&self) -> String {
        format!("{}&view={}&extent={:?}", self.assessment_request.key(), self.view.fragment(), self.view.extent)
    }

    /// Whether any of it is the embedded sample.
    pub(in crate::http) fn is_sample(&self) -> bool {
        self.assessment_request.served.snapshot.is_sample()
    }

    /// The release that its numbers are from.
    pub(in crate::http) fn release(&self) -> Option<ReleaseReference> {
        self.assessment_request.requested.state.release
    }

    /// The chosen area, or the province, and the window.
    pub(in crate::http) fn title(&self) -> String {
        let edition = self.assessment_request.requested.filter.edition;
        format!("{} · {}", self.names().area_name(edition, self.area()), self.window_name())
    }

    /// The window in the language of the view.
    pub(in crate::http) fn window_name(&self) -> String {
        let id = self.assessment_request.requested.window.as_deref();
        self.names().window_name(id, self.language()).to_owned()
    }

    /// What is said of the chosen area, or of the province. Blocks while it is computed.
    pub(in crate::http) fn sentence(&self) -> Result<String, ServiceError> {
        let NamedArea { level, area_index } = self.area();
        let assessed = self.assessment_request.assessed(level)?;
        let explained = answers::areas::explanation::explained(&assessed, area_index)?;
        let explained = explained.ok_or_else(|| ServiceError::internal(&"an area without its row"))?;
        Ok(explained.sentence.in_language(self.language()).to_owned())
    }

    /// The route of the drawn map of a size.
    pub(in crate::http) fn map_image_route(&self, size: MapImageSize) -> String {
        let MapImageSize { width_px: width, height_px: height } = size;
        let filter = self.assessment_request.requested.address(&self.assessment_request.served.snapshot);
        let drawn = self.view.query(&DRAWN);
        let drawn = if drawn.is_empty() { drawn } else { format!("&{drawn}") };
        format!("/export/png?{filter}&level={}{drawn}&width={width}&height={height}", self.level_view.level)
    }

    fn names(&self) -> ViewNames<'_> {
        ViewNames::of(&self.assessment_request.served, self.assessment_request.viewer.as_public())
    }

    /// The chosen area, or the province.
    fn area(&self) -> NamedArea {
        let province = NamedArea { level: Level::Province, area_index: AreaIndex::new(0) };
        let LevelView { level, area_index } = self.level_view;
        area_index.map_or(province, |area_index| NamedArea { level, area_index })
    }
}

/// Takes out periods that exist but are not released: somebody who may see them has requested them.
fn keep_to_released(view: &mut SharedView, names: ViewNames<'_>) {
    for key in ["window", "against"] {
        if view.value(key).is_some_and(|period| names.is_withheld(period)) {
            view.extent = ViewExtent::Released;
            view.keep(|other, _| other != key);
        }
    }
}

/// Whether there is anything of a name: in the data, among the themes, or among the languages.
fn is_known(key: &str, value: &str, names: ViewNames<'_>) -> bool {
    match key {
        "layer" => style_ids().iter().any(|style| themes(style).iter().any(|theme| theme == value)),
        "lang" => ["vi", "en"].contains(&value),
        _ => names.is_known(key, value),
    }
}
