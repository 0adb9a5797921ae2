//! The collection whose tiles are meant, by the id in an address.

use crate::domain::area::edition::EditionId;
use crate::service::query::Query;

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

    /// A query in which the edition of the collection stands for any other.
    pub(crate) fn query(self, query: Query) -> Query {
        match self.edition {
            Some(edition) => query.with_instead(&["edition"], &[("edition", edition)]),
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
        let query = Query::parse(Some("edition=2025-07&window=TK-2022"), &["edition", "window"]).unwrap();
        let query = TileCollection::of("communes-2025-01").query(query);
        assert_eq!((query.value("edition"), query.value("window")), (Some("2025-01"), Some("TK-2022")));
    }
}
