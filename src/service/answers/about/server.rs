//! What the server says of itself: whether it runs, whether it serves, which program it is.

use serde::Serialize;
use utoipa::ToSchema;

use super::FileVersion;
use crate::domain::release::ReleaseReference;
use crate::domain::role::Role;
use crate::service::live::ServedSnapshot;

/// That the server runs.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct HealthAnswer {
    /// Always `ok`.
    status: HealthStatus,
}

/// The one word of a server that runs.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HealthStatus {
    Ok,
}

impl HealthAnswer {
    /// The answer of a server that runs.
    pub(crate) const RUNNING: Self = Self { status: HealthStatus::Ok };
}

/// That the server has something to serve.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct ReadinessAnswer {
    /// Always `ready`; until then the answer is a problem.
    status: ReadinessStatus,
    /// The state of the data that is served.
    epoch: u64,
}

/// The one word of a server that serves.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReadinessStatus {
    Ready,
}

impl ReadinessAnswer {
    /// The answer of a server that serves an epoch.
    pub(crate) fn serving(epoch: u64) -> Self {
        Self { status: ReadinessStatus::Ready, epoch }
    }
}

/// Which program serves which data under which rules, and to whom.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct VersionAnswer {
    /// The name of the program.
    name: &'static str,
    /// Its version.
    version: &'static str,
    /// The commit it was built from, followed by `, changed` where its sources had changed since; null where the build
    /// did not know it.
    #[schema(required)]
    commit: Option<&'static str>,
    /// The state of the data; it grows with every change.
    epoch: u64,
    /// A name for all that answers depend on: data, rules and program.
    revision: String,
    /// The release that the role is shown; null where it sees the data as it is now, or nothing is released.
    #[schema(required)]
    release: Option<ReleaseReference>,
    /// Whether the served data is the invented sample.
    sample: bool,
    /// The rule file in force.
    rules: FileVersion,
    /// The words for incidents.
    taxonomy: FileVersion,
    /// The role of who asks.
    role: Role,
}

impl VersionAnswer {
    /// What is served to a role under a revision.
    pub(crate) fn of(served: &ServedSnapshot, role: Role) -> Self {
        let (snapshot, state) = (&served.snapshot, served.state(role));
        Self {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            commit: Some(env!("BINHYEN_COMMIT")).filter(|commit| !commit.is_empty()),
            epoch: state.epoch,
            revision: state.revision.to_string(),
            release: state.release,
            sample: snapshot.is_sample(),
            rules: FileVersion { version: snapshot.rules.version.clone(), hash: snapshot.rules.hash.clone() },
            taxonomy: FileVersion { version: snapshot.taxonomy.version.clone(), hash: snapshot.taxonomy.hash.clone() },
            role,
        }
    }
}
