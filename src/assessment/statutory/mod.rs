//! Does a unit meet the standard "An toàn về an ninh, trật tự", and does our check agree with the decision?
//!
//! In: a snapshot and a period, whose last certification window is judged by the circular
//! in force on its last day. Out: verdicts criterion by criterion, with the facts they rest
//! on. Counts are whole numbers; missing is never met. The official decision alone sets
//! what a unit is; the check stands beside it. Nothing here mixes with the statistical grade.

mod area_reading;
mod disagreement;
mod evidence;
mod models;
mod reading;
mod register;
mod shares;
pub mod verdict;
mod windows;

pub use area_reading::{AreaEvaluation, CommuneEvaluation, by_area, evaluate_area, own_keys};
pub use disagreement::{Disagreement, disagreements};
pub use evidence::{CountChange, Evidence, evidence};
pub use models::ModelFacts;
pub use reading::{CriterionCheck, Facts, StatutoryEvaluation, UnitCheck};
pub use register::{RegisterEntry, register_entries};
pub use shares::{KindCounts, KindShare, RegisterCoverage, ShareFacts, UnitName};
pub use verdict::{Agreement, OfficialStatus, Statutory, StatutoryVerdict, combined, unit_verdict};
pub use windows::{judged_window, residential_window};
