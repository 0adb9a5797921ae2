//! A filter as JSON.

use geo::{Coord, Geometry, GeometryCollection};
use serde_json::Value;

use super::literal::{Positions, bounding_box, interval, interval_end, time};
use super::{
    Budget, Comparison, Cql2Fault, Expression, IntervalEnd, MAX_BYTES, Operand, SpatialRelation, TemporalRelation,
    Truth,
};
use crate::features::pattern::Folding;
use crate::texts::text;

/// The operators that are known beside comparisons and relations.
const OPERATORS: [&str; 7] = ["and", "or", "not", "like", "between", "in", "isnull"];

/// Reads a filter.
///
/// # Errors
/// When it is none, too long, too deep or of too many parts.
pub fn parse_json(text: &str) -> Result<Expression, Cql2Fault> {
    if text.len() > MAX_BYTES {
        return Err(Cql2Fault::too_long());
    }
    // The parser of JSON bounds the depth of what it reads by itself.
    let json: Value = serde_json::from_str(text).map_err(|_| Cql2Fault::json(&text!("cql2-valid-json")))?;
    Reader { budget: Budget::whole() }.expression(&json)
}

struct Reader {
    budget: Budget,
}

impl Reader {
    fn expression(&mut self, json: &Value) -> Result<Expression, Cql2Fault> {
        self.budget.descend()?;
        let expression = match json {
            Value::Bool(holds) => Expression::Constant(Truth::from(*holds)),
            Value::Object(members) => {
                let operator = members
                    .get("op")
                    .and_then(Value::as_str)
                    .ok_or_else(|| Cql2Fault::json(&text!("cql2-op-and-args")))?;
                let args = members.get("args").and_then(Value::as_array);
                self.operation(
                    &operator.to_lowercase(),
                    args.ok_or_else(|| Cql2Fault::json(&text!("cql2-op-and-args")))?,
                )?
            }
            _ => return Err(Cql2Fault::json(&text!("cql2-op-and-args"))),
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
            _ if OPERATORS.contains(&operator) => Err(Cql2Fault::json(&text!("cql2-arguments-of", name = operator))),
            _ => Err(Cql2Fault::no_function(operator)),
        }
    }

    fn all(&mut self, args: &[Value]) -> Result<Vec<Expression>, Cql2Fault> {
        args.iter().map(|arg| self.expression(arg)).collect()
    }

    fn operands<const N: usize>(&mut self, args: &[Value]) -> Result<[Operand; N], Cql2Fault> {
        let all: Vec<Operand> = args.iter().map(|arg| self.operand(arg)).collect::<Result<_, _>>()?;
        all.try_into().map_err(|_| arguments(N))
    }

    fn operand(&mut self, json: &Value) -> Result<Operand, Cql2Fault> {
        self.budget.descend()?;
        let operand = match json {
            Value::String(text) => Operand::Text(text.clone()),
            Value::Number(number) => {
                Operand::Number(number.as_f64().ok_or_else(|| Cql2Fault::json(&text!("cql2-a-number")))?)
            }
            Value::Bool(holds) => Operand::Truth(Truth::from(*holds)),
            Value::Object(members) => self.named_operand(members)?,
            _ => return Err(Cql2Fault::json(&text!("cql2-an-operand"))),
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
                return time(function, text).map(Operand::Time).ok_or_else(|| Cql2Fault::json(&text!("cql2-a-time")));
            }
        }
        if let Some([from, to]) = members.get("interval").and_then(|ends| ends.as_array().map(Vec::as_slice)) {
            let ends = end_of_interval(from).zip(end_of_interval(to));
            let read = ends.and_then(|(from, to)| interval(from, to));
            return read.ok_or_else(|| Cql2Fault::json(&text!("cql2-an-interval")));
        }
        let folding = match members.get("op").and_then(Value::as_str) {
            Some("casei") => Folding::Case,
            Some("accenti") => Folding::Accents,
            Some(other) => return Err(Cql2Fault::no_function(other)),
            None => return Err(Cql2Fault::json(&text!("cql2-an-operand"))),
        };
        match members.get("args").and_then(Value::as_array).map(Vec::as_slice) {
            Some([inner]) => Ok(Operand::Folded(folding, Box::new(self.operand(inner)?))),
            _ => Err(arguments(1)),
        }
    }

    fn spatial(&mut self, relation: SpatialRelation, args: &[Value]) -> Result<Expression, Cql2Fault> {
        let [one, other] = args else { return Err(arguments(2)) };
        let name = |json: &Value| json.get("property").and_then(Value::as_str).map(str::to_owned);
        let (property, geometry) = match (name(one), name(other)) {
            (Some(property), None) => (property, self.geometry(other)?),
            (None, Some(property)) => (property, self.geometry(one)?),
            _ => return Err(Cql2Fault::json(&text!("cql2-property-and-geometry"))),
        };
        Ok(Expression::Spatial { relation, property, geometry })
    }

    fn geometry(&mut self, json: &Value) -> Result<Geometry<f64>, Cql2Fault> {
        let kind = json.get("type").and_then(Value::as_str);
        match json.get("geometries").and_then(Value::as_array) {
            Some(members) if kind == Some("GeometryCollection") && !members.is_empty() => {
                let all = members.iter().map(|member| self.single_geometry(member)).collect::<Result<_, _>>()?;
                Ok(Geometry::GeometryCollection(GeometryCollection(all)))
            }
            _ => self.single_geometry(json),
        }
    }

    fn single_geometry(&mut self, json: &Value) -> Result<Geometry<f64>, Cql2Fault> {
        let wrong = || Cql2Fault::json(&text!("cql2-a-geometry"));
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
        let wrong = || Cql2Fault::json(&text!("cql2-coordinates"));
        let list = json.as_array().ok_or_else(wrong)?;
        if let [Value::Number(x), Value::Number(y), ..] = list.as_slice() {
            self.budget.corner()?;
            let at = Coord { x: x.as_f64().ok_or_else(wrong)?, y: y.as_f64().ok_or_else(wrong)? };
            return Ok(Positions::One(at));
        }
        list.iter().map(|inner| self.positions(inner)).collect::<Result<_, _>>().map(Positions::Several)
    }
}

/// An end of an interval.
fn end_of_interval(json: &Value) -> Option<IntervalEnd> {
    match json {
        Value::String(text) => interval_end(text),
        json => json.get("property").and_then(Value::as_str).map(|name| IntervalEnd::Property(name.to_owned())),
    }
}

fn arguments(count: usize) -> Cql2Fault {
    Cql2Fault::json(&text!("cql2-arguments", count = count))
}
