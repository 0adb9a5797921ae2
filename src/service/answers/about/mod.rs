//! Answers on the server and on what it holds: choices, names of areas, versions, lists of tilesets and styles.
//!
//! In: a snapshot and a role. Out: nothing that is counted, only what can be asked for; to operators also how the server
//! does, what was imported and which tokens are used.

mod coverage;
pub(crate) mod desk;
pub(crate) mod gazetteer;
pub(crate) mod imports;
pub(crate) mod meta;
pub(crate) mod oembed;
pub(crate) mod problem;
pub(crate) mod server;
pub(crate) mod sign_in;
pub(crate) mod tokens;

use serde::Serialize;
use utoipa::ToSchema;

/// The version and the hash of a file of rules or words.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FileVersion {
    /// The version that the file names.
    pub(crate) version: String,
    /// The first sixteen hexadecimal digits of its SHA-256.
    pub(crate) hash: String,
}
