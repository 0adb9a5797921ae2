//! Files as they come, good and bad, through the real program.

mod bad_input;
mod boundaries;
mod clean;
mod covers;
mod damaged_formats;
mod field_cases;
mod file_formats;
mod geojson;
mod models;
mod odd_files;
mod odd_tables;
mod reference_systems;
mod rows;
mod sample;
mod units;
