//! The data folder as a place: private, in use by somebody or by nobody, tidied of what was left unfinished.
//!
//! Who uses a folder holds a lock on a file in it. Locks end with their process, however it ends.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use super::error::StoreError;

const USE_LOCK: &str = "binhyen.lock";
const IMPORT_LOCK: &str = "binhyen.importing";
/// What a file is called until it is whole.
const UNFINISHED: &str = "part";
/// The secret of the folder.
const SECRET: &str = "binhyen.secret";
const PRIVATE_FOLDER: u32 = 0o700;
const PRIVATE_FILE: u32 = 0o600;
/// The bits that let others than the owner in.
const OTHERS: u32 = 0o077;

/// Makes a folder, and those above it, that only this user may enter. One that is there stays as it is.
///
/// # Errors
/// When the folder cannot be made.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(PRIVATE_FOLDER).create(folder)
}

/// A new or emptied file that only this user may read.
///
/// # Errors
/// When the file cannot be made.
pub(super) fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(PRIVATE_FILE).open(path)
}

/// A private file where there is none; one that is there stays as it is.
///
/// # Errors
/// When the file is there, or cannot be made.
pub(super) fn new_private_file(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(PRIVATE_FILE).open(path).map(drop)
}

/// The secret of a data folder: 32 random bytes, made when they are first asked for. Whoever has them can make the
/// keyed hashes that the database holds, so they are in no backup.
///
/// # Errors
/// When the file can be neither read nor made.
pub(super) fn folder_secret(folder: &Path) -> io::Result<[u8; 32]> {
    let path = folder.join(SECRET);
    if let Ok(kept) = std::fs::read(&path)
        && let Ok(secret) = <[u8; 32]>::try_from(kept)
    {
        return Ok(secret);
    }
    let mut secret = [0_u8; 32];
    getrandom::fill(&mut secret).map_err(|error| io::Error::other(error.to_string()))?;
    let unfinished = path.with_extension(UNFINISHED);
    let mut file = unfinished_file(&unfinished)?;
    file.write_all(&secret)?;
    file.sync_all()?;
    // Two programs that begin at once: the link of the first stands, and both read it.
    match std::fs::hard_link(&unfinished, &path) {
        Ok(()) => std::fs::remove_file(&unfinished).map(|()| secret),
        Err(_) if path.metadata().is_ok_and(|kept| kept.len() == 32) => folder_secret(folder),
        Err(_) => std::fs::rename(&unfinished, &path).map(|()| secret),
    }
}

/// A private file that is not whole yet: locked, so that nobody takes it for something that was left behind.
///
/// # Errors
/// When the file cannot be made.
pub fn unfinished_file(path: &Path) -> io::Result<File> {
    let file = private_file(path)?;
    file.lock()?;
    Ok(file)
}

/// That somebody uses a data folder.
#[derive(Debug, Default)]
pub(super) struct FolderUse {
    /// Holds the lock; none on a disk that cannot be written, where nobody can replace anything either.
    _lock: Option<File>,
}

impl FolderUse {
    /// Uses a folder beside others.
    ///
    /// # Errors
    /// When a backup is being put into it.
    pub(super) fn shared(folder: &Path) -> Result<Self, StoreError> {
        let Ok(lock) = lock_file(&folder.join(USE_LOCK)) else { return Ok(Self { _lock: None }) };
        match lock.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Err(StoreError::Restoring { folder: folder.to_owned() }),
            _ => Ok(Self { _lock: Some(lock) }),
        }
    }

    /// Uses a folder alone.
    ///
    /// # Errors
    /// When another program uses it, or it cannot be written.
    pub(super) fn alone(folder: &Path) -> Result<Self, StoreError> {
        let lock = lock_file(&folder.join(USE_LOCK)).map_err(|source| StoreError::of_folder(folder, source))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { _lock: Some(lock) }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse { folder: folder.to_owned() }),
            Err(TryLockError::Error(source)) => Err(StoreError::of_folder(folder, source)),
        }
    }
}

/// The file whose lock is held while an import writes.
pub(super) fn import_lock(folder: &Path) -> io::Result<File> {
    lock_file(&folder.join(IMPORT_LOCK))
}

