//! Comparison places handed out, each once.
//!
//! In: for every measured place the places it may be compared with, the best first. Out: who gets which. A place that
//! served two would make their ratios alike: pooled as if they were independent, they show differences that are none
//! in two to five times as many cases as the level allows (`make simulate`).

/// Places for everybody, so many at most, each place once and none that conflicts with one given out.
///
/// Turns go round: all take their best free place before anybody takes a second, so that who comes first in the list
/// takes nothing from the others but what both want most.
///
/// # Shape
/// `preferences` name places by their number below `places`; `conflicts` is asked for pairs of places.
///
/// # Example
/// Both want place 0 most; the first gets it, the second its next choice, and a third place is left for the first.
/// ```
/// use binhyen::statistics::each_place_once;
/// let given = each_place_once(3, &[vec![0, 1, 2], vec![0, 1]], 2, |_, _| false);
/// assert_eq!(given, [vec![0, 2], vec![1]]);
/// ```
pub fn each_place_once(
    places: usize,
    preferences: &[Vec<usize>],
    most: usize,
    conflicts: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut is_free = vec![true; places];
    let mut given: Vec<Vec<usize>> = vec![Vec::new(); preferences.len()];
    // Before every turn no two places given out are the same or in conflict, and none that is free conflicts with one
    // of them.
    for _ in 0..most {
        let mut is_over = true;
        for (own, preferred) in given.iter_mut().zip(preferences) {
            let Some(place) = preferred.iter().copied().find(|place| is_free[*place]) else { continue };
            for (other, free) in is_free.iter_mut().enumerate() {
                *free &= other != place && !conflicts(place, other);
            }
            own.push(place);
            is_over = false;
        }
        if is_over {
            break;
        }
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn place_in_conflict_with_one_given_out_is_taken() {
        let given = each_place_once(4, &[vec![0, 1, 3], vec![1, 2]], 5, |one, other| one.abs_diff(other) == 1);
        assert_eq!(given, [[0], [2]], "1 lies beside 0, and 3 beside 2");
    }

    #[test]
    fn nobody_and_nothing_get_nothing() {
        assert!(each_place_once(0, &[], 5, |_, _| false).is_empty());
        assert_eq!(each_place_once(2, &[vec![], vec![0]], 0, |_, _| false), [vec![], Vec::<usize>::new()]);
    }

    proptest! {
        #[test]
        fn no_place_is_given_twice_and_nobody_gets_two_more_than_one_who_could(
            preferences in proptest::collection::vec(proptest::collection::vec(0_usize..20, 0..12), 0..8), most in 0_usize..5,
        ) {
            let given = each_place_once(20, &preferences, most, |_, _| false);
            let mut all: Vec<usize> = given.concat();
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(all.len(), count);
            for (own, preferred) in given.iter().zip(&preferences) {
                prop_assert!(own.len() <= most && own.iter().all(|place| preferred.contains(place)));
            }
        }
    }
}
