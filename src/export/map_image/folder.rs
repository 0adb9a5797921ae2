//! The folder of styles inside the binary: the styles, what they refer to, and the font of images.

use include_dir::{Dir, include_dir};

/// The folder `styles` of the repository.
pub static STYLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/styles");

/// Be Vietnam Pro, the regular and the semi-bold cut.
pub(in crate::export) const FONT_FILES: [&str; 2] =
    ["fonts/BeVietnamPro-Regular.ttf", "fonts/BeVietnamPro-SemiBold.ttf"];

/// The bytes of a file of the folder; none where there is no such file.
pub(in crate::export) fn file(path: &str) -> Option<&'static [u8]> {
    STYLES.get_file(path).map(include_dir::File::contents)
}
