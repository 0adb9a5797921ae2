//! Indices with a name, and lists that only their own index reads: an [`AreaIndex`](super::area::AreaIndex) cannot be
//! taken for a [`CommuneIndex`](super::area::CommuneIndex), and costs no more than the number within it.
//!
//! Instead of `typed-index-collections` or `index_vec`, because those put a slice of their own before the plain one as
//! well, and zips, chunks and rayon want the plain one in every second function.

use std::marker::PhantomData;
use std::ops::{Deref, Index, IndexMut};

/// Where an entry stands in a list: a number that goes by a name.
pub trait ListIndex: Copy + From<usize> + Into<usize> {
    /// The number of the index.
    fn number(self) -> usize {
        self.into()
    }
}

/// Declares the index of a list of fewer than 2³² entries: a name of its own for a number, at no cost.
macro_rules! list_index {
    ($(#[$doc:meta])* $vis:vis $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis struct $name(u32);

        impl $name {
            /// The index of a number.
            #[inline]
            $vis const fn new(number: usize) -> Self {
                debug_assert!(number <= u32::MAX as usize, "an index has room for 32 bits");
                Self(number as u32)
            }

            /// The number of the index.
            #[inline]
            $vis const fn index(self) -> usize {
                self.0 as usize
            }

            /// The indices of a list of so many entries.
            #[allow(dead_code)] // not every list is walked by its indices alone
            $vis fn of_all(count: usize) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
                (0..count).map(Self::new)
            }
        }

        impl $crate::domain::index::ListIndex for $name {}

        impl From<usize> for $name {
            fn from(number: usize) -> Self {
                Self::new(number)
            }
        }

        impl From<$name> for usize {
            fn from(index: $name) -> Self {
                index.index()
            }
        }
    };
}
pub(crate) use list_index;

/// One value for each entry of a list, read by the index of that list.
///
/// ```
/// use binhyen::domain::area::{AreaIndex, CommuneIndex};
/// use binhyen::domain::index::IndexVec;
/// let area_of_commune: IndexVec<CommuneIndex, AreaIndex> = [0, 0, 1].map(AreaIndex::new).into_iter().collect();
/// assert_eq!(area_of_commune[CommuneIndex::new(2)], AreaIndex::new(1));
/// assert_eq!(area_of_commune.at(CommuneIndex::new(3)), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexVec<I, T> {
    values: Vec<T>,
    index: PhantomData<fn(I)>,
}

impl<I: ListIndex, T> IndexVec<I, T> {
    /// The value at an index; none beyond the end of the list.
    pub fn at(&self, index: I) -> Option<&T> {
        self.values.get(index.number())
    }

    /// The value at an index, to be changed; none beyond the end of the list.
    pub fn at_mut(&mut self, index: I) -> Option<&mut T> {
        self.values.get_mut(index.number())
    }

    /// The values with their indices.
    pub fn indexed(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator + Clone {
        self.values.iter().enumerate().map(|(number, value)| (I::from(number), value))
    }

    /// The indices of the list.
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        (0..self.values.len()).map(I::from)
    }

    /// The values to be changed one by one.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.values.iter_mut()
    }

    /// The same values under the index of another list of the same entries.
    #[must_use]
    pub fn renamed<R: From<I>>(self) -> IndexVec<R, T> {
        self.values.into()
    }

    /// The values as a plain vector.
    pub fn into_values(self) -> Vec<T> {
        self.values
    }
}

impl<I, T> Default for IndexVec<I, T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<I, T> From<Vec<T>> for IndexVec<I, T> {
    fn from(values: Vec<T>) -> Self {
        Self { values, index: PhantomData }
    }
}

impl<I, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<V: IntoIterator<Item = T>>(values: V) -> Self {
        Vec::from_iter(values).into()
    }
}

impl<I, T> Deref for IndexVec<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.values
    }
}

impl<I: ListIndex, T> Index<I> for IndexVec<I, T> {
    type Output = T;

    #[inline]
    fn index(&self, index: I) -> &T {
        &self.values[index.number()]
    }
}

impl<I: ListIndex, T> IndexMut<I> for IndexVec<I, T> {
    #[inline]
    fn index_mut(&mut self, index: I) -> &mut T {
        &mut self.values[index.number()]
    }
}

impl<I, T> IntoIterator for IndexVec<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a IndexVec<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut IndexVec<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    list_index!(
        /// A letter of a word.
        LetterIndex
    );
    list_index!(
        /// The same letter, counted as a sound.
        SoundIndex
    );

    impl From<LetterIndex> for SoundIndex {
        fn from(letter: LetterIndex) -> Self {
            Self::new(letter.index())
        }
    }

    fn word() -> IndexVec<LetterIndex, char> {
        "map".chars().collect()
    }

    #[test]
    fn entry_is_read_and_changed_by_its_index_alone() {
        let mut word = word();
        assert_eq!((word[LetterIndex::new(2)], word.at(LetterIndex::new(3))), ('p', None));
        word[LetterIndex::new(2)] = 'n';
        assert_eq!(word.at_mut(LetterIndex::new(3)), None);
        assert_eq!(word.into_values(), ['m', 'a', 'n']);
    }

    #[test]
    fn indices_walk_the_list_once_in_both_directions() {
        let word = word();
        assert!(word.indices().eq(LetterIndex::of_all(3)));
        let backwards: Vec<_> = word.indexed().rev().map(|(index, letter)| (index.index(), *letter)).collect();
        assert_eq!(backwards, [(2, 'p'), (1, 'a'), (0, 'm')]);
        assert_eq!(IndexVec::<LetterIndex, char>::default().indexed().len(), 0);
    }

    #[test]
    fn another_name_keeps_the_order() {
        let sounds: IndexVec<SoundIndex, char> = word().renamed();
        assert_eq!(sounds[SoundIndex::new(1)], 'a');
    }
}
