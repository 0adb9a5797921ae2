//! A drawn map: an image for an article, for a shared link, for a browser that cannot draw, for print.
//!
//! In: an assessment that is already cut to the role, and a [`MapImageOptions`]. Out: SVG text, and from the very same
//! text a PNG. Colours, classes and names come from the styles that the page draws with, bands of grades from the
//! scheme. The same input gives the same bytes. No request, no file but those built into the binary, and no decision
//! who may see what.

mod drawing;
mod error;
mod figures;
mod folder;
mod insert;
mod layout;
mod legend_texts;
pub(crate) mod level_image;
mod options;
mod scene;
mod style;

pub(in crate::export) use drawing::decimals::{value_text, written};
pub(in crate::export) use drawing::raster::{fonts, tree};
pub use drawing::raster::{outlined, png};
pub(in crate::export) use drawing::svg::{PagePoint, Rect, escaped, number};
pub use error::MapImageError;
pub use folder::STYLES;
pub(in crate::export) use folder::{FONT_FILES, file as font_file, file as styles_file};
pub(in crate::export) use insert::{MapInsert, Swatch};
pub(crate) use layout::bare::bare_svg;
pub(in crate::export) use layout::lettering::{Anchor, TextStyle, regular, semibold};
pub(crate) use layout::page::svg;
pub(in crate::export) use legend_texts::{bound_text, code_name, no_value};
pub use options::{Framing, Legend, MapImageOptions};
pub(crate) use scene::MapImage;
pub use style::expression::ExpressionError;
pub(in crate::export) use style::{Pattern, PatternKind, patterns};
pub use style::{style_ids, themes};
