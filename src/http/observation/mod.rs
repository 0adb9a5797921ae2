//! What the operator sees of the requests: numbers for a monitoring system, a log of requests, an id of each.
//!
//! In: every request with its answer, and what the service says of itself. Out: `/metrics`, lines under the target
//! `binhyen::access`, the header `X-Request-Id`. Nothing here changes what is answered.

pub(super) mod layer;
pub(super) mod metrics;
pub(super) mod process;
pub(super) mod request_id;
pub(super) mod request_log;
pub(super) mod route_names;
