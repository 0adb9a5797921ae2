//! Drawn maps and tables.

mod map_image;
mod tables;
