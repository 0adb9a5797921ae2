//! Bytes as a request: the target on the first line, headers on the others. No answer is a fault of the server.
#![no_main]

use axum::http::Method;
use binhyen_fuzz::choices::Choices;
use binhyen_fuzz::server::{Asked, Asker, ask};
use libfuzzer_sys::fuzz_target;

const METHODS: [&str; 5] = ["GET", "HEAD", "OPTIONS", "POST", "PURGE"];

fuzz_target!(|bytes: &[u8]| {
    let Some((choices, request)) = Choices::<2>::split(bytes) else { return };
    let end = request.iter().position(|byte| *byte == b'\n').unwrap_or(request.len());
    let (target, headers) = request.split_at(end);
    // Most of what can go wrong, goes wrong by GET.
    let method = if choices.of(1, &[false, false, false, true]) { METHODS[end % METHODS.len()] } else { "GET" };
    let asker = choices.of(0, &Asker::ALL);
    // A picture of nine million pixels takes seconds by design; anybody's have few sizes.
    let asker = if target.starts_with(b"/export/png") { Asker::Anybody } else { asker };
    let method = Method::from_bytes(method.as_bytes()).expect("it is a method");
    ask(&Asked { method, target, headers, asker });
});
