//! Do events run lower in a place while something is there than place and period make expect?
//!
//! In: places followed over the same periods, with events, exposure and how much of each period the measure was there.
//! Out: the rate ratio of a Poisson model with an effect of every place and every period, its error clustered by
//! place. A comparison over time within places: that the measure came *because* a place had a bad year it does not
//! know, so the caller leaves the time before its start out.
//!
//! ln E(yᵢₜ) = ln eᵢₜ + αᵢ + γₜ + βxᵢₜ. Given the events nᵢ of a place, its periods are multinomial with shares
//! pᵢₜ ∝ eᵢₜ exp(γₜ + βxᵢₜ): the αᵢ are gone, and the likeliest β is the same as with them.
//!
//! Reference: J. Hausman, B. H. Hall and Z. Griliches, "Econometric models for count data with an application to the
//! patents–R & D relationship", Econometrica 52 (1984); A. C. Cameron and P. K. Trivedi, "Regression Analysis of
//! Count Data" (2013), section 9.4; K.-Y. Liang and S. L. Zeger, Biometrika 73 (1986), for the clustered error.

use super::cholesky::Symmetric;
use super::effect_table::RatioEstimate;
use crate::statistics::distribution::confidence_level::{ConfidenceLevel, Limits};
use crate::statistics::distribution::student;

/// One place in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PanelCell {
    /// What happened.
    pub events: u64,
    /// Person-years, or whatever the rate is taken of; a cell without is left out.
    pub exposure: f64,
    /// The part of the period during which the measure was there, 0 to 1.
    pub treatment: f64,
}

/// What a panel says of a measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PanelEffect {
    /// exp β: the rate with the measure over that without, with the largest of the three errors below.
    pub ratio: RatioEstimate,
    /// The errors of β.
    pub errors: PanelErrors,
    /// Places that the estimate rests on: those with events in two periods or more of exposure.
    pub places: u32,
    /// Of these, the places in which the measure came or went.
    pub switching: u32,
    /// Places left out because nothing happened there, or all in one usable period.
    pub silent: u32,
    /// Periods in which anything happened.
    pub periods: u32,
    /// The events of the places and periods used.
    pub events: u64,
}

/// The standard errors of β under three assumptions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PanelErrors {
    /// Poisson counts that are independent: from the information.
    pub poisson: f64,
    /// Clustered by place (sandwich), with the factor G/(G − 1) of G places.
    pub clustered: f64,
    /// Clustered by place, each place held against the others alone (jackknife, CR3): not too small where few places
    /// carry the estimate.
    pub jackknife: f64,
}

/// Why a panel has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelObstacle {
    /// No place has events over two periods.
    NoEvents,
    /// The measure came or went in fewer than two places, or in all of them alike: nothing to compare.
    NoContrast,
    /// Events stand only where the measure was, or only where it was not: no ratio is likeliest.
    Separated,
}

/// More of Newton's steps than any panel with an answer takes.
const MOST_STEPS: usize = 100;
/// β is solved to this.
const PRECISION: f64 = 1e-12;
/// A ratio beyond exp(±this) is none: the likelihood keeps growing.
const FARTHEST: f64 = 12.0;

/// The effect of a measure on the rate of the places, one row per place with a cell per period.
///
/// Three errors of β: s² = w(β), the last element of the column w of β of the inverse information A; G/(G − 1) ·
/// Σ (wᵀsᵢ)² with sᵢ the score of place i, the sandwich clustered by place; and (G − 1)/G · Σ (uᵢᵀsᵢ)² with uᵢ the
/// column of β of (A − Aᵢ)⁻¹, one step of leaving place i out. Neither spread beyond Poisson nor likeness of the
/// periods of one place makes the second and third too small; the second is where few places have the measure come
/// or go. The limits take the largest, and Student's t with one degree of freedom less than places in which the measure
/// came or went.
///
/// # Shape
/// All rows have the same number of periods; a missing cell is `None`.
///
/// # Errors
/// [`PanelObstacle`], where there is no likeliest ratio.
///
/// # Reference
/// J. G. `MacKinnon`, M. Ø. Nielsen and M. D. Webb, "Fast and reliable jackknife and bootstrap methods for
/// cluster-robust inference", Journal of Applied Econometrics 38 (2023), equation 12, for the third.
pub fn panel_effect(rows: &[Vec<Option<PanelCell>>], level: ConfidenceLevel) -> Result<PanelEffect, PanelObstacle> {
    let panel = Panel::of(rows);
    if panel.places.is_empty() {
        return Err(PanelObstacle::NoEvents);
    }
    panel.check_contrast()?;
    let likeliest = panel.likeliest()?;
    let errors = panel.errors(&likeliest).ok_or(PanelObstacle::NoContrast)?;
    let ratio = ratio(likeliest.beta(), errors.largest(), panel.switching() as f64 - 1.0, level);
    Ok(PanelEffect {
        ratio: ratio.ok_or(PanelObstacle::NoContrast)?,
        errors,
        places: panel.places.len() as u32,
        switching: panel.switching() as u32,
        silent: (rows.len() - panel.places.len()) as u32,
        periods: panel.periods as u32,
        events: panel.places.iter().map(|place| place.events).sum(),
    })
}

