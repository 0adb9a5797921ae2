//! The collection whose tiles are meant, by the id in an address.

use crate::domain::area::edition::EditionId;
use crate::service::error::{ServiceError, quoted};
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::texts::text;
use crate::tile::tileset::Tileset;

const EDITION: &str = "edition";

/// The tiles of a collection: a tileset, and the edition where the id of the collection names one (`communes-2025-07`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TileCollection<'a> {
    pub(crate) tileset: &'a str,
    pub(crate) edition: Option<&'a str>,
}

impl<'a> TileCollection<'a> {
    /// The tiles of the collection of an id.
    pub(crate) fn of(id: &'a str) -> Self {
        let named = id.split_once('-').filter(|(_, edition)| edition.parse::<EditionId>().is_ok());
        match named {
            Some((tileset, edition)) => Self { tileset, edition: Some(edition) },
            None => Self { tileset: id, edition: None },
        }
    }

    /// The tileset of the collection, if the viewer has it.
    ///
    /// # Errors
    /// When there is none; as with features, what the viewer may not have is not there.
    pub(crate) fn tileset(self, viewer: Viewer) -> Result<Tileset, ServiceError> {
        let offered = || Tileset::ALL.into_iter().filter(|tileset| tileset.is_allowed_to(viewer.role()));
        let found = offered().find(|tileset| tileset.as_str() == self.tileset);
        found.ok_or_else(|| ServiceError::NotFound {
            what: text!("features-no-collection", id = quoted(self.tileset)),
            known: offered().map(|tileset| tileset.as_str().to_owned()).collect(),
        })
    }

    /// The parameters that its tiles take of some: no edition where its id names one.
    pub(crate) fn parameters(self, all: Vec<&'static str>) -> Vec<&'static str> {
        if self.edition.is_none() { all } else { all.into_iter().filter(|name| *name != EDITION).collect() }
    }

    /// A query on the edition of the collection, where its id names one.
    pub(crate) fn query(self, query: Query) -> Query {
        match self.edition {
            Some(edition) => query.with_instead(&[], &[(EDITION, edition)]),
            None => query,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collection_names_its_tileset_and_perhaps_its_edition() {
        let named = |id| {
            let TileCollection { tileset, edition } = TileCollection::of(id);
            (tileset, edition)
        };
        assert_eq!(named("communes-2025-07"), ("communes", Some("2025-07")));
        assert_eq!((named("map"), named("incident-squares")), (("map", None), ("incident-squares", None)));
        let query = Query::parse(Some("window=TK-2022"), &["window"]).unwrap();
        let dated = TileCollection::of("communes-2025-01");
        let query = dated.query(query);
        assert_eq!((query.value("edition"), query.value("window")), (Some("2025-01"), Some("TK-2022")));
        let all = vec!["edition", "window"];
        assert_eq!(dated.parameters(all.clone()), ["window"], "its id says it already");
        assert_eq!(TileCollection::of("communes").parameters(all.clone()), all);
    }
}
