//! One tile: read from its address and its parameters, and made in the coding the client takes.
//!
//! In: the names of an address, a query, a viewer and what is served. Out: a [`TileQuestion`], and from it the bytes:
//! at once where everything but the values of the filter is cached, or after assessing the areas.

use std::sync::Arc;

use bytes::Bytes;

use super::tileset::{key, selection, tileset};
use crate::attributes::Selection;
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::service::Service;
use crate::service::coded_body::{CodedBody, Coding};
use crate::service::error::{ServiceError, quoted};
use crate::service::filter::RequestedFilter;
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::{FilterLifetime, Viewer};
use crate::texts::text;
use crate::tile::encoding::encode::{Aggregated, AskedSquares, Evaluated, Evaluation, TileSource};
use crate::tile::encoding::splice::SplicedTile;
use crate::tile::tileset::Tileset;
use crate::tile::{MAX_ZOOM, MIN_ZOOM, TileAddress};

/// The names in the address of a tile, as the address writes them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TilePath<'a> {
    pub(crate) tileset: &'a str,
    pub(crate) z: &'a str,
    pub(crate) x: &'a str,
    pub(crate) y: &'a str,
}

/// A tile of a tileset, under no filter yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NamedTile {
    tileset: Tileset,
    address: TileAddress,
}

impl NamedTile {
    /// The tile that an address names.
    ///
    /// # Errors
    /// When there is no such tileset or the viewer may not have it, and when no tile can have the address.
    pub(crate) fn of(path: TilePath<'_>, viewer: Viewer) -> Result<Self, ServiceError> {
        Ok(Self { tileset: tileset(path.tileset, viewer)?, address: address(path)? })
    }

    /// Whether a role may see single incidents in it.
    pub(crate) fn may_hold_points(self, role: Role) -> bool {
        role.sees_incident_points() && self.tileset.parts(role).contains(&Tileset::Incidents)
    }
}

/// A tile under a filter, for a role.
#[derive(Debug)]
pub(crate) struct TileQuestion {
    served: Arc<ServedSnapshot>,
    requested: RequestedFilter,
    role: Role,
    tile: NamedTile,
    selection: Selection,
    /// Whether the address will mean the same for ever: it names the revision, and no day changes its filter.
    pub(crate) lifetime: FilterLifetime,
}

/// The bytes of a tile as they are sent.
#[derive(Debug)]
pub(crate) struct TileBody {
    pub(crate) coded: CodedBody,
    /// What stands for single incidents; none where each stands for itself, or none is shown.
    aggregated: Option<Aggregated>,
}

impl TileBody {
    fn of(tile: &SplicedTile, coding: Coding) -> Self {
        Self { coded: CodedBody::of_tile(tile, coding), aggregated: tile.aggregated() }
    }

    /// The body as it is sent, in the coding of the request.
    pub(crate) fn bytes(&self) -> &Bytes {
        self.coded.bytes()
    }

    /// The word for what stands for single incidents.
    pub(crate) fn aggregated(&self) -> Option<&'static str> {
        self.aggregated.map(Aggregated::as_str)
    }
}

/// What has to be known of the areas before the tile can be made.
pub(super) enum TileInputs {
    Evaluations(Vec<Arc<Evaluation>>),
    Counts,
}

impl TileQuestion {
    /// A tile under the filter of a query.
    ///
    /// # Errors
    /// When a parameter is wrong, or the viewer may not ask for the filter.
    pub(crate) fn of(
        tile: NamedTile,
        query: &Query,
        served: Arc<ServedSnapshot>,
        viewer: Viewer,
    ) -> Result<Self, ServiceError> {
        let requested = RequestedFilter::resolved(query, &served, viewer)?;
        let selection = selection(query, viewer.role())?;
        let lifetime = lifetime(query, &requested)?;
        Ok(Self { served, requested, role: viewer.role(), tile, selection, lifetime })
    }

    /// The same of another tile of the tileset.
    pub(crate) fn at(&self, address: TileAddress) -> Self {
        Self {
            served: Arc::clone(&self.served),
            requested: self.requested.clone(),
            role: self.role,
            tile: NamedTile { address, ..self.tile },
            selection: self.selection,
            lifetime: self.lifetime,
        }
    }

    /// The edition of its boundaries.
    pub(crate) fn edition(&self) -> EditionId {
        self.requested.filter.edition
    }

    /// Edition and period as part of the name of a file.
    pub(crate) fn file_name(&self) -> String {
        self.requested.file_name()
    }

