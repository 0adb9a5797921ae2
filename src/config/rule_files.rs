//! The rule files and the sample built into the program, and the files of a data
//! folder that replace them. Out: texts, as they are; whoever knows the domain
//! parses them.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

/// The embedded sample: boundaries, incidents, models, certifications, populations.
pub static SAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/geodata/sample");

/// The registers of units, one table per edition.
pub static REGISTERS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/geodata/registers");

/// The catalogue of official boundary files on the web.
pub const SOURCES: &str = include_str!("../../geodata/sources.toml");

const TAXONOMY: &str = include_str!("../../geodata/taxonomy.toml");
const RULES: &str = include_str!("../../geodata/rules.toml");
static CIRCULARS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/geodata/circulars");
static SCHEMES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/geodata/schemes");
const PEERS: &str = include_str!("../../geodata/peers.toml");
const EDITIONS: &str = include_str!("../../geodata/editions.toml");

/// The files that hold every value a committee may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFiles {
    /// Categories, severities, statuses, channels, precisions.
    pub taxonomy: Cow<'static, str>,
    /// Windows, model kinds, disclosure.
    pub rules: Cow<'static, str>,
    /// The rating schemes, in the order of their names.
    pub schemes: Vec<NamedText>,
    /// The peer groups.
    pub peers: Cow<'static, str>,
    /// The circulars of the standard, in the order of their names.
    pub circulars: Vec<NamedText>,
    /// The dated sets of boundaries.
    pub editions: Cow<'static, str>,
}

/// One of several files of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedText {
    /// The file with its folder, as errors name it.
    pub file: String,
    /// Its name without folder and ending.
    pub stem: String,
    /// What it holds.
    pub text: Cow<'static, str>,
}

/// Why a rule file of a data folder cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct RuleFileError {
    path: PathBuf,
    source: io::Error,
}

impl RuleFiles {
    /// The files built into the program.
    pub fn embedded() -> Self {
        Self {
            taxonomy: TAXONOMY.into(),
            rules: RULES.into(),
            schemes: embedded_texts(&SCHEMES, "schemes"),
            peers: PEERS.into(),
            circulars: embedded_texts(&CIRCULARS, "circulars"),
            editions: EDITIONS.into(),
        }
    }

    /// The files of a data folder; those built in where it has none of its own. A scheme or a
    /// circular of the folder replaces the one built in under the same file name, or stands beside the others.
    pub fn load(folder: &Path) -> Result<Self, RuleFileError> {
        let embedded = Self::embedded();
        Ok(Self {
            taxonomy: own(folder, "taxonomy.toml")?.unwrap_or(embedded.taxonomy),
            rules: own(folder, "rules.toml")?.unwrap_or(embedded.rules),
            schemes: with_own(embedded.schemes, folder, "schemes")?,
            peers: own(folder, "peers.toml")?.unwrap_or(embedded.peers),
            circulars: with_own(embedded.circulars, folder, "circulars")?,
            editions: own(folder, "editions.toml")?.unwrap_or(embedded.editions),
        })
    }
}

/// The single files, and the folders of files, that a data folder may have of its own.
const OWN_FILES: [&str; 4] = ["taxonomy.toml", "rules.toml", "peers.toml", "editions.toml"];
const OWN_FOLDERS: [&str; 2] = ["schemes", "circulars"];

/// The rule files that a data folder has of its own, each with its path inside it, as bytes.
///
/// # Errors
/// When one of them cannot be read.
pub fn own_rule_files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, RuleFileError> {
    let single = OWN_FILES.iter().map(|name| folder.join(name)).filter(|path| path.is_file());
    let mut paths: Vec<PathBuf> = single.collect();
    for kind in OWN_FOLDERS {
        paths.extend(listed(&folder.join(kind))?);
    }
    paths.sort();
    let read = |path: PathBuf| {
        let contents = std::fs::read(&path).map_err(|source| RuleFileError { path: path.clone(), source })?;
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        Ok((name, contents))
    };
    paths.into_iter().map(read).collect()
}

/// Whether a path inside a data folder is one of a rule file.
fn is_rule_file(name: &str) -> bool {
    let in_folder = |kind: &str| {
        let file = name.strip_prefix(kind).and_then(|rest| rest.strip_prefix('/'));
        let is_toml = |file: &str| Path::new(file).extension().is_some_and(|ending| ending == "toml");
        file.is_some_and(|file| is_toml(file) && !file.contains(['/', '\\']) && !file.starts_with('.'))
    };
    OWN_FILES.contains(&name) || OWN_FOLDERS.into_iter().any(in_folder)
}

