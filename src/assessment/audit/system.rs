//! What a set of sums says of each of its terms: linear programs over counts that cannot be negative.
//!
//! In: equations between variables. Out: the least and the greatest value of a sum of variables that agree with all
//! of them. What equations fix is taken out first, and what no equation joins is solved apart. Counts are whole, so
//! the bounds of the real relaxation are rounded inwards. Where the numbers come from is not known here.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, Variable};

/// How far a bound of the solver may lie off a whole number and still be taken for it.
const TOLERANCE: f64 = 1e-6;

/// Why a bound could not be found.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SystemError {
    /// The published numbers contradict each other.
    #[error("the published numbers contradict each other")]
    Contradiction,
    /// The solver gave up.
    #[error("the linear program could not be solved: {0}")]
    Solver(String),
}

/// Variables of at least zero and equations between them.
#[derive(Debug, Clone, Default)]
pub(super) struct System {
    variables: usize,
    equations: Vec<Equation>,
}

#[derive(Debug, Clone, PartialEq)]
struct Equation {
    terms: Vec<usize>,
    total: f64,
}

impl System {
    /// So many more variables, numbered on from the last.
    pub(super) fn add_variables(&mut self, count: usize) {
        self.variables += count;
    }

    /// One more equation: the sum of some variables is a total.
    pub(super) fn add_equation(&mut self, sum: &[usize], total: u32) {
        let terms = sum.to_vec();
        self.equations.push(Equation { terms, total: f64::from(total) });
    }

    /// The system with what is fixed taken out, cut into independent parts.
    pub(super) fn reduced(&self) -> Result<Reduced, SystemError> {
        let mut fixed = vec![None; self.variables];
        let mut equations = self.equations.clone();
        // Each turn fixes at least one more variable and takes it out of every equation, so there are no more
        // turns than variables. What an equation fixes can leave another with a single variable, hence the
        // repetition.
        loop {
            let news: Vec<(usize, f64)> = equations.iter().flat_map(Equation::fixes).collect();
            if news.is_empty() {
                break;
            }
            for (variable, value) in news {
                // Two equations may fix the same variable in one turn; they must agree, or no counts fit what was
                // published.
                if value < -TOLERANCE || fixed[variable].is_some_and(|known: f64| (known - value).abs() > TOLERANCE) {
                    return Err(SystemError::Contradiction);
                }
                fixed[variable] = Some(value.max(0.0));
            }
            for equation in &mut equations {
                equation.insert(&fixed);
            }
            if equations.iter().any(Equation::is_contradiction) {
                return Err(SystemError::Contradiction);
            }
            equations.retain(|equation| !equation.terms.is_empty());
        }
        Ok(Reduced::new(fixed, disjoined(equations)?))
    }
}

/// The same knowledge with each equation less those inside it, so that a sum of sums joins nothing any more.
fn disjoined(mut equations: Vec<Equation>) -> Result<Vec<Equation>, SystemError> {
    for equation in &mut equations {
        equation.terms.sort_unstable();
    }
    equations.sort_by(|a, b| (a.terms.len(), &a.terms).cmp(&(b.terms.len(), &b.terms)));
    let mut kept: Vec<Equation> = Vec::new();
    // Shortest first: whatever lies inside an equation has been reduced before it. Subtracting one equation from
    // another leaves the same solutions, and shorter equations join fewer variables into one program.
    for whole in equations {
        let mut rest = whole.clone();
        // Longest first: a long equation inside takes most away, and those inside that one then no longer fit into
        // the rest, so nothing is subtracted twice.
        for inner in kept.iter().rev().filter(|inner| inner.terms.len() <= whole.terms.len()) {
            rest.take_out(inner);
        }
        if rest.is_contradiction() {
            return Err(SystemError::Contradiction);
        }
        if !rest.terms.is_empty() {
            kept.push(rest);
            kept.sort_by_key(|equation| equation.terms.len());
        }
    }
    Ok(kept)
}

impl Equation {
    /// The variables it fixes: all, when they add up to nothing; the one that is left.
    fn fixes(&self) -> Vec<(usize, f64)> {
        match self.terms.as_slice() {
            [variable] => vec![(*variable, self.total)],
            terms if self.total == 0.0 => terms.iter().map(|variable| (*variable, 0.0)).collect(),
            _ => Vec::new(),
        }
    }

    fn insert(&mut self, fixed: &[Option<f64>]) {
        // The terms must still hold the fixed variables here: they leave the sum and the list together.
        let known: f64 = self.terms.iter().filter_map(|variable| fixed[*variable]).sum();
        self.total -= known;
        self.terms.retain(|variable| fixed[*variable].is_none());
    }

    /// Takes out another equation whose terms are all among its own. Both are sorted.
    fn take_out(&mut self, inner: &Self) {
        if inner.terms.iter().all(|term| self.terms.binary_search(term).is_ok()) {
            self.terms.retain(|term| inner.terms.binary_search(term).is_err());
            self.total -= inner.total;
        }
    }

