//! Formats of features that are read from their start: sequences of GeoJSON, `TopoJSON`, KML, `FlatGeobuf`, and tables with
//! a column of geometries.
//!
//! In: a stream of bytes. Out: records with geometries, one at a time where the format allows it.

pub(super) mod flatgeobuf;
pub(super) mod geometry_column;
pub(super) mod kml;
mod kml_geometry;
pub(super) mod topojson;
