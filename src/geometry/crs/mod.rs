//! Coordinate reference systems of Vietnamese data: which one a text names, and the way to degrees of WGS 84 and back.
//!
//! In: a text (a code, an OGC name, WKT, PROJJSON, a PROJ string) and coordinates in the order x = east, y = north, in
//! which files of every format keep them, whatever order of axes the registry or a WKT gives. Out: a [`Crs`] that
//! takes them to degrees, or a refusal with the list of systems that are read. VN-2000 goes to WGS 84 by the seven
//! parameters of the state agency (EPSG:6960); heights are left out, as a map has none. Nothing here knows a file.

mod codes;
mod description;
mod names;
mod proj_string;
mod projjson;
mod reference_system;
mod systems;
mod transformation;
mod wkt;
mod wkt_tree;

pub use reference_system::{Crs, CrsError};
pub use transformation::CrsPoint;
