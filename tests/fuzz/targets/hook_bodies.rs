//! Bytes as the body of a message of another server: by our own rules, of Zalo, of Facebook. Signed by nobody it is refused;
//! signed, its words are such as may be kept.
#![no_main]

use binhyen_fuzz::choices::Choices;
use binhyen_fuzz::hooks::{Sender, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((choices, body)) = Choices::<1>::split(bytes) else { return };
    let messages = read(choices.of(0, &Sender::ALL), body);
    // No network puts more into a body than it has bytes.
    assert!(messages.is_none_or(|count| count <= body.len()));
});
