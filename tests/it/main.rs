//! Integration tests: the pure parts on real and published data, the real router, the real binary.

mod architecture;
mod assessment;
mod cli;
mod export;
mod geometry;
mod http;
mod ingest;
mod service;
mod snapshot;
mod statistics;
mod store;
mod support;
mod texts;
mod tile;
