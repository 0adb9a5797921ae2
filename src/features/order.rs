//! In which order features stand: by some columns, then by their ids.
//!
//! What is not known comes last, whichever way a column is sorted.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::column::{FeatureColumn, column_named};
use super::source::FeatureSource;
use crate::attributes::AttributeValue;

/// The most columns that are sorted by.
const MAX_KEYS: usize = 8;

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortDirection {
    /// The least first.
    Ascending,
    /// The greatest first.
    Descending,
}

/// The columns that features are sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SortOrder(Vec<(usize, SortDirection)>);

/// What a feature is sorted by in one column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SortValue {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// Not known.
    Unknown,
}

/// Where a feature stands: what it is sorted by, and its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SortKey {
    /// A value for each column of the order.
    pub values: Vec<SortValue>,
    /// The id of the feature.
    pub id: String,
}

impl SortOrder {
    /// The order of a parameter: names separated by commas, each after `+` or `-`; none where one is no column.
    pub fn parsed(text: &str, columns: &[FeatureColumn]) -> Option<Self> {
        let keys = text.split(',').take(MAX_KEYS + 1).map(|part| {
            // In an address `+` is a space.
            let (direction, name) = match part.strip_prefix('-') {
                Some(name) => (SortDirection::Descending, name),
                None => (SortDirection::Ascending, part.strip_prefix(['+', ' ']).unwrap_or(part)),
            };
            Some((column_named(columns, name)?, direction))
        });
        let keys: Vec<_> = keys.collect::<Option<_>>()?;
        (keys.len() <= MAX_KEYS).then_some(Self(keys))
    }

    /// Whether the ids alone decide.
    pub fn is_by_id(&self) -> bool {
        self.0.is_empty()
    }

    /// Where a feature stands.
    pub fn key(&self, source: &dyn FeatureSource, row: usize) -> SortKey {
        let value = |(column, _): &(usize, SortDirection)| sort_value(source.value(row, *column));
        SortKey { values: self.0.iter().map(value).collect(), id: source.id(row).into_owned() }
    }

    /// Which of two keys of this order comes first.
    pub fn compare(&self, one: &SortKey, other: &SortKey) -> Ordering {
        let values = self.0.iter().zip(one.values.iter().zip(&other.values));
        let by_values = values.map(|((_, direction), (one, other))| compare_values(one, other, *direction));
        by_values.fold(Ordering::Equal, Ordering::then).then_with(|| one.id.cmp(&other.id))
    }

    /// Whether a key can be one of this order.
    pub fn fits(&self, key: &SortKey) -> bool {
        key.values.len() == self.0.len()
    }
}

fn sort_value(value: Option<AttributeValue<'_>>) -> SortValue {
    match value {
        None => SortValue::Unknown,
        Some(AttributeValue::Text(text)) => SortValue::Text(text.into_owned()),
        Some(AttributeValue::Word(word)) => SortValue::Text(word.to_owned()),
        Some(AttributeValue::Integer(number)) => SortValue::Number(number as f64),
        Some(AttributeValue::Number(number)) => SortValue::Number(number),
    }
}

fn compare_values(one: &SortValue, other: &SortValue, direction: SortDirection) -> Ordering {
    let rank = |value: &SortValue| match value {
        SortValue::Number(_) => 0,
        SortValue::Text(_) => 1,
        SortValue::Unknown => 2,
    };
    let known = match (one, other) {
        (SortValue::Number(one), SortValue::Number(other)) => one.total_cmp(other),
        (SortValue::Text(one), SortValue::Text(other)) => one.cmp(other),
        (one, other) => return rank(one).cmp(&rank(other)),
    };
    match direction {
        SortDirection::Ascending => known,
        SortDirection::Descending => known.reverse(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::source::tests::Towns;

    fn sorted(order: &str) -> Vec<usize> {
        let towns = Towns::new();
        let order = SortOrder::parsed(order, towns.columns()).unwrap();
        let mut rows: Vec<usize> = (0..towns.count()).collect();
        rows.sort_by(|one, other| order.compare(&order.key(&towns, *one), &order.key(&towns, *other)));
        rows
    }

    #[test]
    fn unknown_values_come_last_either_way() {
        assert_eq!(sorted("people"), [1, 0, 2, 3]);
        assert_eq!(sorted("-people"), [2, 0, 1, 3]);
        assert_eq!(sorted("+rate,-people"), [3, 0, 2, 1]);
        assert_eq!(sorted("founded"), [1, 0, 3, 2]);
    }

    #[test]
    fn order_of_an_unknown_column_is_none() {
        let towns = Towns::new();
        for wrong in ["", "size", "people,,rate", "--people", "geometry"] {
            assert_eq!(SortOrder::parsed(wrong, towns.columns()), None, "{wrong}");
        }
        assert_eq!(SortOrder::parsed(&["people"; 9].join(","), towns.columns()), None);
    }
}
