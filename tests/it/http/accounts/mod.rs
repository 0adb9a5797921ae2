//! Who asks, by which credential, and what is written down of it.

mod access_log;
mod accounting;
mod log_lines;
mod sign_in;
mod templates;
