//! The roles that a credential can open.

/// The roles that a credential can open; the public needs none.
pub(super) const OPENED: [&str; 3] = ["planner", "commander", "operator"];
/// What is expected in place of another word.
pub(super) const EXPECTED: &str = "planner, commander or operator";
