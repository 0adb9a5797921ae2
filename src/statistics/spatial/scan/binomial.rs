//! Maps made by chance: so many events fall on areas in proportion to their exposure.
//!
//! In: shares and a total. Out: counts that add up to the total. A multinomial draw is a chain of binomial ones: each
//! area takes its part of what is left over the areas from it on. All random numbers come from a seed and the number
//! of the map, so that they depend on nothing else.
//!
//! References: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM Transactions on
//! Mathematical Software 47 (2021), for xoshiro256++; W. Hörmann, "The generation of binomial random variates",
//! Journal of Statistical Computation and Simulation 46 (1993), for the rejection with a transformed uniform.

/// From this mean on a binomial number is drawn by rejection, below by adding up probabilities.
const REJECTION_FROM: f64 = 10.0;

/// A stream of uniform numbers.
#[derive(Debug, Clone)]
pub(super) struct Randomness {
    state: [u64; 4],
}

impl Randomness {
    /// The stream of a seed and a number.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut mixed = seed ^ number.wrapping_mul(0xd134_2543_de82_ef95);
        // SplitMix64, by which the authors of the generator fill its state.
        let mut next = || {
            mixed = mixed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let once = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            twice ^ (twice >> 31)
        };
        Self { state: [next(), next(), next(), next()] }
    }

    fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let answer = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        answer
    }

    /// A whole number below another, each as likely.
    pub(super) fn below(&mut self, end: usize) -> usize {
        // A uniform number has 53 bits: what is not even about the remainder lies far below anything that is counted.
        ((self.uniform() * end as f64) as usize).min(end.saturating_sub(1))
    }

    /// A number above or equal to 0 and below 1.
    fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// How events fall on areas.
#[derive(Debug)]
pub(super) struct ChanceMap {
    /// For each area with a share the part of it in the shares from it on.
    parts: Vec<(usize, f64)>,
    events: u64,
}

impl ChanceMap {
    pub(super) fn new(shares: &[f64], events: u64) -> Self {
        let mut left = 0.0;
        let mut parts: Vec<(usize, f64)> = Vec::new();
        for (area, share) in shares.iter().enumerate().rev().filter(|(_, share)| **share > 0.0) {
            left += share;
            parts.push((area, (share / left).min(1.0)));
        }
        parts.reverse();
        Self { parts, events }
    }

    /// Gives every area that has a share its count.
    pub(super) fn draw(&self, randomness: &mut Randomness, mut give: impl FnMut(usize, u32)) {
        let mut left = self.events;
        // What is left always goes to the areas from here on; the last of them has the part 1 and takes all.
        for (area, part) in &self.parts {
            let count = if left == 0 { 0 } else { binomial(randomness, left, *part) };
            give(*area, count as u32);
            left -= count;
        }
    }
}

/// How many of some trials succeed.
fn binomial(randomness: &mut Randomness, trials: u64, probability: f64) -> u64 {
    if probability >= 1.0 {
        return trials;
    }
    if probability > 0.5 {
        return trials - binomial(randomness, trials, 1.0 - probability);
    }
    if trials as f64 * probability < REJECTION_FROM {
        by_adding(randomness, trials, probability)
    } else {
        by_rejection(randomness, trials, probability)
    }
}

/// The first number up to which the probabilities add up to more than a uniform number.
fn by_adding(randomness: &mut Randomness, trials: u64, probability: f64) -> u64 {
    let odds = probability / (1.0 - probability);
    let mut at = (trials as f64 * (-probability).ln_1p()).exp();
    let mut left = randomness.uniform();
    let mut count = 0;
    // The probabilities from 0 to `count` − 1 have been taken off the uniform number. Rounding may leave a rest after
    // all of them; then every trial succeeds.
    while left > at && count < trials {
        left -= at;
        count += 1;
        at *= odds * (trials - count + 1) as f64 / count as f64;
    }
    count
}

