//! Where an area or a class stands in the columns that were handed in.
//!
//! In: numbers from 0. Out: two types that cannot be taken for one another, because a table of counts is read by both.

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
    /// A class, by its position in the table.
    ClassPosition
);