/// Gives a data folder these rule files, and no others of its own.
///
/// # Errors
/// When a name is none of a rule file, or a file cannot be written.
pub fn replace_rule_files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), RuleFileError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| RuleFileError { path, source }
    };
    if let Some((name, _)) = files.iter().find(|(name, _)| !is_rule_file(name)) {
        let refusal = io::Error::new(io::ErrorKind::InvalidInput, "this is no name of a rule file");
        return Err(failed(Path::new(name))(refusal));
    }
    for (name, _) in own_rule_files(folder)? {
        let path = folder.join(&name);
        if !files.iter().any(|(new, _)| *new == name) {
            std::fs::remove_file(&path).map_err(failed(&path))?;
        }
    }
    for (name, contents) in files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(failed(parent))?;
        std::fs::write(&path, contents).map_err(failed(&path))?;
    }
    Ok(())
}

fn own(folder: &Path, name: &str) -> Result<Option<Cow<'static, str>>, RuleFileError> {
    let path = folder.join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.into())),
        Err(source) if matches!(source.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(source) => Err(RuleFileError { path, source }),
    }
}

fn embedded_texts(files: &'static Dir<'static>, kind: &str) -> Vec<NamedText> {
    let texts = files.files().filter_map(|file| Some((file.path(), file.contents_utf8()?)));
    let mut named: Vec<NamedText> =
        texts.filter_map(|(path, text)| NamedText::of(kind, path, Cow::Borrowed(text))).collect();
    named.sort_by(|one, other| one.file.cmp(&other.file));
    named
}

/// The files built in with those of a data folder over them.
fn with_own(mut files: Vec<NamedText>, folder: &Path, kind: &str) -> Result<Vec<NamedText>, RuleFileError> {
    for path in listed(&folder.join(kind))? {
        let text = std::fs::read_to_string(&path);
        let text = text.map_err(|source| RuleFileError { path: path.clone(), source })?;
        if let Some(own) = NamedText::of(kind, &path, Cow::Owned(text)) {
            files.retain(|file| file.file != own.file);
            files.push(own);
        }
    }
    files.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(files)
}

/// The files of a folder that end in `.toml`; none where there is no folder.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, RuleFileError> {
    let failed = |source| RuleFileError { path: folder.to_owned(), source };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(source) if matches!(source.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(source) => return Err(failed(source)),
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    Ok(paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "toml")).collect())
}

impl NamedText {
    fn of(kind: &str, path: &Path, text: Cow<'static, str>) -> Option<Self> {
        let (name, stem) = (path.file_name()?.to_str()?, path.file_stem()?.to_str()?);
        Some(Self { file: format!("{kind}/{name}"), stem: stem.to_owned(), text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(files: &RuleFiles) -> Vec<&str> {
        files.schemes.iter().map(|scheme| scheme.stem.as_str()).collect()
    }

    #[test]
    fn folder_replaces_and_adds_schemes() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(RuleFiles::load(folder.path()).unwrap(), RuleFiles::embedded());
        let schemes = folder.path().join("schemes");
        std::fs::create_dir(&schemes).unwrap();
        for (name, text) in [("default.toml", "mine"), ("tinh.toml", "new"), ("default.toml.old", "old")] {
            std::fs::write(schemes.join(name), text).unwrap();
        }
        let files = RuleFiles::load(folder.path()).unwrap();
        let embedded = RuleFiles::embedded();
        assert_eq!(names(&files).len(), names(&embedded).len() + 1);
        assert!(names(&files).is_sorted());
        let text = |stem: &str| files.schemes.iter().find(|scheme| scheme.stem == stem).unwrap().text.clone();
        assert_eq!((text("default"), text("tinh")), ("mine".into(), "new".into()));
    }

    #[test]
    fn own_files_go_into_another_folder_and_no_others_stay_there() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for folder in [&from, &to] {
            std::fs::create_dir(folder.path().join("schemes")).unwrap();
        }
        std::fs::write(from.path().join("schemes/tinh.toml"), "new").unwrap();
        std::fs::write(from.path().join("binhyen.toml"), "no rule file").unwrap();
        std::fs::write(to.path().join("schemes/old.toml"), "old").unwrap();
        std::fs::write(to.path().join("rules.toml"), "old").unwrap();
        std::fs::write(to.path().join("binhyen.toml"), "stays").unwrap();
        let files = own_rule_files(from.path()).unwrap();
        assert_eq!(files, [("schemes/tinh.toml".to_owned(), b"new".to_vec())]);
        replace_rule_files(to.path(), &files).unwrap();
        assert_eq!(own_rule_files(to.path()).unwrap(), files);
        assert!(to.path().join("binhyen.toml").exists());
        for name in ["../x.toml", "schemes/../../x.toml", "/etc/x.toml", "binhyen.toml", "schemes/.toml", "rules"] {
            assert!(replace_rule_files(to.path(), &[(name.to_owned(), Vec::new())]).is_err(), "{name}");
        }
    }

    #[test]
    fn scheme_that_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("schemes")).unwrap();
        std::fs::write(folder.path().join("schemes/tinh.toml"), [0xff, 0xfe]).unwrap();
        assert!(RuleFiles::load(folder.path()).unwrap_err().to_string().contains("tinh.toml"));
    }
}
