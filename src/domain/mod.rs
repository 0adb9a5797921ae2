//! What the terms of the product mean: editions, areas, incidents, community
//! models, certifications, periods, filters, roles and the rule files.
//!
//! Plain types whose constructors check what can be wrong once. In: text and
//! numbers. Out: values that the rest of the house may trust. No I/O, no async,
//! no knowledge of how anything is stored, drawn or sent.

pub mod alert;
pub mod area;
pub mod audit;
pub mod content;
pub mod filter;
pub mod holdings;
pub mod import_record;
pub mod incident;
pub mod index;
pub mod model;
pub mod release;
pub mod report;
pub mod role;
pub mod rules;
pub mod standard;
pub mod text;
pub mod time;
pub mod unsaid;
