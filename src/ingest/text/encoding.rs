//! The encodings that files of this country come in, by the names that options use.

/// How the bytes of a file are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    #[default]
    Utf8,
    /// The legacy Vietnamese code page.
    Windows1258,
    /// TCVN3, which ABC fonts show; also where a program of the west has read it and saved it as UTF-8.
    Tcvn3,
    /// VNI, in the same two forms.
    Vni,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// UTF-8 that was read as a western code page and saved as UTF-8 again.
    Utf8Twice,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 7] =
        [Self::Utf8, Self::Windows1258, Self::Tcvn3, Self::Vni, Self::Utf16Le, Self::Utf16Be, Self::Utf8Twice];

    /// The name that options use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Windows1258 => "windows-1258",
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Utf8Twice => "utf-8-twice",
        }
    }
}
