//! Where an area, a class or a column stands in what was handed in.
//!
//! In: numbers from 0. Out: types that cannot be taken for one another, because a table of counts is read by all three.

use std::fmt;

macro_rules! position {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(usize);

        impl $name {
            /// The position of a number, from 0.
            #[inline]
            pub const fn new(number: usize) -> Self {
                Self(number)
            }

            /// The number of the position, from 0.
            #[inline]
            pub const fn index(self) -> usize {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

position!(
    /// An area, by its position in the columns.
    AreaPosition
);
position!(
    /// A column of exposures, by its position in the table.
    ColumnPosition
);
position!(
    /// A class, by its position in the table.
    ClassPosition
);
