//! Skeletons: layers up to their varying values, made once and cached compressed.
//!
//! A *base layer* is what the boundaries give for one layer of one tile: its areas in their order, and the layer
//! with ids, geometry and fixed attributes as `mvt` encodes it. A *skeleton* is the base layer with room for the
//! varying values of those attributes that each of its areas has. Which attributes exist hardly depends on
//! the filter, so that a base layer has few skeletons; base layers are cached while there is room.

use std::io::Write as _;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crc32fast::Hasher;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use foldhash::fast::RandomState;
use moka::sync::Cache;
use mvt::Tile;

use super::brotli_stream;
use super::wire;
use crate::attributes::Selection;
use crate::domain::area::AreaIndex;
use crate::geometry::projection::{EXTENT, TileAddress};
use crate::snapshot::EditionShape;
use crate::tile::area_row::fixed_value;
use crate::tile::content::areas::{TileArea, add_attributes, features};
use crate::tile::content::source::{TileError, TileSource};
use crate::tile::content::values::ValuesRow;
use crate::tile::tileset::Tileset;

/// Room for base layers and their skeletons where nobody says how much there is.
const DEFAULT_CACHE_BYTES: u64 = 64 << 20;
/// Skeletons of one base layer; the oldest is dropped.
const MAX_SKELETONS_PER_BASE_LAYER: usize = 12;
/// A skeleton is compressed once and sent many times.
const SKELETON_DEFLATE_LEVEL: u32 = 9;
/// What a base layer takes beside what it holds: its entry in the cache.
const BASE_LAYER_OVERHEAD_BYTES: usize = 512;

/// A layer up to its varying values.
#[derive(Debug)]
pub(in crate::tile) struct Skeleton {
    /// As it is.
    pub(in crate::tile) raw: Vec<u8>,
    /// Its checksum, to be combined with that of what follows.
    pub(in crate::tile) checksum: Hasher,
    /// Deflated, ending on a byte; what follows may not refer to it, and need not.
    pub(in crate::tile) deflated: Vec<u8>,
    /// As meta-blocks of a brotli stream, when it is first requested.
    brotli: OnceLock<Vec<u8>>,
}

impl Skeleton {
    fn new(mut raw: Vec<u8>) -> Self {
        raw.shrink_to_fit();
        let mut checksum = Hasher::new();
        checksum.update(&raw);
        let mut encoder =
            DeflateEncoder::new(Vec::with_capacity(raw.len() / 2), Compression::new(SKELETON_DEFLATE_LEVEL));
        // A flush, not a finish: it ends the block on a byte and leaves the stream open for the values.
        encoder.write_all(&raw).and_then(|()| encoder.flush()).expect("writing to a vector cannot fail");
        let mut deflated = std::mem::take(encoder.get_mut());
        deflated.shrink_to_fit();
        Self { raw, checksum, deflated, brotli: OnceLock::new() }
    }

    /// The bytes of memory that it holds. Those of brotli are counted from the beginning: they are no more than the
    /// deflated ones, and come when first requested.
    fn held_bytes(&self) -> usize {
        size_of::<Self>() + self.raw.capacity() + 2 * self.deflated.capacity()
    }

    /// As meta-blocks of a brotli stream.
    pub(in crate::tile) fn brotli(&self) -> &[u8] {
        self.brotli.get_or_init(|| brotli_stream::meta_blocks(&self.raw, brotli_stream::Effort::Once))
    }
}

/// One layer of one tile as the boundaries give it.
#[derive(Debug)]
pub(in crate::tile) struct BaseLayer {
    tile_areas: Vec<TileArea>,
    layer: Vec<u8>,
    skeletons: RwLock<Vec<(Vec<Selection>, Arc<Skeleton>)>>,
    /// The bytes of the skeletons now, and when the layer was weighed last.
    skeletons_bytes: AtomicUsize,
    weighed_bytes: AtomicUsize,
}

