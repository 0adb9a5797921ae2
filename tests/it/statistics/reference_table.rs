//! How near the statistics are to the references, in one table:
//! `cargo nextest run every_method_is_held_to_a_reference --no-capture`.

use super::{
    golden, reference_effect, reference_letters, reference_rates, reference_scan, reference_series,
    reference_space_time, reference_spatial, reference_surveillance,
};
use crate::support::agreement::{Agreement, say_all};

fn agreements() -> Vec<Agreement> {
    [
        golden::agreements(),
        reference_rates::agreements(),
        reference_letters::agreements(),
        reference_effect::agreements(),
        reference_series::agreements(),
        reference_spatial::agreements(),
        reference_scan::agreements(),
        reference_space_time::agreements(),
        reference_surveillance::agreements(),
    ]
    .concat()
}

#[test]
fn every_method_is_held_to_a_reference() {
    let agreements = agreements();
    // The golden files may be absent, the references of this repository never.
    assert!(agreements.len() >= 50, "{}", agreements.len());
    say_all(&agreements);
}
