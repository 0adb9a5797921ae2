//! Invented places and communes in which models do nothing, or halve what happens, and what the product says of them.
//!
//! In: how places for models are chosen, and a seed. Out: whether a kind of model was called lower or higher. The
//! estimates are those of the product; only places and incidents are invented. Places differ by a gamma distribution,
//! years of one place beyond chance as well, and all places share the course of the years.

use binhyen::statistics::{
    BeforeAfter, ConfidenceLevel, EffectTable, PanelCell, RatioEstimate, agreement, each_place_once,
    mantel_haenszel_clustered, panel_effect,
};

/// Where models go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placed {
    /// Anywhere.
    AtRandom,
    /// Where most happens year by year, in truth.
    WorstInTruth,
    /// Where most happened in the last year.
    WorstLastYear,
    /// Where most happened in the last three years.
    WorstOfThreeYears,
}

/// A world of places.
#[derive(Debug, Clone, Copy)]
pub(crate) struct World {
    /// All places.
    pub(crate) places: usize,
    /// Models of the kind.
    pub(crate) models: usize,
    /// Incidents of a place in a year, on average.
    pub(crate) mean: f64,
    /// How the years of one place spread beyond chance: the coefficient of variation of their rate.
    pub(crate) spread: f64,
    /// Where the models go.
    pub(crate) placed: Placed,
    /// What they do to the rate.
    pub(crate) ratio: f64,
}

/// How a kind is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "the fast edition asks for two of them only")]
pub(crate) enum Method {
    /// The last year compared, places shared between models, Poisson error: as it was until 2026.
    SharedPlaces,
    /// The last year compared, each place once.
    EachPlaceOnce,
    /// Each place once, the last year left out.
    LastYearLeftOut,
    /// Each place once, both years compared.
    BothYears,
    /// What the product does: the last two must agree.
    BothMustAgree,
}

/// How often a kind was called lower and higher, of so many worlds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Verdicts {
    /// Worlds.
    pub(crate) worlds: u32,
    /// Called lower.
    pub(crate) lower: u32,
    /// Called higher.
    pub(crate) higher: u32,
}

/// `SplitMix64` with the distributions that are needed: the same numbers on every machine.
#[derive(Debug)]
pub(crate) struct Random(pub u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn below(&mut self, count: usize) -> usize {
        ((self.uniform() * count as f64) as usize).min(count - 1)
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Gamma of mean 1 (G. Marsaglia and W. W. Tsang 2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        let d = shape.max(1.0) - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v / shape.max(1.0);
            }
        }
    }

    /// A rate's factor of mean 1 with a coefficient of variation.
    fn factor(&mut self, spread: f64) -> f64 {
        if spread > 0.0 { self.gamma(spread.powi(-2)) } else { 1.0 }
    }

    /// By the gaps between events, summed as long as they fit.
    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut sum, mut count) = (-self.uniform().ln(), 0);
        while sum < mean {
            sum -= self.uniform().ln();
            count += 1;
        }
        count
    }
}

/// Rates of places: gamma of shape 1.5, so that the worst tenth has three times the mean and more.
const SHAPE: f64 = 1.5;
/// What all places share in the three years before and the year after.
const COURSE: [f64; 4] = [1.0, 0.95, 1.05, 0.9];
/// Models go to a random half of so many times their number of worst places, so that places like theirs are left.
const WORST: usize = 2;
const LEVEL: f64 = 0.95;
const TOLERANCE: f64 = 0.25;
const MOST_PLACES: usize = 5;

/// The years of every place: three before, one after; and which places got a model.
struct Counted {
    years: Vec<[u64; 4]>,
    treated: Vec<usize>,
}

impl World {
    fn counted(&self, random: &mut Random) -> Counted {
        let rates: Vec<f64> = (0..self.places).map(|_| self.mean * random.gamma(SHAPE)).collect();
        let mut year = |rate: f64, year: usize| {
            let mean = rate * COURSE[year] * random.factor(self.spread);
            random.poisson(mean)
        };
        let mut years: Vec<[u64; 4]> =
            rates.iter().map(|rate| [year(*rate, 0), year(*rate, 1), year(*rate, 2), year(*rate, 3)]).collect();
        let score = |place: usize| match self.placed {
            Placed::AtRandom => 0.0,
            Placed::WorstInTruth => rates[place],
            Placed::WorstLastYear => years[place][2] as f64,
            Placed::WorstOfThreeYears => years[place][..3].iter().sum::<u64>() as f64,
        };
        let treated = chosen(self.places, self.models, score, random);
        for place in &treated {
            let mean = rates[*place] * COURSE[3] * random.factor(self.spread) * self.ratio;
            years[*place][3] = random.poisson(mean);
        }
        Counted { years, treated }
    }