    /// What the tile is made from.
    pub(crate) fn served(&self) -> &ServedSnapshot {
        &self.served
    }

    /// The canonical text of everything that is requested beside the address.
    pub(crate) fn key(&self) -> String {
        key(&self.requested, self.selection, &self.served)
    }

    /// The coded bytes of the tile; none where it is empty. Blocks while areas are assessed.
    ///
    /// # Errors
    /// When the edition is gone or the encoder fails.
    pub(crate) fn body(&self, service: &Service, coding: Coding) -> Result<Option<TileBody>, ServiceError> {
        let inputs = self.inputs(service)?;
        let body = self.body_of(service, &inputs, coding)?;
        self.weigh(service, &inputs);
        Ok(body)
    }

    /// What has to be known of the areas for any tile of the tileset. Blocks while they are assessed.
    pub(super) fn inputs(&self, service: &Service) -> Result<TileInputs, ServiceError> {
        if self.counts_are_enough() {
            return Ok(TileInputs::Counts);
        }
        let filter = &self.requested.filter;
        let evaluation = |level| service.evaluations.of(&self.served, level, filter, self.role);
        Ok(TileInputs::Evaluations(self.levels()?.into_iter().map(evaluation).collect::<Result<_, _>>()?))
    }

    /// The coded bytes of the tile, made from what is known already.
    pub(super) fn body_of(
        &self,
        service: &Service,
        inputs: &TileInputs,
        coding: Coding,
    ) -> Result<Option<TileBody>, ServiceError> {
        let spliced = self.source(inputs)?.spliced(&service.skeletons, self.tile.address);
        let spliced = spliced.map_err(|error| ServiceError::internal(&error))?;
        Ok(spliced.map(|tile| TileBody::of(&tile, coding)))
    }

    /// The same, where it takes microseconds: everything but the values of the filter is cached.
    #[expect(clippy::option_option, reason = "an empty tile is an answer, one that takes longer is none")]
    pub(crate) fn body_from_cache(&self, service: &Service, coding: Coding) -> Option<Option<TileBody>> {
        let inputs = if self.counts_are_enough() {
            TileInputs::Counts
        } else {
            let filter = &self.requested.filter;
            let known = |level| service.evaluations.cached(&self.served, level, filter, self.role);
            TileInputs::Evaluations(self.levels().ok()?.into_iter().map(known).collect::<Option<_>>()?)
        };
        let spliced = self.source(&inputs).ok()?.spliced_from_cache(&service.skeletons, self.tile.address)?;
        self.weigh(service, &inputs);
        Some(spliced.map(|tile| TileBody::of(&tile, coding)))
    }

    /// A tile may have written values that are kept beside the assessments it was made from.
    fn weigh(&self, service: &Service, inputs: &TileInputs) {
        if let TileInputs::Evaluations(evaluations) = inputs {
            service.evaluations.weigh(&self.served, &self.requested.filter, self.role, evaluations);
        }
    }

    /// Whether the areas of the tile are counted and nothing else: what the public sees of an area depends on
    /// the release of all.
    fn counts_are_enough(&self) -> bool {
        self.role.sees_small_counts() && self.selection.rests_on_counts() && self.tile.tileset.level().is_some()
    }

    fn levels(&self) -> Result<Vec<Level>, ServiceError> {
        let edition_data = self.served.snapshot.edition(self.requested.filter.edition).ok_or(ServiceError::NotReady)?;
        let levels = self.tile.tileset.levels().into_iter();
        Ok(levels.filter(|level| edition_data.shape.level(*level).is_some()).collect())
    }

    /// The squares of the question nearest to the filter, where the role sees squares in the tileset.
    fn squares(&self) -> Option<AskedSquares<'_>> {
        let sees_squares = self.role != Role::Public && !self.role.sees_incident_points();
        let has_incidents = self.tile.tileset.parts(self.role).contains(&Tileset::Incidents);
        let table = (sees_squares && has_incidents).then(|| self.served.squares())?;
        let question = table.choices.nearest(&self.requested.filter)?;
        Some(AskedSquares { table, question })
    }

    fn source<'a>(&'a self, inputs: &'a TileInputs) -> Result<TileSource<'a>, ServiceError> {
        let (snapshot, filter) = (&self.served.snapshot, &self.requested.filter);
        Ok(TileSource {
            snapshot,
            edition_data: snapshot.edition(filter.edition).ok_or(ServiceError::NotReady)?,
            tileset: self.tile.tileset,
            role: self.role,
            filter,
            selection: self.selection,
            evaluated: match inputs {
                TileInputs::Evaluations(evaluations) => Evaluated::Whole(evaluations),
                TileInputs::Counts => Evaluated::Counts,
            },
            squares: self.squares(),
        })
    }
}

