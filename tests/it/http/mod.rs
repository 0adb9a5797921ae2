//! The real router: who sees what, caching, refusals.

mod access_log;
mod answers;
mod cached_tiles;
mod caching;
mod errors;
mod following;
mod hidden_counts;
mod limits;
mod observation;
mod openapi;
mod pages;
mod planted;
mod roles;
mod two_stores;