    /// What a method says of the kind in so many worlds.
    pub(crate) fn verdicts(&self, method: Method, worlds: u32, seed: u64) -> Verdicts {
        let mut random = Random(seed);
        (0..worlds).fold(Verdicts::default(), |verdicts, _| verdicts.with(self.counted(&mut random).said(method)))
    }
}

/// So many of the places with the highest score, ties by chance.
fn chosen(places: usize, models: usize, score: impl Fn(usize) -> f64, random: &mut Random) -> Vec<usize> {
    let mut order: Vec<(f64, f64, usize)> = (0..places).map(|place| (score(place), random.uniform(), place)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
    let mut worst: Vec<usize> = order.into_iter().take(WORST * models).map(|(_, _, place)| place).collect();
    (0..models).map(|_| worst.swap_remove(random.below(worst.len()))).collect()
}

impl Verdicts {
    fn with(self, ratio: Option<f64>) -> Self {
        Self {
            worlds: self.worlds + 1,
            lower: self.lower + u32::from(ratio.is_some_and(|ratio| ratio < 1.0)),
            higher: self.higher + u32::from(ratio.is_some_and(|ratio| ratio > 1.0)),
        }
    }

    /// The share of worlds with a verdict.
    pub(crate) fn clear(&self) -> f64 {
        f64::from(self.lower + self.higher) / f64::from(self.worlds)
    }

    /// The share of worlds called lower.
    pub(crate) fn called_lower(&self) -> f64 {
        f64::from(self.lower) / f64::from(self.worlds)
    }
}

impl Counted {
    /// The ratio where a method is clear.
    fn said(&self, method: Method) -> Option<f64> {
        let last = |place: usize| self.years[place][2];
        let both = |place: usize| self.years[place][1] + self.years[place][2];
        let left_out =
            || mantel_haenszel_clustered(&self.strata(&self.once(last), |place| self.years[place][1]), level());
        let whole = || mantel_haenszel_clustered(&self.strata(&self.once(both), both), level());
        let clear =
            |estimate: Option<RatioEstimate>| estimate.filter(RatioEstimate::excludes_one).map(|found| found.ratio);
        match method {
            Method::SharedPlaces => {
                let shared = binhyen::statistics::mantel_haenszel(&self.strata(&self.preferred(last), last), level());
                clear(shared)
            }
            Method::EachPlaceOnce => clear(mantel_haenszel_clustered(&self.strata(&self.once(last), last), level())),
            Method::LastYearLeftOut => clear(left_out()),
            Method::BothYears => clear(whole()),
            Method::BothMustAgree => {
                let both = agreement(left_out()?, whole()?, 1.0);
                (both.p < 1.0 - LEVEL).then_some(both.nearer.ratio)
            }
        }
    }

    /// For every model the places with a like count, the nearest count first.
    fn preferred(&self, count: impl Fn(usize) -> u64) -> Vec<Vec<usize>> {
        let mut has_model = vec![false; self.years.len()];
        self.treated.iter().for_each(|place| has_model[*place] = true);
        let of = |model: &usize| {
            let wanted = count(*model);
            let most = (TOLERANCE * wanted as f64).max(1.0);
            let apart = |place: &usize| count(*place).abs_diff(wanted);
            let is_like = |place: &usize| !has_model[*place] && apart(place) as f64 <= most;
            let mut like: Vec<usize> = (0..self.years.len()).filter(is_like).collect();
            like.sort_by_key(apart);
            like
        };
        self.treated.iter().map(of).collect()
    }

    fn once(&self, count: impl Fn(usize) -> u64) -> Vec<Vec<usize>> {
        each_place_once(self.years.len(), &self.preferred(count), MOST_PLACES, |_, _| false)
    }

    fn strata(&self, places: &[Vec<usize>], before: impl Fn(usize) -> u64) -> Vec<EffectTable> {
        let with_places = self.treated.iter().zip(places).filter(|(_, places)| !places.is_empty());
        let of = |(model, places): (&usize, &Vec<usize>)| {
            let places = &places[..places.len().min(MOST_PLACES)];
            let sum = |of: &dyn Fn(usize) -> u64| places.iter().map(|place| of(*place)).sum();
            EffectTable {
                treated: BeforeAfter { before: before(*model), after: self.years[*model][3] },
                comparison: BeforeAfter { before: sum(&before), after: sum(&|place| self.years[place][3]) },
            }
        };
        with_places.map(of).collect()
    }
}

/// A world of communes over eight years of quarters, for kinds that are looked at by commune.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Province {
    /// Communes.
    pub(crate) communes: usize,
    /// Communes that get the kind, one after the other from the fourth year on.
    pub(crate) treated: usize,
    /// Incidents of a commune in a quarter, on average.
    pub(crate) mean: f64,
    /// How the years of one commune spread beyond chance.
    pub(crate) spread: f64,
    /// Where the models go.
    pub(crate) placed: Placed,
    /// What they do to the rate.
    pub(crate) ratio: f64,
    /// Quarters before a start that are left out.
    pub(crate) left_out: usize,
}

