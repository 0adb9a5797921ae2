//! How much memory the caches take where nobody says it.
//!
//! In: what the system says of this machine and of the control group of this process. Out: megabytes. Nothing is
//! reserved: caches grow as they are used.

use std::fs::read_to_string;

/// What all caches hold at most where nobody gives them more.
const MOST_MB: u64 = 580;
/// What they hold at least.
const LEAST_MB: u64 = 64;
/// Which part of the memory is for caches.
const PART: u64 = 8;
/// What is taken for the memory where the system does not tell it.
const UNKNOWN_MB: u64 = 2048;

/// The megabytes of all caches on this machine: an eighth of its memory, within bounds.
pub(super) fn default_cache_mb() -> u64 {
    let machine = read_to_string("/proc/meminfo").ok().and_then(|text| total_of_meminfo(&text));
    let group = read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| limit_of_group(&text));
    part_of(machine.into_iter().chain(group).min().unwrap_or(UNKNOWN_MB))
}

fn part_of(memory_mb: u64) -> u64 {
    (memory_mb / PART).clamp(LEAST_MB, MOST_MB)
}

/// The megabytes of the line `MemTotal:  16384256 kB`.
fn total_of_meminfo(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

/// The megabytes of a limit in bytes; none where there is no limit, which reads `max`.
fn limit_of_group(text: &str) -> Option<u64> {
    text.trim().parse::<u64>().ok().map(|bytes| bytes >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caches_get_an_eighth_within_bounds() {
        assert_eq!(part_of(total_of_meminfo("MemTotal:        2097152 kB\nMemFree: 1 kB\n").unwrap()), 256);
        assert_eq!(part_of(limit_of_group("268435456\n").unwrap()), LEAST_MB);
        assert_eq!(part_of(64 << 10), MOST_MB);
        assert_eq!((limit_of_group("max\n"), total_of_meminfo("")), (None, None));
    }
}
