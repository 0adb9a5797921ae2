//! The real router: who sees what, caching, refusals.

mod answers;
mod caching;
mod errors;
mod following;
mod lane;
mod pages;
mod roles;
