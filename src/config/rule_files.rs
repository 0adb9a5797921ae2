//! The rule files and the sample built into the program, and the files of a data
//! folder that replace them. Out: texts, as they are; whoever knows the domain
//! parses them.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

/// The embedded sample: boundaries, incidents, models, certifications, populations.
pub static SAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/geodata/sample");

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
    fn scheme_that_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("schemes")).unwrap();
        std::fs::write(folder.path().join("schemes/tinh.toml"), [0xff, 0xfe]).unwrap();
        assert!(RuleFiles::load(folder.path()).unwrap_err().to_string().contains("tinh.toml"));
    }
}
