//! Work on several cores whose results come in the order of what went in.
//!
//! Memory is bounded: every worker holds one item, has one waiting and one result not yet taken. Worker `n` gets
//! every `n`-th item, so the order needs no sorting.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Items waiting before a worker, and results behind it.
const QUEUE_LENGTH: usize = 1;

/// Works on items in parallel and takes the results in the order of the items, until `consume` breaks off.
pub(in crate::ingest) fn parallel_in_order<I, O>(
    items: impl Iterator<Item = I> + Send,
    work: impl Fn(I) -> O + Sync,
    mut consume: impl FnMut(O) -> ControlFlow<()>,
) where
    I: Send,
    O: Send,
{
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let (mut senders, mut results) = (Vec::new(), Vec::new());
        for _ in 0..workers {
            let (input, inputs) = sync_channel::<I>(QUEUE_LENGTH);
            let (sender, result) = sync_channel::<O>(QUEUE_LENGTH);
            let work = &work;
            scope.spawn(move || run_worker(&inputs, &sender, work));
            senders.push(input);
            results.push(result);
        }
        scope.spawn(move || {
            // Round robin: item n goes to worker n mod w, waits there at most behind one other, and blocks the
            // reader when that worker is behind. So the memory in use is bounded whatever the length of the file.
            for (number, item) in items.enumerate() {
                if senders[number % workers].send(item).is_err() {
                    return; // nobody takes results any more
                }
            }
        });
        // Result n comes from worker n mod w, and each worker answers in order: asking them in turn gives the
        // results in the order of the items. The first worker without a further item closes its end, and no later
        // item exists.
        for number in 0_usize.. {
            match results[number % workers].recv().map(&mut consume) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) | Err(_) => break,
            }
        }
        drop(results); // workers that wait with a result end
    });
}

fn run_worker<I, O>(inputs: &Receiver<I>, sender: &SyncSender<O>, work: &impl Fn(I) -> O) {
    for item in inputs {
        if sender.send(work(item)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let mut taken = Vec::new();
        let slow_when_even = |number: u64| {
            std::thread::sleep(std::time::Duration::from_micros(if number.is_multiple_of(2) { 200 } else { 0 }));
            number
        };
        parallel_in_order(0..100, slow_when_even, |number| {
            taken.push(number);
            ControlFlow::Continue(())
        });
        assert_eq!(taken, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn no_items_give_no_results() {
        parallel_in_order(std::iter::empty::<u8>(), |item| item, |_| panic!("nothing went in"));
    }

    #[test]
    fn breaking_off_ends_even_endless_work() {
        let mut taken = 0;
        parallel_in_order(
            0_u64..,
            |number| number,
            |_| {
                taken += 1;
                if taken == 7 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(taken, 7);
    }
}
