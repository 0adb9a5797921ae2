//! A request parsed: by whom, in which language and coding, for which areas, tile or view.
//!
//! In: headers, path and query. Out: checked values, or the error that names what is wrong.

pub mod access;
pub(super) mod access_log;
pub(in crate::http) mod account;
pub(super) mod api_request;
pub(super) mod client_address;
pub(in crate::http) mod credentials;
pub(super) mod negotiation;
pub(super) mod received;
pub(in crate::http) mod resolved_view;
pub(in crate::http) mod surroundings;
pub(super) mod tile_address;
pub(super) mod tile_request;
pub mod tile_signature;
pub(in crate::http) mod token_activity;
