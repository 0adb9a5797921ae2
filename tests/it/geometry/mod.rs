//! Geometry on made-up coverages and on real boundary files.

mod clean;
mod coverage;
mod crs;
mod locate;
mod projection;
mod rough_input;
mod simplify;
mod validity;
