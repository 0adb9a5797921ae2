//! Answers on incidents: single points, page by page, or cells with enough of them.
//!
//! Which of the two a role gets is decided before either is made; the public gets neither.

pub(crate) mod cells;
pub(crate) mod lines;
pub(crate) mod points;
pub(crate) mod properties;
pub(crate) mod single;
