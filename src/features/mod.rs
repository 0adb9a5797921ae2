//! Collections of features that can be asked for: what is said of a feature, which features a question holds, and
//! which of these stand on a page.
//!
//! In: a source of features, already cut to whoever asks, and a question (boxes, a time, a predicate in CQL2, an order,
//! a cursor). Out: the rows that the question holds, in order, page by page. A predicate reads what the source gives and
//! nothing else, so that it can tell no more than the answer does. Which collections there are, and for whom, is not
//! decided here, and no address is known here.
//!
//! # Reference
//! OGC API – Features, parts 1 to 3 (OGC 17-069r4, 18-058r1, 19-079r2), and CQL2 (OGC 21-065r2).

pub mod column;
pub mod cql2;
pub mod crs;
pub mod order;
pub mod page;
pub mod pattern;
pub mod predicate;
pub mod question;
pub mod shape;
pub mod source;
pub mod time_span;
