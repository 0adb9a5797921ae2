//! Shapefile (ESRI Technical Description, July 1998): shapes, and the table beside them.
//!
//! In: a `.shp` with its `.dbf`, `.cpg` and `.prj`, side by side or in a ZIP file, or a table alone. Out: records, read
//! one by one. The crates `shapefile` and `dbase` were not taken: they make numbers of what is written in the table, so
//! that codes lose their zeros, and know no encoding of Viet Nam.

pub(super) mod code_page;
pub(super) mod parts;
pub(super) mod reader;
pub(super) mod shapes;
pub(super) mod table;