    fn is_contradiction(&self) -> bool {
        self.total < -TOLERANCE || (self.terms.is_empty() && self.total.abs() > TOLERANCE)
    }
}

/// A system cut into parts.
#[derive(Debug, Clone)]
pub(super) struct Reduced {
    fixed: Vec<Option<f64>>,
    part_of: BTreeMap<usize, usize>,
    parts: Vec<Vec<Equation>>,
}

/// The least and the greatest of a sum; no greatest where nothing bounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The lower end, rounded up to a whole count.
    pub least: u32,
    /// The greatest.
    pub most: Option<u32>,
}

impl Interval {
    /// Of a count that nothing bounds.
    pub(super) const UNBOUNDED: Self = Self { least: 0, most: None };

    /// Whether a count lies in it.
    pub(super) fn contains(self, count: u32) -> bool {
        self.least <= count && self.most.is_none_or(|most| count <= most)
    }

    /// What lies in both; none where nothing does.
    pub(super) fn common(self, other: Self) -> Option<Self> {
        let most = match (self.most, other.most) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        let common = Self { least: self.least.max(other.least), most };
        common.contains(common.least).then_some(common)
    }

    /// Greatest less least; none when unbounded.
    pub fn width(self) -> Option<u32> {
        self.most.map(|most| most - self.least)
    }
}

impl Reduced {
    fn new(fixed: Vec<Option<f64>>, equations: Vec<Equation>) -> Self {
        let mut root: Vec<usize> = (0..fixed.len()).collect();
        for equation in &equations {
            // Union by equation: afterwards two variables have one root exactly where a chain of equations joins
            // them. Only those need to stand in one linear program.
            let first = find(&mut root, equation.terms[0]);
            for variable in &equation.terms {
                let other = find(&mut root, *variable);
                root[other] = first;
            }
        }
        let mut parts: BTreeMap<usize, Vec<Equation>> = BTreeMap::new();
        for equation in equations {
            let part = find(&mut root, equation.terms[0]);
            parts.entry(part).or_default().push(equation);
        }
        let place_of: BTreeMap<usize, usize> = parts.keys().enumerate().map(|(index, part)| (*part, index)).collect();
        let free = (0..fixed.len()).filter(|variable| fixed[*variable].is_none()).collect::<Vec<_>>();
        let part_of = free.into_iter().filter_map(|variable| {
            let part = find(&mut root, variable);
            Some((variable, *place_of.get(&part)?))
        });
        Self { part_of: part_of.collect(), parts: parts.into_values().collect(), fixed }
    }

    /// Whether any variable from a number on that is not fixed depends on one of a sum.
    pub(super) fn joins(&self, sum: &[usize], from: usize) -> bool {
        let parts: BTreeSet<usize> = sum.iter().filter_map(|variable| self.part_of.get(variable).copied()).collect();
        self.part_of.range(from..).any(|(_, part)| parts.contains(part))
    }

    /// The bounds of a sum of variables.
    pub(super) fn bounds(&self, sum: &[usize]) -> Result<Interval, SystemError> {
        let known: f64 = sum.iter().filter_map(|variable| self.fixed[*variable]).sum();
        let mut by_part: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut is_bounded = true;
        for variable in sum.iter().filter(|variable| self.fixed[**variable].is_none()) {
            match self.part_of.get(variable) {
                Some(part) => by_part.entry(*part).or_default().push(*variable),
                None => is_bounded = false,
            }
        }
        let (mut least, mut most) = (known, is_bounded.then_some(known));
        // Parts share no variable, so the extreme of the sum is the sum of the extremes.
        for (part, wanted) in by_part {
            least += self.extreme(part, &wanted, OptimizationDirection::Minimize)?.unwrap_or(0.0);
            let greatest = self.extreme(part, &wanted, OptimizationDirection::Maximize)?;
            most = most.zip(greatest).map(|(sum, greatest)| sum + greatest);
        }
        Ok(Interval {
            // The relaxation can only be wider than the whole counts allow, so rounding inwards loses no solution;
            // the tolerance keeps a solver's 2.9999999 from becoming 3.
            least: (least - TOLERANCE).ceil().max(0.0) as u32,
            most: most.map(|most| (most + TOLERANCE).floor() as u32),
        })
    }

    /// The extreme of a sum within one part; `None` when unbounded.
    fn extreme(
        &self,
        part: usize,
        wanted: &[usize],
        towards: OptimizationDirection,
    ) -> Result<Option<f64>, SystemError> {
        let mut problem = Problem::new(towards);
        let mut variables: BTreeMap<usize, Variable> = BTreeMap::new();
        for variable in self.parts[part].iter().flat_map(|equation| &equation.terms) {
            let worth = if wanted.contains(variable) { 1.0 } else { 0.0 };
            variables.entry(*variable).or_insert_with(|| problem.add_var(worth, (0.0, f64::INFINITY)));
        }
        for equation in &self.parts[part] {
            let mut expression = LinearExpr::empty();
            for variable in &equation.terms {
                expression.add(variables[variable], 1.0);
            }
            // Equations only: that counts are not negative stands in the variables' range. The attacker knows no
            // upper bound.
            problem.add_constraint(expression, ComparisonOp::Eq, equation.total);
        }
        let failed = |error: microlp::Error| SystemError::Solver(error.to_string());
        match problem.solve() {
            Ok(outcome) => match outcome.into_solution() {
                Ok(solution) => Ok(Some(solution.objective())),
                Err(_) => Err(SystemError::Solver("it was interrupted".to_owned())),
            },
            Err(microlp::Error::Unbounded) => Ok(None),
            Err(microlp::Error::Infeasible) => Err(SystemError::Contradiction),
            Err(error) => Err(failed(error)),
        }
    }
}

