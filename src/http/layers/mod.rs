//! What stands around every route: headers, problems, limits of size and rate, cached tiles.
//!
//! In: requests and responses. Out: the same, completed or refused; no layer knows what an answer says.

pub(super) mod address_limits;
pub mod cached_tiles;
pub mod early_answer;
pub(super) mod headers;
pub(super) mod problem;
pub(super) mod problem_kind;
pub(super) mod response_cache;
pub(super) mod size_limits;
