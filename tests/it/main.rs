//! Integration tests: the pure parts on real and published data, the real router, the real binary.

mod architecture;
mod assessment;
mod geometry_coverage;
mod geometry_locate;
mod geometry_projection;
mod geometry_rough_input;
mod geometry_simplify;
mod geometry_support;
mod geometry_validity;
mod golden_statistics;
mod http_answers;
mod http_caching;
mod http_errors;
mod http_roles;
mod http_surroundings;
mod styles;
mod support;
