//! What the JSON answers say, on known numbers.

mod attributes;
mod comparison;
mod comparison_of_periods;
mod coverage;
mod detected;
mod explanation;
mod gazetteer;
mod incidents;
mod known_numbers;
mod models;
mod points_or_codes;
mod public_members;
mod sentences;
mod series;
mod statutory;
