//! Tiles as another decoder reads them, and what the styles ask of them.

mod aggregated;
mod incidents;
mod splice;
mod styles;
