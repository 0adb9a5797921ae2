//! A walk along the chain: the first line that is not as it was written, or not in its place.
//!
//! In: the lines in their order, and where the store says that they end. Out: a report.

use super::line::{AuditAction, AuditLine, ChainEnd, cut_question};

/// What is wrong with a chain, at its first wrong line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainFault {
    /// A line does not have its hash: something of it was changed.
    Changed {
        /// Its number.
        number: u64,
    },
    /// A line is not there.
    Missing {
        /// Its number.
        number: u64,
    },
    /// A line stands in the place of another.
    Reordered {
        /// The number of the place.
        number: u64,
        /// The number under which the line stands that belongs there.
        stands_as: u64,
    },
    /// A line has its own hash, but follows another line than the one before it.
    Unconnected {
        /// Its number.
        number: u64,
    },
    /// The chain begins after a line that no line of it names as the last that was removed.
    UnwitnessedCut {
        /// The number of the line after which it begins.
        number: u64,
    },
    /// The chain does not hold the line that somebody wrote down.
    OtherThanWitnessed {
        /// The number that was written down.
        number: u64,
    },
}

/// What a walk along a chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainReport {
    /// How many lines were read.
    pub lines: u64,
    /// After which line it begins: the last that retention has removed, or none.
    pub begins_after: ChainEnd,
    /// Where it ends.
    pub end: ChainEnd,
    /// What is wrong with it, at the first line that is.
    pub fault: Option<ChainFault>,
}

/// A walk along a chain from its beginning, line by line.
#[derive(Debug, Clone)]
pub struct ChainWalk {
    begins_after: ChainEnd,
    end: ChainEnd,
    lines: u64,
    /// Whether a line named the cut after which the chain begins.
    is_cut_witnessed: bool,
    /// The line that somebody wrote down, and whether it was met.
    witnessed: Option<(ChainEnd, bool)>,
}

impl ChainWalk {
    /// A walk that begins after a cut, or at the first line, and is to meet a line that somebody wrote down.
    pub fn new(begins_after: ChainEnd, witnessed: Option<ChainEnd>) -> Self {
        let is_met = |seen: ChainEnd| seen == begins_after || seen == ChainEnd::default();
        Self {
            begins_after,
            end: begins_after,
            lines: 0,
            is_cut_witnessed: begins_after == ChainEnd::default(),
            witnessed: witnessed.map(|seen| (seen, is_met(seen))),
        }
    }

    /// The end of what was walked so far.
    pub fn end(&self) -> ChainEnd {
        self.end
    }

    /// Goes on to the next line.
    ///
    /// # Errors
    /// When it is not the one that follows, or not as it was written.
    pub fn step(&mut self, line: &AuditLine) -> Result<(), ChainFault> {
        let number = self.end.number + 1;
        if line.number > number {
            return Err(ChainFault::Missing { number });
        }
        if line.computed_hash() != line.hash {
            return Err(ChainFault::Changed { number });
        }
        if line.previous != self.end.hash {
            return Err(ChainFault::Unconnected { number });
        }
        let is_cut = line.entry.action == AuditAction::Retention.as_str();
        self.is_cut_witnessed |= is_cut && line.entry.question == cut_question(self.begins_after);
        if let Some((seen, is_met)) = &mut self.witnessed {
            *is_met |= *seen == line.end();
        }
        (self.end, self.lines) = (line.end(), self.lines + 1);
        Ok(())
    }

    /// What the walk found, where the store says that the chain ends so.
    pub fn ended(self, kept_end: Option<ChainEnd>) -> ChainReport {
        let fault = self.fault_at_end(kept_end);
        ChainReport { fault, ..self.report() }
    }

    /// What the walk found, where it met a fault.
    pub fn stopped(self, fault: ChainFault) -> ChainReport {
        ChainReport { fault: Some(fault), ..self.report() }
    }

