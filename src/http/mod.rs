//! The HTTP surface: server → router → layers → handlers → {state, error, conditional, access}.
//!
//! In: a configuration, and snapshots as they are built. Out: answers, each with
//! its type, cache rule and strong entity tag. A handler extracts, calls the service and
//! answers: the role, the language and the parameters are read in [`extract`], what an answer
//! says and who may see it is decided in [`crate::service`]. A request reads the current
//! snapshot and never the store.

mod answer;
mod connection_limits;
pub(crate) mod error;
pub mod extract;
pub mod identity;
pub mod in_process;
pub mod layers;
mod observation;
pub mod openapi;
mod page;
mod report_rates;
mod request_rates;
pub mod router;
mod routes;
pub mod server;
pub mod site;
pub mod state;
