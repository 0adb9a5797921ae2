//! A filter as text.

use super::lexer::{Piece, tokens};
use super::literal::{interval, interval_end, time};
use super::parser::Parser;
use super::text_shape::shape;
use super::{Comparison, Cql2Fault, Expression, IntervalEnd, Operand, SpatialRelation, TemporalRelation, Truth};
use crate::features::pattern::Folding;
use crate::features::time_span::TimeSpan;
use crate::texts::text;

/// Reads a filter.
///
/// # Errors
/// When it is none, too long, too deep or of too many parts.
pub fn parse_text(text: &str) -> Result<Expression, Cql2Fault> {
    let tokens = tokens(text)?;
    let mut parser = Parser::new(&tokens, text.chars().count());
    let expression = parser.alternatives()?;
    match parser.peek() {
        None => Ok(expression),
        Some(_) => Err(parser.expected(&text!("cql2-and-or-end"))),
    }
}

impl Parser<'_> {
    fn alternatives(&mut self) -> Result<Expression, Cql2Fault> {
        self.budget.descend()?;
        let mut all = vec![self.conjunction()?];
        while self.takes("or") {
            all.push(self.conjunction()?);
        }
        self.budget.ascend();
        Ok(if all.len() > 1 { Expression::Or(all) } else { all.swap_remove(0) })
    }

    fn conjunction(&mut self) -> Result<Expression, Cql2Fault> {
        let mut all = vec![self.factor()?];
        while self.takes("and") {
            all.push(self.factor()?);
        }
        Ok(if all.len() > 1 { Expression::And(all) } else { all.swap_remove(0) })
    }

    fn factor(&mut self) -> Result<Expression, Cql2Fault> {
        // Counted and not nested: two of them are none.
        let mut sense = Sense::Plain;
        while self.takes("not") {
            self.budget.part()?;
            sense = sense.turned();
        }
        Ok(sense.of(self.condition()?))
    }

    fn condition(&mut self) -> Result<Expression, Cql2Fault> {
        self.budget.part()?;
        if self.takes_sign("(") {
            let inner = self.alternatives()?;
            self.sign(")")?;
            return Ok(inner);
        }
        let Some(word) = self.word() else { return self.comparison() };
        if self.is_call() {
            if let Some(relation) = SpatialRelation::named(&word) {
                return self.spatial(relation);
            }
            if let Some(relation) = TemporalRelation::named(&word) {
                return self.temporal(relation);
            }
        }
        match Truth::named(&word) {
            Some(truth) if !self.is_compared() => {
                self.advance();
                Ok(Expression::Constant(truth))
            }
            _ => self.comparison(),
        }
    }

    fn spatial(&mut self, relation: SpatialRelation) -> Result<Expression, Cql2Fault> {
        self.advance();
        self.sign("(")?;
        // The geometry may stand on either side.
        let first = shape(self)?;
        let (property, geometry) = if let Some(geometry) = first {
            self.sign(",")?;
            (self.name()?, geometry)
        } else {
            let property = self.name()?;
            self.sign(",")?;
            let geometry = shape(self)?;
            (property, geometry.ok_or_else(|| self.expected(&text!("cql2-a-geometry")))?)
        };
        self.sign(")")?;
        Ok(Expression::Spatial { relation, property, geometry })
    }

    fn temporal(&mut self, relation: TemporalRelation) -> Result<Expression, Cql2Fault> {
        self.advance();
        self.sign("(")?;
        let left = self.operand()?;
        self.sign(",")?;
        let right = self.operand()?;
        self.sign(")")?;
        Ok(Expression::Temporal { relation, left, right })
    }

    fn comparison(&mut self) -> Result<Expression, Cql2Fault> {
        let left = self.operand()?;
        if let Some(Piece::Sign(sign)) = self.peek() {
            let comparison = Comparison::of_sign(sign).ok_or_else(|| self.expected(&text!("cql2-a-comparison")))?;
            self.advance();
            let right = self.operand()?;
            return Ok(Expression::Comparison { comparison, left, right });
        }
        if self.takes("is") {
            let sense = self.sense();
            self.keyword("null")?;
            return Ok(sense.of(Expression::IsNull(left)));
        }
        let sense = self.sense();
        let condition = if self.takes("like") {
            Expression::Like { text: left, pattern: self.operand()? }
        } else if self.takes("between") {
            let low = self.operand()?;
            self.keyword("and")?;
            Expression::Between { value: left, low, high: self.operand()? }
        } else if self.takes("in") {
            Expression::In { value: left, among: self.list()? }
        } else {
            return Err(self.expected(&text!("cql2-a-condition")));
        };
        Ok(sense.of(condition))
    }

    /// Takes a `NOT`, where it is the next word.
    fn sense(&mut self) -> Sense {
        if self.takes("not") { Sense::Negated } else { Sense::Plain }
    }

    fn list(&mut self) -> Result<Vec<Operand>, Cql2Fault> {
        self.sign("(")?;
        let mut all = vec![self.operand()?];
        while self.takes_sign(",") {
            all.push(self.operand()?);
        }
        self.sign(")")?;
        Ok(all)
    }

    fn operand(&mut self) -> Result<Operand, Cql2Fault> {
        self.budget.descend()?;
        let operand = self.operand_within()?;
        self.budget.ascend();
        Ok(operand)
    }

    fn operand_within(&mut self) -> Result<Operand, Cql2Fault> {
        if let Some(number) = self.takes_number() {
            return Ok(Operand::Number(number));
        }
        if let Some(truth) = self.word().as_deref().and_then(Truth::named) {
            self.advance();
            return Ok(Operand::Truth(truth));
        }
        match self.peek() {
            Some(Piece::Text(_)) => self.literal_text().map(Operand::Text),
            Some(Piece::Word(_)) if self.is_call() => self.function(),
            Some(Piece::Word(_) | Piece::Name(_)) => self.name().map(Operand::Property),
            _ => Err(self.expected(&text!("cql2-a-name-or-value"))),
        }
    }

    fn function(&mut self) -> Result<Operand, Cql2Fault> {
        let name = self.word().unwrap_or_default();
        self.advance();
        self.sign("(")?;
        let operand = match name.as_str() {
            "casei" => Operand::Folded(Folding::Case, Box::new(self.operand()?)),
            "accenti" => Operand::Folded(Folding::Accents, Box::new(self.operand()?)),
            "date" | "timestamp" => Operand::Time(self.time_of(&name)?),
            "interval" => self.interval()?,
            _ => return Err(Cql2Fault::no_function(&name)),
        };
        self.sign(")")?;
        Ok(operand)
    }

    fn time_of(&mut self, function: &str) -> Result<TimeSpan, Cql2Fault> {
        let wrong = self.expected(&text!("cql2-a-time"));
        time(function, &self.literal_text()?).ok_or(wrong)
    }

    fn interval(&mut self) -> Result<Operand, Cql2Fault> {
        let wrong = self.expected(&text!("cql2-an-interval"));
        let from = self.interval_end()?;
        self.sign(",")?;
        interval(from, self.interval_end()?).ok_or(wrong)
    }

    fn interval_end(&mut self) -> Result<IntervalEnd, Cql2Fault> {
        let wrong = self.expected(&text!("cql2-an-interval"));
        match self.peek() {
            Some(Piece::Text(_)) => interval_end(&self.literal_text()?).ok_or(wrong),
            _ => self.name().map(IntervalEnd::Property),
        }
    }
}

/// Whether a `NOT` stands before a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    Plain,
    Negated,
}

impl Sense {
    fn of(self, condition: Expression) -> Expression {
        match self {
            Self::Plain => condition,
            Self::Negated => Expression::Not(Box::new(condition)),
        }
    }

    /// The other one.
    fn turned(self) -> Self {
        match self {
            Self::Plain => Self::Negated,
            Self::Negated => Self::Plain,
        }
    }
}