/// A layer whose varying values stand apart.
#[derive(Debug)]
pub(in crate::tile) struct SplicedLayer {
    /// The layer up to the values.
    pub(in crate::tile) skeleton: Arc<Skeleton>,
    /// Encoded values in the order of the skeleton's tags.
    pub(in crate::tile) varying_values: Vec<u8>,
}

impl BaseLayer {
    /// The base layer of a part; none where no area lies in the tile.
    fn drawn(key: &BaseLayerKey, shape: &EditionShape) -> Result<Option<Self>, TileError> {
        let mut tile = Tile::new(EXTENT);
        let mut tile_areas = Vec::new();
        let layer = tile.create_layer(key.part.as_str());
        let layer = features(shape, key.part, layer, key.address, &mut |feature, tile_area| {
            tile_areas.push(tile_area);
            if let Some(area) = shape.level(tile_area.level).map(|areas| &areas.areas[tile_area.index]) {
                add_attributes(feature, |attribute| fixed_value(attribute.key, area, tile_area.level), key.fixed);
            }
        })?;
        if tile_areas.is_empty() {
            return Ok(None);
        }
        tile.add_layer(layer)?;
        let bytes = tile.to_bytes()?;
        let layer = wire::first_layer(&bytes).ok_or(TileError::NoLayer)?.to_vec();
        tile_areas.shrink_to_fit();
        Ok(Some(Self {
            tile_areas,
            layer,
            skeletons: RwLock::default(),
            skeletons_bytes: 0.into(),
            weighed_bytes: 0.into(),
        }))
    }

    /// The layer under the filter of a source.
    fn spliced_layer(&self, source: &TileSource<'_>, varying: Selection) -> SplicedLayer {
        let (mut present, mut varying_values) = (Vec::with_capacity(self.tile_areas.len()), Vec::new());
        // Features stand level by level, so one look-up serves a whole level; the values follow in the order of
        // the features, in which the skeleton's tags were numbered.
        for tile_areas in self.tile_areas.chunk_by(|one, next| one.level == next.level) {
            let indices: Vec<AreaIndex> = tile_areas.iter().map(|tile_area| tile_area.index).collect();
            let values = source.values_of(tile_areas[0].level, &indices, varying);
            for (requested, index) in ValuesRow::of_all(indices.len()).zip(indices) {
                let (attributes, bytes) = values.at(index, requested);
                present.push(attributes);
                varying_values.extend_from_slice(bytes);
            }
        }
        SplicedLayer { skeleton: self.skeleton(present), varying_values }
    }

    fn skeleton(&self, present: Vec<Selection>) -> Arc<Skeleton> {
        let cached = self.skeletons.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, skeleton)) = cached.iter().find(|(pattern, _)| *pattern == present) {
            return Arc::clone(skeleton);
        }
        drop(cached);
        let made = Arc::new(Skeleton::new(wire::with_varying_tags(&self.layer, &present)));
        // Two requests may both have made it between the locks. Both copies are equal and the spare one ages out,
        // which costs less than compressing under the lock.
        let mut cached = self.skeletons.write().unwrap_or_else(PoisonError::into_inner);
        if cached.len() == MAX_SKELETONS_PER_BASE_LAYER {
            cached.remove(0);
        }
        cached.push((present, Arc::clone(&made)));
        let of_one = |(present, skeleton): &(Vec<Selection>, Arc<Skeleton>)| {
            size_of_val(present.as_slice()) + skeleton.held_bytes()
        };
        self.skeletons_bytes.store(cached.iter().map(of_one).sum(), Ordering::Relaxed);
        made
    }

    /// The bytes of memory that it holds now. It is then taken to be weighed.
    fn weighed(&self) -> usize {
        let skeletons_bytes = self.skeletons_bytes.load(Ordering::Relaxed);
        self.weighed_bytes.store(skeletons_bytes, Ordering::Relaxed);
        size_of::<Self>() + size_of_val(self.tile_areas.as_slice()) + self.layer.capacity() + skeletons_bytes
    }

    /// Whether it holds more skeletons than when it was weighed last.
    fn has_grown(&self) -> bool {
        self.skeletons_bytes.load(Ordering::Relaxed) > self.weighed_bytes.load(Ordering::Relaxed)
    }
}

