//! What the words of the product mean: editions, areas, incidents, community
//! models, certifications, periods, filters, roles and the rule files.
//!
//! Plain types whose constructors check what can be wrong once. In: text and
//! numbers. Out: values that the rest of the house may trust. No I/O, no async,
//! no knowledge of how anything is stored, drawn or sent.

pub mod area;
pub mod calendar;
pub mod certification;
pub mod circular;
pub mod circular_file;
pub mod circulars;
pub mod community_model;
pub mod criterion;
pub mod declaration;
pub mod edition;
pub mod effect_rule;
pub mod exposure;
pub mod filter;
pub mod fraction;
pub mod holdings;
mod id_column;
pub mod incident;
pub mod incident_columns;
pub mod model_event;
pub mod model_stock;
pub mod movement;
pub mod peers;
pub mod period;
pub mod population;
pub mod role;
pub mod row_filter;
pub mod rules;
pub mod scheme;
pub mod taxonomy;
pub mod text;
pub mod unit;
pub mod window;
