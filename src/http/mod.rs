//! The HTTP surface: server → lane → router → handlers → {state, error, conditional, access}.
//!
//! In: a configuration, and snapshots as they are built. Out: answers, each with
//! its type, cache rule and strong entity tag. A handler extracts, asks and
//! answers; what an answer says is put together in [`documents`], what may be
//! asked is decided in [`filter`], who asks in [`access`]. A request reads the
//! current snapshot and never the store.

pub mod access;
mod answer;
mod answers;
mod ask;
mod coded_body;
mod conditional;
mod documents;
mod download;
mod error;
mod filter;
mod handlers;
mod headers;
pub mod lane;
mod negotiation;
mod page_files;
mod problem;
mod problem_kind;
pub mod public_tables;
mod query;
pub mod reading;
pub mod router;
pub mod server;
mod share_page;
mod shared_view;
pub mod site;
mod stalling;
pub mod state;
mod tile_request;