const QUARTERS: usize = 32;
/// The quarters of a year, and what they do to the rate.
const SEASONS: [f64; 4] = [1.2, 1.0, 0.7, 1.1];

impl Province {
    /// What the panel says of the kind in so many provinces.
    pub(crate) fn verdicts(&self, provinces: u32, seed: u64) -> Verdicts {
        let mut random = Random(seed);
        (0..provinces).fold(Verdicts::default(), |verdicts, _| {
            let found = panel_effect(&self.counted(&mut random), level()).ok();
            verdicts.with(found.filter(|found| found.ratio.excludes_one()).map(|found| found.ratio.ratio))
        })
    }

    fn counted(&self, random: &mut Random) -> Vec<Vec<Option<PanelCell>>> {
        let means: Vec<Vec<f64>> = (0..self.communes).map(|_| self.means(random)).collect();
        let mut counts: Vec<Vec<u64>> =
            means.iter().map(|means| means.iter().map(|mean| random.poisson(*mean)).collect()).collect();
        let mut starts = vec![QUARTERS; self.communes];
        for number in 0..self.treated {
            let start = 12 + (13 * number) % 16;
            let sum =
                |commune: usize, quarters: usize| counts[commune][start - quarters..start].iter().sum::<u64>() as f64;
            let score = |commune: usize| match self.placed {
                Placed::AtRandom => 0.0,
                Placed::WorstInTruth => means[commune].iter().sum(),
                Placed::WorstLastYear => sum(commune, 4),
                Placed::WorstOfThreeYears => sum(commune, 12),
            };
            let free = |commune: usize| if starts[commune] < QUARTERS { -1.0 } else { score(commune) };
            let commune = chosen(self.communes, WORST_COMMUNES, free, random)[0];
            starts[commune] = start;
            for quarter in start..QUARTERS {
                counts[commune][quarter] = random.poisson(means[commune][quarter] * self.ratio);
            }
        }
        (0..self.communes).map(|commune| self.row(&counts[commune], starts[commune])).collect()
    }

    fn means(&self, random: &mut Random) -> Vec<f64> {
        let rate = self.mean * random.gamma(SHAPE);
        let years: Vec<f64> = (0..QUARTERS / 4).map(|_| random.factor(self.spread)).collect();
        (0..QUARTERS).map(|quarter| rate * years[quarter / 4] * SEASONS[quarter % 4]).collect()
    }

    fn row(&self, counts: &[u64], start: usize) -> Vec<Option<PanelCell>> {
        let cell = |(quarter, events): (usize, &u64)| {
            let is_left_out = start < QUARTERS && quarter < start && quarter + self.left_out >= start;
            let treatment = if quarter >= start { 1.0 } else { 0.0 };
            (!is_left_out).then_some(PanelCell { events: *events, exposure: 1.0, treatment })
        };
        counts.iter().enumerate().map(cell).collect()
    }
}

/// Each start goes to one of twice so many worst communes.
const WORST_COMMUNES: usize = 5;

fn level() -> ConfidenceLevel {
    ConfidenceLevel::new(LEVEL).expect("a level between 0 and 1")
}
