//! The page of the map: its files, the share page, the page of methods, and the view that an address describes.
//!
//! In: the built page inside the binary. Out: documents with their policy headers.

pub(super) mod first_picture;
pub(super) mod map_image_size;
pub(super) mod methods_page;
pub(super) mod ogc;
pub(super) mod page_files;
pub(super) mod share_page;
pub(super) mod shared_view;