/// The ratio of a logarithm and its error, with limits and p of Student's t; none where the error is 0.
fn ratio(logarithm: f64, error: f64, freedom: f64, level: ConfidenceLevel) -> Option<RatioEstimate> {
    let normal = RatioEstimate::of_logarithm(logarithm, error * error, level)?;
    let reach = student::deviate(level, freedom) * error;
    Some(RatioEstimate {
        limits: Limits { low: (logarithm - reach).exp(), high: (logarithm + reach).exp() },
        p: student::two_sided_p(normal.z, freedom),
        ..normal
    })
}

impl PanelErrors {
    fn largest(&self) -> f64 {
        self.poisson.max(self.clustered).max(self.jackknife)
    }
}

/// One usable cell: its period among those used.
struct UsedCell {
    period: usize,
    events: f64,
    exposure: f64,
    treatment: f64,
}

struct UsedPlace {
    cells: Vec<UsedCell>,
    events: u64,
}

/// The cells that say something.
struct Panel {
    places: Vec<UsedPlace>,
    periods: usize,
}

/// The parameters at which the likelihood is greatest, and the column of β of the inverse information there.
struct Likeliest {
    /// γ of every period but the first, then β.
    parameters: Vec<f64>,
    column_of_beta: Vec<f64>,
}

impl Likeliest {
    fn beta(&self) -> f64 {
        self.parameters.last().copied().unwrap_or_default()
    }
}

impl UsedPlace {
    fn of(row: &[Option<PanelCell>]) -> Self {
        let usable = |cell: &PanelCell| cell.exposure > 0.0 && cell.exposure.is_finite() && cell.treatment.is_finite();
        let cells = row.iter().enumerate().filter_map(|(period, cell)| {
            let PanelCell { events, exposure, treatment } = (*cell).filter(usable)?;
            Some((UsedCell { period, events: events as f64, exposure, treatment }, events))
        });
        let (cells, events): (Vec<UsedCell>, Vec<u64>) = cells.unzip();
        Self { cells, events: events.into_iter().sum() }
    }

    /// A place without events, or with a single cell, has one share whatever the parameters.
    fn speaks(&self) -> bool {
        self.events > 0 && self.cells.len() > 1
    }

    fn switches(&self) -> bool {
        self.cells.windows(2).any(|pair| pair[0].treatment != pair[1].treatment)
    }
}

impl Panel {
    fn of(rows: &[Vec<Option<PanelCell>>]) -> Self {
        let mut places: Vec<UsedPlace> = rows.iter().map(|row| UsedPlace::of(row)).filter(UsedPlace::speaks).collect();
        let last =
            places.iter().flat_map(|place| &place.cells).map(|cell| cell.period).max().map_or(0, |last| last + 1);
        // A period without any event has no likeliest γ but −∞: its cells have share 0 and are left out. That may
        // leave a place with a single cell, and a period without its events, until nothing changes any more.
        loop {
            let mut happened = vec![false; last];
            for cell in places.iter().flat_map(|place| &place.cells) {
                happened[cell.period] |= cell.events > 0.0;
            }
            let before = places.iter().map(|place| place.cells.len()).sum::<usize>();
            for place in &mut places {
                place.cells.retain(|cell| happened[cell.period]);
            }
            places.retain(UsedPlace::speaks);
            if places.iter().map(|place| place.cells.len()).sum::<usize>() == before {
                return Self::renumbered(places, &happened);
            }
        }
    }

    fn renumbered(mut places: Vec<UsedPlace>, happened: &[bool]) -> Self {
        let number = |period: usize| happened[..period].iter().filter(|happened| **happened).count();
        for cell in places.iter_mut().flat_map(|place| &mut place.cells) {
            cell.period = number(cell.period);
        }
        Self { places, periods: number(happened.len()) }
    }

