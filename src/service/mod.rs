//! The application: the request, its viewer and the answer, without a word of HTTP.
//!
//! In: a viewer and the parameters of a question. Out: typed answers cut to the viewer's role. Everything above
//! (routes, exports, the command line, the disclosure audit) calls it and gets the same answers.

pub(crate) mod answers;
pub(crate) mod filter;
pub(crate) mod query;
