//! Did incidents within reach of a community model fall more, or rise less, than at places like it without one?
//!
//! In: a snapshot and an edition. Out: for every model that can be evaluated the counts of the windows around its
//! start, inside its reach and in the ring around it, beside those of comparison places that serve it alone; the ratio
//! of the two changes with limits; the same pooled by kind, or by commune where too little happens within reach. Models
//! are put where trouble is, and trouble that was high falls by itself, so two designs that guard against it in
//! different ways must agree. What caused a difference is never said.

mod candidates;
mod commune_panel;
mod compared;
mod comparison_places;
mod estimate;
mod kind_incidents;
pub mod wording;

pub use candidates::{Candidate, Proposal, candidates};
pub use compared::{ByDesign, Compared, Design, Obstacle, Windows};
pub use estimate::{DesignEffect, EffectVerdict, KindEffect, KindMethod, ModelEffect, by_kind};

pub use crate::statistics::{
    BeforeAfter, ChangeEstimate, DisplacementDifference, EffectTable, PanelEffect, PanelErrors, RatioEstimate,
};
