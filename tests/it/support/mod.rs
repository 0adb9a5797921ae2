//! The real binary, started on a free port with a data folder of its own, asked over HTTP, and stopped by its id.
//!
//! For the few tests that need the process itself; the rest drive the router. A server that is dropped is killed.

pub(crate) mod agreement;
mod answer;
pub(crate) mod geometry;
pub(crate) mod golden;
pub(crate) mod imports;
pub(crate) mod province;
pub(crate) mod random_province;
pub(crate) mod record_writes;
pub(crate) mod sample;
mod server_process;
pub(crate) mod snapshot;

pub(crate) use answer::Answer;
pub(crate) use server_process::{Call, Role, ServerProcess, binhyen, free_address};

use std::sync::Arc;

use binhyen::cli::LoadedRules;
use binhyen::config::RuleFiles;
use binhyen::domain::rules::rule_set::RuleSet;

/// The words and rules of some files, as a snapshot is built with them.
pub(crate) fn rule_set_of(files: &RuleFiles) -> RuleSet {
    let words = LoadedRules::from_files(files).expect("the rule files are accepted");
    RuleSet {
        taxonomy: Arc::new(words.taxonomy),
        rules: Arc::new(words.rules),
        schemes: Arc::new(words.schemes),
        peers: Arc::new(words.peers),
        circulars: Arc::new(words.circulars),
        catalogue: Arc::new(words.editions),
    }
}
