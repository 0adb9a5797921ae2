//! Class bounds that people can read: quantiles of the values, rounded to one or two leading digits.
//!
//! The rule of the page (`web/src/map/classes.ts`), so that the legend of an image and that of the page agree; both are
//! held to the same cases.

const LEADS: [f64; 11] = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];

/// The nearest number of the form 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 × 10ⁿ; zero of what is not positive.
pub(in crate::export::map_image) fn rounded(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let unit = 10_f64.powi(value.log10().floor() as i32);
    let nearer = |best: f64, lead: f64| {
        if (lead * unit - value).abs() < (best * unit - value).abs() { lead } else { best }
    };
    let lead = LEADS.into_iter().fold(LEADS[0], nearer);
    // Written with two digits and read again: 1.2 × 0.01 is to be 0.012 and nothing beside it.
    format!("{:.1e}", lead * unit).parse().unwrap_or_default()
}

fn quantile(sorted: &[f64], share: f64) -> f64 {
    let index = (sorted.len() - 1) as f64 * share;
    let below = sorted[index.floor() as usize];
    let above = sorted.get(index.ceil() as usize).copied().unwrap_or(below);
    below + (above - below) * index.fract()
}

/// At most `classes − 1` distinct positive bounds, ascending; none when there is nothing to separate.
pub(in crate::export::map_image) fn readable_bounds(values: &[f64], classes: usize) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    if sorted.is_empty() || sorted.first() == sorted.last() {
        return Vec::new();
    }
    let shares = (1..classes).map(|class| class as f64 / classes as f64);
    let mut bounds: Vec<f64> =
        shares.map(|share| rounded(quantile(&sorted, share))).filter(|bound| *bound > 0.0).collect();
    bounds.dedup();
    bounds
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bounds_are_numbers_that_people_can_read() {
        assert_eq!([97.0, 133.0, 0.0172, 0.0].map(rounded), [100.0, 120.0, 0.015, 0.0]);
        assert_eq!(rounded(-3.0), 0.0);
    }

    #[test]
    fn bounds_rise_and_are_fewer_when_the_values_are() {
        let bounds = readable_bounds(&[1.0, 5.0, 20.0, 80.0, 200.0, 320.0, 900.0, 1200.0], 5);
        assert!(bounds.is_sorted());
        assert_eq!(bounds.len(), 4);
        assert_eq!(readable_bounds(&[7.0, 7.0, 7.0], 5), Vec::<f64>::new());
        assert_eq!(readable_bounds(&[], 5), Vec::<f64>::new());
    }

    proptest! {
        #[test]
        fn bounds_do_not_depend_on_the_order_of_the_values(mut values in prop::collection::vec(0.0..1e6, 0..40)) {
            let bounds = readable_bounds(&values, 5);
            values.reverse();
            prop_assert_eq!(&bounds, &readable_bounds(&values, 5));
            prop_assert!(bounds.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(bounds.iter().all(|bound| rounded(*bound) == *bound));
        }
    }
}
