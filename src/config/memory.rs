//! How much memory the caches take where nobody says it.
//!
//! In: what the system says of this machine, of the control groups of this process and of its limits. Out: megabytes.
//! Nothing is reserved: caches grow as they are used.

use std::fs::read_to_string;
use std::path::{Path, PathBuf};

/// What all caches hold at most where nobody gives them more.
const MOST_MB: u64 = 580;
/// What they hold at least.
const LEAST_MB: u64 = 64;
/// Which part of the memory is for caches.
const PART: u64 = 8;
/// What is taken for the memory where the system does not tell it.
const UNKNOWN_MB: u64 = 2048;
/// Where the control groups stand.
const GROUPS: &str = "/sys/fs/cgroup";

/// The megabytes of all caches on this machine: an eighth of the memory that this process may have, within bounds.
pub(super) fn default_cache_mb() -> u64 {
    let read = |path: &str| read_to_string(path).ok();
    let machine = read("/proc/meminfo").and_then(|text| total_of_meminfo(&text));
    let address_space = read("/proc/self/limits").and_then(|text| limit_of_address_space(&text));
    let groups = group_files(&read("/proc/self/cgroup").unwrap_or_default());
    let groups = groups.iter().filter_map(|path| limit_of_group(&read_to_string(path).ok()?));
    part_of(groups.chain(machine).chain(address_space).min().unwrap_or(UNKNOWN_MB))
}

fn part_of(memory_mb: u64) -> u64 {
    (memory_mb / PART).clamp(LEAST_MB, MOST_MB)
}

/// The megabytes of the line `MemTotal:  16384256 kB`.
fn total_of_meminfo(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

/// The megabytes of the line `Max address space  805306368  805306368  bytes`; none where there is no limit.
fn limit_of_address_space(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("Max address space"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|bytes| bytes >> 20)
}

/// The files with the limits of the groups of this process and of all that these lie in, of both versions.
fn group_files(text: &str) -> Vec<PathBuf> {
    let of_line = |line: &str| {
        let mut parts = line.splitn(3, ':').skip(1);
        let (controllers, group) = (parts.next()?, parts.next()?);
        let (root, file) = match controllers {
            "" => (PathBuf::from(GROUPS), "memory.max"),
            named if named.split(',').any(|name| name == "memory") => {
                (Path::new(GROUPS).join("memory"), "memory.limit_in_bytes")
            }
            _ => return None,
        };
        let folder = root.join(group.trim_start_matches('/'));
        let above: Vec<PathBuf> =
            folder.ancestors().take_while(|above| above.starts_with(&root)).map(|above| above.join(file)).collect();
        Some(above)
    };
    text.lines().filter_map(of_line).flatten().collect()
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

    #[test]
    fn a_limit_of_the_address_space_counts_where_there_is_one() {
        let of = |limit: &str| {
            limit_of_address_space(&format!("Limit Soft Hard Units\nMax address space  {limit}  bytes\n"))
        };
        assert_eq!(of("805306368  805306368"), Some(768));
        assert_eq!(of("unlimited  unlimited"), None);
    }

    #[test]
    fn limits_stand_in_every_group_above_too() {
        let files = |text: &str| group_files(text).iter().map(|path| path.display().to_string()).collect::<Vec<_>>();
        assert_eq!(
            files("0::/system.slice/binhyen.service\n"),
            [
                "/sys/fs/cgroup/system.slice/binhyen.service/memory.max",
                "/sys/fs/cgroup/system.slice/memory.max",
                "/sys/fs/cgroup/memory.max"
            ]
        );
        let older = files("5:cpu,cpuacct:/a\n4:memory:/docker/1\n");
        assert_eq!(older.first().unwrap(), "/sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes");
        assert_eq!(older.len(), 3);
        assert_eq!(files("nonsense"), Vec::<String>::new());
    }
}
