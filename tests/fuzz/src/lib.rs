//! What the fuzz targets share: a small world, a file for the input, and what must hold of whatever is read.
//!
//! In: bytes of libFuzzer. Out: nothing, or a panic where a promise is broken. The targets drive the public functions
//! that the verbs and the server call; the small world is that of the tests of the router.

pub mod boundaries;
pub mod choices;
pub mod hooks;
pub mod input_file;
pub mod rows;
pub mod server;
pub mod workbook;
pub mod world;

#[path = "../../it/support/snapshot.rs"]
#[allow(dead_code, reason = "shared with the tests, which use more of it")]
pub(crate) mod snapshot;

use std::sync::Arc;

use binhyen::cli::LoadedRules;
use binhyen::config::RuleFiles;
use binhyen::domain::rules::rule_set::RuleSet;

/// The words and rules of some files, as a snapshot is built with them.
pub(crate) fn rule_set_of(files: &RuleFiles) -> RuleSet {
    rule_set(&LoadedRules::from_files(files).expect("the rule files are accepted"))
}

/// Words and rules as a snapshot is built with them.
pub fn rule_set(words: &LoadedRules) -> RuleSet {
    RuleSet {
        taxonomy: Arc::new(words.taxonomy.clone()),
        rules: Arc::new(words.rules.clone()),
        schemes: Arc::new(words.schemes.clone()),
        peers: Arc::new(words.peers.clone()),
        circulars: Arc::new(words.circulars.clone()),
        catalogue: Arc::new(words.editions.clone()),
    }
}
