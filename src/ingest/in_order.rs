//! Work on several cores whose results come in the order of what went in.
//!
//! Memory is bounded: every worker holds one thing, has one waiting and one result not yet taken. Worker `n` gets
//! every `n`-th thing, so the order needs no sorting.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Things waiting before a worker, and results behind it.
const WAITING: usize = 1;

/// Works on things in parallel and takes the results in the order of the things, until `take` breaks off.
pub(super) fn in_order<I, O>(
    things: impl Iterator<Item = I> + Send,
    work: impl Fn(I) -> O + Sync,
    mut take: impl FnMut(O) -> ControlFlow<()>,
) where
    I: Send,
    O: Send,
{
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let (mut doors, mut results) = (Vec::new(), Vec::new());
        for _ in 0..workers {
            let (door, entered) = sync_channel::<I>(WAITING);
            let (sender, result) = sync_channel::<O>(WAITING);
            let work = &work;
            scope.spawn(move || worked(&entered, &sender, work));
            doors.push(door);
            results.push(result);
        }
        scope.spawn(move || {
            for (place, thing) in things.enumerate() {
                if doors[place % workers].send(thing).is_err() {
                    return; // nobody takes results any more
                }
            }
        });
        for place in 0_usize.. {
            match results[place % workers].recv().map(&mut take) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) | Err(_) => break,
            }
        }
        drop(results); // workers that wait with a result end
    });
}

fn worked<I, O>(entered: &Receiver<I>, sender: &SyncSender<O>, work: &impl Fn(I) -> O) {
    for thing in entered {
        if sender.send(work(thing)).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_things() {
        let mut taken = Vec::new();
        let slow_when_even = |number: u64| {
            std::thread::sleep(std::time::Duration::from_micros(if number.is_multiple_of(2) { 200 } else { 0 }));
            number
        };
        in_order(0..100, slow_when_even, |number| {
            taken.push(number);
            ControlFlow::Continue(())
        });
        assert_eq!(taken, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn no_things_give_no_results() {
        in_order(std::iter::empty::<u8>(), |thing| thing, |_| panic!("nothing went in"));
    }

    #[test]
    fn breaking_off_ends_even_endless_work() {
        let mut taken = 0;
        in_order(
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
