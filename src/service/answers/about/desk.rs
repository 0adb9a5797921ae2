//! How the server does, for operators: what it serves, how the store lies, what it has to do.
//!
//! In: the service, the process, the store on its disk. Out: the answer of `/desk`. Numbers as they are now; their course
//! over time is for a monitoring system, which reads `/metrics`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::imports::{ImportAnswer, moment};
use super::meta::first_release_due;
use crate::assessment::whole_account;
use crate::domain::area::edition::EditionId;
use crate::domain::import_record::StoredImport;
use crate::domain::release::ReleaseReference;
use crate::domain::role::Role;
use crate::domain::text::Names;
use crate::service::Service;
use crate::service::answers::areas::account::AccountAnswer;
use crate::service::heavy_work::PoolUse;
use crate::service::live::ServedSnapshot;
use crate::service::live::store_monitor::{StoreCondition, StoreObservation};
use crate::service::operation::StoreOnDisk;
use crate::snapshot::{EditionData, Snapshot};
use crate::texts::phrasing::edition_name;

/// How the server does.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DeskAnswer {
    /// Whether `/readyz` answers 200.
    ready: bool,
    /// The version of the program.
    version: &'static str,
    /// When it was started.
    #[schema(format = DateTime)]
    started_at: String,
    /// The seconds since then.
    uptime_s: u64,
    /// The memory that is resident; null where the system does not tell.
    #[schema(required)]
    resident_bytes: Option<u64>,
    /// The connections.
    connections: ConnectionsAnswer,
    /// The store.
    store: DeskStoreAnswer,
    /// What is served; null where nothing is yet.
    #[schema(required)]
    data: Option<DeskDataAnswer>,
    /// The pools of heavy work.
    work: Vec<WorkPoolAnswer>,
    /// All caches together.
    caches: CachesAnswer,
    /// The last import; null where none is kept.
    #[schema(required)]
    last_import: Option<ImportAnswer>,
}

/// The connections of the server.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct ConnectionsAnswer {
    /// Those that are open.
    pub(crate) open: u64,
    /// Those turned away since the start, because their address had its share.
    pub(crate) refused: u64,
}

/// The store.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct DeskStoreAnswer {
    /// Whether it is in order, or what is wrong.
    condition: StoreConditionAnswer,
    /// How long it took for its shortest answer; null where it gave none.
    #[schema(required)]
    latency_s: Option<f64>,
    /// What its files take; null where they cannot be seen.
    #[schema(required)]
    bytes: Option<u64>,
    /// Whether an import that has not ended holds its newest state back.
    import_held_back: bool,
}

/// The condition of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StoreConditionAnswer {
    /// It answers, and what is served is what it holds, or will be soon.
    InOrder,
    /// Its file is not there.
    Gone,
    /// Another file stands in its place.
    Replaced,
    /// It cannot be read.
    Unreadable,
    /// It gives no answer in time.
    Slow,
    /// It holds changes that could not be served for too long.
    Behind,
}

/// What is served.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DeskDataAnswer {
    /// The state of the data that roles are served.
    epoch: u64,
    /// The state that the public is served.
    public_epoch: u64,
    /// Whether any of it is the invented sample.
    sample: bool,
    /// The incidents, counted or not.
    incidents: u64,
    /// The community models.
    models: u64,
    /// The editions, the oldest first.
    editions: Vec<DeskEditionAnswer>,
    /// The newest release to the public; null where there is none.
    #[schema(required)]
    release: Option<ReleaseReference>,
    /// The day on which the first release is due; null where one is made, or where none will be.
    #[schema(value_type = Option<String>, format = Date, required)]
    first_release_due: Option<Date>,
    /// Snapshots built since the start.
    snapshots: u64,
    /// How long the last one took, from the store to its end.
    snapshot_s: f64,
}

/// An edition as an operator looks at it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DeskEditionAnswer {
    /// The id.
    id: EditionId,
    /// Its name for people.
    name: Names,
    /// How many areas it has, by level.
    areas: BTreeMap<String, usize>,
    /// All incidents by how much is known of their places on it.
    account: AccountAnswer,
}

