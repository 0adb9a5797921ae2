//! PDF pages of our own SVG: text that can be selected and searched, in our own font, tagged for those who have it read
//! aloud, with bookmarks and links between pages.
//!
//! In: pages of parts, each an SVG fragment in points with what it is. Out: the bytes of a file, the same for the same
//! pages. Read is what `usvg` makes of a fragment, so that a page shows what an image of the same fragment shows; what
//! our drawings have no use for (images, masks, gradients) is an error. Nothing is laid out here.

mod document;
mod drawing;
mod error;
mod glyphs;
mod paint;

pub(in crate::export) use document::{A4_PT, PagePart, PartRole, PdfDocument, PdfHead, PdfPage};
pub use error::PdfError;
