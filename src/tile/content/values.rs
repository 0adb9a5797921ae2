//! The varying values of areas, as they stand in tiles.
//!
//! In: an assessment, or counts. Out: for every row which attributes it has, and their values in the bytes
//! of a layer. Made once per filter and selection, and shared by all tiles.

use mvt::Feature;

use crate::assessment::AreaAssessment;
use crate::attributes::{
    AREA_ATTRIBUTES, Attribute, AttributeValue, INCIDENT_ATTRIBUTES, IncidentAttribute, Selection,
};
use crate::domain::index::list_index;
use crate::tile::area_row::{Count, ValueFunction, value_function};
use crate::tile::encoding::wire;

/// Decimals kept in tiles; the JSON answers keep all.
const TILE_DECIMALS: f64 = 1e4;

/// A value as tiles carry it: numbers of four decimals. One that happens to be whole stays a double, so that an attribute
/// has one type in all tiles: readers take it from the first tile that they see.
pub(in crate::tile) fn in_tile(value: AttributeValue<'_>) -> AttributeValue<'_> {
    let AttributeValue::Number(number) = value else { return value };
    AttributeValue::Number((number * TILE_DECIMALS).round() / TILE_DECIMALS)
}

/// Gives a feature one more value.
pub(in crate::tile) fn add_value(feature: &mut Feature, name: &str, value: AttributeValue<'_>) {
    match in_tile(value) {
        AttributeValue::Text(text) => feature.add_tag_string(name, &text),
        AttributeValue::Word(word) => feature.add_tag_string(name, word),
        AttributeValue::Integer(number) => feature.add_tag_uint(name, number),
        AttributeValue::Number(number) => feature.add_tag_double(name, number),
    }
}

list_index!(
    /// A row of values, counted from the first that was written.
    pub(crate) ValuesRow
);

/// Gives the feature of an incident, or of several, the values of those attributes that tiles carry.
pub(in crate::tile) fn add_incident_values<'a>(
    feature: &mut Feature,
    value: impl Fn(&Attribute<IncidentAttribute>) -> Option<AttributeValue<'a>>,
) {
    for attribute in INCIDENT_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_tiles()) {
        if let Some(value) = value(attribute) {
            add_value(feature, attribute.name, value);
        }
    }
}

/// The values of rows, one after another.
#[derive(Debug, Clone, Default)]
pub(in crate::tile) struct RowValues {
    present: Vec<Selection>,
    ends: Vec<u32>,
    bytes: Vec<u8>,
}

impl RowValues {
    /// The varying values of assessed rows.
    pub(in crate::tile) fn of_assessed(rows: &[AreaAssessment], selection: Selection) -> Self {
        let mut values = Self::with_rows(rows.len());
        for row in rows {
            let count = Count::of(row);
            values.push(selection, |function| match function {
                ValueFunction::Boundaries(_) => None,
                ValueFunction::Counts(value) => value(&count),
                ValueFunction::Assessment(value) => value(row),
            });
        }
        // These are kept, and what is kept is weighed.
        values.bytes.shrink_to_fit();
        values
    }

    /// The varying values of counted rows.
    pub(in crate::tile) fn of_counts(counts: &[Count], selection: Selection) -> Self {
        let mut values = Self::with_rows(counts.len());
        for count in counts {
            values.push(selection, |function| match function {
                ValueFunction::Counts(value) => value(count),
                ValueFunction::Boundaries(_) | ValueFunction::Assessment(_) => None,
            });
        }
        values
    }

    fn with_rows(rows: usize) -> Self {
        Self { present: Vec::with_capacity(rows), ends: Vec::with_capacity(rows), bytes: Vec::new() }
    }

    fn push<'a>(&mut self, selection: Selection, value: impl Fn(ValueFunction) -> Option<AttributeValue<'a>>) {
        let mut present = 0;
        for index in selection.indices() {
            if let Some(value) = value(value_function(AREA_ATTRIBUTES[index].key)) {
                present |= 1 << index;
                wire::push_value(&mut self.bytes, &in_tile(value));
            }
        }
        self.present.push(Selection::from_bits(present));
        self.ends.push(self.bytes.len() as u32);
    }

    /// The bytes of memory that they hold.
    pub(in crate::tile) fn held_bytes(&self) -> usize {
        let rows = self.present.capacity() * size_of::<Selection>() + self.ends.capacity() * size_of::<u32>();
        size_of::<Self>() + rows + self.bytes.capacity()
    }

    /// The attributes that a row has, and its values.
    pub(in crate::tile) fn row(&self, row: ValuesRow) -> (Selection, &[u8]) {
        let row = row.index();
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        (self.present[row], &self.bytes[start..self.ends[row] as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_four_decimals_and_one_type() {
        assert_eq!(in_tile(AttributeValue::Number(2.0)), AttributeValue::Number(2.0));
        assert_eq!(in_tile(AttributeValue::Integer(2)), AttributeValue::Integer(2));
        assert_eq!(in_tile(AttributeValue::Number(0.000_04)), AttributeValue::Number(0.0));
        assert_eq!(in_tile(AttributeValue::Number(1.234_56)), AttributeValue::Number(1.2346));
        assert_eq!(in_tile(AttributeValue::Number(-3.0)), AttributeValue::Number(-3.0));
        assert_eq!(in_tile(AttributeValue::Text("A".into())), AttributeValue::Text("A".into()));
    }

    #[test]
    fn absent_values_take_no_room() {
        let counts = [Count { residents: Some(10), incidents: Some(3), rate: None }, Count::default()];
        let values = RowValues::of_counts(&counts, Selection::listed("incidents,rate", Selection::ALL).unwrap());
        let (present, bytes) = values.row(ValuesRow::new(0));
        assert_eq!((present.names(), bytes), (vec!["incidents"], &[0x22, 2, 0x28, 3][..]));
        assert_eq!(values.row(ValuesRow::new(1)), (Selection::NONE, &[][..]));
    }
}