/// A pool of heavy work.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct WorkPoolAnswer {
    /// Its name.
    pool: &'static str,
    /// The works that run.
    running: u64,
    /// Those that wait for a turn.
    waiting: u64,
    /// Those turned away since the start.
    refused: u64,
}

/// All caches together.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct CachesAnswer {
    /// What they hold.
    bytes: u64,
    /// What they may hold.
    budget_bytes: u64,
}

/// What the process says of itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProcessState {
    /// When it was started, in seconds since 1970 UTC.
    pub(crate) started_s: i64,
    /// The seconds since then.
    pub(crate) uptime_s: u64,
    /// The memory that is resident.
    pub(crate) resident_bytes: Option<u64>,
    /// Its connections.
    pub(crate) connections: ConnectionsAnswer,
}

impl DeskAnswer {
    /// How a service does, in a process, on a store.
    pub(crate) fn of(
        service: &Service,
        process: ProcessState,
        on_disk: StoreOnDisk,
        last_import: Option<StoredImport>,
    ) -> Self {
        let ProcessState { started_s, uptime_s, resident_bytes, connections } = process;
        let caches = service.caches();
        Self {
            ready: service.ready_epoch().is_ok(),
            version: env!("CARGO_PKG_VERSION"),
            started_at: moment(started_s),
            uptime_s,
            resident_bytes,
            connections,
            store: DeskStoreAnswer::of(service.store(), on_disk),
            data: service.current().map(|served| DeskDataAnswer::of(service, &served)),
            work: service.pools().map(WorkPoolAnswer::of).into(),
            caches: CachesAnswer {
                bytes: caches.iter().map(|cache| cache.bytes).sum(),
                budget_bytes: caches.iter().map(|cache| cache.budget_bytes).sum(),
            },
            last_import: last_import.map(ImportAnswer::of),
        }
    }
}

impl DeskStoreAnswer {
    fn of(observed: StoreObservation, on_disk: StoreOnDisk) -> Self {
        let StoreObservation { condition, latency } = observed;
        let StoreOnDisk { bytes, is_held_back } = on_disk;
        Self {
            condition: StoreConditionAnswer::of(condition),
            latency_s: latency.map(|latency| latency.as_secs_f64()),
            bytes,
            import_held_back: is_held_back,
        }
    }
}

impl StoreConditionAnswer {
    fn of(condition: StoreCondition) -> Self {
        match condition {
            StoreCondition::InOrder => Self::InOrder,
            StoreCondition::Gone => Self::Gone,
            StoreCondition::Replaced => Self::Replaced,
            StoreCondition::Unreadable => Self::Unreadable,
            StoreCondition::Slow => Self::Slow,
            StoreCondition::Behind => Self::Behind,
        }
    }
}

impl DeskDataAnswer {
    fn of(service: &Service, served: &ServedSnapshot) -> Self {
        let (snapshot, loads) = (&served.snapshot, service.loads());
        let editions = snapshot.editions.iter();
        Self {
            epoch: snapshot.epoch,
            public_epoch: served.state(Role::Public).epoch,
            sample: snapshot.is_sample(),
            incidents: snapshot.incidents.len() as u64,
            models: snapshot.models.len() as u64,
            editions: editions.map(|edition_data| DeskEditionAnswer::of(snapshot, edition_data)).collect(),
            release: snapshot.releases.last().map(|release| release.reference),
            first_release_due: first_release_due(snapshot),
            snapshots: loads.count,
            snapshot_s: (loads.last.read + loads.last.build).as_secs_f64(),
        }
    }
}

impl DeskEditionAnswer {
    fn of(snapshot: &Snapshot, edition_data: &EditionData) -> Self {
        let levels = edition_data.shape.levels.iter();
        Self {
            id: edition_data.entry.id,
            name: edition_name(&edition_data.entry),
            areas: levels.map(|areas| (areas.level.as_str().to_owned(), areas.areas.len())).collect(),
            account: AccountAnswer::full(&whole_account(snapshot, edition_data)),
        }
    }
}

impl WorkPoolAnswer {
    fn of(pool: PoolUse) -> Self {
        let PoolUse { name, running, waiting, refused } = pool;
        Self { pool: name, running, waiting, refused }
    }
}
