//! The bytes of a vector tile, as far as splicing goes around the encoder.
//!
//! Geometry, ids and fixed attributes are encoded by the `mvt` crate. This file takes such a layer apart
//! and writes it again with room for values that are appended later: every feature names its varying
//! values by their index after the fixed ones, so that the layer up to these values never changes.
//! Nothing else in the crate knows tags, wire types or variable-length integers.
//!
//! # Reference
//! Mapbox Vector Tile Specification 2.1, section 4; Protocol Buffers, "Encoding".

use crate::attributes::{AREA_ATTRIBUTES, AttributeValue, Selection};

const VARINT: u64 = 0;
const FIXED_64: u64 = 1;
const LENGTH_DELIMITED: u64 = 2;
const FIXED_32: u64 = 5;

/// Fields of a tile, of a layer, of a feature, of a value.
const TILE_LAYER: u64 = 3;
const LAYER_NAME: u64 = 1;
const LAYER_FEATURE: u64 = 2;
const LAYER_KEY: u64 = 3;
const LAYER_VALUE: u64 = 4;
const LAYER_EXTENT: u64 = 5;
const LAYER_VERSION: u64 = 15;
const FEATURE_ID: u64 = 1;
const FEATURE_TAGS: u64 = 2;
const FEATURE_TYPE: u64 = 3;
const FEATURE_GEOMETRY: u64 = 4;
const VALUE_STRING: u64 = 1;
const VALUE_DOUBLE: u64 = 3;
const VALUE_UINT: u64 = 5;

/// Appends a number in groups of seven bits, the lowest first.
fn push_varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn push_key(out: &mut Vec<u8>, field: u64, wire: u64) {
    push_varint(out, field << 3 | wire);
}

fn push_number(out: &mut Vec<u8>, field: u64, number: u64) {
    push_key(out, field, VARINT);
    push_varint(out, number);
}

fn push_bytes(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    push_key(out, field, LENGTH_DELIMITED);
    push_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn varint_length(number: u64) -> usize {
    // The bits of the number, at least one, in groups of seven.
    (64 - (number | 1).leading_zeros() as usize).div_ceil(7)
}

/// What stands before a layer of some bytes in a tile.
pub(in crate::tile) fn layer_opening(layer_bytes: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(6);
    push_key(&mut out, TILE_LAYER, LENGTH_DELIMITED);
    push_varint(&mut out, layer_bytes as u64);
    out
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    push_key(out, LAYER_VALUE, LENGTH_DELIMITED);
    push_varint(out, (1 + varint_length(text.len() as u64) + text.len()) as u64);
    push_bytes(out, VALUE_STRING, text.as_bytes());
}

/// Appends one value to the end of a layer.
pub(in crate::tile) fn push_value(out: &mut Vec<u8>, value: &AttributeValue<'_>) {
    match value {
        AttributeValue::Text(text) => push_text(out, text),
        AttributeValue::Word(word) => push_text(out, word),
        AttributeValue::Integer(number) => {
            push_key(out, LAYER_VALUE, LENGTH_DELIMITED);
            push_varint(out, 1 + varint_length(*number) as u64);
            push_number(out, VALUE_UINT, *number);
        }
        AttributeValue::Number(number) => {
            push_key(out, LAYER_VALUE, LENGTH_DELIMITED);
            push_varint(out, 9);
            push_key(out, VALUE_DOUBLE, FIXED_64);
            out.extend_from_slice(&number.to_le_bytes());
        }
    }
}

/// A field of a message: its number, and its content.
enum FieldContent<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

fn take_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    // Ten groups of seven bits are all that a 64-bit number takes; a longer one is broken, and so is one that ends
    // early.
    for shift in (0..64).step_by(7) {
        let (first, tail) = rest.split_first()?;
        *rest = tail;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn take_bytes<'a>(rest: &mut &'a [u8], count: u64) -> Option<&'a [u8]> {
    let (field_bytes, tail) = rest.split_at_checked(usize::try_from(count).ok()?)?;
    *rest = tail;
    Some(field_bytes)
}

