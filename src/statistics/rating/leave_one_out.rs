//! Mean and variance of all values but one.
//!
//! In: deviations from a common mean, and which to leave out. Out: the mean of the others and their variance (divisor:
//! their number), `None` where all are equal. Where the one left out holds nearly all squares, the difference of sums
//! would be rounding, and the others are summed one by one.

use crate::statistics::position::AreaPosition;

/// Below this part of the mean square the variance of the others is summed one by one.
const WELL_CONDITIONED: f64 = 1e-3;

/// All values but one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::statistics) struct Others {
    /// How many there are.
    pub(in crate::statistics) count: f64,
    /// Their mean.
    pub(in crate::statistics) mean: f64,
    /// Their mean square about it.
    pub(in crate::statistics) variance: f64,
}

impl Others {
    /// The others of one of some deviations, whose squares sum to `squares`.
    pub(in crate::statistics) fn of(deviations: &[f64], squares: f64, area: AreaPosition) -> Option<Self> {
        let index = area.index();
        let (own, count) = (deviations[index], deviations.len() as f64 - 1.0);
        let mean = -own / count;
        let variance = (squares - own * own) / count - mean * mean;
        if variance > WELL_CONDITIONED * squares / (count + 1.0) {
            return Some(Self { count, mean, variance });
        }
        let others = || deviations.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, value)| *value);
        let mean = others().sum::<f64>() / count;
        let variance = others().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
        // What rounding of the common mean leaves of others that are all equal is no variance.
        let noise = 8.0 * f64::EPSILON * own.abs();
        (count >= 1.0 && variance > noise * noise).then_some(Self { count, mean, variance })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64], index: usize) -> Option<Others> {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let deviations: Vec<f64> = values.iter().map(|value| value - mean).collect();
        Others::of(&deviations, deviations.iter().map(|value| value * value).sum(), AreaPosition::new(index))
    }

    #[test]
    fn others_of_one_two_three_and_six() {
        // Without 6 the mean lies 1 below the common 3, and the mean square about it is 2/3.
        let others = of(&[1.0, 2.0, 3.0, 6.0], 3).unwrap();
        assert!((others.mean + 1.0).abs() < 1e-12 && (others.variance - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn one_that_holds_nearly_all_leaves_the_spread_of_the_others() {
        let others = of(&[0.001, 0.0, 149.0], 2).unwrap();
        assert!((others.variance / 2.5e-7 - 1.0).abs() < 1e-9, "{others:?}");
    }

    #[test]
    fn equal_others_and_a_lone_value_have_no_spread() {
        assert_eq!(of(&[0.1, 0.1, 0.1, 7.3], 3), None);
        assert_eq!(of(&[5.0], 0), None);
        assert_eq!(of(&[0.3, 0.3, 0.3], 1), None);
    }
}
