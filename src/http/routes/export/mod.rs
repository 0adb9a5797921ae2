//! `/export/{format}`: what is asked for as a file to take along.

mod files;
mod map_image;

pub(in crate::http) use files::{DEEPEST_ZOOM, file, names};
pub(in crate::http) use map_image::{png, svg};
