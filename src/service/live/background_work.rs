//! Long sums beside the questions: on one thread of their own, at a low priority.
//!
//! In: a sum that takes seconds, or one short job after the other. Out: what it gives. In the thread pool that all
//! share, a change that is to be shown would wait until the sum is over; on a thread of the same priority the sum would
//! take an equal part of a busy core.

use std::fmt;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};

use rayon::ThreadPoolBuilder;

/// How much is left to others where a core is busy; Linux counts it by thread, and 10 leaves about a tenth.
const NICENESS: i32 = 10;
/// Jobs that may wait in a queue.
const MOST_JOBS: usize = 1024;

/// Runs a sum on a thread of its own, which also does all that the sum would hand to other threads. Where no thread can
/// be started, it runs here.
pub(super) fn in_background<T: Send>(name: &'static str, sum: impl FnOnce() -> T + Send) -> T {
    match ThreadPoolBuilder::new().num_threads(1).thread_name(move |_| name.to_owned()).build() {
        Ok(pool) => pool.install(|| {
            lower_priority();
            sum()
        }),
        Err(fault) => {
            tracing::warn!(cause = %fault, "no thread can be started for a sum in the background");
            sum()
        }
    }
}

/// Jobs of one kind, done one after the other by a thread of low priority, which begins with the first of them and ends with
/// the queue.
pub(crate) struct BackgroundQueue<Job> {
    name: &'static str,
    work: Arc<dyn Fn(Job) + Send + Sync>,
    jobs: OnceLock<SyncSender<Job>>,
}

impl<Job: Send + 'static> BackgroundQueue<Job> {
    /// No job yet, and how each is done.
    pub(crate) fn new(name: &'static str, work: impl Fn(Job) + Send + Sync + 'static) -> Self {
        Self { name, work: Arc::new(work), jobs: OnceLock::new() }
    }

    /// Hands a job in. Gives whether there was room for it.
    #[must_use]
    pub(crate) fn request(&self, job: Job) -> bool {
        self.jobs.get_or_init(|| self.started()).try_send(job).is_ok()
    }

    fn started(&self) -> SyncSender<Job> {
        let (sender, jobs) = sync_channel(MOST_JOBS);
        let work = Arc::clone(&self.work);
        let done = move || {
            lower_priority();
            for job in jobs {
                work(job);
            }
        };
        if let Err(fault) = std::thread::Builder::new().name(self.name.to_owned()).spawn(done) {
            tracing::warn!(cause = %fault, thread = self.name, "no thread can be started for work in the background");
        }
        sender
    }
}

impl<Job> fmt::Debug for BackgroundQueue<Job> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackgroundQueue").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Lowers the priority of this thread, where the system counts priorities by thread; nothing is lost where it refuses.
fn lower_priority() {
    #[cfg(target_os = "linux")]
    if let Err(fault) = rustix::process::setpriority_process(None, NICENESS) {
        tracing::debug!(cause = %fault, "a sum in the background runs at the priority of the others");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sum_hands_on_stays_on_its_thread() {
        let names = in_background("sums", || {
            rayon::join(|| std::thread::current().name().map(str::to_owned), rayon::current_num_threads)
        });
        assert_eq!(names, (Some("sums".to_owned()), 1));
    }

    #[test]
    fn jobs_of_a_queue_are_done_in_their_order_on_its_thread() {
        let (sender, done) = sync_channel(8);
        let queue = BackgroundQueue::new("jobs", move |job: u8| {
            let name = std::thread::current().name().map(str::to_owned);
            sender.send((job, name)).unwrap();
        });
        assert!(queue.request(1) && queue.request(2));
        let of_thread = |job| (job, Some("jobs".to_owned()));
        assert_eq!([done.recv().unwrap(), done.recv().unwrap()], [1, 2].map(of_thread));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_priority_of_others_stays_as_it_was() {
        let own = || rustix::process::getpriority_process(None).unwrap();
        let before = own();
        assert_eq!(in_background("sums", own), before.max(NICENESS));
        assert_eq!(own(), before);
    }
}
