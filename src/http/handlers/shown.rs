//! A shared view on the snapshot that is served, as the public may see it.

use super::Question;
use super::areas::found;
use crate::assessment::AssessmentError;
use crate::domain::area::Level;
use crate::domain::period::Day;
use crate::domain::role::Role;
use crate::domain::text::Language;
use crate::export::picture::{style_ids, themes};
use crate::http::ask::PublicAsk;
use crate::http::documents;
use crate::http::error::ApiError;
use crate::http::filter::{AskedFilter, edition, usable_schemes};
use crate::http::query::Query;
use crate::http::shared_view::{Extent, SharedView};
use crate::snapshot::{EditionPicture, LevelPicture, Snapshot};

/// The keys of a view that make its filter.
const FILTER: [&str; 3] = ["edition", "window", "scheme"];
/// What a view calls the level that follows the zoom.
const BY_ZOOM: &str = "auto";
/// The keys of a view that choose what is drawn.
const DRAWN: [&str; 3] = ["layer", "area", "lang"];

/// A view of which everything exists and is released.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) view: SharedView,
    question: Question,
    level: Level,
    /// The chosen area of the level.
    place: Option<usize>,
}

impl Shown {
    /// As much of a view as there is. What is unknown or not released falls back to the default, as on the page.
    pub(super) fn of(PublicAsk(ask): &PublicAsk, mut view: SharedView) -> Result<Self, ApiError> {
        let served = ask.served()?;
        keep_to_released(&mut view, &served.snapshot);
        view.keep(|key, value| is_known(key, value, &served.snapshot));
        let query = Query::parse(Some(&view.query(&FILTER)), &FILTER)?;
        let asked = AskedFilter::resolved(&query, &served, Role::Public)?;
        let edition = asked.filter.edition;
        let picture = served.snapshot.edition(edition).ok_or(AssessmentError::NoSuchEdition(edition))?;
        let (level, place) = level_and_place(&view, picture);
        view.keep(|key, value| match key {
            "level" => value == level.as_str() || value == BY_ZOOM,
            "area" => place.is_some(),
            _ => true,
        });
        Ok(Self { view, question: Question::new(ask, &served, asked), level, place })
    }

    /// The language of the view.
    pub(super) fn language(&self) -> Language {
        self.view.language()
    }

    /// The canonical text of all that is shown.
    pub(super) fn key(&self) -> String {
        format!("{}&view={}&extent={:?}", self.question.key(), self.view.fragment(), self.view.extent)
    }

    /// Whether any of it is the embedded sample.
    pub(super) fn is_sample(&self) -> bool {
        self.snapshot().is_sample()
    }

    /// The chosen area, or the province, and the window.
    pub(super) fn title(&self) -> String {
        format!("{} · {}", self.area_name(), self.window_name())
    }

    /// The window in the language of the view.
    pub(super) fn window_name(&self) -> String {
        let id = self.question.asked.window.as_deref();
        let window = id.and_then(|id| self.snapshot().rules.window(id));
        window.map_or_else(String::new, |window| window.names.in_language(self.language()).to_owned())
    }

    /// What is said of the chosen area, or of the province. Blocks while it is worked out.
    pub(super) fn sentence(&self) -> Result<String, ApiError> {
        let (level, place) = self.place.map_or((Level::Province, 0), |place| (self.level, place));
        let assessed = self.question.assessed(level)?;
        let spoken = documents::explanation::spoken(&assessed, place)?;
        let spoken = spoken.ok_or_else(|| ApiError::internal(&"an area without its row"))?;
        Ok(spoken.sentence.in_language(self.language()).to_owned())
    }

    /// The route of the drawn map of a size.
    pub(super) fn picture_route(&self, (width, height): (u32, u32)) -> String {
        let filter = self.question.asked.address(self.snapshot());
        let drawn = self.view.query(&DRAWN);
        let drawn = if drawn.is_empty() { drawn } else { format!("&{drawn}") };
        format!("/export/png?{filter}&level={}{drawn}&width={width}&height={height}", self.level)
    }

    fn snapshot(&self) -> &Snapshot {
        &self.question.served.snapshot
    }

    fn picture(&self) -> Option<&EditionPicture> {
        self.snapshot().edition(self.question.asked.filter.edition)
    }

    fn area_name(&self) -> String {
        let (level, place) = self.place.map_or((Level::Province, 0), |place| (self.level, place));
        let areas: Option<&LevelPicture> = self.picture().and_then(|picture| picture.shape.level(level));
        areas.and_then(|areas| areas.areas.get(place)).map_or_else(String::new, |area| area.name.clone())
    }
}

/// The level of a view and the place of its area. Where the level follows the zoom, the area says which it is.
fn level_and_place(view: &SharedView, picture: &EditionPicture) -> (Level, Option<usize>) {
    let (level, area) = (view.value("level"), view.value("area"));
    if level == Some(BY_ZOOM) {
        let found = area.and_then(|code| found(picture, code));
        return found.map_or((Level::Commune, None), |(level, place)| (level, Some(place)));
    }
    let named = level.and_then(|text| text.parse().ok());
    let level = named.filter(|level| picture.shape.level(*level).is_some()).unwrap_or(Level::Commune);
    let place = |code: &str| picture.shape.level(level)?.place(&code.parse().ok()?);
    (level, area.and_then(place))
}

/// Takes out periods that exist but are not released: somebody who may see them has asked for them.
fn keep_to_released(view: &mut SharedView, snapshot: &Snapshot) {
    let today = Day::today();
    for key in ["window", "against"] {
        let window = view.value(key).and_then(|id| snapshot.rules.window(id));
        let is_free = view.value(key).is_some_and(|text| text.contains(".."));
        if is_free || window.is_some_and(|window| !snapshot.rules.is_released(window, today)) {
            view.extent = Extent::Released;
            view.keep(|other, _| other != key);
        }
    }
}

/// Whether there is anything of a name.
fn is_known(key: &str, value: &str, snapshot: &Snapshot) -> bool {
    match key {
        "window" | "against" => snapshot.rules.window(value).is_some(),
        "group" => snapshot.peers.groups().any(|(_, group)| group.id == value),
        "edition" => edition(snapshot, value).is_ok(),
        "scheme" => usable_schemes(&snapshot.schemes, Role::Public).any(|scheme| scheme.id == value),
        "layer" => style_ids().iter().any(|style| themes(style).iter().any(|theme| theme == value)),
        "lang" => ["vi", "en"].contains(&value),
        _ => true,
    }
}
