//! The real router: who sees what, caching, refusals.

mod accounts;
mod answers;
mod cached_tiles;
mod caching;
mod desk;
mod errors;
mod following;
mod hidden_counts;
mod limits;
mod live;
mod maps;
mod observation;
mod ogc;
mod openapi;
mod pages;
mod planted;
mod reports;
mod roles;
mod situation;
mod two_stores;
