//! Work that takes longer than reading a request may, beside the threads that do that.
//!
//! In: closures that block, with who asked and what each costs. Out: what they give, a bounded number of them at once.
//! Four pools keep them apart: costly work never takes the turn of a tile or a document, and the public never takes the
//! turn of a role. Who finds the queue of costly work full, or waits too long for a turn, is told that the service is busy.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::error::ServiceError;
use crate::domain::role::Role;

/// How long a question waits for its turn.
const QUEUE_TIMEOUT: Duration = Duration::from_secs(10);
/// The units of costly work, running and waiting, that the public may have in hand for each core: the longest queue
/// then still ends within [`QUEUE_TIMEOUT`].
const PUBLIC_UNITS_PER_CORE: usize = 12;
/// The same for roles, who are known and few.
const ROLE_UNITS_PER_CORE: usize = 36;

/// Tiles and documents in hand at once for each core. Most of them read what was computed before, and wait only for those
/// that are being computed ([`Gate`]).
const TURNS_PER_CORE: usize = 8;

/// What a work costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WorkCost {
    /// What a tile or a document costs.
    Plain,
    /// That of a picture, a workbook, full geometry or a long series, in units of a drawn megapixel.
    Units(u32),
}

impl WorkCost {
    /// The cost of this work and another after it.
    pub(crate) fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Plain, cost) | (cost, Self::Plain) => cost,
            (Self::Units(one), Self::Units(two)) => Self::Units(one.saturating_add(two)),
        }
    }

    /// The cost of drawing so many pixels.
    pub(crate) fn of_pixels(pixels: u64) -> Self {
        Self::Units(u32::try_from(pixels.div_ceil(1_000_000)).unwrap_or(u32::MAX).max(1))
    }
}

/// Whose work it is and what it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WorkOrder {
    pub(crate) role: Role,
    pub(crate) cost: WorkCost,
}

/// What a pool does now and has refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolUse {
    /// Its name.
    pub name: &'static str,
    /// The works that run.
    pub running: u64,
    /// Those that wait for a turn.
    pub waiting: u64,
    /// Those that were turned away since the start.
    pub refused: u64,
}

/// The pools of heavy work.
#[derive(Debug)]
pub(super) struct HeavyWork {
    public: Pool,
    roles: Pool,
    costly_public: Pool,
    costly_roles: Pool,
}

impl Default for HeavyWork {
    fn default() -> Self {
        Self::on_cores(cores())
    }
}

impl HeavyWork {
    /// The pools of a machine with so many cores. Half of them are for the pictures of the public, and half for those of
    /// roles, so that neither leaves the other, or a tile, without one.
    fn on_cores(cores: usize) -> Self {
        let half = (cores / 2).max(1);
        Self {
            public: Pool::new("public", TURNS_PER_CORE * cores, None),
            roles: Pool::new("roles", TURNS_PER_CORE * cores, None),
            costly_public: Pool::new("costly_public", half, Some(PUBLIC_UNITS_PER_CORE * cores)),
            costly_roles: Pool::new("costly_roles", half, Some(ROLE_UNITS_PER_CORE * cores)),
        }
    }

