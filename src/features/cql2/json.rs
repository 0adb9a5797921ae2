//! A filter as JSON.

use geo::{Coord, Geometry};
use serde_json::Value;

use super::literal::{Positions, bounding_box, interval, time};
use super::{Budget, Comparison, Cql2Fault, Expression, MAX_BYTES, Operand, SpatialRelation, TemporalRelation, Truth};
use crate::features::pattern::Folding;

/// Reads a filter.
///
/// # Errors
/// When it is none, too long, too deep or of too many parts.
pub fn parse_json(text: &str) -> Result<Expression, Cql2Fault> {
    if text.len() > MAX_BYTES {
        return Err(Cql2Fault::too_long());
    }
    // The parser of JSON bounds the depth of what it reads by itself.
    let json: Value = serde_json::from_str(text).map_err(|_| Cql2Fault::json("JSON"))?;
    Reader { budget: Budget::whole() }.expression(&json)
}

struct Reader {
    budget: Budget,
}

impl Reader {
    fn expression(&mut self, json: &Value) -> Result<Expression, Cql2Fault> {
        self.budget.descend()?;
        let expression = match json {
            Value::Bool(true) => Expression::Constant(Truth::True),
            Value::Bool(false) => Expression::Constant(Truth::False),
            Value::Object(members) => {
                let operator =
                    members.get("op").and_then(Value::as_str).ok_or_else(|| Cql2Fault::json("a member op"))?;
                let args = members.get("args").and_then(Value::as_array);
                self.operation(&operator.to_lowercase(), args.ok_or_else(|| Cql2Fault::json("a list args"))?)?
            }
            _ => return Err(Cql2Fault::json("an object with op and args")),
        };
        self.budget.ascend();
        Ok(expression)
    }

    fn operation(&mut self, operator: &str, args: &[Value]) -> Result<Expression, Cql2Fault> {
        if let Some(comparison) = Comparison::of_sign(operator) {
            let [left, right] = self.operands(args)?;
            return Ok(Expression::Comparison { comparison, left, right });
        }
        if let Some(relation) = TemporalRelation::named(operator) {
            let [left, right] = self.operands(args)?;
            return Ok(Expression::Temporal { relation, left, right });
        }
        if let Some(relation) = SpatialRelation::named(operator) {
            return self.spatial(relation, args);
        }
        match (operator, args) {
            ("and", [_, _, ..]) => self.all(args).map(Expression::And),
            ("or", [_, _, ..]) => self.all(args).map(Expression::Or),
            ("not", [inner]) => Ok(Expression::Not(Box::new(self.expression(inner)?))),
            ("like", _) => {
                let [text, pattern] = self.operands(args)?;
                Ok(Expression::Like { text, pattern })
            }
            ("between", _) => {
                let [value, low, high] = self.operands(args)?;
                Ok(Expression::Between { value, low, high })
            }
            ("in", [value, Value::Array(among)]) if !among.is_empty() => {
                let value = self.operand(value)?;
                let among = among.iter().map(|one| self.operand(one)).collect::<Result<_, _>>()?;
                Ok(Expression::In { value, among })
            }
            ("isnull", [value]) => Ok(Expression::IsNull(self.operand(value)?)),
            _ => Err(Cql2Fault::json("an operator that is offered, with its arguments")),
        }
    }

    fn all(&mut self, args: &[Value]) -> Result<Vec<Expression>, Cql2Fault> {
        args.iter().map(|arg| self.expression(arg)).collect()
    }

    fn operands<const N: usize>(&mut self, args: &[Value]) -> Result<[Operand; N], Cql2Fault> {
        let all: Vec<Operand> = args.iter().map(|arg| self.operand(arg)).collect::<Result<_, _>>()?;
        all.try_into().map_err(|_| Cql2Fault::json(&format!("{N} arguments")))
    }

    fn operand(&mut self, json: &Value) -> Result<Operand, Cql2Fault> {
        self.budget.descend()?;
        let operand = match json {
            Value::String(text) => Operand::Text(text.clone()),
            Value::Number(number) => Operand::Number(number.as_f64().ok_or_else(|| Cql2Fault::json("a number"))?),
            Value::Object(members) => self.named_operand(members)?,
            _ => return Err(Cql2Fault::json("a property, a text, a number or a time")),
        };
        self.budget.ascend();
        Ok(operand)
    }

    fn named_operand(&mut self, members: &serde_json::Map<String, Value>) -> Result<Operand, Cql2Fault> {
        if let Some(name) = members.get("property").and_then(Value::as_str) {
            return Ok(Operand::Property(name.to_owned()));
        }
        for function in ["date", "timestamp"] {
            if let Some(text) = members.get(function).and_then(Value::as_str) {
                return time(function, text).map(Operand::Time).ok_or_else(|| Cql2Fault::json("a day or a moment"));
            }
        }
        if let Some([Value::String(from), Value::String(to)]) =
            members.get("interval").and_then(|ends| ends.as_array().map(Vec::as_slice))
        {
            return interval(from, to).map(Operand::Time).ok_or_else(|| Cql2Fault::json("two times in order"));
        }
        let folding = match members.get("op").and_then(Value::as_str) {
            Some("casei") => Folding::Case,
            Some("accenti") => Folding::Accents,
            _ => return Err(Cql2Fault::json("a property, a text, a number or a time")),
        };
        match members.get("args").and_then(Value::as_array).map(Vec::as_slice) {
            Some([inner]) => Ok(Operand::Folded(folding, Box::new(self.operand(inner)?))),
            _ => Err(Cql2Fault::json("1 argument")),
        }
    }

    fn spatial(&mut self, relation: SpatialRelation, args: &[Value]) -> Result<Expression, Cql2Fault> {
        let [one, other] = args else { return Err(Cql2Fault::json("2 arguments")) };
        let name = |json: &Value| json.get("property").and_then(Value::as_str).map(str::to_owned);
        let (property, geometry) = match (name(one), name(other)) {
            (Some(property), None) => (property, self.geometry(other)?),
            (None, Some(property)) => (property, self.geometry(one)?),
            _ => return Err(Cql2Fault::json("a property and a geometry")),
        };
        Ok(Expression::Spatial { relation, property, geometry })
    }

    fn geometry(&mut self, json: &Value) -> Result<Geometry<f64>, Cql2Fault> {
        let wrong = || Cql2Fault::json("a GeoJSON geometry or a bbox");
        if let Some(numbers) = json.get("bbox").and_then(Value::as_array) {
            let numbers: Vec<f64> =
                numbers.iter().take(7).map(Value::as_f64).collect::<Option<_>>().ok_or_else(wrong)?;
            return bounding_box(&numbers).ok_or_else(wrong);
        }
        let kind = json.get("type").and_then(Value::as_str).ok_or_else(wrong)?.to_lowercase();
        let positions = self.positions(json.get("coordinates").ok_or_else(wrong)?)?;
        positions.geometry(&kind).ok_or_else(wrong)
    }

    fn positions(&mut self, json: &Value) -> Result<Positions, Cql2Fault> {
        let wrong = || Cql2Fault::json("coordinates");
        let list = json.as_array().ok_or_else(wrong)?;
        if let [Value::Number(x), Value::Number(y), ..] = list.as_slice() {
            self.budget.corner()?;
            let at = Coord { x: x.as_f64().ok_or_else(wrong)?, y: y.as_f64().ok_or_else(wrong)? };
            return Ok(Positions::One(at));
        }
        list.iter().map(|inner| self.positions(inner)).collect::<Result<_, _>>().map(Positions::Several)
    }
}
