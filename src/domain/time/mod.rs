//! Days, half-open periods and the steps of a calendar, all in `Asia/Ho_Chi_Minh`.
//!
//! No clock: today's date is handed in at the edge.

pub mod calendar;
pub mod period;
