//! A filter: which incidents are counted and by which scheme they are rated. Filters of the same meaning have the
//! same canonical form, which serves as the key of every cache.

use std::fmt::Write as _;

use super::area::edition::EditionId;
use super::incident::taxonomy::{CategoryIndex, Severity, Taxonomy};
use super::rules::scheme::{SchemeIndex, Schemes};
use super::time::period::Period;

/// A set of categories of the taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CategorySet([u64; 4]);

impl CategorySet {
    /// The set with no category.
    pub const EMPTY: Self = Self([0; 4]);

    /// Every category of a taxonomy.
    pub fn all(taxonomy: &Taxonomy) -> Self {
        (0..taxonomy.categories.len()).fold(Self::EMPTY, |set, index| set.with(CategoryIndex::new(index as u8)))
    }

    /// Every category whose incidents are reported: all but those found by police work, whose number measures how much
    /// was looked for. What is counted where nobody names categories.
    pub fn reported(taxonomy: &Taxonomy) -> Self {
        Self::detected(taxonomy).iter().fold(Self::all(taxonomy), Self::without)
    }

    /// Every category found by police work.
    pub fn detected(taxonomy: &Taxonomy) -> Self {
        let categories = taxonomy.categories.iter().enumerate().filter(|(_, category)| category.detected);
        categories.fold(Self::EMPTY, |set, (index, _)| set.with(CategoryIndex::new(index as u8)))
    }

    /// The set with one more category.
    #[must_use]
    pub fn with(mut self, category: CategoryIndex) -> Self {
        self.0[category.index() / 64] |= 1 << (category.index() % 64);
        self
    }

    /// The set without one category.
    #[must_use]
    pub fn without(mut self, category: CategoryIndex) -> Self {
        self.0[category.index() / 64] &= !(1 << (category.index() % 64));
        self
    }

    /// Whether a category belongs to the set.
    pub fn contains(self, category: CategoryIndex) -> bool {
        self.0[category.index() / 64] >> (category.index() % 64) & 1 == 1
    }

    /// The categories that are in both sets.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        let mut common = self;
        common.0.iter_mut().zip(other.0).for_each(|(own, other)| *own &= other);
        common
    }

    /// Whether the set has no category.
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }

    /// The categories of the set in the order of the taxonomy.
    pub fn iter(self) -> impl Iterator<Item = CategoryIndex> {
        let word_indices = |(word, bits): (usize, u64)| {
            let rests = std::iter::successors(Some(bits), |rest| Some(rest & rest.wrapping_sub(1)));
            let indices = rests.take_while(|rest| *rest != 0).map(u64::trailing_zeros);
            indices.map(move |index| CategoryIndex::new((word as u32 * 64 + index) as u8))
        };
        self.0.into_iter().enumerate().flat_map(word_indices)
    }
}

/// Which incidents are counted, on which boundaries, and by which scheme they are rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The edition of the boundaries.
    pub edition: EditionId,
    /// The local days counted.
    pub period: Period,
    /// The categories counted.
    pub categories: CategorySet,
    /// The least severity counted.
    pub min_severity: Severity,
    /// The scheme that rates what is counted.
    pub scheme: SchemeIndex,
}

impl Filter {
    /// The canonical text of the filter: the same meaning gives the same text.
    pub fn canonical(&self, taxonomy: &Taxonomy, schemes: &Schemes) -> String {
        let mut text = format!("edition={}&from={}&to={}", self.edition, self.period.from(), self.period.to());
        if self.categories != CategorySet::reported(taxonomy) {
            let ids = self.categories.iter().filter_map(|index| taxonomy.category_entry(index));
            let ids: Vec<&str> = ids.map(|category| category.id.as_str()).collect();
            let _ = write!(text, "&categories={}", ids.join(","));
        }
        if self.min_severity > Severity::LEAST {
            let _ = write!(text, "&min_severity={}", self.min_severity);
        }
        if self.scheme != schemes.default_index() {
            let _ = write!(text, "&scheme={}", schemes.scheme(self.scheme).id);
        }
        text
    }

    /// Whether the filter counts every reported incident, of whatever severity, and nothing else.
    pub fn counts_everything(&self, taxonomy: &Taxonomy) -> bool {
        self.categories == CategorySet::reported(taxonomy) && self.min_severity == Severity::LEAST
    }

    /// The same filter with other categories.
    #[must_use]
    pub fn with_categories(&self, categories: CategorySet) -> Self {
        Self { categories, ..*self }
    }
}
