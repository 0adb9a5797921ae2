//! Where features come from.

use std::borrow::Cow;

use super::column::FeatureColumn;
use super::shape::FeatureShape;
use super::time_span::TimeSpan;
use crate::attributes::AttributeValue;

/// Features in a row, already cut to whoever asks: what this gives is what the answer shows.
pub trait FeatureSource: Sync {
    /// What is said of each of them.
    fn columns(&self) -> &[FeatureColumn];

    /// How many there are.
    fn count(&self) -> usize;

    /// The id of one, which no other has.
    fn id(&self, row: usize) -> Cow<'_, str>;

    /// What is said of one in a column; none where that is not known.
    fn value(&self, row: usize, column: usize) -> Option<AttributeValue<'_>>;

    /// Where one is; none where it is nowhere.
    fn shape(&self, row: usize) -> Option<FeatureShape<'_>>;

    /// When it was; none where it belongs to no time.
    fn time(&self, row: usize) -> Option<TimeSpan>;

    /// When something was that a column of times or days says.
    fn time_of(&self, row: usize, column: usize) -> Option<TimeSpan> {
        match self.value(row, column)? {
            AttributeValue::Text(text) => TimeSpan::parsed(&text),
            AttributeValue::Word(_) | AttributeValue::Integer(_) | AttributeValue::Number(_) => None,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::text::Names;
    use crate::features::column::ColumnType;
    use crate::geometry::projection::LonLat;

    /// A town with a name, a number of people, a rate, a day and a place.
    #[derive(Debug, Clone, Copy)]
    pub(in crate::features) struct Town {
        pub(in crate::features) name: &'static str,
        pub(in crate::features) people: Option<u64>,
        pub(in crate::features) rate: Option<f64>,
        pub(in crate::features) founded: Option<&'static str>,
        pub(in crate::features) at: LonLat,
    }

    /// Four towns, of which some say little.
    pub(in crate::features) struct Towns {
        pub(in crate::features) towns: Vec<Town>,
        columns: Vec<FeatureColumn>,
    }

    impl Towns {
        pub(in crate::features) fn new() -> Self {
            let town =
                |name, people, rate, founded, lon| Town { name, people, rate, founded, at: LonLat::new(lon, 15.5) };
            let column = |name, column_type| {
                FeatureColumn::new(name, column_type, Names { vi: name.to_owned(), en: name.to_owned() }, "")
            };
            Self {
                towns: vec![
                    town("An Phú", Some(1_200), Some(3.5), Some("2001-05-01"), 108.0),
                    town("Đông Giang", Some(800), None, Some("1999-01-01"), 108.1),
                    town("Tam Kỳ", Some(30_000), Some(12.25), None, 108.2),
                    town("Hoà_Vang 100%", None, Some(0.0), Some("2024-02-29"), 108.3),
                ],
                columns: vec![
                    column("name", ColumnType::Text),
                    column("people", ColumnType::Integer),
                    column("rate", ColumnType::Number),
                    column("founded", ColumnType::Date),
                ],
            }
        }
    }

    impl FeatureSource for Towns {
        fn columns(&self) -> &[FeatureColumn] {
            &self.columns
        }

        fn count(&self) -> usize {
            self.towns.len()
        }

        fn id(&self, row: usize) -> Cow<'_, str> {
            format!("t{row}").into()
        }

        fn value(&self, row: usize, column: usize) -> Option<AttributeValue<'_>> {
            let town = &self.towns[row];
            match column {
                0 => Some(AttributeValue::text(town.name)),
                1 => town.people.map(AttributeValue::Integer),
                2 => town.rate.map(AttributeValue::Number),
                _ => town.founded.map(AttributeValue::text),
            }
        }

        fn shape(&self, row: usize) -> Option<FeatureShape<'_>> {
            Some(FeatureShape::Point(self.towns[row].at))
        }

        fn time(&self, row: usize) -> Option<TimeSpan> {
            self.time_of(row, 3)
        }
    }
}