fn find(root: &mut [usize], mut variable: usize) -> usize {
    while root[variable] != variable {
        // Halving the path on the way up keeps the trees flat (Tarjan and van Leeuwen 1984); roots point to
        // themselves, so the walk ends there.
        root[variable] = root[root[variable]];
        variable = root[variable];
    }
    variable
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sum_less_its_other_part_gives_a_count_away() {
        let mut system = System::default();
        system.add_variables(3);
        system.add_equation(&[0, 1, 2], 12);
        system.add_equation(&[1], 9);
        system.add_equation(&[2], 0);
        let reduced = system.reduced().unwrap();
        assert_eq!(reduced.bounds(&[0]).unwrap(), Interval { least: 3, most: Some(3) });
    }

    #[test]
    fn two_hidden_parts_of_a_sum_share_it() {
        let mut system = System::default();
        system.add_variables(4);
        system.add_equation(&[0, 1], 7);
        let reduced = system.reduced().unwrap();
        assert_eq!(reduced.bounds(&[0]).unwrap(), Interval { least: 0, most: Some(7) });
        assert_eq!(reduced.bounds(&[0, 1]).unwrap(), Interval { least: 7, most: Some(7) });
        assert_eq!(reduced.bounds(&[2]).unwrap(), Interval { least: 0, most: None });
    }

    #[test]
    fn sum_of_sums_joins_nothing() {
        let mut system = System::default();
        system.add_variables(6);
        for (first, total) in [(0, 7), (2, 9)] {
            system.add_equation(&[first, first + 1], total);
        }
        system.add_equation(&[0, 1, 2, 3], 16);
        system.add_equation(&[0, 1, 2, 3, 4, 5], 20);
        let reduced = system.reduced().unwrap();
        assert_eq!((reduced.parts.len(), reduced.parts.iter().map(Vec::len).sum::<usize>()), (3, 3));
        assert_eq!(reduced.bounds(&[2]).unwrap(), Interval { least: 0, most: Some(9) });
        assert_eq!(reduced.bounds(&[1, 5]).unwrap(), Interval { least: 0, most: Some(11) });
    }

    #[test]
    fn what_an_equation_joins_depends_on_each_other_and_what_is_fixed_on_nothing() {
        let mut system = System::default();
        system.add_variables(6);
        system.add_equation(&[0, 4], 7);
        system.add_equation(&[1, 2], 9);
        system.add_equation(&[3, 5], 0);
        let reduced = system.reduced().unwrap();
        assert_eq!([0, 1, 3].map(|variable| reduced.joins(&[variable], 4)), [true, false, false]);
    }

    #[test]
    fn common_part_of_two_intervals_is_what_lies_in_both() {
        let interval = |least, most| Interval { least, most };
        assert_eq!(interval(2, Some(9)).common(interval(4, None)), Some(interval(4, Some(9))));
        assert_eq!(interval(2, Some(4)).common(interval(4, Some(8))), Some(interval(4, Some(4))));
        assert_eq!(interval(2, Some(3)).common(interval(4, None)), None);
        assert_eq!(Interval::UNBOUNDED.common(Interval::UNBOUNDED), Some(Interval::UNBOUNDED));
    }

    #[test]
    fn numbers_that_contradict_each_other_are_said_to() {
        let mut system = System::default();
        system.add_variables(2);
        system.add_equation(&[0, 1], 3);
        system.add_equation(&[0], 5);
        assert_eq!(system.reduced().unwrap_err(), SystemError::Contradiction);
    }

    proptest! {
        /// A table of two rows and three columns with published margins: the bounds are those of Fréchet.
        #[test]
        fn margins_bound_a_cell_as_frechet_says(cells in prop::collection::vec(0_u32..9, 6)) {
            let mut system = System::default();
            system.add_variables(6);
            for row in 0..2 {
                system.add_equation(&[3 * row, 3 * row + 1, 3 * row + 2], cells[3 * row..3 * row + 3].iter().sum());
            }
            for column in 0..3 {
                system.add_equation(&[column, column + 3], cells[column] + cells[column + 3]);
            }
            let (row, column) = (cells[0] + cells[1] + cells[2], cells[0] + cells[3]);
            let total: u32 = cells.iter().sum();
            let expected = Interval { least: (row + column).saturating_sub(total), most: Some(row.min(column)) };
            prop_assert_eq!(system.reduced().unwrap().bounds(&[0]).unwrap(), expected);
        }
    }
}
