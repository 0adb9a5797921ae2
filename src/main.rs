//! The `binhyen` program.

fn main() {}
