//! The real binary, started on a free port with a data folder of its own, asked over HTTP, and stopped by its id.
//!
//! For the few tests that need the process itself; the rest drive the router. A server that is dropped is killed.

mod answer;
pub(crate) mod golden;
pub(crate) mod province;
mod server;
pub(crate) mod snapshot;

pub(crate) use server::{Role, Server, binhyen};
