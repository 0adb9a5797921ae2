//! A request parsed: by whom, in which language and coding, for which areas, tile or view.
//!
//! In: headers, path and query. Out: checked values, or the error that names what is wrong.

pub mod access;
pub(super) mod access_log;
pub(super) mod api_request;
pub(super) mod client_address;
pub(super) mod negotiation;
pub(in crate::http) mod resolved_view;
pub(super) mod tile_request;
