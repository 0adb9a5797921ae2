//! Which communes are like each other.
//!
//! In: the official name of a unit. Out: its group. The one place to change when groups come from a file.

/// A group of communes that may be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeerGroup {
    /// Phường.
    Ward,
    /// Thị trấn.
    Township,
    /// Xã.
    Commune,
    /// Đặc khu, and whatever else there may be.
    Other,
}

/// The group of a unit, by the word with which its name begins.
pub(super) fn peer_group(name: &str) -> PeerGroup {
    let name = name.to_lowercase();
    let starts = |word: &str| name.starts_with(word);
    match () {
        () if starts("phường ") => PeerGroup::Ward,
        () if starts("thị trấn ") => PeerGroup::Township,
        () if starts("xã ") => PeerGroup::Commune,
        () => PeerGroup::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_before_the_name_makes_the_group() {
        assert_eq!(peer_group("Phường An Xuân"), PeerGroup::Ward);
        assert_eq!(peer_group("Thị trấn Nam Phước"), PeerGroup::Township);
        assert_eq!(peer_group("Xã Xã"), PeerGroup::Commune);
        assert_eq!(peer_group("Đặc khu Hoàng Sa"), PeerGroup::Other);
        assert_eq!(peer_group(""), PeerGroup::Other);
    }
}
