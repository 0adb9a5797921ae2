//! Geometry of the ground: areas as indices into a slice of multipolygons in degrees, sorted by their code.
//!
//! From degrees to tile integers the way is: [`validity`] (what is wrong with the input), [`coverage`] (shared
//! arcs, each border stored once), [`simplify`] (each arc simplified once per zoom), [`zoom_geometry`] (rings of
//! every area on the grid of a zoom), [`clip`] (rings of one tile). Beside it stand [`locate`] (point to area),
//! [`label`] (a place well inside an area), [`overlay`] (from one set of areas to another), [`contiguity`] (who touches
//! whom), [`clean`] (areas that do not quite meet, made to), [`disc_union`] (how much of an area lies within reach of
//! some places, in [`local_metres`]), [`projection`] (the coordinate spaces) and [`crs`] (the reference systems of files,
//! and the way from them to degrees). Pure: no file, no async,
//! no word of the domain.

pub mod clean;
pub mod clip;
pub mod coverage;
pub mod crs;
pub mod disc_union;
pub mod label;
pub mod local_metres;
pub mod locate;
pub mod projection;
mod raster;
pub mod simplify;
pub mod validity;