/// The next field of a message; none at its end, or where it is broken.
fn take_field<'a>(rest: &mut &'a [u8]) -> Option<(u64, FieldContent<'a>)> {
    let key = take_varint(rest)?;
    let content = match key & 7 {
        VARINT => FieldContent::Number(take_varint(rest)?),
        FIXED_64 => FieldContent::Bytes(take_bytes(rest, 8)?),
        LENGTH_DELIMITED => {
            let count = take_varint(rest)?;
            FieldContent::Bytes(take_bytes(rest, count)?)
        }
        FIXED_32 => FieldContent::Bytes(take_bytes(rest, 4)?),
        _ => return None,
    };
    Some((key >> 3, content))
}

/// The first layer of a tile, without what stands before it.
pub(in crate::tile) fn first_layer(tile: &[u8]) -> Option<&[u8]> {
    let mut rest = tile;
    match take_field(&mut rest)? {
        (TILE_LAYER, FieldContent::Bytes(layer)) => Some(layer),
        _ => None,
    }
}

/// The layers of a tile, each without what stands before it; nothing where the bytes are no tile.
pub(super) fn layers(mut tile: &[u8]) -> Option<Vec<&[u8]>> {
    let mut layers = Vec::new();
    while !tile.is_empty() {
        match take_field(&mut tile)? {
            (TILE_LAYER, FieldContent::Bytes(layer)) => layers.push(layer),
            _ => return None,
        }
    }
    Some(layers)
}

/// A layer taken apart into its fields.
#[derive(Default)]
pub(super) struct LayerFields<'a> {
    name: &'a [u8],
    extent: u64,
    pub(super) features: Vec<FeatureFields<'a>>,
    pub(super) keys: Vec<&'a [u8]>,
    pub(super) values: Vec<&'a [u8]>,
}

#[derive(Default)]
pub(super) struct FeatureFields<'a> {
    id: Option<u64>,
    /// Indices of keys and values in turn, packed.
    pub(super) tags: &'a [u8],
    kind: u64,
    geometry: &'a [u8],
}

impl<'a> LayerFields<'a> {
    pub(super) fn parsed(mut rest: &'a [u8]) -> Self {
        let mut layer = Self::default();
        while let Some(field) = take_field(&mut rest) {
            match field {
                (LAYER_NAME, FieldContent::Bytes(name)) => layer.name = name,
                (LAYER_EXTENT, FieldContent::Number(extent)) => layer.extent = extent,
                (LAYER_FEATURE, FieldContent::Bytes(feature)) => layer.features.push(FeatureFields::parsed(feature)),
                (LAYER_KEY, FieldContent::Bytes(key)) => layer.keys.push(key),
                (LAYER_VALUE, FieldContent::Bytes(value)) => layer.values.push(value),
                _ => {}
            }
        }
        layer
    }

    /// The layer whose features have more tags, one list for each, and that has these keys and values. The values stand
    /// last, so that more of them can follow.
    pub(super) fn written(&self, more_tags: &[Vec<u64>], keys: &[&[u8]], values: &[&[u8]]) -> Vec<u8> {
        let mut out = Vec::new();
        push_number(&mut out, LAYER_VERSION, 2);
        push_bytes(&mut out, LAYER_NAME, self.name);
        for (feature, tags) in self.features.iter().zip(more_tags) {
            feature.push_with(&mut out, tags);
        }
        for key in keys {
            push_bytes(&mut out, LAYER_KEY, key);
        }
        push_number(&mut out, LAYER_EXTENT, self.extent);
        for value in values {
            push_bytes(&mut out, LAYER_VALUE, value);
        }
        out
    }
}

/// The tags of a feature: the indices of a key and of its value; nothing in place of what is broken.
pub(super) struct TagPairs<'a>(pub(super) &'a [u8]);

impl Iterator for TagPairs<'_> {
    type Item = Option<(usize, usize)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let mut index = || usize::try_from(take_varint(&mut self.0)?).ok();
        let pair = index().zip(index());
        if pair.is_none() {
            self.0 = &[];
        }
        Some(pair)
    }
}

