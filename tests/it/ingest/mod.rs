//! Files as they come, good and bad, through the real program.

mod bad_input;
mod boundaries;
mod covers;
mod field_cases;
mod geojson;
mod models;
mod rows;
mod sample;
mod units;
