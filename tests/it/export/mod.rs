//! Drawn maps and tables.

mod archives;
mod map_image;
mod sheets;
mod spatial_files;
mod tables;
