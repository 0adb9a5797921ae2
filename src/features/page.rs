//! One page of the features that a question holds.
//!
//! A page begins after a feature that its cursor names by what it is sorted by, and not by how many come before it: what
//! is added or goes meanwhile moves nothing, and no page is walked over to reach the next.

use std::ops::Range;

use super::order::{SortKey, SortOrder};
use super::source::FeatureSource;

/// The longest cursor that is read, in bytes.
const MAX_CURSOR_BYTES: usize = 4_096;

/// A page of rows that stand in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeaturePage {
    /// Which of the rows stand on it.
    pub range: Range<usize>,
    /// The cursor of the page after it; none on the last one.
    pub next: Option<String>,
}

/// Rows that stand in the order of a question.
#[derive(Debug, Clone, Copy)]
pub enum OrderedRows<'a> {
    /// Some rows of a source.
    Listed(&'a [usize]),
    /// All rows of a source, which stands in order: so many.
    All(usize),
}

impl OrderedRows<'_> {
    /// How many there are.
    pub fn count(self) -> usize {
        match self {
            Self::Listed(rows) => rows.len(),
            Self::All(count) => count,
        }
    }

    /// The row at a place of the order.
    pub fn at(self, place: usize) -> usize {
        match self {
            Self::Listed(rows) => rows.get(place).copied().unwrap_or_default(),
            Self::All(_) => place,
        }
    }

    /// How many rows at the beginning a condition holds of, which then holds of no other.
    fn leading(self, holds: impl Fn(usize) -> bool) -> usize {
        let (mut low, mut high) = (0, self.count());
        // The condition holds of all rows before `low` and of none from `high` on.
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(self.at(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// Where a page begins: after the feature that the last one ended with.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor(SortKey);

impl Cursor {
    /// The cursor of a text; none where no page of this order has given it.
    pub fn parsed(text: &str, order: &SortOrder) -> Option<Self> {
        if text.len() > MAX_CURSOR_BYTES {
            return None;
        }
        let key: SortKey = serde_json::from_slice(&hex::decode(text).ok()?).ok()?;
        order.fits(&key).then_some(Self(key))
    }

    /// The cursor as an address carries it.
    fn text(&self) -> Option<String> {
        serde_json::to_vec(&self.0).ok().map(hex::encode)
    }
}

/// Which page is asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageChoice {
    /// Where it begins; at the first feature where nothing is said.
    pub after: Option<Cursor>,
    /// The most features that stand on it.
    pub limit: usize,
}

impl FeaturePage {
    /// A page of the rows of a source that stand in an order.
    pub fn of(source: &dyn FeatureSource, order: &SortOrder, rows: OrderedRows<'_>, choice: &PageChoice) -> Self {
        let is_before = |row: usize, key: &SortKey| order.compare(&order.key(source, row), key).is_le();
        let first = choice.after.as_ref().map_or(0, |Cursor(key)| rows.leading(|row| is_before(row, key)));
        let end = first.saturating_add(choice.limit).min(rows.count());
        let last = (first < end && end < rows.count()).then(|| rows.at(end - 1));
        let next = last.and_then(|row| Cursor(order.key(source, row)).text());
        Self { range: first..end, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::question::FeatureQuestion;
    use crate::features::source::tests::Towns;

    /// All pages of some rows, one after another.
    fn pages(towns: &Towns, order: &str, limit: usize) -> Vec<Vec<usize>> {
        let order =
            if order.is_empty() { SortOrder::default() } else { SortOrder::parsed(order, towns.columns()).unwrap() };
        let question = FeatureQuestion { order: order.clone(), ..FeatureQuestion::default() };
        let rows = question.rows(towns);
        let (mut pages, mut after) = (Vec::new(), None);
        loop {
            let page = FeaturePage::of(towns, &order, OrderedRows::Listed(&rows), &PageChoice { after, limit });
            pages.push(rows[page.range].to_vec());
            let Some(next) = page.next else { return pages };
            after = Some(Cursor::parsed(&next, &order).unwrap());
        }
    }

    #[test]
    fn pages_hold_every_feature_once() {
        let towns = Towns::new();
        assert_eq!(pages(&towns, "", 3), [vec![0, 1, 2], vec![3]]);
        assert_eq!(pages(&towns, "-people", 1), [[2], [0], [1], [3]]);
        assert_eq!(pages(&towns, "rate", 4), [[3, 0, 2, 1]]);
        assert_eq!(pages(&towns, "rate,-founded", 2), [[3, 0], [2, 1]]);
    }

    #[test]
    fn page_begins_where_the_last_one_ended_though_features_have_gone() {
        let mut towns = Towns::new();
        let order = SortOrder::parsed("-people", towns.columns()).unwrap();
        let question = FeatureQuestion { order: order.clone(), ..FeatureQuestion::default() };
        let before = question.rows(&towns);
        let choice = PageChoice { after: None, limit: 2 };
        let first = FeaturePage::of(&towns, &order, OrderedRows::Listed(&before), &choice);
        let cursor = Cursor::parsed(&first.next.unwrap(), &order).unwrap();
        towns.towns[2].people = None;
        let rows = question.rows(&towns);
        let choice = PageChoice { after: Some(cursor), limit: 2 };
        let second = FeaturePage::of(&towns, &order, OrderedRows::Listed(&rows), &choice);
        assert_eq!(rows[second.range][0], 1, "what comes after 1,200 people is still 800");
    }

    #[test]
    fn nothing_has_one_empty_page() {
        let mut towns = Towns::new();
        towns.towns.clear();
        assert_eq!(pages(&towns, "", 10), [Vec::<usize>::new()]);
    }

    #[test]
    fn foreign_cursors_are_none() {
        let towns = Towns::new();
        let by_rate = SortOrder::parsed("rate", towns.columns()).unwrap();
        let cursor = Cursor(by_rate.key(&towns, 0)).text().unwrap();
        assert!(Cursor::parsed(&cursor, &by_rate).is_some());
        assert_eq!(Cursor::parsed(&cursor, &SortOrder::default()), None);
        for wrong in ["", "t0", "7b7d", &"00".repeat(5_000)] {
            assert_eq!(Cursor::parsed(wrong, &by_rate), None, "{wrong:.20}");
        }
    }
}