impl<'a> FeatureFields<'a> {
    fn parsed(mut rest: &'a [u8]) -> Self {
        let mut feature = Self::default();
        while let Some(field) = take_field(&mut rest) {
            match field {
                (FEATURE_ID, FieldContent::Number(id)) => feature.id = Some(id),
                (FEATURE_TAGS, FieldContent::Bytes(tags)) => feature.tags = tags,
                (FEATURE_TYPE, FieldContent::Number(kind)) => feature.kind = kind,
                (FEATURE_GEOMETRY, FieldContent::Bytes(geometry)) => feature.geometry = geometry,
                _ => {}
            }
        }
        feature
    }

    fn push_with(&self, out: &mut Vec<u8>, more_tags: &[u64]) {
        let mut tags = self.tags.to_vec();
        for tag in more_tags {
            push_varint(&mut tags, *tag);
        }
        let mut bytes = Vec::with_capacity(self.geometry.len() + tags.len() + 24);
        if let Some(id) = self.id {
            push_number(&mut bytes, FEATURE_ID, id);
        }
        if !tags.is_empty() {
            push_bytes(&mut bytes, FEATURE_TAGS, &tags);
        }
        push_number(&mut bytes, FEATURE_TYPE, self.kind);
        push_bytes(&mut bytes, FEATURE_GEOMETRY, self.geometry);
        push_bytes(out, LAYER_FEATURE, &bytes);
    }
}

/// A layer written again so that the varying values of its features can be appended: for every feature in
/// turn those attributes of the table that it has, in the order of the table.
pub(in crate::tile) fn with_varying_tags(layer: &[u8], present: &[Selection]) -> Vec<u8> {
    let parsed = LayerFields::parsed(layer);
    let all = present.iter().fold(0_u64, |all, one| all | one.bits());
    let names: Vec<usize> = Selection::from_bits(all).indices().collect();
    let mut next_value = parsed.values.len() as u64;
    // `next_value` is the index that the next appended value will have: the fixed values come first, then those of
    // each feature in turn. The values themselves are not needed to name them, which is why this layer can be
    // cached without them.
    let varying_tags = present.iter().map(|present| {
        let mut tags = Vec::with_capacity(2 * names.len());
        for index in present.indices() {
            // The names are those of all features, ascending, and stand behind the fixed keys; the attribute is
            // among them.
            let key = parsed.keys.len() + names.partition_point(|name| *name < index);
            tags.extend([key as u64, next_value]);
            next_value += 1;
        }
        tags
    });
    let varying_tags: Vec<Vec<u64>> = varying_tags.collect();
    let own = names.iter().map(|index| AREA_ATTRIBUTES[*index].name.as_bytes());
    let keys: Vec<&[u8]> = parsed.keys.iter().copied().chain(own).collect();
    parsed.written(&varying_tags, &keys, &parsed.values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_seven_bits_a_byte() {
        for (number, bytes) in [(0, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3), (u64::MAX, 10)] {
            let mut out = Vec::new();
            push_varint(&mut out, number);
            assert_eq!((out.len(), varint_length(number)), (bytes, bytes), "{number}");
            assert_eq!(take_varint(&mut out.as_slice()), Some(number));
        }
    }

    #[test]
    fn values_are_written_as_the_specification_says() {
        let written = |value: AttributeValue<'_>| {
            let mut out = Vec::new();
            push_value(&mut out, &value);
            out
        };
        assert_eq!(written(AttributeValue::Text("A".into())), [0x22, 3, 0x0a, 1, b'A']);
        assert_eq!(written(AttributeValue::Integer(300)), [0x22, 3, 0x28, 0xac, 0x02]);
        assert_eq!(written(AttributeValue::Number(1.5)), [0x22, 9, 0x19, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f]);
    }

    #[test]
    fn broken_bytes_end_the_message() {
        assert!(take_field(&mut [0x0a, 5, 1].as_slice()).is_none());
        assert!(take_field(&mut [0x80].as_slice()).is_none());
        assert!(first_layer(&[]).is_none());
        assert_eq!(layer_opening(300), [0x1a, 0xac, 0x02]);
    }
}
