//! What the tests of imports share: a data folder, the real program, small files.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "the helpers of tests may fail loudly")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use binhyen::cli::{DataFolder, LoadedRules};
use binhyen::config::RuleFiles;
use binhyen::domain::holdings::Holdings;
use binhyen::store::Store;
use tempfile::TempDir;

/// A folder for files and a data folder inside it.
pub(crate) struct Bench {
    folder: TempDir,
}

/// How a run of the program ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and gives its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Runs the program on the data folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        run_with(&self.data(), args)
    }

    /// Runs the program and asserts that it took everything.
    pub(crate) fn succeed(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
        run.out
    }

    /// Runs the program and asserts that it rejected rows and took the others.
    pub(crate) fn reject(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, Some(1), "{}{}", run.out, run.err);
        run.out
    }

    pub(crate) fn holdings(&self) -> Holdings {
        holdings(&self.data())
    }
}

/// Runs the program on a data folder.
pub(crate) fn run_with(data: &Path, args: &[&str]) -> Run {
    let output: Output = command(data).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The program, told where its data folder is.
pub(crate) fn command(data: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("binhyen"));
    command.env("BINHYEN_DATA", data);
    command
}

/// The words built into the program.
pub(crate) fn words() -> LoadedRules {
    LoadedRules::from_files(&RuleFiles::embedded()).unwrap()
}

/// Runs something that waits.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Opens the store of a data folder.
pub(crate) fn store(data: &Path) -> Store {
    let folder = DataFolder::new(data).unwrap();
    wait(Store::open(&folder.path, &folder.loaded_rules.taxonomy)).unwrap()
}

/// Everything in the store of a data folder.
pub(crate) fn holdings(data: &Path) -> Holdings {
    wait(async {
        let folder = DataFolder::new(data).unwrap();
        let store = Store::open_existing(&folder.path, &folder.loaded_rules.taxonomy).await.unwrap();
        let holdings = store.load().await.unwrap();
        store.close().await;
        holdings
    })
}

/// A file of two unit squares side by side: communes 20335 and 20338 of edition 2020-02.
pub(crate) const TWO_SQUARES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"20335","name":"Phường Một"},"geometry":{"type":"Polygon","coordinates":[[[108.1,15.1],[108.2,15.1],[108.2,15.2],[108.1,15.2],[108.1,15.1]]]}},
{"type":"Feature","properties":{"code":"20338","name":"Phường Hai"},"geometry":{"type":"Polygon","coordinates":[[[108.2,15.1],[108.3,15.1],[108.3,15.2],[108.2,15.2],[108.2,15.1]]]}}
]}
"#;

/// Real boundary files, which are not part of the project; none where they are not at hand.
pub(crate) fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("BINHYEN_REAL_DATA").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/geodata"));
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("not shown: no real boundary files at {} (set BINHYEN_REAL_DATA)", folder.display());
    None
}
