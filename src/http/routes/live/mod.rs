//! The handlers of what is live: writing, and hearing of what was written.

pub(in crate::http) mod events;
mod hand_in;
pub(in crate::http) mod records;
pub(in crate::http) mod writing;