    /// Runs one work when its turn has come.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        order: WorkOrder,
        work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let permit = self.pool(order).turn(order.cost).await?;
        let done = tokio::task::spawn_blocking(move || {
            // Work whose request has gone away still counts until it is done.
            let _permit = permit;
            work()
        });
        done.await.map_err(|panic| ServiceError::internal(&panic))?
    }

    /// Every pool with what it does now.
    pub(super) fn uses(&self) -> [PoolUse; 4] {
        [&self.public, &self.roles, &self.costly_public, &self.costly_roles].map(Pool::usage)
    }

    fn pool(&self, order: WorkOrder) -> &Pool {
        match (order.role, order.cost) {
            (Role::Public, WorkCost::Plain) => &self.public,
            (Role::Public, WorkCost::Units(_)) => &self.costly_public,
            (_, WorkCost::Plain) => &self.roles,
            (_, WorkCost::Units(_)) => &self.costly_roles,
        }
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

/// Lets so many threads through at once; the others block. Who holds a turn of a pool may wait here without keeping
/// work that needs no such passage from its own turn.
#[derive(Debug)]
pub(super) struct Gate {
    free: Mutex<usize>,
    freed: Condvar,
}

impl Gate {
    /// A gate for so many threads.
    fn for_threads(count: usize) -> Self {
        Self { free: Mutex::new(count), freed: Condvar::new() }
    }

    /// A gate for as many threads as there are cores.
    pub(super) fn for_cores() -> Self {
        Self::for_threads(cores())
    }

    /// A passage, when one is free; it is until it is dropped.
    pub(super) fn passage(&self) -> Passage<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Passage(self)
    }
}

/// That a thread is through a gate.
pub(super) struct Passage<'a>(&'a Gate);

impl Drop for Passage<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

/// Some turns, and the units of work that may be in hand at once.
#[derive(Debug)]
struct Pool {
    name: &'static str,
    turn_count: usize,
    turns: Arc<Semaphore>,
    /// Units running and waiting; none where as many may wait as like.
    units: Option<Units>,
    waiting: Arc<AtomicU64>,
    refused: AtomicU64,
}

#[derive(Debug)]
struct Units {
    most: u32,
    free: Arc<Semaphore>,
}

/// A turn, held until the work is done.
#[derive(Debug)]
struct Turn {
    _turn: OwnedSemaphorePermit,
    _units: Option<OwnedSemaphorePermit>,
}

/// One that waits, counted until it waits no more, however that ends.
struct Waiting(Arc<AtomicU64>);

