//! A shared view on the snapshot that is served, as the public may see it.

use super::api_request::PublicRequest;
use crate::assessment::AssessmentError;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::text::Language;
use crate::domain::time::period::Day;
use crate::export::map_image::{style_ids, themes};
use crate::http::error::ApiError;
use crate::http::page::share_page::MapImageSize;
use crate::http::page::shared_view::{SharedView, ViewExtent};
use crate::http::routes::AssessmentRequest;
use crate::http::routes::areas::found;
use crate::service::answers;
use crate::service::error::ServiceError;
use crate::service::filter::{RequestedFilter, edition};
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::snapshot::{EditionData, LevelData, Snapshot};

/// The keys of a view that make its filter.
const FILTER: [&str; 3] = ["edition", "window", "scheme"];
/// What a view calls the level that follows the zoom.
const BY_ZOOM: &str = "auto";
/// The keys of a view that choose what is drawn.
const DRAWN: [&str; 3] = ["layer", "area", "lang"];

/// A view of which everything exists and is released.
#[derive(Debug, Clone)]
pub(in crate::http) struct ResolvedView {
    pub(in crate::http) view: SharedView,
    assessment_request: AssessmentRequest,
    level: Level,
    /// The chosen area of the level.
    area_index: Option<AreaIndex>,
}

impl ResolvedView {
    /// As much of a view as there is. What is unknown or not released falls back to the default, as on the page.
    pub(in crate::http) fn of(
        PublicRequest(api_request): &PublicRequest,
        mut view: SharedView,
    ) -> Result<Self, ApiError> {
        let served = api_request.served()?;
        let viewer = api_request.viewer.as_public();
        keep_to_released(&mut view, &served.snapshot, viewer.today());
        view.keep(|key, value| is_known(key, value, &served.snapshot, viewer));
        let query = Query::parse(Some(&view.query(&FILTER)), &FILTER)?;
        let requested = RequestedFilter::resolved(&query, &served, viewer)?;
        let edition = requested.filter.edition;
        let edition_data = served.snapshot.edition(edition).ok_or(AssessmentError::NoSuchEdition(edition))?;
        let (level, area_index) = level_and_area_index(&view, edition_data);
        view.keep(|key, value| match key {
            "level" => value == level.as_str() || value == BY_ZOOM,
            "area" => area_index.is_some(),
            _ => true,
        });
        Ok(Self {
            view,
            assessment_request: AssessmentRequest::new(api_request, &served, requested),
            level,
            area_index,
        })
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
        self.snapshot().is_sample()
    }

    /// The chosen area, or the province, and the window.
    pub(in crate::http) fn title(&self) -> String {
        format!("{} · {}", self.area_name(), self.window_name())
    }

    /// The window in the language of the view.
    pub(in crate::http) fn window_name(&self) -> String {
        let id = self.assessment_request.requested.window.as_deref();
        let window = id.and_then(|id| self.snapshot().rules.window(id));
        window.map_or_else(String::new, |window| window.names.in_language(self.language()).to_owned())
    }

    /// What is said of the chosen area, or of the province. Blocks while it is computed.
    pub(in crate::http) fn sentence(&self) -> Result<String, ServiceError> {
        let (level, area_index) =
            self.area_index.map_or((Level::Province, AreaIndex::new(0)), |area_index| (self.level, area_index));
        let assessed = self.assessment_request.assessed(level)?;
        let explained = answers::areas::explanation::explained(&assessed, area_index)?;
        let explained = explained.ok_or_else(|| ServiceError::internal(&"an area without its row"))?;
        Ok(explained.sentence.in_language(self.language()).to_owned())
    }

    /// The route of the drawn map of a size.
    pub(in crate::http) fn map_image_route(&self, size: MapImageSize) -> String {
        let MapImageSize { width_px: width, height_px: height } = size;
        let filter = self.assessment_request.requested.address(self.snapshot());
        let drawn = self.view.query(&DRAWN);
        let drawn = if drawn.is_empty() { drawn } else { format!("&{drawn}") };
        format!("/export/png?{filter}&level={}{drawn}&width={width}&height={height}", self.level)
    }

    fn snapshot(&self) -> &Snapshot {
        &self.assessment_request.served.snapshot
    }

    fn edition_data(&self) -> Option<&EditionData> {
        self.snapshot().edition(self.assessment_request.requested.filter.edition)
    }

    fn area_name(&self) -> String {
        let (level, area_index) =
            self.area_index.map_or((Level::Province, AreaIndex::new(0)), |area_index| (self.level, area_index));
        let areas: Option<&LevelData> = self.edition_data().and_then(|edition_data| edition_data.shape.level(level));
        areas.and_then(|areas| areas.areas.at(area_index)).map_or_else(String::new, |area| area.name.clone())
    }
}

/// The level of a view and the index of its area. Where the level follows the zoom, the area says which it is.
fn level_and_area_index(view: &SharedView, edition_data: &EditionData) -> (Level, Option<AreaIndex>) {
    let (level, area) = (view.value("level"), view.value("area"));
    if level == Some(BY_ZOOM) {
        let found = area.and_then(|code| found(edition_data, code));
        return found.map_or((Level::Commune, None), |(level, area_index)| (level, Some(area_index)));
    }
    let named = level.and_then(|text| text.parse().ok());
    let level = named.filter(|level| edition_data.shape.level(*level).is_some()).unwrap_or(Level::Commune);
    let area_index = |code: &str| edition_data.shape.level(level)?.index_of(&code.parse().ok()?);
    (level, area.and_then(area_index))
}

/// Takes out periods that exist but are not released: somebody who may see them has requested them.
fn keep_to_released(view: &mut SharedView, snapshot: &Snapshot, today: Day) {
    for key in ["window", "against"] {
        let window = view.value(key).and_then(|id| snapshot.rules.window(id));
        let is_free = view.value(key).is_some_and(|text| text.contains(".."));
        if is_free || window.is_some_and(|window| !snapshot.rules.is_released(window, today)) {
            view.extent = ViewExtent::Released;
            view.keep(|other, _| other != key);
        }
    }
}

/// Whether there is anything of a name.
fn is_known(key: &str, value: &str, snapshot: &Snapshot, viewer: Viewer) -> bool {
    match key {
        "window" | "against" => snapshot.rules.window(value).is_some(),
        "group" => snapshot.peers.groups().any(|(_, group)| group.id == value),
        "edition" => edition(snapshot, value).is_ok(),
        "scheme" => viewer.schemes(&snapshot.schemes).any(|scheme| scheme.id == value),
        "layer" => style_ids().iter().any(|style| themes(style).iter().any(|theme| theme == value)),
        "lang" => ["vi", "en"].contains(&value),
        _ => true,
    }
}