/// Hörmann's BTRS: a point under a hat that a transformed uniform number makes, kept in proportion to the probability.
fn by_rejection(randomness: &mut Randomness, trials: u64, probability: f64) -> u64 {
    let (n, p) = (trials as f64, probability);
    let deviation = (n * p * (1.0 - p)).sqrt();
    let b = 1.15 + 2.53 * deviation;
    let a = -0.0873 + 0.0248 * b + 0.01 * p;
    let alpha = (2.83 + 5.1 / b) * deviation;
    let sure = 0.92 - 4.2 / b;
    let mode = ((n + 1.0) * p).floor();
    loop {
        let u = randomness.uniform() - 0.5;
        let v = randomness.uniform();
        let edge = 0.5 - u.abs();
        let count = ((2.0 * a / edge + b) * u + n * p + 0.5).floor();
        if edge >= 0.07 && v <= sure {
            return count as u64;
        }
        if count < 0.0 || count > n {
            continue;
        }
        let height = (v * alpha / (a / (edge * edge) + b)).ln();
        if height <= log_probability(n, p, count) - log_probability(n, p, mode) {
            return count as u64;
        }
    }
}

/// ln of the binomial probability, without its factor n!.
fn log_probability(n: f64, p: f64, count: f64) -> f64 {
    count * (p / (1.0 - p)).ln() - libm::lgamma(count + 1.0) - libm::lgamma(n - count + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(trials: u64, probability: f64) -> (f64, f64) {
        let mut randomness = Randomness::new(7, 0);
        let draws: Vec<f64> = (0..40_000).map(|_| binomial(&mut randomness, trials, probability) as f64).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        (mean, draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / draws.len() as f64)
    }

    #[test]
    fn both_ways_of_drawing_have_the_moments_of_the_binomial() {
        for (trials, probability) in [(2, 0.01), (30, 0.2), (1000, 0.004), (60, 0.4), (5000, 0.01), (100_000, 0.7)] {
            let (mean, variance) = moments(trials, probability);
            let expected = trials as f64 * probability;
            let spread = expected * (1.0 - probability);
            assert!((mean - expected).abs() < 4.0 * (spread / 40_000.0).sqrt(), "{trials} × {probability}: {mean}");
            assert!((variance / spread - 1.0).abs() < 0.06, "{trials} × {probability}: {variance} for {spread}");
        }
    }

    #[test]
    fn rejection_follows_the_probabilities_one_by_one() {
        let (trials, probability, draws) = (40_u64, 0.3, 200_000);
        let mut randomness = Randomness::new(11, 3);
        let mut seen = vec![0_u32; trials as usize + 1];
        for _ in 0..draws {
            seen[by_rejection(&mut randomness, trials, probability) as usize] += 1;
        }
        let log_factorial = libm::lgamma(trials as f64 + 1.0) + trials as f64 * (1.0_f64 - probability).ln();
        for (count, seen) in seen.into_iter().enumerate() {
            let expected = (log_probability(trials as f64, probability, count as f64) + log_factorial).exp();
            let spread = (expected * (1.0 - expected) / f64::from(draws)).sqrt();
            assert!((f64::from(seen) / f64::from(draws) - expected).abs() < 5.0 * spread + 1e-5, "{count}");
        }
    }

    #[test]
    fn a_map_keeps_its_total_and_gives_nothing_without_a_share() {
        let shares = [0.2, 0.0, 0.5, 0.3];
        let chance = ChanceMap::new(&shares, 1000);
        let mut sums = [0_u64; 4];
        for number in 0..300 {
            let mut counts = [0_u32; 4];
            chance.draw(&mut Randomness::new(1, number), |area, count| counts[area] = count);
            assert_eq!(counts.iter().sum::<u32>(), 1000);
            assert_eq!(counts[1], 0);
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += u64::from(count);
            }
        }
        for (sum, share) in sums.iter().zip(shares) {
            assert!((*sum as f64 / 300_000.0 - share).abs() < 0.004, "{sums:?}");
        }
    }
}
