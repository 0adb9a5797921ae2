//! The input as a file, as the verbs get it: always the same one, written anew for every input.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::LazyLock;

use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("there is room for a temporary folder"));

/// Writes a file of a name that the same process has used before, and gives its path.
pub fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let path = FOLDER.path().join(name);
    let mut file = std::fs::File::create(&path).expect("the temporary folder can be written");
    file.write_all(bytes).expect("there is room for the input");
    path
}
