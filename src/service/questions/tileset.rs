//! A tileset by its name, the attributes that its areas shall carry, and what both are under a filter.
//!
//! In: a name, a query, a viewer. Out: a [`TilesetQuestion`] with its canonical text, and from it the TileJSON. A
//! tile asks the same way.

use crate::attributes::Selection;
use crate::domain::role::Role;
use crate::domain::text::{Language, Names};
use crate::service::answers::maps::tilesets::TilesetMetadata;
use crate::service::error::{ServiceError, quoted};
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::texts::phrasing::edition_name;
use crate::texts::{PRODUCT_NAME, text};
use crate::tile::tilejson::{CountedSquares, TileJson, TileJsonRequest};
use crate::tile::tileset::Tileset;

/// A tileset under a filter.
#[derive(Debug, Clone)]
pub(crate) struct TilesetQuestion {
    tileset: Tileset,
    requested: RequestedFilter,
    selection: Selection,
    role: Role,
}

impl TilesetQuestion {
    /// The tileset of a name under the filter of a query.
    ///
    /// # Errors
    /// When there is no such tileset, the viewer may not have it, or a parameter is wrong.
    pub(crate) fn of(
        tileset: Tileset,
        query: &Query,
        served: &ServedSnapshot,
        viewer: Viewer,
    ) -> Result<Self, ServiceError> {
        let requested = RequestedFilter::resolved(query, served, viewer)?;
        Ok(Self { tileset, requested, selection: selection(query, viewer.role())?, role: viewer.role() })
    }

    /// What the squares of the tiles count; none where the role sees points, or no incidents.
    fn squares(&self, served: &ServedSnapshot) -> Option<CountedSquares> {
        let sees_squares = self.role != Role::Public && !self.role.sees_incident_points();
        if !sees_squares || !self.tileset.parts(self.role).contains(&Tileset::Incidents) {
            return None;
        }
        let (choices, filter) = (served.square_choices(), &self.requested.filter);
        let question = choices.nearest(filter)?;
        Some(CountedSquares {
            window: choices.window_id(question).to_owned(),
            component: choices.component(question).map(str::to_owned),
            as_requested: choices.asked(filter) == Some(question),
        })
    }

    /// The canonical text of filter and attributes.
    pub(crate) fn key(&self, served: &ServedSnapshot) -> String {
        key(&self.requested, self.selection, served)
    }

    /// What OGC API – Tiles says of the tileset as the collection of an id.
    ///
    /// # Errors
    /// When the edition is gone.
    pub(crate) fn metadata(
        &self,
        id: &str,
        served: &ServedSnapshot,
        language: Language,
        address: impl Fn(&str) -> String,
    ) -> Result<TilesetMetadata, ServiceError> {
        let described = self.described(served, language, &address)?;
        Ok(TilesetMetadata::of(id, &described, address))
    }

    /// The description of the tileset by TileJSON, with the addresses that `address` makes of routes.
    ///
    /// # Errors
    /// When the edition is gone.
    pub(crate) fn described(
        &self,
        served: &ServedSnapshot,
        language: Language,
        address: impl Fn(&str) -> String,
    ) -> Result<TileJson, ServiceError> {
        let snapshot = &served.snapshot;
        let edition_data = snapshot.edition(self.requested.filter.edition).ok_or(ServiceError::NotReady)?;
        let (filter, period) = (self.requested.address(snapshot), self.requested.filter.period);
        let template = format!("/tiles/{}/{{z}}/{{x}}/{{y}}", self.tileset.as_str());
        let properties = properties(self.selection);
        let query = format!(
            "{filter}{properties}&epoch={}&revision={}",
            self.requested.state.epoch, self.requested.state.revision
        );
        let description = text!(
            "tilejson-description",
            edition = edition_name(&edition_data.entry),
            from = period.from().to_string(),
            until = period.to().to_string()
        );
        let attribution =
            if snapshot.is_sample() { text!("tilejson-sample-attribution") } else { Names::same(PRODUCT_NAME) };
        Ok(TileJson::of(&TileJsonRequest {
            tileset: self.tileset,
            selection: self.selection,
            role: self.role,
            square_m: snapshot.rules.disclosure.planner_cell_m,
            language,
            tiles_url: &address(&format!("{template}?{query}")),
            epoch: self.requested.state.epoch,
            bounds: edition_data.shape.whole_bounds(),
            middle: edition_data.shape.bounds.middle(),
            attribution: attribution.in_language(language),
            description: description.in_language(language),
            is_sample: snapshot.is_sample(),
            squares: self.squares(served),
        }))
    }
}

