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

/// The words with which names begin.
const WORDS: [(&str, PeerGroup); 3] =
    [("phường ", PeerGroup::Ward), ("thị trấn ", PeerGroup::Township), ("xã ", PeerGroup::Commune)];

/// The group of a unit, by the word with which its name begins.
pub(super) fn peer_group(name: &str) -> PeerGroup {
    let name = name.to_lowercase();
    let found = WORDS.iter().find(|(word, _)| name.starts_with(word));
    found.map_or(PeerGroup::Other, |(_, group)| *group)
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
