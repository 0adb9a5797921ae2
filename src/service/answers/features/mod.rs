//! What OGC API asks for: the landing page, what is conformed to, collections, what can be asked of them, features.
//!
//! In: a viewer, what is served, a question that is checked already. Out: typed documents with their links. Features
//! come from sources ([`sources`]) that give what the other answers give to the role, value by value.

pub(crate) mod collections;
pub(crate) mod conformance;
pub(crate) mod items;
pub(crate) mod landing;
pub(crate) mod links;
pub(crate) mod queryables;
pub(crate) mod sources;
