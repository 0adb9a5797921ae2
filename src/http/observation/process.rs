//! What the system says of this process.

use std::fs::read_to_string;

/// The bytes of memory that are resident now; none where the system does not tell.
pub(in crate::http) fn resident_bytes() -> Option<u64> {
    resident_of_status(&read_to_string("/proc/self/status").ok()?)
}

/// The bytes of the line `VmRSS:     12345 kB`.
fn resident_of_status(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resident_memory_is_read_where_it_is_said() {
        assert_eq!(resident_of_status("Name:\tx\nVmRSS:\t    2048 kB\nVmData: 1 kB\n"), Some(2 << 20));
        assert_eq!(resident_of_status("Name:\tx\n"), None);
    }
}
