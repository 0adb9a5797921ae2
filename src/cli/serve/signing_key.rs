//! The key with which a server signs addresses of tiles: a file of the data folder, made at the first start.
//!
//! Whoever deletes it takes back all that was signed. It is in no backup: what it signs is good for hours.

use std::fs::OpenOptions;
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use crate::http::extract::tile_signature::{KEY_BYTES, SigningKey};

const FILE: &str = "binhyen.key";

/// The key of a data folder. Where it can be neither read nor kept, another one for this start.
pub(super) fn of(folder: &Path) -> Result<SigningKey, getrandom::Error> {
    let path = folder.join(FILE);
    let kept =
        read(&path).or_else(|fault| if fault.kind() == io::ErrorKind::NotFound { made(&path) } else { Err(fault) });
    match kept {
        Ok(key) => Ok(key),
        Err(fault) => {
            tracing::warn!(
                path = %path.display(), cause = %fault,
                "the key for addresses of tiles cannot be kept; what is signed now is good until the server stops"
            );
            SigningKey::fresh()
        }
    }
}

fn read(path: &Path) -> io::Result<SigningKey> {
    let mut bytes = Vec::new();
    OpenOptions::new().read(true).open(path)?.take(KEY_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let wrong = |_| io::Error::new(io::ErrorKind::InvalidData, "it is no key of 64 bytes");
    Ok(SigningKey::new(bytes.try_into().map_err(wrong)?))
}

fn made(path: &Path) -> io::Result<SigningKey> {
    let mut bytes = [0; KEY_BYTES];
    getrandom::fill(&mut bytes).map_err(|fault| io::Error::other(fault.to_string()))?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    Ok(SigningKey::new(bytes))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_key_is_made_once_for_nobody_else_and_a_wrong_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        of(folder.path()).unwrap();
        let kept = std::fs::read(&path).unwrap();
        assert_eq!((kept.len(), path.metadata().unwrap().permissions().mode() & 0o777), (KEY_BYTES, 0o600));
        of(folder.path()).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), kept);
        std::fs::write(&path, "short").unwrap();
        of(folder.path()).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"short");
    }
}