impl Waiting {
    fn counted(waiting: &Arc<AtomicU64>) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(waiting))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Pool {
    fn new(name: &'static str, turn_count: usize, units: Option<usize>) -> Self {
        let units = units.map(|most| Units { most: most as u32, free: Arc::new(Semaphore::new(most)) });
        let turns = Arc::new(Semaphore::new(turn_count));
        Self { name, turn_count, turns, units, waiting: Arc::default(), refused: AtomicU64::new(0) }
    }

    /// A turn for a work of a cost, when it has come.
    async fn turn(&self, cost: WorkCost) -> Result<Turn, ServiceError> {
        let units = self.units_of(cost).inspect_err(|_| self.count_refused())?;
        let waiting = Waiting::counted(&self.waiting);
        let turn = tokio::time::timeout(QUEUE_TIMEOUT, Arc::clone(&self.turns).acquire_owned()).await;
        drop(waiting);
        let turn = turn.map_err(|_| ServiceError::Busy).inspect_err(|_| self.count_refused())?;
        Ok(Turn { _turn: turn.map_err(|closed| ServiceError::internal(&closed))?, _units: units })
    }

    /// The units of a cost, where the queue has room for them. One that costs more than the whole queue has room when
    /// nothing else is in hand.
    fn units_of(&self, cost: WorkCost) -> Result<Option<OwnedSemaphorePermit>, ServiceError> {
        let (Some(Units { most, free }), WorkCost::Units(units)) = (&self.units, cost) else { return Ok(None) };
        let permit = Arc::clone(free).try_acquire_many_owned(units.min(*most));
        permit.map(Some).map_err(|_| ServiceError::Busy)
    }

    fn count_refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    fn usage(&self) -> PoolUse {
        PoolUse {
            name: self.name,
            running: self.turn_count.saturating_sub(self.turns.available_permits()) as u64,
            waiting: self.waiting.load(Ordering::Relaxed),
            refused: self.refused.load(Ordering::Relaxed),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    fn order(role: Role, units: u32) -> WorkOrder {
        WorkOrder { role, cost: WorkCost::Units(units) }
    }

    fn plain(role: Role) -> WorkOrder {
        WorkOrder { role, cost: WorkCost::Plain }
    }

    /// A work that runs until it is told to end.
    fn held(
        works: &Arc<HeavyWork>,
        order: WorkOrder,
    ) -> (Sender<()>, tokio::task::JoinHandle<Result<(), ServiceError>>) {
        let (end, ended): (Sender<()>, Receiver<()>) = channel();
        let works = Arc::clone(works);
        let work = move || {
            // An end that is gone is an end.
            let _ = ended.recv();
            Ok(())
        };
        (end, tokio::spawn(async move { works.run(order, work).await }))
    }

    async fn until(works: &HeavyWork, wanted: impl Fn(PoolUse) -> bool, pool: usize) {
        while !wanted(works.uses()[pool]) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    #[test]
    fn pixels_cost_by_the_million() {
        let costs = [0, 1, 1_000_000, 1_000_001, 9_000_000].map(WorkCost::of_pixels);
        assert_eq!(costs, [1, 1, 1, 2, 9].map(WorkCost::Units));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn full_queue_of_the_public_turns_away_at_once_and_leaves_the_others_alone() {
        let works = Arc::new(HeavyWork::on_cores(1));
        let (end_first, first) = held(&works, order(Role::Public, 9));
        until(&works, |pool| pool.running == 1, 2).await;
        let (end_second, second) = held(&works, order(Role::Public, 3));
        until(&works, |pool| pool.waiting == 1, 2).await;
        // Twelve units are in hand: one more has no room, whatever it would cost.
        assert_eq!(works.run(order(Role::Public, 1), || Ok(())).await, Err(ServiceError::Busy));
        assert_eq!(works.uses()[2], PoolUse { name: "costly_public", running: 1, waiting: 1, refused: 1 });
        for other in [plain(Role::Public), plain(Role::Commander), order(Role::Planner, 9)] {
            assert_eq!(works.run(other, || Ok(())).await, Ok(()), "{other:?}");
        }
        drop((end_first, end_second));
        assert_eq!((first.await.unwrap(), second.await.unwrap()), (Ok(()), Ok(())));
        assert_eq!(works.run(order(Role::Public, 1), || Ok(())).await, Ok(()));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_document_has_its_turn_beside_more_that_are_computed_than_there_are_cores() {
        let works = Arc::new(HeavyWork::on_cores(1));
        let held: Vec<_> = (0..6).map(|_| held(&works, plain(Role::Planner))).collect();
        until(&works, |pool| pool.running == 6, 1).await;
        assert_eq!(works.run(plain(Role::Commander), || Ok(7)).await, Ok(7));
        for (end, work) in held {
            drop(end);
            assert_eq!(work.await.unwrap(), Ok(()));
        }
    }

    #[test]
    fn a_gate_lets_no_more_through_than_it_is_for() {
        let (gate, inside, most) = (Gate::for_threads(2), AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _passage = gate.passage();
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(5));
                    inside.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!((most.into_inner(), *gate.free.lock().unwrap()), (2, 2));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn one_work_dearer_than_the_queue_still_has_its_turn() {
        let works = Arc::new(HeavyWork::on_cores(1));
        assert_eq!(works.run(order(Role::Public, 100), || Ok(7)).await, Ok(7));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_client_who_leaves_gives_its_place_back() {
        let works = Arc::new(HeavyWork::on_cores(1));
        let (end, first) = held(&works, order(Role::Public, 6));
        until(&works, |pool| pool.running == 1, 2).await;
        let (_end, second) = held(&works, order(Role::Public, 6));
        until(&works, |pool| pool.waiting == 1, 2).await;
        second.abort();
        until(&works, |pool| pool.waiting == 0, 2).await;
        let (end_third, third) = held(&works, order(Role::Public, 6));
        until(&works, |pool| pool.waiting == 1, 2).await;
        drop((end, end_third));
        assert_eq!((first.await.unwrap(), third.await.unwrap()), (Ok(()), Ok(())));
    }
}