fn address(path: TilePath<'_>) -> Result<TileAddress, ServiceError> {
    let TilePath { z, x, y, .. } = path;
    let wrong = |what: Names| ServiceError::BadTileAddress { address: quoted(&format!("{z}/{x}/{y}")), what };
    let number = |text: &str| whole_number(text).and_then(|number| u32::try_from(number).ok());
    let (Some(z), Some(x), Some(y)) = (number(z), number(x), number(without_suffix(y))) else {
        return Err(wrong(text!("request-tile-numbers")));
    };
    let zoom = u8::try_from(z).ok().filter(|zoom| (MIN_ZOOM..=MAX_ZOOM).contains(zoom));
    let Some(zoom) = zoom else {
        let what =
            text!("request-no-zoom", zoom = z.to_string(), least = u32::from(MIN_ZOOM), most = u32::from(MAX_ZOOM));
        return Err(ServiceError::NotFound { what, known: Vec::new() });
    };
    TileAddress::new(zoom, x, y).map_err(|_| wrong(text!("request-tile-outside")))
}

/// The last number without what says that this is a vector tile, as other servers and caches want it.
fn without_suffix(y: &str) -> &str {
    y.strip_suffix(".pbf").or_else(|| y.strip_suffix(".mvt")).unwrap_or(y)
}

/// A number that is written in the one way there is, so that a tile has one address.
fn whole_number(text: &str) -> Option<u64> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = text == "0" || !text.starts_with('0');
    (is_plain && is_short).then(|| text.parse().ok()).flatten()
}

/// An address that names the revision never changes its meaning; one that names another
/// revision is answered from this one, and revalidated.
fn lifetime(query: &Query, requested: &RequestedFilter) -> Result<FilterLifetime, ServiceError> {
    let epoch = match query.value("epoch") {
        None => None,
        Some(text) => {
            let expected = || text!("expected-whole-number");
            Some(whole_number(text).ok_or_else(|| ServiceError::invalid("epoch", text, expected()))?)
        }
    };
    let same_epoch = epoch == Some(requested.state.epoch);
    let same_revision = query.value("revision").is_none_or(|revision| *revision == *requested.state.revision);
    let lasting = same_epoch && same_revision && requested.lifetime == FilterLifetime::Fixed;
    Ok(if lasting { FilterLifetime::Fixed } else { FilterLifetime::Moving })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::period::Day;

    fn named(z: &str, x: &str, y: &str) -> Result<NamedTile, ServiceError> {
        let today = Day::from_number(20_000);
        NamedTile::of(TilePath { tileset: "communes", z, x, y }, Viewer::public(today))
    }

    #[test]
    fn tile_has_one_address() {
        assert!(named("9", "409", "232").is_ok() && named("0", "0", "0").is_ok());
        for (z, x, y) in [("9", "0409", "232"), ("09", "409", "232"), ("9", "+409", "232"), ("9", "", "232")] {
            assert!(matches!(named(z, x, y), Err(ServiceError::BadTileAddress { .. })), "{z}/{x}/{y}");
        }
        for (y, is_tile) in
            [("232.pbf", true), ("232.mvt", true), ("232.png", false), ("232.pbf.mvt", false), (".pbf", false)]
        {
            assert_eq!(named("9", "409", y).is_ok(), is_tile, "{y}");
        }
        assert!(matches!(named("9", "512", "0"), Err(ServiceError::BadTileAddress { .. })), "east of the world");
        assert!(matches!(named("17", "0", "0"), Err(ServiceError::NotFound { .. })), "deeper than any tile");
    }

    #[test]
    fn tileset_of_single_incidents_is_not_for_the_public() {
        let viewer = |role| Viewer::new(role, Day::from_number(20_000));
        let path = TilePath { tileset: "incidents", z: "9", x: "409", y: "232" };
        assert!(matches!(NamedTile::of(path, viewer(Role::Public)), Err(ServiceError::RoleTooLow { .. })));
        assert!(NamedTile::of(path, viewer(Role::Planner)).is_ok());
        let unknown = NamedTile::of(TilePath { tileset: "wards", ..path }, viewer(Role::Public));
        assert!(matches!(unknown, Err(ServiceError::NotFound { known, .. }) if known.contains(&"communes".to_owned())));
    }
}
