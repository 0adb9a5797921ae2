//! Cutting ratios into ordered bands.
//!
//! In: ascending upper bounds. Out: the position of the band a ratio falls
//! into. Letters and colours are given to the positions elsewhere; the bounds
//! are absolute, no band has a quota.

/// Ordered bands with inclusive upper bounds; the last band has none.
///
/// # Example
/// A ≤ 0.50 < B ≤ 0.80 < C ≤ 1.25 < D ≤ 2.00 < E:
/// ```
/// use binhyen::statistics::Bands;
/// let bands = Bands::new(vec![0.5, 0.8, 1.25, 2.0])?;
/// assert_eq!(bands.band_of(0.5), Some(0));
/// assert_eq!(bands.band_of(0.51), Some(1));
/// assert_eq!(bands.band_of(7.0), Some(4));
/// # Ok::<(), binhyen::statistics::BandsError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    upper_bounds: Vec<f64>,
}

/// The bounds do not ascend.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("bound {position} of the bands must be a finite number above the one before it; given {bound}")]
pub struct BandsError {
    /// Position of the culprit, from 0.
    pub position: usize,
    /// The bound given.
    pub bound: f64,
}

impl Bands {
    /// Checks the bounds.
    ///
    /// # Errors
    /// [`BandsError`] for a bound that is not finite or not above the one before it.
    pub fn new(upper_bounds: Vec<f64>) -> Result<Self, BandsError> {
        let mut before = f64::NEG_INFINITY;
        for (position, &bound) in upper_bounds.iter().enumerate() {
            if !bound.is_finite() || bound <= before {
                return Err(BandsError { position, bound });
            }
            before = bound;
        }
        Ok(Self { upper_bounds })
    }

    /// Number of bands: one more than bounds.
    pub fn band_count(&self) -> usize {
        self.upper_bounds.len() + 1
    }

    /// The inclusive upper bounds, ascending.
    pub fn upper_bounds(&self) -> &[f64] {
        &self.upper_bounds
    }

    /// Position of the band of `ratio`, 0 for the lowest; `None` for NaN.
    pub fn band_of(&self, ratio: f64) -> Option<usize> {
        (!ratio.is_nan()).then(|| self.upper_bounds.partition_point(|&bound| bound < ratio))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bound_belongs_to_the_band_below() {
        let bands = Bands::new(vec![0.5, 0.8, 1.25, 2.0]).unwrap();
        let positions = [0.0, 0.5, 0.8, 0.8 + 1e-12, 1.25, 2.0, 2.000_001].map(|ratio| bands.band_of(ratio));
        assert_eq!(positions, [0, 0, 1, 2, 2, 3, 4].map(Some));
        assert_eq!(bands.band_of(f64::NAN), None);
    }

    #[test]
    fn bounds_that_do_not_ascend_are_named() {
        assert_eq!(Bands::new(vec![0.5, 0.5]), Err(BandsError { position: 1, bound: 0.5 }));
        assert!(Bands::new(vec![f64::NAN]).is_err());
    }

    #[test]
    fn no_bound_means_one_band() {
        let bands = Bands::new(vec![]).unwrap();
        assert_eq!((bands.band_count(), bands.band_of(3.0)), (1, Some(0)));
    }

    proptest! {
        #[test]
        fn higher_ratio_is_never_in_a_lower_band(low in 0.0..3.0_f64, more in 0.0..3.0_f64) {
            let bands = Bands::new(vec![0.5, 0.8, 1.25, 2.0]).unwrap();
            prop_assert!(bands.band_of(low) <= bands.band_of(low + more));
        }
    }
}