/// The tileset of a name, if the viewer may have it.
///
/// # Errors
/// When there is none, or the role of the viewer is too low.
pub(crate) fn tileset(name: &str, viewer: Viewer) -> Result<Tileset, ServiceError> {
    let tileset: Tileset = name.parse().map_err(|_| ServiceError::NotFound {
        what: text!("request-no-tileset", name = quoted(name)),
        known: Tileset::ALL.iter().map(|tileset| tileset.as_str().to_owned()).collect(),
    })?;
    if !tileset.is_allowed_to(viewer.role()) {
        viewer.at_least(Role::Planner)?;
    }
    Ok(tileset)
}

/// The canonical text of a filter and the attributes that are requested.
pub(super) fn key(requested: &RequestedFilter, selection: Selection, served: &ServedSnapshot) -> String {
    let mut key = requested.key(&served.snapshot);
    key.push_str(&properties(selection));
    key
}

/// The attributes that are requested of those that a role gets; all where none is named.
pub(super) fn selection(query: &Query, role: Role) -> Result<Selection, ServiceError> {
    let Some(text) = query.value("properties") else { return Ok(Selection::ALL) };
    let offered = Selection::ALL.visible_to(role);
    Selection::listed(text, offered).map_err(|unknown| {
        let known = offered.names().into_iter().map(str::to_owned).collect();
        ServiceError::none_of("properties", &quoted(&unknown.0), known)
    })
}

/// The selection as a parameter of an address; empty where nothing is left out.
fn properties(selection: Selection) -> String {
    if selection == Selection::ALL { String::new() } else { format!("&properties={}", selection.names().join(",")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::questions::tests::{query, served, viewer};
    use crate::snapshot::tests::EPOCH;

    fn asked(text: &str) -> Result<TilesetQuestion, ServiceError> {
        TilesetQuestion::of(Tileset::Communes, &query(text), served(), viewer(Role::Public))
    }

    #[test]
    fn attributes_are_part_of_the_key_in_the_order_of_their_table() {
        let key = |text: &str| asked(text).unwrap().key(served());
        let all = key("window=TK-2022");
        assert!(!all.contains("properties"), "{all}");
        assert_eq!(key("window=TK-2022&properties=rate,incidents"), format!("{all}&properties=incidents,rate"));
        assert_ne!(key("window=TK-2023"), all);
    }

    #[test]
    fn attribute_that_is_none_is_refused_with_those_there_are() {
        for text in ["properties=height", "properties=", "properties=rate,"] {
            let Err(ServiceError::InvalidParameter { name: "properties", known, .. }) = asked(text) else {
                panic!("{text} names no attribute")
            };
            assert!(known.contains(&"rate".to_owned()), "{known:?}");
        }
    }

    #[test]
    fn attribute_of_another_role_is_none() {
        let asked =
            |role| TilesetQuestion::of(Tileset::Communes, &query("properties=hot_spot"), served(), viewer(role));
        let Err(ServiceError::InvalidParameter { known, .. }) = asked(Role::Public) else { panic!("it is given") };
        assert!(!known.contains(&"hot_spot".to_owned()), "{known:?}");
        assert!(asked(Role::Planner).is_ok());
    }

    #[test]
    fn addresses_of_tiles_name_filter_attributes_epoch_and_revision() {
        let question = asked("window=TK-2022&properties=rate").unwrap();
        let described = question.described(served(), Language::English, |route| format!("https://map.test{route}"));
        let described = serde_json::to_value(described.unwrap()).unwrap();
        let tiles = described["tiles"][0].as_str().unwrap();
        let begins = "https://map.test/tiles/communes/{z}/{x}/{y}?edition=2025-01&window=TK-2022";
        let ends = format!("&properties=rate&epoch={EPOCH}&revision={}", served().revision(Role::Public));
        assert!(tiles.starts_with(begins) && tiles.ends_with(&ends), "{tiles}");
        assert_eq!(described["description"], "Boundaries 2025-01, from 2021-12-15 until before 2022-12-15");
        assert_eq!(described["attribution"], PRODUCT_NAME);
    }
}
