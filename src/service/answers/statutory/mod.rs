//! The statutory reading: decision and check of areas, certification shares, and where the check contradicts a decision.
//!
//! The public gets the decisions and the shares. Our check, the movement's grades and the criteria are for the other
//! roles, whose members are absent from the answer to the public, not null.

pub(crate) mod certifications;
mod criterion;
pub(crate) mod disagreements;
mod evidence;
mod facts;
mod movement;
pub(crate) mod reading;
pub(crate) mod shares;
pub(crate) mod unit;
mod window;
