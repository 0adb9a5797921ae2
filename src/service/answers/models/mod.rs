//! Answers on community models: those active on a day, one with its history, its effect, and the kinds.
//!
//! In: a snapshot or an assessment. Out: single models for roles that see them, counts by area for the public.

pub(crate) mod active;
pub(crate) mod effect;
pub(crate) mod effect_method;
pub(crate) mod kinds;
pub(crate) mod model;
pub(crate) mod properties;
