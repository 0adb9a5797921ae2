//! Numbers that tell snapshots apart within one process.

use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers for snapshots and for what models reach, none given twice in one process.
static SERIALS: AtomicU64 = AtomicU64::new(0);

/// A number that no other snapshot of this process has.
pub(in crate::snapshot) fn next_serial() -> u64 {
    SERIALS.fetch_add(1, Ordering::Relaxed)
}
