//! What maps of other programs are made from, as OGC API – Tiles and Styles tell it: tilesets, the scheme of their tiles,
//! styles.
//!
//! In: names and addresses. Out: the typed documents. What a tile holds is told by its TileJSON; nothing is counted here.

pub(crate) mod link;
pub(crate) mod styles;
pub(crate) mod tile_collection;
pub(crate) mod tile_matrix_set;
pub(crate) mod tilesets;
