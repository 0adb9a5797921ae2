//! Long sums beside the questions: on one thread of their own, at a low priority.
//!
//! In: a sum that takes seconds. Out: what it gives. In the thread pool that all share, a change that is to be shown
//! would wait until the sum is over; on a thread of the same priority the sum would take an equal part of a busy core.

use rayon::ThreadPoolBuilder;

/// How much is left to others where a core is busy; Linux counts it by thread, and 10 leaves about a tenth.
const NICENESS: i32 = 10;

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

/// Lowers the priority of this thread, where the system counts priorities by thread; nothing is lost where it refuses.
pub(crate) fn lower_priority() {
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

    #[cfg(target_os = "linux")]
    #[test]
    fn the_priority_of_others_stays_as_it_was() {
        let own = || rustix::process::getpriority_process(None).unwrap();
        let before = own();
        assert_eq!(in_background("sums", own), before.max(NICENESS));
        assert_eq!(own(), before);
    }
}
