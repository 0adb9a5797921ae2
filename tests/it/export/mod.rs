//! Drawn maps and tables.

mod map_image;
mod sheets;
mod tables;
