//! What maps of other programs are made from: styles with glyphs and sprites, tilesets by OGC API – Tiles.

mod ogc_tiles;
mod styles;