/// What a base layer depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct BaseLayerKey {
    shape: u64,
    part: Tileset,
    fixed: Selection,
    address: TileAddress,
}

impl BaseLayerKey {
    fn of(source: &TileSource<'_>, part: Tileset, address: TileAddress) -> Self {
        Self { shape: source.edition_data.shape.serial, part, fixed: source.selected(part).fixed(), address }
    }
}

/// The base layers that were used, cached while there is room.
#[derive(Debug, Clone)]
pub struct Skeletons {
    layers: Cache<BaseLayerKey, Option<Arc<BaseLayer>>, RandomState>,
    hits: Arc<AtomicU64>,
    misses: Arc<AtomicU64>,
}

impl Default for Skeletons {
    fn default() -> Self {
        Self::new(DEFAULT_CACHE_BYTES)
    }
}

impl Skeletons {
    /// No base layer yet, and room for so many bytes of them.
    pub fn new(budget_bytes: u64) -> Self {
        let weight = |_: &BaseLayerKey, base_layer: &Option<Arc<BaseLayer>>| {
            (BASE_LAYER_OVERHEAD_BYTES + base_layer.as_ref().map_or(0, |base_layer| base_layer.weighed())) as u32
        };
        let layers =
            Cache::builder().max_capacity(budget_bytes).weigher(weight).build_with_hasher(RandomState::default());
        Self { layers, hits: Arc::default(), misses: Arc::default() }
    }

    /// How many layers were found in the cache.
    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    /// How many had to be drawn.
    pub fn misses(&self) -> u64 {
        self.misses.load(Ordering::Relaxed)
    }

    /// How many base layers are cached.
    pub fn entries(&self) -> u64 {
        self.layers.run_pending_tasks();
        self.layers.entry_count()
    }

    /// The bytes they and their skeletons hold.
    pub fn bytes(&self) -> u64 {
        self.layers.run_pending_tasks();
        self.layers.weighted_size()
    }

    /// A layer under the filter of a source; none where no area lies in the tile.
    pub(in crate::tile) fn spliced_layer(
        &self,
        source: &TileSource<'_>,
        part: Tileset,
        address: TileAddress,
    ) -> Result<Option<SplicedLayer>, TileError> {
        let key = BaseLayerKey::of(source, part, address);
        let base_layer = if let Some(base_layer) = self.layers.get(&key) {
            self.hits.fetch_add(1, Ordering::Relaxed);
            base_layer
        } else {
            self.misses.fetch_add(1, Ordering::Relaxed);
            let base_layer = BaseLayer::drawn(&key, &source.edition_data.shape)?.map(Arc::new);
            self.layers.insert(key, base_layer.clone());
            base_layer
        };
        Ok(base_layer.map(|base_layer| self.spliced(key, &base_layer, source)))
    }

    /// A base layer under the filter of a source. One that has another skeleton for it is weighed anew.
    fn spliced(&self, key: BaseLayerKey, base_layer: &Arc<BaseLayer>, source: &TileSource<'_>) -> SplicedLayer {
        let spliced = base_layer.spliced_layer(source, source.selected(key.part).varying());
        if base_layer.has_grown() {
            self.layers.insert(key, Some(Arc::clone(base_layer)));
        }
        spliced
    }

    /// The same, if the base layer is cached.
    #[expect(clippy::option_option, reason = "a base layer may be known to be empty")]
    pub(in crate::tile) fn cached_layer(
        &self,
        source: &TileSource<'_>,
        part: Tileset,
        address: TileAddress,
    ) -> Option<Option<SplicedLayer>> {
        let key = BaseLayerKey::of(source, part, address);
        let base_layer = self.layers.get(&key)?;
        self.hits.fetch_add(1, Ordering::Relaxed);
        Some(base_layer.map(|base_layer| self.spliced(key, &base_layer, source)))
    }
}
