//! Answers on the server and on what it holds: choices, names of areas, versions, lists of tilesets and styles.
//!
//! In: a snapshot and a role. Out: nothing that is counted, only what can be asked for.

pub(crate) mod gazetteer;
pub(crate) mod meta;
