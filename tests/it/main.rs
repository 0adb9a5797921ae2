//! Integration tests: the pure parts on real and published data, the real router, the real binary.

mod architecture;
mod golden_statistics;
mod support;
