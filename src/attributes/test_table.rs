//! A table for tests: one row for everybody, and one to which somebody forgot to say for whom it is.

use super::attribute::{attributes, count};

attributes! {
    /// What tests say of a thing.
    TestAttribute in TEST_ATTRIBUTES;

    Known: "For everybody" =>
        count("known", "Đã biết", "Known").public();
    Added: "Just added" =>
        count("added", "Mới thêm", "Added");
}
