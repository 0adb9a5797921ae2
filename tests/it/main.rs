//! Integration tests: the pure parts on real and published data, the real router, the real binary.

mod architecture;
