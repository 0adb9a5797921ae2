//! A tile written again so that it packs into fewer bytes.
//!
//! In: the bytes of a tile. Out: a tile that reads the same (the same layers, features, ids, geometry and attributes,
//! in the same order), in which equal values stand once. A spliced tile names every value apart, so that its skeleton
//! depends on no filter; this takes a second pass over all of it, and is meant for tiles that are kept.
//!
//! # Reference
//! Mapbox Vector Tile Specification 2.1, section 4.4.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::wire::{LayerFields, TagPairs, layer_opening, layers};

/// The tile with equal keys and values once in each layer. Values stand by type and size, so that neighbours share their
/// first bytes and deflate finds them. Nothing where the bytes are no tile.
pub fn compacted(tile: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(tile.len());
    for layer in layers(tile)? {
        let compact = compact_layer(LayerFields::parsed(layer))?;
        out.extend(layer_opening(compact.len()));
        out.extend(compact);
    }
    Some(out)
}

fn compact_layer(mut layer: LayerFields<'_>) -> Option<Vec<u8>> {
    let (mut keys, mut values) = (SharedEntries::default(), SharedEntries::default());
    let mut pairs = Vec::with_capacity(layer.features.len());
    for feature in &mut layer.features {
        let shared = TagPairs(std::mem::take(&mut feature.tags)).map(|pair| {
            let (key, value) = pair?;
            Some((keys.used(layer.keys.get(key)?), values.used(layer.values.get(value)?)))
        });
        pairs.push(shared.collect::<Option<Vec<(usize, usize)>>>()?);
    }
    let (values, index_of) = sorted(&values.entries);
    let tags = pairs
        .into_iter()
        .map(|pairs| pairs.into_iter().flat_map(|(key, value)| [key as u64, index_of[value]]).collect());
    let tags: Vec<Vec<u64>> = tags.collect();
    Some(layer.written(&tags, &keys.entries, &values))
}

/// Byte strings that are used, each once, in the order of their first use.
#[derive(Default)]
struct SharedEntries<'a> {
    entries: Vec<&'a [u8]>,
    index_of: HashMap<&'a [u8], usize, RandomState>,
}

impl<'a> SharedEntries<'a> {
    /// The index of an entry.
    fn used(&mut self, entry: &'a [u8]) -> usize {
        let next = self.entries.len();
        let index = *self.index_of.entry(entry).or_insert(next);
        if index == next {
            self.entries.push(entry);
        }
        index
    }
}

/// Values in the order in which they are written, and for each of those given its index there.
fn sorted<'a>(values: &[&'a [u8]]) -> (Vec<&'a [u8]>, Vec<u64>) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    // The first byte is the type. A double stands lowest byte first: read from behind, its bytes rise with the number.
    let from_behind = |index: &usize| (values[*index].first(), values[*index].iter().rev());
    order.sort_by(|one, other| {
        let ((kind, bytes), (other_kind, other_bytes)) = (from_behind(one), from_behind(other));
        kind.cmp(&other_kind).then_with(|| bytes.cmp(other_bytes))
    });
    let mut index_of = vec![0; order.len()];
    for (position, index) in order.iter().enumerate() {
        index_of[*index] = position as u64;
    }
    (order.into_iter().map(|index| values[index]).collect(), index_of)
}

#[cfg(test)]
mod tests {
    use mvt::{GeomEncoder, GeomType, Tile};
    use mvt_reader::Reader;

    use super::*;

    /// A tile of one layer of points, each with a word, a number of its own and one that all share.
    fn tile(words: &[&str]) -> Vec<u8> {
        let mut tile = Tile::new(4096);
        let mut layer = tile.create_layer("places");
        for (number, word) in words.iter().enumerate() {
            let mut encoder = GeomEncoder::new(GeomType::Point);
            encoder.add_point(number as i32, 7).unwrap();
            let mut feature = layer.into_feature(encoder.encode().unwrap());
            feature.set_id(number as u64 + 100);
            feature.add_tag_double("own", number as f64 + 0.5);
            feature.add_tag_string("word", word);
            feature.add_tag_uint("same", 7);
            layer = feature.into_layer();
        }
        tile.add_layer(layer).unwrap();
        tile.to_bytes().unwrap()
    }

    fn read(tile: Vec<u8>) -> Vec<String> {
        let features = Reader::new(tile).unwrap().get_features(0).unwrap();
        features
            .into_iter()
            .map(|feature| {
                let properties: std::collections::BTreeMap<_, _> = feature.properties.unwrap().into_iter().collect();
                format!("{:?} {:?} {properties:?}", feature.id, feature.geometry)
            })
            .collect()
    }

    #[test]
    fn equal_values_stand_once_by_type_and_size() {
        let written = compacted(&tile(&["b", "a", "b", "b"])).unwrap();
        let layer = LayerFields::parsed(layers(&written).unwrap()[0]);
        let double = |number: f64| [&[0x19][..], &number.to_le_bytes()].concat();
        let doubles = [double(0.5), double(1.5), double(2.5), double(3.5)];
        let texts = [&[0x0a, 1, b'a'][..], &[0x0a, 1, b'b']];
        let expected: Vec<&[u8]> =
            texts.into_iter().chain(doubles.iter().map(Vec::as_slice)).chain([&[0x28, 7][..]]).collect();
        assert_eq!(layer.values, expected);
        // The keys «own», «word», «same»; of the last feature 3.5, «b», 7.
        let tags: Vec<_> = TagPairs(layer.features[3].tags).flatten().collect();
        assert_eq!(tags, [(0, 5), (1, 1), (2, 6)]);
    }

    #[test]
    fn a_compact_tile_reads_the_same_and_cannot_be_made_smaller_again() {
        let spread = tile(&["x", "y", "x", "z", "x", "y"]);
        let compact = compacted(&spread).unwrap();
        assert_eq!(read(compact.clone()), read(spread));
        assert_eq!(compacted(&compact).unwrap().len(), compact.len());
    }

    #[test]
    fn what_is_no_tile_is_not_written_again() {
        assert_eq!(compacted(&[]), Some(Vec::new()));
        assert_eq!(compacted(b"tile"), None);
        let whole = tile(&["a"]);
        assert_eq!(compacted(&whole[..whole.len() - 1]), None);
    }
}