    fn fault_at_end(&self, kept_end: Option<ChainEnd>) -> Option<ChainFault> {
        let last = self.end.number;
        match kept_end {
            None => return Some(ChainFault::Missing { number: last + 1 }),
            Some(kept) if kept.number > last => return Some(ChainFault::Missing { number: last + 1 }),
            Some(kept) if kept.number < last => return Some(ChainFault::Unconnected { number: kept.number + 1 }),
            Some(kept) if kept.hash != self.end.hash => return Some(ChainFault::Changed { number: last }),
            Some(_) => {}
        }
        if !self.is_cut_witnessed {
            return Some(ChainFault::UnwitnessedCut { number: self.begins_after.number });
        }
        match self.witnessed {
            // What retention has removed since can no longer be compared.
            Some((seen, false)) if seen.number > self.begins_after.number => {
                Some(ChainFault::OtherThanWitnessed { number: seen.number })
            }
            _ => None,
        }
    }

    fn report(&self) -> ChainReport {
        ChainReport { lines: self.lines, begins_after: self.begins_after, end: self.end, fault: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::audit::line::AuditEntry;
    use crate::domain::audit::line::tests::entry;

    /// A chain of lines with these questions.
    fn chain(questions: &[&str]) -> Vec<AuditLine> {
        let mut end = ChainEnd::default();
        let line = |question: &&str| {
            let line = AuditLine::after(end, entry(question, None));
            end = line.end();
            line
        };
        questions.iter().map(line).collect()
    }

    fn walked(lines: &[AuditLine], kept: Option<ChainEnd>, witnessed: Option<ChainEnd>) -> Option<ChainFault> {
        let mut walk = ChainWalk::new(ChainEnd::default(), witnessed);
        for line in lines {
            if let Err(fault) = walk.step(line) {
                return walk.stopped(fault).fault;
            }
        }
        walk.ended(kept).fault
    }

    #[test]
    fn each_kind_of_fault_is_found_at_its_first_line() {
        let lines = chain(&["a", "b", "c", "d"]);
        let end = lines.last().map(AuditLine::end);
        assert_eq!(walked(&lines, end, end), None);
        assert_eq!(walked(&[], Some(ChainEnd::default()), None), None, "an empty chain");
        let mut changed = lines.clone();
        changed[1].entry.label.push('x');
        assert_eq!(walked(&changed, end, None), Some(ChainFault::Changed { number: 2 }));
        // Whoever gives the line a fitting hash breaks the chain at the next one.
        changed[1].hash = changed[1].computed_hash();
        assert_eq!(walked(&changed, end, None), Some(ChainFault::Unconnected { number: 3 }));
        let without = |index: usize| [&lines[..index], &lines[index + 1..]].concat();
        assert_eq!(walked(&without(2), end, None), Some(ChainFault::Missing { number: 3 }));
        assert_eq!(walked(&without(3), end, None), Some(ChainFault::Missing { number: 4 }));
        assert_eq!(walked(&lines, None, None), Some(ChainFault::Missing { number: 5 }));
        // A chain that was written anew as a whole is whole: only what was written down elsewhere tells.
        let other = chain(&["a", "B", "c", "d"]);
        let other_end = other.last().map(AuditLine::end);
        assert_eq!(walked(&other, other_end, None), None);
        assert_eq!(walked(&other, other_end, end), Some(ChainFault::OtherThanWitnessed { number: 4 }));
    }

    #[test]
    fn a_cut_is_believed_where_a_line_names_it() {
        let mut lines = chain(&["a", "b", "c"]);
        let cut = lines[1].end();
        let witness = AuditEntry { action: "retention".into(), ..entry(&cut_question(cut), Some(2)) };
        let last = AuditLine::after(lines[2].end(), witness);
        let walked = |lines: &[AuditLine]| {
            let mut walk = ChainWalk::new(cut, None);
            for line in lines {
                walk.step(line).unwrap();
            }
            walk.ended(lines.last().map(AuditLine::end)).fault
        };
        assert_eq!(walked(&lines[2..]), Some(ChainFault::UnwitnessedCut { number: 2 }));
        lines.push(last);
        assert_eq!(walked(&lines[2..]), None);
    }
}
