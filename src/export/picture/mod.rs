//! A drawn map: a picture for an article, for a shared link, for a browser that cannot draw, for print.
//!
//! In: an assessment that is already cut to the role, and a [`Look`]. Out: SVG text, and from the very same text a PNG.
//! Colours, classes and names come from the styles that the page draws with, bands of grades from the scheme. The same
//! input gives the same bytes. No request, no file but those built into the binary, and no decision who may see what.

mod captions;
mod classes;
mod decimals;
mod error;
mod expression;
mod figures;
mod folder;
mod frame;
mod geojson;
mod ink;
mod key;
mod labels;
mod legend;
mod lettering;
mod look;
mod map;
mod page;
mod page_inks;
mod paint;
mod path;
mod pattern;
mod raster;
mod scene;
mod steps;
mod style;
mod svg;
mod words;

pub use error::PictureError;
pub use expression::ExpressionError;
pub use folder::STYLES;
pub use look::{Framing, Legend, Look};
pub use page::svg;
pub use raster::{outlined, png};
pub use scene::Picture;
pub use style::{style_ids, themes};
