//! The terms of the standard "An toàn về an ninh, trật tự": units, criteria, circulars, declarations and decisions.
//!
//! Plain types whose invariants hold from construction; the judgement itself is the assessment's.

pub mod certification;
pub mod circular;
pub mod circular_file;
pub mod circulars;
pub mod criterion;
pub mod declaration;
pub mod fraction;
pub mod movement;
pub mod unit;
