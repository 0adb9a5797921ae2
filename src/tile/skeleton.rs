//! Skeletons: layers up to their varying values, made once and kept compressed.
//!
//! A *frame* is what the boundaries give for one layer of one tile: its areas in their order, and the layer
//! with ids, geometry and fixed attributes as `mvt` encodes it. A *skeleton* is the frame with room for the
//! varying values of those attributes that each of its areas has. Which attributes exist hardly depends on
//! the filter, so that a frame has few skeletons; frames are kept while there is room.

use std::io::Write as _;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crc32fast::Hasher;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use foldhash::fast::RandomState;
use moka::sync::Cache;
use mvt::Tile;

use super::areas::{Place, add_attributes, features};
use super::brotli_stream;
use super::selection::Selection;
use super::source::{TileError, TileSource};
use super::tileset::Tileset;
use super::wire;
use crate::geometry::projection::{EXTENT, TileAddress};
use crate::snapshot::EditionShape;

/// Room for kept frames and their skeletons.
const KEPT_BYTES: u64 = 256 << 20;
/// Skeletons of one frame; the oldest makes way.
const KEPT_PATTERNS: usize = 12;
/// A skeleton is compressed once and sent many times.
const SKELETON_LEVEL: u32 = 9;
/// What a frame takes beside its layer, and how much its skeletons take as a multiple of the layer.
const FRAME_OVERHEAD: u32 = 512;
const SKELETONS_A_FRAME: u32 = 4;

/// A layer up to its varying values.
#[derive(Debug)]
pub(super) struct Skeleton {
    /// As it is.
    pub(super) raw: Vec<u8>,
    /// Its checksum, to be combined with that of what follows.
    pub(super) checksum: Hasher,
    /// Deflated, ending on a byte; what follows may not refer to it, and need not.
    pub(super) deflated: Vec<u8>,
    /// As meta-blocks of a brotli stream, when it is first asked for.
    brotli: OnceLock<Vec<u8>>,
}

impl Skeleton {
    fn new(raw: Vec<u8>) -> Self {
        let mut checksum = Hasher::new();
        checksum.update(&raw);
        let mut encoder = DeflateEncoder::new(Vec::with_capacity(raw.len() / 2), Compression::new(SKELETON_LEVEL));
        encoder.write_all(&raw).and_then(|()| encoder.flush()).expect("writing to a vector cannot fail");
        let deflated = std::mem::take(encoder.get_mut());
        Self { raw, checksum, deflated, brotli: OnceLock::new() }
    }

    /// As meta-blocks of a brotli stream.
    pub(super) fn brotli(&self) -> &[u8] {
        self.brotli.get_or_init(|| brotli_stream::meta_blocks(&self.raw, brotli_stream::Effort::Once))
    }
}

/// One layer of one tile as the boundaries give it.
#[derive(Debug)]
pub(super) struct Frame {
    places: Vec<Place>,
    layer: Vec<u8>,
    skeletons: RwLock<Vec<(Vec<Selection>, Arc<Skeleton>)>>,
}

/// A layer whose varying values stand apart.
#[derive(Debug)]
pub(super) struct Joint {
    /// The layer up to the values.
    pub(super) skeleton: Arc<Skeleton>,
    /// The values.
    pub(super) tail: Vec<u8>,
}

impl Frame {
    /// The frame of a part; none where no area lies in the tile.
    fn drawn(key: &FrameKey, shape: &EditionShape) -> Result<Option<Self>, TileError> {
        let mut tile = Tile::new(EXTENT);
        let mut places = Vec::new();
        let layer = tile.create_layer(key.part.as_str());
        let layer = features(shape, key.part, layer, key.address, &mut |feature, place| {
            places.push(place);
            if let Some(area) = shape.level(place.level).map(|areas| &areas.areas[place.row]) {
                add_attributes(feature, |attribute| attribute.fixed_value(area, place.level), key.fixed);
            }
        })?;
        if places.is_empty() {
            return Ok(None);
        }
        tile.add_layer(layer)?;
        let bytes = tile.to_bytes()?;
        let layer = wire::first_layer(&bytes).ok_or(TileError::NoLayer)?.to_vec();
        Ok(Some(Self { places, layer, skeletons: RwLock::default() }))
    }

    /// The layer under the filter of a source.
    fn joined(&self, source: &TileSource<'_>, varying: Selection) -> Joint {
        let (mut present, mut tail) = (Vec::with_capacity(self.places.len()), Vec::new());
        for places in self.places.chunk_by(|one, next| one.level == next.level) {
            let rows: Vec<usize> = places.iter().map(|place| place.row).collect();
            let values = source.values_of(places[0].level, &rows, varying);
            for (nth, row) in rows.into_iter().enumerate() {
                let (attributes, bytes) = values.at(nth, row);
                present.push(attributes);
                tail.extend_from_slice(bytes);
            }
        }
        Joint { skeleton: self.skeleton(present), tail }
    }

    fn skeleton(&self, present: Vec<Selection>) -> Arc<Skeleton> {
        let known = self.skeletons.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, skeleton)) = known.iter().find(|(pattern, _)| *pattern == present) {
            return Arc::clone(skeleton);
        }
        drop(known);
        let made = Arc::new(Skeleton::new(wire::with_room(&self.layer, &present)));
        let mut known = self.skeletons.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() == KEPT_PATTERNS {
            known.remove(0);
        }
        known.push((present, Arc::clone(&made)));
        made
    }
}

/// What a frame depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct FrameKey {
    shape: u64,
    part: Tileset,
    fixed: Selection,
    address: TileAddress,
}

impl FrameKey {
    fn of(source: &TileSource<'_>, part: Tileset, address: TileAddress) -> Self {
        Self { shape: source.picture.shape.serial, part, fixed: source.selected(part).fixed(), address }
    }
}

/// The frames that were used, kept while there is room.
#[derive(Debug, Clone)]
pub struct Skeletons(Cache<FrameKey, Option<Arc<Frame>>, RandomState>);

impl Default for Skeletons {
    fn default() -> Self {
        let weight = |_: &FrameKey, frame: &Option<Arc<Frame>>| {
            let layer = frame.as_ref().map_or(0, |frame| frame.layer.len() as u32);
            FRAME_OVERHEAD + layer * SKELETONS_A_FRAME
        };
        Self(Cache::builder().max_capacity(KEPT_BYTES).weigher(weight).build_with_hasher(RandomState::default()))
    }
}

impl Skeletons {
    /// A layer under the filter of a source; none where no area lies in the tile.
    pub(super) fn joined(
        &self,
        source: &TileSource<'_>,
        part: Tileset,
        address: TileAddress,
    ) -> Result<Option<Joint>, TileError> {
        let key = FrameKey::of(source, part, address);
        let frame = if let Some(frame) = self.0.get(&key) {
            frame
        } else {
            let frame = Frame::drawn(&key, &source.picture.shape)?.map(Arc::new);
            self.0.insert(key, frame.clone());
            frame
        };
        Ok(frame.map(|frame| frame.joined(source, source.selected(part).varying())))
    }

    /// The same, if the frame is at hand.
    #[expect(clippy::option_option, reason = "a frame may be known to be empty")]
    pub(super) fn known(&self, source: &TileSource<'_>, part: Tileset, address: TileAddress) -> Option<Option<Joint>> {
        let frame = self.0.get(&FrameKey::of(source, part, address))?;
        Some(frame.map(|frame| frame.joined(source, source.selected(part).varying())))
    }
}
