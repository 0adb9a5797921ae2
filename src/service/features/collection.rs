//! The collections that a viewer has.

use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::service::error::{ServiceError, quoted};
use crate::service::filter::FILTER;
use crate::service::live::ServedSnapshot;
use crate::snapshot::Snapshot;
use crate::texts::text;

/// A collection of features, as its address names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CollectionName {
    /// The areas of a level of an edition, with what is said of them.
    Areas(EditionId, Level),
    /// The points at which the names of areas stand.
    Labels,
    /// Every area of every edition by its name.
    Gazetteer,
    /// Single community models.
    Models,
    /// Single incidents.
    Incidents,
    /// Squares with enough incidents.
    IncidentSquares,
}

impl CollectionName {
    /// Every collection that a role has.
    pub(crate) fn all(snapshot: &Snapshot, role: Role) -> Vec<Self> {
        let editions = snapshot.editions.iter().rev();
        let areas = editions.flat_map(|edition_data| {
            let edition = edition_data.entry.id;
            edition_data.shape.levels.iter().map(move |level| Self::Areas(edition, level.level))
        });
        let others = [Self::Labels, Self::Gazetteer, Self::Models, Self::Incidents, Self::IncidentSquares];
        areas.chain(others).filter(|collection| collection.is_for(role)).collect()
    }

    /// The collection of an id.
    ///
    /// # Errors
    /// When the role has none of that id; whether another role has one is not told.
    pub(crate) fn named(id: &str, served: &ServedSnapshot, role: Role) -> Result<Self, ServiceError> {
        let all = Self::all(&served.snapshot, role);
        all.iter().copied().find(|collection| collection.id() == id).ok_or_else(|| ServiceError::NotFound {
            what: text!("features-no-collection", id = quoted(id)),
            known: all.iter().map(|collection| collection.id()).collect(),
        })
    }

    fn is_for(self, role: Role) -> bool {
        match self {
            Self::Areas(..) | Self::Labels | Self::Gazetteer => true,
            Self::Models => role.sees_model_positions(),
            Self::Incidents => role.sees_incident_points(),
            Self::IncidentSquares => role >= Role::Planner,
        }
    }

    /// The id in addresses.
    pub(crate) fn id(self) -> String {
        match self {
            Self::Areas(edition, level) => format!("{}-{edition}", level_word(level)),
            Self::Labels => "labels".to_owned(),
            Self::Gazetteer => "gazetteer".to_owned(),
            Self::Models => "models".to_owned(),
            Self::Incidents => "incidents".to_owned(),
            Self::IncidentSquares => "incident-squares".to_owned(),
        }
    }

    /// The name for people.
    pub(crate) fn title(self) -> Names {
        match self {
            Self::Areas(edition, Level::Commune) => text!("features-communes", edition = edition.to_string()),
            Self::Areas(edition, Level::District) => text!("features-districts", edition = edition.to_string()),
            Self::Areas(edition, Level::Province) => text!("features-province", edition = edition.to_string()),
            Self::Labels => text!("features-labels"),
            Self::Gazetteer => text!("features-gazetteer"),
            Self::Models => text!("features-models"),
            Self::Incidents => text!("features-incidents"),
            Self::IncidentSquares => text!("features-incident-squares"),
        }
    }

    /// What stands in it.
    pub(crate) fn description(self) -> Names {
        match self {
            Self::Areas(..) => text!("features-areas-about"),
            Self::Labels => text!("features-labels-about"),
            Self::Gazetteer => text!("features-gazetteer-about"),
            Self::Models => text!("features-models-about"),
            Self::Incidents => text!("features-incidents-about"),
            Self::IncidentSquares => text!("features-incident-squares-about"),
        }
    }

    /// Whether what stands in it was counted by a filter.
    pub(crate) fn is_filtered(self) -> bool {
        !matches!(self, Self::Labels | Self::Gazetteer)
    }

    /// Whether its features stand in tiles too.
    pub(crate) fn has_tiles(self) -> bool {
        !matches!(self, Self::Gazetteer | Self::IncidentSquares)
    }

    /// The parameters of our own that say what stands in it.
    pub(crate) fn parameters(self) -> Vec<&'static str> {
        let more: &[&'static str] = match self {
            Self::Areas(..) => &["geometry"],
            Self::Labels | Self::Models | Self::Incidents | Self::IncidentSquares => &["edition"],
            Self::Gazetteer => &[],
        };
        let filter: &[&'static str] = if self.is_filtered() { &FILTER } else { &[] };
        [filter, more].concat()
    }
}

/// The word for the areas of a level.
fn level_word(level: Level) -> &'static str {
    match level {
        Level::Commune => "communes",
        Level::District => "districts",
        Level::Province => "province",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::questions::tests::served;
    use crate::snapshot::tests::EDITION;

    fn ids(role: Role) -> Vec<String> {
        CollectionName::all(&served().snapshot, role).into_iter().map(CollectionName::id).collect()
    }

    #[test]
    fn each_role_has_what_it_may_see() {
        let areas = ["communes", "districts", "province"].map(|level| format!("{level}-{EDITION}"));
        let public = [&areas[..], &["labels".to_owned(), "gazetteer".to_owned()]].concat();
        assert_eq!(ids(Role::Public), public);
        assert_eq!(ids(Role::Planner)[public.len()..], ["models", "incident-squares"]);
        assert_eq!(ids(Role::Commander)[public.len()..], ["models", "incidents", "incident-squares"]);
    }

    #[test]
    fn collection_of_another_role_is_not_there() {
        let named = |id: &str, role| CollectionName::named(id, served(), role);
        for id in ["incidents", "models", "communes-1999-01", "communes", "", "Labels"] {
            let Err(ServiceError::NotFound { known, .. }) = named(id, Role::Public) else { panic!("{id} is there") };
            assert_eq!(known, ids(Role::Public));
        }
        assert_eq!(named("incidents", Role::Commander).unwrap(), CollectionName::Incidents);
    }
}