    fn switching(&self) -> usize {
        self.places.iter().filter(|place| place.switches()).count()
    }

    /// Refuses panels in which events stand on one side of the measure alone.
    fn check_contrast(&self) -> Result<(), PanelObstacle> {
        let switching = || self.places.iter().filter(|place| place.switches()).flat_map(|place| &place.cells);
        // A place that alone has the measure come or go is fitted exactly, and its excess, hence its part of the
        // clustered error, is 0.
        if self.switching() < 2 {
            return Err(PanelObstacle::NoContrast);
        }
        let range = |cells: &mut dyn Iterator<Item = &UsedCell>| {
            cells.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), cell| {
                (low.min(cell.treatment), high.max(cell.treatment))
            })
        };
        let (least, most) = range(&mut switching());
        let (least_seen, most_seen) = range(&mut switching().filter(|cell| cell.events > 0.0));
        if most_seen <= least || least_seen >= most { Err(PanelObstacle::Separated) } else { Ok(()) }
    }

    /// The position of β among the parameters: after γ of all periods but the first.
    fn beta(&self) -> usize {
        self.periods.saturating_sub(1)
    }

    /// Adds weight · z of a cell to a vector; z, the derivative of ln rate by the parameters, is 1 at the period's γ
    /// and the treatment at β.
    fn add(&self, vector: &mut [f64], cell: &UsedCell, weight: f64) {
        if let Some(gamma) = cell.period.checked_sub(1) {
            vector[gamma] += weight;
        }
        vector[self.beta()] += weight * cell.treatment;
    }

    fn linear(&self, cell: &UsedCell, parameters: &[f64]) -> f64 {
        let gamma = cell.period.checked_sub(1).map_or(0.0, |at| parameters[at]);
        cell.exposure.ln() + gamma + parameters[self.beta()] * cell.treatment
    }

    /// The shares of the cells of a place and ln Σ of what they are shares of.
    fn shares(&self, place: &UsedPlace, parameters: &[f64]) -> (Vec<f64>, f64) {
        let linear: Vec<f64> = place.cells.iter().map(|cell| self.linear(cell, parameters)).collect();
        let most = linear.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = linear.iter().map(|value| (value - most).exp()).collect();
        let sum: f64 = weights.iter().sum();
        (weights.into_iter().map(|weight| weight / sum).collect(), most + sum.ln())
    }

    fn log_likelihood(&self, parameters: &[f64]) -> f64 {
        let of_place = |place: &UsedPlace| {
            let seen: f64 = place.cells.iter().map(|cell| cell.events * self.linear(cell, parameters)).sum();
            seen - place.events as f64 * self.shares(place, parameters).1
        };
        self.places.iter().map(of_place).sum()
    }

    /// The score of one place: Σₜ zᵢₜ(yᵢₜ − nᵢpᵢₜ).
    fn score_of(&self, place: &UsedPlace, parameters: &[f64]) -> Vec<f64> {
        let mut score = vec![0.0; parameters.len()];
        for (cell, share) in place.cells.iter().zip(self.shares(place, parameters).0) {
            self.add(&mut score, cell, cell.events - place.events as f64 * share);
        }
        score
    }

    /// Σᵢ nᵢ Var(z) under the shares.
    fn information(&self, parameters: &[f64]) -> Symmetric {
        let mut information = Symmetric::zeros(parameters.len());
        for place in &self.places {
            self.add_information(&mut information, place, parameters, 1.0);
        }
        information
    }

    /// Adds weight · n(Σₜ p zzᵀ − z̄z̄ᵀ) of one place.
    fn add_information(&self, information: &mut Symmetric, place: &UsedPlace, parameters: &[f64], weight: f64) {
        let events = weight * place.events as f64;
        let mut mean = vec![0.0; parameters.len()];
        for (cell, share) in place.cells.iter().zip(self.shares(place, parameters).0) {
            self.add(&mut mean, cell, share);
            self.add_square(information, cell, events * share);
        }
        information.add_outer(-events, &mean);
    }

    /// Adds weight · zzᵀ of a cell, whose z has two members that are not 0.
    fn add_square(&self, information: &mut Symmetric, cell: &UsedCell, weight: f64) {
        let beta = self.beta();
        information.add(beta, beta, weight * cell.treatment * cell.treatment);
        if let Some(gamma) = cell.period.checked_sub(1) {
            information.add(gamma, gamma, weight);
            information.add(beta, gamma, weight * cell.treatment);
        }
    }

    /// Newton's steps, each halved until the likelihood does not fall.
    fn likeliest(&self) -> Result<Likeliest, PanelObstacle> {
        let size = self.beta() + 1;
        let mut parameters = vec![0.0; size];
        // The likelihood is concave and never falls from step to step, so the only ways not to arrive are a flat
        // direction, which has no factor, and a ratio that runs away.
        for _ in 0..MOST_STEPS {
            let factor = self.information(&parameters).factor().map_err(|_| PanelObstacle::NoContrast)?;
            let mut score = vec![0.0; size];
            for place in &self.places {
                let own = self.score_of(place, &parameters);
                score.iter_mut().zip(own).for_each(|(sum, value)| *sum += value);
            }
            let step = factor.solve(&score);
            parameters = self.taken(&parameters, &step);
            if parameters[size - 1].abs() > FARTHEST {
                return Err(PanelObstacle::Separated);
            }
            if step.iter().all(|change| change.abs() <= PRECISION) {
                let mut unit = vec![0.0; size];
                unit[size - 1] = 1.0;
                let factor = self.information(&parameters).factor().map_err(|_| PanelObstacle::NoContrast)?;
                return Ok(Likeliest { column_of_beta: factor.solve(&unit), parameters });
            }
        }
        Err(PanelObstacle::Separated)
    }

    /// The parameters after a step, or after the first of its halves that does not lower the likelihood.
    fn taken(&self, parameters: &[f64], step: &[f64]) -> Vec<f64> {
        let moved = |part: f64| -> Vec<f64> {
            parameters.iter().zip(step).map(|(value, change)| value + part * change).collect()
        };
        let before = self.log_likelihood(parameters);
        // Rounding of a sum of thousands of terms is no fall.
        let slack = 1e-12 * (1.0 + before.abs());
        let parts = (0..30).map(|halvings| 0.5_f64.powi(halvings));
        parts.map(moved).find(|next| self.log_likelihood(next) >= before - slack).unwrap_or_else(|| moved(0.0))
    }

    /// The errors of β; none where everything hangs on one place.
    fn errors(&self, likeliest: &Likeliest) -> Option<PanelErrors> {
        let parameters = &likeliest.parameters;
        let whole = self.information(parameters);
        let (mut clustered, mut jackknife) = (0.0, 0.0);
        for place in &self.places {
            let score = self.score_of(place, parameters);
            let moved: f64 = score.iter().zip(&likeliest.column_of_beta).map(|(score, weight)| score * weight).sum();
            clustered += moved * moved;
            let mut others = whole.clone();
            self.add_information(&mut others, place, parameters, -1.0);
            let without = others.factor().ok()?.solve(&score);
            jackknife += without.last()?.powi(2);
        }
        let places = self.places.len() as f64;
        Some(PanelErrors {
            poisson: likeliest.column_of_beta.last()?.sqrt(),
            clustered: (places / (places - 1.0) * clustered).sqrt(),
            jackknife: ((places - 1.0) / places * jackknife).sqrt(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn level() -> ConfidenceLevel {
        ConfidenceLevel::new(0.95).unwrap()
    }

    fn row(cells: &[(u64, f64)]) -> Vec<Option<PanelCell>> {
        cells
            .iter()
            .map(|(events, treatment)| Some(PanelCell { events: *events, exposure: 2.0, treatment: *treatment }))
            .collect()
    }

    #[test]
    fn two_groups_over_two_periods_give_the_ratio_of_ratios() {
        // 60 → 20 where it came, 40 → 40 where it did not: ⅓.
        let rows = [
            row(&[(40, 0.0), (10, 1.0)]),
            row(&[(20, 0.0), (10, 1.0)]),
            row(&[(30, 0.0), (20, 0.0)]),
            row(&[(10, 0.0), (20, 0.0)]),
        ];
        let found = panel_effect(&rows, level()).unwrap();
        assert!((found.ratio.ratio - 1.0 / 3.0).abs() < 1e-12, "{found:?}");
        // Excesses ∓2.5 over the information 80·¼·¾ = 15 where it came, ∓5 over 80·½·½ = 20 where not; G/(G − 1) = 4/3.
        let squares = 2.0 * (2.5_f64 / 15.0).powi(2) + 2.0 * (5.0_f64 / 20.0).powi(2);
        assert!((found.errors.clustered - (squares * 4.0 / 3.0).sqrt()).abs() < 1e-12);
        assert!((found.errors.poisson - (1.0_f64 / 15.0 + 1.0 / 20.0).sqrt()).abs() < 1e-12);
        // Without one place its group keeps 30, 50, 30 and 50 of its 80 events, so much of the information is left.
        let left_out: f64 = [(2.5_f64, 15.0, 30.0), (2.5, 15.0, 50.0), (5.0, 20.0, 30.0), (5.0, 20.0, 50.0)]
            .iter()
            .map(|(excess, information, left)| (excess / (information * left / 80.0)).powi(2))
            .sum::<f64>();
        assert!((found.errors.jackknife - (left_out * 0.75).sqrt()).abs() < 1e-12);
        assert_eq!(found.ratio.log_standard_error, found.errors.jackknife);
        assert_eq!((found.places, found.switching, found.silent, found.periods, found.events), (4, 2, 0, 2, 160));
        // One place alone fits itself: its own excess is 0, and so would be its share of the error.
        assert_eq!(panel_effect(&rows[1..], level()), Err(PanelObstacle::NoContrast));
    }

    #[test]
    fn places_and_periods_without_events_say_nothing() {
        let rows = [
            row(&[(40, 0.0), (0, 0.0), (10, 1.0)]),
            row(&[(10, 0.0), (0, 1.0), (20, 1.0)]),
            row(&[(30, 0.0), (0, 0.0), (20, 0.0)]),
            row(&[(15, 0.0), (0, 0.0), (12, 0.0)]),
        ];
        let mut with = rows.to_vec();
        with.push(row(&[(0, 0.0), (0, 1.0), (0, 1.0)]));
        with.push(vec![Some(PanelCell { events: 7, exposure: 1.0, treatment: 1.0 }), None, None]);
        let (one, other) = (panel_effect(&rows, level()).unwrap(), panel_effect(&with, level()).unwrap());
        assert_eq!((one.ratio, one.periods, one.silent), (other.ratio, 2, 0));
        assert_eq!((other.places, other.silent, other.events), (4, 2, one.events));
        assert_eq!(panel_effect(&rows[..3], level()), Err(PanelObstacle::NoContrast), "all hangs on the third place");
    }

    #[test]
    fn panel_without_an_answer_says_why() {
        assert_eq!(panel_effect(&[], level()), Err(PanelObstacle::NoEvents));
        assert_eq!(panel_effect(&[row(&[(0, 0.0), (0, 1.0)])], level()), Err(PanelObstacle::NoEvents));
        let constant = [row(&[(4, 1.0), (5, 1.0)]), row(&[(4, 0.0), (5, 0.0)])];
        assert_eq!(panel_effect(&constant, level()), Err(PanelObstacle::NoContrast));
        // It came everywhere at once: the period and the measure are one.
        let at_once = [row(&[(4, 0.0), (5, 1.0)]), row(&[(9, 0.0), (3, 1.0)])];
        assert_eq!(panel_effect(&at_once, level()), Err(PanelObstacle::NoContrast));
        let before_only = [row(&[(4, 0.0), (0, 1.0)]), row(&[(5, 0.0), (0, 1.0)]), row(&[(4, 0.0), (6, 0.0)])];
        assert_eq!(panel_effect(&before_only, level()), Err(PanelObstacle::Separated));
    }

    proptest! {
        #[test]
        fn order_of_places_and_unit_of_exposure_do_not_matter(
            counts in proptest::collection::vec((1_u64..40, 1_u64..40, 1_u64..40, 0_usize..3), 4..12), unit in 0.1..50.0_f64,
        ) {
            let of = |unit: f64| -> Vec<Vec<Option<PanelCell>>> {
                let cell = |events: u64, treated: bool| Some(PanelCell { events, exposure: unit, treatment: f64::from(u8::from(treated)) });
                counts.iter().map(|&(a, b, c, from)| vec![cell(a, false), cell(b, from == 1), cell(c, from >= 1)]).collect()
            };
            let mut turned = of(unit);
            turned.reverse();
            match (panel_effect(&of(1.0), level()), panel_effect(&turned, level())) {
                (Ok(one), Ok(other)) => {
                    prop_assert!((one.ratio.ratio / other.ratio.ratio - 1.0).abs() < 1e-9);
                    prop_assert!((one.ratio.log_standard_error - other.ratio.log_standard_error).abs() < 1e-9);
                }
                (one, other) => prop_assert_eq!(one.is_err(), other.is_err()),
            }
        }
    }
}
