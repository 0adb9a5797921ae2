//! Did incidents within reach of a community model fall more, or rise less, than at places like it without one?
//!
//! In: a snapshot and an edition. Out: for every model that can be evaluated the counts of two equal windows around
//! its start, inside its reach and in the ring around it, beside those of comparison places; the ratio of the two
//! changes with limits; the same pooled by kind. Models are put where trouble is, and trouble that was high falls
//! by itself, so comparison places are matched on the count before. What caused a difference is never said.

mod candidates;
mod compared;
mod comparison_places;
mod estimate;
mod kind_incidents;
pub mod wording;

pub use candidates::{Candidate, Proposal, candidates};
pub use compared::{Compared, Obstacle, Windows};
pub use estimate::{EffectVerdict, KindEffect, ModelEffect, by_kind};

pub use crate::statistics::{BeforeAfter, ChangeEstimate, DisplacementDifference, EffectTable, RatioEstimate};