fn lock_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(PRIVATE_FILE).open(path)
}

/// Whether there is nothing in a folder but the trace of somebody who used it.
pub(super) fn is_empty(folder: &Path) -> io::Result<bool> {
    let mut entries = std::fs::read_dir(folder)?;
    entries.try_fold(true, |empty, entry| {
        let name = entry?.file_name();
        Ok(empty && (name == USE_LOCK || name == IMPORT_LOCK || name == SECRET || name == "lost+found"))
    })
}

/// Removes files of a data folder that were never finished and that nobody writes any more. Gives those removed.
pub fn remove_unfinished(folder: &Path) -> Vec<PathBuf> {
    let unfinished = [folder.to_owned(), folder.join("shapes")].into_iter().flat_map(files_of).filter(|path| {
        let is_left = path.extension().is_some_and(|ending| ending == UNFINISHED);
        // Whoever writes one holds its lock.
        is_left && File::open(path).is_ok_and(|file| file.try_lock().is_ok())
    });
    unfinished.filter(|path| std::fs::remove_file(path).is_ok()).collect()
}

/// The files of a data folder, and the folder itself, that others than their owner may read.
pub fn open_to_others(folder: &Path) -> Vec<PathBuf> {
    let names = ["binhyen.sqlite", "binhyen.sqlite-wal", "binhyen.incidents", SECRET, "shapes"];
    let paths = std::iter::once(folder.to_owned()).chain(names.into_iter().map(|name| folder.join(name)));
    paths.filter(|path| path.metadata().is_ok_and(|file| file.mode() & OTHERS != 0)).collect()
}

fn files_of(folder: PathBuf) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("a/b");
        make_private_folder(&made).unwrap();
        private_file(&made.join("binhyen.sqlite")).unwrap();
        assert_eq!(open_to_others(&made), Vec::<PathBuf>::new());
        let wide = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        std::fs::set_permissions(made.join("binhyen.sqlite"), wide).unwrap();
        assert_eq!(open_to_others(&made), [made.join("binhyen.sqlite")]);
    }

    #[test]
    fn what_somebody_still_writes_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("shapes")).unwrap();
        let left = [folder.path().join("a.part"), folder.path().join("shapes/b.part")];
        for path in &left {
            drop(unfinished_file(path).unwrap());
        }
        let written = unfinished_file(&folder.path().join("c.part")).unwrap();
        std::fs::write(folder.path().join("binhyen.sqlite"), "").unwrap();
        assert_eq!(remove_unfinished(folder.path()), left);
        drop(written);
        assert_eq!(remove_unfinished(folder.path()), [folder.path().join("c.part")]);
        assert!(folder.path().join("binhyen.sqlite").exists());
    }

    #[test]
    fn a_folder_has_one_secret_that_only_its_owner_reads() {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder_secret(folder.path()).unwrap();
        assert_eq!(folder_secret(folder.path()).unwrap(), secret);
        let mode = folder.path().join(SECRET).metadata().unwrap().mode();
        assert_eq!(mode & OTHERS, 0);
        assert!(!folder.path().join("binhyen.part").exists() && is_empty(folder.path()).unwrap());
        std::fs::write(folder.path().join(SECRET), "cut off").unwrap();
        assert_ne!(folder_secret(folder.path()).unwrap(), secret, "one that was never whole is made anew");
        assert_ne!(folder_secret(tempfile::tempdir().unwrap().path()).unwrap(), secret);
    }

    #[test]
    fn a_folder_is_used_by_many_or_by_one_alone() {
        let folder = tempfile::tempdir().unwrap();
        let one = FolderUse::shared(folder.path()).unwrap();
        let other = FolderUse::shared(folder.path()).unwrap();
        assert!(matches!(FolderUse::alone(folder.path()), Err(StoreError::InUse { .. })));
        drop((one, other));
        let alone = FolderUse::alone(folder.path()).unwrap();
        assert!(matches!(FolderUse::shared(folder.path()), Err(StoreError::Restoring { .. })));
        drop(alone);
        assert!(FolderUse::shared(folder.path()).is_ok() && is_empty(folder.path()).unwrap());
    }
}
