//! What several integration tests share.

pub(crate) mod golden;
pub(crate) mod province;
pub(crate) mod snapshot;
