//! What came since the base of a snapshot was laid down, beside it.
//!
//! In: a snapshot and a change of incidents. Out: the next snapshot, which shares the base. A change costs what came since;
//! a new base is laid down beside the requests when that has grown.

pub(super) mod changed;
pub(super) mod commune_numbers;
pub(super) mod layered_incidents;
pub(super) mod serial;
pub(super) mod touched;
