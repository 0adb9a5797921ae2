//! Indices with a name: an [`AreaIndex`](super::area::AreaIndex) cannot be taken for a
//! [`CommuneIndex`](super::area::CommuneIndex), and costs no more than the number within it.
//!
//! In: numbers of entries. Out: one newtype for each list, and columns that only the index of their own list reads. The crates typed-index-collections and index_vec were considered: they put a slice of
//! their own before the plain one as well, and zips, windows and rayon want the plain one in every second function.

use std::marker::PhantomData;
use std::ops::{Deref, Index, IndexMut};

/// Where an entry stands in one certain list.
pub trait ListIndex: Copy {
    /// The index of a number.
    fn from_number(number: usize) -> Self;

    /// The number of the index.
    fn number(self) -> usize;
}

/// Declares the index of a list of fewer than 2³² entries.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u32);

        impl $name {
            /// The index of a number.
            pub const fn new(index: usize) -> Self {
                Self(index as u32)
            }

            /// The number of the index.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// The indices of a list of so many entries.
            pub fn of_all(count: usize) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
                (0..count).map(Self::new)
            }
        }

        impl $crate::domain::index::ListIndex for $name {
            fn from_number(number: usize) -> Self {
                Self::new(number)
            }

            fn number(self) -> usize {
                self.index()
            }
        }
    };
}
pub(crate) use index;

/// One value for each entry of a list, read by the index of that list.
///
/// ```
/// use binhyen::domain::area::{AreaIndex, CommuneIndex};
/// use binhyen::domain::index::Column;
/// let area_of_commune: Column<CommuneIndex, AreaIndex> = [0, 0, 1].map(AreaIndex::new).into_iter().collect();
/// assert_eq!(area_of_commune[CommuneIndex::new(2)], AreaIndex::new(1));
/// assert_eq!(area_of_commune.at(CommuneIndex::new(3)), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column<I, T> {
    values: Vec<T>,
    index: PhantomData<fn(I)>,
}

impl<I: ListIndex, T> Column<I, T> {
    /// The value at an index; none beyond the end of the list.
    pub fn at(&self, index: I) -> Option<&T> {
        self.values.get(index.number())
    }

    /// The values with their indices.
    pub fn indexed(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator + Clone {
        self.values.iter().enumerate().map(|(number, value)| (I::from_number(number), value))
    }

    /// The indices of the list.
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        (0..self.values.len()).map(I::from_number)
    }

    /// The values to be changed one by one.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.values.iter_mut()
    }

    /// The values as a plain vector.
    pub fn into_values(self) -> Vec<T> {
        self.values
    }
}

impl<I, T> Default for Column<I, T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<I, T> From<Vec<T>> for Column<I, T> {
    fn from(values: Vec<T>) -> Self {
        Self { values, index: PhantomData }
    }
}

impl<I, T> FromIterator<T> for Column<I, T> {
    fn from_iter<V: IntoIterator<Item = T>>(values: V) -> Self {
        Vec::from_iter(values).into()
    }
}

impl<I, T> Deref for Column<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.values
    }
}

impl<I: ListIndex, T> Index<I> for Column<I, T> {
    type Output = T;

    fn index(&self, index: I) -> &T {
        &self.values[index.number()]
    }
}

impl<I: ListIndex, T> IndexMut<I> for Column<I, T> {
    fn index_mut(&mut self, index: I) -> &mut T {
        &mut self.values[index.number()]
    }
}

impl<I, T> IntoIterator for Column<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a Column<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.values.iter()
    }
}
